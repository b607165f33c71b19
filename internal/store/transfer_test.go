package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dabiao/internal/store/pgtest"
)

// sure finds that the records count.
func sure() error { return nil }

// hardRows are what a careless copy would change.
var hardRows = []struct {
	statement string
	args      []any
}{
	{`INSERT INTO units (id, code, name, name_en, parent_id, sort) VALUES ($1, $2, $3, $4, NULL, $5)`,
		[]any{int64(900), `o'"\%;--`, "妇联👩‍👩‍👧 \u202e\ufeff\t\r\n", strings.Repeat("长", 700_000), int64(-1 << 63)}},
	{`INSERT INTO units (id, code, name, name_en, parent_id, sort) VALUES ($1, $2, $3, $4, $5, $6)`,
		[]any{int64(800), "", " ", "NULL", int64(900), int64(1<<63 - 1)}}, // below one with a later number
	{`UPDATE report_templates SET content = $1`, []any{[]byte{0, 0xff, 0, '\'', 0x80, '\n'}}},
	{`INSERT INTO areas (id, code, name, name_en, sort) VALUES ($1, 'gone', '', '', 0)`, []any{int64(77_777)}},
	{`DELETE FROM areas WHERE id = $1`, []any{int64(77_777)}},
}

// hard fills a database with a row of every table, and with hard rows.
func (e engine) hard(t *testing.T) *DB {
	t.Helper()
	db := e.opened(t)
	text := string(recordsOfToday(t))
	if e.translate != nil {
		text = e.translate.Replace(text)
	}
	e.exec(t, text)
	for _, r := range hardRows {
		if _, err := db.write.ExecContext(t.Context(), r.statement, r.args...); err != nil {
			t.Fatal(r.statement, err)
		}
	}
	if e.translate != nil { // a number was given to a row that is gone
		e.exec(t, `SELECT setval(pg_get_serial_sequence('areas', 'id'), 77777)`)
	}
	return db
}

// rowsOf writes down every row of every table in the order of its columns, without anything of a transfer.
func rowsOf(t *testing.T, db *DB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, name := range tablesOf(t, db) {
		rows, err := db.read.QueryContext(t.Context(), `SELECT * FROM `+name)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			out[name] = append(out[name], fmt.Sprintf("%v %q", columns, values))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		slices.Sort(out[name])
	}
	return out
}

func sameRows(t *testing.T, was, is map[string][]string) {
	t.Helper()
	if len(was) < 40 || len(was) != len(is) {
		t.Fatalf("%d tables became %d", len(was), len(is))
	}
	for name := range was {
		if !slices.Equal(was[name], is[name]) {
			t.Errorf("%s was\n%.300s\nand is\n%.300s", name, was[name], is[name])
		}
	}
}

// inFile opens a file of SQLite that was written by [DB.WriteFile] in its folder.
func inFile(t *testing.T, from *DB) *DB {
	t.Helper()
	dir := t.TempDir()
	if err := from.WriteFile(t.Context(), filepath.Join(dir, FileName), tellNobody); err != nil {
		t.Fatal(err)
	}
	return engine{config: Config{Dir: dir, Commits: NoSync}}.opened(t)
}

func TestEveryRowGoesThereAndBack(t *testing.T) {
	first := engines(t)["postgres"].hard(t)
	was := rowsOf(t, first)
	delete(was, chunksTable) // contents of evidence are no rows: they travel as files do
	file := inFile(t, first)
	sameRows(t, was, rowsOf(t, file))
	if found, err := file.CheckFile(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("the file: %v, %v", found, err)
	}
	second := engines(t)["postgres"].opened(t)
	if err := second.Fill(t.Context(), file, tellNobody, sure); err != nil {
		t.Fatal(err)
	}
	sameRows(t, was, rowsOf(t, second))
	if a, b := schemaOf(t, first), schemaOf(t, second); !maps.Equal(a, b) {
		t.Error("the schema is another one afterwards")
	}
	for name, db := range map[string]*DB{"sqlite": file, "postgres": second} {
		var id int64
		if err := db.write.QueryRowContext(t.Context(), `INSERT INTO areas (code, name, name_en, sort)
			VALUES ('new', '', '', 0) RETURNING id`).Scan(&id); err != nil || id != 77_778 {
			t.Errorf("%s: the next row is number %d, %v", name, id, err)
		}
		var next int64
		if err := db.write.QueryRowContext(t.Context(), `INSERT INTO units (code, name, name_en, sort)
			VALUES ('new', '', '', 0) RETURNING id`).Scan(&next); err != nil || next != 901 {
			t.Errorf("%s: the next unit is number %d, %v", name, next, err)
		}
	}
}

func TestAnEmptyOfficeGoesThereAndBack(t *testing.T) {
	first := engines(t)["postgres"].opened(t)
	file := inFile(t, first)
	second := engines(t)["postgres"].opened(t)
	if err := second.Fill(t.Context(), file, tellNobody, sure); err != nil {
		t.Fatal(err)
	}
	if a, b := rowsOf(t, first), rowsOf(t, second); fmt.Sprint(a) != fmt.Sprint(b) || len(a) != 2 {
		t.Errorf("%v became %v", a, b)
	}
}

// A table or a column that a migration adds is copied without anybody thinking of it.
func TestATransferKnowsEveryTableAndColumn(t *testing.T) {
	texts := ""
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		texts += string(raw)
	}
	columns := map[string]int{}
	for _, m := range regexp.MustCompile(`(?ms)^CREATE TABLE (\w+) \(\n(.*?)^\)`).FindAllStringSubmatch(texts, -1) {
		columns[m[1]] = len(regexp.MustCompile(`(?m)^  [a-z]\w* +(INTEGER|TEXT|BLOB)\b`).FindAllString(m[2], -1))
	}
	for _, m := range regexp.MustCompile(`(?m)^ALTER TABLE (\w+) ADD COLUMN `).FindAllStringSubmatch(texts, -1) {
		columns[m[1]]++
	}
	delete(columns, chunksTable) // no records
	for name, e := range engines(t) {
		db := e.opened(t)
		if db.path != "" { // a replica makes tables of its own there, which are no records
			if _, err := db.write.ExecContext(t.Context(), `CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
				CREATE TABLE _litestream_lock (id INTEGER)`); err != nil {
				t.Fatal(err)
			}
		}
		tx, err := db.dialect.snapshot(t.Context(), db.read)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback() //nolint:errcheck // nothing was written
		tables, err := side{tx.Tx, &db.dialect}.tables(t.Context())
		if err != nil || len(tables) != len(columns) || len(tables) < 40 {
			t.Errorf("%s: %d tables of %d, %v", name, len(tables), len(columns), err)
		}
		for _, table := range tables {
			if len(table.columns) != columns[table.name] {
				t.Errorf("%s: %s is known with %v, and has %d columns", name, table.name, table.columns, columns[table.name])
			}
		}
		counted, err := side{tx.Tx, &db.dialect}.counters(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for table := range counted {
			if !slices.ContainsFunc(tables, func(x tableOf) bool { return x.name == table && x.columns[0] == "id" }) {
				t.Errorf("%s: the numbers of %s are in no column id", name, table)
			}
		}
	}
}

type tableOf = table

// What is written between two tables is in none of them. The control reads each table at a moment of its own, and has
// one without the other.
func TestATransferIsOfOneMoment(t *testing.T) {
	for _, c := range []struct {
		what string
		read *sql.TxOptions
		want []int
	}{{"as it is", postgresDialect.readTx, []int{1, 1}}, {"without a snapshot", nil, []int{1, 2}}} {
		t.Run(c.what, func(t *testing.T) {
			e := engines(t)["postgres"]
			db := e.hard(t)
			db.dialect.readTx = c.read
			e.exec(t, `DELETE FROM views; DELETE FROM attempts;
				INSERT INTO attempts (subject, failures, last_at) VALUES ('first', 1, 1);
				INSERT INTO views (account_id, name, query, shared, saved_at) VALUES (1, 'first', '', 0, 1)`)
			dir, once := t.TempDir(), false
			err := db.WriteFile(t.Context(), filepath.Join(dir, FileName), func(table string, _ int64) {
				if table != "attempts" || once {
					return
				}
				once = true
				e.exec(t, `BEGIN; INSERT INTO attempts (subject, failures, last_at) VALUES ('second', 1, 1);
					INSERT INTO views (account_id, name, query, shared, saved_at) VALUES (1, 'second', '', 0, 1); COMMIT`)
			})
			if err != nil || !once {
				t.Fatal(err, once)
			}
			rows := rowsOf(t, engine{config: Config{Dir: dir, Commits: NoSync}}.opened(t))
			if got := []int{len(rows["attempts"]), len(rows["views"])}; !slices.Equal(got, c.want) {
				t.Errorf("of the two changes it has %v, want %v", got, c.want)
			}
		})
	}
}

// What does not arrive as it was is found before it counts.
func TestWhatDoesNotArriveAsItWasIsRefused(t *testing.T) {
	file := inFile(t, engines(t)["postgres"].hard(t))
	for what, trigger := range map[string]string{
		"changed": `NEW.name := 'x'; RETURN NEW;`,
		"lost":    `RETURN NULL;`,
	} {
		e := engines(t)["postgres"]
		to := e.opened(t)
		e.exec(t, `CREATE FUNCTION meddle() RETURNS trigger AS $$ BEGIN `+trigger+` END $$ LANGUAGE plpgsql;
			CREATE TRIGGER meddle BEFORE INSERT ON areas FOR EACH ROW EXECUTE FUNCTION meddle()`)
		err := to.Fill(t.Context(), file, tellNobody, sure)
		if err == nil || what == "changed" && !strings.Contains(err.Error(), "areas did not arrive as it was") {
			t.Errorf("%s: %v", what, err)
		}
		isEmpty(t, to)
		e.exec(t, `DROP TRIGGER meddle ON areas; DROP FUNCTION meddle`)
		if err := to.Fill(t.Context(), file, tellNobody, sure); err != nil { // nothing of it is in the way
			t.Errorf("%s: %v", what, err)
		}
	}
}

func isEmpty(t *testing.T, db *DB) {
	t.Helper()
	for name, rows := range rowsOf(t, db) {
		if name != "settings" && name != "stamps" {
			t.Errorf("%d rows are in %s", len(rows), name)
		}
	}
}

// PostgreSQL has no text for some that SQLite has: they are named, and nothing is stored.
func TestTextsThatPostgreSQLCannotStoreAreNamed(t *testing.T) {
	for what, text := range map[string]string{"a zero byte": "a\x00b", "half a letter": "a\xe5\xa6"} {
		engines := engines(t)
		from, to := engines["sqlite"].hard(t), engines["postgres"].opened(t)
		if _, err := from.write.ExecContext(t.Context(), `UPDATE units SET name = $1 WHERE id = 800`, text); err != nil {
			t.Fatal(err)
		}
		err := to.Fill(t.Context(), from, tellNobody, sure)
		if err == nil || !strings.Contains(err.Error(), `copy units: name of the row that begins with "800" holds`) {
			t.Errorf("%s: %v", what, err)
		}
		isEmpty(t, to)
	}
}

func TestARowThatRefersToNoneIsRefused(t *testing.T) {
	engines := engines(t)
	from, to := engines["sqlite"].hard(t), engines["postgres"].opened(t)
	engines["sqlite"].exec(t, `PRAGMA foreign_keys = OFF; UPDATE units SET parent_id = 12345 WHERE id = 800`)
	err := to.Fill(t.Context(), from, tellNobody, sure)
	if err == nil || !strings.Contains(err.Error(), "check what refers to what") {
		t.Errorf("it says %v", err)
	}
	isEmpty(t, to)
}

func TestRecordsGoIntoAnEmptyDatabaseOnly(t *testing.T) {
	file := inFile(t, engines(t)["postgres"].hard(t))
	for _, c := range []struct{ what, has, want string }{
		{"an office", `INSERT INTO areas (code, name, name_en, sort) VALUES ('a', '', '', 0)`, "areas has rows"},
		{"a setting", `INSERT INTO settings (name, value) VALUES ('office_name', 'x')`, "settings has rows"},
		{"another program's table", `CREATE TABLE "their's" (x int)`, `their's.x, which belongs to no record`},
		{"another program's column", `ALTER TABLE areas ADD COLUMN x int`, "areas.x, which belongs to no record"},
		{"a table that is gone", `DROP TABLE outbox`, "it lacks outbox."},
	} {
		e := engines(t)["postgres"]
		to := e.opened(t)
		e.exec(t, c.has)
		err := to.Fill(t.Context(), file, tellNobody, sure)
		if err == nil || !strings.Contains(err.Error(), c.want) ||
			!errors.Is(err, ErrNotEmpty) && !strings.HasPrefix(c.want, "it lacks") {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

// Whoever receives the records may still say that they do not count.
func TestRecordsThatDoNotCountAreNotStored(t *testing.T) {
	engines := engines(t)
	from, to := engines["sqlite"].hard(t), engines["postgres"].opened(t)
	no := errors.New("no")
	if err := to.Fill(t.Context(), from, tellNobody, func() error { return no }); !errors.Is(err, no) {
		t.Errorf("it says %v", err)
	}
	isEmpty(t, to)
}

// The database breaks off in the middle of a copy, or of a restore: nothing is claimed, and it can be done again.
func TestADatabaseBreaksOffInTheMiddle(t *testing.T) {
	whole := engines(t)["postgres"].hard(t)
	file := inFile(t, whole)
	for what, order := range map[string]func(*pgtest.Line){"cut": (*pgtest.Line).Cut,
		"commit lost": (*pgtest.Line).LoseCommit} {
		url := pgtest.URL(t)
		line := pgtest.Disturbable(t, url)
		to, err := Open(t.Context(), Config{URL: line.URL})
		if err != nil {
			t.Fatal(err)
		}
		defer to.Close()
		err = to.Fill(t.Context(), file, func(table string, _ int64) {
			if table == "units" {
				order(line)
			}
		}, sure)
		if err == nil {
			t.Errorf("%s: it was filled", what)
		}
		line.Mend()
		isEmpty(t, to)
		if err := to.Fill(t.Context(), file, tellNobody, sure); err != nil {
			t.Errorf("%s: again: %v", what, err)
		}
		name := filepath.Join(t.TempDir(), "copy.db")
		err = to.WriteFile(t.Context(), name, func(table string, _ int64) {
			if table == "indicators" {
				line.Cut()
			}
		})
		line.Mend()
		if err == nil {
			t.Errorf("%s: a half copy was made", what)
		}
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s: a half copy is left", what)
		}
	}
}

// The answer to the commit is lost: nobody claims that nothing was stored.
func TestAFillWhoseAnswerIsLostSaysSo(t *testing.T) {
	file := inFile(t, engines(t)["postgres"].hard(t))
	line := pgtest.Disturbable(t, pgtest.URL(t))
	to, err := Open(t.Context(), Config{URL: line.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	err = to.Fill(t.Context(), file, tellNobody, func() error { line.LoseAnswer(false); return nil })
	if err == nil || !strings.Contains(err.Error(), "did not say whether it stored the records") {
		t.Errorf("it says %v", err)
	}
	sameRows(t, rowsOf(t, file), rowsOf(t, to))
}

func TestACancelledCopyEndsAtOnce(t *testing.T) {
	db := engines(t)["postgres"].hard(t)
	ctx, cancel := context.WithCancel(t.Context())
	dir := t.TempDir()
	err := db.WriteFile(ctx, filepath.Join(dir, FileName), func(table string, _ int64) { cancel() })
	if err == nil {
		t.Error("it went on")
	}
}

// One server at a time does a thing; another thing is nobody's yet, and one that is gone keeps nobody waiting.
func TestOneServerAtATimeHasATurn(t *testing.T) {
	e := engines(t)["postgres"]
	one, two := e.opened(t), e.opened(t)
	done, ok, err := one.Turn(t.Context(), "copies a")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if _, ok, err := two.Turn(t.Context(), "copies a"); ok || err != nil {
		t.Errorf("two at a time, %v", err)
	}
	other, ok, err := two.Turn(t.Context(), "copies b")
	if err != nil || !ok {
		t.Errorf("another thing: %v, %v", ok, err)
	}
	other()
	done()
	ctx, gone := context.WithCancel(t.Context())
	if _, ok, err = two.Turn(ctx, "copies a"); err != nil || !ok {
		t.Errorf("afterwards: %v, %v", ok, err)
	}
	gone()
	for range 100 {
		if done, ok, err = one.Turn(t.Context(), "copies a"); ok || err != nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil || !ok {
		t.Fatalf("whoever is gone keeps others waiting: %v", err)
	}
	done()
}

// While records stand still people read, and whoever writes waits; of moved records nothing is changed any more.
func TestRecordsStandStill(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			server, mover := e.opened(t), e.opened(t)
			for _, moved := range []bool{false, true} {
				still, err := mover.Still(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				written := make(chan error, 1)
				go func() { written <- server.Writable(t.Context()) }()
				if err := server.Read(t.Context(), func(r *Reader) error { return nil }); err != nil {
					t.Error(err)
				}
				select {
				case err := <-written:
					t.Errorf("it was written: %v", err)
				case <-time.After(200 * time.Millisecond):
				}
				if moved {
					if err := errors.Join(still.Holds(t.Context()), still.MarkMoved(t.Context(), "elsewhere")); err != nil {
						t.Fatal(err)
					}
				}
				still.Release()
				if err := <-written; (err != nil) != moved {
					t.Errorf("afterwards: %v", err)
				}
			}
			for who, db := range map[string]*DB{"a server": server, "one that begins now": e.opened(t)} {
				if why := db.Trouble(); why == nil || why.Text.Key != "records_moved" {
					t.Errorf("%s says %v", who, why)
				}
			}
			if err := server.Writable(t.Context()); err == nil || !strings.Contains(err.Error(), "records_moved") {
				t.Errorf("whoever writes is told %v", err)
			}
			if err := errors.Join(mover.UnmarkMoved(t.Context()), server.Writable(t.Context())); err != nil {
				t.Error(err)
			}
			if why := server.Trouble(); why != nil {
				t.Errorf("of records that did not move after all it says %v", why)
			}
		})
	}
}

// Whoever lost the hold on the records does not move them.
func TestAHoldThatWasLostIsNoticed(t *testing.T) {
	e := engines(t)["postgres"]
	db := e.opened(t)
	still, err := db.Still(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer still.Release()
	e.exec(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if err := still.Holds(t.Context()); err == nil || !strings.Contains(err.Error(), "nothing was moved") {
		t.Errorf("it says %v", err)
	}
}

// A file of the version before an upgrade has the schema of before.
func TestPostgreSQLIsCopiedBeforeAnUpgrade(t *testing.T) {
	e := engines(t)["postgres"]
	e.load(t, "testdata/0.1.0")
	dir := t.TempDir()
	e.config.BeforeUpgrade = func(u *Unopened) {
		if err := u.copyTo(t.Context(), filepath.Join(dir, FileName)); err != nil {
			t.Error(err)
		}
	}
	e.opened(t)
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	var version int
	if err := errors.Join(raw.QueryRowContext(t.Context(), `SELECT MAX(version_id) FROM goose_db_version`).Scan(&version),
		raw.Close()); err != nil || version != 1 {
		t.Errorf("it has schema %d, %v", version, err)
	}
	theSavedRecordsAreThere(t, engine{config: Config{Dir: dir, Commits: NoSync}}.opened(t))
	if left, err := os.ReadDir(dir); err != nil || len(left) > 5 {
		t.Error(left, err)
	}
}

// A backup of an earlier version is restored into PostgreSQL, upgraded on the way, with no second truth beside it; one
// that fails leaves nothing at all.
func TestABackupOfAnEarlierVersionIsRestoredIntoPostgreSQL(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			e.load(t, "testdata/0.1.0")
			copies := backsUpBefore(t, &e)
			e.opened(t)
			made, err := filepath.Glob(filepath.Join(copies, "*.zip"))
			if err != nil || len(made) != 1 {
				t.Fatal(made, err)
			}
			dir, to := filepath.Join(t.TempDir(), "data"), engines(t)["postgres"]
			db := to.opened(t)
			ended, end := context.WithCancel(t.Context())
			if _, err := RestoreInto(ended, made[0], dir, db, func(string, int64) { end() }); err == nil ||
				!strings.Contains(err.Error(), "nothing was restored") {
				t.Errorf("broken off: %v", err)
			}
			if left, err := filepath.Glob(dir + "*"); err != nil || len(left) > 0 {
				t.Errorf("%v is left", left)
			}
			isEmpty(t, db)
			if _, err := RestoreInto(t.Context(), made[0], dir, db, tellNobody); err != nil {
				t.Fatal(err)
			}
			if left, err := filepath.Glob(filepath.Join(dir, "*.db*")); err != nil || len(left) > 0 {
				t.Errorf("beside it is %v", left)
			}
			theSavedRecordsAreThere(t, to.opened(t))
		})
	}
}

// A move that comes to nothing in its last step leaves the old place as it was.
func TestAMoveThatFailsLastTakesItsMarkAway(t *testing.T) {
	db, dir := engines(t)["postgres"].opened(t), filepath.Join(t.TempDir(), "new")
	marked := false
	err := db.Move(t.Context(), nil, dir, dir, func(string, int64) {}, func(string) error {
		to, err := db.movedTo(t.Context())
		marked = to != ""
		return errors.Join(err, os.MkdirAll(filepath.Join(dir, "somebody's"), 0o700))
	})
	if err == nil || marked {
		t.Fatalf("into a folder that somebody made meanwhile: %v, marked too early: %v", err, marked)
	}
	if err := db.Writable(t.Context()); err != nil {
		t.Error(err)
	}
	if to, err := db.movedTo(t.Context()); err != nil || to != "" {
		t.Errorf("it says that the records are in %q, %v", to, err)
	}
}
