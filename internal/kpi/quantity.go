package kpi

import "strings"

// Precision says how exact a figure is. Approximate figures are kept as they were written and
// carried into every sum; they are never quietly made exact.
type Precision string

// The precisions. AtLeast and About and Below bound the true number x by the written number n.
const (
	Exact   Precision = "exact"    // x = n
	AtLeast Precision = "at_least" // 200余, N以上: n ≤ x
	Below   Precision = "below"    // 近200: x is just under n and never counts as n reached
	About   Precision = "about"    // 约200: x is near n
)

// Precisions lists all, in the order shown to people.
var Precisions = []Precision{Exact, AtLeast, Below, About}

// Known reports whether p is one of the precisions.
func (p Precision) Known() bool { return contains(Precisions, p) }

// Quantity is an amount with how exact it is and how the person wrote it.
type Quantity struct {
	Amount    Amount
	Precision Precision
	Wording   string // as written, with the measure when it was written: "200余人次"; may be empty
}

// Exactly makes an exact quantity without wording.
func Exactly(a Amount) Quantity { return Quantity{Amount: a, Precision: Exact} }

// Measure is a unit of measurement: 人, 人次, 户, 起, 元, 万元, %.
type Measure string

// The two measures of money budgets are kept in and shown in, and the sign of rates.
const (
	Yuan         Measure = "元"
	TenThousandY Measure = "万元"
	PercentSign  Measure = "%"
)

// PartOf reports whether a count in m can be a part of one in whole: money only of money, and what
// counts heads (人, 户) never of what counts times (人次, 户次), nor the reverse. Other measures may
// differ (告诫令 in 份 of disputes in 起).
func (m Measure) PartOf(whole Measure) bool {
	m, whole = m.Canonical(), whole.Canonical()
	if m == whole {
		return true
	}
	return m.IsMoney() == whole.IsMoney() && m.times() == whole.times()
}

// times reports whether the measure counts times and not heads: 人次, 户次, 车次.
func (m Measure) times() bool {
	head, found := strings.CutSuffix(string(m), "次")
	return found && head != "" && head != "场" && head != "批" && head != "轮"
}

// Canonical drops the slash and spaces people put into measures: 12人/次 is 12 人次.
func (m Measure) Canonical() Measure {
	return Measure(strings.NewReplacer("/", "", "／", "", " ", "", "　", "", "％", "%").Replace(string(m)))
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
