package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/torture"
)

// filled returns the file of a database with some hundred pages.
func filled(t *testing.T) []byte {
	t.Helper()
	dir := t.TempDir()
	db, err := Open(t.Context(), Config{Dir: dir, Commits: NoSync})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		if err := db.Write(t.Context(), said(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// said adds an audit entry that takes a good part of a page.
func said(i int) func(*Writer) error {
	return func(w *Writer) error {
		return w.InsertAudit(context.Background(), kpi.AuditEntry{At: kpi.UnixMilli(i), Actor: strings.Repeat("x", 900),
			Action: "test", Subject: fmt.Sprint("entry ", i), Detail: "{}"})
	}
}

const pageSize = 4096

// damages are ways in which files go bad.
var damages = map[string]func(r *rand.Rand, file []byte) []byte{
	"a byte":          func(r *rand.Rand, f []byte) []byte { f[r.IntN(len(f))] ^= byte(1 + r.IntN(255)); return f },
	"a page of zeros": func(r *rand.Rand, f []byte) []byte { clear(page(f, r.IntN(len(f)/pageSize))); return f },
	"a page of noise": func(r *rand.Rand, f []byte) []byte { noise(r, page(f, r.IntN(len(f)/pageSize))); return f },
	"a page elsewhere": func(r *rand.Rand, f []byte) []byte {
		n := len(f) / pageSize
		copy(page(f, r.IntN(n)), page(f, r.IntN(n)))
		return f
	},
	"a short file":    func(r *rand.Rand, f []byte) []byte { return f[:r.IntN(len(f))] },
	"a spoilt header": func(r *rand.Rand, f []byte) []byte { noise(r, f[:1+r.IntN(100)]); return f },
}

func page(file []byte, n int) []byte { return file[n*pageSize : (n+1)*pageSize] }

func noise(r *rand.Rand, b []byte) {
	for i := range b {
		b[i] = byte(r.Uint32())
	}
}

// Whatever happened to the file, nothing crashes, and once damage is known nothing is written.
func TestADamagedFileTakesNoWritesOnceThatIsKnown(t *testing.T) {
	file := filled(t)
	r := rand.New(rand.NewPCG(2026, 11))
	for what, spoil := range damages {
		t.Run(what, func(t *testing.T) {
			known, opened := 0, 0
			for i := range torture.Times(t, 12, 850) {
				dir := t.TempDir()
				bad := spoil(r, append([]byte(nil), file...))
				if err := os.WriteFile(filepath.Join(dir, FileName), bad, 0o600); err != nil {
					t.Fatal(err)
				}
				db, err := Open(t.Context(), Config{Dir: dir, Commits: NoSync})
				if err != nil {
					continue
				}
				opened++
				if useDamaged(t, db, i) {
					known++
				}
				db.Close()
				os.RemoveAll(dir) //nolint:errcheck // the test's own folder
			}
			t.Logf("%d opened, of %d it was known that they are damaged", opened, known)
		})
	}
}

// useDamaged reads and writes and reports whether damage came to be known.
func useDamaged(t *testing.T, db *DB, i int) (known bool) {
	t.Helper()
	readErr := db.Read(t.Context(), func(r *Reader) error {
		_, err := r.Audit(t.Context(), 0, 1000)
		return err
	})
	known = db.Damage(t.Context()) != nil || fileDamaged(readErr)
	err := db.Write(t.Context(), said(1000+i))
	if refusal := (*kpi.Error)(nil); known && (!errors.As(err, &refusal) || refusal.Text.Key != "records_damaged") {
		t.Errorf("damage is known (%v, %v), and a write is told %v", db.Damage(t.Context()), readErr, err)
	}
	return known
}

// A database that runs out of room at any page says so, loses nothing that it took, and goes on once there is room.
func TestADatabaseThatRunsOutOfRoomLosesNothing(t *testing.T) {
	dir, free := t.TempDir(), int64(1<<40)
	db := opens(t, dir, &free)
	kept, full := 0, 0
	for n := range torture.Times(t, 40, 500) {
		var pages int
		if err := db.write.QueryRowContext(t.Context(), "PRAGMA page_count").Scan(&pages); err != nil {
			t.Fatal(err)
		}
		limit(t, db, pages+n%7)
		for {
			err := db.Write(t.Context(), said(kept))
			if err == nil {
				kept++
				continue
			}
			if refusal := (*kpi.Error)(nil); !errors.As(err, &refusal) || refusal.Text.Key != "disk_full" {
				t.Fatalf("a write is told %v", err)
			}
			full++
			break
		}
		limit(t, db, 1<<30)
		if err := db.Write(t.Context(), said(kept)); err != nil {
			t.Fatalf("with room again: %v", err)
		}
		kept++
	}
	var found int
	if err := db.read.QueryRowContext(t.Context(), `SELECT COUNT(DISTINCT subject) FROM audit WHERE action = 'test'`).
		Scan(&found); err != nil || found != kept {
		t.Errorf("%d entries are there, %v; %d were acknowledged", found, err, kept)
	}
	if bad, err := db.CheckFile(t.Context()); err != nil || len(bad) > 0 {
		t.Errorf("the file: %v, %v", bad, err)
	}
	t.Logf("it was full %d times, %d entries were acknowledged", full, kept)
}

// limit bounds the pages of the database.
func limit(t *testing.T, db *DB, pages int) {
	t.Helper()
	if _, err := db.write.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
		t.Fatal(err)
	}
}
