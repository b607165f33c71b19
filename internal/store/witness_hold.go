package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"dabiao/internal/kpi"
)

// What an audit entry holds of the rows that were written since the one before.

// maxTold is up to how many rows of one table the log holds in full for one act; of more it holds a digest
// each. Those of tables that only grow it holds together by one from maxGrown on.
const (
	maxTold  = 200
	maxGrown = 8
)

// longText is how many bytes of a text the log holds as they are, before it holds a digest.
const longText = 400

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
