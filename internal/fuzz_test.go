package internal_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// planted are fuzz tests of which two find what they look for.
const planted = `package planted

import "testing"

func FuzzPanics(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 3 {
			panic("planted")
		}
	})
}

func FuzzTakesWhatIsWrong(f *testing.F) {
	f.Add("12")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 3 {
			t.Error("it was taken")
		}
	})
}

func FuzzSound(f *testing.F) {
	f.Fuzz(func(*testing.T, string) {})
}
`

// What a fuzz test finds makes the campaign red and is kept as an input of the test; what finds nothing is counted.
func TestTheFuzzingNoticesWhatIsFound(t *testing.T) {
	script, err := os.ReadFile("testtools/fuzz")
	if err != nil {
		t.Fatal(err)
	}
	tree := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module planted\n\ngo 1.24\n",
		"internal/testtools/fuzz": string(script), "internal/planted/planted_test.go": planted} {
		path := filepath.Join(tree, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(filepath.Join(tree, "internal/testtools/fuzz"))
	cmd.Env = append(os.Environ(), "FUZZTIME=200x", "FUZZ_IN=", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	said := string(out)
	if err == nil {
		t.Error("it is green")
	}
	for _, name := range []string{"FuzzPanics", "FuzzTakesWhatIsWrong", "FuzzSound"} {
		_, line, found := strings.Cut(said, "internal/planted "+name+" ")
		line, _, _ = strings.Cut(line, "\n")
		kept, err := filepath.Glob(filepath.Join(tree, "internal/planted/testdata/fuzz", name, "*"))
		fails := name != "FuzzSound"
		if err != nil || !found || strings.HasSuffix(line, "FAIL") != fails || (len(kept) > 0) != fails {
			t.Errorf("%s: %q, kept are %v, %v\n%s", name, line, kept, err, said)
		}
	}
}
