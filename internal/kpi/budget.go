package kpi

// Fund is one of the four budgets of the report's sections 2 to 5.
type Fund string

// The funds.
const (
	GeneralBudget   Fund = "general"          // 一般公共预算
	GovernmentFunds Fund = "government_funds" // 政府性基金预算
	StateCapital    Fund = "state_capital"    // 国有资本经营预算
	SocialInsurance Fund = "social_insurance" // 社会保险基金预算
)

// Funds lists all in the report's order.
var Funds = []Fund{GeneralBudget, GovernmentFunds, StateCapital, SocialInsurance}

// Known reports whether f is one of the funds.
func (f Fund) Known() bool { return contains(Funds, f) }

// Nature is what money is spent on.
type Nature string

// The natures; AnyNature is a fund that is not split.
const (
	AnyNature    Nature = ""
	BasicSpend   Nature = "basic"   // 基本支出
	ProjectSpend Nature = "project" // 项目支出
)

// BudgetLine is one fund and nature of a year. Money is in 元.
type BudgetLine struct {
	Year    Year
	Fund    Fund
	Nature  Nature
	Opening Amount  // carried over from last year
	Initial *Amount // 年初预算数; nil: not known
	Full    *Amount // 全年预算数 (adjusted); nil: what came in is the budget
	Income  Amount
	Spent   Amount
	Closing Amount
	Months  [12]Amount // spent in each month; all zero when only the year is known
}

// Budget is the year's full budget, the denominator of the execution rate: 全年预算数 when stated,
// else opening plus income.
func (b BudgetLine) Budget() Amount {
	if b.Full != nil {
		return *b.Full
	}
	return b.Opening + b.Income
}

// Check refuses a line that contradicts itself: opening + income − spent must be closing, and the
// months, where given, must sum to what was spent.
func (b BudgetLine) Check() error {
	var m Mistakes
	if !b.Fund.Known() {
		m.Add("fund", "fund_unknown", string(b.Fund))
	}
	if b.Nature != AnyNature && b.Nature != BasicSpend && b.Nature != ProjectSpend {
		m.Add("nature", "nature_unknown", string(b.Nature))
	}
	for name, a := range map[string]Amount{"opening": b.Opening, "income": b.Income, "spent": b.Spent} {
		if a < 0 {
			m.Add(name, "number_negative")
		}
	}
	if b.Opening+b.Income-b.Spent != b.Closing {
		m.Add("closing", "budget_identity")
	}
	var sum Amount
	for _, a := range b.Months {
		sum += a
	}
	if sum != 0 && sum != b.Spent {
		m.Add("months", "budget_months_sum")
	}
	return m.Err()
}
