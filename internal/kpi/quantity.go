package kpi

import "strings"

// Precision says how exact a figure is. Approximate figures are stored as written and carried into
// every sum; they are never silently made exact.
type Precision string

// The precisions. AtLeast, Below and About relate the true number x to the written number n.
const (
	Exact   Precision = "exact"    // x = n
	AtLeast Precision = "at_least" // 200余, N以上: n ≤ x
	Below   Precision = "below"    // 近200: x is just under n and never counts as n reached
	About   Precision = "about"    // 约200: x is near n
)

// Precisions lists all precisions in the order shown to people.
var Precisions = []Precision{Exact, AtLeast, Below, About}

// Known reports whether p is one of the precisions.
func (p Precision) Known() bool { return contains(Precisions, p) }

// Quantity is an amount, how exact it is and how the person wrote it.
type Quantity struct {
	Amount    Amount
	Precision Precision
	Of        UnitsRule `json:",omitempty"` // how it follows from several units' readings
	Wording   string    // as written, including the measure if it was written: "200余人次"; may be empty
}

// Exactly returns an exact quantity without wording.
func Exactly(a Amount) Quantity { return Quantity{Amount: a, Precision: Exact} }

// Measure is a unit of measurement: 人, 人次, 户, 起, 元, 万元, %.
type Measure string

// The measures in which money is stored and shown, and the sign of rates.
const (
	Yuan         Measure = "元"
	TenThousandY Measure = "万元"
	PercentSign  Measure = "%"
)

// PartOf reports whether a count in m can be a part of one in whole: money only of money; heads (人,
// 户) never of attendances (人次, 户次), nor the reverse. Other measures may differ (告诫令 in 份 of
// disputes in 起).
func (m Measure) PartOf(whole Measure) bool {
	m, whole = m.Canonical(), whole.Canonical()
	if m == whole {
		return true
	}
	return m.IsMoney() == whole.IsMoney() && m.times() == whole.times()
}

// times reports whether the measure counts attendances rather than heads: 人次, 户次, 车次.
func (m Measure) times() bool {
	head, found := strings.CutSuffix(string(m), "次")
	return found && head != "" && head != "场" && head != "批" && head != "轮"
}

// Canonical returns m in one uniform spelling: half-width signs, no spaces beside signs, and no slash
// where people put one into a count of attendances: 12人/次 is 12 人次. Other slashes stay: 元/月/人.
func (m Measure) Canonical() Measure {
	s := m.Spelled()
	if head, found := strings.CutSuffix(string(s), "/次"); found && contains(countedTimes, head) {
		return Measure(head + "次")
	}
	return s
}

// countedTimes are the heads that attendances are counted of: 人次, 户次.
var countedTimes = []string{"人", "户", "车", "场", "批", "轮", "班", "船", "架", "家", "辆", "名", "例", "只", "头"}

// Spelled returns m with half-width signs and without spaces, except between Latin words.
func (m Measure) Spelled() Measure {
	s := halfWidth.Replace(string(m))
	words := strings.Fields(s)
	var b strings.Builder
	for i, w := range words {
		if i > 0 && latin(words[i-1][len(words[i-1])-1]) && latin(w[0]) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return Measure(b.String())
}

var halfWidth = strings.NewReplacer("／", "/", "∕", "/", "⁄", "/", "％", "%", "﹪", "%", "　", " ", "\u00a0", " ", "，", ",",
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")

func latin(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
