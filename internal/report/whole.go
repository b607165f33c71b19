package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// whole is a figure with the parts of it (其中), each with its own.
type whole struct {
	progress.Figure
	parts []whole
}

// wholes groups parts under their wholes and otherwise keeps the order. A part whose whole is not among
// the figures stands alone.
func wholes(figures []progress.Figure) []whole {
	present := map[kpi.IndicatorID]bool{}
	for _, f := range figures {
		present[f.Indicator.ID] = true
	}
	taken := map[kpi.IndicatorID]bool{}
	var under func(kpi.IndicatorID) []whole
	under = func(id kpi.IndicatorID) []whole {
		var out []whole
		for _, f := range figures {
			if f.Indicator.PartOf == id && !taken[f.Indicator.ID] {
				taken[f.Indicator.ID] = true
				out = append(out, whole{f, under(f.Indicator.ID)})
			}
		}
		return out
	}
	var out []whole
	for _, f := range figures {
		if f.Indicator.PartOf != 0 && present[f.Indicator.PartOf] || taken[f.Indicator.ID] {
			continue
		}
		taken[f.Indicator.ID] = true
		out = append(out, whole{f, under(f.Indicator.ID)})
	}
	for _, f := range figures { // parts of each other, which only a broken record says
		if !taken[f.Indicator.ID] {
			out = append(out, whole{Figure: f})
		}
	}
	return out
}

func (w whole) hasTarget() bool {
	if w.Target != nil {
		return true
	}
	for _, part := range w.parts {
		if part.hasTarget() {
			return true
		}
	}
	return false
}

// flat returns the figure followed by its parts.
func (w whole) flat() []progress.Figure {
	out := []progress.Figure{w.Figure}
	for _, part := range w.parts {
		out = append(out, part.flat()...)
	}
	return out
}
