package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"dabiao/internal/kpi"
)

// The audit log is a witness of the records: with each act it keeps what the rows that the act changed were
// afterwards, so that verify can hold a row against the last entry that speaks of it (docs/adr/0077). That
// happens below the methods that write, so that none can forget it: a statement that writes a witnessed table
// returns the rows it wrote, and the next audit entry of its change carries them.

// witnessed is a table whose rows the audit log holds.
type witnessed struct {
	table   string
	columns []string // those the log holds, its key first; new ones are added at the end
	keys    int      // how many of them are the key
	sealed  []string // columns that the log holds by their digest only, however short: they open something

	// grows says that rows are only ever added, with rising numbers as their keys. The log holds many of them by
	// one digest.
	grows bool

	// ours says whether a row must be in the log; nil: each must. Others may be: a draft becomes a record.
	ours func(row []any) bool
}

// columnsOf splits the words of a list.
func columnsOf(list string) []string { return strings.Fields(list) }

// record names a table of which every row must be in the log; the first of its columns is the key.
func record(table, columns string) witnessed {
	return witnessed{table: table, columns: columnsOf(columns), keys: 1}
}

// keyed names a table whose first keys columns are the key.
func keyed(keys int, table, columns string) witnessed {
	return witnessed{table: table, columns: columnsOf(columns), keys: keys}
}

// Witnessed are the tables whose rows the audit log holds.
var witnesses = []witnessed{
	{table: "settings", columns: columnsOf("name value"), keys: 1, ours: namedSetting},
	record("units", "id code name name_en parent_id sort added_at"),
	keyed(2, "unit_parents", "unit_id until parent_id since"),
	{table: "accounts", keys: 1, sealed: columnsOf("password_hash"),
		columns: columnsOf("id name full_name role unit_id password_hash disabled created_at ends_on password_at")},
	record("invitations", "hash account_id made_by made_at ends_at"),
	record("second_factors", "account_id sealed set_at"),
	record("recovery_codes", "hash account_id"),
	record("identities", "account_id issuer subject linked_at"),
	record("tokens", "hash account_id name created_at scope ends_on unit_id"),
	record("views", "id account_id name query shared saved_at"),
	record("displays", "id hash name unit_id made_by made_at ended_at language"),
	record("years", "year state sample opened_at closed_at"),
	record("public_years", "year indexed set_by set_at"),
	record("areas", "id code name name_en sort"),
	record("indicators", `id code area_id name name_en kind measure decimals direction category definition source owner
		owner_at partners numerator_id denominator_id factor part_of_id sum_of units_rule starts note sort archived_at`),
	keyed(2, "year_indicators", "year indicator_id archived added_at"),
	keyed(2, "owners", "account_id indicator_id added_at"),
	record("targets", `id year indicator_id unit_id sign amount level weight document issuer dated reason curve set_by
		set_at`),
	record("rule_sets", "year body set_by set_at"),
	{table: "reviews", columns: columnsOf("id update_id act state reason done_by done_at"), keys: 1, grows: true},
	record("doubts", "update_id question"),
	record("locks", "id year month act reason seen done_by done_at"),
	record("evidence", `id update_id year indicator_id unit_id name media_type size sha256 sensitive added_by
		added_at warning erased_at erased_by erased_why`),
	record("imports", "id year sha256 name taken refused entries author at"),
	keyed(2, "import_columns", "shape heading role"),
	record("explanations", "id year month unit_id indicator_id reason next_step planned set_by set_at"),
	keyed(3, "outlooks", "year month indicator_id possibility causes reason remark set_by set_at"),
	keyed(4, "expectations", "year month indicator_id unit_id amount precision wording set_by set_at"),
	record("questions", `id year indicator_id unit_id as_of light amount prec wording target rate text asked_by asked_at
		answer answered_by answered_at`),
	record("scores", "id year indicator_id points proposed weight reason set_by set_at"),
	keyed(3, "budget_lines", "year fund nature opening initial full_year income spent closing months"),
	record("budget_revisions", "id year fund nature initial full_year dated document reason set_by set_at"),
	keyed(2, "budget_sources", "year source amount"),
	record("budget_others", "id year name amount note"),
	record("projects", "id year code name name_en supervisor implementer fund expected achieved set_by set_at"),
	keyed(2, "project_money", "project_id source initial full_year spent"),
	keyed(2, "project_indicators", "project_id indicator_id weight points reason"),
	keyed(2, "staffing", "year kind posts people"),
	keyed(2, "official_costs", "year kind last_year initial full_year spent"),
	keyed(3, "report_texts", "year section language body"),
	record("report_versions", "id year section language body author at"),
	record("report_notes", `id year section language author written quote body file added_by added_at done_by
		done_at`),
	record("outlines", "year body set_by set_at"),
	record("covers", "year body set_by set_at"),
	record("form_values", "year body set_by set_at"),
	record("report_checks", "id year sha256 errors warnings note author at"),
	record("report_signings", "id year number sha256 as_of body errors reason author at"),
	keyed(2, "report_templates", "year form name content set_by set_at"),
	keyed(3, "rekeyed", "year form line printed ticked_by ticked_at"),
	keyed(2, "check_marks", "year finding code said reason author at"),
	{table: "adoptions", columns: columnsOf("id year source state author at body made"), keys: 1, ours: noDraft},
	record("channels", "id kind name address security account sender recipients events language made_by made_at ended_at"),
}

// unwitnessed are the other tables, with the reason why the log holds none of their rows.
var unwitnessed = map[string]string{
	"audit":         "is the log, and chained",
	"audit_units":   "find entries of the log by unit, which these say themselves (see replay_units.go)",
	"updates":       "are in the log's own entries, or by one digest where many came at once (see updates in this file)",
	"rollups":       "are computed from the log, and verify computes them again",
	"stamps":        "name a state and say nothing",
	"idempotency":   "are answers to give again, forgotten in time",
	"sessions":      "begin and end by themselves; the log says who signed in",
	"old_passwords": "let nobody in any more",
	"kept_forms":    "are nobody's word yet, and wait for some minutes",
	"attempts":      "count failures for some minutes",
	"report_drafts": "are nobody's word yet, saved as somebody types",
	"notice_states": "are what the figures were when they were last looked at",
	"notices":       "are made from figures by the program, and said nobody's word",
	"outbox":        "is what is still to be sent",
	"audit_heads":   "are the log's own ends, as they are sent away",
}

// unwitnessedColumns are columns of witnessed tables that the log does not hold, with the reason.
var unwitnessedColumns = map[string]string{ //nolint:gosec // no credentials: columns and reasons
	"displays.seen_at":         "changes with every look",
	"tokens.used_at":           "changes with use",
	"second_factors.used_step": "changes with each sign-in",
	"tokens.used_from":         "changes with use",
	"channels.secret":          "is chosen by people, so that a digest of it could be guessed",
}

// settingsHeld are the settings that people make.
var settingsHeld = []string{"office_name", "office_name_en", "review", "sign_in"}

func namedSetting(row []any) bool { return slices.Contains(settingsHeld, fmt.Sprint(row[0])) }

// noDraft reports whether a plan was taken over: before that it is changed with every line that is looked at.
func noDraft(row []any) bool { return row[3] != "draft" }

// maxTold is up to how many rows of one table the log holds in full for one act; of more it holds a digest
// each. Those of tables that only grow it holds together by one from maxGrown on.
const (
	maxTold  = 200
	maxGrown = 8
)

// longText is how many bytes of a text the log holds as they are, before it holds a digest.
const longText = 400

var byTable = func() map[string]*witnessed {
	out := map[string]*witnessed{}
	for i := range witnesses {
		out[witnesses[i].table] = &witnesses[i]
	}
	return out
}()

// writing matches a statement that writes one table.
var writing = regexp.MustCompile(`(?i)^\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)`)

// witnessing is what a statement has to return, if it writes a witnessed table.
type witnessing struct {
	of      *witnessed
	text    string // with what it returns
	deletes bool
}

var witnessingTexts sync.Map // of statement to *witnessing, nil for none

func witnessingOf(text string) *witnessing {
	if known, ok := witnessingTexts.Load(text); ok {
		return known.(*witnessing) // nothing else is stored there
	}
	var out *witnessing
	if m := writing.FindStringSubmatch(text); m != nil {
		if of := byTable[strings.ToLower(m[2])]; of != nil {
			out = &witnessing{of: of, deletes: strings.EqualFold(m[1][:1], "D"),
				text: text + " RETURNING " + strings.Join(of.columns, ", ")}
		}
	}
	witnessingTexts.Store(text, out)
	return out
}

// witness runs a statement and keeps the rows it wrote for the next audit entry. It returns the first column
// of the last of them, if that is a number.
func (w *Writer) witness(ctx context.Context, of *witnessing, args []any) (id int64, err error) {
	rows, err := w.tx.QueryContext(ctx, of.text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scanRow(rows, len(of.of.columns))
		if err != nil {
			return 0, err
		}
		id, _ = row[0].(int64)
		if of.of.ours != nil && !of.of.ours(row) {
			continue
		}
		w.tx.pending = append(w.tx.pending, heldRow{of.of, row, of.deletes})
		w.aboutRow(of.of, row)
	}
	return id, rows.Err()
}

func scanRow(s scanner, columns int) ([]any, error) {
	row, into := make([]any, columns), make([]any, columns)
	for i := range row {
		into[i] = &row[i]
	}
	return row, s.Scan(into...)
}

// heldRow is a row as a change left it.
type heldRow struct {
	of      *witnessed
	row     []any
	deleted bool
}

// key returns the row's table and key.
func (h heldRow) key() string { return string(h.of.line("", h.row[:h.of.keys])) }

// line writes the beginning of a row as one JSON list: its table behind a mark, and its columns.
func (t *witnessed) line(mark string, row []any) []byte {
	out := strconv.AppendQuote([]byte{'['}, mark+t.table)
	for i, v := range row {
		out = append(out, ',')
		out = appendCell(out, v, slices.Contains(t.sealed, t.columns[i]))
	}
	return append(out, ']')
}

// appendCell writes a value as JSON: a long or sealed text by its digest and length.
func appendCell(out []byte, v any, sealed bool) []byte {
	digest := func(raw []byte) []byte {
		sum := sha256.Sum256(raw)
		return fmt.Appendf(out, `{"sha256":"%s","bytes":%d}`, hex.EncodeToString(sum[:]), len(raw))
	}
	switch v := v.(type) {
	case nil:
		return append(out, "null"...)
	case int64:
		return strconv.AppendInt(out, v, 10)
	case []byte:
		return digest(v)
	case string:
		if sealed || len(v) > longText {
			return digest([]byte(v))
		}
		raw, err := json.Marshal(v)
		if err != nil { // no text is refused
			panic(err)
		}
		return append(out, raw...)
	}
	panic(fmt.Sprintf("a column of type %T", v)) // both databases have these types only
}

// mark is a digest that one row among many is recognised by.
type mark [12]byte

func markOf(text []byte) (m mark) {
	sum := sha256.Sum256(text)
	copy(m[:], sum[:])
	return m
}

func (m mark) String() string { return base64.RawURLEncoding.EncodeToString(m[:]) }

// drain returns what was written since the last audit entry, as that entry holds it: a JSON list of lines, of
// each row the last. "table" begins a row in full, "-table" the key of a deleted one, "~table" a key with the
// number of columns held and their digest, "#table" many rows by one (see batch), "@units" the units by which the entry
// is found.
func (c *conn) drain(units []kpi.UnitID) string {
	if len(c.pending) == 0 && len(c.packed) == 0 && len(units) == 0 {
		return ""
	}
	last, count := map[string]int{}, map[*witnessed]int{}
	for i, h := range c.pending {
		if _, again := last[h.key()]; !again {
			count[h.of]++
		}
		last[h.key()] = i
	}
	out := []byte{'['}
	add := func(line []byte) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, line...)
	}
	packs := map[*witnessed]*batch{}
	for i, h := range c.pending {
		switch n := count[h.of]; {
		case last[h.key()] != i:
		case h.deleted:
			add(h.of.line("-", h.row[:h.of.keys]))
		case h.of.grows && n > maxGrown:
			if packs[h.of] == nil {
				packs[h.of] = newBatch(h.of.table)
			}
			packs[h.of].add(h.row[0].(int64), markOf(h.of.line("", h.row))) // it grows by its number
		case n > maxTold:
			line := h.of.line("~", h.row[:h.of.keys])
			add(fmt.Appendf(line[:len(line)-1], `,%d,"%s"]`, len(h.row), markOf(h.of.line("", h.row))))
		default:
			add(h.of.line("", h.row))
		}
	}
	for _, t := range witnesses {
		if p := packs[byTable[t.table]]; p != nil {
			add(p.line())
		}
	}
	for _, line := range c.packed {
		add(line)
	}
	if len(units) > 0 {
		add(unitsLine(units))
	}
	c.pending, c.packed = nil, nil
	return string(append(out, ']'))
}

// unsaid is the action of an audit entry for rows that a change wrote without an entry of its own.
const unsaid = "records.keep"

// sayAll writes the last audit entry of a change, which holds what was written after it as well, or one for what
// was written without any.
func (w *Writer) sayAll(ctx context.Context) error {
	if w.tx.audit == nil && (len(w.tx.pending) > 0 || len(w.tx.packed) > 0) {
		if err := w.InsertAudit(ctx, programEntry(unsaid)); err != nil {
			return err
		}
	}
	return w.say(ctx)
}

// eachRow calls fn with each row of a witnessed table, in the order of its key.
func (r *Reader) eachRow(ctx context.Context, t *witnessed, fn func(row []any) error) error {
	columns := strings.Join(t.columns, ", ")
	keys := strings.Join(t.columns[:t.keys], ", ")
	rows, err := r.tx.QueryContext(ctx, `SELECT `+columns+` FROM `+t.table+` ORDER BY `+keys)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scanRow(rows, len(t.columns))
		if err != nil {
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// witnessFirst lets the log of a database from before it held records say how it found them, once. What
// became of them earlier only the log's own sentences tell.
func witnessFirst(ctx context.Context, db *sql.DB, d dialect) error {
	var done string
	if err := db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = 'records_witnessed'`).
		Scan(&done); err != nil || done == "yes" {
		return err
	}
	tx, err := d.beginWriting(ctx, db)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	w := &Writer{Reader{&conn{tx: tx.Tx, dialect: &d, known: newStatements(db, false), bound: map[string]statement{}}}}
	if err := w.holdAll(ctx); err != nil {
		return err
	}
	if err := w.SetSetting(ctx, "records_witnessed", "yes"); err != nil {
		return err
	}
	if err := w.sayAll(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// holdAll adds an audit entry that holds every record by its digest. A log that holds records already is
// left alone, whatever the setting says: somebody may have changed both.
func (w *Writer) holdAll(ctx context.Context) error {
	var held int
	err := w.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM audit WHERE records <> '' OR packed IS NOT NULL`).Scan(&held)
	if err != nil || held > 0 {
		return err
	}
	for i := range witnesses {
		t := &witnesses[i]
		p := newBatch(t.table)
		err := w.eachRow(ctx, t, func(row []any) error {
			switch {
			case t.ours != nil && !t.ours(row):
			case t.grows:
				p.add(row[0].(int64), markOf(t.line("", row))) // it grows by its number
			default:
				line := t.line("~", row[:t.keys])
				w.tx.packed = append(w.tx.packed,
					fmt.Appendf(line[:len(line)-1], `,%d,"%s"]`, len(row), markOf(t.line("", row))))
			}
			return nil
		})
		if err != nil {
			return err
		}
		w.tx.packed = append(w.tx.packed, p.lines()...)
	}
	p := newBatch("updates")
	err = w.eachEntry(ctx, func(id int64, m mark) { p.add(id, m) })
	if w.tx.packed = append(w.tx.packed, p.lines()...); err != nil || len(w.tx.packed) == 0 {
		return err
	}
	return w.InsertAudit(ctx, programEntry(begun))
}

// begun is the action of the audit entry that says how the program found what was there before its log held
// records.
const begun = "records.begin"
