package intake

import (
	"context"
	"io"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// csvGrid reads a CSV as [openCSV] does. Rows are counted as a spreadsheet would show them. A file with a quote
// that is never closed is refused, because the quoted cell would hold all rows below it.
func csvGrid(ctx context.Context, name string, content io.ReaderAt, size int64) ([]Grid, error) {
	raw := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(content, 0, size), raw); err != nil {
		return nil, err
	}
	file, ok := openCSV(raw)
	if !ok {
		return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", quote(name))
	}
	cells, text := 0, 0
	b := gridBuilder{cells: &cells, text: &text}
	b.grid.comma = file.comma
	for r := newCSVReader(file); ; {
		if r.line%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		record, ok := r.next()
		switch {
		case !ok:
			return []Grid{b.grid}, nil
		case record.open > 0:
			return nil, kpi.Refuse(kpi.Invalid, "import_quote_open", record.open)
		case len(record.fields) > maxRecord:
			return nil, kpi.Refuse(kpi.Invalid, "import_columns", maxGridColumns)
		}
		row := make([]Cell, len(record.fields))
		for i, field := range record.fields {
			if inner, ok := strings.CutPrefix(field, `="`); ok { // written so by a program that quotes
				field = strings.TrimSuffix(inner, `"`)
			}
			row[i] = textCell(unescape(field))
			text += len(row[i].Text)
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

// ragged returns why a row of a CSV does not fit the columns, and the first column concerned; a text without a key
// if it fits. A row with more cells than the headings has a separator within a cell (1,259 without quotes); one
// with fewer may only lack cells of ignored columns and notes; a cell must not contain a whole row.
func (t *table) ragged(row GridRow) (why kpi.Text, column int) {
	if row.fields == 0 {
		return why, 0
	}
	headings := t.headFields()
	if why := t.grid.longer(row, row.fields, headings); why.Key != "" {
		return why, min(headings, maxGridColumns-1)
	}
	for _, c := range t.Columns {
		if c.Index >= row.fields && c.Role != ColIgnore && c.Role != ColNote {
			return kpi.T("import_row_shorter", row.Number, row.fields, headings), c.Index
		}
	}
	return t.grid.swallowed(row, headings)
}

// longer returns why a line of a CSV with so many cells does not fit its headings: a number or text in it holds a
// separator without quotes. A text without a key if it fits.
func (g Grid) longer(row GridRow, cells, headings int) kpi.Text {
	if row.fields == 0 || cells <= headings {
		return kpi.Text{}
	}
	return kpi.T("import_row_longer", row.Number, cells, headings)
}

// swallowed returns why a line of a CSV cannot be right: one of its cells holds a whole line, because a quote was not
// closed; and the column of that cell.
func (g Grid) swallowed(row GridRow, headings int) (why kpi.Text, column int) {
	if row.fields == 0 {
		return why, 0
	}
	for i, cell := range row.Cells {
		for line := range strings.SplitSeq(cell.Text, "\n") {
			if headings > 1 && strings.Contains(cell.Text, "\n") && strings.Count(line, g.comma) == headings-1 {
				return kpi.T("import_row_swallowed", row.Number), i
			}
		}
	}
	return why, 0
}

// headFields returns the number of cells that a row has by its headings. If every row below ends with the same
// number of additional empty cells, as programs that end rows with a separator write, those are included.
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
