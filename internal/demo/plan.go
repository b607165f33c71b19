package demo

import (
	"fmt"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// plan is one line of the sample year's targets.
type plan struct {
	indicator string
	split     bool // spread over the townships by their shares
	target    kpi.Target
}

// plans returns the sample year's targets in the order they were set.
func plans(year kpi.Year) ([]plan, error) {
	rows, err := table("sample/targets.csv")
	if err != nil {
		return nil, err
	}
	var out []plan
	for _, r := range rows {
		p, err := readPlan(r, year)
		if err != nil {
			return nil, fmt.Errorf("target of %s: %w", r["indicator"], err)
		}
		out = append(out, p)
	}
	return out, nil
}

func readPlan(r row, year kpi.Year) (plan, error) {
	years := strings.NewReplacer("{year}", fmt.Sprint(int(year)), "{last}", fmt.Sprint(int(year)-1))
	p := plan{indicator: r["indicator"], split: r["split"] == "yes"}
	p.target = kpi.Target{Year: year, Sign: kpi.Sign(r["sign"]), Level: kpi.LevelValue(r["level"]),
		Document: years.Replace(r["document"]), Reason: r["reason"]}
	var err error
	if p.target.Amount, err = r.amount("value"); err != nil {
		return p, err
	}
	weight, err := r.amount("weight")
	if err != nil {
		return p, err
	}
	p.target.Weight = kpi.Percent(weight.Times(100, 1) / kpi.One)
	if p.target.Dated, err = kpi.ParseDate(years.Replace(r["dated"])); err != nil {
		return p, err
	}
	p.target.Curve, err = readCurve(r["curve"])
	return p, err
}

// readCurve reads twelve percentages; an empty cell means the linear plan.
func readCurve(s string) (*kpi.Curve, error) {
	if s == "" {
		return nil, nil
	}
	var c kpi.Curve
	shares := strings.Fields(s)
	if len(shares) != len(c) {
		return nil, fmt.Errorf("a curve of %d months", len(shares))
	}
	for i, share := range shares {
		a, err := intake.Number(share)
		if err != nil {
			return nil, err
		}
		c[i] = kpi.Percent(a.Times(100, 1) / kpi.One)
	}
	return &c, c.Check()
}

// spread divides whole units by shares, largest remainders first, so that the parts add up to the
// whole.
func spread(whole kpi.Amount, shares []int) []kpi.Amount {
	sum := 0
	for _, s := range shares {
		sum += s
	}
	out := make([]kpi.Amount, len(shares))
	left := whole
	for i, s := range shares {
		out[i] = whole / kpi.One * kpi.Amount(s) / kpi.Amount(sum) * kpi.One
		left -= out[i]
	}
	for ; left >= kpi.One; left -= kpi.One {
		most := 0
		for i := range shares {
			if lacks(whole, out[i], shares[i], sum) > lacks(whole, out[most], shares[most], sum) {
				most = i
			}
		}
		out[most] += kpi.One
	}
	return out
}

// lacks returns how far part falls short of its exact share.
func lacks(whole, part kpi.Amount, share, sum int) kpi.Amount {
	return whole.Times(int64(share), int64(sum)) - part
}
