package progress

import (
	"fmt"

	"dabiao/internal/kpi"
)

// Numbers returns each figure's number in the year's documents, by the indicator's code: 2-5 is the
// fifth figure of the second area. The same number appears in the report and in its annex of sources,
// and begins the numbers of the evidence behind the figure (see [EvidenceNumber]).
func (b Board) Numbers() map[string]string {
	out := map[string]string{}
	for a, area := range b.Areas {
		for i := range area.Figures {
			out[area.Figures[i].Indicator.Code] = fmt.Sprintf("%d-%d", a+1, i+1)
		}
	}
	return out
}

// BudgetLineKey identifies a budget line within its year.
type BudgetLineKey struct {
	Fund   kpi.Fund
	Nature kpi.Nature
}

// Numbers returns each budget line's number in the year's documents: 0-1 is the first.
func (b Budget) Numbers() map[BudgetLineKey]string {
	out := map[BudgetLineKey]string{}
	for i, l := range b.Lines {
		out[BudgetLineKey{l.Fund, l.Nature}] = fmt.Sprintf("0-%d", i+1)
	}
	return out
}
