package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Records go from one database to another of either kind: a backup of PostgreSQL is a file of SQLite, a restore and a
// move fill PostgreSQL. What there is to be copied is read from the schema, so that no table is forgotten, and what
// arrived is read again before it counts (docs/adr/0095).

// side is one end of a transfer, in a transaction that sees one moment.
type side struct {
	tx *sql.Tx
	d  *dialect
}

// table is what a schema says of one of its tables.
type table struct {
	name    string
	columns []string // in their order
}

// Told is called with the number of rows of a table that are copied so far, now and then and at its end.
type Told func(table string, rows int64)

func tellNobody(string, int64) {}

const tellEvery = 50_000 // rows

// transfer copies every row to an empty side of the same schema and compares what arrived there. Nothing counts before
// the receiving transaction is committed.
func transfer(ctx context.Context, from, to side, told Told) error {
	tables, err := from.tables(ctx)
	if err != nil {
		return err
	}
	if err := to.mustBeEmpty(ctx, tables); err != nil {
		return err
	}
	tighten, err := to.loosen(ctx)
	if err != nil {
		return err
	}
	sent := map[string]tally{}
	for _, t := range tables {
		if sent[t.name], err = t.copy(ctx, from, to, told); err != nil {
			return fmt.Errorf("copy %s: %w", t.name, err)
		}
	}
	if err := tighten(); err != nil {
		return fmt.Errorf("check what refers to what: %w", err)
	}
	if err := carryOn(ctx, from, to); err != nil {
		return fmt.Errorf("carry on counting: %w", err)
	}
	for _, t := range tables {
		arrived, err := t.sum(ctx, to, func([]any) error { return nil })
		if err != nil {
			return fmt.Errorf("read %s again: %w", t.name, err)
		}
		if arrived != sent[t.name] {
			return fmt.Errorf("%s did not arrive as it was: %d rows were sent, %d are there, and they differ",
				t.name, sent[t.name].rows, arrived.rows)
		}
	}
	_, err = to.tx.ExecContext(ctx, forgetPlace)
	return err
}

// forgetPlace leaves records without a word where contents of evidence lie: they go along as files, into the folder
// beside wherever the records go.
const forgetPlace = `DELETE FROM settings WHERE name = 'evidence_place'`

// NoteEvidence says where contents of evidence lie that were carried along.
func (db *DB) NoteEvidence(ctx context.Context, place string) error {
	return db.Write(ctx, func(w *Writer) error { return w.SetSetting(ctx, "evidence_place", place) })
}

// EvidenceBeside has contents of evidence looked for in the folder beside the records, whatever these said.
func (db *DB) EvidenceBeside(ctx context.Context) error {
	return db.Write(ctx, func(w *Writer) error { return w.exec(ctx, forgetPlace) })
}

// tables lists the tables by their names.
func (s side) tables(ctx context.Context) (out []table, err error) {
	rows, err := s.tx.QueryContext(ctx, s.d.tables)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, column string
		if err := rows.Scan(&name, &column); err != nil {
			return nil, err
		}
		if name == chunksTable { // no records: they travel as files do
			continue
		}
		if n := len(out); n == 0 || out[n-1].name != name {
			out = append(out, table{name: name})
		}
		t := &out[len(out)-1]
		t.columns = append(t.columns, column)
	}
	slices.SortFunc(out, func(a, b table) int { return strings.Compare(a.name, b.name) })
	return out, rows.Err()
}

// ErrNotEmpty reports a database that records cannot be put into, because it has some.
var ErrNotEmpty = errors.New("it is not empty: name a new database")

// mustBeEmpty refuses a database that has records, or other tables than want. What a new schema has is removed.
func (s side) mustBeEmpty(ctx context.Context, want []table) error {
	have, err := s.tables(ctx)
	if err != nil {
		return err
	}
	if err := sameTables(want, have); err != nil {
		return err
	}
	for _, t := range have {
		query := `SELECT COUNT(*) FROM (SELECT 1 FROM ` + t.quoted() + ` LIMIT 1) AS one`
		switch t.name {
		case "stamps":
			continue
		case "settings": // see Open and DB.Writable
			query = `SELECT COUNT(*) FROM settings WHERE name NOT IN ('first_release', 'records_witnessed', 'probe')`
		}
		var rows int
		if err := s.tx.QueryRowContext(ctx, query).Scan(&rows); err != nil {
			return err
		}
		if rows > 0 {
			return fmt.Errorf("%w (%s has rows)", ErrNotEmpty, t.name)
		}
	}
	for _, name := range []string{"settings", "stamps"} {
		if _, err := s.tx.ExecContext(ctx, `DELETE FROM `+name); err != nil { //nolint:gosec // one of the two
			return err
		}
	}
	return nil
}

// sameTables refuses two schemas of which one has what the other lacks.
func sameTables(want, have []table) error {
	if name := lacking(have, want); name != "" {
		return fmt.Errorf("it lacks %s", name)
	}
	if name := lacking(want, have); name != "" {
		return fmt.Errorf("%w: it has %s, which belongs to no record", ErrNotEmpty, name)
	}
	return nil
}

// lacking returns a column of want that have has not, "" if it has all.
func lacking(have, want []table) string {
	known := map[string]bool{}
	for _, t := range have {
		for _, c := range t.columns {
			known[t.name+"."+c] = true
		}
	}
	for _, t := range want {
		for _, c := range t.columns {
			if name := t.name + "." + c; !known[name] {
				return name
			}
		}
	}
	return ""
}

func (t table) quoted() string { return `"` + t.name + `"` }

func (t table) list() string { return `"` + strings.Join(t.columns, `", "`) + `"` }

// copy copies a table's rows, however many, and returns what was read.
func (t table) copy(ctx context.Context, from, to side, told Told) (tally, error) {
	b := t.sending(to)
	all, err := t.sum(ctx, from, func(row []any) error {
		if to.d.plainText {
			if err := t.plain(row); err != nil {
				return err
			}
		}
		if b.rows > 0 && b.rows%tellEvery == 0 {
			told(t.name, b.rows)
		}
		return b.add(ctx, row)
	})
	if err == nil {
		err = b.flush(ctx)
	}
	if err == nil && all.rows > 0 {
		told(t.name, all.rows)
	}
	return all, err
}

// plain refuses texts that PostgreSQL stores none of.
func (t table) plain(row []any) error {
	for i, v := range row {
		if text, ok := v.(string); ok && (!utf8.ValidString(text) || strings.Contains(text, "\x00")) {
			return fmt.Errorf("%s of the row that begins with %.60q holds a zero byte or broken letters, which PostgreSQL "+
				"cannot store: correct it first", t.columns[i], fmt.Sprint(row[0]))
		}
	}
	return nil
}

// sum calls fn with each row and returns what all rows are. A database that falls silent is given up.
func (t table) sum(ctx context.Context, s side, fn func(row []any) error) (out tally, err error) {
	ctx, watch := s.d.watch(ctx)
	defer watch.end()
	rows, err := s.tx.QueryContext(ctx, `SELECT `+t.list()+` FROM `+t.quoted()) //nolint:gosec // the schema's own names
	if err != nil {
		return out, watch.told(ctx, err)
	}
	defer rows.Close()
	row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range row {
		into[i] = &row[i]
	}
	for watch.wait(); rows.Next(); watch.wait() {
		watch.stop()
		if err := rows.Scan(into...); err != nil {
			return out, err
		}
		if err := out.add(row); err != nil {
			return out, fmt.Errorf("%s: %w", t.name, err)
		}
		if err := fn(row); err != nil {
			return out, err
		}
	}
	return out, watch.told(ctx, rows.Err())
}

// carryOn makes the receiving side number new rows after all that the other side ever numbered, also those that are
// gone: a number never comes again.
func carryOn(ctx context.Context, from, to side) error {
	last, err := from.counters(ctx)
	if err != nil {
		return err
	}
	counted, err := to.counters(ctx)
	if err != nil {
		return err
	}
	for name := range counted {
		var most int64
		if err := to.tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(id), 0) FROM `+table{name: name}.quoted()).
			Scan(&most); err != nil {
			return err
		}
		if most = max(most, last[name]); most == 0 {
			continue
		}
		for _, statement := range to.d.setCounter {
			if _, err := to.tx.ExecContext(ctx, statement, name, most); err != nil {
				return err
			}
		}
	}
	return nil
}

// counters returns the last number that each table's rows were given.
func (s side) counters(ctx context.Context) (map[string]int64, error) {
	rows, err := s.tx.QueryContext(ctx, s.d.counters)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var name string
		var last int64
		if err := rows.Scan(&name, &last); err != nil {
			return nil, err
		}
		out[name] = last
	}
	return out, rows.Err()
}

// loosen lets rows come in any order, and returns what checks all that refers to others once they are there.
func (s side) loosen(ctx context.Context) (tighten func() error, err error) {
	if s.d.references == "" {
		_, err := s.tx.ExecContext(ctx, `PRAGMA defer_foreign_keys = ON`)
		return func() error { return s.checkReferences(ctx) }, err
	}
	rows, err := s.tx.QueryContext(ctx, s.d.references)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var drop, add []string
	for rows.Next() {
		var less, more string
		if err := rows.Scan(&less, &more); err != nil {
			return nil, err
		}
		drop, add = append(drop, less), append(add, more)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	run := func(statements []string) error {
		for _, statement := range statements {
			if _, err := s.tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	}
	return func() error { return run(add) }, run(drop)
}

// checkReferences refuses a row of SQLite that refers to one that is not there.
func (s side) checkReferences(ctx context.Context) error {
	var name, parent string
	err := s.tx.QueryRowContext(ctx, `SELECT "table", parent FROM pragma_foreign_key_check LIMIT 1`).Scan(&name, &parent)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("a row of %s refers to one of %s that is not there", name, parent)
	}
	return err
}
