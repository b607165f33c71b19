package app

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/store"
	"dabiao/internal/store/pgtest"
	"dabiao/internal/store/storetest"
)

// stated returns the use cases over a database with so much space, and their clock.
func stated(t *testing.T, free *int64, clock *time.Time) *App {
	t.Helper()
	where := storetest.In(t, t.TempDir())
	where.Free = func(string) (int64, error) { return *free, nil }
	db, err := store.Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	files, err := blob.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{DB: db, Files: files, Now: func() time.Time { return *clock }, Zone: time.UTC,
		Passwords: CheapPasswords})
}

// keys returns what the state says, by key, and what the server answers to those who ask whether it can write.
func (s State) keys() (out []string) {
	if s.Stops != nil {
		out = append(out, s.Stops.Text.Key)
	}
	for _, w := range s.Warns {
		out = append(out, w.Key)
	}
	return out
}

func TestTheStateSaysWhatIsTheMatterBeforeAnythingIsLost(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	free, clock := int64(1<<40), noon
	a := stated(t, &free, &clock)
	if err := a.SetUp(t.Context(), Setup{Office: Office{Name: "某局"}, UnitCode: "county", Year: 2026, Name: "admin",
		Password: "correct horse"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what  string
		free  int64
		clock time.Time
		want  []string
		ready bool
	}{
		{"all is well", 1 << 40, noon, nil, true},
		{"space runs out", lowSpace - 1, noon, []string{"state.disk_low"}, true},
		{"space is used up", store.Reserve - 1, noon, []string{"disk_full"}, false},
		{"somebody made room", 1 << 40, noon, nil, true},
		{"the clock of another server is a little ahead", 1 << 40, noon.Add(-clockSlip), nil, true},
		{"the battery of the clock is empty", 1 << 40, noon.AddDate(-16, 0, 0), []string{"state.clock_back"}, true},
		{"both", lowSpace - 1, noon.AddDate(-16, 0, 0), []string{"state.disk_low", "state.clock_back"}, true},
	} {
		t.Run(c.what, func(t *testing.T) {
			free, clock = c.free, c.clock
			if got := a.State().keys(); !slices.Equal(got, c.want) {
				t.Errorf("the state says %v, want %v", got, c.want)
			}
			if err := a.Writable(t.Context()); (err == nil) != c.ready {
				t.Errorf("ready: %v", err)
			}
		})
	}
}

// Whoever asks whether the server is ready is answered within two seconds, also when the database takes the question
// and says nothing.
func TestASilentDatabaseIsNotReady(t *testing.T) {
	t.Parallel()
	line := pgtest.Disturbable(t, storetest.Migrated(t))
	db, err := store.Open(t.Context(), store.Config{URL: line.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { line.Mend(); db.Close() })
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	a := New(Config{DB: db, Now: func() time.Time { return noon }, Zone: time.UTC})
	line.Silence()
	for range 2 {
		within, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		if err := a.Writable(within); !errors.Is(err, errNotAnswered) || within.Err() != nil {
			t.Errorf("told %v after %v", err, within.Err())
		}
		cancel()
	}
	line.Mend()
	if ended, err := a.probing(); ended != nil && err == nil {
		<-ended
	}
}
