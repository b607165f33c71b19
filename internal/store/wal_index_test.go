package store

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func openIn(t *testing.T, dir string) *DB {
	t.Helper()
	db, err := Open(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func stampNow(t *testing.T, db *DB) Stamp {
	t.Helper()
	s, err := db.Stamp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func touch(t *testing.T, db *DB) {
	t.Helper()
	if err := db.Write(t.Context(), func(w *Writer) error { return w.SetSetting(t.Context(), "touched", "1") }); err != nil {
		t.Error(err)
	}
}

// What was written is seen by the next who asks, through whichever connection it came, also when the
// write-ahead log is written back and begins anew.
func TestAWriteChangesTheStampForAllWhoHaveTheFileOpen(t *testing.T) {
	dir := t.TempDir()
	one, other := openIn(t, dir), openIn(t, dir)
	if _, known := one.index.head(); !known {
		t.Fatal("the WAL index is not read")
	}
	for n := range 300 {
		before := stampNow(t, other)
		touch(t, one)
		after := stampNow(t, other)
		if after == before {
			t.Fatalf("write %d was not seen", n)
		}
		if again := stampNow(t, other); again != after {
			t.Fatalf("the stamp changed without a write")
		}
		if n%100 == 50 {
			if _, err := one.write.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
				t.Fatal(err)
			}
		}
		one, other = other, one
	}
}

func TestNoReaderUnderWritersIsToldAnOldStamp(t *testing.T) {
	db := openIn(t, t.TempDir())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 60 {
				before := stampNow(t, db)
				touch(t, db)
				if stampNow(t, db) == before {
					t.Error("a write was answered and not seen")
				}
			}
		})
	}
	all.Wait()
}

// One who closes the database leaves the others' view of it alone, and the file is let go with the
// last; who opens it then reads the new one.
func TestTheWALIndexIsSharedAndLetGo(t *testing.T) {
	dir := t.TempDir()
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	one, other := openIn(t, dir), openIn(t, dir)
	for range 2 { // closing twice is closing once
		if err := one.Close(); err != nil {
			t.Error(err)
		}
	}
	before := stampNow(t, other)
	touch(t, other)
	if stampNow(t, other) == before {
		t.Error("after another closed it, a write was not seen")
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	if walIndexes.open[path] != nil {
		t.Error("the index is held though nobody has the database open")
	}
	if _, err := os.Stat(path + "-shm"); !os.IsNotExist(err) {
		t.Errorf("the last who closed it left the index: %v", err)
	}
	third := openIn(t, dir)
	before = stampNow(t, third)
	touch(t, third)
	if stampNow(t, third) == before {
		t.Error("opened again, a write was not seen")
	}
}

func TestAnIndexThatIsNotTheDatabasesIsNotBelieved(t *testing.T) {
	dir := t.TempDir()
	db := openIn(t, dir)
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"-shm", path+"-aside"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"-shm", make([]byte, 32<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	index, letGo := openWALIndex(path)
	if _, known := index.head(); known {
		t.Error("the file of another name is read as the index")
	}
	if err := letGo(); err != nil {
		t.Error(err)
	}
	if err := os.Rename(path+"-aside", path+"-shm"); err != nil {
		t.Fatal(err)
	}
	touch(t, db)
}

func BenchmarkStamp(b *testing.B) {
	db, err := Open(context.Background(), Config{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for b.Loop() {
		if _, err := db.Stamp(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
