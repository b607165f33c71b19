package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// Matrix is units by indicator, the units in the order of their rank.
type Matrix struct {
	Indicators []kpi.Indicator // those that at least two units have a target of
	Units      []MatrixUnit
}

// MatrixUnit is one unit. Its rank is by the share of its figures with a target that are on pace: rates of
// different indicators are never averaged. Of equal shares the unit with fewer red lights stands first.
type MatrixUnit struct {
	Unit       kpi.Unit
	Rank       int       // from 1; equal ones share it; 0 without a figure that has a target
	Figures    []*Figure // in the order of the indicators; nil without a target
	OnPace, Of int
	red        int
}

// NewMatrix ranks units by their figures, which come unit by unit, each with the same indicators.
func NewMatrix(units []kpi.Unit, figures []Figure) Matrix {
	if len(units) == 0 || len(figures) == 0 {
		return Matrix{}
	}
	n := len(figures) / len(units)
	var m Matrix
	var kept []int
	for i := range n {
		held := 0
		for u := range units {
			if figures[u*n+i].Target != nil {
				held++
			}
		}
		if held > 1 {
			kept, m.Indicators = append(kept, i), append(m.Indicators, figures[i].Indicator)
		}
	}
	for u, unit := range units {
		row := MatrixUnit{Unit: unit, Figures: make([]*Figure, len(kept))}
		for k, i := range kept {
			if f := &figures[u*n+i]; f.Target != nil {
				row.Figures[k] = f
				row.count(f.Light)
			}
		}
		m.Units = append(m.Units, row)
	}
	slices.SortStableFunc(m.Units, MatrixUnit.compare)
	for i := range m.Units {
		switch {
		case m.Units[i].Of == 0:
		case i > 0 && m.Units[i].compare(m.Units[i-1]) == 0:
			m.Units[i].Rank = m.Units[i-1].Rank
		default:
			m.Units[i].Rank = i + 1
		}
	}
	return m
}

func (u *MatrixUnit) count(l kpi.Light) {
	u.Of++
	if l == kpi.Done || l == kpi.Ahead || l == kpi.OnPace {
		u.OnPace++
	}
	if l.Red() {
		u.red++
	}
}

// compare orders by rank; units without a target come last.
func (u MatrixUnit) compare(o MatrixUnit) int {
	if u.Of == 0 || o.Of == 0 {
		return cmp.Compare(min(o.Of, 1), min(u.Of, 1))
	}
	if c := cmp.Compare(o.OnPace*u.Of, u.OnPace*o.Of); c != 0 {
		return c
	}
	return cmp.Compare(u.red, o.red)
}

// History is figures by year.
type History struct {
	Years []kpi.Year // the latest first
	rows  map[kpi.IndicatorID]map[kpi.Year]Figure
	order []kpi.IndicatorID
}

// Add adds a year, the latest first: its indicators are the ones that are followed back.
func (h *History) Add(y kpi.Year, figures []Figure) {
	if h.rows == nil {
		h.rows = map[kpi.IndicatorID]map[kpi.Year]Figure{}
	}
	for _, f := range figures {
		id := f.Indicator.ID
		if h.rows[id] == nil {
			if len(h.Years) > 0 {
				continue
			}
			h.rows[id], h.order = map[kpi.Year]Figure{}, append(h.order, id)
		}
		h.rows[id][y] = f
	}
	h.Years = append(h.Years, y)
}

// Followed returns the indicators that have a number in at least two years, in the board's order, with their
// figures by year. Judgements have none.
func (h *History) Followed() []map[kpi.Year]Figure {
	var out []map[kpi.Year]Figure
	for _, id := range h.order {
		known := 0
		for _, f := range h.rows[id] {
			if f.Achievement.Ok() && f.Indicator.Kind != kpi.Level {
				known++
			}
		}
		if known > 1 {
			out = append(out, h.rows[id])
		}
	}
	return out
}
