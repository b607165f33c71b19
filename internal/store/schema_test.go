//go:build unix

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// schema returns the address of a schema of a database.
func schema(url, name string, more ...string) string {
	return url + "&" + strings.Join(append([]string{"schema=" + name}, more...), "&")
}

func openSchema(t *testing.T, url, office string) *DB {
	t.Helper()
	db, err := Open(t.Context(), Config{URL: url, Office: office})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// baited makes a schema with the program's tables the one that names mean when nothing is said: whoever forgets to say
// whose a transaction is finds its rows, and writes into it.
func baited(t *testing.T, url string) *DB {
	t.Helper()
	bait := openSchema(t, schema(url, "bait"), "bait")
	if err := bait.Write(t.Context(), asked("bait")); err != nil {
		t.Fatal(err)
	}
	raw := rawOf(t, url)
	var name string
	if err := raw.QueryRowContext(t.Context(), `SELECT current_database()`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.ExecContext(t.Context(), `ALTER DATABASE `+name+` SET search_path = bait`); err != nil {
		t.Fatal(err)
	}
	return bait
}

func rawOf(t *testing.T, url string) *sql.DB {
	t.Helper()
	raw, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

// Offices write and read at the same time over four connections, each a hundred times, directly and behind a pooler.
// Everything that one is answered is its own, and nothing of theirs is in the schema that names mean without their say.
func TestOfficesShareConnectionsAndNothingElse(t *testing.T) {
	for what, way := range map[string]func(url string) string{
		"directly":     func(url string) string { return url },
		"by PgBouncer": func(url string) string { return pgtest.Pooled(t, url, "") },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			direct := pgtest.URL(t)
			bait := baited(t, direct)
			url := way(direct)
			var all sync.WaitGroup
			offices := map[string]*DB{}
			for i := range 6 {
				name := fmt.Sprintf("office-%d", i)
				offices[name] = openSchema(t, schema(url, name, "pool_max_conns=4", "application_name=offices"), name)
			}
			for name, db := range offices {
				for writer := range 4 {
					all.Go(func() {
						for n := range 25 {
							sharedRound(t, db, name, fmt.Sprintf("%s %d %d", name, writer, n))
						}
					})
				}
			}
			all.Wait()
			for name, db := range offices {
				there := times(t, db)
				for of, n := range there {
					if !strings.HasPrefix(of, name+" ") || n != 1 {
						t.Errorf("%s has %d of %q", name, n, of)
					}
				}
				if len(there) != 100 {
					t.Errorf("%d of 100 are in %s", len(there), name)
				}
			}
			if there := slices.Collect(maps.Keys(times(t, bait))); len(there) != 1 || there[0] != "bait" {
				t.Errorf("in the schema that nobody named: %q", there)
			}
			if what != "directly" {
				return
			}
			var connections int
			err := rawOf(t, direct).QueryRowContext(t.Context(), `SELECT COUNT(*) FROM pg_stat_activity
				WHERE datname = current_database() AND application_name = 'offices'`).Scan(&connections)
			if err != nil || connections == 0 || connections > 4 {
				t.Errorf("%d connections, %v; at most 4 are allowed", connections, err)
			}
		})
	}
}

// sharedRound writes and reads in every way the program does, and compares what it is told.
func sharedRound(t *testing.T, db *DB, office, name string) {
	ctx := context.Background()
	change := asked(name)
	if len(name)%2 == 0 {
		change = noted(name)
	}
	if err := db.Write(ctx, change); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if _, err := db.Stamp(ctx); err != nil {
		t.Errorf("%s: the stamp: %v", name, err)
	}
	own := func(what string, ask func(*string) error) {
		var is string
		if err := ask(&is); err != nil || is != office {
			t.Errorf("%s: %s is in %q, %v", name, what, is, err)
		}
	}
	const where = `SELECT current_schema()::text`
	own("a statement by itself", func(is *string) error { return db.read.QueryRowContext(ctx, where).Scan(is) })
	own("one sent in one trip", func(is *string) error {
		return db.inOneTrip(ctx, query{text: where, row: func(row scanner) error { return row.Scan(is) }})
	})
	own("a reader", func(is *string) error {
		return db.Read(ctx, func(r *Reader) error {
			if _, err := r.Units(ctx); err != nil {
				return err
			}
			if _, err := r.LatestLogs(ctx, []FigureYear{{FigureKey{1, kpi.IndicatorID(len(name))}, 2026}}); err != nil {
				return err
			}
			return r.tx.QueryRowContext(ctx, where).Scan(is)
		})
	})
	broken := errors.New("broken")
	err := db.Write(ctx, func(w *Writer) error { return errors.Join(broken, w.SetSetting(ctx, "broken", "")) })
	if !errors.Is(err, broken) {
		t.Errorf("%s: a change that fails: %v", name, err)
	}
	if _, err := db.write.ExecContext(ctx, `DELETE FROM nothing_of_the_kind`); err == nil {
		t.Errorf("%s: a table that is not there takes changes", name)
	}
}

// Saying whose a transaction is costs no trip: a group takes two, the stamp one, and a reader one more than it asks.
func TestASchemaCostsNoTrips(t *testing.T) {
	t.Parallel()
	line := pgtest.Disturbable(t, pgtest.URL(t))
	db := openSchema(t, schema(line.URL, "east"), "")
	ctx := context.Background()
	for what, c := range map[string]struct {
		trips int64
		do    func() error
	}{
		"a change": {2, func() error { return db.Write(ctx, noted("one")) }},
		"a stamp":  {1, func() error { _, err := db.Stamp(ctx); return err }},
		"a reader": {3, func() error { return db.Read(ctx, func(r *Reader) error { _, err := r.Units(ctx); return err }) }},
	} {
		var before int64
		for range 3 { // what statements are is asked once
			before = line.Trips()
			if err := c.do(); err != nil {
				t.Fatal(err)
			}
		}
		if got := line.Trips() - before; got != c.trips {
			t.Errorf("%s takes %d trips, want %d", what, got, c.trips)
		}
	}
}

// A name that is none is refused before anything is asked, and one that is there is not made where it was to be read.
func TestASchemaIsNamedAndThere(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	for _, name := range []string{"", "pg_temp", "pg_x", "information_schema", "A", "1a", "a.b", `a"%3Bdrop`, "a%20b",
		"a,public", "%24user", strings.Repeat("a", 64), "武冈", "-a", "a%00"} {
		db, err := Open(t.Context(), Config{URL: schema(url, name)})
		if err == nil || !strings.Contains(err.Error(), "schema") && !strings.Contains(err.Error(), "address") {
			t.Errorf("%q is taken: %v, %v", name, db, err)
		}
	}
	for _, name := range []string{"select", "user", "wu-gang", "_a", strings.Repeat("a", 63)} {
		if err := openSchema(t, schema(url, name), name).Write(t.Context(), noted(name)); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	if db, err := Open(t.Context(), Config{URL: schema(url, "misspelled"), AsIs: true}); err == nil ||
		!strings.Contains(err.Error(), "no schema misspelled") {
		t.Errorf("a schema that is not there: %v, %v", db, err)
	}
	openSchema(t, schema(url, "made")+"&application_name=x", "")
	if db, err := Open(t.Context(), Config{URL: schema(url, "made"), AsIs: true}); err != nil {
		t.Error(err)
	} else {
		db.Close()
	}
}

// Records are one office's, however their address is spelled, and whether they have a schema or a database of their
// own. More servers of that office open them.
func TestRecordsAreOneOffices(t *testing.T) {
	t.Parallel()
	for what, url := range map[string]string{"a database": pgtest.URL(t), "a schema": schema(pgtest.URL(t), "east")} {
		t.Run(what, func(t *testing.T) {
			openSchema(t, url, "east")
			openSchema(t, url, "east")
			other := url + "&application_name=another"
			for _, c := range []Config{{URL: url, Office: "west"}, {URL: url}, {URL: other, Office: "west"},
				{URL: other, AsIs: true}} {
				db, err := Open(t.Context(), c)
				if !errors.Is(err, ErrOthers) || !strings.Contains(err.Error(), "the office east") {
					t.Errorf("%+v opens them: %v", c, err)
				}
				if err == nil {
					db.Close()
				}
			}
			db, err := Open(t.Context(), Config{URL: url, Office: "east", AsIs: true})
			if err != nil {
				t.Fatal(err)
			}
			_, err = db.write.ExecContext(t.Context(), `DELETE FROM dabiao_own WHERE what = 'office'`) // as it says
			if err = errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
			if err := openSchema(t, url, "west").Write(t.Context(), noted("west")); err != nil {
				t.Error(err)
			}
		})
	}
}

// Many servers that begin the same records together make them once, and one that only looks makes them nobody's.
func TestManyBeginASchemaTogether(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			at := schema(url, fmt.Sprint("s", i%3), "pool_max_conns=4")
			db, err := Open(t.Context(), Config{URL: at, Office: fmt.Sprint(i % 3)})
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(db.Write(t.Context(), noted("begun")), db.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range 3 {
		if there := times(t, openSchema(t, schema(url, fmt.Sprint("s", i)), fmt.Sprint(i))); there["begun"] != 4 {
			t.Errorf("schema %d: %v", i, there)
		}
	}
}
