package store

import (
	"context"
	"encoding/json"
	"fmt"
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
