package progress

import "dabiao/internal/kpi"

// HabitEntries is the number of latest entries that define what is usual. With fewer than habitLeast
// nothing is usual.
const (
	HabitEntries = 12
	habitLeast   = 3
)

// Habit is the range that the latest entries of one indicator at one unit make plausible for the next.
// It never forbids anything: outside it a person is asked once.
//
// Where entries add up, and for standards, the range is from half the smallest to twice the largest.
// Running totals continue from the last reading: up by at most twice the largest rise between two
// readings (or a tenth, if they hardly moved), and down only if they have fallen before, by at most
// twice the largest fall. Readings that may fall (see MayFall) go down as they go up, by twice the largest
// step either way. Judgements have no habit.
type Habit struct {
	Low, High kpi.Amount
	Of        int        // number of entries it is based on
	Most      kpi.Amount // the largest of them, or for running totals the largest rise
	Least     kpi.Amount // the smallest of them, or for running totals the largest fall as a negative number
	Last      kpi.Amount
	running   bool
}

// MayFall reports whether a later reading may be smaller than the one before without anybody having to be
// asked: of a rate, a mean or an extreme, of what should become less, and under a ceiling. A running total
// of pieces does not fall. Only running indicators have readings that go on from one another.
func MayFall(ind kpi.Indicator, t *kpi.Target) bool {
	return ind.Kind != kpi.Running || ind.Rated() || ind.Direction == kpi.Down || t != nil && t.Sign.Ceiling()
}

// Usual returns the habit in a unit's standing entries, which must be oldest first; mayFall is [MayFall]. ok is
// false if there are too few or the kind has no habit.
func Usual(kind kpi.Kind, mayFall bool, entries []kpi.Update) (h Habit, ok bool) {
	entries = entries[max(len(entries)-HabitEntries, 0):]
	if len(entries) < habitLeast || kind == kpi.Level || kind == kpi.Ratio {
		return h, false
	}
	h = Habit{Of: len(entries), Last: entries[len(entries)-1].Quantity.Amount, running: kind == kpi.Running}
	if h.running {
		h.steps(entries, mayFall)
		return h, true
	}
	h.Least, h.Most = entries[0].Quantity.Amount, entries[0].Quantity.Amount
	for _, u := range entries[1:] {
		h.Least, h.Most = min(h.Least, u.Quantity.Amount), max(h.Most, u.Quantity.Amount)
	}
	h.Low, h.High = h.Least/2, 2*h.Most
	return h, h.Most > 0
}

// steps derives the habit of a running total from the steps between its readings.
func (h *Habit) steps(entries []kpi.Update, mayFall bool) {
	for i, u := range entries[1:] {
		step := u.Quantity.Amount - entries[i].Quantity.Amount
		h.Least, h.Most = min(h.Least, step), max(h.Most, step)
	}
	up, down := max(2*h.Most, h.Last/10), -2*h.Least
	if mayFall {
		up, down = max(up, down), max(up, down)
	}
	h.Low, h.High = max(h.Last-down, 0), h.Last+up
}

// Doubt is the reason why an amount is queried; "" if it is plausible.
type Doubt string

// The doubts.
const (
	DoubtLarge Doubt = "large" // more than twice the largest of the latest
	DoubtSmall Doubt = "small" // less than half the smallest of the latest
	DoubtJump  Doubt = "jump"  // a running total rises far more than it ever did
	DoubtFall  Doubt = "fall"  // a running total falls for the first time, or far more than it ever did
)

// Doubt returns the reason to ask a person about an amount; "" if it is plausible.
func (h Habit) Doubt(a kpi.Amount) Doubt {
	switch {
	case a > h.High && h.running:
		return DoubtJump
	case a > h.High:
		return DoubtLarge
	case a < h.Low && h.running:
		return DoubtFall
	case a < h.Low:
		return DoubtSmall
	}
	return ""
}
