package internal_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// bare are goroutines of the server that run nothing in which a fault of one request or one record could be.
var bare = map[string]string{
	"web/middleware/change_signal.go": "asks for one number",
	"web/handler/import_progress.go":  "writes lines of numbers; what it tells of runs aside",
	"depot/bucket.go":                 "has a guard of its own",
	"store/sqlite.go":                 "asks the database whether its file is whole",
}

// A panic in a goroutine without a guard ends the server for everybody: what goes on beside a request runs in
// app.Aside.
func TestWhatGoesOnBesideARequestIsGuarded(t *testing.T) {
	begins := regexp.MustCompile(`^\s*go (func|\w)`)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			regexp.MustCompile(`^(store/pgtest|depot/s3test|programtest|daytest|browsertest|testtools|bench)/`).MatchString(path) {
			return err
		}
		raw, err := os.ReadFile(path)
		lines := strings.Split(string(raw), "\n")
		for i, line := range lines {
			if !begins.MatchString(line) || strings.Contains(strings.Join(lines[i:min(i+6, len(lines))], "\n"), "Aside(") {
				continue
			}
			if bare[path] == "" {
				t.Errorf("%s:%d: a goroutine without app.Aside", path, i+1)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
