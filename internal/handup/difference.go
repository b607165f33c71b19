package handup

import (
	"cmp"
	"maps"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Point is a month of an indicator of the dictionary.
type Point struct {
	Code  string
	Month int
}

// Said is what a package says of a point.
type Said struct {
	Figure  Figure // without its months and entries
	Lines   []Line // none: no figure
	Version int
	AsOf    kpi.Date
}

// Statement is what was handed up, point by point.
type Statement map[Point]Said

// Statement returns what the package says: of each of its months and indicators, also where there is no figure.
func (p Package) Statement() Statement {
	out := Statement{}
	for _, f := range p.Figures {
		for month := p.First; month <= p.Last; month++ {
			of := f
			of.Months, of.Entries = nil, nil
			out[Point{f.Code, month}] = Said{of, f.Lines(month), p.Version, p.AsOf}
		}
	}
	return out
}

// Add says of all points of a later package what that says; other points stand.
func (s Statement) Add(p Package) { maps.Copy(s, p.Statement()) }

// about returns what of the statement the package speaks of as well.
func (s Statement) about(p Package) Statement {
	out := Statement{}
	for at := range p.Statement() {
		if said, ok := s[at]; ok {
			out[at] = said
		}
	}
	return out
}

// Value is what a point comes to.
type Value struct {
	Ok       bool // there is a figure
	Quantity kpi.Quantity
	Level    kpi.LevelValue
}

// Value returns what the lines come to.
func (s Said) Value() Value {
	if len(s.Lines) == 0 {
		return Value{}
	}
	v := Value{Ok: true, Level: s.Lines[0].Level, Quantity: s.Lines[0].Quantity()}
	if len(s.Lines) > 1 {
		f := s.Figure
		f.Months = []Month{{1, s.Lines}}
		v.Quantity = progress.Stated(progress.Through(f.said(), 12))
	}
	return v
}

// Change is a point of which two statements say something else.
type Change struct {
	Point
	Figure        Figure // without its months and entries
	Before, After Value
	Was, Is       Said
	DateOnly      bool // the same amount, of another day
}

// Difference returns by how much the figure changed; ok is false if one of them is missing, or a judgement.
func (c Change) Difference() (kpi.Amount, bool) {
	if !c.Before.Ok || !c.After.Ok || c.Figure.Kind == kpi.Level {
		return 0, false
	}
	return c.After.Quantity.Amount - c.Before.Quantity.Amount, true
}

// Changes returns where the package says something else than what was handed up before, in the package's order.
func Changes(before Statement, p Package) (out []Change) {
	after, was := p.Statement(), before.about(p)
	order := map[string]int{}
	for i, f := range p.Figures {
		order[f.Code] = i
	}
	for at, is := range after {
		old := was[at]
		c := Change{Point: at, Figure: is.Figure, Before: old.Value(), After: is.Value(), Was: old, Is: is}
		if slices.Equal(old.Lines, is.Lines) {
			continue
		}
		c.DateOnly = undated(old.Lines, is.Lines)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Change) int {
		return cmp.Or(cmp.Compare(order[a.Code], order[b.Code]), cmp.Compare(a.Month, b.Month))
	})
	return out
}

// undated reports whether two lists of lines are the same but for their days.
func undated(a, b []Line) bool {
	return slices.EqualFunc(a, b, func(a, b Line) bool { return a.Same(b) })
}

// Same reports whether two lines say the same, on whatever days.
func (l Line) Same(o Line) bool {
	l.Dated = o.Dated
	return l == o
}
