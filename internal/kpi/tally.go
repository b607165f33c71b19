package kpi

// Tally is what the updates of one month add to a figure. Every field but LastDate is additive over
// months and over units, so a figure can be kept up to date by adding differences (see progress.Tally).
type Tally struct {
	Amount   Amount // the change of the figure in this month
	Entries  int64  // number of standing entries the figure gained in this month
	AtLeast  int64  // how many of them were written as "at least"
	Ended    int64  // how many of those have an upper end: 200余 is under 300, 200以上 has no end
	Room     Amount // how far those with an end may lie above what was written, in total: 99 for one 200余 人
	Below    int64
	About    int64
	EntrySum int64 // sum of the entries' IDs: identifies the entry if there is only one
	LastDate Date  // the latest date among the month's standing entries; "" if there are none
}

// IsZero reports whether the month adds nothing.
func (t Tally) IsZero() bool { return t == Tally{} }

// Plus adds the additive fields and keeps the later date.
func (t Tally) Plus(o Tally) Tally {
	return Tally{t.Amount + o.Amount, t.Entries + o.Entries, t.AtLeast + o.AtLeast, t.Ended + o.Ended, t.Room + o.Room,
		t.Below + o.Below, t.About + o.About, t.EntrySum + o.EntrySum, max(t.LastDate, o.LastDate)}
}

// Minus subtracts the additive fields and keeps t's date.
func (t Tally) Minus(o Tally) Tally {
	return Tally{t.Amount - o.Amount, t.Entries - o.Entries, t.AtLeast - o.AtLeast, t.Ended - o.Ended, t.Room - o.Room,
		t.Below - o.Below, t.About - o.About, t.EntrySum - o.EntrySum, t.LastDate}
}

// Series is the twelve months of one indicator at one unit.
type Series [12]Tally
