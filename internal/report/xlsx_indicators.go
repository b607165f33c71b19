package report

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// indicatorColumns are the list's columns: the catalogue's key of the head, and the width.
var indicatorColumns = []struct {
	key   string
	width int
}{
	{"report.book.area", 13}, {"report.book.code", 24}, {"report.book.name", 32}, {"report.book.kind", 13},
	{"report.book.measure", 12}, {"report.book.target", 12}, {"report.book.achievement", 14}, {"report.book.completion", 11},
	{"report.book.expected", 12}, {"report.book.pace", 10}, {"report.book.light", 10}, {"report.book.as_of", 12},
	{"report.book.last_update", 12},
}

const listHead = 2 // the row of the heads

// indicatorSheet lists every indicator: numbers as numbers, approximate figures as written, and
// what is absent as an empty cell or the word for it.
func (w *workbook) indicatorSheet() {
	sheet := w.sheet("report.book.indicators")
	columns := len(indicatorColumns)
	title := w.p.T("report.book.indicators.title", w.office(), int(w.Board.Year.Year), w.p.AsOf(w.Board.AsOf))
	if w.Board.Year.Sample {
		title += " " + w.p.T("report.sample")
	}
	w.title(sheet, title, 1, columns, look{size: 14, bold: true}, 26)
	var widths []int
	for i, c := range indicatorColumns {
		w.text(sheet, i+1, listHead, w.p.T(c.key), headLook)
		widths = append(widths, c.width)
	}
	w.columns(sheet, widths)
	w.try(w.f.SetRowHeight(sheet, listHead, 32))
	row := listHead
	for _, a := range w.Board.Areas {
		for _, f := range a.Figures {
			row++
			w.indicatorRow(sheet, row, w.areaName(a.Area), f)
		}
	}
	w.try(w.f.AutoFilter(sheet, at(1, listHead)+":"+at(columns, max(row, listHead+1)), nil))
	w.try(w.f.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: listHead,
		TopLeftCell: at(4, listHead+1), ActivePane: "bottomRight"}))
	w.paper(sheet, repeat{listHead, 1})
}

func (w *workbook) indicatorRow(sheet string, row int, area string, f progress.Figure) {
	w.text(sheet, 1, row, area, leftLook)
	w.text(sheet, 2, row, f.Indicator.Code, leftLook)
	w.text(sheet, 3, row, w.name(f), leftLook)
	w.text(sheet, 4, row, w.p.T("kind."+string(f.Indicator.Kind)), plainLook)
	w.text(sheet, 5, row, w.p.Measure(f.Indicator.Measure), plainLook)
	w.targetCell(sheet, row, f)
	w.achievementCell(sheet, row, f)
	w.rate(sheet, 8, row, f.Completion)
	if f.Expected.Ok() {
		w.amount(sheet, 9, row, f.Indicator, f.Expected.Value)
	} else {
		w.text(sheet, 9, row, "", plainLook)
	}
	w.rate(sheet, 10, row, f.Pace)
	w.text(sheet, 11, row, w.p.T("light."+string(f.Light)), plainLook)
	w.date(sheet, 12, row, f.AsOf.Date())
	w.date(sheet, 13, row, f.LastUpdate)
	tallest := 1
	for i, s := range []string{area, f.Indicator.Code, w.name(f)} {
		tallest = max(tallest, lines(s, indicatorColumns[i].width))
	}
	w.try(w.f.SetRowHeight(sheet, row, float64(14*tallest+4)))
}

func (w *workbook) targetCell(sheet string, row int, f progress.Figure) {
	if a := f.TargetAmount(); a.Ok() {
		w.amount(sheet, 6, row, f.Indicator, a.Value)
		return
	}
	target, _ := w.target(f, true)
	w.text(sheet, 6, row, target.Text, plainLook)
}

func (w *workbook) achievementCell(sheet string, row int, f progress.Figure) {
	q := f.Achievement.Value
	if f.Achievement.Ok() && q.Precision == kpi.Exact && q.Of == kpi.AddUnits && f.Indicator.Kind != kpi.Level {
		w.amount(sheet, 7, row, f.Indicator, q.Amount)
		return
	}
	w.text(sheet, 7, row, w.achievedText(f), look{border: true, right: true})
}

// amount writes a number of an indicator; percentages as percentages.
func (w *workbook) amount(sheet string, column, row int, ind kpi.Indicator, a kpi.Amount) {
	number, format := float(a), decimalFormat(ind.Decimals)
	if ind.Measure == kpi.PercentSign {
		number, format = float(a.Times(1, 100)), decimalFormat(ind.Decimals)+"%"
	}
	w.try(w.f.SetCellValue(sheet, at(column, row), number))
	w.format(sheet, column, row, column, row, look{border: true, right: true, format: format})
}

func (w *workbook) rate(sheet string, column, row int, r progress.Opt[kpi.Percent]) {
	if !r.Ok() {
		w.text(sheet, column, row, "", plainLook)
		return
	}
	w.try(w.f.SetCellValue(sheet, at(column, row), float(kpi.Amount(r.Value)*(kpi.One/10_000))))
	w.format(sheet, column, row, column, row, look{border: true, right: true, format: percentFormat})
}

func (w *workbook) date(sheet string, column, row int, d kpi.Date) {
	if d == "" {
		w.text(sheet, column, row, "", plainLook)
		return
	}
	w.try(w.f.SetCellValue(sheet, at(column, row), d.Time()))
	w.format(sheet, column, row, column, row, look{border: true, format: "yyyy-mm-dd"})
}

func itoa(n int) string { return strconv.Itoa(n) }
