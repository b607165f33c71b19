package page

import (
	"net/url"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

func init() {
	for name, zero := range map[string]any{"plan": planPage{}, "plan_indicator": planIndicatorPage{},
		"plan_targets": targetsPage{}, "plan_split": splitPage{}, "plan_forward": forwardPage{}, "unit": unitPage{},
		"unit_import": unitImportPage{}} {
		pageZero[name] = zero
	}
}

// samplePlan is the sample year's indicators with targets, one of them revised, one of them
// decomposed with a difference.
func samplePlan() app.PlanView {
	v := app.PlanView{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Unit: sampleUnits[0],
		AllAreas: sampleAreas}
	for _, area := range sampleAreas {
		group := app.PlanArea{Area: area}
		for i, spec := range sampleSpecs {
			if spec.area != area.ID {
				continue
			}
			row := app.PlanRow{Indicator: spec.indicator(i + 1)}
			if f := spec.figure(row.Indicator, 1, 100); f.Target != nil {
				first := *f.Target
				row.First, row.Target = &first, f.Target
			}
			if spec.code == "screened" {
				row.First.Amount, row.Revised, row.Parts, row.Sum = kpi.Whole(9800), true, 5, kpi.Whole(10300)
			}
			group.Rows = append(group.Rows, row)
		}
		v.Areas = append(v.Areas, group)
	}
	v.Areas = append(v.Areas, app.PlanArea{Area: kpi.Area{ID: 9, Code: "new", Name: "新板块"}})
	v.Weights.AddWeight(kpi.CatQuantity, 80_00)
	v.Findings = append(v.Weights.Findings(kpi.DefaultRules),
		kpi.T("finding_split", "农村适龄妇女“两癌”免费检查", kpi.Whole(10361), 5, kpi.Whole(10300), kpi.Whole(61)))
	archived := sampleSpecs[2].indicator(40)
	archived.Code, archived.ArchivedAt = "old-one", 1780000000000
	other := sampleSpecs[4].indicator(41)
	other.Code = "other-one"
	v.Archived, v.Others = []kpi.Indicator{archived}, []kpi.Indicator{other}
	return v
}

func sampleTargets() app.TargetsView {
	shown := sampleView()
	v := app.TargetsView{History: shown.Targets, LastYear: progress.Some(kpi.Whole(9655)), MayPlan: true}
	v.Year, v.Indicator, v.Unit, v.Adds = shown.Year, shown.Figure.Indicator, sampleUnits[0], true
	v.Target = &v.History[1]
	curve := kpi.LinearCurve(3)
	v.LastCurve = &curve
	for i, u := range sampleUnits[1:] {
		row := app.SplitRow{Unit: u, LastYear: progress.Some(kpi.Whole(int64(1700 + 100*i))),
			Amount: progress.Some(kpi.Whole(2072)), Exact: kpi.Whole(20722) / 10, Extra: i == 0}
		row.Current = &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(2000)}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func sampleForward() app.ForwardView {
	v := app.ForwardView{From: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Year: 2027,
		Areas: sampleAreas, MayClose: true}
	for _, f := range sampleFigures() {
		v.Rows = append(v.Rows, app.ForwardRow{Indicator: f.Indicator, Target: f.Target, Figure: f})
	}
	return v
}

// planPages are the pages of the plan and of units, in all their states.
func planPages(tag lang.Tag) map[string]any {
	pc := sampleContext(tag)
	plan, targets := samplePlan(), sampleTargets()
	ind := sampleSpecs[3].indicator(4)
	var indicators []kpi.Indicator
	for i, s := range sampleSpecs {
		indicators = append(indicators, s.indicator(i+1))
	}
	refused := func(fields ...kpi.Field) *kpi.Error {
		return &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", len(fields)), Fields: fields}
	}
	closed := plan
	closed.Year.State, closed.Findings = kpi.YearClosed, nil
	untargeted := targets
	untargeted.History = nil
	untargeted.Target = nil
	untargeted.LastYear = progress.None[kpi.Amount](progress.ReasonNoValue)
	untargeted.LastCurve = nil
	judged := untargeted
	judged.Indicator, judged.Adds, judged.Rows = sampleSpecs[11].indicator(12), false, nil
	typed := url.Values{"value": {"多一些"}, "sign": {">="}, "curve": {"hand"}, "month1": {"30"}, "month2": {"20"},
		"unit": {"county"}}
	under := targets.SplitView
	under.Rows = append([]app.SplitRow{}, under.Rows...)
	under.Rows[4].Amount = progress.None[kpi.Amount](progress.ReasonNoTarget)
	under.Left = kpi.One / 2
	refusedSplit := NewTargets(pc, targets, url.Values{"step": {"preview"}, "method": {"paste"}, "text": {"荆竹镇 许多"},
		"only": {"wenping"}},
		refused(kpi.Field{Name: "text", Text: kpi.T("column_line", 1, kpi.T("number_unreadable", "许多"))}))
	units := app.UnitView{Units: sampleUnits, Past: []kpi.Membership{{Unit: 3, Parent: 2, Until: "2026-03-01"}}}
	return map[string]any{
		"plan":        NewPlan(pc, plan, nil, nil),
		"plan:closed": NewPlan(pc, closed, nil, nil),
		"plan:empty":  NewPlan(pc, app.PlanView{Year: plan.Year}, nil, nil),
		"plan:refused": NewPlan(pc, plan, url.Values{"name": {""}},
			refused(kpi.Field{Name: "name", Text: kpi.T("name_missing")})),
		"plan_table": NewProposalChoose(pc, ChooseInput{}),
		"plan_table:refused": NewProposalChoose(pc, ChooseInput{Text: "甲\t乙",
			Refusal: refused(kpi.Field{Name: "text", Text: kpi.T("indicators_nothing")})}),
		"plan_table:bare":     NewProposalChoose(pc, ChooseInput{Bare: [][]string{{"开展宣讲", "12"}, {"慰问", "40"}}}),
		"plan_proposal":       NewProposal(pc, sampleProposal(ind, plan)),
		"plan_proposal:adopt": NewAdoption(pc, sampleAdopting(ind, plan), nil, nil),
		"adopt_choose": NewAdoptChoose(pc, []kpi.Adoption{{ID: 3, Source: "2025年报告.docx", State: kpi.AdoptionDraft,
			Author: "wang", At: 1780000000000}}, "", refused(kpi.Field{Name: "text", Text: kpi.T("old_report_nothing")})),
		"adopt_made": NewAdoptMade(pc, app.Adopting{Adoption: kpi.Adoption{ID: 3, Year: 2026, Source: "2025年报告.docx",
			State: kpi.AdoptionMade, Made: `{"Indicators":[1,2]}`}}),
		"adopt_made:built": NewAdoptMade(pc, app.Adopting{Adoption: kpi.Adoption{ID: 3, Year: 2026, Source: "2025年报告.docx",
			State: kpi.AdoptionMade}, Undo: kpi.Clash("adoption_built_entry", ind.Names())}),
		"plan_proposal:blank": NewProposal(pc, ProposalInput{Spare: 2, Key: "key-8"}),
		"plan_indicator": NewPlanIndicator(pc, PlanIndicatorInput{Year: 2026, Indicator: &ind, Indicators: indicators,
			Areas: sampleAreas, Logged: true, Targeted: true}),
		"plan_indicator:new": NewPlanIndicator(pc, PlanIndicatorInput{Year: 2026, Indicators: indicators,
			Areas: sampleAreas}),
		"plan_indicator:refused": NewPlanIndicator(pc, PlanIndicatorInput{Year: 2026, Indicator: &ind, Indicators: indicators,
			Areas: sampleAreas, Typed: url.Values{"name": {""}, "part_of": {"screened"}},
			Refusal: refused(kpi.Field{Name: "name", Text: kpi.T("name_missing")},
				kpi.Field{Name: "part_of", Text: kpi.T("part_of_cycle")})}),
		"plan_targets":     NewTargets(pc, targets, nil, nil),
		"plan_targets:new": NewTargets(pc, untargeted, nil, nil),
		"plan_targets:refused": NewTargets(pc, targets, typed,
			refused(kpi.Field{Name: "value", Text: kpi.T("number_unreadable", "多一些")},
				kpi.Field{Name: "reason", Text: kpi.T("revision_reason_missing")},
				kpi.Field{Name: "curve", Text: kpi.T("curve_falls", 2)})),
		"plan_targets:judged": NewTargets(pc, judged, nil, nil),
		"plan_targets:split":  refusedSplit,
		"plan_split":          NewSplit(pc, SplitInput{Split: targets.SplitView, Method: app.SplitEqually}),
		"plan_split:under":    NewSplit(pc, SplitInput{Split: under, Method: app.SplitPasted}),
		"plan_split:refused": NewSplit(pc, SplitInput{Split: targets.SplitView, Typed: url.Values{"value.jingzhu": {"二千"}},
			Refusal: refused(kpi.Field{Name: "value.jingzhu", Text: kpi.T("number_negative")},
				kpi.Field{Name: "reason", Text: kpi.T("revision_reason_missing")})}),
		"plan_forward": NewForward(pc, sampleForward(), "target", nil, nil),
		"plan_forward:refused": NewForward(pc, sampleForward(), "",
			url.Values{"year": {"2026"}, "take": {"screened"}, "value.screened": {"x"}, "close": {"1"}},
			refused(kpi.Field{Name: "value.screened", Text: kpi.T("number_unreadable", "x")},
				kpi.Field{Name: "year", Text: kpi.T("year_exists", 2026)})),
		"unit": NewUnit(pc, UnitInput{View: units}),
		"unit:one": NewUnit(pc, UnitInput{View: units, Unit: &sampleUnits[2], Form: "move",
			Typed: url.Values{"parent": {"county"}}, Refusal: refused(kpi.Field{Name: "history",
				Text: kpi.T("history_unknown")})}),
		"unit:refused": NewUnit(pc, UnitInput{View: units, Form: "import",
			Refusal: refused(kpi.Field{Name: "file", Text: kpi.T("units_heading")})}),
		"unit_import": NewUnitImport(pc, app.UnitImport{New: 1, Known: 1,
			Rows: []app.UnitRow{{Row: 2, NewUnit: app.NewUnit{Code: "v1", Name: "一村", Parent: "wenping"}},
				{Row: 3, NewUnit: app.NewUnit{Code: "wenping", Name: "文坪镇", Parent: "county"}, Known: true}}}),
		"unit_import:bad": NewUnitImport(pc, app.UnitImport{Bad: 1,
			Rows: []app.UnitRow{{Row: 2, NewUnit: app.NewUnit{Code: "v1", Name: "一村", Parent: "nowhere"},
				Mistakes: []kpi.Text{kpi.T("unit_parent_unknown", "nowhere")}}}}),
	}
}

// sampleProposal has a row of each sort: new, wrong, a judgement, one that exists, one of another year.
func sampleProposal(ind kpi.Indicator, plan app.PlanView) ProposalInput {
	row := func(n int, p app.ProposedIndicator, mistakes ...kpi.Field) app.ProposalRow {
		p.Row = n
		return app.ProposalRow{ProposedIndicator: p, Mistakes: mistakes}
	}
	held := row(5, app.ProposedIndicator{Name: ind.Name, Value: "800", Sign: ">=", Do: app.ProposalTarget})
	held.Exists, held.InYear, held.Held = &ind, true, &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(700)}
	other := row(6, app.ProposedIndicator{Name: ind.Name, Do: app.ProposalTarget})
	other.Exists = &ind
	return ProposalInput{Key: "key-8", Unread: []string{"完成数"}, Carried: true,
		Left:  []kpi.Text{kpi.T("indicators_total", 9, "合计")},
		Spare: 1, Result: app.ProposalResult{Year: plan.Year, NewAreas: []string{"宣传"}, Created: 2, Targets: 3, Bad: 1,
			Weight:   95_00,
			Mistakes: []kpi.Field{{Name: "reason", Text: kpi.T("revision_reason_missing")}}, Rows: []app.ProposalRow{
				row(2, app.ProposedIndicator{Area: "宣传", Name: "三八宣讲", Measure: "场", Kind: "flow", Sign: ">=", Value: "12",
					Weight:   "5",
					Category: "quantity", Do: app.ProposalCreate, Guessed: []string{"kind", "sign", "category"}}),
				row(3, app.ProposedIndicator{Name: "", Measure: "场", Kind: "ratio", Value: "多", Do: app.ProposalCreate, Note: "口头",
					Partners: "妇联"}, kpi.Field{Name: "name", Text: kpi.T("name_missing")},
					kpi.Field{Name: "numerator", Text: kpi.T("ratio_parts_missing")},
					kpi.Field{Name: "starts", Text: kpi.T("starts_out_of_range")}),
				row(4, app.ProposedIndicator{Name: "章程", Kind: "level", Sign: "level", Value: "met", Do: app.ProposalCreate,
					Guessed: []string{"value"}}), held, other}}}
}

func sampleAdopting(ind kpi.Indicator, plan app.PlanView) app.Adopting {
	five, money := int64(5), kpi.Whole(1_539_800)
	a := app.Adopting{Adoption: kpi.Adoption{ID: 3, Year: 2026, Source: "2025年报告.docx", State: kpi.AdoptionDraft}}
	a.AdoptionBody = app.AdoptionBody{OfYear: 2025, NoFigures: true,
		Staff:  []kpi.StaffCount{{Kind: kpi.Administrative, Posts: &five, People: &five}},
		Budget: []kpi.BudgetLine{{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Full: &money, Spent: money}},
		Texts: []app.AdoptedText{{Section: "performance", Area: "宣传", Title: "宣传", Body: "开展宣讲⟦#1⟧。",
			Written: map[string]string{"1": "26场"}}, {Section: "duties", Title: "职责", Body: "团结妇女。"}},
		Rows: []app.ProposedIndicator{{Row: 1, Name: "开展宣讲", Figure: "26场"}}}
	a.There = map[string]bool{"duties/": true}
	a.Result = sampleProposal(ind, plan).Result
	a.Result.Rows[0].Figure, a.Result.Rows[0].Date = "26场", "2025-12-31"
	return a
}
