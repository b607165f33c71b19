package page

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// sampleScore is the sample board scored, with one manual score that the figures have outrun.
func sampleScore() app.ScoreView {
	v := app.ScoreView{Board: sampleBoard(), MayScore: true, MayRule: true}
	v.Board.Rules = kpi.DefaultRules
	v.Board.Rules.Caps = []kpi.Cap{{Below: 80_00, AtMost: 40_00}}
	given, proposed := kpi.Percent(4_50), kpi.Percent(4_80)
	manual := kpi.ManualScore{ID: 3, Indicator: 1, Points: &given, Proposed: &proposed, Weight: 5_00, Reason: "两场未留签到表",
		SetBy: "liu", SetAt: 1780000000000}
	score := progress.Rate(progress.ScoreInput{Rules: v.Board.Rules, Figures: v.Board.Figures(), Budget: v.Board.Budget,
		Manual: map[kpi.IndicatorID]kpi.ManualScore{1: manual,
			2: {Indicator: 2, Reason: "县里追加了一批", SetBy: "liu", SetAt: 1780000000000}}})
	v.Board.Score = &score
	v.History = map[kpi.IndicatorID][]kpi.ManualScore{1: {manual}}
	return v
}

func sampleBudget() app.BudgetView {
	initial, full := kpi.Whole(1_600_000), kpi.Whole(1_660_000)
	lines := []kpi.BudgetLine{
		{Year: 2026, Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Initial: &initial, Full: &full, Income: full,
			Spent: kpi.Whole(600_000), Closing: full - kpi.Whole(600_000),
			Months: [12]kpi.Amount{kpi.Whole(124_000), kpi.Whole(131_000), kpi.Whole(129_000), 0, kpi.Whole(128_000),
				kpi.Whole(88_000)}},
		{Year: 2026, Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend},
		{Year: 2026, Fund: kpi.GovernmentFunds},
	}
	v := app.BudgetView{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Unit: sampleUnits[0],
		AsOf: sampleAsOf, Rules: kpi.DefaultRules, Lines: lines, MaySet: true,
		Sources: []kpi.SourceIncome{{Source: kpi.FromGeneral, Amount: kpi.Whole(1_600_000)}},
		Others:  []kpi.OtherMoney{{Name: "社会捐赠", Amount: kpi.Whole(310_000), Note: "困境儿童助学"}},
		Revisions: []kpi.BudgetRevision{{ID: 1, Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Initial: &initial,
			SetBy: "liu", SetAt: 1770000000000},
			{ID: 2, Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Initial: &initial, Full: &full, Dated: "2026-06-02",
				Document: "财预〔2026〕41号", Reason: "追加人员经费", SetBy: "liu", SetAt: 1780000000000}},
	}
	v.Budget = progress.Execute(lines, sampleAsOf, v.Rules)
	v.Months = progress.ExecuteMonths(lines, sampleAsOf, v.Rules)
	v.Findings = progress.BudgetFindings(lines, v.Sources, sampleAsOf, v.Rules)
	return v
}

func sampleRules() app.RulesView {
	return app.RulesView{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, Unit: sampleUnits[0], AsOf: sampleAsOf,
		Rules: kpi.YearRules{RuleSet: kpi.CostRules, Year: 2026, SetBy: "admin", SetAt: 1780000000000}, MaySet: true}
}

// scorePages are the pages of the score, the rules and the budget, in their states.
func scorePages(pc Context) map[string]any {
	refused := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "score", Text: kpi.T("score_above_weight", kpi.Percent(5_00).Amount())}}}
	reader, readerBudget, readerRules := sampleScore(), sampleBudget(), sampleRules()
	reader.MayScore, reader.MayRule, readerBudget.MaySet, readerRules.MaySet = false, false, false, false
	readerRules.Rules.Execution, readerRules.Rules.Caps = 15_00, []kpi.Cap{{Below: 80_00, AtMost: 89_00}}
	unweighted := sampleScore()
	none := progress.Rate(progress.ScoreInput{Rules: kpi.DefaultRules})
	unweighted.Board.Score = &none
	return map[string]any{
		"score_show": NewScore(pc, sampleScore(), ScoreForm{}),
		"score_show:form": NewScore(pc, sampleScore(),
			ScoreForm{Code: sampleSpecs[0].code, Typed: url.Values{"score": {"7"}, "reason": {""}}, Refusal: refused}),
		"score_show:judged":   NewScore(pc, sampleScore(), ScoreForm{Code: sampleSpecs[11].code}),
		"score_show:reader":   NewScore(pc, reader, ScoreForm{Code: sampleSpecs[0].code}),
		"score_show:empty":    NewScore(pc, unweighted, ScoreForm{}),
		"ruleset_show":        NewRules(pc, sampleRules(), RulesInput{}),
		"ruleset_show:form":   NewRules(pc, sampleRules(), RulesInput{Editing: true, Preset: PresetNamed("mof")}),
		"ruleset_show:reader": NewRules(pc, readerRules, RulesInput{Editing: true}),
		"budget_show":         NewBudget(pc, sampleBudget(), BudgetInput{}),
		"budget_show:line":    NewBudget(pc, sampleBudget(), BudgetInput{Line: "general-basic"}),
		"budget_show:new":     NewBudget(pc, sampleBudget(), BudgetInput{Line: "state_capital-"}),
		"budget_show:sources": NewBudget(pc, sampleBudget(), BudgetInput{Sources: true}),
		"budget_show:reader":  NewBudget(pc, readerBudget, BudgetInput{Line: "general-basic", Sources: true}),
		"budget_show:empty": NewBudget(pc, app.BudgetView{Year: pc.Year, AsOf: pc.AsOf, Rules: kpi.DefaultRules},
			BudgetInput{}),
	}
}

// Every score stands beside the rule that made it, with its numbers; a manual one beside its reason
// and what the rules say.
func TestTheScorePageSaysHowItScored(t *testing.T) {
	var b bytes.Buffer
	if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, "score_show",
		scorePages(sampleContext(lang.Chinese))["score_show"]); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"10 × 支出 684,200 元 ÷ 全年预算 1,539,800 元 = 4.44", "评定 4.50 分（刘芳，", "两场未留签到表",
		"按规则：", "当前按规则为", "总分不超过 40 分"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// Who may not score, change rules or the budget is offered no form, whatever the address says.
func TestReadersGetNoForms(t *testing.T) {
	pages := scorePages(sampleContext(lang.Chinese))
	for _, name := range []string{"score_show:reader", "ruleset_show:reader", "budget_show:reader"} {
		var b bytes.Buffer
		page, _, _ := strings.Cut(name, ":")
		if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, page, pages[name]); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "form-plain") || strings.Contains(b.String(), `class="action"`) {
			t.Errorf("%s offers a form", name)
		}
	}
}
