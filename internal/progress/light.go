package progress

import "dabiao/internal/kpi"

// light returns the status light, by the first rule that applies:
//
//   - no target → 未设目标
//   - nothing logged → 未到期 while the plan expects nothing or nothing was due yet (see awaits),
//     else 未填报
//   - approximate without an upper end (200以上) under a ceiling → 无法判定; 超标 if even its smallest
//     value exceeds the ceiling
//   - met as the sign demands, by exact numbers → 已完成; a ceiling → 正常 within it, 超标 above it
//   - judgements → 滞后 if partly met, 严重滞后 if missed; standards → 严重滞后 if not met
//   - while the plan expects nothing yet → 超前 if anything was achieved, else 未到期
//   - otherwise by the pace ratio and the rule set's thresholds
//   - 正常 and 超前 based on old entries → 数据过期; a red or yellow light is never hidden
func (in *Input) light(f *Figure, pace Opt[kpi.Quotient]) kpi.Light {
	switch {
	case in.Target == nil:
		return kpi.NoTarget
	case !f.Achievement.Ok():
		return in.silent()
	case !f.Relied.Ok() && !in.broken(f):
		return kpi.Unclear
	case in.ceiling() && f.Met:
		return kpi.OnPace
	case in.ceiling():
		return kpi.Over
	case f.Met:
		return kpi.Done
	case in.Indicator.Kind == kpi.Level && f.Level() == kpi.LevelPartly:
		return kpi.Behind
	case pace.Ok():
		return in.aged(f, byPace(pace.Value, &in.Rules))
	case pace.Reason == ReasonNotDue && f.Relied.Value > 0:
		return kpi.Ahead
	case pace.Reason == ReasonNotDue:
		return kpi.NotDue
	}
	return kpi.FarBehind
}

// Standing returns the word of the figure's light: its code, or "beyond" (超出目标) where the target is
// exceeded so far that it may be too low, or an entry a slip of the pen.
func (f *Figure) Standing() string {
	return f.Light.Standing(f.Beyond)
}

// silent returns the grey light of a figure without a value.
func (in *Input) silent() kpi.Light {
	if in.paced() && in.share().IsZero() || in.awaits() {
		return kpi.NotDue
	}
	return kpi.NoData
}

func byPace(x kpi.Quotient, r *kpi.RuleSet) kpi.Light {
	switch {
	case x.Reaches(r.AheadFrom):
		return kpi.Ahead
	case x.Reaches(r.BehindBelow):
		return kpi.OnPace
	case x.Reaches(r.FarBehindBelow):
		return kpi.Behind
	}
	return kpi.FarBehind
}

// aged turns a good light grey if nothing has been logged for longer than the rules allow while the
// plan went on.
func (in *Input) aged(f *Figure, l kpi.Light) kpi.Light {
	if l.Late() || f.LastUpdate == "" {
		return l
	}
	last := f.LastUpdate.Period().Month
	silent := in.AsOf.Month - last - 1
	if in.AsOf.Whole() {
		silent++
	}
	if silent >= in.Rules.StaleAfter && in.plan().At(kpi.MonthEnd(f.LastUpdate.Period())).Less(in.share()) {
		return kpi.Stale
	}
	return l
}
