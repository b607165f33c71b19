package internal_test

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"dabiao/internal/programtest"
)

// bill is what a test looks at in a bill of materials.
type bill struct {
	Format   string `json:"bomFormat"`
	Version  string `json:"specVersion"`
	Metadata struct {
		Component struct {
			Name, Version string
			Components    []struct {
				Hashes []struct{ Alg, Content string }
			}
		}
	}
	Components []struct {
		Name, Version, Purl string
		Licenses            []struct {
			License struct{ ID, Name string }
		}
	}
	Dependencies []struct{ DependsOn []string }
}

// materials prints what a program is built from.
func materials(t *testing.T, binary string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "run", "-C", "testtools", "./licences", "-bill", "v9.9.9", binary)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, faults.String())
	}
	return out
}

// A release lists every module that its programs were linked from, Go itself and what is vendored, each with a licence,
// and the programs by their SHA-256. The same program gives the same list.
func TestAReleaseSaysWhatItIsBuiltFrom(t *testing.T) {
	binary, err := programtest.Binary()
	if err != nil {
		t.Fatal(err)
	}
	raw := materials(t, binary)
	if !bytes.Equal(raw, materials(t, binary)) {
		t.Error("the same program gives another list the second time")
	}
	var b bill
	if err := json.Unmarshal(raw, &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Version != "1.6" || b.Metadata.Component.Version != "v9.9.9" {
		t.Errorf("it is %s %s of %+v", b.Format, b.Version, b.Metadata.Component)
	}
	built, err := buildinfo.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{
		"std " + strings.TrimPrefix(built.GoVersion, "go"): true, "assets/vendor/echarts 6.1.0": true,
		"internal/password ": true,
	}
	for _, m := range built.Deps {
		want[m.Path+" "+m.Version] = true
	}
	for _, c := range b.Components {
		if !want[c.Name+" "+c.Version] {
			t.Errorf("%s %s is listed and not built in, or listed twice", c.Name, c.Version)
		}
		delete(want, c.Name+" "+c.Version)
		if len(c.Licenses) == 0 || c.Licenses[0].License.ID+c.Licenses[0].License.Name == "" {
			t.Errorf("%s has no licence", c.Name)
		}
		if c.Purl != "" && c.Purl != "pkg:golang/"+c.Name+"@"+c.Version {
			t.Errorf("%s %s is called %s", c.Name, c.Version, c.Purl)
		}
	}
	for name := range want {
		t.Errorf("%s is built in and not listed", name)
	}
	if len(b.Dependencies) != 1 || len(b.Dependencies[0].DependsOn) != len(b.Components) {
		t.Errorf("the program does not depend on its %d parts: %+v", len(b.Components), b.Dependencies)
	}
	program, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(program)
	files := b.Metadata.Component.Components
	if len(files) != 1 || files[0].Hashes[0].Content != hex.EncodeToString(sum[:]) {
		t.Errorf("the program's SHA-256 is not that of %+v", files)
	}
}

// make release writes the list before it sums up the files, so that the sums cover it.
func TestMakeReleaseWritesTheListOfMaterials(t *testing.T) {
	_, recipe, _ := strings.Cut(read(t, "Makefile"), "\nrelease:\n")
	recipe, _, _ = strings.Cut(recipe, "\n\n")
	list, sums := strings.Index(recipe, "dist/dabiao-$(VERSION).cdx.json"), strings.Index(recipe, "SHA256SUMS")
	if list < 0 || sums < list {
		t.Errorf("make release does not list what it is built from, or after the sums:\n%s", recipe)
	}
	if !strings.Contains(recipe, "GOTOOLCHAIN=$(RELEASE_GO) ") {
		t.Errorf("make release does not build with the Go that make check looked at:\n%s", recipe)
	}
}
