package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// UpperBound returns the limit that an approximate figure stays below according to its wording: 200余
// is below 300, 11万余 below 120,000, 近200 below 200. ok is false for wordings without a limit:
// 200以上 has none, and how far 约200 may be off is not stated.
func UpperBound(q kpi.Quantity, measure kpi.Measure) (below kpi.Amount, ok bool) {
	if q.Precision == kpi.Below {
		return q.Amount, true
	}
	f, err := read(q.Wording, measure)
	if q.Precision != kpi.AtLeast || err != nil || !f.marks.more || f.negative ||
		f.convert("", measure.Canonical(), q.Wording) != nil {
		return 0, false
	}
	least, err := f.amount(q.Wording)
	if err != nil || least <= 0 {
		return 0, false
	}
	f.nextInLastPlace()
	most, err := f.amount(q.Wording)
	if err != nil {
		return 0, false
	}
	if least != q.Amount { // the table that the figure came from stated its measure
		return q.Amount.Times(int64(most), int64(least)), true
	}
	return most, true
}

// nextInLastPlace adds one to the last digit that is not zero: 200 becomes 300, 25 becomes 26.
func (d *decimal) nextInLastPlace() {
	digits := strings.TrimRight(d.whole+d.frac, "0")
	zeros := len(d.whole+d.frac) - len(digits)
	next := []byte("0" + digits)
	at := len(next) - 1
	for next[at] == '9' {
		next[at] = '0'
		at--
	}
	next[at]++
	d.whole, d.shift, d.frac = string(next)+strings.Repeat("0", zeros), d.shift-len(d.frac), ""
}
