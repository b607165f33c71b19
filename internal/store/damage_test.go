package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Damage to a file is reported; the file can still be read where it is intact, and accepts no writes.
func TestADamagedDatabaseRefusesWrites(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, store.FileName)
	closedWell(t, dir)
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Error("closing left a write-ahead log")
	}
	spoil(t, path)
	db, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Write(t.Context(), func(w *store.Writer) error { return w.SetSetting(t.Context(), "a", "b") })
	var refusal *kpi.Error
	if !errors.As(err, &refusal) || refusal.Text.Key != "records_damaged" {
		t.Errorf("a write: %v", err)
	}
	if err := db.Damage(t.Context()); err == nil {
		t.Error("nothing is said of the damage")
	}
}

// A database that was closed well takes writes as soon as it is opened; whatever may have happened to it since has it
// checked first.
func TestAFileThatIsAsItWasClosedKeepsNobodyWaiting(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *testing.T, path string, closed os.FileInfo)
		waits  bool
	}{
		// By the same size and moment the damage stays unseen at first, which shows that nobody waited.
		{"as it was", func(t *testing.T, path string, closed os.FileInfo) {
			spoil(t, path)
			if err := os.Chtimes(path, closed.ModTime(), closed.ModTime()); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"written since", func(t *testing.T, path string, _ os.FileInfo) { spoil(t, path) }, true},
		{"another size", func(t *testing.T, path string, closed os.FileInfo) {
			spoil(t, path)
			err := os.Truncate(path, closed.Size()+4096)
			if err = errors.Join(err, os.Chtimes(path, closed.ModTime(), closed.ModTime())); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"no mark, as after a kill", func(t *testing.T, path string, closed os.FileInfo) {
			spoil(t, path)
			if err := errors.Join(os.Chtimes(path, closed.ModTime(), closed.ModTime()), os.Remove(path+".closed")); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"found damaged before", func(t *testing.T, path string, closed os.FileInfo) {
			spoil(t, path)
			if err := errors.Join(os.Chtimes(path, closed.ModTime(), closed.ModTime()),
				os.WriteFile(path+".damaged", nil, 0o600)); err != nil {
				t.Fatal(err)
			}
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, store.FileName)
			closed := closedWell(t, dir)
			c.change(t, path, closed)
			db, err := store.Open(t.Context(), store.Config{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := os.Stat(path + ".closed"); err == nil {
				t.Error("the mark stays while the database is open")
			}
			if err := db.Damage(t.Context()); c.waits == (err == nil) {
				t.Errorf("a write waits for the check: %v, the check: %v", c.waits, err)
			}
			for db.Trouble() == nil { // until the check behind has ended
				runtime.Gosched()
			}
			if refused := db.Trouble(); refused.Text.Key != "records_damaged" {
				t.Errorf("a write is told %s", refused.Text.Key)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(path + ".closed"); err == nil {
				t.Error("a damaged file counts as closed well")
			}
		})
	}
}

// closedWell makes a database of some pages and closes it.
func closedWell(t *testing.T, dir string) os.FileInfo {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Damage(t.Context()); err != nil {
		t.Fatalf("a fresh file: %v", err)
	}
	for i := range 300 { // some pages to damage
		if err := db.Write(t.Context(), func(w *store.Writer) error {
			return w.InsertAudit(t.Context(), kpi.AuditEntry{At: kpi.UnixMilli(i), Actor: "a", Action: "b",
				Subject: strings.Repeat("x", 500), Detail: "{}"})
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// spoil damages the last pages of a file.
func spoil(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(raw) - 20*4096; i < len(raw); i++ {
		raw[i] ^= 0x5a
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}
