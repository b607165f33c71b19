package progress

import "dabiao/internal/kpi"

// propose applies the rule set to one indicator. T is the target, A the achievement as far as it can be
// relied on, w the weight; points have two decimals, rounded half up:
//
//   - ≥ ＞ ＝ met → w; else w × A/T. T = 0 not met → 0. (＝ with T = 0: A ≤ 0 is met.)
//   - ≤ ＜ met → w; else w × (1 − (A−T)/T), nothing from 2T on, or w × T/A if the rule set says
//     so. T = 0 not met → 0.
//   - 定性 → the band of the judgement; the scorer chooses from it, so nothing is proposed. A target
//     of 部分达成 that is reached counts as 达成.
//   - at OverFrom and more → w less the rule set's deduction.
//
// All of w is given only if the target is met by exact numbers; 9.9997 of 10 is 9.99. A rate counts
// with its exact quotient, not with the rounded one.
func (in *ScoreInput) propose(l *ScoreLine) {
	f := l.Figure
	switch {
	case f.Target == nil:
		l.Proposed = None[kpi.Percent](ReasonNoTarget)
	case l.Weight == 0:
		l.Proposed = None[kpi.Percent](ReasonNoWeight)
	case !f.Achievement.Ok():
		l.Proposed = None[kpi.Percent](f.Achievement.Reason)
	case !f.Relied.Ok():
		l.Proposed = None[kpi.Percent](f.Relied.Reason)
	case f.Indicator.Kind == kpi.Level:
		in.proposeBand(l)
	case f.Met || f.Target.Sign == kpi.EqualSign && f.Target.Amount == 0 && f.Relied.Value <= 0:
		l.proposeMet(&in.Rules)
	case f.Target.Amount <= 0:
		l.set(0, "score.rule.zero")
	case f.Target.Sign.Ceiling():
		l.proposeOver(in.Rules.Ceiling)
	default:
		l.proposeShort(&in.Rules)
	}
}

func (in *ScoreInput) proposeBand(l *ScoreLine) {
	level := l.Figure.Level()
	if l.Figure.Met {
		level = kpi.LevelMet
	}
	band := in.Rules.Band(level, l.Weight)
	l.Band, l.Proposed = &band, None[kpi.Percent](ReasonUnjudged)
	key := "score.rule.band"
	if band.Whole {
		key = "score.rule.band_met"
	}
	l.Rule = kpi.T(key, kpi.T("level."+string(level)), band.From.Amount(), band.To.Amount())
}

// set records proposed points and the rule, whose text gets A, the sign, T and the weight before the
// numbers in more.
func (l *ScoreLine) set(points kpi.Percent, key string, more ...any) {
	l.Proposed = Some(clamp(points, l.Weight))
	f := l.Figure
	args := []any{l.actual(), f.Target.Sign.Symbol(), l.goal(), l.Weight.Amount(), l.Proposed.Value}
	l.Rule = kpi.T(key, append(args, more...)...)
}

func (l *ScoreLine) proposeMet(rules *kpi.RuleSet) {
	if l.Over && rules.OverDeduction > 0 {
		l.set(l.Weight-rules.OverDeduction, "score.rule.over", rules.OverFrom.Amount(), rules.OverDeduction.Amount())
		return
	}
	l.set(l.Weight, "score.rule.met")
}

// proposeShort proposes w × A/T. Only a target that is met earns all of w: an achievement equal to a ＞
// target or above a ＝ target stays a hundredth of a point short of it.
func (l *ScoreLine) proposeShort(rules *kpi.RuleSet) {
	q := l.Figure.ofTarget()
	switch {
	case !q.Reaches(kpi.Hundred):
		l.set(q.Points(l.Weight), "score.rule.short")
	case l.Over && rules.OverDeduction > 0:
		l.proposeMet(rules)
	default:
		l.set(l.Weight-1, "score.rule.unmet")
	}
}

// proposeOver proposes what an exceeded ceiling leaves of w. A is at least T; only ＜ is exceeded by T
// itself.
func (l *ScoreLine) proposeOver(rule kpi.CeilingRule) {
	q := l.Figure.ofTarget()
	switch {
	case q.Cmp(kpi.Hundred) == 0: // only with ＜
		l.set(l.Weight-1, "score.rule.unmet")
	case rule == kpi.CeilingQuotient:
		l.set(q.Inverse().Points(l.Weight), "score.rule.quotient", l.divisor())
	case q.Reaches(2 * kpi.Hundred):
		l.set(0, "score.rule.twice")
	default:
		l.set(q.From(2).Points(l.Weight), "score.rule.linear")
	}
}

// actual returns A as the rule prints it: a rate as the two numbers it divides and its factor, likewise
// a mean that is printed rounded, so that the calculation in the sentence can be repeated. For a target
// in % or ‰ the sign is the factor.
func (l *ScoreLine) actual() any {
	f := l.Figure
	p, sign := f.Parts(), f.Indicator.Measure.IsSign()
	switch {
	case f.Indicator.Kind == kpi.Ratio && f.Indicator.Times() != 1 && !sign:
		return kpi.T("score.scaled", p.Numerator, p.Denominator, kpi.Whole(f.Indicator.Times()))
	case f.Indicator.Kind == kpi.Ratio:
		return kpi.T("score.quotient", p.Numerator, p.Denominator)
	case f.Rounded():
		return kpi.T("score.quotient", l.measured(p.Numerator), p.Denominator)
	}
	return l.measured(f.Relied.Value)
}

// divisor returns actual in the form in which it is divided by.
func (l *ScoreLine) divisor() any {
	if l.Figure.Indicator.Kind == kpi.Ratio || l.Figure.Rounded() {
		return kpi.T("score.bracketed", l.actual())
	}
	return l.actual()
}

func (l *ScoreLine) goal() any { return l.measured(l.Figure.Target.Amount) }

// measured returns a number, with its sign if it is in % or ‰.
func (l *ScoreLine) measured(a kpi.Amount) any {
	if l.Figure.Indicator.Measure.IsSign() {
		return kpi.T("score.signed", a, l.Figure.Indicator.Measure)
	}
	return a
}
