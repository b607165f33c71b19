package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// stagedFiles counts files that were read and belong to nothing.
func stagedFiles(t *testing.T, o *office) int {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(o.dir, "evidence", "staged"))
	must(t, err)
	return len(entries)
}

// keptFiles counts files that are kept.
func keptFiles(t *testing.T, o *office) (n int) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(o.dir, "evidence"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	must(t, err)
	return n - stagedFiles(t, o)
}
