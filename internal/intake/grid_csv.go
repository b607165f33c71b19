package intake

import (
	"io"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// csvGrid reads a CSV as [openCSV] does. Rows are counted as a spreadsheet would show them. A quote
// that nothing closes has swallowed all below it: such a file is refused.
func csvGrid(name string, content io.ReaderAt, size int64) ([]Grid, error) {
	raw, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return nil, err
	}
	file, ok := openCSV(raw)
	if !ok {
		return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", quote(name))
	}
	cells := 0
	b := gridBuilder{cells: &cells}
	b.grid.comma = file.comma
	for r := newCSVReader(file); ; {
		record, ok := r.next()
		switch {
		case !ok:
			return []Grid{b.grid}, nil
		case record.open > 0:
			return nil, kpi.Refuse(kpi.Invalid, "import_quote_open", record.open)
		case len(record.fields) > 1<<14:
			return nil, kpi.Refuse(kpi.Invalid, "import_columns", maxGridColumns)
		}
		row := make([]Cell, len(record.fields))
		for i, field := range record.fields {
			if inner, ok := strings.CutPrefix(field, `="`); ok { // written so by a program that quotes
				field = strings.TrimSuffix(inner, `"`)
			}
			row[i] = textCell(unescape(field))
		}
		before := len(b.grid.Rows)
		if err := b.add(record.row, row); err != nil {
			return nil, err
		}
		if len(b.grid.Rows) > before {
			b.grid.Rows[before].fields = len(record.fields)
		}
	}
}

// ragged is why a line of a CSV cannot be told into columns; a text without a key when it can. A line
// with more cells than the headings has a separator within one (1,259 without quotes); one with fewer
// may only lack what nothing is read from; a cell that holds a whole line swallowed it.
func (t *table) ragged(row GridRow) (why kpi.Text, column int) {
	if row.fields == 0 {
		return why, 0
	}
	headings := t.headFields()
	if row.fields > headings {
		return kpi.T("import_row_longer", row.Number, row.fields, headings), min(headings, maxGridColumns-1)
	}
	for _, c := range t.Columns {
		if c.Index >= row.fields && c.Role != ColIgnore && c.Role != ColNote {
			return kpi.T("import_row_shorter", row.Number, row.fields, headings), c.Index
		}
	}
	for i, cell := range row.Cells {
		for line := range strings.SplitSeq(cell.Text, "\n") {
			if headings > 1 && strings.Contains(cell.Text, "\n") && strings.Count(line, t.grid.comma) == headings-1 {
				return kpi.T("import_row_swallowed", row.Number), i
			}
		}
	}
	return why, 0
}

// headFields is how many cells a line has by its headings; where every line below has as many empty
// ones behind, as some programs end lines with a separator, those count too.
func (t *table) headFields() int {
	if t.fields > 0 {
		return t.fields
	}
	t.fields = t.grid.Rows[t.body-1].fields
	below := t.grid.Rows[t.body:]
	longer := func(r GridRow) bool { return r.fields == t.fields+1 && len(r.Cells) <= t.fields }
	if len(below) > 1 && !slices.ContainsFunc(below, func(r GridRow) bool { return !longer(r) }) {
		t.fields++
	}
	return t.fields
}
