package paper

import (
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Workbook writes a file of sheets. Write returns the first error of any call.
type Workbook struct {
	f       *excelize.File
	about   Document // for its year, date, office, language and notice
	printer lang.Printer
	styles  map[CellStyle]int
	err     error
}

// NewWorkbook returns a workbook for a document. The caller must call Close.
func NewWorkbook(about Document) *Workbook {
	w := &Workbook{f: excelize.NewFile(), about: about, printer: lang.For(about.Language), styles: map[CellStyle]int{}}
	w.properties()
	return w
}

// Close releases the file.
func (w *Workbook) Close() error { return w.f.Close() }

// File returns the library's file, for what Workbook has no method for.
func (w *Workbook) File() *excelize.File { return w.f }

// Write writes the file, with the same bytes for the same sheets, or returns the first error.
func (w *Workbook) Write(to io.Writer) error {
	w.f.SetActiveSheet(0)
	var file bytes.Buffer
	if w.err == nil {
		_, w.err = w.f.WriteTo(&file)
	}
	if w.err != nil {
		return fmt.Errorf("workbook of %d: %w", w.about.Year, w.err)
	}
	return repack(to, file.Bytes())
}

// Try records the first error for Write to return.
func (w *Workbook) Try(err error) {
	if w.err == nil {
		w.err = err
	}
}

// Sheet adds a sheet. The first one replaces the empty sheet of a new file.
func (w *Workbook) Sheet(key string) string {
	fresh := len(w.f.GetSheetList()) == 1 && w.f.GetSheetName(0) == "Sheet1"
	taken := w.f.GetSheetList()
	if fresh {
		taken = nil
	}
	name := sheetName(w.printer.T(key), taken)
	if fresh {
		w.Try(w.f.SetSheetName("Sheet1", name))
		return name
	}
	_, err := w.f.NewSheet(name)
	w.Try(err)
	return name
}

// CellName returns a cell's reference, such as B3. Both arguments count from 1.
func CellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // the program's own numbers are valid
	}
	return name
}

// ColumnName returns the letters of a column, counted from 1.
func ColumnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err)
	}
	return name
}

// Text writes a cell of text, which is never a formula. Columns and rows count from 1. What is longer than Excel's
// cells take ends with a remark that says so.
func (w *Workbook) Text(sheet string, column, row int, s string, l CellStyle) {
	w.text(sheet, CellName(column, row), s)
	w.Format(sheet, column, row, column, row, l)
}

func (w *Workbook) text(sheet, cell, s string) {
	w.Try(w.f.SetCellStr(sheet, cell, CellText(s, w.printer.T("report.book.cell_full"))))
}

// Format sets the style of the cells from one corner to the other.
func (w *Workbook) Format(sheet string, c1, r1, c2, r2 int, l CellStyle) {
	w.Try(w.f.SetCellStyle(sheet, CellName(c1, r1), CellName(c2, r2), w.style(l)))
}

// Merge merges the cells from one corner to the other. It does nothing to a single cell.
func (w *Workbook) Merge(sheet string, c1, r1, c2, r2 int) {
	if c1 != c2 || r1 != r2 {
		w.Try(w.f.MergeCell(sheet, CellName(c1, r1), CellName(c2, r2)))
	}
}

// Title writes a merged row over the sheet's first columns.
func (w *Workbook) Title(sheet, s string, row, columns int, l CellStyle, height float64) {
	w.Text(sheet, 1, row, s, l)
	w.Merge(sheet, 1, row, columns, row)
	w.Height(sheet, row, height)
}

// Height sets a row's height in points, limited to Excel's maximum; a longer text is complete in its
// cell and can be scrolled.
func (w *Workbook) Height(sheet string, row int, points float64) {
	w.Try(w.f.SetRowHeight(sheet, row, min(points, excelize.MaxRowHeight)))
}

// properties sets the file's properties. The time is the document's day, so that the same year gives
// the same file.
func (w *Workbook) properties() {
	day := moment(w.about)
	w.Try(w.f.SetDocProps(&excelize.DocProperties{
		Title:    w.about.Title,
		Creator:  w.about.Author,
		Language: string(w.about.Language),
		Created:  day,
		Modified: day,
	}))
}

// Visible drops characters that XML cannot represent, as the Word writer does, and shows those that turn text around.
func Visible(s string) string {
	s = kpi.ShowHidden(s)
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if carried(r) {
			out = append(out, r)
		}
	}
	return string(out)
}
