package store

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// A roll-up kept by month is the same figures once it is kept by year.
func TestTheRollUpByMonthBecomesOneByYear(t *testing.T) {
	upgraded(t, 3, []string{
		`INSERT INTO units (code, name, name_en, sort) VALUES ('a', 'a', '', 1)`,
		`INSERT INTO indicators (code, name, name_en, kind, measure, decimals, direction, category, definition, source, owner, starts, note, sort)
			VALUES ('i', 'i', '', 'flow', '人', 0, 'up', '', '', '', '', 1, '', 1)`,
		`INSERT INTO rollups (unit_id, year, indicator_id, month, amount, entries, at_least, below, about, entry_sum, last_date)
			VALUES (1, 2026, 1, 2, 5000000, 2, 1, 0, 0, 17, '2026-02-09'), (1, 2026, 1, 12, -3000000, -1, 0, 0, 1, -4, '')`,
	}, func(t *testing.T, db *DB) {
		err := db.Read(t.Context(), func(r *Reader) error {
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

// The log is built anew with other indexes: its entries keep their numbers, their answers and their
// files, and an entry is still answered once.
func TestTheLogIsTheSameWithOtherIndexes(t *testing.T) {
	upgraded(t, 6, []string{
		`INSERT INTO units (code, name, name_en, sort) VALUES ('a', 'a', '', 1)`,
		`INSERT INTO indicators (code, name, name_en, kind, measure, decimals, direction, category, definition, source, owner, starts, note, sort)
			VALUES ('i', 'i', '', 'flow', '人', 0, 'up', '', '', '', '', 1, '', 1)`,
		`INSERT INTO updates (id, indicator_id, unit_id, dated, amount, prec, wording, level, note, act, answers_id, reason, origin, author, logged_at) VALUES
			(7, 1, 1, '2026-03-01', 5, 'exact', '5', '', 'n', 'log', NULL, '', 'form', 'w', 100),
			(9, 1, 1, '2026-03-02', 6, 'about', '约6', '', '', 'correct', 7, 'r', 'api', 'w', 200)`,
		`INSERT INTO evidence (update_id, name, media_type, size, sha256, sensitive, added_by, added_at)
			VALUES (9, 'f', 'm', 1, '` + strings.Repeat("0", 64) + `', 0, 'w', 300)`,
	}, func(t *testing.T, db *DB) {
		ctx := t.Context()
		first := kpi.Update{ID: 7, Indicator: 1, Unit: 1, Dated: "2026-03-01", Quantity: kpi.Quantity{Amount: 5, Precision: kpi.Exact, Wording: "5"},
			Note: "n", Act: kpi.ActLog, Origin: kpi.FromForm, Author: "w", LoggedAt: 100,
			State: kpi.StateApproved, AnsweredBy: 9, AnsweredState: kpi.StateApproved}
		second := kpi.Update{ID: 9, Indicator: 1, Unit: 1, Dated: "2026-03-02", Quantity: kpi.Quantity{Amount: 6, Precision: kpi.About, Wording: "约6"},
			Act: kpi.ActCorrect, Answers: 7, Reason: "r", Origin: kpi.FromAPI, Author: "w", LoggedAt: 200,
			State: kpi.StateApproved}
		err := db.Read(ctx, func(r *Reader) error {
			log, err := r.Log(ctx, LogFilter{Year: 2026, Limit: 9})
			if err != nil {
				return err
			}
			if want := []kpi.Update{second, first}; !slices.Equal(log, want) {
				t.Errorf("the log is\n%v, was\n%v", log, want)
			}
			files, err := r.EvidenceOf(ctx, []kpi.UpdateID{9})
			if len(files) != 1 {
				t.Errorf("files of entry 9: %v", files)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		again := second
		again.ID, again.LoggedAt = 0, 400
		if err := db.Write(ctx, func(w *Writer) error { _, err := w.InsertUpdate(ctx, again); return err }); err == nil {
			t.Error("an entry was answered twice")
		}
		again.Act, again.Answers = kpi.ActLog, 0
		var id kpi.UpdateID
		if err := db.Write(ctx, func(w *Writer) (err error) { id, err = w.InsertUpdate(ctx, again); return err }); err != nil || id <= 9 {
			t.Errorf("the next entry is number %d, error %v", id, err)
		}
	})
}

// upgraded fills a database whose schema has an earlier version, opens it as the program does, and
// has both databases looked at.
func upgraded(t *testing.T, version int64, fill []string, look func(*testing.T, *DB)) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	for name, c := range map[string]struct {
		config Config
		d      dialect
		driver string
		dsn    string
	}{
		"sqlite":   {Config{Dir: dir}, sqliteDialect, "sqlite", sqliteDSN(path, durable, "_txlock=immediate")},
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
			if _, err := p.UpTo(t.Context(), version); err != nil {
				t.Fatal(err)
			}
			for _, text := range fill {
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
			look(t, db)
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

// A ratio made before ratios had factors is what it was: per cent. One in per mille is put right.
func TestARatioIsStillPerCentAfterAnUpgrade(t *testing.T) {
	upgraded(t, 18, []string{
		`INSERT INTO indicators (code, name, name_en, kind, measure, decimals, direction, category, definition, source, owner, starts, note, sort)
			VALUES ('i', 'i', '', 'flow', '人', 0, 'up', '', '', '', '', 1, '', 1)`,
		`INSERT INTO indicators (code, name, name_en, kind, measure, decimals, direction, category, definition, source, owner, starts, note, sort, numerator_id, denominator_id)
			VALUES ('r', 'r', '', 'ratio', '%', 2, 'up', '', '', '', '', 1, '', 2, 1, 1), ('m', 'm', '', 'ratio', '‰', 2, 'up', '', '', '', '', 1, '', 3, 1, 1),
			('d', 'd', '', 'ratio', '天', 2, 'up', '', '', '', '', 1, '', 4, 1, 1)`,
	}, func(t *testing.T, db *DB) {
		var got []int64
		err := db.Read(t.Context(), func(r *Reader) error {
			all, err := r.Indicators(t.Context())
			for _, i := range all {
				got = append(got, i.Factor)
			}
			return err
		})
		if want := []int64{0, 100, 1_000, 100}; err != nil || !slices.Equal(got, want) {
			t.Errorf("factors %v, want %v; %v", got, want, err)
		}
	})
}
