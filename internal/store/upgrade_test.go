package store

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// A roll-up kept by month is the same figures once it is kept by year.
func TestTheRollUpByMonthBecomesOneByYear(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	for name, c := range map[string]struct {
		config Config
		d      dialect
		driver string
		dsn    string
	}{
		"sqlite":   {Config{Dir: dir}, sqliteDialect, "sqlite", sqliteDSN(path, "_txlock=immediate")},
		"postgres": {Config{}, postgresDialect, "pgx", pgtest.URL(t)},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "postgres" {
				c.config.URL = c.dsn
			}
			raw, err := sql.Open(c.driver, c.dsn)
			if err != nil {
				t.Fatal(err)
			}
			p, err := goose.NewProvider(c.d.goose, raw, c.d.migrationFiles(), goose.WithDisableGlobalRegistry(true))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.UpTo(t.Context(), 3); err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{
				`INSERT INTO units (code, name, name_en, sort) VALUES ('a', 'a', '', 1)`,
				`INSERT INTO indicators (code, name, name_en, kind, measure, decimals, direction, category, definition, source, owner, starts, note, sort)
					VALUES ('i', 'i', '', 'flow', '人', 0, 'up', '', '', '', '', 1, '', 1)`,
				`INSERT INTO rollups (unit_id, year, indicator_id, month, amount, entries, at_least, below, about, entry_sum, last_date)
					VALUES (1, 2026, 1, 2, 5000000, 2, 1, 0, 0, 17, '2026-02-09'), (1, 2026, 1, 12, -3000000, -1, 0, 0, 1, -4, '')`,
			} {
				if _, err := raw.ExecContext(t.Context(), text); err != nil {
					t.Fatal(err)
				}
			}
			if err := raw.Close(); err != nil {
				t.Fatal(err)
			}
			db, err := Open(t.Context(), c.config)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			err = db.Read(t.Context(), func(r *Reader) error {
				all, err := r.UnitSeries(t.Context(), 2026, 1)
				want := kpi.Series{1: {Amount: 5 * kpi.One, Entries: 2, AtLeast: 1, EntrySum: 17, LastDate: "2026-02-09"},
					11: {Amount: -3 * kpi.One, Entries: -1, About: 1, EntrySum: -4}}
				if len(all) != 1 || all[1] != want {
					t.Errorf("%v", all)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestASeriesIsReadAsItWasWritten(t *testing.T) {
	var s kpi.Series
	s[0] = kpi.Tally{Amount: 1, Entries: 2, AtLeast: 3, Below: 4, About: 5, EntrySum: 6, LastDate: "2026-01-31"}
	s[5] = kpi.Tally{Amount: -1 << 62, EntrySum: 1<<63 - 1}
	s[11] = kpi.Tally{LastDate: "2026-12-01"}
	text := formatSeries(s)
	got, err := parseSeries(text, 2026)
	if err != nil || got != s {
		t.Errorf("%s: %v, %v", text, got, err)
	}
	for _, bad := range []string{"", ";;;", "1;;;;;;;;;;;;", "a,,,,,,;;;;;;;;;;;;"} {
		if _, err := parseSeries(bad, 2026); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
