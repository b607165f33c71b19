package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// areaChart counts each area's indicators: done, target not reached, value without a target, and without a
// value. It returns nil if there are no indicators.
func (b *Draft) areaChart() *paper.Chart {
	if len(b.Board.Areas) == 0 {
		return nil
	}
	c := &paper.Chart{Title: b.p.T("report.chart.areas")}
	for _, key := range []string{"done", "under_way", "no_target", "no_data"} {
		c.Parts = append(c.Parts, paper.ChartPart{Name: b.p.T("report.chart." + key),
			Counts: make([]int, len(b.Board.Areas))})
	}
	for i, a := range b.Board.Areas {
		c.Names = append(c.Names, b.areaName(a.Area))
		for _, f := range a.Figures {
			part := 1
			switch {
			case !f.Achievement.Ok():
				part = 3
			case f.Target == nil:
				part = 2
			case f.Light == kpi.Done:
				part = 0
			}
			c.Parts[part].Counts[i]++
		}
	}
	return c
}
