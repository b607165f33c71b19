package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// UpperBound is what an approximate figure stays below, where its wording says so: 200余 is under
// 300, 11万余 under 120,000, 近200 under 200. ok is false for the others: 200以上 has no end, and how
// far 约200 may be off nobody said.
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
	if least != q.Amount { // the table the figure came from stated its measure
		return q.Amount.Times(int64(most), int64(least)), true
	}
	return most, true
}

// nextInLastPlace adds one where the last digit stands that is no zero: 200 becomes 300, 25 becomes 26.
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
