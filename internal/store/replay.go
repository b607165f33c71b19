package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// Difference is a record that is not what the audit log says it is.
type Difference struct {
	Table string
	Key   []string // the columns of its key, as text
	Kind  DifferenceKind
	Entry kpi.AuditEntry // the last that speaks of it; without ID if none does

	Columns []ChangedColumn // of DifferenceChanged; none where the log holds a digest only
	Row     []Cell          // the record as it is, where no columns say so
	Last    int64           // of several rows among which some differ: the last one's number; 0 for one row
}

// DifferenceKind says in what way a record differs.
type DifferenceKind int

const (
	DifferenceChanged DifferenceKind = iota
	DifferenceGone                   // the log speaks of it and it is not there
	DifferenceUnsaid                 // it is there and the log does not speak of it
	DifferenceBack                   // it is there and the log says that it was removed
)

// Cell is a column's value as text; a digest where the log holds only that.
type Cell struct{ Column, Value string }

// ChangedColumn is a column whose value is not what the log says.
type ChangedColumn struct{ Column, Logged, Is string }

// Replayed is the result of replaying the audit log.
type Replayed struct {
	Broken      []int64 // entries whose hash does not follow from the one before
	Unread      []int64 // entries whose records nobody can read
	Differences []Difference

	UnitsAstray  []UnitsAstray // entries that are found by other units than they say
	UnitsEarlier int           // entries from before they said so

	// What was there before the log held records is known since Since only: so many records it is that nothing
	// was done to since. Since is 0 if the log held them from the beginning.
	Since   kpi.UnixMilli
	Earlier int

	// Entries that were made with a key that is not here are not checked.
	Strange    int64   // the last of them; 0: none
	StrangeKey string  // its name
	Keyless    []int64 // entries made without this installation's key, or with another, after it was made
	Unkeyed    bool    // this installation has a key, and no entry is made with it

	LastHash    string
	Entries     int64
	HeadsBroken []Head // of those asked for: the ones that the log does not begin with
}

// Replay reads the whole audit log, checks its chain, and holds every record against the last entry that speaks
// of it. updates are the marks of all entries of the log of figures (see EachUpdate). Of what may be many it
// holds a mark each in memory.
//
// heads are ends of the log that were kept elsewhere: the log must begin with each of them.
func (r *Reader) Replay(ctx context.Context, updates *Marks, heads ...Head) (Replayed, error) {
	p := replay{grown: map[string]*Marks{"updates": updates}, last: map[string]held{}, heads: heads}
	if r.tx.keys != nil {
		var err error
		if p.key, err = r.tx.keys.read(); err != nil {
			return p.out, err
		}
	}
	p.out.Unkeyed = !p.key.none()
	for i := range witnesses {
		if t := &witnesses[i]; t.grows {
			marks := &Marks{}
			p.grown[t.table] = marks
			if err := r.eachRow(ctx, t, func(row []any) error {
				marks.set(row[0].(int64), markOf(t.line("", row))) // it grows by its number
				return nil
			}); err != nil {
				return p.out, err
			}
		}
	}
	var err error
	if p.units, err = r.unitsReplay(ctx); err != nil {
		return p.out, err
	}
	if err := r.eachAudit(ctx, p.entry); err != nil {
		return p.out, err
	}
	for _, h := range heads {
		if h.Entries > p.out.Entries || h.Entries == 0 && h.Code != headCode(0, "") {
			p.out.HeadsBroken = append(p.out.HeadsBroken, h)
		}
	}
	for i := range witnesses {
		if t := &witnesses[i]; !t.grows {
			if err := r.eachRow(ctx, t, func(row []any) error { p.row(t, row); return nil }); err != nil {
				return p.out, err
			}
		}
	}
	p.rest()
	p.restUnits()
	return p.out, r.explain(ctx, p.out.Differences)
}

// eachAudit calls fn with each audit entry, oldest first, with its records.
func (r *Reader) eachAudit(ctx context.Context, fn func(kpi.AuditEntry)) error {
	rows, err := r.tx.QueryContext(ctx,
		`SELECT `+wholeAudit+` FROM audit ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanWholeAudit(rows)
		if err != nil {
			return err
		}
		fn(e)
	}
	return rows.Err()
}

// replay is how far the log was replayed.
type replay struct {
	out   Replayed
	grown map[string]*Marks // by table
	last  map[string]held   // the last word on each record, by table and key
	key   auditKey
	heads []Head
	units unitsReplay
	begun int64 // the entry that says what was there before; 0: none
}

// held is what the log says of a record: what mark its first columns have.
type held struct {
	mark    mark
	entry   int64
	columns int16
	deleted bool
}

// entry replays one audit entry.
func (p *replay) entry(e kpi.AuditEntry) {
	p.link(e)
	if e.Action == begun && p.begun == 0 {
		p.begun, p.out.Since = e.ID, e.At
	}
	if err := p.update(e); err != nil {
		p.out.Unread = append(p.out.Unread, e.ID)
	}
	if e.Records == "" {
		return
	}
	var lines []json.RawMessage
	err := json.Unmarshal([]byte(e.Records), &lines)
	for i := 0; err == nil && i < len(lines); i++ {
		err = p.line(e, lines[i])
	}
	if err != nil {
		p.out.Unread = append(p.out.Unread, e.ID)
	}
}

// link checks that an entry follows from the one before, by the key that it is made with.
func (p *replay) link(e kpi.AuditEntry) {
	key, name := auditKey{}, keyOf(e.Hash)
	if !p.key.none() && name == p.key.print() {
		key, p.out.Unkeyed = p.key, false
	}
	switch {
	case !p.key.none() && (e.ID > p.key.from || e.ID < 1) && key.none(): // the program counts from one
		p.out.Keyless = append(p.out.Keyless, e.ID)
	case name != "" && key.none():
		p.out.Strange, p.out.StrangeKey = e.ID, name
	case e.Hash != auditHash(key, p.out.LastHash, e):
		p.out.Broken = append(p.out.Broken, e.ID)
	}
	p.out.LastHash = e.Hash
	p.out.Entries++
	for _, h := range p.heads {
		if h.Entries == p.out.Entries && headCode(h.Entries, e.Hash) != h.Code {
			p.out.HeadsBroken = append(p.out.HeadsBroken, h)
		}
	}
}

// update replays an audit entry that is about one entry of the log of figures, all of which is its detail.
func (p *replay) update(e kpi.AuditEntry) error {
	switch kpi.Act(strings.TrimPrefix(e.Action, "update.")) {
	case kpi.ActLog, kpi.ActCorrect, kpi.ActWithdraw:
	default:
		return nil
	}
	var u kpi.Update
	if err := json.Unmarshal([]byte(e.Detail), &u); err != nil {
		return err
	}
	of := p.grown["updates"]
	is, known := of.at(int64(u.ID))
	of.cover(int64(u.ID))
	switch logged := markOf(appendUpdate(nil, u)); {
	case known == absent:
		p.differ(Difference{Table: "updates", Key: []string{fmt.Sprint(u.ID)}, Kind: DifferenceGone, Entry: e})
	case is != logged:
		p.differ(Difference{Table: "updates", Key: []string{fmt.Sprint(u.ID)}, Kind: DifferenceChanged, Entry: e})
	}
	return nil
}

func (p *replay) differ(d Difference) {
	d.Entry.Records = ""
	p.out.Differences = append(p.out.Differences, d)
}

// line replays one line of an entry's records.
func (p *replay) line(e kpi.AuditEntry, line json.RawMessage) error {
	var cells []json.RawMessage
	var name string
	if err := json.Unmarshal(line, &cells); err != nil {
		return err
	}
	if len(cells) < 2 {
		return fmt.Errorf("a line of %d cells", len(cells))
	}
	if err := json.Unmarshal(cells[0], &name); err != nil || name == "" {
		return fmt.Errorf("a line of no table")
	}
	sort, table := name[0], strings.TrimLeft(name, "-~#")
	switch {
	case sort == '#':
		return p.pack(e, table, cells[1:])
	case name == unitsMark:
		return p.entryUnits(e, cells[1:])
	}
	t := byTable[table]
	if t == nil || len(cells) <= t.keys {
		return fmt.Errorf("a line of table %q", table)
	}
	is := held{entry: e.ID, columns: int16(len(cells) - 1)} //nolint:gosec // as many as columns
	switch sort {
	case '-':
		is.deleted = true
	case '~':
		if len(cells) != t.keys+3 {
			return fmt.Errorf("a digest of table %q with %d cells", table, len(cells))
		}
		var mark string
		if err := json.Unmarshal(cells[t.keys+1], &is.columns); err != nil {
			return err
		}
		if err := json.Unmarshal(cells[t.keys+2], &mark); err != nil {
			return err
		}
		var err error
		if is.mark, err = parseMark(mark); err != nil {
			return err
		}
	default:
		is.mark = markOf(line)
	}
	if t.grows {
		return p.grownRow(e, t, cells[1], is)
	}
	p.last[joinKey(table, cells[1:t.keys+1])] = is
	return nil
}

// joinKey writes a key as heldRow.key does.
func joinKey(table string, cells []json.RawMessage) string {
	out := strconv.AppendQuote([]byte{'['}, table)
	for _, c := range cells {
		out = append(append(out, ','), c...)
	}
	return string(append(out, ']'))
}

// grownRow replays a row of a table that only grows.
func (p *replay) grownRow(e kpi.AuditEntry, t *witnessed, key json.RawMessage, is held) error {
	id, err := strconv.ParseInt(string(key), 10, 64)
	if err != nil {
		return err
	}
	there, known := p.grown[t.table].at(id)
	p.grown[t.table].cover(id)
	d := Difference{Table: t.table, Key: []string{string(key)}, Entry: e}
	switch {
	case known == absent:
		d.Kind = DifferenceGone
		p.differ(d)
	case there != is.mark:
		p.differ(d)
	}
	return nil
}

// row holds a record against the last word on it.
func (p *replay) row(t *witnessed, row []any) {
	key := string(t.line("", row[:t.keys]))
	is, ok := p.last[key]
	delete(p.last, key)
	d := Difference{Table: t.table, Key: texts(row[:t.keys]), Entry: kpi.AuditEntry{ID: is.entry}, Row: cellsOf(t, row)}
	switch {
	case !ok && t.ours != nil && !t.ours(row):
	case !ok:
		d.Kind = DifferenceUnsaid
		p.differ(d)
	case is.deleted:
		d.Kind = DifferenceBack
		p.differ(d)
	case int(is.columns) > len(row) || markOf(t.line("", row[:is.columns])) != is.mark:
		p.differ(d)
	case is.entry == p.begun:
		p.out.Earlier++
	}
}

// rest notes what the log speaks of and is not there, and what is there and the log does not speak of.
func (p *replay) rest() {
	var gone []Difference
	for key, is := range p.last {
		var cells []json.RawMessage
		var table string
		if json.Unmarshal([]byte(key), &cells) != nil || json.Unmarshal(cells[0], &table) != nil || is.deleted {
			continue
		}
		d := Difference{Table: table, Kind: DifferenceGone, Entry: kpi.AuditEntry{ID: is.entry}}
		for _, c := range cells[1:] {
			d.Key = append(d.Key, plain(c))
		}
		gone = append(gone, d)
	}
	slices.SortFunc(gone, func(a, b Difference) int {
		return strings.Compare(a.Table+"\x00"+strings.Join(a.Key, "\x00"), b.Table+"\x00"+strings.Join(b.Key, "\x00"))
	})
	p.out.Differences = append(p.out.Differences, gone...)
	for _, table := range []string{"updates", "reviews"} {
		p.grown[table].unsaid(func(id int64) {
			p.differ(Difference{Table: table, Key: []string{fmt.Sprint(id)}, Kind: DifferenceUnsaid})
		})
	}
}

// plain returns a JSON value as text.
func plain(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil && string(raw) != "null" {
		return text
	}
	return string(raw)
}

func texts(row []any) (out []string) {
	for _, v := range row {
		out = append(out, plain(appendCell(nil, v, false)))
	}
	return out
}

func cellsOf(t *witnessed, row []any) (out []Cell) {
	for i, v := range row {
		out = append(out, Cell{t.columns[i], plain(appendCell(nil, v, slices.Contains(t.sealed, t.columns[i])))})
	}
	return out
}

// explain fills in the entries that speak of records that differ, and which columns do.
func (r *Reader) explain(ctx context.Context, differences []Difference) error {
	for i := range differences {
		d := &differences[i]
		if d.Entry.ID == 0 || i >= maxExplained {
			continue
		}
		missing := kpi.Missing("audit_entry_not_found", d.Entry.ID)
		e, err := one(ctx, r, missing, scanWholeAudit, `SELECT `+wholeAudit+` FROM audit WHERE id = $1`, d.Entry.ID)
		if err != nil {
			return err
		}
		if d.Last == 0 && d.Kind != DifferenceUnsaid {
			if err := r.columns(ctx, d, e); err != nil {
				return err
			}
		}
		e.Records = ""
		d.Entry = e
	}
	return nil
}

// maxExplained is how many differences are told column by column: who changed everything is found all the same.
const maxExplained = 1000

// columns fills in which columns of a record are not what an entry says.
func (r *Reader) columns(ctx context.Context, d *Difference, e kpi.AuditEntry) error {
	if d.Table == "updates" {
		return r.updateColumns(ctx, d, e)
	}
	t := byTable[d.Table]
	logged := t.find(e.Records, d.Key)
	if t.grows && d.Kind == DifferenceChanged {
		if err := r.eachRow(ctx, t, func(row []any) error {
			if texts(row[:1])[0] == d.Key[0] {
				d.Row = cellsOf(t, row)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	for i, cell := range logged {
		switch {
		case d.Kind == DifferenceGone:
			d.Row = append(d.Row, Cell{t.columns[i], plain(cell)})
		case i < len(d.Row) && d.Row[i].Value != plain(cell):
			d.Columns = append(d.Columns, ChangedColumn{t.columns[i], plain(cell), d.Row[i].Value})
		}
	}
	return nil
}

// find returns the columns of a row as records hold it, nil if they hold a digest.
func (t *witnessed) find(records string, key []string) (found []json.RawMessage) {
	var lines [][]json.RawMessage
	if json.Unmarshal([]byte(records), &lines) != nil {
		return nil
	}
	for _, cells := range lines {
		if len(cells) <= t.keys || len(cells) > len(t.columns)+1 || plain(cells[0]) != t.table {
			continue
		}
		same := true
		for i, k := range key {
			same = same && plain(cells[i+1]) == k
		}
		if same {
			found = cells[1:]
		}
	}
	return found
}

// updateColumns fills in which parts of an entry of the log of figures are not what an audit entry says.
func (r *Reader) updateColumns(ctx context.Context, d *Difference, e kpi.AuditEntry) error {
	id, err := strconv.ParseInt(d.Key[0], 10, 64)
	if err != nil {
		return err
	}
	var is, logged []Cell
	if d.Kind != DifferenceGone {
		u, err := r.Update(ctx, kpi.UpdateID(id))
		if err != nil {
			return err
		}
		is = updateCells(u)
	}
	if strings.HasPrefix(e.Subject, "update ") {
		var u kpi.Update
		if err := json.Unmarshal([]byte(e.Detail), &u); err != nil {
			return err
		}
		logged = updateCells(u)
	}
	switch {
	case is == nil:
		d.Row = logged
	case logged == nil:
		d.Row = is
	default:
		for i, c := range logged {
			if c != is[i] {
				d.Columns = append(d.Columns, ChangedColumn{c.Column, c.Value, is[i].Value})
			}
		}
	}
	return nil
}

func updateCells(u kpi.Update) []Cell {
	return []Cell{{"indicator_id", fmt.Sprint(u.Indicator)}, {"unit_id", fmt.Sprint(u.Unit)}, {"dated", string(u.Dated)},
		{"amount", fmt.Sprint(int64(u.Quantity.Amount))}, {"prec", string(u.Quantity.Precision)},
		{"wording", u.Quantity.Wording}, {"level", string(u.Level)}, {"note", u.Note}, {"act", string(u.Act)},
		{"answers_id", fmt.Sprint(u.Answers)}, {"reason", u.Reason}, {"origin", string(u.Origin)}, {"author", u.Author},
		{"logged_at", fmt.Sprint(u.LoggedAt)}}
}
