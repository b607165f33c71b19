package store

import (
	"os"
	"path/filepath"
	"testing"

	"dabiao/internal/blob"
)

// Records that take no writes are read with all that only their write-ahead log holds, refuse every change by its
// reason, can be backed up elsewhere, and leave nothing behind.
func TestRecordsThatLieAreReadWithTheirLog(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", elsewhere)
	path := filepath.Join(dir, FileName)
	first, err := Open(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if err := first.Write(t.Context(), said(i)); err != nil {
			t.Fatal(err)
		}
	}
	lying := filepath.Join(t.TempDir(), FileName) // as a killed server leaves it
	for _, ending := range []string{"", "-wal"} {
		if err := copyFile(path+ending, lying+ending); err != nil {
			t.Fatal(err)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	for what, path := range map[string]string{"ended": path, "killed": lying} {
		db, err := openLying(t.Context(), path, Config{Dir: filepath.Dir(path)})
		if err != nil {
			t.Fatal(err)
		}
		db.free = func(string) (int64, error) { return 1 << 40, nil }
		err = db.Read(t.Context(), func(r *Reader) error {
			entries, err := r.Audit(t.Context(), 0, 100)
			if len(entries) != 5 {
				t.Errorf("%s: %d entries", what, len(entries))
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if got := refusedWith(t, db); got != "records_unwritable" {
			t.Errorf("%s: a write is told %q", what, got)
		}
		files, err := blob.Open(filepath.Join(filepath.Dir(path), "evidence"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Backup(t.Context(), files, filepath.Join(t.TempDir(), "b.zip"), "", now()); err != nil {
			t.Errorf("%s: a backup elsewhere: %v", what, err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if left, err := os.ReadDir(elsewhere); err != nil || len(left) > 0 {
			t.Errorf("%s: it left %v, %v", what, left, err)
		}
	}
}
