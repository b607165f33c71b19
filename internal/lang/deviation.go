package lang

import "dabiao/internal/kpi"

// Deviation writes how far an indicator is from its target, with its direction in words: 低于目标3.18个百分点 for
// rates, 少93人次 and 多419人 for what is counted, 超出1件 for a ceiling that is exceeded. by is achievement −
// target.
func (p Printer) Deviation(ind kpi.Indicator, sign kpi.Sign, by kpi.Amount, b kpi.Bound) string {
	return p.Bounded(b, p.T(deviationKey(ind, sign, by), p.Apart(ind, by)))
}

// Bounded says of a number as printed on which side of it the true one lies: 最多7,134份.
func (p Printer) Bounded(b kpi.Bound, number string) string {
	if b == kpi.ThisExactly {
		return number
	}
	return p.T("bound."+string(b), number)
}

// RateSaid is Bounded of a rate in a sentence: 完成任务数的99.95%以下.
func (p Printer) RateSaid(b kpi.Bound, r kpi.Percent) string {
	if b == kpi.ThisExactly {
		return p.Percent(r)
	}
	return p.T("bound.said_"+string(b), p.Percent(r))
}

// RateBounded is Bounded of a rate, as it stands in a table: ≥40.55%.
func (p Printer) RateBounded(b kpi.Bound, r kpi.Percent) string {
	if b == kpi.ThisExactly {
		return p.Percent(r)
	}
	return p.T("bound.rate_"+string(b), p.Percent(r))
}

func deviationKey(ind kpi.Indicator, sign kpi.Sign, by kpi.Amount) string {
	key := "deviation."
	switch {
	case by == 0:
		return key + "none"
	case sign.Ceiling():
		key += "ceiling_"
	case ind.Rated() || ind.Measure.Points() != "":
		key += "rate_"
	default:
		key += "count_"
	}
	if by < 0 {
		return key + "below"
	}
	return key + "above"
}

// Apart writes the distance between two values of an indicator, without a direction: a number with its measure,
// or points for values in % or ‰.
func (p Printer) Apart(ind kpi.Indicator, by kpi.Amount) string {
	by = max(by, -by)
	if points := ind.Measure.Points(); points != "" {
		return p.T("token.points."+string(points), p.Fixed(by, max(ind.Decimals, 2)))
	}
	return p.Quantity(ind, kpi.Exactly(by))
}
