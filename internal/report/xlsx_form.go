package report

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
)

// formSheet is an annex as it stands in the Word file, cell for cell, ready to be printed or
// copied into another program.
func (w *workbook) formSheet(a Annex) {
	sheet := w.sheet("report.book.form")
	columns := len(w.formWidths())
	w.columns(sheet, scaled(w.formWidths(), 142))
	w.text(sheet, 1, 1, a.Mark, look{size: 12, bold: true, left: true})
	w.merge(sheet, 1, 1, columns, 1)
	w.title(sheet, a.Title, 2, columns, titleLook, 30)
	subtitle := a.Subtitle
	if w.Board.Year.Sample {
		subtitle += " " + w.p.T("report.sample")
	}
	w.title(sheet, subtitle, 3, columns, look{size: 12}, 20)
	row, head := 4, 0
	for _, block := range a.Blocks {
		switch {
		case block.Table != nil:
			if block.Table.Head > 0 && head == 0 {
				head = row
			}
			w.table(sheet, *block.Table, row)
			row += len(block.Table.Rows)
		case block.Paragraph != nil:
			w.title(sheet, block.Paragraph.Text(), row, columns, noteLook, 16)
			row++
		}
	}
	w.paper(sheet, head)
	lines := false
	w.try(w.f.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &lines}))
}

// table writes a table with its merged cells; row is where it begins.
func (w *workbook) table(sheet string, t Table, row int) {
	widths := scaled(t.Widths, 142)
	heights := make([]int, len(t.Rows))
	for _, c := range t.Place() {
		l := plainLook
		switch {
		case c.Label:
			l = headLook
		case c.Align == Left:
			l = leftLook
		}
		l.top = c.Rows > 12 // what spans pages shows its text on the first
		column, line := c.Column+1, row+c.Row
		w.format(sheet, column, line, column+c.Columns-1, line+c.Rows-1, l)
		w.formCell(sheet, column, line, c.Cell, l)
		w.merge(sheet, column, line, column+c.Columns-1, line+c.Rows-1)
		if c.Rows == 1 {
			heights[c.Row] = max(heights[c.Row], lines(c.Text(), sum(widths[c.Column:c.Column+c.Columns])))
		}
	}
	for i, n := range heights {
		w.try(w.f.SetRowHeight(sheet, row+i, float64(max(n, 1)*14+4)))
	}
}

// formCell writes a number where the cell is nothing else, text otherwise.
func (w *workbook) formCell(sheet string, column, row int, c Cell, l look) {
	name := at(column, row)
	if c.Number || len(c.Runs) == 1 && c.Runs[0].Ref != nil && c.Runs[0].Ref.Indicator == "" {
		if number, format, ok := asNumber(c.Text()); ok {
			l.format = format
			w.format(sheet, column, row, column, row, l)
			w.try(w.f.SetCellValue(sheet, name, number))
			return
		}
	}
	w.try(w.f.SetCellStr(sheet, name, visible(c.Text())))
}

// asNumber reads a printed number back: 153.98, 1,539.80, 100.00%.
func asNumber(s string) (number float64, format string, ok bool) {
	digits, percent := strings.CutSuffix(strings.ReplaceAll(s, ",", ""), "%")
	a, err := kpi.ParseAmount(digits)
	if err != nil {
		return 0, "", false
	}
	if percent {
		return float(a.Times(1, 100)), percentFormat, true
	}
	_, decimals, _ := strings.Cut(digits, ".")
	return float(a), decimalFormat(len(decimals)), true
}

// float is the nearest number a spreadsheet can hold.
func float(a kpi.Amount) float64 {
	x, err := strconv.ParseFloat(a.String(), 64)
	if err != nil {
		panic(err) // an Amount prints as a decimal
	}
	return x
}

// lines guesses how many lines text takes in a column of so many characters; a Chinese character
// is two wide.
func lines(s string, width int) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2E80 {
			n++
		}
	}
	return (n + max(width-1, 1) - 1) / max(width-1, 1)
}

func (w *workbook) columns(sheet string, widths []int) {
	for i, width := range widths {
		name := columnName(i + 1)
		w.try(w.f.SetColWidth(sheet, name, name, float64(width)))
	}
}
