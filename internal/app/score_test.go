package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
)

// weigh sets a target with points.
func (b *bureau) weigh(code string, sign kpi.Sign, amount int64, weight kpi.Percent) {
	b.Helper()
	t := kpi.Target{Year: 2026, Sign: sign, Amount: kpi.Whole(amount), Weight: weight}
	if sign == kpi.LevelSign {
		t.Amount, t.Level = 0, kpi.LevelMet
	}
	_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: code, Target: t})
	b.must(err)
}

func (b *bureau) score() progress.Score {
	b.Helper()
	v, err := b.app.Score(ctx, b.staff, app.Query{Year: 2026})
	b.must(err)
	return *v.Board.Score
}

func (b *bureau) row(code string) progress.ScoreRow {
	b.Helper()
	for _, r := range b.score().Rows {
		if r.Figure.Indicator.Code == code {
			return r
		}
	}
	b.Fatalf("no line %s", code)
	return progress.ScoreRow{}
}

func (b *bureau) wantScore(code, want string) {
	b.Helper()
	r := b.row(code)
	got := "(" + string(r.Score.Reason) + ")"
	if r.Score.Ok() {
		got = r.Score.Value.String()
	}
	if got != want {
		b.Errorf("%s: %s, want %s", code, got, want)
	}
}

func points(p kpi.Percent) *kpi.Percent { return &p }

func TestAManualScoreHoldsAndALaterProposalStandsBesideIt(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.weigh("screened", kpi.AtLeastSign, 100, 20_00)
		b.log("screened", "east", "2026-03-10", 80)
		b.wantScore("screened", "16.00")
		_, err := b.app.ScoreIndicator(ctx, b.staff, 2026, app.NewScore{Indicator: "screened", Points: points(20_01),
			Reason: "x"})
		wantRefusal(t, err, kpi.Invalid, "score_above_weight")
		_, err = b.app.ScoreIndicator(ctx, b.staff, 2026, app.NewScore{Indicator: "screened", Points: points(15_00),
			Reason: " "})
		wantRefusal(t, err, kpi.Invalid, "reason_missing")
		_, err = b.app.ScoreIndicator(ctx, b.staff, 2026, app.NewScore{Indicator: "users", Points: points(1_00), Reason: "x"})
		wantRefusal(t, err, kpi.Invalid, "score_no_weight")
		_, err = b.app.ScoreIndicator(ctx, b.east, 2026, app.NewScore{Indicator: "screened", Points: points(15_00),
			Reason: "x"})
		wantRefusal(t, err, kpi.Forbidden, "role_may_not_plan")
		_, err = b.app.ScoreIndicator(ctx, b.staff, 2026, app.NewScore{Indicator: "screened", Points: points(15_00),
			Reason: "two lists are missing"})
		b.must(err)
		b.wantScore("screened", "15.00")
		if b.row("screened").Changed {
			t.Error("nothing changed yet")
		}
		b.log("screened", "west", "2026-04-10", 10)
		b.wantScore("screened", "15.00")
		if r := b.row("screened"); !r.Changed || r.Proposed.Value != 18_00 {
			t.Errorf("the later proposal is lost: %+v", r)
		}
		_, err = b.app.ScoreIndicator(ctx, b.staff, 2026, app.NewScore{Indicator: "screened", Reason: "the lists were found"})
		b.must(err)
		b.wantScore("screened", "18.00")
		v, err := b.app.Score(ctx, b.staff, app.Query{Year: 2026})
		b.must(err)
		if n := len(v.History[v.Board.Score.Rows[0].Figure.Indicator.ID]); n != 2 {
			t.Errorf("%d entries of history, want 2", n)
		}
		b.wantVerified()
	})
}

func TestAScoreSentTwiceUnderOneKeyIsOne(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.weigh("screened", kpi.AtLeastSign, 100, 20_00)
		n := app.NewScore{Indicator: "screened", Points: points(15_00), Reason: "two lists are missing", Key: "k1"}
		first, err := b.app.ScoreIndicator(ctx, b.staff, 2026, n)
		b.must(err)
		again, err := b.app.ScoreIndicator(ctx, b.staff, 2026, n)
		b.must(err)
		if first.ID != again.ID || *again.Points != 15_00 {
			t.Errorf("%+v, then %+v", first, again)
		}
		n.Points = points(14_00)
		_, err = b.app.ScoreIndicator(ctx, b.staff, 2026, n)
		wantRefusal(t, err, kpi.Conflict, "key_reused")
	})
}

func TestOnlyTheWholeOfficeIsScored(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for unit, want := range map[string]bool{"county": true, "east": false} {
			board, err := b.app.Board(ctx, b.staff, app.Query{Year: 2026, Unit: unit})
			b.must(err)
			if got := board.Score != nil; got != want {
				t.Errorf("%s: scored %v, want %v", unit, got, want)
			}
		}
		_, err := b.app.Score(ctx, b.east, app.Query{Year: 2026})
		wantRefusal(t, err, kpi.Forbidden, "role_may_not_report")
	})
}

func TestAJudgementIsScoredInsideItsBandOnly(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.indicator("honest", kpi.Level, "")
		b.weigh("honest", kpi.LevelSign, 0, 5_00)
		_, err := b.app.ScoreIndicator(ctx, b.staff, 2026, app.NewScore{Indicator: "honest", Points: points(4_00),
			Reason: "x"})
		wantRefusal(t, err, kpi.Invalid, "score_unjudged")
		n := entry("honest", "county", "2026-05-10", 0)
		n.Quantity, n.Level = kpi.Quantity{Precision: kpi.Exact}, kpi.LevelPartly
		_, err = b.app.LogUpdate(ctx, b.staff, n)
		b.must(err)
		_, err = b.app.ScoreIndicator(ctx, b.staff, 2026, app.NewScore{Indicator: "honest", Points: points(4_00),
			Reason: "x"})
		wantRefusal(t, err, kpi.Invalid, "score_outside_band")
		b.wantScore("honest", "(unjudged)")
		_, err = b.app.ScoreIndicator(ctx, b.staff, 2026, app.NewScore{Indicator: "honest", Points: points(3_99),
			Reason: "x"})
		b.must(err)
		b.wantScore("honest", "3.99")
	})
}

func TestRulesAreTheYearsOwnAndMoveWithIt(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.weigh("screened", kpi.AtMostSign, 90, 10_00)
		b.log("screened", "east", "2026-03-10", 180)
		b.wantScore("screened", "0.00")
		rules := kpi.CostRules
		rules.Ceiling, rules.Place, rules.Caps = kpi.CeilingQuotient, "某省", []kpi.Cap{{Below: 80_00, AtMost: 89_00}}
		_, err := b.app.SetRules(ctx, b.staff, 2026, rules, "x")
		wantRefusal(t, err, kpi.Forbidden, "role_may_not_administer")
		_, err = b.app.SetRules(ctx, kpi.Operator, 2026, rules, "")
		wantRefusal(t, err, kpi.Invalid, "reason_missing")
		broken := rules
		broken.Execution = 15_00
		_, err = b.app.SetRules(ctx, kpi.Operator, 2026, broken, "x")
		wantRefusal(t, err, kpi.Invalid, "rules_total")
		_, err = b.app.SetRules(ctx, kpi.Operator, 2026, rules, "some document")
		b.must(err)
		b.wantScore("screened", "5.00")
		_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027, From: 2026})
		b.must(err)
		next, err := b.app.Rules(ctx, b.staff, 2027)
		b.must(err)
		if next.Rules.Place != "某省" || len(next.Rules.Caps) != 1 || next.Rules.Points(kpi.HeadCost) != 20_00 {
			t.Errorf("the next year begins with other rules: %+v", next.Rules)
		}
		_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2028})
		b.must(err)
		if after, err := b.app.Rules(ctx, b.staff, 2028); err != nil || after.Rules.Place != "某省" {
			t.Errorf("the year after has the rules of %q, %v", after.Rules.Place, err)
		}
		_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2020})
		b.must(err)
		fresh, err := b.app.Rules(ctx, b.staff, 2020)
		b.must(err)
		if fresh.Rules.Name != kpi.DefaultRules.Name || fresh.Rules.SetBy != "" {
			t.Errorf("a fresh year has %q by %q", fresh.Rules.Name, fresh.Rules.SetBy)
		}
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
		_, err = b.app.SetRules(ctx, kpi.Operator, 2026, rules, "too late")
		wantRefusal(t, err, kpi.Conflict, "year_closed")
	})
}

func TestLightsFollowTheYearsRules(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.weigh("screened", kpi.AtLeastSign, 1200, 10_00)
		b.log("screened", "east", "2026-05-10", 420) // pace 420 ÷ 550 ≈ 76 %
		light := func() kpi.Light {
			v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026}, "screened")
			b.must(err)
			return v.Figure.Light
		}
		if got := light(); got != kpi.Behind {
			t.Errorf("%s, want behind", got)
		}
		rules := kpi.DefaultRules
		rules.BehindBelow = 70_00
		_, err := b.app.SetRules(ctx, kpi.Operator, 2026, rules, "another place")
		b.must(err)
		if got := light(); got != kpi.OnPace {
			t.Errorf("%s, want on_pace", got)
		}
	})
}

func TestAnOverAchievementWantsItsReason(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.weigh("screened", kpi.AtLeastSign, 100, 10_00)
		b.log("screened", "east", "2026-03-10", 130)
		if r := b.row("screened"); !r.Over || r.Reasoned {
			t.Errorf("not flagged: %+v", r)
		}
		b.must(b.app.SetReportText(ctx, b.staff, 2026, report.DeviationText("screened"), "zh-CN", "县里追加了一批"))
		if r := b.row("screened"); !r.Over || !r.Reasoned {
			t.Errorf("the reason is not seen: %+v", r)
		}
	})
}

func TestYearOverYearReadsTheYearBefore(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2025})
		b.must(err)
		b.must(b.app.AddToYear(ctx, b.staff, 2025, "screened"))
		b.log("screened", "east", "2025-03-10", 80)
		b.log("screened", "west", "2025-11-10", 500)
		b.log("screened", "east", "2026-03-10", 100)
		v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026}, "screened")
		b.must(err)
		if c := v.Figure.YearOverYear; !c.Ok() || c.Value.By != 25_00 || c.Value.Through != 5 {
			t.Errorf("%+v, want +25 %% through May", c)
		}
		for _, child := range v.Children {
			want := map[string]progress.Reason{"east": "", "west": progress.ReasonNoValue}[child.Unit.Code]
			if c := child.Figure.YearOverYear; c.Reason != want || c.Ok() && c.Value.By != 25_00 {
				t.Errorf("%s: %+v", child.Unit.Code, c)
			}
		}
		v, err = b.app.Indicator(ctx, b.staff, app.Query{Year: 2025}, "screened")
		b.must(err)
		if c := v.Figure.YearOverYear; c.Reason != progress.ReasonNoLastYear {
			t.Errorf("%+v, want no last year", c)
		}
	})
}
