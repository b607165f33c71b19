package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// atOnce keeps the database busy while changes queue up, lets all proceed as one group and returns what each is told.
func atOnce(t *testing.T, db *DB, changes []func(*Writer) error) []error {
	t.Helper()
	begun, free := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	var once sync.Once
	all.Go(func() {
		if err := db.Write(context.Background(), func(*Writer) error {
			once.Do(func() { close(begun); <-free })
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
	<-begun
	told := make([]error, len(changes))
	for i, change := range changes {
		all.Go(func() { told[i] = db.Write(context.Background(), change) })
	}
	for db.Waiting() < len(changes) {
		time.Sleep(time.Millisecond)
	}
	close(free)
	all.Wait()
	return told
}

// noted writes an entry of the audit log, which waits to be sent with those of others.
func noted(name string) func(*Writer) error {
	return func(w *Writer) error {
		e := programEntry("test")
		e.Subject = name
		return w.InsertAudit(context.Background(), e)
	}
}

// asked is noted after a statement that is sent at once.
func asked(name string) func(*Writer) error {
	return func(w *Writer) error {
		if err := w.SetSetting(context.Background(), name, "1"); err != nil {
			return err
		}
		return noted(name)(w)
	}
}

// times counts the entries of the audit log by name.
func times(t *testing.T, db *DB) map[string]int {
	t.Helper()
	rows, err := db.read.QueryContext(t.Context(), `SELECT subject FROM audit WHERE action = 'test'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		out[name]++
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// What waits together is sent together: the lock and what is asked first, and everything that is written with the
// commit, however many changes there are. A statement of another kind takes a trip of its own, and one for what waits.
func TestAGroupTakesTwoTrips(t *testing.T) {
	db, line := disturbed(t)
	send := func(changes ...func(*Writer) error) int64 {
		before := line.Trips()
		atOnce(t, db, changes) // the change that keeps the others waiting takes two trips of its own
		return line.Trips() - before
	}
	group := func(n int, kind func(string) func(*Writer) error, run string) (out []func(*Writer) error) {
		for i := range n {
			out = append(out, kind(fmt.Sprintf("%s %d", run, i)))
		}
		return out
	}
	for _, c := range []struct {
		what    string
		changes func(run string) []func(*Writer) error
		trips   int64
	}{
		{"none but the one that holds the turn", func(string) []func(*Writer) error { return nil }, 2},
		{"one", func(run string) []func(*Writer) error { return group(1, noted, run) }, 4},
		{"a hundred", func(run string) []func(*Writer) error { return group(100, noted, run) }, 4},
		{"a hundred, and one of another kind", func(run string) []func(*Writer) error {
			return append(group(100, noted, run), asked(run))
		}, 6},
	} {
		send(c.changes("first " + c.what)...) // and prepare the statements
		if trips := send(c.changes("then " + c.what)...); trips != c.trips {
			t.Errorf("%s: %d trips, want %d", c.what, trips, c.trips)
		}
	}
}

// Wherever the connection of a group breaks, each is stored once and told so: what was not stored is done again, and
// what nobody was told of is looked up.
func TestAGroupWhoseConnectionBreaksIsStoredOnce(t *testing.T) {
	for trip := 1; trip <= 6; trip++ {
		for _, carriedOut := range []bool{false, true} {
			t.Run(fmt.Sprint(trip, carriedOut), func(t *testing.T) {
				t.Parallel()
				db, line := disturbed(t)
				atOnce(t, db, []func(*Writer) error{noted("first"), asked("second")}) // and prepare the statements
				changes := []func(*Writer) error{noted("a"), asked("b"), noted("c"),
					func(*Writer) error { return kpi.Clash("key_reused") }}
				line.BreakTrip(trip, carriedOut)
				told := atOnce(t, db, changes)
				there := times(t, db)
				for i, name := range []string{"a", "b", "c"} {
					if told[i] != nil || there[name] != 1 {
						t.Errorf("%s: told %v, stored %d times", name, told[i], there[name])
					}
				}
				if refusal := (*kpi.Error)(nil); !errors.As(told[3], &refusal) || refusal.Text.Key != "key_reused" {
					t.Errorf("who was refused is told %v", told[3])
				}
			})
		}
	}
}

// What the database refuses only when everything is sent is refused to whoever asked for it.
func TestWhatIsRefusedAtTheEndIsRefusedToOne(t *testing.T) {
	db, _ := disturbed(t)
	told := atOnce(t, db, []func(*Writer) error{noted("a"), func(w *Writer) error {
		return w.InsertDoubts(context.Background(), kpi.Doubt{Update: 4711, Question: kpi.T("entry_to_confirm")})
	}, asked("b")})
	there := times(t, db)
	if told[0] != nil || told[1] == nil || told[2] != nil || there["a"] != 1 || there["b"] != 1 {
		t.Errorf("told %v, stored %v", told, there)
	}
}

// PostgreSQL may end any transaction and ask for it to be made again.
func TestAGroupThatIsToBeMadeAgainIs(t *testing.T) {
	for _, code := range []string{"40001", "40P01"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			url := pgtest.URL(t)
			db, err := Open(t.Context(), Config{URL: url})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			raw, err := sql.Open("pgx", url)
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close()
			if _, err := raw.Exec(`CREATE SEQUENCE tries;
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
					IF nextval('tries') <= 2 THEN RAISE EXCEPTION USING ERRCODE = '` + code + `'; END IF;
					RETURN NEW;
				END $$;
				CREATE TRIGGER refused BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION refuse()`); err != nil {
				t.Fatal(err)
			}
			told := atOnce(t, db, []func(*Writer) error{noted("a"), asked("b"), noted("c")})
			there := times(t, db)
			for i, name := range []string{"a", "b", "c"} {
				if told[i] != nil || there[name] != 1 {
					t.Errorf("%s: told %v, stored %d times", name, told[i], there[name])
				}
			}
		})
	}
}
