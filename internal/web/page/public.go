package page

import (
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// publicPage shows a closed year to anyone: the sentence, the budget and every figure. It has no names
// of people, no notes, no evidence and no links.
type publicPage struct {
	Layout
	Heading  string
	Sentence []sentencePart
	AsOf     string
	Budget   *boardBudget
	Areas    []boardArea
}

func NewPublic(pc Context, b progress.Board, indexed bool) publicPage {
	p := pc.Printer
	page := publicPage{Layout: NewLayout(pc, p.T("public.title", p.T("page.year", int(b.Year.Year))), "", ""),
		Sentence: boardSentence(p, b), AsOf: p.AsOf(b.AsOf), Budget: newBoardBudget(pc, b)}
	page.Heading, page.NoIndex = page.Title, !indexed
	page.PrintAs = fmt.Sprintf("%s · %s", p.T("page.year", int(b.Year.Year)), page.AsOf)
	for _, a := range b.Areas {
		area := newBoardArea(pc, a)
		for i, f := range a.Figures {
			area.Rows[i] = newFigureView(p, f, p.Name(f.Indicator.Name, f.Indicator.NameEn), "")
			area.Rows[i].Owner = ""
		}
		page.Areas = append(page.Areas, area)
	}
	return page
}

func publicPath(y kpi.Year) string { return fmt.Sprintf("/public/%d", y) }
