package report

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// aspectWords maps the words for aspects, in both languages and as stored.
var aspectWords = knownAspects()

func knownAspects() map[string]TokenAspect {
	out := map[string]TokenAspect{"完成值": SayValue, "实绩": SayValue, "目标值": SayTarget, "任务数": SayTarget,
		"约数":  SayApproximate,
		"执行率": SayExecution, "支出": SaySpent, "完成": IsReached}
	for _, list := range [][]TokenAspect{figureAspects, moneyAspects, ratioAspects, budgetAspects, staffAspects,
		countAspects, conditions} {
		for _, f := range list {
			out[string(f)] = f
			for _, tag := range lang.Tags {
				out[strings.ToLower(lang.For(tag).T("token.aspect."+string(f)))] = f
			}
		}
	}
	return out
}

// say returns what a token prints, with references to the figures. In place of an absent number it
// prints the reason.
func (b *Draft) say(m meaning) []paper.Run {
	switch {
	case m.figure != nil && !slices.Contains(m.Aspects, m.aspect):
		return []paper.Run{paper.Live(b.p.T("report.dash"),
			ref(*m.figure, paper.RefValue))} // no such aspect: 万元 of people, in a repetition over both
	case m.figure != nil:
		return b.sayFigure(m.figure, m.aspect)
	case m.budget != nil:
		return []paper.Run{b.sayBudget(m.budget, m.aspect)}
	case m.staff != nil:
		return []paper.Run{b.sayStaff(m.staff, m.aspect)}
	case m.Code == countsCode:
		return []paper.Run{count(b.counted(m.aspect))}
	case m.Code == yearCode:
		return []paper.Run{{Text: b.p.T("token.year", int(b.Board.Year.Year))}}
	}
	return []paper.Run{{Text: b.office()}}
}

func (b *Draft) sayFigure(f *progress.Figure, aspect TokenAspect) []paper.Run {
	switch aspect {
	case SayName:
		return []paper.Run{{Text: b.partName(*f)}}
	case SayTarget:
		if target, ok := b.Target(*f, false); ok {
			return []paper.Run{target}
		}
		return []paper.Run{paper.Live(b.p.T("reason.no_target"), ref(*f, paper.RefTarget))}
	case SayDate:
		return []paper.Run{paper.Live(b.p.Date(f.LastUpdate), ref(*f, paper.RefDate))}
	case SayNumerator:
		return []paper.Run{b.amountRun(f, f.Numerator, paper.RefNumerator)}
	case SayDenominator:
		return []paper.Run{b.amountRun(f, f.Denominator, paper.RefDenominator)}
	case SayRate:
		rate := f.Rate()
		if rate.Ok() {
			return []paper.Run{paper.Live(b.p.RateSaid(f.Bound, rate.Value), ref(*f, paper.RefRate))}
		}
		return []paper.Run{b.absent(f, rate.Reason, paper.RefRate)}
	case SayDeviation:
		d := f.Deviation()
		if !d.Ok() {
			return []paper.Run{b.absent(f, d.Reason, paper.RefDifference)}
		}
		return []paper.Run{b.deviating(f, d.Value)}
	}
	if !f.Achievement.Ok() {
		return []paper.Run{paper.Live(b.Achieved(*f), ref(*f, paper.RefValue))}
	}
	return []paper.Run{b.sayAchievement(f, aspect)}
}

// sayAchievement handles the aspects that need a value.
func (b *Draft) sayAchievement(f *progress.Figure, aspect TokenAspect) paper.Run {
	q := f.Achievement.Value
	switch aspect {
	case SayNumber:
		if q.Precision == kpi.Exact && q.Of == kpi.AddUnits && f.Indicator.Kind != kpi.Level {
			return paper.Live(b.bare(q.Amount), ref(*f, paper.RefValue))
		}
		return paper.Live(b.p.Value(f.Indicator, q), ref(*f, paper.RefValue))
	case SayYuan, SayWan:
		return paper.Live(b.inMoney(f, q, aspect), ref(*f, paper.RefValue))
	case SayApproximate:
		return paper.Live(b.roughly(f.Indicator, q), ref(*f, paper.RefValue))
	case SayDifference:
		d := f.Deviation()
		if !d.Ok() {
			return b.absent(f, d.Reason, paper.RefDifference)
		}
		return paper.Live(b.p.Bounded(d.Value.Bound, b.p.Apart(f.Indicator, d.Value.By)), ref(*f, paper.RefDifference))
	case SayWords:
		return paper.Live(b.verdict(f), ref(*f, paper.RefWords))
	case SayChange:
		return b.change(f)
	}
	return paper.Live(b.Achieved(*f), ref(*f, paper.RefValue))
}

// absent returns the reason a number is absent.
func (b *Draft) absent(f *progress.Figure, why progress.Reason, aspect paper.RefAspect) paper.Run {
	return paper.Live(b.p.T("reason."+string(why)), ref(*f, aspect))
}

func (b *Draft) amountRun(f *progress.Figure, a progress.Opt[kpi.Amount], aspect paper.RefAspect) paper.Run {
	if !a.Ok() {
		return b.absent(f, a.Reason, aspect)
	}
	return paper.Live(b.bare(a.Value), ref(*f, aspect))
}

// inMoney writes an amount of money in 元 or 万元, exactly.
func (b *Draft) inMoney(f *progress.Figure, q kpi.Quantity, aspect TokenAspect) string {
	to := kpi.Yuan
	if aspect == SayWan {
		to = kpi.TenThousandY
	}
	ind := f.Indicator
	if a, ok := ind.Measure.In(to, q.Amount); ok {
		ind.Measure, ind.Decimals, q.Amount = to, kpi.AmountDecimals, a
		q.Wording = "" // it is in the other measure
	}
	return b.p.InOwnMeasure().Quantity(ind, q)
}

// roughly writes a figure approximately: 1259 as 1200余. A figure that is approximate already stays as
// it was written, one that is round stays exact.
func (b *Draft) roughly(ind kpi.Indicator, q kpi.Quantity) string {
	step := kpi.One
	for step*100 <= q.Amount {
		step *= 10
	}
	if low := q.Amount / step * step; q.Precision == kpi.Exact && low != q.Amount && q.Amount >= kpi.Whole(10) {
		q = kpi.Quantity{Amount: low, Precision: kpi.AtLeast}
		q.Wording = b.bare(low) + "余" + string(ind.Measure)
	}
	return b.p.Quantity(ind, q)
}

// verdict returns 超额完成, 完成 or 未完成, or that there is no target.
func (b *Draft) verdict(f *progress.Figure) string {
	switch {
	case f.Target == nil:
		return b.p.T("reason.no_target")
	case f.Light == kpi.Unclear:
		return b.p.T("reason.approximate")
	case f.Exceeded():
		return b.p.T("token.exceeded")
	case f.Met:
		return b.p.T("token.reached")
	}
	return b.p.T("token.missed")
}

// change returns 同比: 增长6.69%, 提高2.17个百分点, 持平.
func (b *Draft) change(f *progress.Figure) paper.Run {
	y := f.YearOverYear
	if !y.Ok() {
		return b.absent(f, y.Reason, paper.RefChange)
	}
	by, key := y.Value.By, "token.change.up"
	switch {
	case by == 0:
		key = "token.change.same"
	case by < 0:
		key, by = "token.change.down", -by
	}
	if y.Value.InPoints && by != 0 {
		return paper.Live(b.p.T(key+"_points."+string(y.Value.Points(f.Indicator)), by), ref(*f, paper.RefChange))
	}
	return paper.Live(b.p.T(key, by), ref(*f, paper.RefChange))
}

func (b *Draft) sayBudget(l *progress.BudgetFigure, aspect TokenAspect) paper.Run {
	amount := func(a kpi.Amount, aspect paper.RefAspect) paper.Run {
		r := b.money(*l, a, aspect)
		r.Text = b.p.T("token.wan", r.Text)
		return r
	}
	switch aspect {
	case SayBudget:
		return amount(l.Budget(), paper.RefBudget)
	case SayOpening:
		return amount(l.Opening, paper.RefOpening)
	case SayIncome:
		return amount(l.Income, paper.RefIncome)
	case SayClosing:
		return amount(l.Closing, paper.RefClosing)
	case SayExecution:
		text := b.p.T("report.dash")
		if l.Execution.Ok() {
			text = b.p.Percent(l.Execution.Value)
		}
		return paper.Live(text, &paper.Ref{Fund: l.Fund, Nature: l.Nature, Aspect: paper.RefExecution})
	}
	return amount(l.Spent, paper.RefSpent)
}

// sayStaff writes a number of people or posts.
func (b *Draft) sayStaff(f *progress.StaffFigure, aspect TokenAspect) paper.Run {
	n, r, key := f.People, staffRef(f.Kind, paper.RefPeople), "token.people"
	if aspect == SayPosts {
		n, r, key = f.Posts, staffRef(f.Kind, paper.RefPosts), "token.posts"
	}
	if !n.Ok() {
		return paper.Live(b.p.T("report.staff.unstated"), r)
	}
	return paper.Live(b.p.T(key, b.p.Number(kpi.Whole(n.Value), 0)), r)
}

// counted returns how many indicators of the year an aspect counts.
func (b *Draft) counted(aspect TokenAspect) (n int) {
	for _, f := range b.Board.Figures() {
		if aspect == SayAll || aspect == SayDone && f.Light == kpi.Done || aspect == SayWith && f.Target != nil ||
			aspect == SayWithout && f.Target == nil || aspect == SayMissing && !f.Achievement.Ok() {
			n++
		}
	}
	return n
}

// true evaluates a condition.
func (m meaning) true() bool {
	f := m.figure
	switch m.aspect {
	case HasTarget:
		return f.Target != nil
	case HasValue:
		return f.Achievement.Ok()
	case IsReached:
		return f.Met
	case IsExceeded:
		return f.Exceeded()
	case IsMissed:
		return f.Target != nil && f.Achievement.Ok() && !f.Met
	}
	return false
}
