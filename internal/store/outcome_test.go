package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// disturbed returns a database and the way to it.
func disturbed(t *testing.T) (*DB, *pgtest.Line) {
	t.Helper()
	line := pgtest.Disturbable(t, pgtest.URL(t))
	db, err := Open(t.Context(), Config{URL: line.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { line.Mend(); db.Close() })
	return db, line
}

// logged adds an area, as a use case does, with its audit entry.
func logged(w *Writer) error {
	ctx := context.Background()
	if _, err := w.InsertArea(ctx, kpi.Area{Code: "a", Name: "一"}); err != nil {
		return err
	}
	return w.InsertAudit(ctx, programEntry("area.add"))
}

func areas(t *testing.T, db *DB) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(r *Reader) error {
		all, err := r.Areas(t.Context())
		n = len(all)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// What can be found out is found out, and what was not stored is stored after all: nobody is asked to send anything
// twice because a connection broke.
func TestAChangeIsStoredOnceThoughItsConnectionBreaks(t *testing.T) {
	for what, disturb := range map[string]func(*pgtest.Line){
		"before the transaction":           func(l *pgtest.Line) { l.Cut(); time.AfterFunc(300*time.Millisecond, l.Mend) },
		"before the commit arrives":        (*pgtest.Line).LoseCommit,
		"before the commit's answer comes": func(l *pgtest.Line) { l.LoseAnswer(false) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			db, line := disturbed(t)
			disturb(line)
			if err := db.Write(t.Context(), logged); err != nil {
				t.Errorf("told %v", err)
			}
			if n := areas(t, db); n != 1 {
				t.Errorf("stored %d times", n)
			}
		})
	}
}

// Only where nobody can know is somebody told so.
func TestACommitThatNobodyCanLookUpIsUnsettled(t *testing.T) {
	t.Parallel()
	db, line := disturbed(t)
	db.patience.settle = 300 * time.Millisecond
	line.LoseAnswer(true)
	if err := db.Write(t.Context(), logged); !errors.As(err, new(*kpi.Unsettled)) {
		t.Errorf("told %v", err)
	}
	line.Mend()
	if n := areas(t, db); n != 1 {
		t.Errorf("stored %d times", n)
	}
}

// A database that is away is said to be, and nothing is stored later behind anybody's back.
func TestAChangeIsNotStoredWhenTheDatabaseStaysAway(t *testing.T) {
	t.Parallel()
	db, line := disturbed(t)
	db.patience.retry = 300 * time.Millisecond
	line.Cut()
	err := db.Write(t.Context(), logged)
	if err == nil || errors.As(err, new(*kpi.Unsettled)) {
		t.Errorf("told %v", err)
	}
	line.Mend()
	if n := areas(t, db); n != 0 {
		t.Errorf("stored %d times", n)
	}
}

// A database that takes a question and says nothing is away, as one that cannot be reached is; whoever hung up is told
// nothing of the database.
func TestASilentDatabaseIsAway(t *testing.T) {
	t.Parallel()
	db, line := disturbed(t)
	line.Silence()
	ask := func(ctx context.Context) error {
		return db.patiently(ctx, func() error { return db.askStamp(ctx, new(Stamp)) })
	}
	within, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := ask(within); !errors.As(err, new(*kpi.Away)) {
		t.Errorf("told %v", err)
	}
	gone, hangUp := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, hangUp)
	if err := ask(gone); err == nil || errors.As(err, new(*kpi.Away)) {
		t.Errorf("whoever hung up is told %v", err)
	}
}

// A server that stops halfway through a change, with the lock that all others wait for, keeps them for ten seconds and
// no longer. When it goes on, its change is not stored, and it says so.
func TestAServerThatStopsHalfwayDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	var servers [2]*DB
	for i := range servers {
		db, err := Open(t.Context(), Config{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		servers[i] = db
	}
	halfway, goOn, first := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	var once sync.Once
	go func() {
		first <- servers[0].Write(context.Background(), func(w *Writer) error {
			if err := w.SetSetting(context.Background(), "first", "stored"); err != nil {
				return err
			}
			once.Do(func() { close(halfway); <-goOn })
			return w.SetSetting(context.Background(), "first", "stored whole")
		})
	}()
	<-halfway
	servers[1].patience.retry = time.Minute // on a busy machine everything takes longer
	if err := servers[1].Write(t.Context(), logged); err != nil {
		t.Errorf("the other server is told %v", err)
	}
	close(goOn)
	if err := <-first; !errors.As(err, new(*kpi.Away)) {
		t.Errorf("the server that went on is told %v", err)
	}
	err := servers[1].Read(t.Context(), func(r *Reader) error {
		_, err := r.Setting(t.Context(), "first")
		return err
	})
	if refusal := (*kpi.Error)(nil); !errors.As(err, &refusal) || refusal.Code != kpi.NotFound {
		t.Errorf("its change is there: %v", err)
	}
}
