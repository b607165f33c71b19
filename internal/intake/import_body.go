package intake

import (
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

func (t *table) readBody() {
	hidden := t.askHidden()
	for i := t.body; i < len(t.grid.Rows); i++ {
		row := t.grid.Rows[i]
		if row.hidden && !hidden {
			continue
		}
		if !t.repeatsHeader(row) && t.otherHeader(row) {
			t.Left = append(t.Left, Skip{row.Number, 0, kpi.T("import_other_headings")})
			break
		}
		t.readRow(row)
	}
	t.compareAbove()
	t.findOwn()
	t.sayDittos()
}

// column returns the first column with a role; ok is false if there is none.
func (t *table) column(role ColumnRole) (c ImportColumn, ok bool) {
	for _, c := range t.Columns {
		if c.Role == role {
			return c, true
		}
	}
	return ImportColumn{}, false
}

func (t *table) readRow(row GridRow) {
	if t.repeatsHeader(row) || t.passesOver(row) {
		return
	}
	if why, column := t.ragged(row); why.Key != "" {
		t.refuseRow(row, column, why)
		return
	}
	row = t.thousands(row)
	before := len(t.Figures)
	figures, values := t.readCells(row)
	outlooks := t.readOutlooks(row)
	switch {
	case figures > 0 || outlooks > 0:
		t.Rows++
		t.compareRow(row, t.Figures[before:])
	case t.named(row) != "" && (values > 0 || len(row.Cells) > 2):
		t.Blank++
	}
}

// passesOver reports whether a row has no figures of its own, and records the reason unless it is obvious: it is in
// the log already, a total, derived from other rows, a part of the row above, or no data.
func (t *table) passesOver(row GridRow) bool {
	if remark, column := t.remark(row); strings.HasPrefix(remark, ImportedMark) ||
		strings.HasPrefix(remark, importedMarkEn) {
		t.Left = append(t.Left, Skip{row.Number, column, kpi.T("import_row_done")})
		return true
	}
	if t.leavesBook(row) {
		return true
	}
	if word, ok := t.totalWord(row); ok {
		t.readTotals(row, word)
		return true
	}
	if column, ok := t.isDerived(row); ok {
		t.Left = append(t.Left, Skip{row.Number, column, kpi.T("import_row_derived", quote(row.Cell(column).Text))})
		return true
	}
	if column, ok := t.isFoot(row); ok {
		t.setAside(row, column)
		return true
	}
	if column, ok := t.isPartRow(row); ok {
		t.Left = append(t.Left, Skip{row.Number, column, kpi.T("import_row_part", quote(t.partName(row, column)))})
		return true
	}
	if column, ok := t.stray(row); ok {
		t.setAside(row, column)
		return true
	}
	return false
}

// named returns the text that names what a row is about; "" if there is none.
func (t *table) named(row GridRow) string {
	for _, role := range []ColumnRole{ColCode, ColIndicator, ColUnit} {
		if c, ok := t.column(role); ok {
			if text := t.shown(row, c.Index).Text; text != "" {
				return text
			}
		}
	}
	return ""
}

// readCells reads the values of a row. It returns the number of figures and the number of cells with a statement,
// including "no value".
func (t *table) readCells(row GridRow) (figures, values int) {
	named := t.named(row)
	for _, c := range t.Columns {
		if !c.Role.value() {
			continue
		}
		cell := t.bookValue(row, row.Cell(c.Index))
		if cell.Kind == CellEmpty {
			continue
		}
		if cell.isNoValue() {
			values++
			continue
		}
		if named == "" && cell.Kind == CellText && !hasDigit(cell.Text) {
			continue // a row of text, such as who filled in the sheet
		}
		values++
		if cell.saysNothing() {
			t.leaveNothing(row, c, cell)
			continue
		}
		if len(c.less) > 0 {
			if whole, ok := c.wholeSum(row); ok {
				figures += t.readFigure(row, whole, cell)
			} else if cell, ok := t.takeRest(row, c, cell); ok {
				figures += t.readFigure(row, c, cell)
			}
			continue
		}
		figures += t.readFigure(row, c, cell)
	}
	return figures, values
}

// saidWith returns a column of outlooks with the period in which they were made: that of the title or of the
// figures beside it. Its own heading is about the end of the year.
func (t *table) saidWith(c ImportColumn) ImportColumn {
	c.spanned, c.fiscal, c.Role = false, false, ColOutlook
	for _, o := range t.Columns {
		if !t.title.found && o.Role.value() && o.spanned && o.block == c.block &&
			!o.span.running(t.known.Year, t.known.Today) {
			c.span, c.spanned = o.span, true
		}
	}
	return c
}

// readOutlooks reads a row's outlooks for the year and returns their number. Ratios are computed from their parts.
func (t *table) readOutlooks(row GridRow) (n int) {
	for _, c := range t.Columns {
		cell := row.Cell(c.Index)
		if c.Role != ColOutlook || cell.isNoValue() {
			continue
		}
		c = t.saidWith(c)
		f := Figure{Row: row.Number, Column: c.Index, at: map[string]int{}}
		t.readIndicator(&f, row, c)
		if !t.readUnit(&f, row, c) || !t.readDate(&f, row, c) {
			continue
		}
		switch {
		case f.Indicator.Kind == kpi.Ratio:
			t.Left = append(t.Left, Skip{row.Number, c.Index, kpi.T("import_ratio_computed", f.Indicator.Name)})
		case f.Indicator.Code != "" && f.Indicator.Kind != kpi.Level:
			t.readValue(&f, row, c, cell)
			t.Outlooks = append(t.Outlooks, f)
			n++
		}
	}
	return n
}

// refuseRow refuses a row as a whole.
func (t *table) refuseRow(row GridRow, column int, why kpi.Text) {
	t.Rows++
	t.Figures = append(t.Figures, Figure{Row: row.Number, Column: column, Mistakes: []Mistake{{row.Number, column, why}}})
}

// ImportedMark begins the remark beside a row that is in the log already, in a table that came back
// for its other rows. Such a row is not read again.
const (
	ImportedMark   = "已导入"
	importedMarkEn = "Imported"
)

// remark returns what an earlier import wrote beside a row, and its column.
func (t *table) remark(row GridRow) (text string, column int) {
	for _, c := range t.Columns {
		if name := plainName(c.Heading); name == "错误原因" || name == "errors" {
			return row.Cell(c.Index).Text, c.Index
		}
	}
	return "", 0
}

func hasDigit(s string) bool {
	return strings.ContainsAny(width.Fold.String(s), "0123456789一二三四五六七八九十百千万两")
}

// repeatsHeader reports whether a row repeats the headings, as on every printed page.
func (t *table) repeatsHeader(row GridRow) bool {
	for _, head := range t.grid.Rows[t.head:t.body] {
		same, other := 0, 0
		for _, c := range t.Columns {
			cell := row.Cell(c.Index)
			switch {
			case cell.Kind == CellEmpty:
			case cell.Text == t.shown(head, c.Index).Text:
				same++
			default:
				other++
			}
		}
		if same >= 2 && other == 0 {
			return true
		}
	}
	return false
}

// otherHeader reports whether a row is the heading of another table: at least three column headings, one of them of
// figures, and nothing else.
func (t *table) otherHeader(row GridRow) bool {
	words, values := 0, 0
	for _, c := range row.Cells {
		switch c.Kind {
		case CellEmpty:
		case CellText:
			words++
		default:
			return false
		}
	}
	if words < 3 {
		return false
	}
	for _, c := range row.Cells {
		if c.Kind == CellEmpty {
			continue
		}
		role, ok := t.roles[c.Text]
		if !ok {
			role = roleOfHeading(c.Text)
			if len(t.roles) < maxGridRows {
				t.roles[c.Text] = role
			}
		}
		if role == "" {
			return false
		}
		if role.value() || role == colDone {
			values++
		}
	}
	return values > 0
}

// isNoValue reports whether the cell says that there is no value.
func (c Cell) isNoValue() bool {
	return c.Kind == CellEmpty || c.Kind == CellText && SaysNoValue(c.Text)
}
