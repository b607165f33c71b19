package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// Part is one part of a whole that was split.
type Part struct {
	Amount kpi.Amount // in whole steps
	Exact  kpi.Amount // the share before rounding, to a millionth
	Extra  bool       // it got one step of the remainder
}

// Split divides a whole by shares, in multiples of step, so that the parts add up to the whole: every
// part gets its share rounded down, and what remains goes, one step each, to the parts that lost most
// by rounding (largest remainder; among equals the first). What does not fill a step is left over.
// Without any positive share all parts are 0 and everything is left over.
func Split(whole kpi.Amount, shares []kpi.Amount, step kpi.Amount) (parts []Part, left kpi.Amount) {
	parts = make([]Part, len(shares))
	var sum kpi.Amount
	for _, s := range shares {
		sum += max(s, 0)
	}
	if sum == 0 || whole <= 0 {
		return parts, whole
	}
	left = whole
	for i, s := range shares {
		parts[i].Exact = whole.Times(int64(max(s, 0)), int64(sum))
		parts[i].Amount = parts[i].Exact / step * step
		left -= parts[i].Amount
	}
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	lost := func(i int) kpi.Amount { return parts[i].Exact - parts[i].Amount }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(lost(j), lost(i)) })
	for _, i := range order {
		if left < step {
			break
		}
		if shares[i] > 0 {
			parts[i].Amount += step
			parts[i].Extra = true
			left -= step
		}
	}
	return parts, left
}

// CurveOf returns the cumulative shares of a year's months as they were achieved, to serve as a plan
// for another year. ok is false if nothing was achieved or the figure fell.
func CurveOf(months [12]Month) (c kpi.Curve, ok bool) {
	var last kpi.Amount
	for i := range months {
		if months[i].Cumulative.Ok() {
			last = months[i].Cumulative.Value
		}
	}
	if last <= 0 {
		return c, false
	}
	held := kpi.Percent(0)
	for i := range months {
		if months[i].Cumulative.Ok() {
			held = kpi.Rate(months[i].Cumulative.Value, last)
		}
		c[i] = held
	}
	return c, c.Check() == nil
}

// Weights is the distribution of a year's points over the headings of the finance bureau's form.
type Weights struct {
	Total kpi.Percent
	By    map[kpi.Category]kpi.Percent // "": indicators without a category
}

// AddWeight adds the points of one indicator.
func (w *Weights) AddWeight(c kpi.Category, points kpi.Percent) {
	if w.By == nil {
		w.By = map[kpi.Category]kpi.Percent{}
	}
	w.Total += points
	w.By[c] += points
}

// Findings says what is wrong with the weights under a year's rules, in the sentences of the score;
// nothing while no weights are set.
func (w Weights) Findings(rules kpi.RuleSet) []kpi.Text {
	var out []kpi.Text
	if w.Total == 0 {
		return nil
	}
	if sum := w.Total + rules.Execution; sum != kpi.Hundred {
		out = append(out, kpi.T("score.finding.weights", sum.Amount(), rules.Execution.Amount()))
	}
	left := w.Total
	for _, share := range rules.Split {
		var points kpi.Percent
		for _, c := range share.Categories {
			points += w.By[c]
		}
		left -= points
		if points != share.Points {
			out = append(out, kpi.T("score.finding.heading", kpi.T("heading."+string(share.Heading)),
				points.Amount(), share.Points.Amount()))
		}
	}
	if left > 0 {
		out = append(out, kpi.T("score.finding.no_category", left.Amount()))
	}
	return out
}
