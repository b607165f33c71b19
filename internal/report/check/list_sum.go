package check

import (
	"regexp"

	"dabiao/internal/kpi"
)

// listSums finds a whole followed by its parts in one list whose sum is nearly the whole: 1240万元，中央560万元、地方580万元、
// 其他120万元.
func (c *checker) listSums(s string) (out []Finding) {
	mentions := c.mentions(s)
	for i, whole := range mentions {
		sum, off, last, n := kpi.Amount(0), rounding(whole), whole.To, 0
		for _, part := range mentions[i+1:] {
			gap := s[last:part.From]
			if oneOf(part.Measure) != oneOf(whole.Measure) || part.Precision != kpi.Exact ||
				n == 0 && !commaName.MatchString(gap) || n > 0 && !listName.MatchString(gap) || otherThan.MatchString(gap) {
				break
			}
			sum, off, last, n = sum+part.Amount, off+rounding(part), part.To, n+1
		}
		if n < 3 || whole.Precision != kpi.Exact || whole.Measure.IsRate() || whole.Measure == "" ||
			goesOn.MatchString(s[last:]) ||
			!misses(sum, whole.Amount, 20) || max(sum, whole.Amount)-min(sum, whole.Amount) <= off {
			continue
		}
		out = append(out, Finding{Code: "totals", Severity: SeverityWarning, Quote: whole.Written,
			Text: kpi.T("check.totals", whole.Written, quantity(sum, whole.Measure))})
	}
	return out
}

var (
	commaName = regexp.MustCompile(`^[，,：:]\p{Han}{2,10}$`)
	listName  = regexp.MustCompile(`^[、]\p{Han}{2,12}$`)
)
