package kpi

import (
	"cmp"
	"time"
)

// TargetID identifies one entry in the target history.
type TargetID int64

// Sign says how an achievement is compared with the target.
type Sign string

// The signs of the finance bureau's form.
const (
	AtLeastSign Sign = ">="
	MoreSign    Sign = ">"
	EqualSign   Sign = "="
	AtMostSign  Sign = "<="
	LessSign    Sign = "<"
	LevelSign   Sign = "level" // 定性: the target is a level to be reached
)

// Signs lists all signs in the order shown to people.
var Signs = []Sign{AtLeastSign, MoreSign, EqualSign, AtMostSign, LessSign, LevelSign}

// Known reports whether s is one of the signs.
func (s Sign) Known() bool { return contains(Signs, s) }

// Ceiling reports whether the target is an upper limit.
func (s Sign) Ceiling() bool { return s == AtMostSign || s == LessSign }

// Symbol returns the sign as forms print it; "" for judgements.
func (s Sign) Symbol() string {
	switch s {
	case AtLeastSign:
		return "≥"
	case MoreSign:
		return "＞"
	case EqualSign:
		return "＝"
	case AtMostSign:
		return "≤"
	case LessSign:
		return "＜"
	}
	return ""
}

// Met reports whether a satisfies the sign against target t.
func (s Sign) Met(a, t Amount) bool { return s.holds(cmp.Compare(a, t)) }

// MetBy is like Met for an exact quotient.
func (s Sign) MetBy(q Quotient, t Amount) bool { return s.holds(q.CmpAmount(t)) }

// holds reports whether the sign is satisfied by an achievement below (-1), at (0) or above (1) the
// target.
func (s Sign) holds(order int) bool {
	switch s {
	case AtLeastSign, LevelSign:
		return order >= 0
	case MoreSign:
		return order > 0
	case EqualSign:
		return order == 0
	case AtMostSign:
		return order <= 0
	case LessSign:
		return order < 0
	}
	return false
}

// Goal returns the smallest amount that meets the target, in steps of what the indicator shows: t
// itself, or one step more for ＞.
func (s Sign) Goal(t, step Amount) Amount {
	if s == MoreSign {
		return t + step
	}
	return t
}

// distinguishesAbove reports whether being above the target differs from being at it: under every sign but ≥ a
// number just above must not print as the target itself.
func (s Sign) distinguishesAbove() bool { return s != AtLeastSign && s.Symbol() != "" }

// Rate returns q as a rate rounded half up, but on the same side of target as q.
func (s Sign) Rate(q Quotient, target Percent) Percent {
	p, _ := q.round(int64(Hundred))
	switch order := q.Cmp(target); {
	case order < 0 && Percent(p) >= target:
		return target - 1
	case order > 0 && Percent(p) == target && s.distinguishesAbove():
		return target + 1
	}
	return Percent(p)
}

// Print returns q rounded half up to the given number of decimals, but on the same side of target t as
// q: 95.996 for ≥ 96 prints 95.99, 5.004 for ≤ 5 prints 5.01.
func (s Sign) Print(q Quotient, decimals int, t Amount) Amount {
	a, step := q.Amount(decimals), decimalStep(decimals)
	switch order := q.CmpAmount(t); {
	case order < 0 && a >= t:
		return a - step
	case order > 0 && (a < t || a == t && s.distinguishesAbove()), order == 0 && a < t:
		return a + step
	case order == 0 && a > t:
		return a - step
	}
	return a
}

// Curve is the plan: the cumulative share of the year's target expected by the end of each month, never
// falling and ending at 100 %.
type Curve [12]Percent

// LinearCurve spreads the target evenly over the months from starts (1 to 12) on: month ÷ 12 for a
// whole year, as government tables count it (1–9月 = 75 %).
func LinearCurve(starts int) Curve {
	var c Curve
	months := 13 - min(max(starts, 1), 12)
	for m := range c {
		if n := m + 1 - (12 - months); n > 0 {
			c[m] = Percent(Hundred.Amount().Times(int64(n), int64(months)) / (One / 100))
		}
	}
	return c
}

// Check refuses a curve that falls, leaves 0–100 % or does not end at 100 %.
func (c Curve) Check() error {
	last := Percent(0)
	for m, p := range c {
		if p < last || p > Hundred {
			return Refuse(Invalid, "curve_falls", m+1)
		}
		last = p
	}
	if last != Hundred {
		return Refuse(Invalid, "curve_end", last.String())
	}
	return nil
}

// At returns the share expected at a, taking the running month day by day.
func (c Curve) At(a AsOf) Share {
	before := Percent(0)
	if a.Month > 1 {
		before = c[a.Month-2]
	}
	step, days := int64(c[a.Month-1]-before), int64(a.Days())
	return Share{int64(before)*days + step*int64(a.Day), int64(Hundred) * days}
}

// Share is an exact fraction of a whole: a third of the year is a third, not 33.33 %. The zero Share is
// 0.
type Share struct{ n, d int64 }

// IsZero reports whether the share is 0.
func (s Share) IsZero() bool { return s.n == 0 }

// Less reports whether s is the smaller share.
func (s Share) Less(o Share) bool { return s.n*max(o.d, 1) < o.n*max(s.d, 1) }

// Of returns the share of a, rounded half away from zero to a millionth.
func (s Share) Of(a Amount) Amount { return a.Times(s.n, max(s.d, 1)) }

// Pace returns a ÷ (s × whole): the achievement as a part of what the plan expects, divided once.
// Neither the share nor whole may be 0.
func (s Share) Pace(a, whole Amount) Quotient { return Fraction(int64(a), s.d, int64(whole), s.n) }

// Quotient returns the share as an exact number.
func (s Share) Quotient() Quotient { return Fraction(s.n, 1, max(s.d, 1), 1) }

// All returns the exact amount of which part is the share s, that is part ÷ s. The share must not be 0.
func (s Share) All(part Amount) Quotient { return s.Pace(part, One) }

// Percent returns the share rounded half up to two decimals of a percent.
func (s Share) Percent() Percent { return Rate(Amount(s.n), Amount(max(s.d, 1))) }

// Schedule says which share of a year's target is expected when: by a curve that was set, or evenly
// from the first month on (序时进度).
type Schedule struct {
	curve  *Curve
	starts int
}

// EvenSchedule returns a schedule that spreads the year's target evenly over the months from starts (1
// to 12) on: exactly month ÷ 12 for a whole year.
func EvenSchedule(starts int) Schedule { return Schedule{starts: min(max(starts, 1), 12)} }

// At returns the share expected at a, taking the running month day by day.
func (s Schedule) At(a AsOf) Share {
	if s.curve != nil {
		return s.curve.At(a)
	}
	days := int64(a.Days())
	return Share{max(int64(a.Month-s.starts)*days+int64(a.Day), 0), int64(13-s.starts) * days}
}

// Target is what one unit should reach in one indicator by the end of a year (目标). Targets are
// revised by adding a later one; the one with the largest ID is in force.
type Target struct {
	ID        TargetID
	Year      Year
	Indicator IndicatorID
	Unit      UnitID
	Sign      Sign
	Amount    Amount     // in the indicator's measure; a percentage for ratios; unused for levels
	Level     LevelValue // for levels
	Weight    Percent    // points of 100 in the self-evaluation, in hundredths
	Document  string     // number of the document that set it
	Issuer    string     // who set it
	Dated     Date       // the document's date, may be empty
	Reason    string     // why it was revised
	Curve     *Curve     // nil: linear from the indicator's first month
	SetBy     string     // the account's name
	SetAt     UnixMilli
}

// Revision says that a target was changed after the day of a figure, which is held against what it was changed to.
type Revision struct {
	On  Date   // the day from which the new one holds
	Was Target // in force on the figure's day
}

// Since returns the day from which a target that revises another holds: its document's, else that on which it was set.
func (t Target) Since(zone *time.Location) Date {
	if t.Dated != "" {
		return t.Dated
	}
	return DateOf(time.UnixMilli(int64(t.SetAt)).In(zone))
}

// Asks reports whether o asks for as much as t, by the same plan, whatever document says so.
func (t Target) Asks(o Target) bool {
	return t.Sign == o.Sign && t.Amount == o.Amount && t.Level == o.Level &&
		(t.Curve == nil) == (o.Curve == nil) && (t.Curve == nil || *t.Curve == *o.Curve)
}

// Plan returns the target's curve, or the linear one of an indicator that starts in month starts, as
// the twelve percentages that people read and change. Figures are computed from the [Schedule].
func (t Target) Plan(starts int) Curve {
	if t.Curve != nil {
		return *t.Curve
	}
	return LinearCurve(starts)
}

// Schedule returns the plan without rounding: a twelfth of the year is a twelfth.
func (t Target) Schedule(starts int) Schedule {
	s := EvenSchedule(starts)
	s.curve = t.Curve
	return s
}

// Says reports whether o sets the same as t, with the same document and reason.
func (t Target) Says(o Target) bool {
	if (t.Curve == nil) != (o.Curve == nil) || t.Curve != nil && *t.Curve != *o.Curve {
		return false
	}
	o.ID, o.Year, o.Indicator, o.Unit, o.SetBy, o.SetAt, o.Curve = t.ID, t.Year, t.Indicator, t.Unit,
		t.SetBy, t.SetAt, t.Curve
	return t == o
}

// CheckRevision refuses what Check refuses, and a target that revises held without a reason. held is
// the target in force so far, nil if there is none. A target that only repeats held needs no reason.
func (t Target) CheckRevision(ind Indicator, held *Target) error {
	var m Mistakes
	m.Merge(t.Check(ind))
	if held != nil && t.Reason == "" && !held.Says(t) {
		m.Add("reason", "revision_reason_missing")
	}
	return m.Err()
}

// Check refuses a target that does not fit its indicator.
func (t Target) Check(ind Indicator) error {
	var m Mistakes
	if !t.Sign.Known() {
		m.Add("sign", "sign_unknown", string(t.Sign))
	}
	if (ind.Kind == Level) != (t.Sign == LevelSign) {
		m.Add("sign", "sign_level_only")
	}
	if ind.Kind == Level && !t.Level.Known() {
		m.Add("level", "level_unknown", string(t.Level))
	}
	if t.Amount < 0 {
		m.Add("value", "number_negative")
	}
	if t.Amount > MaxAmount {
		m.Add("value", "number_too_large", t.Amount.String())
	}
	if ind.Kind != Level && t.Amount != t.Amount.Round(ind.Decimals) {
		m.Add("value", "number_decimals", ind.Decimals, string(ind.Measure))
	}
	if t.Weight < 0 || t.Weight > Hundred {
		m.Add("weight", "weight_out_of_range")
	}
	if t.Curve != nil {
		m.Check("curve", t.Curve.Check())
	}
	return m.Err()
}

// CheckFloor refuses a target of at least 0: whatever happens reaches it, so that 2 complaints of "0" would be full
// points. A part of a larger target that is split may be 0.
func (t Target) CheckFloor() error {
	if !t.FloorOfZero() {
		return nil
	}
	var m Mistakes
	m.Add("sign", "target_floor_zero")
	return m.Err()
}

// FloorOfZero reports whether the target is at least 0.
func (t Target) FloorOfZero() bool { return t.Sign == AtLeastSign && t.Amount == 0 }

// UnixMilli is a moment in milliseconds since 1970-01-01 UTC.
type UnixMilli int64
