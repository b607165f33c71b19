package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// A row of a witnessed table against the last word of the log on it.

// held is what the log says of a record: what mark its first columns have.
type held struct {
	mark    mark
	entry   int64
	columns int16
	deleted bool
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
