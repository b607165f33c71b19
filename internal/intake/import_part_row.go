package intake

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// partBegins matches the beginning of the name of a part of the row above: 其中：线上, #女性, of which: online. These
// words may also stand in a cell before the name.
var partBegins = regexp.MustCompile(`^(?:\d{1,3}[.、)]|\(?[一二三四五六七八九十]{1,3}[)、.])*\s*(?:其中|#|含\s*:|包括\s*:?|包含\s*:?|of which|including|incl\.?|thereof)[\s:,、]*`)

// isPartRow reports whether a row is a part of one above: it says so (其中：线上) and names no known indicator or unit,
// or it follows such a row (线下) and completes the parts to the whole.
func (t *table) isPartRow(row GridRow) (column int, is bool) {
	if column, is = t.beginsPart(row); is {
		t.partsUntil(row)
		return column, true
	}
	if row.Number > t.parts {
		return 0, false
	}
	column, is = t.nameColumn(row)
	return column, is && !t.names(t.shown(row, column))
}

// beginsPart reports whether a row says that it is a part of one above.
func (t *table) beginsPart(row GridRow) (column int, is bool) {
	for _, c := range t.Columns {
		cell := row.Cell(c.Index)
		if c.Role.value() {
			return 0, false
		}
		begins, rest := cutPart(cell)
		names := c.Role == ColIndicator || c.Role == ColCode || c.Role == ColUnit
		switch {
		case !begins || !names && (c.Role != ColIgnore || rest != ""): // a note may begin so, too
		case rest != "":
			return c.Index, !t.names(cell) && !t.names(Cell{rest, CellText})
		default:
			next, ok := t.nameColumn(row)
			return c.Index, !ok || !t.names(t.shown(row, next))
		}
	}
	return 0, false
}

// cutPart removes the words that mark a part; begins reports whether there were any.
func cutPart(c Cell) (begins bool, rest string) {
	if c.Kind != CellText || len(c.Text) > maxFootText {
		return false, ""
	}
	text := strings.ToLower(strings.TrimSpace(width.Fold.String(c.Text)))
	words := partBegins.FindString(text)
	return words != "", strings.TrimSpace(text[len(words):])
}

// nameColumn returns the column of a row's name.
func (t *table) nameColumn(row GridRow) (column int, ok bool) {
	for _, role := range []ColumnRole{ColIndicator, ColCode, ColUnit} {
		for _, c := range t.Columns {
			if begins, rest := cutPart(row.Cell(c.Index)); c.Role == role && row.Cell(c.Index).Kind != CellEmpty &&
				!(begins && rest == "") {
				return c.Index, true
			}
		}
	}
	return 0, false
}

// partName returns the name of a row of parts.
func (t *table) partName(row GridRow, column int) string {
	name := t.shown(row, column).Text
	if begins, rest := cutPart(row.Cell(column)); begins && rest == "" {
		if next, ok := t.nameColumn(row); ok {
			name += t.shown(row, next).Text
		}
	}
	return name
}

// maxParts is the number of rows searched after the first part.
const maxParts = 12

// partsUntil finds the last of several rows of parts: none names anything known, and their sum is the row above
// them.
func (t *table) partsUntil(row GridRow) {
	at := slices.IndexFunc(t.grid.Rows, func(r GridRow) bool { return r.Number == row.Number })
	value := slices.IndexFunc(t.Columns, func(c ImportColumn) bool { return c.Role.value() })
	if at <= t.body || value < 0 || row.Number <= t.parts {
		return
	}
	t.parts = row.Number
	whole, ok := plainAmount(t.grid.Rows[at-1].Cell(t.Columns[value].Index).Text)
	var sum kpi.Amount
	for i, r := range t.grid.Rows[at:min(at+maxParts, len(t.grid.Rows))] {
		a, number := plainAmount(r.Cell(t.Columns[value].Index).Text)
		if !ok || !number || t.namesRow(r) {
			return
		}
		if sum += a; sum == whole && i > 0 {
			t.parts = r.Number
			return
		}
	}
}

// namesRow reports whether a row names a known indicator or a total.
func (t *table) namesRow(row GridRow) bool {
	column, ok := t.nameColumn(row)
	_, total := t.totalWord(row)
	return total || ok && t.names(t.shown(row, column))
}
