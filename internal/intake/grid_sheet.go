package intake

import (
	"encoding/xml"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// xlsxCell is a cell being read.
type xlsxCell struct {
	column  int
	typ     string
	style   int
	formula bool
	value   string
	inline  strings.Builder
	any     bool // a value stood there
}

// sheetReader reads the elements of one sheet.
type sheetReader struct {
	book      *xlsxBook
	grid      gridBuilder
	row, last int    // the row being read; the column of the cell before, -1 for none
	cells     []Cell // of the row
	cell      xlsxCell
	hidden    bool // the row being read is
	unseen    bool // rows are hidden that do not say their height
	phonetic  bool // inside a reading aid, which is no part of the text

	seenSheet, seenData bool
}

// sheet reads one sheet. Cells without a reference follow the one before; rows may come in any
// order but none twice.
func (b *xlsxBook) sheet(part string) (Grid, error) {
	r := sheetReader{book: b, grid: gridBuilder{cells: &b.cells, text: &b.text, grid: Grid{from1904: b.from1904}}}
	err := b.walk(part, r.open, r.close)
	if err == nil && (!r.seenSheet || !r.seenData) {
		err = errDamaged
	}
	return r.grid.grid, err
}

// open handles a start tag.
func (r *sheetReader) open(e xml.StartElement) error {
	switch e.Name.Local {
	case "worksheet":
		r.seenSheet = true
	case "sheetData":
		r.seenData = true
	case "sheetFormatPr":
		r.unseen = truth(attr(e, "zeroHeight"))
	case "col":
		r.openColumns(e)
	case "row":
		r.hidden = truth(attr(e, "hidden")) || noSize(attr(e, "ht")) || r.unseen && attr(e, "ht") == ""
		return r.openRow(attr(e, "r"))
	case "c":
		return r.openCell(e)
	case "f":
		r.cell.formula = true
	case "rPh":
		r.phonetic = true
	case "mergeCell":
		return r.grid.merge(attr(e, "ref"))
	}
	return nil
}

// openColumns records hidden columns.
func (r *sheetReader) openColumns(e xml.StartElement) {
	first, _ := strconv.Atoi(attr(e, "min")) //nolint:errcheck // 0 names no column
	last, _ := strconv.Atoi(attr(e, "max"))  //nolint:errcheck // the same
	if !truth(attr(e, "hidden")) && !noSize(attr(e, "width")) {
		return
	}
	for column := max(first, 1); column <= min(last, maxGridColumns); column++ {
		if r.grid.grid.hidden == nil {
			r.grid.grid.hidden = map[int]bool{}
		}
		r.grid.grid.hidden[column-1] = true
	}
}

func truth(s string) bool { return s == "1" || s == "true" }

// noSize reports whether a height or width is stated as 0.
func noSize(s string) bool {
	size, err := strconv.ParseFloat(s, 64)
	return err == nil && size == 0
}

func (r *sheetReader) openRow(number string) error {
	r.row++
	if number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > 1<<20 {
			return errDamaged
		}
		r.row = n
	}
	r.cells, r.last = r.cells[:0], -1
	return nil
}

func (r *sheetReader) openCell(e xml.StartElement) error {
	r.cell = xlsxCell{column: r.last + 1, typ: attr(e, "t")}
	if ref := attr(e, "r"); ref != "" {
		column, line, ok := cellReference(ref)
		if !ok || line != r.row {
			return errDamaged
		}
		r.cell.column = column
	}
	r.cell.style, _ = strconv.Atoi(attr(e, "s")) //nolint:errcheck // without a style it has the first
	r.last = r.cell.column
	return nil
}

// close handles an end tag with the text before it.
func (r *sheetReader) close(name, text string) error {
	switch name {
	case "v":
		r.cell.value, r.cell.any = text, true
	case "t":
		if !r.phonetic && r.cell.inline.Len() < 4*maxCellText {
			r.cell.inline.WriteString(text)
			r.cell.any = true
		}
	case "rPh":
		r.phonetic = false
	case "c":
		return r.closeCell()
	case "row":
		return r.closeRow()
	}
	return nil
}

func (r *sheetReader) closeCell() error {
	cell, err := r.book.cell(&r.cell)
	if err != nil {
		return err
	}
	if cell.Kind == CellEmpty {
		return r.book.blank()
	}
	if r.cell.typ != "s" { // a shared one is kept once
		r.book.text += len(cell.Text)
	}
	column := r.cell.column
	if column >= maxGridColumns {
		return kpi.Refuse(kpi.Invalid, "import_columns", maxGridColumns)
	}
	for len(r.cells) <= column {
		r.cells = append(r.cells, Cell{})
	}
	if r.cells[column].Kind != CellEmpty {
		return errDamaged // one place, two values
	}
	r.cells[column] = cell
	return nil
}

func (r *sheetReader) closeRow() error {
	if len(r.cells) == 0 {
		return nil
	}
	rows := r.grid.grid.Rows
	if n := len(rows); n > 0 && rows[n-1].Number >= r.row {
		return errDamaged
	}
	before := len(rows)
	if err := r.grid.add(r.row, append([]Cell(nil), r.cells...)); err != nil {
		return err
	}
	if rows = r.grid.grid.Rows; len(rows) > before {
		rows[before].hidden = r.hidden
	}
	return nil
}

// blank counts a cell with nothing in it. Refusal: import_blanks.
func (b *xlsxBook) blank() error {
	if b.blanks++; b.blanks > maxGridBlanks {
		return kpi.Refuse(kpi.Invalid, "import_blanks", maxGridBlanks)
	}
	return nil
}

// cell returns a cell as it is shown: by its type, its style and the table of strings.
func (b *xlsxBook) cell(c *xlsxCell) (Cell, error) {
	if !c.any {
		if c.formula {
			return Cell{"=", CellBroken}, nil
		}
		return Cell{}, nil
	}
	switch c.typ {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(c.value))
		if err != nil || n < 0 || n >= len(b.strings) {
			return Cell{}, errDamaged
		}
		return b.strings[n], nil
	case "str":
		return textCell(unescape(c.value)), nil
	case "inlineStr":
		return textCell(unescape(c.inline.String())), nil
	case "b":
		return textCell(map[string]string{"1": "TRUE", "0": "FALSE"}[c.value]), nil
	case "e":
		return Cell{quote(c.value), CellBroken}, nil
	case "d":
		day, _, _ := strings.Cut(c.value, "T")
		return Cell{quote(day), CellDate}, nil
	case "", "n":
		return b.number(c)
	}
	return Cell{}, errDamaged
}

func (b *xlsxBook) number(c *xlsxCell) (Cell, error) {
	value := strings.TrimSpace(c.value)
	if value == "" {
		return Cell{}, nil
	}
	format, shown := formatPlain, shownFormat(nil)
	if c.style >= 0 && c.style < len(b.formats) {
		format, shown = b.formats[c.style], b.shown[c.style]
	}
	shift := 0
	if format == formatPercent {
		shift = 2
	}
	text, ok := storedDecimal(value, shift)
	if !ok {
		return Cell{quote(value), CellBroken}, nil
	}
	switch format {
	case formatPercent:
		return Cell{text + "%", CellPercent}, nil
	case formatDate, formatMonth:
		day, ok := serialDate(text, b.from1904)
		if !ok {
			return Cell{text, CellNumber}, nil
		}
		if format == formatMonth {
			return Cell{day.Format("2006年1月"), CellDate}, nil
		}
		return Cell{day.Format("2006-01-02"), CellDate}, nil
	}
	if seen, ok := shown.shown(text); ok && format == formatPlain {
		return textCell(seen), nil
	}
	return Cell{text, CellNumber}, nil
}

// merge records merged cells within the columns that are read.
func (b *gridBuilder) merge(ref string) error {
	from, to, _ := strings.Cut(ref, ":")
	left, top, ok := cellReference(from)
	right, bottom, okTo := cellReference(to)
	if to == "" {
		right, bottom, okTo = left, top, ok
	}
	if !ok || !okTo || right < left || bottom < top {
		return errDamaged
	}
	if left < maxGridColumns && len(b.grid.merges) < maxGridRows {
		b.grid.merges = append(b.grid.merges, gridMerge{top, left, bottom, min(right, maxGridColumns-1)})
	}
	return nil
}

// cellReference splits a reference: AB12 is column 27 (from 0), row 12 (from 1).
func cellReference(s string) (column, row int, ok bool) {
	s = strings.ReplaceAll(s, "$", "")
	i := 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		column = column*26 + int(s[i]-'A') + 1
	}
	row, err := strconv.Atoi(s[i:])
	return column - 1, row, err == nil && i > 0 && column <= 1<<14 && row >= 1 && row <= 1<<20
}
