package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// Board is a year of one unit up to a date.
type Board struct {
	Year    kpi.YearInfo
	Unit    kpi.Unit
	AsOf    kpi.AsOf
	Summary Summary
	Areas   []AreaFigures
	Budget  Budget
	Rules   kpi.RuleSet                         // the rules of the year
	Said    map[kpi.IndicatorID]kpi.Explanation // explanations of lagging figures in force in the month of AsOf
	Alarm   *BudgetMonth                        // the latest budget check whose month is over; nil: none yet
	// of the worst late indicator counted by units; nil: none, or not asked for
	Worst *UnitFigures
	Score *Score // of the whole office; nil on other units' boards
}

// AreaFigures holds an area's figures in order and the worst of their lights.
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

type UnitFigure struct {
	Unit   kpi.Unit
	Figure Figure
}

// Ranked returns the units that have a completion rate, highest first. It compares exact rates, which
// may differ where printed ones do not; equal units keep their order.
func (u UnitFigures) Ranked() []UnitFigure {
	var out []UnitFigure
	for _, f := range u.Units {
		if f.Figure.Completion.Ok() {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b UnitFigure) int {
		return b.Figure.Quotient().Value.Compare(a.Figure.Quotient().Value)
	})
	return out
}

// Ordered returns all units: those with a rate as in Ranked, then the others in their own order.
func (u UnitFigures) Ordered() []UnitFigure {
	out := u.Ranked()
	for _, f := range u.Units {
		if !f.Figure.Completion.Ok() {
			out = append(out, f)
		}
	}
	return out
}

// Largest returns the units that achieved something, largest achievement first.
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

// Count returns the number of indicators with any of the given lights.
func (s Summary) Count(lights ...kpi.Light) int {
	n := 0
	for _, l := range lights {
		n += s.ByLight[l]
	}
	return n
}

// Late returns how many indicators need attention.
func (s Summary) Late() int { return s.Count(kpi.FarBehind, kpi.Over, kpi.Behind) }

// InOrder sorts indicators into the board's order: by area in the areas' order, those without an area
// last, otherwise unchanged.
func InOrder(areas []kpi.Area, indicators []kpi.Indicator) []kpi.Indicator {
	place := map[kpi.AreaID]int{0: len(areas)}
	for i, a := range areas {
		place[a.ID] = i
	}
	out := slices.Clone(indicators)
	slices.SortStableFunc(out, func(a, b kpi.Indicator) int { return cmp.Compare(place[a.Area], place[b.Area]) })
	return out
}

// Arrange groups figures by area in the areas' order. Areas without figures are left out; figures
// without an area come last. Figures already in the board's order are not copied, because they are
// large.
func Arrange(areas []kpi.Area, figures []Figure) []AreaFigures {
	var out []AreaFigures
	rest := figures
	for _, a := range append(areas[:len(areas):len(areas)], kpi.Area{}) {
		n := 0
		var lights []kpi.Light
		for ; n < len(rest) && rest[n].Indicator.Area == a.ID; n++ {
			lights = append(lights, rest[n].Light)
		}
		if n > 0 {
			out = append(out, AreaFigures{Area: a, Light: kpi.Worst(lights), Figures: rest[:n:n]})
			rest = rest[n:]
		}
	}
	if len(rest) > 0 {
		return Arrange(areas, inOrder(areas, figures))
	}
	return out
}

// inOrder copies figures into the board's order, dropping those of areas not listed.
func inOrder(areas []kpi.Area, figures []Figure) []Figure {
	out := make([]Figure, 0, len(figures))
	for _, a := range append(areas[:len(areas):len(areas)], kpi.Area{}) {
		for i := range figures {
			if figures[i].Indicator.Area == a.ID {
				out = append(out, figures[i])
			}
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
	var late []*Figure
	for _, red := range []bool{true, false} {
		for _, a := range b.Areas {
			for i := range a.Figures {
				if f := &a.Figures[i]; f.Light.Late() && f.Light.Red() == red {
					late = append(late, f)
				}
			}
		}
	}
	out := make([]Figure, len(late))
	for i, f := range late {
		out[i] = *f
	}
	return out
}

// Unexplained returns the late figures that must be explained by the year's rules and have no
// explanation.
func (b Board) Unexplained() []Figure {
	var out []Figure
	for _, f := range b.Late() {
		if _, said := b.Said[f.Indicator.ID]; !said && b.Rules.MustExplain(f.Light) {
			out = append(out, f)
		}
	}
	return out
}

// Figures returns all figures in the board's order.
func (b Board) Figures() []Figure {
	out := make([]Figure, 0, b.Summary.Indicators)
	for _, a := range b.Areas {
		out = append(out, a.Figures...)
	}
	return out
}
