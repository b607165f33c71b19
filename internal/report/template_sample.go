package report

import (
	"io"
	"strings"

	"dabiao/internal/paper"
)

// WriteSampleTemplate writes a Word file that shows how to make a template: a figure in a sentence, a
// condition, a repeated row, a whole section and a whole table. Its tokens refer to the year's own
// figures. It returns the writer's errors.
func WriteSampleTemplate(w io.Writer, in Input) error {
	b := NewDraft(in)
	d := b.document()
	d.Title = b.p.T("template.sample.title")
	blocks := []paper.Block{sampleLine(b.p.T("template.sample.how"))}
	for _, a := range b.Board.Areas {
		blocks = append(blocks, paper.NewHeading(2, b.areaName(a.Area)))
		if f := a.Figures[0]; f.Indicator.Code != "" {
			value := b.spelling(meaning{ofFigure(&f), SayValue}, tokenPlace{})
			called := strings.TrimSuffix(value, dot+b.p.T("token.aspect."+string(SayValue)))
			blocks = append(blocks, sampleLine(b.p.T("template.sample.sentence", b.name(f), called)))
		}
		over := b.areaSpelling(areaMeaning{})
		if a.Area.ID != 0 {
			over = b.areaSpelling(areaMeaning{&a})
		}
		t := &paper.Table{Widths: []int{40, 20, 20, 20}, Head: 1, Caption: b.areaName(a.Area)}
		t.Add(b.heads("indicator", "goal", "done", "rate")...)
		t.Add(paper.Words(b.p.T("template.sample.each", over)).AtLeft(), paper.Words(b.p.T("template.sample.target")),
			paper.Words(b.p.T("template.sample.value")), paper.Words(b.p.T("template.sample.rate")))
		blocks = append(blocks, paper.Block{Table: t})
	}
	blocks = append(blocks, sampleLine(b.p.T("template.sample.whole")))
	if all := b.YearOutline().all(); len(all) > 0 {
		blocks = append(blocks, sampleLine(b.p.T("template.sample.section", b.title(all[len(all)-1]))))
	}
	blocks = append(blocks, sampleLine(b.p.T("template.sample.annex", b.p.T(Bulletin.TitleKey()))))
	d.Annexes = []paper.Annex{{Title: d.Title, Subtitle: b.p.T("template.sample.office"), Blocks: blocks}}
	return paper.WriteDocx(w, d)
}

func sampleLine(text string) paper.Block { return paper.NewParagraph(paper.Run{Text: text}) }
