package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// budgetRow is one row of a table's budget block: lines of the budget taken together.
type budgetRow struct {
	name    string
	ref     paper.Ref
	initial *kpi.Amount // nil: not known of every line
	full    kpi.Amount
	spent   kpi.Amount
	none    bool // the office keeps no such line
}

// decimals are those of the row's money, see [kpi.RuleSet.MoneyDecimals].
func (b *Draft) decimals(row budgetRow) int {
	rules := b.Rules()
	return rules.MoneyDecimals(row.spent, row.full)
}

// sumUp takes the lines that fit together.
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

// bySource are the table's four sources of income. What the program keeps under state capital and
// social insurance is the table's 其他资金, so that the sources add up to the total; it keeps no
// 非税收入 apart.
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

// byNature are the kinds of spending; money that is not split has a row only where there is some.
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

// numbers are a row's cells: initial, full, spent, weight, execution rate, score.
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

// moneyCell is money of the budget in 万元.
func (b *Draft) moneyCell(yuan kpi.Amount, decimals int, r paper.Ref, aspect paper.RefAspect) paper.Cell {
	r.Aspect = aspect
	wan, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return paper.NewCell(paper.Live(b.tenThousand(yuan, decimals), &r)).Counted(wan, decimals)
}

func (b *Draft) rateCell(p kpi.Percent, r paper.Ref) paper.Cell {
	r.Aspect = paper.RefExecution
	return paper.NewCell(paper.Live(b.p.Percent(p), &r)).Rated(p)
}

// totalNumbers are the total's cells; it alone carries the points of 预算执行率.
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
