package report

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"dabiao/internal/paper/papertest"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// golden compares a file part by part with testdata/golden/NAME/.
func golden(t *testing.T, name string, file []byte) {
	t.Helper()
	folder := filepath.Join("testdata", "golden", name)
	parts := papertest.Unzip(t, file)
	if *update {
		writeGolden(t, folder, parts)
	}
	seen := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		part, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		part = filepath.ToSlash(part)
		want, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		seen++
		if got := parts[part]; got != string(want) {
			t.Errorf("%s: %s differs from the golden file at %s; see it with -update and git diff", name, part,
				difference(got, string(want)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen != len(parts) {
		t.Errorf("%s: %d parts, %d golden files", name, len(parts), seen)
	}
}

func writeGolden(t *testing.T, folder string, parts map[string]string) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	for part, content := range parts {
		path := filepath.Join(folder, filepath.FromSlash(part))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// difference shows where two texts part.
func difference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	from := max(0, i-60)
	return "got …" + got[from:min(len(got), i+60)] + "… want …" + want[from:min(len(want), i+60)] + "…"
}
