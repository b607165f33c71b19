package report

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// chartColumns are the widths of the columns with the charts' numbers, in characters; together they are a page wide.
var chartColumns = []int{46, 12, 18, 18, 14, 14, 16}

// Columns of the sheet of charts.
const (
	chartRate = 5 + iota // the completion rate
	chartUsed            // how much of a ceiling is used
	chartDue             // what is expected by now, as a part of the target
)

// plot is one chart: the figures of an area that have a target which is a number, the worst first. Measures do not mix
// on one axis, so it shows parts of the target.
type plot struct {
	area    string
	figures []progress.Figure
}

// chartSheet draws a page-wide chart for each area, below its numbers.
func (w *yearBook) chartSheet() {
	sheet := w.Sheet("report.book.chart")
	w.Columns(sheet, chartColumns)
	row := 1
	if w.Board.Year.Sample {
		w.Title(sheet, w.p.T("report.sample"), row, len(chartColumns), paper.CellStyle{Bold: true, Left: true}, 20)
		row++
	}
	plots := w.plots()
	if len(plots) == 0 {
		w.Text(sheet, 1, row, w.p.T("report.book.chart.none"), paper.CellStyle{Left: true})
	}
	used := 0
	for _, p := range plots {
		if used += p.height(); used > chartPage && used > p.height() {
			w.Try(w.File().InsertPageBreak(sheet, paper.CellName(1, row)))
			used = p.height()
		}
		row = w.plot(sheet, row, p)
	}
	w.Page(sheet, paper.Repeat{})
}

func (w *yearBook) plots() []plot {
	sorted := w.Board.ByTarget()
	var out []plot
	for _, a := range w.Board.Areas {
		p := plot{area: w.areaName(a.Area)}
		for _, f := range sorted {
			if f.TargetAmount().Ok() && slices.ContainsFunc(a.Figures, func(of progress.Figure) bool {
				return of.Indicator.ID == f.Indicator.ID
			}) {
				p.figures = append(p.figures, f)
			}
		}
		if len(p.figures) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// plot writes a chart's numbers from row on with the chart below them, and returns the row below both.
func (w *yearBook) plot(sheet string, row int, p plot) int {
	title := w.p.T("report.book.chart.title", p.area)
	w.Text(sheet, 1, row, title, paper.CellStyle{Bold: true, Left: true, Size: 12})
	w.Merge(sheet, 1, row, len(chartColumns), row)
	for i, key := range []string{"report.book.name", "report.book.measure", "report.book.target",
		"report.book.achievement", "report.book.completion", "report.chart.of_ceiling", "report.book.expected"} {
		w.Text(sheet, i+1, row+1, w.p.T(key), paper.HeadStyle)
	}
	first := row + 2
	for i, f := range p.figures {
		w.Text(sheet, 1, first+i, w.name(f), paper.LeftStyle)
		w.Text(sheet, 2, first+i, w.p.Measure(f.Indicator.Measure), paper.PlainStyle)
		w.amount(sheet, 3, first+i, f.Indicator, f.Target.Amount)
		if f.Achievement.Ok() {
			w.amount(sheet, 4, first+i, f.Indicator, f.Achievement.Value.Amount)
			w.hedge(sheet, 4, first+i, f)
		} else {
			w.Text(sheet, 4, first+i, "", paper.PlainStyle)
		}
		w.rate(sheet, chartRate, first+i, f.Rate())
		w.rate(sheet, chartUsed, first+i, ofCeiling(&f))
		w.rate(sheet, chartDue, first+i, w.dueShare(&f))
		w.Height(sheet, first+i, float64(14*paper.Lines(w.name(f), chartColumns[0])+4))
	}
	height := p.chartHeight()
	below := first + len(p.figures) + 1
	w.Try(w.File().AddChart(sheet, paper.CellName(1, below), w.chart(sheet, title, row+1, len(p.figures), height)))
	return below + height/20 + 2
}

// hedge formats the number of an approximate figure as approximate; the bar needs a number in the cell.
func (w *yearBook) hedge(sheet string, column, row int, f progress.Figure) {
	if p := f.Achievement.Value.Precision; p != kpi.Exact {
		shown := paper.DecimalFormat(f.Indicator.Shown(f.Achievement.Value.Amount))
		format := `"` + w.p.T("quantity."+string(p), "") + `"` + shown
		w.Format(sheet, column, row, column, row, paper.CellStyle{Border: true, Right: true, Format: format})
	}
}

// chart draws a bar for each rate, and one for what is expected by now, from zero, with the worst indicator on top.
func (w *yearBook) chart(sheet, title string, head, n, height int) *excelize.Chart {
	cells := func(column int) string {
		c := "$" + paper.ColumnName(column) + "$"
		return paper.QuotedSheet(sheet) + "!" + c + strconv.Itoa(head+1) + ":" + c + strconv.Itoa(head+n)
	}
	series := func(column int, colour string) excelize.ChartSeries {
		return excelize.ChartSeries{
			Name:       paper.QuotedSheet(sheet) + "!$" + paper.ColumnName(column) + "$" + strconv.Itoa(head),
			Categories: cells(1),
			Values:     cells(column),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		}
	}
	zero, gap, over := 0.0, uint(60), 0
	asInCell := excelize.ChartNumFmt{SourceLinked: true}
	ink := excelize.Font{Color: "000000", Size: 10}
	return &excelize.Chart{
		Type: excelize.Bar,
		Series: []excelize.ChartSeries{series(chartRate, "0B5563"), series(chartUsed, "7A8792"),
			series(chartDue, "D5DADD")},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title,
			Font: &excelize.Font{Color: "000000", Size: 12, Bold: true}}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &ink},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(height)},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: asInCell},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: ink},
		YAxis:     excelize.ChartAxis{None: true, Minimum: &zero, NumFmt: asInCell},
		GapWidth:  &gap,
		Overlap:   &over,
	}
}

// Sizes in pixels: of chartColumns together, and of a printed page that is so wide.
const (
	chartWidth = 1100
	chartPage  = 720
)

// chartHeight is the height of the chart in pixels.
func (p plot) chartHeight() int { return 110 + 46*len(p.figures) }

// height is about the height of the chart and its numbers in pixels.
func (p plot) height() int { return p.chartHeight() + 26*(len(p.figures)+4) }
