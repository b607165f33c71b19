package replica

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Of several series the newest whole one stays until the next one is whole, whatever was broken off between.
func TestTheNewestWholeSeriesStays(t *testing.T) {
	for _, c := range []struct {
		what   string
		before []string // names; a * follows those that are whole
		stays  []string // once the next has begun
		then   string   // once it is whole
	}{
		{"none", nil, []string{"series-000001"}, "series-000001"},
		{"one", []string{"series-000001*"}, []string{"series-000001", "series-000002"}, "series-000002"},
		{"broken off", []string{"series-000001*", "series-000002", "series-000003"},
			[]string{"series-000001", "series-000004"}, "series-000004"},
		{"killed while the old one was removed", []string{"series-000001*", "series-000002*"},
			[]string{"series-000002", "series-000003"}, "series-000003"},
		{"only broken ones", []string{"series-000007"}, []string{"series-000008"}, "series-000008"},
		{"more than six digits", []string{"series-999999*", "series-1000000*"},
			[]string{"series-1000000", "series-1000001"}, "series-1000001"},
	} {
		t.Run(c.what, func(t *testing.T) {
			dir := t.TempDir()
			for _, name := range c.before {
				whole := name[len(name)-1] == '*'
				if whole {
					name = name[:len(name)-1]
				}
				must(t, os.Mkdir(filepath.Join(dir, name), privateFolder))
				if whole {
					must(t, os.WriteFile(filepath.Join(dir, name, wholeName), nil, privateFile))
				}
			}
			path, err := begin(dir)
			must(t, err)
			holds(t, dir, c.stays)
			must(t, nowWhole(dir, path))
			holds(t, dir, []string{c.then})
		})
	}
}

func holds(t *testing.T, dir string, want []string) {
	t.Helper()
	all, err := series(dir)
	must(t, err)
	var got []string
	for _, path := range all {
		got = append(got, filepath.Base(path))
	}
	if !slices.Equal(got, want) {
		t.Errorf("there are %v, want %v", got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
