package paper

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
)

// sheetWidth is the width of the columns of an annex together, in characters.
const sheetWidth = 142

// Annex writes an annex as it is in the Word file, cell for cell, to be printed or copied into another
// program.
func (w *Workbook) Annex(a Annex) {
	sheet := w.Sheet("report.book." + a.Key)
	widths := a.Widths()
	columns := len(widths)
	w.Columns(sheet, scaled(widths, sheetWidth))
	row := 1
	if a.Mark != "" {
		w.Title(sheet, a.Mark, row, columns, CellStyle{Size: 12, Bold: true, Left: true}, 18)
		row++
	}
	w.Title(sheet, a.Title, row, columns, titleStyle, 30)
	subtitle := a.Subtitle
	if w.about.Sample {
		subtitle += " " + w.about.Notice
	}
	w.Title(sheet, subtitle, row+1, columns, CellStyle{Size: 12}, 20)
	w.Page(sheet, w.annexBlocks(sheet, a.Blocks, row+2, columns))
	gridLines := false
	w.Try(w.f.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &gridLines}))
}

// annexBlocks writes the blocks of an annex from row on and returns the rows that are repeated on every
// page; there are none if several papers follow each other.
func (w *Workbook) annexBlocks(sheet string, blocks []Block, row, columns int) (head Repeat) {
	several, breaks := false, 0
	for _, block := range blocks {
		switch {
		case block.Table != nil:
			if block.Table.NewPage {
				row, several = row+1, true
				if breaks++; breaks <= maxPageBreaks { // beyond, a paper follows the one before on its page
					w.Try(w.f.InsertPageBreak(sheet, CellName(1, row)))
				}
			}
			if block.Table.Head > 0 && head.Rows == 0 {
				head = Repeat{row, block.Table.Head}
			}
			w.table(sheet, *block.Table, row)
			row += len(block.Table.Rows)
		case block.Paragraph != nil:
			w.Title(sheet, block.Paragraph.Text(), row, columns, NoteStyle, 16)
			row++
		}
	}
	if several {
		return Repeat{}
	}
	return head
}

// Widths returns the column widths shared by all tables of an annex.
func (a Annex) Widths() []int {
	for _, b := range a.Blocks {
		if b.Table != nil {
			return b.Table.Widths
		}
	}
	return []int{1}
}

// table writes a table with its merged cells from row on.
func (w *Workbook) table(sheet string, t Table, row int) {
	widths := scaled(t.Widths, sheetWidth)
	heights := make([]int, len(t.Rows))
	for _, c := range t.Place() {
		l := PlainStyle
		if c.Label {
			l = HeadStyle
		}
		l.Left, l.Right = c.Align == Left, c.Align == Right
		l.top = c.Rows > 12 // a cell that spans pages shows its text on the first
		column, at := c.Column+1, row+c.Row
		w.Format(sheet, column, at, column+c.Columns-1, at+c.Rows-1, l)
		w.annexCell(sheet, Place{at, column}, c, row, l)
		w.Merge(sheet, column, at, column+c.Columns-1, at+c.Rows-1)
		if c.Rows == 1 {
			heights[c.Row] = max(heights[c.Row], Lines(c.Text(), sum(widths[c.Column:c.Column+c.Columns])))
		}
	}
	for i, n := range heights {
		w.Height(sheet, row+i, float64(max(n, 1)*14+4))
	}
}

// annexCell writes a number, with its formula if it has one, if the cell is only a number, and text
// otherwise. row is the first row of the table.
func (w *Workbook) annexCell(sheet string, p Place, c Placed, row int, l CellStyle) {
	name := CellName(p.Column, p.Row)
	if c.Value == nil {
		w.text(sheet, name, c.Text())
		return
	}
	number := Float(c.Value.Amount)
	l.Format = DecimalFormat(c.Value.Decimals)
	if c.Value.Percent {
		number, l.Format = Float(c.Value.Amount.Times(1, 100)), PercentFormat
	}
	w.Format(sheet, p.Column, p.Row, p.Column, p.Row, l)
	w.Try(w.f.SetCellValue(sheet, name, number))
	if c.Calc == nil {
		return
	}
	if formula := c.Calc.formula(row); strings.Count(formula, ",") < maxSumRanges { // else the number stands alone
		w.Try(w.f.SetCellFormula(sheet, name, formula))
	}
}

// formula returns the calculation as a spreadsheet formula, for a table that begins at row.
func (c Calc) formula(row int) string {
	var names []string
	for _, p := range c.Of {
		names = append(names, CellName(p.Column+1, p.Row+row))
	}
	if c.Kind == CalcRate {
		return "ROUND(" + names[0] + "/" + names[1] + ",4)"
	}
	return "SUM(" + spans(c.Of, row) + ")"
}

// spans lists cells for a sum, with adjacent cells of a column as a range.
func spans(of []Place, row int) string {
	var out []string
	for i := 0; i < len(of); {
		j := i
		for j+1 < len(of) && of[j+1] == (Place{of[j].Row + 1, of[j].Column}) {
			j++
		}
		name := CellName(of[i].Column+1, of[i].Row+row)
		if j > i {
			name += ":" + CellName(of[j].Column+1, of[j].Row+row)
		}
		out = append(out, name)
		i = j + 1
	}
	return strings.Join(out, ",")
}

// Float returns the nearest number that a spreadsheet can store.
func Float(a kpi.Amount) float64 {
	x, err := strconv.ParseFloat(a.String(), 64)
	if err != nil {
		panic(err) // an Amount prints as a decimal
	}
	return x
}

// Lines estimates the number of lines that a text takes in a column of so many characters; a Chinese
// character is two wide.
func Lines(s string, width int) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2E80 {
			n++
		}
	}
	return (n + max(width-1, 1) - 1) / max(width-1, 1)
}

// Columns sets the widths of the first columns, in characters.
func (w *Workbook) Columns(sheet string, widths []int) {
	for i, width := range widths {
		name := ColumnName(i + 1)
		w.Try(w.f.SetColWidth(sheet, name, name, float64(width)))
	}
}
