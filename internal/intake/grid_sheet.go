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

// sheet reads one sheet. Cells without a reference follow the one before; rows may come in any
// order but none twice.
func (b *xlsxBook) sheet(part string) (Grid, error) {
	g := gridBuilder{cells: &b.cells}
	row, last := 0, 0
	var cells []Cell
	var c xlsxCell
	seenSheet, seenData, phonetic := false, false, false
	err := b.walk(part, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "worksheet":
			seenSheet = true
		case "sheetData":
			seenData = true
		case "row":
			row++
			if r := attr(e, "r"); r != "" {
				n, err := strconv.Atoi(r)
				if err != nil || n < 1 || n > 1<<20 {
					return errDamaged
				}
				row = n
			}
			cells, last = cells[:0], -1
		case "c":
			c = xlsxCell{column: last + 1, typ: attr(e, "t")}
			if r := attr(e, "r"); r != "" {
				at, line, ok := cellReference(r)
				if !ok || line != row {
					return errDamaged
				}
				c.column = at
			}
			c.style, _ = strconv.Atoi(attr(e, "s"))
			last = c.column
		case "f":
			c.formula = true
		case "rPh":
			phonetic = true
		case "mergeCell":
			return g.merge(attr(e, "ref"))
		}
		return nil
	}, func(name, text string) error {
		switch name {
		case "v":
			c.value, c.any = text, true
		case "t":
			if !phonetic && c.inline.Len() < 4*maxCellText {
				c.inline.WriteString(text)
				c.any = true
			}
		case "rPh":
			phonetic = false
		case "c":
			cell, err := b.cell(&c)
			if err != nil || cell.Kind == CellEmpty {
				return err
			}
			if c.column >= maxGridColumns {
				return kpi.Refuse(kpi.Invalid, "import_columns", maxGridColumns)
			}
			for len(cells) <= c.column {
				cells = append(cells, Cell{})
			}
			if cells[c.column].Kind != CellEmpty {
				return errDamaged // one place, two values
			}
			cells[c.column] = cell
		case "row":
			if len(cells) == 0 {
				return nil
			}
			if n := len(g.grid.Rows); n > 0 && g.grid.Rows[n-1].Number >= row {
				return errDamaged
			}
			return g.add(row, append([]Cell(nil), cells...))
		}
		return nil
	})
	if err == nil && (!seenSheet || !seenData) {
		err = errDamaged
	}
	return g.grid, err
}

// cell is what a cell shows.
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
		return textCell(b.strings[n]), nil
	case "str":
		return textCell(c.value), nil
	case "inlineStr":
		return textCell(c.inline.String()), nil
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
	format := formatPlain
	if c.style >= 0 && c.style < len(b.formats) {
		format = b.formats[c.style]
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
	return Cell{text, CellNumber}, nil
}

// merge notes merged cells; what lies outside the columns read here does not matter.
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

// cellReference takes AB12 apart: the column from 0, the row from 1.
func cellReference(s string) (column, row int, ok bool) {
	s = strings.ReplaceAll(s, "$", "")
	i := 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		column = column*26 + int(s[i]-'A') + 1
	}
	row, err := strconv.Atoi(s[i:])
	return column - 1, row, err == nil && i > 0 && column <= 1<<14 && row >= 1 && row <= 1<<20
}
