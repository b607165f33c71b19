//go:build unix

package store_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// open lists the rights in a folder that others than the owner have.
func open(t *testing.T, dir string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			found = append(found, path+" "+info.Mode().String())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A database made under a careless umask is its owner's only, with the files beside it, and a copy of it too.
func TestANewDatabaseIsItsOwnersOnly(t *testing.T) {
	before := syscall.Umask(0)
	defer syscall.Umask(before)
	dir := filepath.Join(t.TempDir(), "data")
	db, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	files, err := blob.Open(filepath.Join(dir, "evidence"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Writable(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Backup(t.Context(), files, filepath.Join(dir, "copy.zip"), "test",
		time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	if found := open(t, dir); len(found) > 0 {
		t.Errorf("others may read %q", found)
	}
}

// A folder from an earlier version is closed at the next start, and nothing that lies elsewhere.
func TestAnOpenFolderIsClosed(t *testing.T) {
	root := t.TempDir()
	dir, elsewhere := filepath.Join(root, "data"), filepath.Join(root, "elsewhere")
	for _, folder := range []string{filepath.Join(dir, "evidence", "ab"), elsewhere} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"dabiao.db", "dabiao.db-wal", "dabiao.db-shm", "dabiao.db.before-upgrade-1", "lock",
		"evidence/ab/abc", "../elsewhere/theirs"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(elsewhere, "theirs"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, filepath.Join(root, "way")); err != nil {
		t.Fatal(err)
	}
	if err := store.Private(filepath.Join(root, "way")); err != nil {
		t.Fatal(err)
	}
	if found := open(t, dir); len(found) > 0 {
		t.Errorf("others may read %q", found)
	}
	if len(open(t, elsewhere)) != 2 {
		t.Error("what lies elsewhere was changed")
	}
	for _, name := range []string{"dabiao.db", "evidence/ab/abc"} {
		if raw, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(raw) != "x" {
			t.Errorf("%s: %q, %v", name, raw, err)
		}
	}
	shared := filepath.Join(root, "shared")
	if err := os.Mkdir(shared, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(shared, 0o777|fs.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if err := store.Private(shared); err == nil || len(open(t, shared)) != 1 {
		t.Errorf("everybody's folder was closed: %v", err)
	}
	if err := store.Private(filepath.Join(root, "nothing")); err != nil {
		t.Errorf("a folder that is not there yet: %v", err)
	}
}

// Once the folder is gone or another stands in its place, nothing is said to be stored.
func TestNothingIsAcknowledgedOnceTheFolderIsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	db, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	write := func() error {
		return db.Write(t.Context(), func(w *store.Writer) error { return w.SetSetting(t.Context(), "a", "b") })
	}
	if err := write(); err != nil || db.Gone() {
		t.Fatalf("%v, gone: %v", err, db.Gone())
	}
	if err := os.Rename(dir, dir+"-moved"); err != nil {
		t.Fatal(err)
	}
	refused := func() {
		t.Helper()
		if e, ok := write().(*kpi.Error); !ok || e.Text.Key != "records_gone" || !db.Gone() {
			t.Errorf("a write is answered %v, gone: %v", e, db.Gone())
		}
	}
	refused()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, store.FileName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir+"-moved", dir); err != nil {
		t.Fatal(err)
	}
	if err := write(); err != nil || db.Gone() {
		t.Errorf("back in its place: %v, gone: %v", err, db.Gone())
	}
}

// The latest changes are in SQLite's log until it is copied into the file: without the log they would end with the
// process, and so would what is stored after them.
func TestNothingIsAcknowledgedOnceTheLogIsGone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	write := func() error {
		return db.Write(t.Context(), func(w *store.Writer) error { return w.SetSetting(t.Context(), "a", "b") })
	}
	if err := write(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, store.FileName+"-wal")); err != nil {
		t.Fatal(err)
	}
	if e, ok := write().(*kpi.Error); !ok || e.Text.Key != "records_gone" {
		t.Errorf("a write is answered %v", e)
	}
	if err := db.Close(); err != nil { // which saves what was acknowledged before
		t.Fatal(err)
	}
	if db, err = store.Open(t.Context(), store.Config{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Read(t.Context(), func(r *store.Reader) error {
		_, err := r.Setting(t.Context(), "a")
		return err
	})
	if err != nil || write() != nil {
		t.Errorf("after the next start: %v", err)
	}
}
