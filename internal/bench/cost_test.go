package bench

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/pgtest"
	"dabiao/internal/web/middleware"
)

// TestCosts measures and prints what an entry costs on disk that comes alone, with its audit entry and its key, by
// table and index, in each database: the entries of some villages' whole year, month by month. Without BENCH_SIZE they
// are few, to check that it runs.
func TestCosts(t *testing.T) {
	villages, rows, name := 40, 10_000, "county"
	if os.Getenv("BENCH_SIZE") == "" {
		villages, rows, name = 2, 200, "hamlet"
	}
	dir := t.TempDir()
	for engine, config := range map[string]store.Config{"sqlite": {Dir: dir}, "postgres": {URL: pgtest.URL(t)}} {
		t.Run(engine, func(t *testing.T) {
			s := sizes[name]
			s.years = []kpi.Year{thisYear}
			o := &office{size: s, dir: t.TempDir(), root: "u", config: config}
			o.settle(t)
			raw := o.raw(t, engine)
			before := weigh(t, engine, raw)
			n := o.year(t, villages)
			o.print(t, engine, "entry", before, weigh(t, engine, raw), n)
			o.auditPages(t, engine)
			o.later(t)
			o.print(t, engine, "entry_later", before, weigh(t, engine, raw), n)
			before = weigh(t, engine, raw)
			o.print(t, engine, "imported", before, o.imported(t, engine, raw, rows), rows)
			differences, err := o.app.Verify(t.Context())
			must(t, err)
			if len(differences) > 0 {
				t.Errorf("%d differences, such as %s", len(differences), differences[0])
			}
		})
	}
}

// raw is the database beside the program.
func (o *office) raw(t *testing.T, engine string) *sql.DB {
	t.Helper()
	driver, source := "pgx", o.config.URL
	if engine == "sqlite" {
		driver, source = "sqlite", "file:"+filepath.Join(o.config.Dir, store.FileName)
	}
	db, err := sql.Open(driver, source)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

// weights are the bytes of each table and index.
type weights map[string]int64

func weigh(t *testing.T, engine string, raw *sql.DB) weights {
	t.Helper()
	query := `SELECT name, SUM(pgsize) FROM dbstat WHERE aggregate = TRUE GROUP BY name`
	if engine == "postgres" {
		_, err := raw.Exec(`VACUUM`)
		must(t, err)
		query = `SELECT relname, pg_total_relation_size(oid) - CASE WHEN relkind = 'r' THEN pg_indexes_size(oid) ELSE 0 END
			FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace`
	}
	rows, err := raw.Query(query)
	must(t, err)
	defer rows.Close()
	out := weights{}
	for rows.Next() {
		var name string
		var size int64
		must(t, rows.Scan(&name, &size))
		out[name] = size
	}
	must(t, rows.Err())
	return out
}

// print prints what each table and index grew by for each entry, and all of them.
func (o *office) print(t *testing.T, engine, what string, before, after weights, entries int) {
	t.Helper()
	var all float64
	for _, name := range slices.Sorted(maps.Keys(after)) {
		grown := float64(after[name]-before[name]) / float64(entries)
		if all += grown; grown >= .5 {
			line(fmt.Sprintf("%s_%s_%s", what, engine, name), grown, "B", 1)
		}
	}
	line(fmt.Sprintf("%s_%s_all", what, engine), all, "B", 51/all)
}

// year logs a year of some villages, each entry by itself with a key of its own, half by form and half by the API.
func (o *office) year(t *testing.T, villages int) (entries int) {
	t.Helper()
	units := o.units[len(o.units)-villages:]
	for month := 1; month <= 12; month++ {
		all := len(units) * len(o.codes)
		together(64, all, func(i int) {
			u := kpi.NewUpdate{Indicator: o.codes[i/len(units)], Unit: units[i%len(units)],
				Dated: day(thisYear, month, 1+i%28), Quantity: kpi.Exactly(kpi.Whole(int64(i % 500))), Origin: kpi.FromForm,
				Key: middleware.NewKey()}
			u.Quantity.Wording = fmt.Sprint(i % 500)
			if i%2 == 0 {
				u.Origin = kpi.FromAPI
			}
			if i%10 == 0 {
				u.Note = "走访入户时登记，名单见附件"
			}
			if _, err := o.app.LogUpdate(context.Background(), o.staff, u); err != nil {
				t.Error(err)
			}
		})
		entries += all
	}
	return entries
}

// auditPages measures reading a page of the audit log: the newest entries, those of an action, those of a unit, and
// those of nobody, for which all are looked at.
func (o *office) auditPages(t *testing.T, engine string) {
	t.Helper()
	auditor, long := kpi.Actor{Name: "auditor", Role: kpi.Auditor}, time.Second
	if len(o.units) < 100 {
		long = 50 * time.Millisecond
	}
	for what, f := range map[string]kpi.AuditFilter{"newest": {}, "of_an_action": {Action: "update.log"},
		"of_a_unit": {Unit: o.village()}, "of_nobody": {Actor: "nobody"}} {
		line("audit_page_"+engine+"_"+what+"_p50", ms(at(each(long, func() {
			if _, err := o.app.Audit(t.Context(), auditor, f, 0, 51); err != nil {
				t.Fatal(err)
			}
		}), .5)), "ms", 1)
	}
}

// later tidies as if it were 61 days later, when keys are forgotten.
func (o *office) later(t *testing.T) {
	t.Helper()
	must(t, o.db.Close())
	now = now.AddDate(0, 0, 61)
	defer func() { now = now.AddDate(0, 0, -61) }()
	o.open(t)
	_, err := o.app.Tidy(t.Context())
	must(t, err)
}

// imported reads a table of all units in.
func (o *office) imported(t *testing.T, engine string, raw *sql.DB, rows int) weights {
	t.Helper()
	batch := make([]kpi.NewUpdate, rows)
	for i := range batch {
		batch[i] = kpi.NewUpdate{Indicator: o.codes[i%len(o.codes)], Unit: o.units[i/len(o.codes)%len(o.units)],
			Dated: day(thisYear, 12, 1+i%28), Quantity: kpi.Exactly(kpi.Whole(int64(i % 500)))}
	}
	start := time.Now()
	refused, err := o.app.LogUpdates(t.Context(), o.staff, "bench.xlsx", batch)
	must(t, err)
	if len(refused) > 0 {
		t.Fatal(refused[0].Err)
	}
	line(fmt.Sprintf("import_%s_%d_rows", engine, rows), time.Since(start).Seconds(), "s", 1)
	return weigh(t, engine, raw)
}
