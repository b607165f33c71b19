package kpi

import (
	"errors"
	"slices"
	"testing"
)

// mistakes returns the catalogue keys of a refusal, as "field key".
func mistakes(err error) []string {
	var e *Error
	if !errors.As(err, &e) {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Name+" "+f.Text.Key)
	}
	return out
}

func TestShippedRulesAreSoundAndSumTo100(t *testing.T) {
	for name, r := range ShippedRules {
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if r.Total() != Hundred || !r.Usual() {
			t.Errorf("%s makes %s points, usual %v", name, r.Total(), r.Usual())
		}
	}
	if h, _ := CostRules.HeadingOf(CatCost); h != HeadCost {
		t.Errorf("the cost variant has cost under %s", h)
	}
	if h, _ := DefaultRules.HeadingOf(CatCost); h != HeadOutput {
		t.Errorf("the default has cost under %s", h)
	}
}

func TestRulesThatContradictThemselvesAreRefused(t *testing.T) {
	for want, change := range map[string]func(*RuleSet){
		"execution rules_total":         func(r *RuleSet) { r.Execution = 15_00 },
		"name name_missing":             func(r *RuleSet) { r.Name = "" },
		"ahead_from rules_order":        func(r *RuleSet) { r.BehindBelow = 50_00 },
		"met_from rules_order":          func(r *RuleSet) { r.PartlyFrom = 90_00 },
		"excellent rules_order":         func(r *RuleSet) { r.Excellent = 101_00 },
		"stale_after rules_stale_range": func(r *RuleSet) { r.StaleAfter = 0 },
		"over_from rules_over_range":    func(r *RuleSet) { r.OverFrom = Hundred },
		"rate_gap rules_percent_range":  func(r *RuleSet) { r.RateGap = -1 },
		"ceiling rules_ceiling_unknown": func(r *RuleSet) { r.Ceiling = "half" },
		"caps rules_cap_range":          func(r *RuleSet) { r.Caps = []Cap{{Below: 80_00, AtMost: 101_00}} },
		"alarms rules_alarm_range":      func(r *RuleSet) { r.Alarms = []Alarm{{Month: 13}} },
		"split rules_heading_unknown": func(r *RuleSet) {
			r.Split = append(slices.Clone(r.Split),
				HeadingShare{Heading: HeadOutput})
		},
		"split rules_categories_missing": func(r *RuleSet) { r.Split = r.Split[:2] },
	} {
		r := DefaultRules
		change(&r)
		if got := mistakes(r.Check()); !slices.Contains(got, want) {
			t.Errorf("%v, want %q", got, want)
		}
	}
	other := DefaultRules
	other.Execution = 20_00
	other.Split = []HeadingShare{{HeadOutput, 40_00, DefaultRules.Split[0].Categories}, DefaultRules.Split[1],
		DefaultRules.Split[2]}
	if err := other.Check(); err != nil || other.Usual() {
		t.Errorf("another split of 100 is taken and unusual: %v, usual %v", err, other.Usual())
	}
}

func TestABudgetLineHoldsItsIdentities(t *testing.T) {
	good := BudgetLine{Fund: GeneralBudget, Nature: BasicSpend, Opening: 10, Income: 100, Spent: 60, Closing: 50,
		Months: [12]Amount{20, 40}}
	if err := good.Check(); err != nil || good.Budget() != 110 {
		t.Errorf("%v, budget %d", err, good.Budget())
	}
	full, negative := Amount(120), Amount(-1)
	for want, change := range map[string]func(*BudgetLine){
		"closing budget_identity":  func(l *BudgetLine) { l.Closing = 51 },
		"months budget_months_sum": func(l *BudgetLine) { l.Months[5] = 1 },
		"fund fund_unknown":        func(l *BudgetLine) { l.Fund = "lottery" },
		"nature nature_unknown":    func(l *BudgetLine) { l.Nature = "other" },
		"full number_negative":     func(l *BudgetLine) { l.Full = &negative },
		"opening number_negative":  func(l *BudgetLine) { l.Opening = -5 },
	} {
		l := good
		change(&l)
		if got := mistakes(l.Check()); !slices.Contains(got, want) {
			t.Errorf("%v, want %q", got, want)
		}
	}
	good.Full = &full
	if good.Budget() != 120 {
		t.Errorf("the stated budget holds, not %d", good.Budget())
	}
}
