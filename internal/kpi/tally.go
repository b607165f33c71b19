package kpi

// Tally is what the updates of one month add to a figure. Every field but LastDate is additive
// over months and over units, which is what lets a figure be kept up to date by adding
// differences (see progress.Tally).
type Tally struct {
	Amount   Amount // the change of the figure in this month
	Entries  int64  // how many standing entries the figure gained in this month
	AtLeast  int64  // of them, how many were written as "at least"
	Ended    int64  // of those, how many say where they end: 200余 is under 300, 200以上 has no end
	Room     Amount // how far these may lie above what was written, together: 99 of one 200余 人
	Below    int64
	About    int64
	EntrySum int64 // the sum of the entries' ids: names the entry when there is only one
	LastDate Date  // the latest date among the month's standing entries; "" without any
}

// IsZero reports whether the month adds nothing.
func (t Tally) IsZero() bool { return t == Tally{} }

// Plus adds the additive fields and keeps the later date.
func (t Tally) Plus(o Tally) Tally {
	return Tally{t.Amount + o.Amount, t.Entries + o.Entries, t.AtLeast + o.AtLeast, t.Ended + o.Ended, t.Room + o.Room,
		t.Below + o.Below, t.About + o.About, t.EntrySum + o.EntrySum, max(t.LastDate, o.LastDate)}
}

// Minus is the difference of the additive fields; the date is t's.
func (t Tally) Minus(o Tally) Tally {
	return Tally{t.Amount - o.Amount, t.Entries - o.Entries, t.AtLeast - o.AtLeast, t.Ended - o.Ended, t.Room - o.Room,
		t.Below - o.Below, t.About - o.About, t.EntrySum - o.EntrySum, t.LastDate}
}

// Series is the twelve months of one indicator at one unit.
type Series [12]Tally
