package report

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// chartColumns are the widths of the columns with a chart's numbers, in characters.
var chartColumns = []int{36, 12, 14, 14, 11, 3}

// plot is one chart: the figures of an area that share a measure, because measures do not mix on
// one axis.
type plot struct {
	area    string
	measure kpi.Measure
	figures []progress.Figure
}

// chartSheet draws achievement against target, beside the numbers, for every target that is a number.
func (w *yearBook) chartSheet() {
	sheet := w.Sheet("report.book.chart")
	w.Columns(sheet, chartColumns)
	row := 1
	if w.Board.Year.Sample {
		w.Title(sheet, w.p.T("report.sample"), row, 5, paper.CellStyle{Bold: true, Left: true}, 20)
		row++
	}
	plots := w.plots()
	if len(plots) == 0 {
		w.Text(sheet, 1, row, w.p.T("report.book.chart.none"), paper.CellStyle{Left: true})
	}
	for _, p := range plots {
		row = w.plot(sheet, row, p)
	}
	w.Page(sheet, paper.Repeat{})
}

func (w *yearBook) plots() []plot {
	var out []plot
	for _, a := range w.Board.Areas {
		place := map[kpi.Measure]int{}
		for _, f := range a.Figures {
			if !f.TargetAmount().Ok() {
				continue
			}
			i, ok := place[f.Indicator.Measure]
			if !ok {
				i = len(out)
				place[f.Indicator.Measure] = i
				out = append(out, plot{area: w.areaName(a.Area), measure: f.Indicator.Measure})
			}
			out[i].figures = append(out[i].figures, f)
		}
	}
	return out
}

// plot writes a chart's numbers from row on with the chart beside them, and returns the row below both.
func (w *yearBook) plot(sheet string, row int, p plot) int {
	title := w.p.T("report.book.chart.title", p.area, w.p.Measure(p.measure))
	w.Text(sheet, 1, row, title, paper.CellStyle{Bold: true, Left: true, Size: 12})
	w.Merge(sheet, 1, row, 5, row)
	for i, key := range []string{"name", "measure", "target", "achievement", "completion"} {
		w.Text(sheet, i+1, row+1, w.p.T("report.book."+key), paper.HeadStyle)
	}
	first := row + 2
	for i, f := range p.figures {
		w.Text(sheet, 1, first+i, w.name(f), paper.LeftStyle)
		w.Text(sheet, 2, first+i, w.p.Measure(p.measure), paper.PlainStyle)
		w.amount(sheet, 3, first+i, f.Indicator, f.Target.Amount)
		if f.Achievement.Ok() {
			w.amount(sheet, 4, first+i, f.Indicator, f.Achievement.Value.Amount)
			w.hedge(sheet, 4, first+i, f)
		} else {
			w.Text(sheet, 4, first+i, "", paper.PlainStyle)
		}
		w.rate(sheet, 5, first+i, f.Rate())
		w.Try(w.File().SetRowHeight(sheet, first+i, float64(14*paper.Lines(w.name(f), chartColumns[0])+4)))
	}
	height := 150 + 56*len(p.figures)
	w.Try(w.File().AddChart(sheet, paper.CellName(7, row), w.chart(sheet, title, row+1, len(p.figures), height)))
	return row + max(len(p.figures)+3, height/20+2)
}

// hedge formats the number of an approximate figure as approximate; the bar needs a number in the cell.
func (w *yearBook) hedge(sheet string, column, row int, f progress.Figure) {
	if p := f.Achievement.Value.Precision; p != kpi.Exact {
		format := `"` + w.p.T("quantity."+string(p), "") + `"` + paper.DecimalFormat(f.Indicator.Decimals)
		w.Format(sheet, column, row, column, row, paper.CellStyle{Border: true, Right: true, Format: format})
	}
}

// chart draws a bar for each target and achievement, from zero, with the first indicator on top.
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
	zero, gap := 0.0, uint(60)
	asInCell := excelize.ChartNumFmt{SourceLinked: true}
	ink := excelize.Font{Color: "000000", Size: 9}
	return &excelize.Chart{
		Type:   excelize.Bar,
		Series: []excelize.ChartSeries{series(3, "B4BCC4"), series(4, "0B5563")},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title,
			Font: &excelize.Font{Color: "000000", Size: 12, Bold: true}}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &ink},
		Dimension: excelize.ChartDimension{Width: 640, Height: uint(height)},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: asInCell},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: ink},
		YAxis:     excelize.ChartAxis{None: true, Minimum: &zero, NumFmt: asInCell},
		GapWidth:  &gap,
	}
}
