//go:build unix

package store

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// PostgreSQL fails over to its replica while people write: what was acknowledged is there once, what was said not to be
// saved is not, and writing goes on without a restart. With a replica that lags behind, the same loses.
func TestAFailoverLosesNothing(t *testing.T) {
	t.Parallel()
	for what, alone := range map[string]bool{"to a replica that has all": false, "to one that lags behind": true} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			pair := pgtest.Replicated(t)
			db, err := Open(t.Context(), Config{URL: pair.URL})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if alone {
				pair.Alone(t)
			}
			told := &tellings{by: map[string]error{}}
			stop := told.write(t, db)
			told.await(t, 200)
			pair.FailOver(t)
			told.await(t, 200)
			stop()
			lost, double := told.compare(t, db)
			if (lost > 0) != alone || double > 0 {
				t.Errorf("lost %d, double %d", lost, double)
			}
			t.Logf("%d sent, %d lost, %d double; the longest silence was %s", len(told.by), lost, double,
				told.silence.Round(time.Millisecond))
		})
	}
}

// tellings is what people were told of what they sent, by its name.
type tellings struct {
	sync.Mutex
	by      map[string]error
	stored  int
	last    time.Time
	silence time.Duration // the longest time without an acknowledgement
}

func (l *tellings) tell(name string, err error) {
	l.Lock()
	defer l.Unlock()
	l.by[name] = err
	if err != nil {
		return
	}
	l.stored++
	if !l.last.IsZero() {
		l.silence = max(l.silence, time.Since(l.last))
	}
	end := time.Now()
	l.last = end
}

// write has eight people write until the returned function is called.
func (l *tellings) write(t *testing.T, db *DB) (stop func()) {
	t.Helper()
	var over atomic.Bool
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := 0; !over.Load(); n++ {
				name := fmt.Sprintf("%d of %d", n, i)
				err := db.Write(t.Context(), func(w *Writer) error {
					entry := programEntry("test")
					entry.Subject = name
					return w.InsertAudit(t.Context(), entry)
				})
				l.tell(name, err)
			}
		})
	}
	return func() { over.Store(true); all.Wait() }
}

// await waits until so many more were acknowledged.
func (l *tellings) await(t *testing.T, more int) {
	t.Helper()
	count := func() int { l.Lock(); defer l.Unlock(); return l.stored }
	for from, deadline := count(), time.Now().Add(2*time.Minute); count() < from+more; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("only %d were acknowledged", count()-from)
		}
	}
}

// compare counts what was acknowledged and is not there, or was said not to be saved and is, and what is there twice.
func (l *tellings) compare(t *testing.T, db *DB) (lost, double int) {
	t.Helper()
	rows, err := db.read.QueryContext(t.Context(), `SELECT subject, COUNT(*) FROM audit WHERE action = 'test' GROUP BY subject`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	there := map[string]int{}
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			t.Fatal(err)
		}
		there[name] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for name, err := range l.by {
		unsure := errors.As(err, new(*kpi.Unsettled))
		switch n := there[name]; {
		case n > 1:
			double++
		case !unsure && (err == nil) != (n == 1):
			lost++
		}
	}
	return lost, double
}
