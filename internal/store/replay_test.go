package store

import (
	"database/sql"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// later are records of what releases after 0.1.0 added.
const later = `INSERT INTO settings (name, value) VALUES ('office_name', '某县医保局');
INSERT INTO invitations (hash, account_id, made_by, made_at, ends_at) VALUES ('i', 1, 'w', 100, 200);
INSERT INTO second_factors (account_id, sealed, set_at) VALUES (1, 's', 100);
INSERT INTO recovery_codes (hash, account_id) VALUES ('r', 1);
INSERT INTO identities (account_id, issuer, subject, linked_at) VALUES (1, 'i', 's', 100);
INSERT INTO doubts (update_id, question) VALUES (1, '{}');
INSERT INTO check_marks (year, finding, code, said, reason, author, at)
  VALUES (2026, '0000000000000000000000000000000000000000000000000000000000000006', 'c', 's', 'r', 'w', 100);
INSERT INTO adoptions (year, source, state, author, at, body, made)
  VALUES (2026, 'a.docx', 'made', 'w', 100, '{}', '{}');
INSERT INTO covers (year, body, set_by, set_at) VALUES (2026, '{}', 'w', 100);
INSERT INTO form_values (year, body, set_by, set_at) VALUES (2026, '{}', 'w', 100);
INSERT INTO report_notes (year, section, language, author, written, quote, body, file, added_by, added_at)
  VALUES (2026, 'work', 'zh-CN', '张', '', '', '改', 'r.docx', 'w', 100);
INSERT INTO dictionaries (year, name, body, unit, set_by, set_at) VALUES (2026, '0123456789abcdef', '{}', 'a', 'w', 100);
INSERT INTO dictionary_map (office, code, name, indicator_id, set_by, set_at) VALUES ('0123456789abcdef', 'a', 'n', 1, 'w', 100);
INSERT INTO packages_made (year, number, first_month, last_month, sha256, content, made_by, made_at)
  VALUES (2026, 1, 1, 3, '000000000000000000000000000000000000000000000000000000000000000b', CAST('PK' AS BLOB), 'w', 100);
INSERT INTO packages_taken (unit_id, year, number, first_month, last_month, sha256, key, content, state, came_by, came_at, decided_by, decided_at)
  VALUES (2, 2026, 1, 1, 3, '000000000000000000000000000000000000000000000000000000000000000b', 'k', CAST('PK' AS BLOB), 'taken', 'w', 100, 'w', 200);
INSERT INTO package_entries (update_id, package_id) VALUES (1, 1);
INSERT INTO package_keys (unit_id, office, key, trusted_by, trusted_at) VALUES (2, '0123456789abcdef', 'k', 'w', 200);
INSERT INTO upward (address, token, set_by, set_at) VALUES ('https://above.example', 't', 'w', 100);
`

// witnessedRecords returns a database in which every witnessed table has a row that the log holds, and the
// same database beside the program.
func (e engine) witnessedRecords(t *testing.T) (*DB, *sql.DB) {
	t.Helper()
	saved, err := os.ReadFile("testdata/0.1.0/records.sql")
	if err != nil {
		t.Fatal(err)
	}
	db := e.opened(t)
	ctx := t.Context()
	err = db.Write(ctx, func(w *Writer) error {
		for _, statement := range strings.Split(string(saved)+later, ";\n") {
			if statement = strings.TrimSpace(statement); statement == "" || strings.Contains(statement, "INTO audit") {
				continue
			}
			if i := strings.Index(statement, "INSERT"); e.translate != nil {
				statement = e.translate.Replace(statement[i:])
			} else {
				statement = statement[i:]
			}
			if err := w.exec(ctx, statement); err != nil {
				return err
			}
		}
		updates, err := w.UpdatesByID(ctx, []kpi.UpdateID{1, 2, 3})
		if err != nil {
			return err
		}
		w.witnessUpdates([]kpi.Update{updates[1], updates[2], updates[3]})
		return w.InsertAudit(ctx, kpi.AuditEntry{At: 100, Actor: "w", Action: "year.open", Subject: "year 2026",
			Detail: "{}"})
	})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open(e.driver, e.source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return db, raw
}

// replayed replays the log of a database.
func replayed(t *testing.T, db *DB) (out Replayed) {
	t.Helper()
	err := db.Read(t.Context(), func(r *Reader) (err error) {
		marks := &Marks{}
		if err := r.eachEntry(t.Context(), func(id int64, m mark) { marks.set(id, m) }); err != nil {
			return err
		}
		out, err = r.Replay(t.Context(), marks)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// otherwise are values for columns that take few.
var otherwise = map[string]string{"accounts.role": "'admin'", "years.state": "'closed'",
	"indicators.direction": "'down'", "indicators.factor": "1000", "indicators.units_rule": "'own'", "targets.sign": "'<'",
	"reviews.act": "'approve'", "reviews.state": "'approved'", "locks.act": "'unlock'",
	"outlooks.possibility": "'certain'",
	"projects.fund":        "'x'", "project_money.source": "'other'", "staffing.kind": "'retired'",
	"official_costs.kind": "'abroad'",
	"adoptions.state":     "'undone'", "channels.kind": "'wecom'", "report_templates.content": "CAST('PL' AS BLOB)",
	"packages_taken.state": "'declined'", "packages_taken.content": "CAST('PL' AS BLOB)",
	"packages_made.content": "CAST('PL' AS BLOB)", "packages_taken.first_month": "4", "packages_taken.last_month": "5",
	"packages_made.first_month": "4", "packages_made.last_month": "5",
	"settings.name": "'office_name_en'", "accounts.disabled": "1",
	"tokens.scope": "'read'", "views.shared": "1", "years.sample": "1",
	"public_years.indexed": "1", "year_indicators.archived": "1", "evidence.sensitive": "1",
	"unit_parents.since": "'2020-01-01'", "explanations.month": "4", "locks.month": "4", "outlooks.month": "4",
	"expectations.month": "4", "indicators.decimals": "5", "indicators.starts": "5",
	"indicators.numerator_id": "2", "indicators.denominator_id": "2"}

// together are columns that a rule of the table ties to another one.
var together = map[string]string{"budget_lines.opening": "opening = opening + 1, closing = closing + 1",
	"budget_lines.closing": "closing = closing + 1, opening = opening + 1",
	"indicators.kind":      "kind = 'level', numerator_id = NULL, denominator_id = NULL",
	"budget_lines.income":  "income = income + 1, closing = closing + 1",
	"budget_lines.spent":   "spent = spent + 1, closing = closing - 1"}

// Whoever changes a column of a record in the database, takes the record out or puts one in, is found: each
// column of each table that the log holds.
func TestEveryColumnOfEveryRecordIsHeldAgainstTheLog(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			db, raw := e.witnessedRecords(t)
			if was := replayed(t, db); len(was.Differences)+len(was.Broken)+len(was.Unread) > 0 {
				t.Fatalf("before anything was changed: %+v", was)
			}
			ctx := t.Context()
			if name == "sqlite" {
				raw.SetMaxOpenConns(1)
				must(raw.ExecContext(ctx, "PRAGMA foreign_keys = OFF"))
			} else {
				raw.SetMaxOpenConns(1)
				must(raw.ExecContext(ctx, "SET session_replication_role = replica"))
			}
			for _, w := range witnesses {
				before := lastRow(t, raw, w)
				for i, column := range w.columns {
					after := literal(before[i])
					change := together[w.table+"."+column]
					if change == "" {
						after = otherValue(w.table+"."+column, before[i])
						change = column + " = " + after
					}
					tamper(t, raw, e, "UPDATE "+w.table+" SET "+change+w.where(before, -1, ""))
					wantColumn(t, w, i, replayed(t, db).Differences)
					undo(t, raw, w, before, w.where(before, i, after))
				}
				where := w.where(before, -1, "")
				tamper(t, raw, e, fmt.Sprintf("CREATE TABLE kept AS SELECT * FROM %s%s", w.table, where))
				tamper(t, raw, e, "DELETE FROM "+w.table+where)
				wantOne(t, w.table+" without a row", w, DifferenceGone, texts(before[:w.keys]), replayed(t, db).Differences)
				tamper(t, raw, e, "INSERT INTO "+w.table+" SELECT * FROM kept; DROP TABLE kept")
			}
			if is := replayed(t, db); len(is.Differences) > 0 {
				t.Fatalf("after all was undone: %+v", is)
			}
		})
	}
}

// A record that nobody added by the program is found, and one that was deleted and is there again.
func TestARecordThatTheLogDoesNotKnowIsFound(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			db, raw := e.witnessedRecords(t)
			const budget = `INSERT INTO budget_sources (year, source, amount) VALUES (2026, '其他', 5)`
			tamper(t, raw, e, budget)
			wantOne(t, "one more", *byTable["budget_sources"], DifferenceUnsaid, []string{"2026", "其他"},
				replayed(t, db).Differences)
			tamper(t, raw, e, `DELETE FROM budget_sources WHERE source = '其他'`)
			source := []kpi.SourceIncome{{Source: "其他", Amount: 5}}
			write := func(fn func(w *Writer) error) {
				t.Helper()
				if err := db.Write(t.Context(), fn); err != nil {
					t.Fatal(err)
				}
			}
			write(func(w *Writer) error { return w.SetBudgetSources(t.Context(), 2026, source) })
			write(func(w *Writer) error { return w.SetBudgetSources(t.Context(), 2026, nil) })
			if found := replayed(t, db).Differences; len(found) > 0 {
				t.Fatalf("the program's own changes: %+v", found)
			}
			tamper(t, raw, e, budget)
			wantOne(t, "back again", *byTable["budget_sources"], DifferenceBack, []string{"2026", "其他"},
				replayed(t, db).Differences)
		})
	}
}

// Of many entries that came together the one that was changed is named, as is one that is gone; of several in
// one part the part is.
func TestOneOfManyEntriesIsNamed(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			db, raw := e.witnessedRecords(t)
			ctx := t.Context()
			err := db.Write(ctx, func(w *Writer) error {
				many := make([]kpi.Update, 700)
				for i := range many {
					many[i] = kpi.Update{Indicator: 1, Unit: 2, Dated: "2026-05-01", Quantity: kpi.Exactly(kpi.Whole(int64(i))),
						Act: kpi.ActLog, Origin: kpi.FromImport, Author: "w", LoggedAt: kpi.UnixMilli(500 + i), State: kpi.StateApproved}
				}
				return w.InsertUpdates(ctx, many)
			})
			if err != nil {
				t.Fatal(err)
			}
			if found := replayed(t, db).Differences; len(found) > 0 {
				t.Fatalf("entries whose clock went on while they were read: %+v", found)
			}
			first := 4
			for _, c := range []struct {
				what, change, undo string
				kind               DifferenceKind
				key                int
				last               int64
			}{
				{"one", `UPDATE updates SET note = 'x' WHERE id = 400`, `UPDATE updates SET note = '' WHERE id = 400`,
					DifferenceChanged, 400, 0},
				{"the first", `UPDATE updates SET author = 'x' WHERE id = 4`, `UPDATE updates SET author = 'w' WHERE id = 4`,
					DifferenceChanged, first, 0},
				{"the last", `UPDATE updates SET logged_at = 501 WHERE id = 703`,
					`UPDATE updates SET logged_at = 500 WHERE id = 703`,
					DifferenceChanged, 703, 0},
				{"two", `UPDATE updates SET amount = 7 WHERE id IN (20, 30)`,
					`UPDATE updates SET amount = (id - 4) * 1000000 WHERE id IN (20, 30)`, DifferenceChanged, first, 259},
				{"one gone", `DELETE FROM updates WHERE id = 300`, `INSERT INTO updates (id, indicator_id, unit_id, dated, amount,
					prec, wording, level, note, act, reason, origin, author, logged_at) VALUES
					(300, 1, 2, '2026-05-01', 296000000, 'exact', '', '',
					'', 'log', '', 'import', 'w', 500)`, DifferenceGone, 300, 0},
				{"one more", `INSERT INTO updates (id, indicator_id, unit_id, dated, amount, prec, wording, level, note, act,
					reason, origin, author, logged_at) VALUES (800, 1, 2, '2026-05-01', 1, 'exact', '', '', '', 'log', '', 'form', 'w', 500)`,
					`DELETE FROM updates WHERE id = 800`, DifferenceUnsaid, 800, 0},
			} {
				tamper(t, raw, e, c.change)
				found := replayed(t, db).Differences
				wantOne(t, c.what, witnessed{table: "updates"}, c.kind, []string{fmt.Sprint(c.key)}, found)
				if len(found) == 1 && found[0].Last != c.last {
					t.Errorf("%s: up to %d, want %d", c.what, found[0].Last, c.last)
				}
				tamper(t, raw, e, c.undo)
			}
			if found := replayed(t, db).Differences; len(found) > 0 {
				t.Errorf("after all was undone: %+v", found)
			}
		})
	}
}

// The log of a database that an older release made says how the program found it, and takes nothing for true that
// was changed since.
func TestWhatWasThereBeforeIsHeldFromTheUpgradeOn(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			e.load(t, "testdata/0.1.0")
			db := e.opened(t)
			found := replayed(t, db)
			if len(found.Differences) > 0 || found.Since == 0 || found.Earlier < 40 {
				t.Fatalf("after the upgrade: %+v", found)
			}
			raw, err := sql.Open(e.driver, e.source)
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close()
			tamper(t, raw, e, `UPDATE targets SET amount = amount / 2; UPDATE updates SET note = 'x' WHERE id = 3;
				UPDATE settings SET value = 'no' WHERE name = 'records_witnessed'`)
			want := func() {
				t.Helper()
				found := replayed(t, db).Differences
				of := func(table, id string) bool {
					return slices.ContainsFunc(found, func(d Difference) bool { return d.Table == table && d.Key[0] == id })
				}
				if len(found) != 2 || !of("targets", "1") || !of("updates", "3") {
					t.Errorf("found %+v", found)
				}
			}
			want()
			again, err := Open(t.Context(), e.config) // somebody had the log say it again
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			want()
		})
	}
}

func columnsIn(t *testing.T, db *DB, table string) []string {
	t.Helper()
	rows, err := db.read.QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil || rows.Err() != nil {
		t.Fatal(err, rows.Err())
	}
	return columns
}

// Every table is held by the log, or it is said why not; so is every column.
func TestEveryTableIsWitnessedOrSaysWhyNot(t *testing.T) {
	for name, e := range engines(t) {
		db := e.opened(t)
		for _, table := range tablesOf(t, db) {
			w, reason := byTable[table], unwitnessed[table]
			if (w == nil) == (reason == "") {
				t.Errorf("%s: %s is to be one of witnesses or of unwitnessed", name, table)
			}
			if w == nil {
				continue
			}
			for _, column := range columnsIn(t, db, table) {
				if slices.Contains(w.columns, column) == (unwitnessedColumns[table+"."+column] != "") {
					t.Errorf("%s: %s.%s is to be a column that the log holds, or one of unwitnessedColumns", name, table, column)
				}
			}
		}
	}
}

// lastRow returns the row with the highest key that has to be in the log.
func lastRow(t *testing.T, raw *sql.DB, w witnessed) []any {
	t.Helper()
	where := ""
	if w.table == "settings" {
		where = " WHERE name = 'office_name'"
	}
	row, err := scanRow(raw.QueryRowContext(t.Context(), "SELECT "+strings.Join(w.columns, ", ")+" FROM "+w.table+where+
		" ORDER BY "+strings.Join(w.columns[:w.keys], " DESC, ")+" DESC LIMIT 1"), len(w.columns))
	if err != nil {
		t.Fatal(w.table, err)
	}
	return row
}

// where finds a row by its key, in which a column may have been changed.
func (w *witnessed) where(row []any, changed int, to string) string {
	var out []string
	for i, column := range w.columns[:w.keys] {
		value := literal(row[i])
		if i == changed {
			value = to
		}
		out = append(out, column+" = "+value)
	}
	return " WHERE " + strings.Join(out, " AND ")
}

func literal(v any) string {
	if n, ok := v.(int64); ok {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("'%v'", v)
}

// otherValue writes a value that is not the one there.
func otherValue(column string, is any) string {
	if v, ok := otherwise[column]; ok {
		return v
	}
	switch is := is.(type) {
	case nil:
		return "1"
	case int64:
		return fmt.Sprint(is + 1000)
	case string:
		if len(is) == 64 || len(is) == 10 {
			return "'" + is[:len(is)-1] + "7'"
		}
		return "'" + is + "x'"
	}
	panic(fmt.Sprintf("%s is of type %T", column, is))
}

func tamper(t *testing.T, raw *sql.DB, e engine, statements string) {
	t.Helper()
	if e.translate != nil {
		statements = e.translate.Replace(statements)
	}
	if _, err := raw.ExecContext(t.Context(), statements); err != nil {
		t.Fatalf("%s: %v", statements, err)
	}
}

// undo puts a row back as it was.
func undo(t *testing.T, raw *sql.DB, w witnessed, before []any, where string) {
	t.Helper()
	var set []string
	for i, column := range w.columns {
		set = append(set, fmt.Sprintf("%s = $%d", column, i+1))
	}
	text := "UPDATE " + w.table + " SET " + strings.Join(set, ", ") + where
	if _, err := raw.ExecContext(t.Context(), text, before...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// wantColumn wants that a changed column was found: in the key the record is gone and another one is there.
func wantColumn(t *testing.T, w witnessed, column int, found []Difference) {
	t.Helper()
	name := w.table + "." + w.columns[column]
	for _, d := range found {
		switch {
		case d.Table != w.table && !(w.table == "report_signings" || d.Table == ""):
			t.Errorf("%s: also found %+v", name, d)
		case column < w.keys && (d.Kind == DifferenceGone || d.Kind == DifferenceUnsaid):
			return
		case d.Kind == DifferenceChanged && (len(d.Columns) > 0 && d.Columns[0].Column == w.columns[column] ||
			len(d.Columns) == 2 && d.Columns[1].Column == w.columns[column]):
			if d.Columns[0].Logged == d.Columns[0].Is || d.Entry.Action != "year.open" {
				t.Errorf("%s: found %+v", name, d)
			}
			return
		}
	}
	t.Errorf("%s was changed and nobody noticed: %+v", name, found)
}

func wantOne(t *testing.T, what string, w witnessed, kind DifferenceKind, key []string, found []Difference) {
	t.Helper()
	for _, d := range found {
		if d.Table == w.table && d.Kind == kind && slices.Equal(d.Key, key) {
			return
		}
	}
	t.Errorf("%s: found %+v, want %s %v by kind %d", what, found, w.table, key, kind)
}
