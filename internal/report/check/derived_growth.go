package check

import (
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// growthRate holds a rate of growth against the change or the earlier number just before it and the number that grew,
// wherever that stands: 办理1120件，同比多办180件，增长19.15%; 调解件数比上年的5640件增长9.66%.
func (d derivation) growthRate(i int) []Finding {
	rate := d.mentions[i]
	if i == 0 || rate.Precision != kpi.Exact {
		return nil
	}
	last := d.mentions[i-1]
	gap := d.s[last.To:rate.From]
	up := growingUp.MatchString(growthSaid(d.s, rate))
	if last.Measure == "" || last.Measure.IsRate() || last.Precision != kpi.Exact || !alone.MatchString(strings.TrimLeft(
		strings.TrimSuffix(gap, growthSaid(d.s, rate)), "，, ")) {
		return nil
	}
	var best *Finding
	nearest := 12 * kpi.One
	for _, p := range d.grownPairs(i, up) {
		if ratioShown(p[0], p[1], rate) {
			return nil
		}
		is := kpi.Divide(p[0].Amount, p[1].Amount).Amount(4).Times(100, 1)
		if off := max(is, rate.Amount) - min(is, rate.Amount); off < nearest {
			nearest = off
			best = &Finding{Code: "quotient", Severity: SeverityError, Quote: rate.Written,
				Text: kpi.T("check.quotient", rate.Written, p[0].Amount, p[1].Amount, kpi.Rate(p[0].Amount, p[1].Amount))}
		}
	}
	if best == nil {
		return nil
	}
	return []Finding{*best}
}

// grownPairs returns the changes that may be meant before a rate of growth, each with what it is a change of.
func (d derivation) grownPairs(i int, up bool) (out [][2]intake.Mention) {
	last := d.mentions[i-1]
	changed, before := growthSaid(d.s, last) != "", ofEarlier.MatchString(lastClause(d.s[:last.From]))
	if !changed && !before {
		return nil
	}
	others := d.operandsOf(i-1, last.Measure)
	for _, x := range others {
		old := x
		switch {
		case changed && up:
			old.Amount -= last.Amount
		case changed:
			old.Amount += last.Amount
		default:
			by := x
			by.Amount = max(x.Amount, last.Amount) - min(x.Amount, last.Amount)
			if x.Amount > last.Amount == up {
				out = append(out, [2]intake.Mention{by, last})
			}
			continue
		}
		if old.Amount > 0 {
			out = append(out, [2]intake.Mention{last, old})
		}
		if x.Amount > last.Amount {
			out = append(out, [2]intake.Mention{last, x}) // 上年500件，减少20件
		}
	}
	return out
}

// operandsOf returns the numbers of one measure before one, those of the sentence before too, the nearest first.
func (d derivation) operandsOf(i int, m kpi.Measure) (out []intake.Mention) {
	for at := i - 1; at >= 0; at-- {
		if x := d.mentions[at]; oneOf(x.Measure) == oneOf(m) && x.Precision == kpi.Exact && growthSaid(d.s, x) == "" {
			out = append(out, x)
		}
	}
	for _, x := range d.earlier() {
		if oneOf(x.Measure) == oneOf(m) {
			out = append(out, x)
		}
	}
	return out
}
