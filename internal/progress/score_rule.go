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
func (in *ScoreInput) propose(r *ScoreRow) {
	f := r.Figure
	switch {
	case f.Target == nil:
		r.Proposed = None[kpi.Percent](ReasonNoTarget)
	case r.Weight == 0:
		r.Proposed = None[kpi.Percent](ReasonNoWeight)
	case !f.Achievement.Ok():
		r.Proposed = None[kpi.Percent](f.Achievement.Reason)
	case !f.Relied.Ok():
		r.Proposed = None[kpi.Percent](f.Relied.Reason)
	case f.Indicator.Kind == kpi.Level:
		in.proposeBand(r)
	case f.Met || f.Target.Sign == kpi.EqualSign && f.Target.Amount == 0 && f.Relied.Value <= 0:
		r.proposeMet(&in.Rules)
	case f.Target.Amount <= 0:
		r.set(0, "score.rule.zero")
	case f.Target.Sign.Ceiling():
		r.proposeOver(in.Rules.Ceiling)
	default:
		r.proposeShort(&in.Rules)
	}
}

func (in *ScoreInput) proposeBand(r *ScoreRow) {
	level := r.Figure.Level()
	if r.Figure.Met {
		level = kpi.LevelMet
	}
	band := in.Rules.Band(level, r.Weight)
	r.Band, r.Proposed = &band, None[kpi.Percent](ReasonUnjudged)
	key := "score.rule.band"
	if band.Whole {
		key = "score.rule.band_met"
	}
	r.Rule = kpi.T(key, kpi.T("level."+string(level)), band.From.Amount(), band.To.Amount())
}

// set records proposed points and the rule, whose text gets A, the sign, T and the weight before the
// numbers in more.
func (r *ScoreRow) set(points kpi.Percent, key string, more ...any) {
	r.Proposed = Some(clamp(points, r.Weight))
	f := r.Figure
	args := []any{r.actual(), f.Target.Sign.Symbol(), r.goal(), r.Weight.Amount(), r.Proposed.Value}
	r.Rule = kpi.T(key, append(args, more...)...)
}

func (r *ScoreRow) proposeMet(rules *kpi.RuleSet) {
	if r.Over && rules.OverDeduction > 0 {
		r.set(r.Weight-rules.OverDeduction, "score.rule.over", rules.OverFrom.Amount(), rules.OverDeduction.Amount())
		return
	}
	if r.Figure.Target.Sign.Ceiling() {
		r.set(r.Weight, "score.rule.kept")
		return
	}
	r.set(r.Weight, "score.rule.met")
}

// proposeShort proposes w × A/T. Only a target that is met earns all of w: an achievement equal to a ＞
// target or above a ＝ target stays a hundredth of a point short of it.
func (r *ScoreRow) proposeShort(rules *kpi.RuleSet) {
	q := r.Figure.ofTarget()
	switch {
	case !q.Reaches(kpi.Hundred):
		r.set(q.Points(r.Weight), "score.rule.short")
	case r.Over && rules.OverDeduction > 0:
		r.proposeMet(rules)
	default:
		r.set(r.Weight-1, "score.rule.unmet")
	}
}

// proposeOver proposes what an exceeded ceiling leaves of w. A is at least T; only ＜ is exceeded by T
// itself.
func (r *ScoreRow) proposeOver(rule kpi.CeilingRule) {
	q := r.Figure.ofTarget()
	switch {
	case q.Cmp(kpi.Hundred) == 0: // only with ＜
		r.set(r.Weight-1, "score.rule.unmet")
	case rule == kpi.CeilingQuotient:
		r.set(q.Inverse().Points(r.Weight), "score.rule.quotient", r.divisor())
	case q.Reaches(2 * kpi.Hundred):
		r.set(0, "score.rule.twice")
	default:
		r.set(q.From(2).Points(r.Weight), "score.rule.linear")
	}
}

// actual returns A as the rule prints it: a rate as the two numbers it divides and its factor, likewise
// a mean that is printed rounded, so that the calculation in the sentence can be repeated. For a target
// in % or ‰ the sign is the factor.
func (r *ScoreRow) actual() any {
	f := r.Figure
	p, sign := f.Parts(), f.Indicator.Measure.IsSign()
	switch {
	case f.Indicator.Kind == kpi.Ratio && f.Indicator.Times() != 1 && !sign:
		return kpi.T("score.scaled", p.Numerator, p.Denominator, kpi.Whole(f.Indicator.Times()))
	case f.Indicator.Kind == kpi.Ratio:
		return kpi.T("score.quotient", p.Numerator, p.Denominator)
	case f.Rounded():
		return kpi.T("score.quotient", r.measured(p.Numerator), p.Denominator)
	}
	return r.measured(f.Relied.Value)
}

// divisor returns actual in the form in which it is divided by.
func (r *ScoreRow) divisor() any {
	if r.Figure.Indicator.Kind == kpi.Ratio || r.Figure.Rounded() {
		return kpi.T("score.bracketed", r.actual())
	}
	return r.actual()
}

func (r *ScoreRow) goal() any { return r.measured(r.Figure.Target.Amount) }

// measured returns a number, with its sign if it is in % or ‰.
func (r *ScoreRow) measured(a kpi.Amount) any {
	if r.Figure.Indicator.Measure.IsSign() {
		return kpi.T("score.signed", a, r.Figure.Indicator.Measure)
	}
	return a
}
