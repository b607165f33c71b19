package progress

import (
	"math"
	"slices"

	"dabiao/internal/kpi"
)

// Around is what the records say about a figure before an entry is added to it, without anything that
// the entry replaces.
type Around struct {
	Indicator kpi.Indicator
	Log       []kpi.Update // the unit's own entries, standing or not: what a new one may repeat
	Before    []kpi.Update // those standing before anything of the same table was added: what is usual
	Ratios    []AroundRatio
	Units     []AroundUnit // the entry's unit, then those above it whose figures the entry changes
	Beneath   []Twin       // entries of the units directly below, of the entry's day
	Settled   bool         // it was asked already how the entry lies beside others that say the same
	Answers   []Answer     // what was asked about the entries that it takes the place of, and confirmed
}

// AroundUnit is one unit's figure.
type AroundUnit struct {
	Name       kpi.Name
	Own        []kpi.Update // its own standing entries of this year and, of the entry's unit, the last; oldest first
	Partial    bool         // it has more of them this year
	This, Last kpi.Series   // with all units below it
	Target     *kpi.Target  // nil: none
}

// AroundRatio is a ratio that the indicator is one part of, with the other part's months at the unit.
type AroundRatio struct {
	Indicator kpi.Indicator
	Other     kpi.Series
}

// Twin is another unit's entry.
type Twin struct {
	Unit  kpi.Name
	Entry kpi.Update
}

// Doubt returns what is to be said of an entry that is about to be saved: marked is false if it is
// plausible. ask is true if a person should be asked about it first, and false, too, if somebody was
// asked the same about what it replaces: see [Answer]. It never forbids anything. Of several reasons the
// first that nobody was asked about is asked about, else the first is kept as the entry's mark:
//
//   - The same unit, day, value and note stand in the log already. A correction repeats on purpose.
//   - The unit above or one directly below has the same number, not 0, on the same day: the usual way in
//     which one fact is counted twice.
//   - The units below report the same indicator in the year, and this is the unit's first own entry of
//     the year but for zeros, or at least half of what they report, or lifts the figure to the target: it
//     is likely their total. Smaller later ones are parts, as the first was said to be. How much they
//     report is not known of a unit whose own entries
//     are too many to be read.
//   - It is the unit's first entry of the year, and a unit above has logged at least as much for the same
//     month (of readings: in the year), so that its number may hold this one.
//   - A percentage is over 100, or at most 1 where a tenth or more is usual or to be reached, so that a share may
//     have been typed; or it comes to be over 100 as the quotient of two others. Only months that both
//     parts have reported are compared, since one part is often logged days before the other.
//   - The entry alone, or the total that it lifts over the limit, is beyond 150 % of the year's target, of
//     the unit or one above it. A year that goes very well ends at 130 %; 150 % is seldom anything but
//     a slip or a target that is out of date. The limit is crossed once, so nobody is asked twice.
//     Targets of 0 and judgements have no such limit; the limit of a ceiling is the ceiling itself.
//   - A running total is lower than the reading before it, or higher than the one after it, and has never
//     fallen as far: see fall.go.
//   - It is outside the unit's [Habit].
//   - It is more than ten times a usual month, the median of the last twelve with entries, of at least
//     three: a digit too many, or 元 in place of 万元.
//   - The year so far comes to more than five times that of the same months last year and more than all
//     of last year, which a campaign that only began earlier does not; or a reading is more than five
//     times or less than a fifth of last year's.
//
// Up to nine pieces are not asked about for their size: with 2 events instead of 1, or none, nobody has
// mistyped anything. Nor is a number that the unit's habit bears out, except for being a repetition.
func (a Around) Doubt(u kpi.Update) (question kpi.Text, marked, ask bool) {
	if a.Indicator.Kind == kpi.Level || u.Level != "" || u.Act == kpi.ActWithdraw || len(a.Units) == 0 {
		return question, false, false
	}
	d := a.weigh(u)
	for reason := range reasons {
		if a.Settled && reason < firstBySize {
			continue
		}
		found, is := d.question(reason)
		switch {
		case is && !d.answered(reason, found):
			return found, true, true
		case is && !marked:
			question, marked = found, true
		}
	}
	return question, marked, false
}

// reason is one in the list of Doubt, in its order.
type reason int

const (
	byTwin      reason = 1
	byTotal     reason = 2 // beside what the units below report
	firstBySize reason = 4 // those before are about what says the same
	reasons     reason = 9
)

func (d *weighed) question(r reason) (question kpi.Text, is bool) {
	return [reasons]func(*weighed) (kpi.Text, bool){(*weighed).same, (*weighed).twin, (*weighed).below, (*weighed).above,
		(*weighed).percent, (*weighed).target, (*weighed).habit, (*weighed).usualMonth, (*weighed).lastYear}[r](d)
}

// The limits, and the largest whole number that is too small to be out of proportion.
const (
	doubtTarget = 150 // percent of the target
	doubtMonths = 10  // times a usual month
	doubtYears  = 5   // times last year, or a fifth of it
	fewMonths   = 3   // fewer months have no median
	fewPieces   = 9
)

// weighed is an entry beside what is around it.
type weighed struct {
	*Around
	u        kpi.Update
	at       int // the month
	mine     *AroundUnit
	own      []kpi.Update // the unit's own of the year
	was      kpi.Series   // what they add up to
	change   kpi.Series   // of the figures of the unit and those above it
	usual    Habit
	hasHabit bool
	ordinary bool // the habit bears it out
	small    bool
}

func (a *Around) weigh(u kpi.Update) *weighed {
	d := &weighed{Around: a, u: u, at: u.Dated.Period().Month, mine: &a.Units[0]}
	d.own = ofYear(d.mine.Own, u.Dated.Year())
	d.was = a.tally(d.own, nil)
	is := a.tally(d.own, &u)
	for m := range is {
		d.change[m] = is[m].Minus(d.was[m])
	}
	until := a.Before[:afterDay(a.Before, u.Dated)]
	d.usual, d.hasHabit = Usual(a.Indicator.Kind, MayFall(a.Indicator, d.mine.Target), until)
	d.ordinary = d.hasHabit && d.unusual() == ""
	d.small = d.few(u.Quantity.Amount)
	return d
}

// few reports whether an amount counts so few pieces that it is in no proportion to anything.
func (a *Around) few(n kpi.Amount) bool {
	return !a.Indicator.Measure.IsMoney() && !a.Indicator.Measure.IsRate() && a.Indicator.Decimals == 0 &&
		n <= kpi.Whole(fewPieces)
}

// tally is Tally of entries that all stand and lie in order of date, and of one more behind those of its day, if any.
func (a *Around) tally(standing []kpi.Update, more *kpi.Update) kpi.Series {
	if more == nil {
		return tallyInOrder(a.Indicator.Kind, nil, standing)
	}
	at := afterDay(standing, more.Dated)
	return tallyInOrder(a.Indicator.Kind, nil, standing[:at], []kpi.Update{*more}, standing[at:])
}

// afterDay returns how many of entries in order of date are not after a day.
func afterDay(entries []kpi.Update, day kpi.Date) int {
	n := len(entries)
	for n > 0 && entries[n-1].Dated > day {
		n--
	}
	return n
}

// ofYear returns a year's entries of those in order of date.
func ofYear(entries []kpi.Update, y kpi.Year) []kpi.Update {
	first := 0
	for first < len(entries) && entries[first].Dated.Year() < y {
		first++
	}
	last := first
	for last < len(entries) && entries[last].Dated.Year() == y {
		last++
	}
	return entries[first:last:last]
}

// Same returns the latest entry of a unit's log that u repeats: of its day, value and note, approved or
// submitted; nil if there is none.
func Same(log []kpi.Update, u kpi.Update) (same *kpi.Update) {
	for i := range log {
		other := &log[i]
		if other.Dated != u.Dated {
			continue
		}
		stands := other.AnsweredBy == 0 && other.Act != kpi.ActWithdraw &&
			(other.State == kpi.StateApproved || other.State == kpi.StateSubmitted)
		if stands && other.ID != u.ID && other.Quantity.Amount == u.Quantity.Amount &&
			other.Quantity.Precision == u.Quantity.Precision && other.Note == u.Note {
			same = other
		}
	}
	return same
}

// FirstPlanned is above every number in the log: entries of a table that is not saved yet are numbered from it on.
const FirstPlanned kpi.UpdateID = math.MaxInt64 / 2

func (d *weighed) same() (kpi.Text, bool) {
	if d.u.Act == kpi.ActCorrect {
		return kpi.Text{}, false
	}
	same := Same(d.Log, d.u)
	if same == nil {
		return kpi.Text{}, false
	}
	if same.ID > FirstPlanned {
		return kpi.T("entry_ask_same_table", string(d.u.Dated), d.u.Quantity.Amount, d.Indicator.Measure), true
	}
	return kpi.T("entry_ask_same", int64(same.ID), string(d.u.Dated), d.u.Quantity.Amount, d.Indicator.Measure), true
}

func (d *weighed) twin() (kpi.Text, bool) {
	if d.u.Quantity.Amount == 0 || !d.Indicator.AddsUnits() {
		return kpi.Text{}, false
	}
	twin := func(e *kpi.Update) bool {
		return e.Dated == d.u.Dated && e.Quantity.Amount == d.u.Quantity.Amount
	}
	ask := func(of kpi.Name) (kpi.Text, bool) {
		return kpi.T("entry_ask_twin", of, string(d.u.Dated), d.u.Quantity.Amount, d.Indicator.Measure), true
	}
	for i := range d.Beneath {
		if twin(&d.Beneath[i].Entry) {
			return ask(d.Beneath[i].Unit)
		}
	}
	if len(d.Units) > 1 {
		for i := range d.Units[1].Own {
			if twin(&d.Units[1].Own[i]) {
				return ask(d.Units[1].Name)
			}
		}
	}
	return kpi.Text{}, false
}

func (d *weighed) below() (kpi.Text, bool) {
	a := d.u.Quantity.Amount
	if !d.Indicator.AddsUnits() || d.ordinary || a <= 0 || d.mine.Partial {
		return kpi.Text{}, false
	}
	below := through(&d.mine.This, 12).Minus(through(&d.was, 12))
	first := !reports(d.own) && d.u.Act != kpi.ActCorrect
	if below.Entries <= 0 || below.Amount <= 0 || !first && !d.reaches() && a < below.Amount-below.Amount/2 {
		return kpi.Text{}, false
	}
	of := through(&d.was, 12)
	said, entry, under := of.Amount, roughly(d.entryTally(), a), roughly(below, below.Amount)
	if !d.Indicator.Kind.Sums() || said <= 0 { // a reading takes the place of the one before
		return kpi.T("entry_ask_below", under, entry, d.Indicator.Measure,
			roughly(below.Plus(d.entryTally()), below.Amount+a)), true
	}
	return kpi.T("entry_ask_below_again", under, entry, d.Indicator.Measure,
		roughly(below.Plus(of).Plus(d.entryTally()), below.Amount+said+a), roughly(of, said)), true
}

// reports reports whether a unit has said anything of its own but that there was nothing.
func reports(own []kpi.Update) bool {
	return slices.ContainsFunc(own, func(u kpi.Update) bool { return u.Quantity.Amount > 0 })
}

// reaches reports whether the entry lifts the unit's figure to its target, by more than a few pieces.
func (d *weighed) reaches() bool {
	t := d.mine.Target
	if t == nil || t.Sign.Ceiling() || t.Sign == kpi.LevelSign || t.Amount <= 0 || d.small {
		return false
	}
	before, after := d.figure(d.mine)
	return before < t.Amount && after >= t.Amount
}

// figure returns a unit's figure before and after the entry, of the year or for readings up to its month.
func (d *weighed) figure(unit *AroundUnit) (before, after kpi.Amount) {
	upTo := 12
	if !d.Indicator.Kind.Sums() {
		upTo = d.at
	}
	before = through(&unit.This, upTo).Amount
	if !d.Indicator.AddsUnits() {
		return before, d.u.Quantity.Amount
	}
	return before, before + through(&d.change, upTo).Amount
}

func (d *weighed) above() (kpi.Text, bool) {
	a := d.u.Quantity.Amount
	if !d.Indicator.AddsUnits() || a <= 0 || d.u.Act == kpi.ActCorrect ||
		reports(d.own) {
		return kpi.Text{}, false
	}
	for i := range d.Units[1:] {
		unit := &d.Units[i+1]
		own := d.tally(ofYear(unit.Own, d.u.Dated.Year()), nil)
		key, said := "entry_ask_above", own[d.at-1].Amount
		if !d.Indicator.Kind.Sums() {
			key, said = "entry_ask_above_reading", Through(own, 12).Amount
		}
		if said >= a {
			return kpi.T(key, unit.Name, d.at, said, d.Indicator.Measure, a), true
		}
	}
	return kpi.Text{}, false
}

func (d *weighed) percent() (kpi.Text, bool) {
	a, whole := d.u.Quantity.Amount, kpi.Hundred.Amount()
	target := d.mine.Target
	if d.Indicator.Measure.Canonical() == kpi.PercentSign && a > whole && !d.ordinary &&
		(target == nil || target.Amount <= whole) {
		return kpi.T("entry_ask_percent", a), true
	}
	if d.share() {
		return kpi.T("entry_ask_share", a, a.Times(100, 1)), true
	}
	for _, r := range d.Ratios {
		if r.Indicator.Measure.Canonical() != kpi.PercentSign {
			continue
		}
		if n, m, over := d.over(r); over {
			return kpi.T("entry_ask_ratio", r.Indicator.Names(), n, m), true
		}
	}
	return kpi.Text{}, false
}

// share reports whether a percentage was typed as a share of 1, as sheets keep it: 0.91 in place of 91, where
// a tenth or more is to be reached or was read last.
func (d *weighed) share() bool {
	a, tenth := d.u.Quantity.Amount, kpi.Whole(10)
	if d.Indicator.Measure.Canonical() != kpi.PercentSign || d.ordinary || a <= 0 || a > kpi.One {
		return false
	}
	if n := len(d.mine.Own); n > 0 {
		return d.mine.Own[n-1].Quantity.Amount >= tenth
	}
	t := d.mine.Target
	return t != nil && !t.Sign.Ceiling() && t.Sign != kpi.LevelSign && t.Amount >= tenth
}

// over returns both parts of a ratio after the entry, and whether it lifts the ratio over 1 as far as
// both were reported.
func (d *weighed) over(r AroundRatio) (numerator, denominator kpi.Amount, over bool) {
	before := through(&d.mine.This, d.at).Amount
	after, other := before+through(&d.change, d.at).Amount, Through(r.Other, d.at)
	if other.Entries == 0 || r.Other[d.at-1].Entries == 0 {
		return 0, 0, false
	}
	if r.Indicator.Numerator == d.Indicator.ID {
		return after, other.Amount, after > other.Amount && before <= other.Amount
	}
	first := d.mine.This[d.at-1].Entries == 0 || d.u.Act == kpi.ActCorrect
	return other.Amount, after, other.Amount > after && (first || before >= other.Amount)
}

func (d *weighed) target() (kpi.Text, bool) {
	a := d.u.Quantity.Amount
	if question, over := d.ceiling(); over {
		return question, true
	}
	if d.ordinary || d.small {
		return kpi.Text{}, false
	}
	for i := range d.Units {
		unit := &d.Units[i]
		t := unit.Target
		if t == nil || t.Sign.Ceiling() || t.Sign == kpi.LevelSign || t.Amount <= 0 || i > 0 && !d.Indicator.AddsUnits() {
			continue
		}
		limit := t.Amount.Times(doubtTarget, 100)
		if a > limit {
			return kpi.T("entry_ask_target", roughly(d.entryTally(), a), d.Indicator.Measure, unit.Name, t.Amount,
				rateOf(a, t.Amount)), true
		}
		before, after := d.figure(unit)
		if after > limit && before <= limit && d.Indicator.AddsUnits() {
			return kpi.T("entry_ask_target_total", d.total(unit, after), d.Indicator.Measure, unit.Name, t.Amount,
				rateOf(after, t.Amount)), true
		}
	}
	return kpi.Text{}, false
}

// ceiling asks about the entry that exceeds a ceiling which was kept before. Here a few pieces matter: often the
// ceiling is no more than that.
func (d *weighed) ceiling() (kpi.Text, bool) {
	for i := range d.Units {
		unit := &d.Units[i]
		t := unit.Target
		if t == nil || !t.Sign.Ceiling() || i > 0 && !d.Indicator.AddsUnits() {
			continue
		}
		before, after := d.figure(unit)
		if t.Sign.Met(before, t.Amount) && !t.Sign.Met(after, t.Amount) && after > before {
			return kpi.T("entry_ask_ceiling", d.total(unit, after), d.Indicator.Measure, unit.Name, t.Amount,
				t.Sign.Symbol()), true
		}
	}
	return kpi.Text{}, false
}

// roughly is an amount as a sentence says it, 不少于 4,866 where the entries it comes from are no exact numbers.
func roughly(t kpi.Tally, a kpi.Amount) any {
	if !approximate(t) {
		return a
	}
	return kpi.T("quantity."+string(quantity(t, nil).Precision), a)
}

// entryTally is the entry as a sum of its own.
func (d *weighed) entryTally() kpi.Tally { return Through(d.tally(nil, &d.u), 12) }

// total is a unit's figure after the entry, as a sentence says it.
func (d *weighed) total(unit *AroundUnit, after kpi.Amount) any {
	if !d.Indicator.AddsUnits() {
		return roughly(d.entryTally(), after)
	}
	upTo := 12
	if !d.Indicator.Kind.Sums() {
		upTo = d.at
	}
	return roughly(through(&unit.This, upTo).Plus(through(&d.change, upTo)), after)
}

// rateOf is a as a percentage of b, to be printed.
func rateOf(a, b kpi.Amount) kpi.Amount { return kpi.Rate(a, b).Amount() }

// unusual returns how the entry leaves the unit's habit, except by a few pieces.
func (d *weighed) unusual() Doubt {
	a, h := d.u.Quantity.Amount, d.usual
	doubt := h.Doubt(a)
	if doubt == DoubtLarge && d.few(a) || doubt == DoubtSmall && d.few(h.Least) ||
		doubt == DoubtJump && d.few(a-h.Last) {
		return ""
	}
	return doubt
}

func (d *weighed) habit() (question kpi.Text, ask bool) {
	a, measure, h := d.u.Quantity.Amount, d.Indicator.Measure, d.usual
	if question, ask = d.fall(); ask || !d.hasHabit {
		return question, ask
	}
	switch d.unusual() {
	case DoubtLarge:
		return kpi.T("entry_ask_large", a, measure, h.Of, h.Most), true
	case DoubtSmall:
		return kpi.T("entry_ask_small", a, measure, h.Of, h.Least), true
	case DoubtJump:
		return kpi.T("entry_ask_jump", a-h.Last, measure, h.Of, h.Most), true
	case DoubtFall:
		return kpi.T("entry_ask_fall", a, measure, h.Last), true
	}
	return question, false
}

func (d *weighed) usualMonth() (kpi.Text, bool) {
	if d.ordinary || d.small || !d.Indicator.Kind.Sums() {
		return kpi.Text{}, false
	}
	var months []kpi.Amount
	for _, m := range slices.Concat(d.mine.Last[:], d.mine.This[:d.at-1]) {
		if m.Entries > 0 {
			months = append(months, m.Amount)
		}
	}
	months = months[max(len(months)-12, 0):]
	if len(months) < fewMonths {
		return kpi.Text{}, false
	}
	slices.Sort(months)
	usual, a := months[len(months)/2], d.u.Quantity.Amount
	if usual <= 0 || a/doubtMonths <= usual {
		return kpi.Text{}, false
	}
	return kpi.T("entry_ask_month", a, d.Indicator.Measure, usual), true
}

func (d *weighed) lastYear() (kpi.Text, bool) {
	then, measure := through(&d.mine.Last, d.at), d.Indicator.Measure
	before := through(&d.mine.This, d.at)
	now := before.Amount + through(&d.change, d.at).Amount
	switch {
	case d.ordinary || then.Entries <= 0 || then.Amount <= 0:
	case !d.small && now/doubtYears > then.Amount && before.Amount/doubtYears <= then.Amount &&
		(!d.Indicator.Kind.Sums() || now > through(&d.mine.Last, 12).Amount):
		return kpi.T("entry_ask_year_more", now, measure, then.Amount), true
	case !d.Indicator.Kind.Sums() && now < then.Amount/doubtYears && !d.few(then.Amount) &&
		(before.Entries <= 0 || before.Amount >= then.Amount/doubtYears):
		return kpi.T("entry_ask_year_less", now, measure, then.Amount), true
	}
	return kpi.Text{}, false
}
