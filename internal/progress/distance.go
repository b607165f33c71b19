package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// FromTarget returns how far a figure is from its target, as a part of it: −0.3 where 30 % are missing, −1 where
// nothing is logged that was due, 0 and more where the target is met; for a ceiling −0.33 where 4 are logged of at
// most 3, and what is left under it. It is absent where no such part exists: for judgements and standards, a target
// of 0, what is not due yet, and approximate figures that cannot be held against the target.
func (f *Figure) FromTarget() Opt[kpi.Quotient] {
	switch {
	case f.Light == kpi.NoData && f.Target.Amount > 0 && !f.Target.Sign.Ceiling() && f.Indicator.Kind != kpi.Level &&
		f.Indicator.Kind != kpi.Standard:
		return Some(kpi.Divide(-1, 1))
	case !f.Completion.Ok():
		return None[kpi.Quotient](f.Completion.Reason)
	case f.Target.Sign.Ceiling():
		return Some(kpi.Divide(f.Target.Amount-f.Relied.Value, f.Target.Amount))
	}
	return Some(kpi.Divide(f.Relied.Value-f.Target.Amount, f.Target.Amount))
}

// apart is where a figure stands among ByTarget.
func (f *Figure) apart() int {
	d := f.FromTarget()
	switch {
	case f.Light == kpi.Over, f.Achievement.Ok() && f.Light.Late() && !d.Ok():
		return 0
	case f.Met:
		return 3
	case d.Ok():
		return 1
	}
	return 2
}

// ByTarget returns the figures with a target, the worst first: ceilings that are exceeded and judgements that are not
// met, then what is below its target, the farthest first by unrounded parts of it, what is not due or cannot be told,
// and what is met. Of equals the board's order stays.
func (b Board) ByTarget() []Figure {
	out := b.targeted()
	slices.SortStableFunc(out, func(x, y Figure) int {
		if c := cmp.Compare(x.apart(), y.apart()); c != 0 {
			return c
		}
		return x.offTarget().Compare(y.offTarget())
	})
	return out
}

// offTarget is FromTarget, and 0 where there is none.
func (f *Figure) offTarget() kpi.Quotient {
	if d := f.FromTarget(); d.Ok() {
		return d.Value
	}
	return kpi.Divide(0, kpi.One)
}
