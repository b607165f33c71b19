package report

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// indicatorColumns are the columns of the list: the catalogue key of the head, and the width in characters.
var indicatorColumns = []struct {
	key   string
	width int
}{
	{"report.book.area", 13}, {"report.book.code", 24}, {"report.book.name", 32}, {"report.book.kind", 13},
	{"report.book.measure", 12}, {"report.book.target", 12}, {"report.book.achievement", 14},
	{"report.book.completion", 11},
	{"report.book.expected", 12}, {"report.book.pace", 10}, {"report.book.light", 10}, {"report.book.as_of", 12},
	{"report.book.last_update", 12}, {"report.book.deviation", 22},
}

const listHead = 2 // the row of the heads

// indicatorSheet lists every indicator: numbers as numbers, approximate figures as written, and absent ones
// as an empty cell or the word for the reason.
func (w *yearBook) indicatorSheet() {
	sheet := w.Sheet("report.book.indicators")
	columns := len(indicatorColumns)
	title := w.p.T("report.book.indicators.title", w.office(), int(w.Board.Year.Year), w.p.AsOf(w.Board.AsOf))
	if w.Board.Year.Sample {
		title += " " + w.p.T("report.sample")
	}
	w.Title(sheet, title, 1, columns, paper.CellStyle{Size: 14, Bold: true}, 26)
	var widths []int
	for i, c := range indicatorColumns {
		w.Text(sheet, i+1, listHead, w.p.T(c.key), paper.HeadStyle)
		widths = append(widths, c.width)
	}
	w.Columns(sheet, widths)
	w.Height(sheet, listHead, 32)
	row := listHead
	for _, a := range w.Board.Areas {
		for _, f := range a.Figures {
			row++
			w.indicatorRow(sheet, row, w.areaName(a.Area), f)
		}
	}
	w.Try(w.File().AutoFilter(sheet, paper.CellName(1, listHead)+":"+paper.CellName(columns, max(row, listHead+1)), nil))
	w.Try(w.File().SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: listHead,
		TopLeftCell: paper.CellName(4, listHead+1), ActivePane: "bottomRight"}))
	w.Page(sheet, paper.Repeat{From: listHead, Rows: 1})
}

func (w *yearBook) indicatorRow(sheet string, row int, area string, f progress.Figure) {
	w.Text(sheet, 1, row, area, paper.LeftStyle)
	w.Text(sheet, 2, row, f.Indicator.Code, paper.LeftStyle)
	w.Text(sheet, 3, row, w.name(f), paper.LeftStyle)
	w.Text(sheet, 4, row, w.p.Kind(f.Indicator), paper.PlainStyle)
	w.Text(sheet, 5, row, w.p.Measure(f.Indicator.Measure), paper.PlainStyle)
	w.targetCell(sheet, row, f)
	w.achievementCell(sheet, row, f)
	w.rate(sheet, 8, row, f.Rate())
	if f.Expected.Ok() {
		w.limited(sheet, 9, row, f, f.Expected.Value)
	} else {
		w.Text(sheet, 9, row, "", paper.PlainStyle)
	}
	w.rate(sheet, 10, row, f.Pace)
	w.Text(sheet, 11, row, w.p.T("light."+f.Standing()), paper.PlainStyle)
	w.date(sheet, 12, row, f.AsOf.Date())
	w.date(sheet, 13, row, f.LastUpdate)
	said := ""
	if d := f.Deviation(); d.Ok() {
		said = w.p.Deviation(f.Indicator, f.Target.Sign, d.Value.By, d.Value.Bound)
	}
	if revised := w.p.Revised(f.Indicator, f.Target, f.Revised); revised != "" {
		said = strings.TrimPrefix(said+w.p.T("summary.semicolon")+revised, w.p.T("summary.semicolon"))
	}
	w.Text(sheet, 14, row, said, paper.PlainStyle)
	tallest := 1
	for i, s := range []string{area, f.Indicator.Code, w.name(f)} {
		tallest = max(tallest, paper.Lines(s, indicatorColumns[i].width))
	}
	w.Height(sheet, row, float64(14*tallest+4))
}

func (w *yearBook) targetCell(sheet string, row int, f progress.Figure) {
	if a := f.TargetAmount(); a.Ok() {
		w.limited(sheet, 6, row, f, a.Value)
		return
	}
	target, _ := w.Target(f, true)
	w.Text(sheet, 6, row, target.Text, paper.PlainStyle)
}

func (w *yearBook) achievementCell(sheet string, row int, f progress.Figure) {
	q := f.Achievement.Value
	if f.Achievement.Ok() && q.Precision == kpi.Exact && q.Of == kpi.AddUnits && f.Indicator.Kind != kpi.Level {
		w.amount(sheet, 7, row, f.Indicator, q.Amount)
		return
	}
	w.Text(sheet, 7, row, w.Achieved(f), paper.CellStyle{Border: true, Right: true})
}

// limited writes what is due, as a number; in front of a limit stands its sign, which is part of the format only.
func (w *yearBook) limited(sheet string, column, row int, f progress.Figure, a kpi.Amount) {
	w.amount(sheet, column, row, f.Indicator, a)
	if !f.Target.Sign.Ceiling() {
		return
	}
	format := paper.DecimalFormat(f.Indicator.Shown(a))
	if f.Indicator.Measure == kpi.PercentSign {
		format += "%"
	}
	w.Format(sheet, column, row, column, row, paper.CellStyle{Border: true, Right: true,
		Format: `"` + sign(f.Target.Sign) + `"` + format})
}

// amount writes a number of an indicator, formatted as a percentage if its measure is %.
func (w *yearBook) amount(sheet string, column, row int, ind kpi.Indicator, a kpi.Amount) {
	number, format := paper.Float(a), paper.DecimalFormat(ind.Shown(a))
	if ind.Measure == kpi.PercentSign {
		number, format = paper.Float(a.Times(1, 100)), format+"%"
	}
	w.Try(w.File().SetCellValue(sheet, paper.CellName(column, row), number))
	w.Format(sheet, column, row, column, row, paper.CellStyle{Border: true, Right: true, Format: format})
}

func (w *yearBook) rate(sheet string, column, row int, r progress.Opt[kpi.Percent]) {
	if !r.Ok() {
		w.Text(sheet, column, row, "", paper.PlainStyle)
		return
	}
	w.Try(w.File().SetCellValue(sheet, paper.CellName(column, row), paper.Float(kpi.Amount(r.Value)*(kpi.One/10_000))))
	w.Format(sheet, column, row, column, row, paper.CellStyle{Border: true, Right: true, Format: paper.PercentFormat})
}

func (w *yearBook) date(sheet string, column, row int, d kpi.Date) {
	if d == "" {
		w.Text(sheet, column, row, "", paper.PlainStyle)
		return
	}
	w.Try(w.File().SetCellValue(sheet, paper.CellName(column, row), d.Time()))
	w.Format(sheet, column, row, column, row, paper.CellStyle{Border: true, Format: "yyyy-mm-dd"})
}
