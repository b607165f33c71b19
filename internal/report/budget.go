package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// budgetRow is a row in the budget of a table: the sum of some budget lines.
type budgetRow struct {
	name    string
	ref     paper.Ref
	initial *kpi.Amount // nil: not known for every line
	full    kpi.Amount
	spent   kpi.Amount
	none    bool // the office has no such line
}

// decimals returns the decimals of the row's money; see [kpi.RuleSet.MoneyDecimals].
func (b *Draft) decimals(row budgetRow) int {
	rules := b.Rules()
	return rules.MoneyDecimals(row.spent, row.full)
}

// sumUp adds up the lines for which fits is true.
func (b *Draft) sumUp(name string, r paper.Ref, fits func(kpi.BudgetLine) bool) budgetRow {
	row := budgetRow{name: name, ref: r, none: true}
	initial, known := kpi.Amount(0), true
	for _, l := range b.Board.Budget.Lines {
		if !fits(l.BudgetLine) {
			continue
		}
		row.none = false
		row.full += l.Budget()
		row.spent += l.Spent
		if known = known && l.Initial != nil; known {
			initial += *l.Initial
		}
	}
	if known {
		row.initial = &initial
	}
	return row
}

// bySource returns the rows of the table's four sources of income. State capital and social insurance are
// its 其他资金, so that the sources add up to the total. The program does not record 非税收入 separately.
func (b *Draft) bySource() []budgetRow {
	source := func(key string, r paper.Ref, funds ...kpi.Fund) budgetRow {
		return b.sumUp(b.p.T("report.paper.source."+key), r, func(l kpi.BudgetLine) bool {
			for _, f := range funds {
				if l.Fund == f {
					return true
				}
			}
			return false
		})
	}
	return []budgetRow{
		source("general", paper.Ref{Fund: kpi.GeneralBudget}, kpi.GeneralBudget),
		source("government_funds", paper.Ref{Fund: kpi.GovernmentFunds}, kpi.GovernmentFunds),
		source("non_tax", paper.Ref{}),
		source("other", paper.Ref{}, kpi.StateCapital, kpi.SocialInsurance),
	}
}

// byNature returns the rows of the kinds of spending. Spending that is not split has a row only if there
// is any.
func (b *Draft) byNature() []budgetRow {
	var out []budgetRow
	for _, n := range []kpi.Nature{kpi.BasicSpend, kpi.ProjectSpend, kpi.AnyNature} {
		row := b.sumUp(b.p.T("report.paper.nature."+string(n)), paper.Ref{Nature: n},
			func(l kpi.BudgetLine) bool { return l.Nature == n })
		if n != kpi.AnyNature || row.full != 0 || row.spent != 0 {
			out = append(out, row)
		}
	}
	return out
}

// numbers returns a row's cells: initial, full, spent, weight, execution rate, score.
func (b *Draft) numbers(row budgetRow) []paper.Cell {
	dash := paper.Words(b.p.T("report.dash"))
	if row.none {
		return []paper.Cell{dash, dash, dash, dash, dash, dash}
	}
	initial, rate := dash, dash
	if row.initial != nil {
		initial = b.moneyCell(*row.initial, b.decimals(row), row.ref, paper.RefInitial)
	}
	if execution := b.executionOf(row); execution.Ok() {
		rate = b.rateCell(execution.Value, row.ref)
	}
	return []paper.Cell{initial, b.moneyCell(row.full, b.decimals(row), row.ref, paper.RefBudget),
		b.moneyCell(row.spent, b.decimals(row), row.ref, paper.RefSpent), dash, rate, dash}
}

// moneyCell returns a cell with money of the budget in 万元.
func (b *Draft) moneyCell(yuan kpi.Amount, decimals int, r paper.Ref, aspect paper.RefAspect) paper.Cell {
	r.Aspect = aspect
	wan, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return paper.NewCell(paper.Live(b.tenThousand(yuan, decimals), &r)).Counted(wan, decimals)
}

func (b *Draft) rateCell(p kpi.Percent, r paper.Ref) paper.Cell {
	r.Aspect = paper.RefExecution
	return paper.NewCell(paper.Live(b.p.Percent(p), &r)).Rated(p)
}

// totalNumbers returns the cells of the total, the only row with the points of 预算执行率.
func (b *Draft) totalNumbers(row budgetRow) []paper.Cell {
	out := b.numbers(row)
	out[3] = b.weightCell(b.Rules().Execution, &paper.Ref{Aspect: paper.RefWeight})
	if s := b.Board.Score; s != nil && s.Execution.Score.Ok() {
		out[5] = b.pointsCell(s.Execution.Score.Value, &paper.Ref{Aspect: paper.RefScore})
	}
	return out
}

func (b *Draft) executionOf(row budgetRow) progress.Opt[kpi.Percent] {
	if row.full == 0 {
		return progress.None[kpi.Percent](progress.ReasonNoBudget)
	}
	rules := b.Rules()
	return progress.Some(rules.Rate(kpi.Divide(row.spent, row.full), ""))
}
