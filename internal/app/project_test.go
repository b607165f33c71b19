package app_test

import (
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// project sets a project of 2026: spent of 16 万元, screened with 80 points, judged with 10.
func (b *bureau) project(spent int64, change func(*app.ProjectEdit)) app.ProjectEdit {
	name, fund := "两癌检查", kpi.GeneralBudget
	n := app.ProjectEdit{Name: &name, Fund: &fund,
		Money:      []kpi.ProjectMoney{{Source: kpi.FromAppropriation, Full: kpi.Whole(160_000), Spent: kpi.Whole(spent)}},
		Indicators: []app.NewProjectIndicator{{Code: "screened", Weight: 80_00}, {Code: "judged", Weight: 10_00}}}
	if change != nil {
		change(&n)
	}
	return n
}

func (b *bureau) projects() app.ProjectsView {
	b.Helper()
	v, err := b.app.Projects(ctx, b.staff, app.Query{Year: 2026})
	b.must(err)
	return v
}

func TestAProjectIsEnteredChangedAndRemoved(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.indicator("judged", kpi.Level, "")
		b.weigh("screened", kpi.AtLeastSign, 100, 20_00)
		b.weigh("judged", kpi.LevelSign, 0, 5_00)
		b.log("screened", "east", "2026-03-10", 50)
		create := func(who kpi.Actor, code, key string, n app.ProjectEdit) error {
			_, err := b.app.CreateProject(ctx, who, 2026, code, n, key)
			return err
		}
		wantRefusal(t, create(b.east, "a", "", b.project(0, nil)), kpi.Forbidden, "role_may_not_plan")
		for want, change := range map[string]func(*app.ProjectEdit){
			"name_missing":          func(n *app.ProjectEdit) { n.Name = new(string) },
			"fund_unknown":          func(n *app.ProjectEdit) { n.Fund = new(kpi.Fund) },
			"source_unknown":        func(n *app.ProjectEdit) { n.Money = append(n.Money, n.Money[0]) },
			"number_negative":       func(n *app.ProjectEdit) { n.Money[0].Spent = -1 },
			"indicator_not_in_year": func(n *app.ProjectEdit) { n.Indicators[0].Code = "nowhere" },
			"project_indicator_twice": func(n *app.ProjectEdit) {
				n.Indicators[0].Code = "judged"
			},
			"score_above_weight": func(n *app.ProjectEdit) { n.Indicators[0].Points = points(80_01) },
			"project_points_no_weight": func(n *app.ProjectEdit) {
				n.Indicators[0].Weight, n.Indicators[0].Points = 0,
					points(0)
			},
			"reason_missing": func(n *app.ProjectEdit) { n.Indicators[0].Points = points(1_00) },
			"score_unjudged": func(n *app.ProjectEdit) {
				n.Indicators[1].Points, n.Indicators[1].Reason = points(9_00), "看过现场"
			},
			"code_malformed": nil,
		} {
			code := "a"
			if change == nil {
				code = "Ä"
			}
			wantRefusal(t, create(b.staff, code, "", b.project(0, change)), kpi.Invalid, want)
		}
		if got := b.projects(); len(got.Projects) != 0 {
			t.Fatalf("refused, and kept: %+v", got.Projects)
		}

		b.must(create(b.staff, "a", "once", b.project(87_750, nil)))
		b.must(create(b.staff, "a", "once", b.project(87_750, nil)))
		wantRefusal(t, create(b.staff, "a", "", b.project(1, nil)), kpi.Invalid, "project_code_taken")
		v := b.projects()
		if len(v.Projects) != 1 || !v.MaySet {
			t.Fatalf("sent twice: %d projects", len(v.Projects))
		}
		if s := v.Projects[0].Score; s.Execution.Score.Value != 5_48 || s.Total.Value != 45_48 || s.Open != 10_00 {
			t.Errorf("score %+v", s)
		}

		who := "某局"
		p, err := b.app.EditProject(ctx, b.staff, 2026, "a", app.ProjectEdit{Supervisor: &who}, "")
		b.must(err)
		if p.Supervisor != who || p.Name != "两癌检查" || len(p.Money) != 1 || len(p.Indicators) != 2 {
			t.Errorf("what was not sent changed: %+v", p)
		}
		seen := p.SetAt - 1
		_, err = b.app.EditProject(ctx, b.staff, 2026, "a", app.ProjectEdit{Supervisor: &who, Seen: &seen}, "")
		wantRefusal(t, err, kpi.Invalid, "project_changed")
		_, err = b.app.EditProject(ctx, b.staff, 2026, "a", app.ProjectEdit{Supervisor: &who, Seen: &p.SetAt}, "")
		b.must(err)
		_, err = b.app.EditProject(ctx, b.staff, 2026, "nowhere", app.ProjectEdit{}, "")
		wantRefusal(t, err, kpi.NotFound, "project_not_found")

		wantRefusal(t, b.app.DropProject(ctx, b.staff, 2026, "a", ""), kpi.Invalid, "reason_missing")
		wantRefusal(t, b.app.DropProject(ctx, b.east, 2026, "a", "x"), kpi.Forbidden, "role_may_not_plan")
		b.must(b.app.DropProject(ctx, b.staff, 2026, "a", "登记重复"))
		wantRefusal(t, b.app.DropProject(ctx, b.staff, 2026, "a", "again"), kpi.NotFound, "project_not_found")
		entries, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 3)
		b.must(err)
		if e := entries[0]; e.Action != "project.remove" || !strings.Contains(e.Detail, "87750") ||
			!strings.Contains(e.Detail, "登记重复") {
			t.Errorf("the audit log lost the project: %+v", e)
		}
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
		wantRefusal(t, create(b.staff, "b", "", b.project(1, nil)), kpi.Conflict, "year_closed")
	})
}

// Points for a judgement must lie in the band of the project's own weight.
func TestAProjectsJudgementIsScoredInItsBand(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.indicator("judged", kpi.Level, "")
		b.weigh("judged", kpi.LevelSign, 0, 5_00)
		_, err := b.app.LogUpdate(ctx, b.staff, kpi.NewUpdate{Indicator: "judged", Unit: "county", Dated: "2026-05-01",
			Level: kpi.LevelMet, Origin: kpi.FromForm})
		b.must(err)
		judged := func(p kpi.Percent) app.ProjectEdit {
			return b.project(0, func(n *app.ProjectEdit) { n.Indicators[1].Points, n.Indicators[1].Reason = points(p), "看过现场" })
		}
		_, err = b.app.CreateProject(ctx, b.staff, 2026, "a", judged(7_99), "")
		wantRefusal(t, err, kpi.Invalid, "score_outside_band_met")
		_, err = b.app.CreateProject(ctx, b.staff, 2026, "a", judged(9_00), "")
		b.must(err)
		r, _ := b.projects().Projects[0].Score.Row(b.row("judged").Figure.Indicator.ID)
		if r.Score.Value != 9_00 || r.Manual.Reason != "看过现场" {
			t.Errorf("%+v", r)
		}
		if year := b.row("judged"); year.Score.Ok() || year.Weight != 5_00 {
			t.Errorf("the year's own line changed: %+v", year)
		}
	})
}

// A signed report keeps its projects; later changes are listed beside it.
func TestASignedReportKeepsItsProjects(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.weigh("screened", kpi.AtLeastSign, 100, 20_00)
		check := func() {
			_, err := b.app.CheckReport(ctx, b.staff, 2026, "")
			b.must(err)
		}
		check()
		before, err := b.app.Signing(ctx, b.staff, 2026, "zh-CN")
		b.must(err)
		only := func(n *app.ProjectEdit) { n.Indicators = n.Indicators[:1] }
		_, err = b.app.CreateProject(ctx, b.staff, 2026, "a", b.project(80_000, only), "")
		b.must(err)
		after, err := b.app.Signing(ctx, b.staff, 2026, "zh-CN")
		b.must(err)
		if !before.Fresh || after.Fresh {
			t.Errorf("a project makes the check stale: fresh before %v, after %v", before.Fresh, after.Fresh)
		}
		check()
		_, err = b.app.SignReport(ctx, kpi.Operator, 2026, app.NewSigning{Reason: "测试"})
		b.must(err)
		_, err = b.app.EditProject(ctx, b.staff, 2026, "a", app.ProjectEdit{Money: b.project(90_000, nil).Money}, "")
		b.must(err)
		v, err := b.app.Signed(ctx, b.staff, 2026, 1, 0, "zh-CN")
		b.must(err)
		if len(v.Input.Projects) != 1 || v.Input.Projects[0].Budget.Total.Spent != kpi.Whole(80_000) {
			t.Errorf("signed: %+v", v.Input.Projects)
		}
		if len(v.Changes) < 2 || v.Changes[0].What.Key != "signoff.change.project" || !strings.Contains(v.Changes[0].Frozen,
			"8.00") || !strings.Contains(v.Changes[0].Now, "9.00") {
			t.Errorf("changes %+v", v.Changes)
		}
		d, err := report.BuildPaper(v.Input, report.ProjectScores)
		if err != nil || len(d.Annexes[0].Blocks) != 4 {
			t.Errorf("the frozen annex: %+v, %v", d.Annexes, err)
		}
	})
}
