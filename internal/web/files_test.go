package web

import (
	"crypto/sha256"
	"encoding/hex"
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
		if err == nil && d.IsDir() && d.Name() == "previews" {
			return fs.SkipDir
		}
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	must(t, err)
	return n - stagedFiles(t, o)
}

// spoiledFolder puts a file where the folder of a content would be, and gives back its path.
func spoiledFolder(t *testing.T, o *office, content string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(content))
	at := filepath.Join(o.dir, "evidence", hex.EncodeToString(sum[:1]))
	must(t, os.WriteFile(at, nil, 0o600))
	return at
}

// removeKept removes a kept file behind the program's back.
func removeKept(o *office, content string) error {
	sum := sha256.Sum256([]byte(content))
	name := hex.EncodeToString(sum[:])
	return os.Remove(filepath.Join(o.dir, "evidence", name[:2], name))
}
