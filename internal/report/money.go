package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// tenThousand writes money kept in 元 as the office shows it, in 万元 with two decimals or more. Reports
// that were signed before lines said how many have two.
func (b *Draft) tenThousand(a kpi.Amount, decimals int) string {
	x, _ := kpi.Yuan.In(kpi.TenThousandY, a)
	return b.p.Fixed(x, max(decimals, 2))
}

// money returns an amount of a budget line for a sentence: 159.50, as the Chinese sentence says
// 万元 itself; in English ¥1.595 million.
func (b *Draft) money(l progress.BudgetFigure, a kpi.Amount, aspect paper.RefAspect) paper.Run {
	text := b.tenThousand(a, l.Decimals)
	if !b.p.Chinese() {
		text = b.p.Measured(kpi.TenThousandY, text)
	}
	return paper.Live(text, &paper.Ref{Fund: l.Fund, Nature: l.Nature, Aspect: aspect})
}

// general returns the section of the general public budget: a line that is not split comes first, then
// basic and project spending.
func (b *Draft) general(e Entry) []paper.Block {
	var out []paper.Block
	for _, l := range b.Board.Budget.Fund(kpi.GeneralBudget) {
		if l.Nature == kpi.AnyNature && l.Moves() {
			out = append(out, paper.NewParagraph(b.spending(l)...))
		}
	}
	return append(out, b.parts(e)...)
}

// nature makes the part about basic or project spending.
func (b *Draft) nature(e Entry, n kpi.Nature) []paper.Block {
	lines := b.Board.Budget.Fund(kpi.GeneralBudget)
	return append([]paper.Block{paper.NewParagraph(b.ofNature(lines, n)...)}, b.text(e.Key)...)
}

func (b *Draft) ofNature(lines []progress.BudgetFigure, n kpi.Nature) []paper.Run {
	whole := false
	for _, l := range lines {
		switch {
		case l.Nature == n && l.Moves():
			return b.spending(l)
		case l.Nature == n:
			return phrase(b.p, "report.budget.no_nature", b.lower("nature."+string(n)))
		}
		whole = whole || l.Nature == kpi.AnyNature && l.Moves()
	}
	if whole {
		return phrase(b.p, "report.budget.not_split")
	}
	return phrase(b.p, "report.budget.no_data")
}

// fund makes the section of a fund; one that was stated as 0 says that there is none, one
// that nobody stated says that.
func (b *Draft) fund(e Entry, f kpi.Fund) []paper.Block {
	var out []paper.Block
	lines := b.Board.Budget.Fund(f)
	for _, l := range lines {
		if l.Moves() {
			out = append(out, paper.NewParagraph(b.fundSpending(l)...))
		}
	}
	switch {
	case len(lines) == 0 && len(b.text(e.Key)) == 0:
		out = append(out, paper.NewParagraph(phrase(b.p, "report.budget.unstated", b.lower("fund."+string(f)))...))
	case len(out) == 0 && len(lines) > 0:
		out = append(out, paper.NewParagraph(phrase(b.p, "report.budget.none", b.lower("fund."+string(f)))...))
	}
	return append(out, b.text(e.Key)...)
}

func (b *Draft) fundSpending(l progress.BudgetFigure) []paper.Run {
	if l.Nature == kpi.AnyNature {
		return b.spending(l)
	}
	name := phrase(b.p, "report.budget.of", b.p.T("nature."+string(l.Nature)))
	return join(name, b.spending(l)...)
}

// spending says what a line had, what was spent of it, and, once the year is over, what is left.
func (b *Draft) spending(l progress.BudgetFigure) []paper.Run {
	spent := b.money(l, l.Spent, paper.RefSpent)
	var out []paper.Run
	if l.Execution.Ok() {
		rate := paper.Live(b.p.Percent(l.Execution.Value),
			&paper.Ref{Fund: l.Fund, Nature: l.Nature, Aspect: paper.RefExecution})
		out = phrase(b.p, "report.budget.executed", b.money(l, l.Budget(), paper.RefBudget), spent, rate)
	} else {
		out = phrase(b.p, "report.budget.no_rate", spent)
	}
	if !b.YearEnd() {
		return out
	}
	return join(b.sentences(out), phrase(b.p, "report.budget.carried",
		b.money(l, l.Opening, paper.RefOpening),
		b.money(l, l.Income, paper.RefIncome),
		b.money(l, l.Closing, paper.RefClosing))...)
}

// sentences lets another sentence follow: English puts a space between them.
func (b *Draft) sentences(before []paper.Run) []paper.Run {
	if b.p.Chinese() || len(before) == 0 {
		return before
	}
	return addText(before, " ")
}

// lower names something inside a sentence.
func (b *Draft) lower(key string) string {
	if s := b.p.T(key); s != "" && !b.p.Chinese() {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return b.p.T(key)
}
