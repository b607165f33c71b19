package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report/token"
)

// What an office's own template asks of the year's report; the room template fills it.

// Print returns a text with typed tokens as it prints, in one paragraph, and what is wrong with the tokens. current
// is the indicator that is repeated for, or nil.
func (b *Draft) Print(text string, current *Subject) (printed string, mistakes []kpi.Text) {
	parsed, mistakes := token.Parse(text)
	pieces, more := b.typed().resolve(parsed, current != nil)
	return strings.ReplaceAll(paper.Text(b.expand(nil, pieces, current)), "\n", " "), append(mistakes, more...)
}

// Each returns what a repetition over an area goes over, by the area's name or code as people write it; mistake says
// why it is none.
func (b *Draft) Each(area string) (subjects []Subject, mistake *kpi.Text) {
	over, mistake := b.areaByName(area)
	if mistake != nil {
		return nil, mistake
	}
	figures := b.goesOver(&over)
	for i := range figures {
		subjects = append(subjects, ofFigure(&figures[i]))
	}
	return subjects, nil
}

// Part returns the content that a token for a section or table stands for. If none or several match,
// blocks is nil and names lists all there are.
func (b *Draft) Part(name string, section bool) (blocks func() []paper.Block, names []kpi.Name) {
	type choice struct {
		key    string
		name   kpi.Name
		blocks func() []paper.Block
	}
	var choices []choice
	if section {
		for _, e := range b.YearOutline().all() {
			choices = append(choices, choice{string(e.Key), b.titles(e), func() []paper.Block { return b.entry(e) }})
		}
	} else {
		for _, f := range Papers {
			choices = append(choices, choice{string(f), inBoth(f.TitleKey()),
				func() []paper.Block { return b.annex(f, 0).Blocks }})
		}
	}
	for _, fits := range []func(choice) bool{
		func(c choice) bool {
			return c.key == name || c.name.Name == name || strings.EqualFold(c.name.NameEn, name)
		},
		func(c choice) bool { return strings.Contains(c.name.Name, name) || holdsFold(c.name.NameEn, name) },
	} {
		var found []choice
		for _, c := range choices {
			if name != "" && fits(c) {
				found = append(found, c)
			}
		}
		if len(found) == 1 {
			return found[0].blocks, nil
		}
	}
	for _, c := range choices {
		names = append(names, c.name)
	}
	return nil, names
}

// titles returns an entry's title in both languages.
func (b *Draft) titles(e Entry) kpi.Name {
	if e.Title != "" {
		return kpi.Name{Name: e.Title, NameEn: e.TitleEn}
	}
	return inBoth("report.section." + string(e.Key))
}

// SampleTemplate returns a document that shows how to make a template: a figure in a sentence, a condition, a
// repeated row, a whole section and a whole table. Its tokens refer to the year's own figures.
func SampleTemplate(in Input) paper.Document {
	b := NewDraft(in)
	d := b.document()
	d.Title = b.p.T("template.sample.title")
	blocks := []paper.Block{sampleText(b.p.T("template.sample.how"))}
	for _, a := range b.Board.Areas {
		blocks = append(blocks, paper.NewHeading(2, b.areaName(a.Area)))
		if f := a.Figures[0]; f.Indicator.Code != "" {
			value := b.spelling(meaning{ofFigure(&f), SayValue}, tokenPlace{})
			called := strings.TrimSuffix(value, token.Dot+b.p.T("token.aspect."+string(SayValue)))
			blocks = append(blocks, sampleText(b.p.T("template.sample.sentence", b.name(f), called)))
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
	blocks = append(blocks, sampleText(b.p.T("template.sample.whole")))
	if all := b.YearOutline().all(); len(all) > 0 {
		blocks = append(blocks, sampleText(b.p.T("template.sample.section", b.title(all[len(all)-1]))))
	}
	blocks = append(blocks, sampleText(b.p.T("template.sample.annex", b.p.T(Bulletin.TitleKey()))))
	d.Annexes = []paper.Annex{{Title: d.Title, Subtitle: b.p.T("template.sample.office"), Blocks: blocks}}
	return d
}

func sampleText(text string) paper.Block { return paper.NewParagraph(paper.Run{Text: text}) }
