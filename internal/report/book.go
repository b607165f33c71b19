package report

import (
	"io"

	"dabiao/internal/paper"
)

// WriteXlsx writes a paper as a workbook. The whole report is every table, a list of all indicators
// with real numbers, and the targets as native charts; the bulletin has its charts too. The same
// input gives the same bytes. Text stays text: a name that begins with = is no formula. It returns
// the writer's errors, or NotFound form_unknown.
func WriteXlsx(w io.Writer, in Input, f Paper) error {
	d, err := BuildPaper(in, f)
	if err != nil {
		return err
	}
	b := NewDraft(in)
	book := &yearBook{b, paper.NewWorkbook(d)}
	defer book.Close()
	if f == WholeReport {
		book.whole()
	} else {
		book.Annex(d.Annexes[0])
	}
	if f == WholeReport || f == Bulletin {
		book.chartSheet()
	}
	return book.Write(w)
}

// whole writes all tables and the list of indicators; the self-evaluation comes first.
func (w *yearBook) whole() {
	for _, which := range Papers {
		number := 0
		for i, annex := range w.annexes() {
			if annex == which {
				number = i + 1
			}
		}
		if a := w.annex(which, number); a.HasTables() {
			w.Annex(a)
		}
	}
	w.indicatorSheet()
}

// yearBook writes a year's workbook.
type yearBook struct {
	*Draft
	*paper.Workbook
}
