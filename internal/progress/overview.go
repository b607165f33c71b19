package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// FromPace returns how far an achievement lies from what the plan expects by now, as a part of the year's
// target: a bullet's bar end from its triangle, negative before it. It is absent where there is no such
// distance: without a target or an expectation, for judgements and standards, and for ceilings, under
// which more room is better. Nothing logged is an achievement of nothing.
func (f *Figure) FromPace() Opt[kpi.Quotient] {
	switch {
	case f.Target == nil:
		return None[kpi.Quotient](ReasonNoTarget)
	case f.Target.Sign.Ceiling():
		return None[kpi.Quotient](ReasonNoPace)
	case !f.Expected.Ok():
		return None[kpi.Quotient](f.Expected.Reason)
	case f.Target.Amount <= 0:
		return None[kpi.Quotient](ReasonTargetZero)
	case f.Achievement.Ok() && !f.Relied.Ok():
		return None[kpi.Quotient](f.Relied.Reason)
	}
	return Some(kpi.Divide(f.Relied.Value-f.Expected.Value, f.Target.Amount))
}

// Room returns what is left under a ceiling: 1 件 where 2 are logged of at most 3, 0 of fewer than 3. It is
// absent for every other target (no_pace), without a value, and above the ceiling (passed).
func (f *Figure) Room() Opt[kpi.Amount] {
	switch {
	case f.Target == nil:
		return None[kpi.Amount](ReasonNoTarget)
	case !f.Target.Sign.Ceiling():
		return None[kpi.Amount](ReasonNoPace)
	case !f.Relied.Ok():
		return None[kpi.Amount](f.Relied.Reason)
	case !f.Met:
		return None[kpi.Amount](ReasonPassed)
	}
	room := f.Target.Amount - f.Relied.Value
	if f.Target.Sign == kpi.LessSign && !f.Indicator.Rated() {
		room -= f.Indicator.Step()
	}
	return Some(room)
}

// Excess returns by how much a ceiling is exceeded, as its deviation says: 1 吨 where 561 are logged of at most 560.
// It is absent for every other target (no_pace), without a value, and within the ceiling (reached).
func (f *Figure) Excess() Opt[kpi.Amount] {
	switch d := f.Deviation(); {
	case !d.Ok():
		return None[kpi.Amount](d.Reason)
	case !f.Target.Sign.Ceiling():
		return None[kpi.Amount](ReasonNoPace)
	case f.Met:
		return None[kpi.Amount](ReasonReached)
	default:
		return Some(d.Value.By)
	}
}

// turn is where a light's figures stand among ByPace.
func turn(l kpi.Light) int {
	switch {
	case l.Red():
		return 0
	case l.Late():
		return 1
	case l == kpi.NoData || l == kpi.Unclear || l == kpi.Stale:
		return 2
	case l == kpi.NotDue:
		return 4
	case l == kpi.Done:
		return 5
	}
	return 3
}

// ByPace returns the figures with a target, the one that needs somebody most first: red lights, yellow ones,
// those of which nothing (or nothing recent) is known, those on pace, those that are not due yet, those that
// are done. Within each
// the farthest behind its pace comes first, by exact numbers; what has no such distance counts as on
// pace to the point. Of equals the board's order stays.
func (b Board) ByPace() []Figure {
	out := b.targeted()
	slices.SortStableFunc(out, func(x, y Figure) int {
		if c := cmp.Compare(turn(x.Light), turn(y.Light)); c != 0 {
			return c
		}
		return x.offPace().Compare(y.offPace())
	})
	return out
}

// targeted returns the figures with a target, in the board's order.
func (b Board) targeted() []Figure {
	var out []Figure
	for _, a := range b.Areas {
		for _, f := range a.Figures {
			if f.Target != nil {
				out = append(out, f)
			}
		}
	}
	return out
}

// offPace is FromPace, and 0 where there is none.
func (f *Figure) offPace() kpi.Quotient {
	if d := f.FromPace(); d.Ok() {
		return d.Value
	}
	return kpi.Divide(0, kpi.One)
}

// Untargeted returns the figures without a target, in the board's order.
func (b Board) Untargeted() []Figure {
	var out []Figure
	for _, a := range b.Areas {
		for _, f := range a.Figures {
			if f.Target == nil {
				out = append(out, f)
			}
		}
	}
	return out
}

// Achieved returns how many figures have a value, be it a number or a judgement.
func (b Board) Achieved() int {
	n := 0
	for _, a := range b.Areas {
		for i := range a.Figures {
			if a.Figures[i].Achievement.Ok() {
				n++
			}
		}
	}
	return n
}

// heads are the measures that say how many were reached. Their sizes are alike in kind; how many
// leaflets, posts or yuan there were says nothing beside them.
var heads = []kpi.Measure{"人", "人次", "名", "户", "户次", "家庭"}

// Highlights returns at most n figures that say in one sentence what was done, in a year that has no targets
// to say it by. The rule knows no taste: of every area the largest count of people or households, the
// largest first; where there are fewer, the remaining areas' first number, in the board's order. Parts of
// another figure (其中) are left out, as the whole stands there, and so are rates and what is 0.
func (b Board) Highlights(n int) []Figure {
	var people, others []Figure
	for _, a := range b.Areas {
		var largest, first *Figure
		for i := range a.Figures {
			f := &a.Figures[i]
			if f.Indicator.Kind == kpi.Level || f.Indicator.Kind == kpi.Standard || f.Indicator.Rated() ||
				f.Indicator.PartOf != 0 || !f.Achievement.Ok() || f.Achievement.Value.Amount <= 0 {
				continue
			}
			if first == nil {
				first = f
			}
			if slices.Contains(heads, f.Indicator.Measure.Base()) && (largest == nil || reached(f) > reached(largest)) {
				largest = f
			}
		}
		switch {
		case largest != nil:
			people = append(people, *largest)
		case first != nil:
			others = append(others, *first)
		}
	}
	slices.SortStableFunc(people, func(x, y Figure) int { return cmp.Compare(reached(&y), reached(&x)) })
	people = append(people, others...)
	return people[:min(n, len(people))]
}

// reached returns the number of people in a figure: 2 万人 are 20,000.
func reached(f *Figure) int64 {
	return int64(f.Achievement.Value.Amount/kpi.One) * f.Indicator.Measure.Scale()
}

// Short returns the units that lack something of their target, those that lack most first.
func (u UnitFigures) Short() []UnitFigure {
	var out []UnitFigure
	for _, f := range u.Units {
		if m := f.Figure.Missing; m.Ok() && m.Value > 0 {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b UnitFigure) int {
		return cmp.Compare(b.Figure.Missing.Value, a.Figure.Missing.Value)
	})
	return out
}
