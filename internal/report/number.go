package report

import (
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// number puts its figure's number beside every reference of a document.
func (b *Draft) number(d *paper.Document) {
	figures, lines := b.Board.Numbers(), b.Board.Budget.Numbers()
	d.EachRun(func(r *paper.Run) {
		switch {
		case r.Ref == nil || r.Ref.Project != "" || r.Ref.Basic != "":
		case r.Ref.Indicator != "":
			r.Ref.Number = figures[r.Ref.Indicator]
		default:
			r.Ref.Number = lines[progress.BudgetLineKey{Fund: r.Ref.Fund, Nature: r.Ref.Nature}]
		}
	})
}
