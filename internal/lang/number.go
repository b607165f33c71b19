package lang

import (
	"strings"

	"dabiao/internal/kpi"
)

// Number formats an amount with separators and at most the given decimals, without trailing zeros:
// 10,780 · 153.98.
func (p Printer) Number(a kpi.Amount, decimals int) string {
	s := a.Fixed(decimals)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return p.separated(s)
}

// Fixed formats an amount with separators and exactly the given decimals: 94.10.
func (p Printer) Fixed(a kpi.Amount, decimals int) string { return p.separated(a.Fixed(decimals)) }

// Percent formats a rate with two decimals and its sign: 104.04%.
func (p Printer) Percent(r kpi.Percent) string { return r.String() + "%" }

// Share formats a percentage that somebody set, as short as it is: 80%, 97.5%. What was computed is [Printer.Percent].
func (p Printer) Share(r kpi.Percent) string { return p.Number(r.Amount(), 2) + "%" }

// ShareOf is Share of a percentage that is kept as an amount.
func (p Printer) ShareOf(a kpi.Amount) string { return p.Number(a, 2) + "%" }

// separated groups a number's digits, unless the printer is [Printer.Ungrouped].
func (p Printer) separated(s string) string {
	if p.ungrouped && p.Chinese() {
		return s
	}
	return group(s)
}

func group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, frac, point := strings.Cut(s, ".")
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if point {
		return sign + b.String() + "." + frac
	}
	return sign + b.String()
}

// Amount formats what an indicator shows of an amount, without the measure: 10,780 · 94.17.
func (p Printer) Amount(ind kpi.Indicator, a kpi.Amount) string { return p.Fixed(a, ind.Shown(a)) }

// Value formats a quantity of an indicator without its measure: 10,780 · 200余 · 不少于 1,234. In
// Chinese an approximate figure prints as it was written, in English by its bound.
func (p Printer) Value(ind kpi.Indicator, q kpi.Quantity) string {
	if ind.Kind == kpi.Level {
		return p.level(q)
	}
	if q.Of != kpi.AddUnits { // 平均 85.5
		of := q.Of
		q.Of = kpi.AddUnits
		return p.T("quantity.of."+string(of), p.Value(ind, q))
	}
	number := p.Amount(ind, q.Amount)
	if q.Precision == kpi.Exact {
		return number
	}
	if p.Chinese() && q.Wording != "" {
		head, tail := markBehind(q.Wording, ind.Measure)
		return head + tail
	}
	return p.T("quantity."+string(q.Precision), number)
}

// Quantity formats a quantity of an indicator with its measure, as in running text: 10,780人 · 200余人次 ·
// at least 200 visits.
func (p Printer) Quantity(ind kpi.Indicator, q kpi.Quantity) string {
	ind, q = p.inWan(ind, q)
	value := p.Value(ind, q)
	if ind.Kind == kpi.Level {
		return value
	}
	if !p.Chinese() {
		return p.Measured(ind.Measure, value)
	}
	head, tail := value, ""
	if q.Precision != kpi.Exact && q.Of == kpi.AddUnits {
		head, tail = markBehind(value, ind.Measure)
	}
	return head + apart(ind.Measure) + tail
}

// inWan is a quantity of money as papers write it, see [Printer.InWan].
func (p Printer) inWan(ind kpi.Indicator, q kpi.Quantity) (kpi.Indicator, kpi.Quantity) {
	if !p.wan || !p.Chinese() || ind.Measure != kpi.Yuan || q.Precision != kpi.Exact && q.Wording != "" ||
		max(q.Amount, -q.Amount) < kpi.Whole(10_000) {
		return ind, q
	}
	a, ok := kpi.Yuan.In(kpi.TenThousandY, q.Amount)
	if back, exact := kpi.TenThousandY.In(kpi.Yuan, a); !ok || !exact || back != q.Amount {
		return ind, q // beyond the last decimal
	}
	ind.Measure, ind.Decimals, q.Amount = kpi.TenThousandY, kpi.AmountDecimals, a
	return ind, q
}

// markBehind splits the wording of an approximate figure into the number and the word after the
// measure, and drops the measure: 200以上 and 200户以上 both give 200 and 以上.
func markBehind(wording string, m kpi.Measure) (head, tail string) {
	for _, tail := range []string{"及以上", "以上", "之上", "左右", "上下"} {
		if head, ok := strings.CutSuffix(wording, tail); ok {
			return strings.TrimSuffix(strings.TrimSpace(head), string(m)), tail
		}
	}
	return strings.TrimSuffix(wording, string(m)), ""
}

// apart returns a measure as written after a number: with a space before it if it begins with a digit
// (1/10万).
func apart(m kpi.Measure) string {
	if m != "" && m[0] >= '0' && m[0] <= '9' {
		return " " + string(m)
	}
	return string(m)
}

func (p Printer) level(q kpi.Quantity) string {
	if p.Chinese() && q.Wording != "" {
		return q.Wording
	}
	return p.T("level." + string(kpi.LevelOfRank(q.Amount)))
}

// Kind names how an indicator adds up. A running rate is read, not accumulated: 合格率 98% is no total.
func (p Printer) Kind(ind kpi.Indicator) string {
	if ind.Kind == kpi.Running && ind.Rated() {
		return p.T("kind.reading")
	}
	return p.T("kind." + string(ind.Kind))
}
