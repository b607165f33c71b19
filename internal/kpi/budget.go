package kpi

import "cmp"

// Fund is one of the four budgets of the report's sections 2 to 5.
type Fund string

// The funds.
const (
	GeneralBudget   Fund = "general"          // 一般公共预算
	GovernmentFunds Fund = "government_funds" // 政府性基金预算
	StateCapital    Fund = "state_capital"    // 国有资本经营预算
	SocialInsurance Fund = "social_insurance" // 社会保险基金预算
)

// Funds lists all funds in the report's order.
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

// BudgetLine is one fund and nature in a year. Money is in 元.
type BudgetLine struct {
	Year    Year
	Fund    Fund
	Nature  Nature
	Opening Amount  // carried over from last year
	Initial *Amount // 年初预算数; nil: not known
	Full    *Amount // 全年预算数 (adjusted); nil: the budget is opening + income
	Income  Amount
	Spent   Amount
	Closing Amount
	Months  [12]Amount // spent in each month; all zero when only the year is known
}

// Budget returns the year's full budget, the denominator of the execution rate: 全年预算数 if stated,
// else opening plus income.
func (b BudgetLine) Budget() Amount {
	if b.Full != nil {
		return *b.Full
	}
	return b.Opening + b.Income
}

// ByMonth reports whether the line says in which months its money was spent, even if the months cancel
// out: 50 in January, refunded in December.
func (b BudgetLine) ByMonth() bool { return b.Months != [12]Amount{} }

// SpentByMonth returns the sum of the months; 0 if only the year's total is known.
func (b BudgetLine) SpentByMonth() Amount {
	var sum Amount
	for _, a := range b.Months {
		sum += a
	}
	return sum
}

// Check refuses a line that contradicts itself: opening + income − spent must equal closing, and the
// months, where given, must add up to spent.
func (b BudgetLine) Check() error {
	var m Mistakes
	if !b.Fund.Known() {
		m.Add("fund", "fund_unknown", string(b.Fund))
	}
	if b.Nature != AnyNature && b.Nature != BasicSpend && b.Nature != ProjectSpend {
		m.Add("nature", "nature_unknown", string(b.Nature))
	}
	zero := Amount(0)
	for _, f := range []struct {
		name   string
		amount *Amount
	}{{"opening", &b.Opening}, {"initial", b.Initial}, {"full", b.Full}, {"income", &b.Income}, {"spent", &b.Spent}} {
		switch a := cmp.Or(f.amount, &zero); {
		case *a < 0:
			m.Add(f.name, "number_negative")
		case *a > MaxAmount:
			m.Add(f.name, "number_too_large", a.String())
		}
	}
	if b.Opening+b.Income-b.Spent != b.Closing {
		m.Add("closing", "budget_identity")
	}
	if b.ByMonth() && b.SpentByMonth() != b.Spent {
		m.Add("months", "budget_months_sum")
	}
	return m.Err()
}

// BudgetRevision is one entry in the history of a line's budget: 年初预算数 and 全年预算数 as set, by
// which document, and why. The line itself holds the latest values.
type BudgetRevision struct {
	ID       int64
	Year     Year
	Fund     Fund
	Nature   Nature
	Initial  *Amount
	Full     *Amount
	Dated    Date
	Document string
	Reason   string
	SetBy    string
	SetAt    UnixMilli
}

// IncomeSource is where the year's income came from, as the form lists it.
type IncomeSource string

// The sources of the self-evaluation table.
const (
	FromGeneral         IncomeSource = "general"          // 一般公共预算拨款
	FromGovernmentFunds IncomeSource = "government_funds" // 政府性基金
	FromNonTax          IncomeSource = "non_tax"          // 非税收入
	FromOther           IncomeSource = "other"            // 其他资金
)

// IncomeSources lists all sources in the form's order.
var IncomeSources = []IncomeSource{FromGeneral, FromGovernmentFunds, FromNonTax, FromOther}

// SourceIncome is what one source brought in during a year. The sources should add up to the income of
// the budget lines; a difference is shown, never spread.
type SourceIncome struct {
	Source IncomeSource
	Amount Amount // 元
}

// OtherMoney is money that a report mentions and no budget line carries: donations, other offices'
// funds, prizes paid by a sponsor.
type OtherMoney struct {
	Name   string
	Amount Amount // 元
	Note   string // what it is for, and which document says so
}

// Check refuses other money without a name and amounts out of range.
func (o OtherMoney) Check() error {
	var m Mistakes
	if o.Name == "" {
		m.Add("others", "name_missing")
	}
	checkLength(&m, "others", o.Name, 200)
	checkLength(&m, "others", o.Note, MaxNote)
	if o.Amount < 0 {
		m.Add("others", "number_negative")
	}
	if o.Amount > MaxAmount {
		m.Add("others", "number_too_large", o.Amount.String())
	}
	return m.Err()
}
