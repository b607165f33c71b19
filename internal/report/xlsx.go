package report

import (
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// WriteXlsx writes a paper as a workbook. The whole report is every form, a list of all indicators
// with real numbers, and the targets as native charts; the bulletin brings its charts too. The same
// input gives the same bytes. Text stays text: a name that begins with = is no formula. An error is
// the writer's, or NotFound form_unknown.
func WriteXlsx(w io.Writer, in Input, f Form) error {
	d, err := BuildForm(in, f)
	if err != nil {
		return err
	}
	book := &workbook{builder: newBuilder(in), f: excelize.NewFile(), styles: map[look]int{}}
	defer book.f.Close()
	book.properties(d.Title)
	if f == WholeReport {
		book.whole()
	} else {
		book.formSheet(d.Annexes[0])
	}
	if f == WholeReport || f == Bulletin {
		book.chartSheet()
	}
	book.f.SetActiveSheet(0)
	return book.write(w)
}

// write writes the file, the same bytes for the same sheets, or tells what went wrong on the way.
func (w *workbook) write(to io.Writer) error {
	var file bytes.Buffer
	if w.err == nil {
		_, w.err = w.f.WriteTo(&file)
	}
	if w.err != nil {
		return fmt.Errorf("workbook of %d: %w", w.Board.Year.Year, w.err)
	}
	return repack(to, file.Bytes())
}

// whole writes all forms and the list of indicators; the self-evaluation comes first.
func (w *workbook) whole() {
	for _, form := range Forms {
		number := 0
		for i, annex := range w.annexes() {
			if annex == form {
				number = i + 1
			}
		}
		if a := w.annex(form, number); a.tables() {
			w.formSheet(a)
		}
	}
	w.indicatorSheet()
}

// workbook is a file being written; err is the first thing that went wrong.
type workbook struct {
	*builder
	f      *excelize.File
	styles map[look]int
	err    error
}

func (w *workbook) try(err error) {
	if w.err == nil {
		w.err = err
	}
}

// sheet adds a sheet; the first takes the place of the empty one of a new file.
func (w *workbook) sheet(key string) string {
	name := w.p.T(key)
	if len(w.f.GetSheetList()) == 1 && w.f.GetSheetName(0) == "Sheet1" {
		w.try(w.f.SetSheetName("Sheet1", name))
		return name
	}
	_, err := w.f.NewSheet(name)
	w.try(err)
	return name
}

// at names a cell; both counts begin at 1.
func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // columns and rows are the program's own counts
	}
	return name
}

func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err)
	}
	return name
}

func (w *workbook) text(sheet string, column, row int, s string, l look) {
	w.try(w.f.SetCellStr(sheet, at(column, row), visible(s)))
	w.format(sheet, column, row, column, row, l)
}

func (w *workbook) format(sheet string, c1, r1, c2, r2 int, l look) {
	w.try(w.f.SetCellStyle(sheet, at(c1, r1), at(c2, r2), w.style(l)))
}

func (w *workbook) merge(sheet string, c1, r1, c2, r2 int) {
	if c1 != c2 || r1 != r2 {
		w.try(w.f.MergeCell(sheet, at(c1, r1), at(c2, r2)))
	}
}

// title is a merged line over the sheet's first columns.
func (w *workbook) title(sheet, s string, row, columns int, l look, height float64) {
	w.text(sheet, 1, row, s, l)
	w.merge(sheet, 1, row, columns, row)
	w.try(w.f.SetRowHeight(sheet, row, height))
}

// properties are the file's own data. The moment is the document's day, so that the same year is
// the same file.
func (w *workbook) properties(title string) {
	day := fileDate(w.Dated, w.Board.Year.Year) + "T00:00:00Z"
	w.try(w.f.SetDocProps(&excelize.DocProperties{
		Title:    title,
		Creator:  w.office(),
		Language: string(w.p.Tag()),
		Created:  day,
		Modified: day,
	}))
}

// visible drops what XML cannot carry, as the Word writer does.
func visible(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if carried(r) {
			out = append(out, r)
		}
	}
	return string(out)
}
