package store

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dabiao/internal/kpi"
)

// refusedWith returns the key of the refusal that a write gets; "" if it is stored.
func refusedWith(t *testing.T, db *DB) string {
	t.Helper()
	err := db.Writable(t.Context())
	if refusal := (*kpi.Error)(nil); errors.As(err, &refusal) {
		return refusal.Text.Key
	}
	if err != nil {
		t.Fatal(err)
	}
	return ""
}

// opens opens the database in a folder with so much space.
func opens(t *testing.T, dir string, free *int64) *DB {
	t.Helper()
	db, err := Open(t.Context(), Config{Dir: dir, Commits: NoSync,
		Free: func(string) (int64, error) { return *free, nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// A disk that is nearly full takes no entries, and takes them again once there is room: no restart is needed.
func TestAFullDiskIsSaidBeforeItIsFull(t *testing.T) {
	free := int64(Reserve)
	db := opens(t, t.TempDir(), &free)
	for _, c := range []struct {
		free int64
		want string
	}{{Reserve, ""}, {Reserve - 1, "disk_full"}, {0, "disk_full"}, {Reserve, ""}} {
		free = c.free
		if got := refusedWith(t, db); got != c.want {
			t.Errorf("with %d bytes: %q, want %q", c.free, got, c.want)
		}
		if trouble := db.Trouble(); (trouble != nil) != (c.want != "") {
			t.Errorf("with %d bytes the state is %v", c.free, trouble)
		}
	}
}

// What reading finds damaged takes no writes from then on, also after the next start, until all was verified.
func TestDamageThatReadingFindsIsRemembered(t *testing.T) {
	dir, free := t.TempDir(), int64(1<<40)
	db := opens(t, dir, &free)
	found := malformed(t)
	if err := db.Read(t.Context(), func(*Reader) error { return found }); !errors.Is(err, found) {
		t.Fatal(err)
	}
	if got := refusedWith(t, db); got != "records_damaged" {
		t.Errorf("a write is told %q", got)
	}
	db.Close()
	db = opens(t, dir, &free)
	if got := refusedWith(t, db); got != "records_damaged" {
		t.Errorf("after a start it is told %q", got)
	}
	if err := db.Damage(t.Context()); err == nil {
		t.Error("the check at the start does not say so")
	}
	if found, err := db.CheckFile(t.Context()); err != nil || len(found) > 0 {
		t.Fatalf("the whole check finds %v, %v", found, err)
	}
	if err := db.Cleared(); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if got := refusedWith(t, opens(t, dir, &free)); got != "" {
		t.Errorf("once verified it is told %q", got)
	}
}

// malformed returns SQLite's error about a file that is none of its own.
func malformed(t *testing.T) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "broken.db")
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	err = os.WriteFile(path, bytes.Repeat([]byte("no database "), 1000), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = raw.ExecContext(t.Context(), "CREATE TABLE a (b)")
	if !fileDamaged(err) {
		t.Fatalf("it says %v", err)
	}
	return err
}

func TestTheNewestMomentIsThatOfTheLastEntries(t *testing.T) {
	var n newest
	future := kpi.UnixMilli(time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli())
	n.see(100)
	n.see(future)
	for i := range kpi.UnixMilli(newestOf - 1) {
		if n.at != future {
			t.Fatalf("forgotten after %d entries", i)
		}
		n.see(200 + i)
	}
	n.see(300)
	if n.at == future {
		t.Error("a clock that ran ahead once is never forgotten")
	}
	if n.see(10); n.at == 10 {
		t.Error("a clock that stands back is believed at once")
	}
}
