package input

import (
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// Forms and the API both read amounts here, by their measure, so that both accept what people write:
// 1,200, １２００, 1.2万, 8950人, $10.4M. Where an exact amount is required, an approximate one (200余) is refused.

// ReadAmount reads an exact amount, such as a target, with or without its measure.
func ReadAmount(m *kpi.Mistakes, field, text string, measure kpi.Measure) kpi.Amount {
	a, err := intake.Exact(text, measure)
	m.Check(field, err)
	return a
}

// ReadMoney reads an amount in the given measure of money, or in the one written behind it, and returns
// it in 元. ok is false if the field is empty, says that there is no value, or cannot be read.
func ReadMoney(m *kpi.Mistakes, field, text string, measure kpi.Measure) (yuan kpi.Amount, ok bool) {
	if intake.SaysNoValue(text) {
		return 0, false
	}
	a, err := intake.Exact(text, measure)
	if !m.Check(field, err) {
		return 0, false
	}
	yuan, _ = measure.In(kpi.Yuan, a)
	if yuan > kpi.MaxAmount || yuan < -kpi.MaxAmount {
		m.Add(field, "number_too_large", strings.TrimSpace(text))
		return 0, false
	}
	return yuan, true
}

// ReadMoneyOrZero is ReadMoney for amounts that a budget line always has: an empty field is 0. A field
// that says that there is no value is a mistake, since what nobody stated is not 0.
func ReadMoneyOrZero(m *kpi.Mistakes, field, text string, measure kpi.Measure) kpi.Amount {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	return ReadStatedMoney(m, field, text, measure)
}

// ReadStatedMoney is ReadMoney for amounts that must be stated.
func ReadStatedMoney(m *kpi.Mistakes, field, text string, measure kpi.Measure) kpi.Amount {
	yuan, ok := ReadMoney(m, field, text, measure)
	if !ok && intake.SaysNoValue(text) {
		m.Add(field, "number_missing")
	}
	return yuan
}

// points is the measure in which scores, weights and percentages are read.
var points = []kpi.Measure{kpi.PercentSign, "分", "points"}

// ReadPercent reads points or a percentage with at most two decimals.
func ReadPercent(m *kpi.Mistakes, field, text string) (kpi.Percent, bool) {
	a, err := intake.Exact(text, points...)
	if !m.Check(field, err) {
		return 0, false
	}
	if a != a.Round(2) {
		m.Add(field, "score_decimals", strings.TrimSpace(text))
		return 0, false
	}
	return kpi.Percent(a / (kpi.One / 100)), true
}

// ReadWeight reads points from 0 to 100; an empty field is 0.
func ReadWeight(m *kpi.Mistakes, field, text string) kpi.Percent {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	p, err := intake.Weight(text)
	m.Check(field, err)
	return p
}

// ReadShare reads a cumulative percentage of a plan curve, from 0 to 100.
func ReadShare(m *kpi.Mistakes, field, text string) (kpi.Percent, bool) {
	a, err := intake.Exact(text, kpi.PercentSign)
	if err == nil && (a < 0 || a > kpi.Whole(100)) {
		err = kpi.Refuse(kpi.Invalid, "curve_share")
	}
	if err == nil && a != a.Round(2) { // 99.999 is not 100
		err = kpi.Refuse(kpi.Invalid, "curve_decimals")
	}
	return kpi.Percent(a.Round(2) / (kpi.One / 100)), m.Check(field, err)
}

// ReadSmall reads a whole number from 0 to most, such as a month, a day or a number of months.
func ReadSmall(m *kpi.Mistakes, field, text string, most int64, refusal string) int {
	a, err := intake.Exact(text, "个月", "月", "日", "号", "天")
	switch {
	case !m.Check(field, err):
	case a != a.Round(0) || a < 0 || a > kpi.Whole(most):
		m.Add(field, refusal)
	}
	return int(a / kpi.One)
}

// ReadCount reads a number of posts or people. It returns nil if the field is empty, says that there is no
// value, or cannot be read.
func ReadCount(m *kpi.Mistakes, field, text string) *int64 {
	if intake.SaysNoValue(text) {
		return nil
	}
	a, err := intake.Exact(text, "人", "名", "个")
	if !m.Check(field, err) {
		return nil
	}
	if a != a.Round(0) {
		m.Add(field, "staff_whole")
		return nil
	}
	n := int64(a / kpi.One)
	return &n
}
