package report

import (
	"strings"
	"unicode"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// targetChart returns every indicator that has a target as a bar towards it, the worst first (progress.Board.ByTarget),
// with what the plan expects by now and the numbers beside it. What no bar can say has the numbers alone. It returns
// nil for fewer than two, as a single bar has nothing beside it.
func (b *Draft) targetChart(figures []progress.Figure, title string) *paper.Chart {
	if len(figures) < 2 {
		return nil
	}
	c := &paper.Chart{Title: title, Noted: b.p.T("report.chart.noted")}
	done := paper.ChartPart{Name: b.p.T("col.rate")}
	used := paper.ChartPart{Name: b.p.T("report.chart.of_ceiling"), Hatched: true}
	due := paper.ChartPart{Name: b.p.T("col.expected"), Mark: true}
	ceilings, marked := false, false
	for i := range figures {
		f := &figures[i]
		rate, part, expected := f.Rate(), ofCeiling(f), b.dueShare(f)
		c.Names, c.Notes = append(c.Names, b.name(*f)), append(c.Notes, b.barNote(f))
		done.Rates, used.Rates = append(done.Rates, given(rate)), append(used.Rates, given(part))
		due.Rates = append(due.Rates, given(expected))
		ceilings, marked = ceilings || part.Ok(), marked || expected.Ok()
	}
	c.Parts = []paper.ChartPart{done}
	if ceilings {
		c.Parts = append(c.Parts, used)
	}
	if marked {
		c.Parts = append(c.Parts, due)
	}
	return c
}

// given returns a pointer to a rate that exists.
func given(r progress.Opt[kpi.Percent]) *kpi.Percent {
	if !r.Ok() {
		return nil
	}
	return &r.Value
}

// ofCeiling returns how much of a ceiling is used; more than 100 % is over it.
func ofCeiling(f *progress.Figure) progress.Opt[kpi.Percent] {
	if !f.Target.Sign.Ceiling() {
		return progress.None[kpi.Percent](progress.ReasonNoPace)
	}
	return f.Completion
}

// dueShare returns the part of the target that is expected by now. Ceilings expect nothing, and at the year's end the
// line at 100 % says it.
func (b *Draft) dueShare(f *progress.Figure) progress.Opt[kpi.Percent] {
	if !f.Expected.Ok() || f.Target.Sign.Ceiling() || f.Target.Amount <= 0 || b.YearEnd() {
		return progress.None[kpi.Percent](progress.ReasonNoPace)
	}
	return progress.Some(kpi.Rate(f.Expected.Value, f.Target.Amount))
}

// barNote says a figure beside its bar: 69.64%  7312 / 10500人; for ceilings and judgements how they stand.
func (b *Draft) barNote(f *progress.Figure) string {
	if f.Level() != "" {
		return b.p.T("report.chart.said", b.p.T("light."+f.Standing()), b.Achieved(*f))
	}
	target, _ := b.Target(*f, false)
	sum := b.p.T("report.chart.sum", unmeasured(b.Achieved(*f), target.Text), target.Text)
	d := f.Deviation()
	switch rate := f.Rate(); {
	case rate.Ok():
		return b.p.T("report.chart.said", b.p.RateBounded(f.Bound, rate.Value), sum)
	case f.Light == kpi.Over && d.Ok():
		return b.p.T("report.chart.said", b.p.Deviation(f.Indicator, f.Target.Sign, d.Value.By, d.Value.Bound), sum)
	case f.Achievement.Ok():
		return b.p.T("report.chart.said", b.p.T("light."+f.Standing()), sum)
	}
	return sum
}

// unmeasured drops a number's measure where the next one has the same: 7312人 / 10500人.
func unmeasured(text, next string) string {
	measure := next[strings.LastIndexFunc(next, unicode.IsDigit)+1:]
	number, ok := strings.CutSuffix(text, measure)
	if !ok || number == "" || !unicode.IsDigit(rune(number[len(number)-1])) || strings.HasPrefix(next, "¥") {
		return text
	}
	return number
}
