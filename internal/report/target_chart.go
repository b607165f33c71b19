package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// Bars of the chart of rates: as many as fit a page, up to where the axis ends.
const (
	rateRows = 30
	rateEnd  = 140_00
)

// targetCharts returns how far each indicator has come towards its target, beside what the plan expects by
// now: in the order of the board's picture (progress.Board.ByPace), on as many pages as they need. Left
// out is what no bar towards a target can say: ceilings, judgements, standards.
func (b *Draft) targetCharts() []paper.Block {
	var rows []progress.Figure
	for _, f := range b.Board.ByPace() {
		if f.Indicator.Kind != kpi.Level && f.Indicator.Kind != kpi.Standard && !f.Target.Sign.Ceiling() &&
			f.Target.Amount > 0 {
			rows = append(rows, f)
		}
	}
	if len(rows) < 2 { // a single bar has nothing beside it
		return nil
	}
	var out []paper.Block
	for _, part := range progress.Spread(rows, rateRows) {
		out = append(out, paper.Block{Chart: b.targetChart(part)})
	}
	return out
}

func (b *Draft) targetChart(figures []progress.Figure) *paper.Chart {
	c := &paper.Chart{Title: b.p.T("report.chart.targets")}
	done := paper.ChartPart{Name: b.p.T("col.rate")}
	due := paper.ChartPart{Name: b.p.T("col.expected")}
	for i := range figures {
		f := &figures[i]
		name := b.p.Name(f.Indicator.Name, f.Indicator.NameEn)
		var rate, expected *kpi.Percent
		if f.Completion.Ok() {
			rate = &f.Completion.Value
		}
		if f.Expected.Ok() {
			share := kpi.Rate(f.Expected.Value, f.Target.Amount)
			expected = &share
		}
		if rate != nil && *rate > rateEnd {
			name = b.p.T("report.chart.beyond", name, b.p.Percent(*rate))
		}
		c.Names = append(c.Names, name)
		done.Rates, due.Rates = append(done.Rates, rate), append(due.Rates, expected)
	}
	c.Parts = []paper.ChartPart{done, due}
	return c
}
