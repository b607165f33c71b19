package store

import (
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"dabiao/internal/store/pgtest"
)

// longLog is how many entries the records have whose copy is measured.
const longLog = 100_000

// withLongLog fills PostgreSQL with a long log, by statements of its own.
func withLongLog(tb testing.TB, entries int) *DB {
	tb.Helper()
	db, err := Open(tb.Context(), Config{URL: pgtest.URL(tb)})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	for _, statement := range []string{
		`INSERT INTO units (id, code, name, name_en, sort) VALUES (1, 'county', '县', '', 0)`,
		`INSERT INTO indicators (id, code, name, name_en, kind, measure, decimals, direction, category, definition, source, owner,
			starts, note, sort) VALUES (1, 'i', 'i', '', 'flow', '人', 0, 'up', '', '', '', '', 1, '', 0)`,
	} {
		if _, err := db.write.ExecContext(tb.Context(), statement); err != nil {
			tb.Fatal(err)
		}
	}
	for _, statement := range []string{
		`INSERT INTO updates (indicator_id, unit_id, dated, amount, prec, wording, level, note, act, reason, origin, author, logged_at)
			SELECT 1, 1, '2026-03-01', n, 'exact', n::text, '', repeat('妇联活动', 8), 'log', '', 'form', 'w', n
			FROM generate_series(1, $1::int) AS n`,
		`INSERT INTO audit (at, actor, action, subject, detail, hash, records)
			SELECT n, 'w', 'update.log', 'update ' || n, '{}', md5(n::text), repeat('["updates",1]', 12)
			FROM generate_series(1, $1::int) AS n`,
	} {
		if _, err := db.write.ExecContext(tb.Context(), statement, entries); err != nil {
			tb.Fatal(err)
		}
	}
	return db
}

// mostHeap calls fn and returns how many bytes of the heap were in use at most, beside those of before.
func mostHeap(fn func()) uint64 {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	runtime.GC()
	before, most, ended := heap(), atomic.Uint64{}, make(chan struct{})
	go func() {
		for {
			select {
			case <-ended:
				return
			case <-time.After(5 * time.Millisecond):
				most.Store(max(most.Load(), heap()))
			}
		}
	}()
	fn()
	close(ended)
	return max(most.Load(), before) - before
}

// A copy holds a few rows at a time, however many there are.
func TestACopyOfALongLogTakesLittleMemory(t *testing.T) {
	var most [2]uint64
	for i, entries := range []int{5_000, 40_000} {
		db := withLongLog(t, entries)
		name := filepath.Join(t.TempDir(), FileName)
		most[i] = mostHeap(func() {
			if err := db.WriteFile(t.Context(), name, tellNobody); err != nil {
				t.Error(err)
			}
		})
	}
	if most[1] > most[0]+16<<20 {
		t.Errorf("eight times the rows took %d MB in place of %d", most[1]>>20, most[0]>>20)
	}
}

func BenchmarkPostgreSQLIntoAFile(b *testing.B) {
	db := withLongLog(b, longLog)
	for b.Loop() {
		name := filepath.Join(b.TempDir(), FileName)
		b.ReportMetric(float64(mostHeap(func() {
			if err := db.WriteFile(b.Context(), name, tellNobody); err != nil {
				b.Fatal(err)
			}
		}))/1e6, "MB-heap")
	}
}

func BenchmarkAFileIntoPostgreSQL(b *testing.B) {
	db, dir := withLongLog(b, longLog), b.TempDir()
	if err := db.WriteFile(b.Context(), filepath.Join(dir, FileName), tellNobody); err != nil {
		b.Fatal(err)
	}
	from, err := Open(b.Context(), Config{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer from.Close()
	for b.Loop() {
		to, err := Open(b.Context(), Config{URL: pgtest.URL(b)})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(mostHeap(func() {
			if err := to.Fill(b.Context(), from, tellNobody, func() error { return nil }); err != nil {
				b.Fatal(err)
			}
		}))/1e6, "MB-heap")
		if err := to.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
