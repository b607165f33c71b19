package report

import (
	"strconv"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// performance is the section of the work itself: the count of indicators, then a passage per area.
func (b *Draft) performance(e Entry) []paper.Block {
	out := b.text(e.Key)
	if b.Board.Summary.Indicators == 0 {
		return append(out, paper.NewParagraph(phrase(b.p, "report.figures.empty")...))
	}
	if len(e.Areas) == 0 { // the counts are of all areas: a section of some does not say them
		counts := join(b.sentences(phrase(b.p, "report.figures.as_of", b.p.AsOf(b.Board.AsOf))), b.counts()...)
		out = append(out, paper.NewParagraph(counts...))
		out = append(out, b.revisions()...)
		out = append(out, paper.Block{Chart: b.areaChart()})
		if c := b.targetChart(b.Board.ByTarget(), b.p.T("report.chart.targets")); c != nil {
			out = append(out, paper.Block{Chart: c})
		}
	}
	told := b.told("")
	for i, a := range b.areasOf(e) {
		heading := paper.NewHeading(2, numbered(b.p, 2, i+1, b.areaName(a.Area)))
		out = append(out, placed(AreaText(a.Area.Code), heading))
		below := b.text(AreaText(a.Area.Code))
		if b.Lists(a.Area.Code) {
			below = append(below, b.passage(untold(a.Figures, told))...)
		}
		if len(below) == 0 { // no heading stands alone
			below = append(below, paper.NewParagraph(phrase(b.p, "report.area.told")...))
		}
		out = append(out, below...)
	}
	return out
}

// revisions tells which targets were changed after the paper's date: its figures are held against the changed ones.
func (b *Draft) revisions() (out []paper.Block) {
	for _, f := range b.Board.Figures() {
		if revised := b.p.Revised(f.Indicator, f.Target, f.Revised); revised != "" {
			out = append(out, paper.NewNote(phrase(b.p, "target.later", b.p.T("target.revised_of", b.name(f), revised))...))
		}
	}
	return out
}

func (b *Draft) areaName(a kpi.Area) string {
	if a.ID == 0 {
		return b.p.T("report.area.none")
	}
	return b.p.Name(a.Name, a.NameEn)
}

func (b *Draft) counts() []paper.Run {
	without, missing := 0, 0
	for _, f := range b.Board.Figures() {
		if f.Target == nil {
			without++
		}
		if !f.Achievement.Ok() {
			missing++
		}
	}
	all, done := b.Board.Summary.Indicators, b.Board.Summary.Count(kpi.Done)
	out := phrase(b.p, "report.figures.counts", count(all))
	if with := all - without; with > 0 {
		out = join(out, phrase(b.p, "report.figures.with_target", count(with), count(done))...)
	}
	if missing > 0 {
		out = join(out, phrase(b.p, "report.figures.missing", count(missing))...)
	}
	out = join(out, phrase(b.p, "report.figure.end")...)
	switch {
	case without == all:
		return join(b.sentences(out), phrase(b.p, "report.figures.no_targets")...)
	case without > 0:
		return join(b.sentences(out), phrase(b.p, "report.figures.some_without", count(without))...)
	}
	return out
}

func count(n int) paper.Run { return paper.Live(strconv.Itoa(n), &paper.Ref{Aspect: paper.RefCount}) }
