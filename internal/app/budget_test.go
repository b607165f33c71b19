package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func money(n int64) *kpi.Amount {
	a := kpi.Whole(n)
	return &a
}

func TestTheBudgetKeepsItsHistoryAndItsIdentities(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		set := func(n app.BudgetChange) error { return b.app.ChangeBudget(ctx, b.staff, 2026, n) }
		line := kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Opening: kpi.Whole(10), Initial: money(90),
			Income: kpi.Whole(100),
			Spent:  kpi.Whole(60), Closing: kpi.Whole(50), Months: [12]kpi.Amount{kpi.Whole(10), kpi.Whole(20), kpi.Whole(5),
				kpi.Whole(5), kpi.Whole(20)}}
		wrong := line
		wrong.Closing = kpi.Whole(40)
		wantRefusal(t, set(app.BudgetChange{Lines: []kpi.BudgetLine{wrong}}), kpi.Invalid, "budget_identity")
		wrong = line
		wrong.Months[7] = kpi.Whole(1)
		wantRefusal(t, set(app.BudgetChange{Lines: []kpi.BudgetLine{wrong}}), kpi.Invalid, "budget_months_sum")
		wantRefusal(t, set(app.BudgetChange{Lines: []kpi.BudgetLine{line, line}}), kpi.Invalid, "budget_line_twice")
		wantRefusal(t, b.app.ChangeBudget(ctx, b.east, 2026, app.BudgetChange{}), kpi.Forbidden, "role_may_not_plan")
		b.must(set(app.BudgetChange{Lines: []kpi.BudgetLine{line}, Document: "财预1号"}))

		line.Full = money(120)
		wantRefusal(t, set(app.BudgetChange{Lines: []kpi.BudgetLine{line}}), kpi.Invalid, "reason_missing")
		b.must(set(app.BudgetChange{Lines: []kpi.BudgetLine{line}, Dated: "2026-06-01", Document: "财预41号", Reason: "追加人员经费",
			Sources: []kpi.SourceIncome{{Source: kpi.FromGeneral, Amount: kpi.Whole(70)},
				{Source: kpi.FromNonTax, Amount: kpi.Whole(20)}},
			Others: []kpi.OtherMoney{{Name: "捐赠", Amount: kpi.Whole(31), Note: "助学"}}}))
		b.must(set(app.BudgetChange{Lines: []kpi.BudgetLine{line}})) // the same again adds no history
		wantRefusal(t, set(app.BudgetChange{Sources: []kpi.SourceIncome{{Source: "lottery"}}}), kpi.Invalid, "source_unknown")
		wantRefusal(t, set(app.BudgetChange{Others: []kpi.OtherMoney{{Amount: 1}}}), kpi.Invalid, "name_missing")

		v, err := b.app.Budget(ctx, b.staff, app.Query{Year: 2026})
		b.must(err)
		if len(v.Revisions) != 2 || v.Revisions[1].Document != "财预41号" || *v.Revisions[1].Full != kpi.Whole(120) ||
			v.Revisions[0].Full != nil {
			t.Errorf("history: %+v", v.Revisions)
		}
		if len(v.Sources) != 2 || len(v.Others) != 1 || !v.MaySet {
			t.Errorf("sources %v, others %v", v.Sources, v.Others)
		}
		if got := v.Budget.Total.Execution.Value; got != 50_00 {
			t.Errorf("execution %s, want 50", got)
		}
		april := v.Months[3] // 40 of 120 is above the line of 25 %
		if april.Execution.Value != 33_33 || april.Raised || april.Alarm == nil {
			t.Errorf("April: %+v", april)
		}
		if june := v.Months[5]; june.Raised || !june.Execution.Ok() {
			t.Errorf("June is not over and raises no alarm: %+v", june)
		}
		if july := v.Months[6]; july.Execution.Ok() {
			t.Errorf("July has not come: %+v", july)
		}
		var keys []string
		for _, f := range v.Findings {
			keys = append(keys, f.Text.Key)
		}
		if len(keys) != 1 || keys[0] != "budget.finding.sources" {
			t.Errorf("findings %v", keys)
		}
		board, err := b.app.Board(ctx, b.staff, app.Query{Year: 2026})
		b.must(err)
		if board.Budget.Total.Execution != v.Budget.Total.Execution ||
			board.Score.Execution.Rate != v.Budget.Total.Execution {
			t.Error("the board, the budget and the score differ")
		}
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
		wantRefusal(t, set(app.BudgetChange{Lines: []kpi.BudgetLine{line}}), kpi.Conflict, "year_closed")
	})
}
