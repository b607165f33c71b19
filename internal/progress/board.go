package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// Board is a year of one unit up to a month.
type Board struct {
	Year    kpi.YearInfo
	Unit    kpi.Unit
	AsOf    kpi.AsOf
	Summary Summary
	Areas   []AreaFigures
	Budget  Budget
	Rules   kpi.RuleSet                         // the year's
	Said    map[kpi.IndicatorID]kpi.Explanation // why figures lag and what is done, by the month of AsOf
	Alarm   *BudgetMonth                        // the latest check of the budget's execution that has come; nil: none has
	Worst   *UnitFigures                        // the units of the worst late indicator that is counted by units; nil without one, and where nobody asked
	Score   *Score                              // of the whole office; nil on other units' boards
}

// AreaFigures are an area's indicators in order, under the worst of their lights.
type AreaFigures struct {
	Area    kpi.Area
	Light   kpi.Light
	Figures []Figure
}

// UnitFigures is one indicator at a unit and at the units directly below it.
type UnitFigures struct {
	Whole Figure
	Units []UnitFigure
}

// UnitFigure is the figure of one unit.
type UnitFigure struct {
	Unit   kpi.Unit
	Figure Figure
}

// Ranked are the units that have a completion rate, the highest first; of equal ones the order stays.
func (u UnitFigures) Ranked() []UnitFigure {
	var out []UnitFigure
	for _, f := range u.Units {
		if f.Figure.Completion.Ok() {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b UnitFigure) int {
		return cmp.Compare(b.Figure.Completion.Value, a.Figure.Completion.Value)
	})
	return out
}

// Ordered are all units: those with a rate as Ranked, the others behind them in their own order.
func (u UnitFigures) Ordered() []UnitFigure {
	out := u.Ranked()
	for _, f := range u.Units {
		if !f.Figure.Completion.Ok() {
			out = append(out, f)
		}
	}
	return out
}

// Largest are the units that achieved something, the largest achievement first.
func (u UnitFigures) Largest() []UnitFigure {
	var out []UnitFigure
	for _, f := range u.Units {
		if a := f.Figure.Achievement; a.Ok() && a.Value.Amount > 0 {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b UnitFigure) int {
		return cmp.Compare(b.Figure.Achievement.Value.Amount, a.Figure.Achievement.Value.Amount)
	})
	return out
}

// Summary counts indicators by light.
type Summary struct {
	Indicators int
	ByLight    map[kpi.Light]int
	LastUpdate kpi.Date
}

// Count is how many indicators have one of the lights.
func (s Summary) Count(lights ...kpi.Light) int {
	n := 0
	for _, l := range lights {
		n += s.ByLight[l]
	}
	return n
}

// Arrange groups figures by area in the areas' order; figures keep theirs. Areas without a figure
// are left out, figures without an area come last.
func Arrange(areas []kpi.Area, figures []Figure) []AreaFigures {
	var out []AreaFigures
	ordered := make([]Figure, 0, len(figures)) // figures are wide: a list per area that grows would copy them
	for _, a := range append(areas[:len(areas):len(areas)], kpi.Area{}) {
		group := ordered[len(ordered):]
		var lights []kpi.Light
		for i := range figures {
			if f := &figures[i]; f.Indicator.Area == a.ID {
				group = append(group, *f)
				lights = append(lights, f.Light)
			}
		}
		if len(group) > 0 {
			ordered = ordered[:len(ordered)+len(group)]
			out = append(out, AreaFigures{Area: a, Light: kpi.Worst(lights), Figures: group[:len(group):len(group)]})
		}
	}
	return out
}

// Summarize counts figures by light.
func Summarize(figures []Figure) Summary {
	s := Summary{Indicators: len(figures), ByLight: map[kpi.Light]int{}}
	for i := range figures {
		f := &figures[i]
		s.ByLight[f.Light]++
		s.LastUpdate = max(s.LastUpdate, f.LastUpdate)
	}
	return s
}

// Late lists the figures that need attention, worst first, in the board's order otherwise.
func (b Board) Late() []Figure {
	var red, yellow []Figure
	for _, a := range b.Areas {
		for _, f := range a.Figures {
			switch {
			case f.Light.Red():
				red = append(red, f)
			case f.Light.Late():
				yellow = append(yellow, f)
			}
		}
	}
	return append(red, yellow...)
}

// Unexplained are the late figures that the year's rules want an explanation of and that have none.
func (b Board) Unexplained() []Figure {
	var out []Figure
	for _, f := range b.Late() {
		if _, said := b.Said[f.Indicator.ID]; !said && b.Rules.MustExplain(f.Light) {
			out = append(out, f)
		}
	}
	return out
}

// Figures lists all figures in the board's order.
func (b Board) Figures() []Figure {
	out := make([]Figure, 0, b.Summary.Indicators)
	for _, a := range b.Areas {
		out = append(out, a.Figures...)
	}
	return out
}
