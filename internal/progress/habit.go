package progress

import "dabiao/internal/kpi"

// HabitEntries is how many of the latest entries say what is usual; with fewer than habitLeast of
// them nothing is.
const (
	HabitEntries = 12
	habitLeast   = 3
)

// Habit is what the latest entries of one indicator at one unit make plausible for the next. It
// never forbids anything: outside it a person is asked once.
//
// Where entries add up, and for standards: from half the smallest to twice the largest. Running
// totals go on from the last reading: up by at most twice the largest rise between two readings (or
// a tenth, where they hardly moved), and down only where they have fallen before, by twice the
// largest fall. Judgements have no habit.
type Habit struct {
	Low, High kpi.Amount
	Of        int        // how many entries it rests on
	Most      kpi.Amount // the largest of them, or for running totals the largest rise
	Least     kpi.Amount // the smallest of them
	Last      kpi.Amount
	running   bool
}

// Usual is the habit in a unit's standing entries, oldest first; ok is false when they are too few
// or say nothing.
func Usual(kind kpi.Kind, entries []kpi.Update) (h Habit, ok bool) {
	entries = entries[max(len(entries)-HabitEntries, 0):]
	if len(entries) < habitLeast || kind == kpi.Level || kind == kpi.Ratio {
		return h, false
	}
	h = Habit{Of: len(entries), Last: entries[len(entries)-1].Quantity.Amount, running: kind == kpi.Running}
	if h.running {
		h.steps(entries)
		return h, true
	}
	h.Least, h.Most = entries[0].Quantity.Amount, entries[0].Quantity.Amount
	for _, u := range entries[1:] {
		h.Least, h.Most = min(h.Least, u.Quantity.Amount), max(h.Most, u.Quantity.Amount)
	}
	h.Low, h.High = h.Least/2, 2*h.Most
	return h, h.Most > 0
}

// steps takes the habit of a running total from the steps between its readings.
func (h *Habit) steps(entries []kpi.Update) {
	for i, u := range entries[1:] {
		step := u.Quantity.Amount - entries[i].Quantity.Amount
		h.Least, h.Most = min(h.Least, step), max(h.Most, step)
	}
	h.Low = max(h.Last+2*h.Least, 0)
	h.High = h.Last + max(2*h.Most, h.Last/10)
}

// Doubt is why an amount is asked about; "" when it is plausible.
type Doubt string

// The doubts.
const (
	DoubtLarge Doubt = "large" // larger than all the latest, by more than twice
	DoubtSmall Doubt = "small" // smaller than all the latest, by more than half
	DoubtJump  Doubt = "jump"  // a running total rises more than ever
	DoubtFall  Doubt = "fall"  // a running total falls, or falls more than ever
)

// Doubt says whether a person should be asked about an amount.
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
