package store

import (
	"database/sql"
	flags "flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

var save = flags.String("save", "",
	"the `version` about to be released, whose databases to write into testdata; needs pg_dump")

// engine is one of the two databases, with access to it beside the program.
type engine struct {
	config Config
	dialect
	driver, source string
}

// engines returns a new, empty database of each kind.
func engines(t *testing.T) map[string]engine {
	t.Helper()
	dir, url := t.TempDir(), pgtest.URL(t)
	return map[string]engine{
		"sqlite":   {Config{Dir: dir, Commits: NoSync}, sqliteDialect, "sqlite", "file:" + filepath.Join(dir, FileName)},
		"postgres": {Config{URL: url}, postgresDialect, "pgx", url},
	}
}

func (e engine) exec(t *testing.T, statements string) {
	t.Helper()
	raw, err := sql.Open(e.driver, e.source)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// opened opens the database as the program does.
func (e engine) opened(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), e.config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// A database that a release left behind opens, gets the schema of a new one, and keeps all its records.
func TestADatabaseOfEveryReleaseIsUpgraded(t *testing.T) {
	if *save != "" {
		saveRelease(t, filepath.Join("testdata", *save))
	}
	releases, err := filepath.Glob("testdata/*.*.*")
	if err != nil || len(releases) == 0 {
		t.Fatal("no saved database", err)
	}
	for _, release := range releases {
		fresh := engines(t)
		for name, e := range engines(t) {
			t.Run(filepath.Base(release)+" "+name, func(t *testing.T) {
				e.load(t, release)
				had := e.migrated(t)
				db := e.opened(t)
				got, want := schemaOf(t, db), schemaOf(t, fresh[name].opened(t))
				for object, text := range want {
					if got[object] != text {
						t.Errorf("%s is after the upgrade\n%s\nand in a new database\n%s", object, got[object], text)
					}
				}
				for object := range got {
					if want[object] == "" {
						t.Errorf("a new database has no %s", object)
					}
				}
				for _, table := range tablesOf(t, db) {
					if !strings.Contains(had, "CREATE TABLE "+table+" (") {
						continue // it came later
					}
					var rows int
					if err := db.read.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+table).Scan(&rows); err != nil ||
						rows == 0 {
						t.Errorf("%s has %d rows, %v", table, rows, err)
					}
				}
				theSavedRecordsAreThere(t, db)
			})
		}
	}
}

// Every table has a row waiting for the database that the next release saves, and today's schema takes them all.
func TestTheNextReleaseSavesARowOfEveryTable(t *testing.T) {
	records := string(recordsOfToday(t))
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			db := e.opened(t)
			text := records
			if e.translate != nil {
				text = e.translate.Replace(text)
			}
			e.exec(t, text)
			for _, table := range tablesOf(t, db) {
				var rows int
				if err := db.read.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+table).Scan(&rows); err != nil ||
					rows == 0 {
					t.Errorf("%s has %d rows, %v: add one to %s", table, rows, err, nextRecords)
				}
			}
		})
	}
}

// migrated returns the migrations that made the database what it is now.
func (e engine) migrated(t *testing.T) (text string) {
	t.Helper()
	raw, err := sql.Open(e.driver, e.source)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var version int
	err = raw.QueryRowContext(t.Context(), `SELECT MAX(version_id) FROM goose_db_version`).Scan(&version)
	names, globErr := fs.Glob(migrations, "*.sql")
	if err != nil || globErr != nil || version < 1 || version > len(names) {
		t.Fatal("schema", version, err, globErr)
	}
	for _, name := range names[:version] {
		content, err := fs.ReadFile(migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		text += string(content)
	}
	return text
}

// theSavedRecordsAreThere checks for what testdata/0.1.0/records.sql wrote; every later release keeps
// it.
func theSavedRecordsAreThere(t *testing.T, db *DB) {
	ctx := t.Context()
	first := kpi.Update{ID: 1, Indicator: 1, Unit: 1, Dated: "2026-03-01", Quantity: kpi.Exactly(5 * kpi.One),
		Note: "n", Act: kpi.ActLog, Origin: kpi.FromForm, Author: "w", LoggedAt: 100,
		State: kpi.StateApproved, AnsweredBy: 2, AnsweredState: kpi.StateApproved}
	first.Quantity.Wording = "5"
	second := kpi.Update{ID: 2, Indicator: 1, Unit: 1, Dated: "2026-03-02",
		Quantity: kpi.Quantity{Amount: 6 * kpi.One, Precision: kpi.About, Wording: "约6"},
		Act:      kpi.ActCorrect, Answers: 1, Reason: "r", Origin: kpi.FromAPI,
		Author: "w", LoggedAt: 200, State: kpi.StateApproved}
	err := db.Read(ctx, func(r *Reader) error {
		log, err := r.Log(ctx, LogFilter{Year: 2026, Limit: 9})
		if err != nil {
			return err
		}
		if len(log) != 3 || log[1] != second || log[2] != first {
			t.Errorf("the log is\n%v", log)
		}
		series, err := r.UnitSeries(ctx, 2026, 1)
		if err != nil {
			return err
		}
		march := kpi.Tally{Amount: 6 * kpi.One, Entries: 1, About: 1, EntrySum: 6_000_000, LastDate: "2026-03-02"}
		if len(series) != 1 || series[1] != (kpi.Series{2: march}) {
			t.Errorf("the roll-up is %v", series)
		}
		files, err := r.EvidenceOf(ctx, []kpi.UpdateID{2})
		if len(files) != 1 {
			t.Errorf("files of entry 2: %v", files)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	again := second
	again.ID, again.LoggedAt = 0, 400
	if err := db.Write(ctx, func(w *Writer) error { _, err := w.InsertUpdate(ctx, again, nil); return err }); err == nil {
		t.Error("an entry was answered twice")
	}
	again.Act, again.Answers = kpi.ActLog, 0
	var id kpi.UpdateID
	err = db.Write(ctx, func(w *Writer) (err error) { id, err = w.InsertUpdate(ctx, again, nil); return err })
	if err != nil || id <= 3 {
		t.Errorf("the next entry is number %d, error %v", id, err)
	}
}

// The file from before an upgrade stays beside the new one, and opens with the earlier program.
func TestAnUpgradeKeepsTheFileOfBefore(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			e.load(t, "testdata/0.1.0")
			ours := migrations
			t.Cleanup(func() { migrations = ours })
			migrations = withMigration(t, `ALTER TABLE areas ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'`)
			copies := backsUpBefore(t, &e)
			db := e.opened(t)
			aCopyOfBeforeIsIn(t, copies)
			var colour string
			if err := db.read.QueryRowContext(t.Context(), `SELECT colour FROM areas`).Scan(&colour); err != nil ||
				colour != "red" {
				t.Errorf("the new column says %q, %v", colour, err)
			}
			if e.config.Dir == "" {
				return // PostgreSQL keeps no file beside it
			}
			kept, err := filepath.Glob(filepath.Join(e.config.Dir, FileName+".before-upgrade-*"))
			if err != nil || len(kept) != 1 {
				t.Fatalf("kept are %v, %v", kept, err)
			}
			dir := t.TempDir()
			if err := os.Rename(kept[0], filepath.Join(dir, FileName)); err != nil {
				t.Fatal(err)
			}
			migrations = ours
			theSavedRecordsAreThere(t, engine{config: Config{Dir: dir, Commits: NoSync}}.opened(t))
		})
	}
}

// backsUpBefore has a copy made into a folder before the upgrade, and one into a folder that is away.
func backsUpBefore(t *testing.T, e *engine) (dir string) {
	t.Helper()
	dir = t.TempDir()
	e.config.BeforeUpgrade = func(u *Unopened) {
		files, err := blob.Open(t.TempDir(), nil)
		if err != nil {
			t.Error(err)
		}
		at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		away := Copies{Depot: depot.Folder{Dir: filepath.Join(dir, "away")}}
		if err := u.CopyInto(t.Context(), away, files, "test", at); err == nil {
			t.Error("a copy was made where a disk is away")
		}
		if err := u.CopyInto(t.Context(), Copies{Depot: depot.Folder{Dir: dir}}, files, "test", at); err != nil {
			t.Error(err)
		}
	}
	return dir
}

// aCopyOfBeforeIsIn finds the copy, with the schema of before.
func aCopyOfBeforeIsIn(t *testing.T, dir string) {
	t.Helper()
	made, err := filepath.Glob(filepath.Join(dir, "dabiao-*-20261123-090000-*-before-upgrade.zip"))
	if err != nil || len(made) != 1 {
		t.Fatalf("there are %v, %v", made, err)
	}
	for _, name := range made {
		if m, err := CheckBackup(name); err != nil || m.Audit == nil || m.Audit.Entries == 0 {
			t.Errorf("%+v, %v", m, err)
		}
	}
}

// What was sent before an upgrade and is sent again after it is known by its key.
func TestAKeyFromBeforeAnUpgradeIsKnown(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			e.load(t, "testdata/0.1.0")
			const fingerprint = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
			e.exec(t, `INSERT INTO idempotency (account, key, fingerprint, result, at) VALUES ('w', '再', '`+fingerprint+`', 9, 100)`)
			err := e.opened(t).Read(t.Context(), func(r *Reader) error {
				got, result, ok, err := r.Answered(t.Context(), "w", "再")
				if got != fingerprint[:FingerprintLength] || result != 9 || !ok {
					t.Errorf("it is %q, %d, %v", got, result, ok)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// A command beside a server of an earlier version changes nothing under it.
func TestOnlyAServerUpgrades(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			e.load(t, "testdata/0.1.0")
			e.config.AsIs = true
			for range 2 {
				db, err := Open(t.Context(), e.config)
				if err == nil {
					db.Close()
				}
				if err == nil || !strings.Contains(err.Error(), "has schema 1, this program needs ") {
					t.Fatalf("it says %v", err)
				}
			}
			if e.config.Dir != "" {
				if kept, err := filepath.Glob(filepath.Join(e.config.Dir, "*before-upgrade*")); err != nil || len(kept) > 0 {
					t.Errorf("%v was made", kept)
				}
			}
			e.config.AsIs = false
			theSavedRecordsAreThere(t, e.opened(t))
		})
	}
}

func TestEmptyRecordsGetTheirSchemaFromWhoeverComesFirst(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			e.config.AsIs = true
			if err := e.opened(t).Writable(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// Whoever made the schema was ended in the middle: it is completed, by a command too.
func TestASchemaThatIsHalfMadeIsCompleted(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			raw, err := sql.Open(e.driver, e.source)
			if err != nil {
				t.Fatal(err)
			}
			p, err := goose.NewProvider(e.goose, raw, e.migrationFiles(), goose.WithDisableGlobalRegistry(true))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.UpTo(t.Context(), 6); err != nil {
				t.Fatal(err)
			}
			if err := raw.Close(); err != nil {
				t.Fatal(err)
			}
			e.config.AsIs = true
			if err := e.opened(t).Writable(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// withMigration returns the migrations and an additional one.
func withMigration(t *testing.T, statement string) fs.FS {
	t.Helper()
	all := fstest.MapFS{"9999_next.sql": {Data: []byte("-- +goose Up\n" + statement + ";\n")}}
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: raw}
	}
	return all
}

func TestASchemaThatIsNotOursIsRefused(t *testing.T) {
	const unmark = `; DELETE FROM settings WHERE name = 'first_release'`
	for _, c := range []struct{ what, change, want string }{
		{"one of a later release", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, %)`,
			"schema 9999, this program knows up to "},
		{"the last of before the first release",
			`INSERT INTO goose_db_version (version_id, is_applied) VALUES (22, %)` + unmark,
			"made before the first release (schema 22) and cannot be upgraded: export its log"},
		{"one of before with a number that is ours", `SELECT 1` + unmark, "made before the first release (schema 1)"},
	} {
		for name, e := range engines(t) {
			t.Run(c.what+" "+name, func(t *testing.T) {
				e.load(t, "testdata/0.1.0")
				yes := "1"
				if e.translate != nil {
					yes = "true"
				}
				e.exec(t, strings.Replace(c.change, "%", yes, 1))
				db, err := Open(t.Context(), e.config)
				if err == nil {
					db.Close()
				}
				if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
					t.Errorf("it says %v", err)
				}
			})
		}
	}
}

// tablesOf returns the tables of the program.
func tablesOf(t *testing.T, db *DB) (names []string) {
	t.Helper()
	for object := range schemaOf(t, db) {
		if table, ok := strings.CutPrefix(object, "table "); ok {
			names = append(names, table)
		}
	}
	return slices.Sorted(slices.Values(names))
}

// schemaOf returns every table and index of the program, in the database's own words.
func schemaOf(t *testing.T, db *DB) map[string]string {
	t.Helper()
	query := `SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%'`
	if db.dialect.translate != nil {
		query = `
			SELECT 'table ' || c.table_name, string_agg(concat_ws(' ', column_name, data_type, is_nullable, column_default, is_identity),
				', ' ORDER BY ordinal_position)
			FROM information_schema.columns c WHERE c.table_schema = current_schema() AND c.table_name NOT LIKE 'goose%' AND c.table_name <> 'dabiao_own' GROUP BY c.table_name
			UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename NOT LIKE 'goose%' AND tablename <> 'dabiao_own'
			UNION ALL SELECT 'rule ' || conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
			WHERE connamespace = current_schema()::regnamespace AND conrelid::regclass::text NOT LIKE 'goose%' AND conrelid::regclass::text <> 'dabiao_own'`
	}
	rows, err := db.read.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var object, text string
		if err := rows.Scan(&object, &text); err != nil {
			t.Fatal(err)
		}
		all[object] = text
	}
	if rows.Err() != nil || len(slices.Collect(maps.Keys(all))) < 50 {
		t.Fatalf("%d tables and indexes, %v", len(all), rows.Err())
	}
	return all
}
