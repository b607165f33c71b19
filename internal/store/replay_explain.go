package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// What a record that differs is told by: the entry that speaks of it, and which columns are not what that says.

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
