package progress

import (
	"testing"

	"dabiao/internal/kpi"
)

func TestRowsOfFormsAddUp(t *testing.T) {
	block := kpi.HunanForms.Basic[1]
	at := map[string]int{}
	for i, r := range block.Rows {
		at[r.Key] = i
	}
	full := kpi.Whole(240_000)
	budget := Budget{Lines: []BudgetFigure{{BudgetLine: kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend,
		Full: &full, Spent: kpi.Whole(135_000)}}}}
	last, planned, spent := block.Columns[0], block.Columns[1], block.Columns[2]
	costs := []kpi.OfficialCost{{Kind: kpi.OfficialAbroad, Spent: new(kpi.Amount)}}
	s := FormSums{Budget: budget, Basic: Basic(nil, costs, nil, budget)}
	s.Values.Amounts = map[string]kpi.Amount{
		"project_work.last": kpi.Whole(3), "project_running.last": kpi.Whole(4),
		"public.last": kpi.Whole(9), "office.last": kpi.Whole(5),
		"utilities.last": kpi.Whole(3), "meetings.last": kpi.Whole(2)}
	if a := s.Amount(block, at["project"], spent); !a.Ok() || a.Value != kpi.Whole(135_000) {
		t.Errorf("project spending is %v, the budget has 135000", a)
	}
	if a := s.Amount(block, at["project"], last); a.Ok() {
		t.Errorf("a sum that lacks a part is %v", a)
	}
	s.Values.Amounts["special1.last"] = 0
	if a := s.Amount(block, at["project"], last); !a.Ok() || a.Value != kpi.Whole(7) {
		t.Errorf("the parts add up to %v", a)
	}
	if a := s.Amount(block, at["abroad"], spent); !a.Ok() || a.Value != 0 {
		t.Errorf("a stated 0 is %v", a)
	}
	if a := s.Amount(block, at["reception"], spent); a.Ok() {
		t.Errorf("what nobody stated is %v", a)
	}
	if s.Prints(block, at["special2"]) || !s.Prints(block, at["special1"]) {
		t.Error("a row without a name prints, or the first of them does not")
	}
	found := s.Findings(kpi.HunanForms)
	if len(found) != 1 || found[0].Key != "form.part" { // 5+3+2 of 9
		t.Errorf("found %v", found)
	}
	s.Values.Amounts["project_work.budget"], s.Values.Amounts["project_running.budget"] = kpi.Whole(200_000), kpi.Whole(1)
	s.Values.Amounts["special1.budget"] = 0
	if found := s.Findings(kpi.HunanForms); len(found) != 2 || found[0].Key != "form.sum" {
		t.Errorf("parts of %v that are not all of it: %v", planned.Name, found)
	}
}

func TestRatesOfFormsNeedBothParts(t *testing.T) {
	block := kpi.HunanForms.Basic[2]
	s := FormSums{Values: kpi.FormValues{Amounts: map[string]kpi.Amount{"building1.area_built": kpi.Whole(110)}}}
	if r := s.Rate(block, 0, block.Columns[2]); r.Ok() {
		t.Errorf("half a rate is %v", r)
	}
	s.Values.Amounts["building1.area_approved"] = kpi.Whole(100)
	if r := s.Rate(block, 0, block.Columns[2]); !r.Ok() || r.Value != 110_00 {
		t.Errorf("110 of 100 m² is %v", r)
	}
}
