package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// tenThousand writes money kept in 元 as the office shows it, in 万元 with two decimals or more. Reports
// that were signed before lines said how many have two.
func (b *builder) tenThousand(a kpi.Amount, decimals int) string {
	x, _ := kpi.Yuan.In(kpi.TenThousandY, a)
	s := b.p.Fixed(x, max(decimals, 2))
	if b.p.Chinese() {
		s = strings.ReplaceAll(s, ",", "")
	}
	return s
}

// money is an amount of a budget line.
func (b *builder) money(l progress.BudgetFigure, a kpi.Amount, form paper.RefForm) paper.Run {
	return paper.Live(b.tenThousand(a, l.Decimals), &paper.Ref{Fund: l.Fund, Nature: l.Nature, Form: form})
}

// general is the section of the general public budget: a line that is not split comes first, then
// basic and project spending.
func (b *builder) general(e Entry) []paper.Block {
	var out []paper.Block
	for _, l := range b.Board.Budget.Fund(kpi.GeneralBudget) {
		if l.Nature == kpi.AnyNature && moves(l) {
			out = append(out, paper.NewParagraph(b.spending(l)...))
		}
	}
	return append(out, b.parts(e)...)
}

// nature makes the part about basic or project spending.
func (b *builder) nature(e Entry, n kpi.Nature) []paper.Block {
	lines := b.Board.Budget.Fund(kpi.GeneralBudget)
	return append([]paper.Block{paper.NewParagraph(b.ofNature(lines, n)...)}, b.text(e.Key)...)
}

func (b *builder) ofNature(lines []progress.BudgetFigure, n kpi.Nature) []paper.Run {
	whole := false
	for _, l := range lines {
		switch {
		case l.Nature == n && moves(l):
			return b.spending(l)
		case l.Nature == n:
			return phrase(b.p, "report.budget.no_nature", b.lower("nature."+string(n)))
		}
		whole = whole || l.Nature == kpi.AnyNature && moves(l)
	}
	if whole {
		return phrase(b.p, "report.budget.not_split")
	}
	return phrase(b.p, "report.budget.no_data")
}

// fund makes the section of a fund; one without money says that there is none.
func (b *builder) fund(e Entry, f kpi.Fund) []paper.Block {
	var out []paper.Block
	for _, l := range b.Board.Budget.Fund(f) {
		if moves(l) {
			out = append(out, paper.NewParagraph(b.fundLine(l)...))
		}
	}
	if len(out) == 0 {
		out = append(out, paper.NewParagraph(phrase(b.p, "report.budget.none", b.lower("fund."+string(f)))...))
	}
	return append(out, b.text(e.Key)...)
}

func (b *builder) fundLine(l progress.BudgetFigure) []paper.Run {
	if l.Nature == kpi.AnyNature {
		return b.spending(l)
	}
	name := phrase(b.p, "report.budget.of", b.p.T("nature."+string(l.Nature)))
	return join(name, b.spending(l)...)
}

// spending says what a line had, what was spent of it, and, once the year is over, what is left.
func (b *builder) spending(l progress.BudgetFigure) []paper.Run {
	spent := b.money(l, l.Spent, paper.RefSpent)
	var out []paper.Run
	if l.Execution.Ok() {
		rate := paper.Live(b.p.Percent(l.Execution.Value), &paper.Ref{Fund: l.Fund, Nature: l.Nature, Form: paper.RefExecution})
		out = phrase(b.p, "report.budget.executed", b.money(l, l.Budget(), paper.RefBudget), spent, rate)
	} else {
		out = phrase(b.p, "report.budget.no_rate", spent)
	}
	if !b.yearEnd() {
		return out
	}
	return join(b.sentences(out), phrase(b.p, "report.budget.carried",
		b.money(l, l.Opening, paper.RefOpening),
		b.money(l, l.Income, paper.RefIncome),
		b.money(l, l.Closing, paper.RefClosing))...)
}

// sentences lets another sentence follow: English puts a space between them.
func (b *builder) sentences(before []paper.Run) []paper.Run {
	if b.p.Chinese() || len(before) == 0 {
		return before
	}
	return addText(before, " ")
}

// lower names something inside a sentence.
func (b *builder) lower(key string) string {
	if s := b.p.T(key); s != "" && !b.p.Chinese() {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return b.p.T(key)
}

// moves reports whether a line has or had any money.
func moves(l progress.BudgetFigure) bool {
	return l.Budget() != 0 || l.Spent != 0 || l.Opening != 0 || l.Income != 0 || l.Closing != 0
}
