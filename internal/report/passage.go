package report

import (
	"strconv"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// performance is the section of the work itself: the count of indicators, then a passage per area.
func (b *Draft) performance(e Entry) []paper.Block {
	out := b.text(e.Key)
	if b.Board.Summary.Indicators == 0 {
		return append(out, paper.NewParagraph(phrase(b.p, "report.figures.empty")...))
	}
	if len(e.Areas) == 0 { // the counts are of all areas: a section of some does not say them
		counts := join(b.sentences(phrase(b.p, "report.figures.as_of", b.p.AsOf(b.Board.AsOf))), b.counts()...)
		out = append(out, paper.NewParagraph(counts...), paper.Block{Chart: b.areaChart()})
		out = append(out, b.targetCharts()...)
	}
	for i, a := range b.areasOf(e) {
		out = append(out, paper.NewHeading(2, numbered(b.p, 2, i+1, b.areaName(a.Area))))
		out = append(out, b.text(AreaText(a.Area.Code))...)
		out = append(out, b.passage(a.Figures)...)
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
	all := b.Board.Summary.Indicators
	return phrase(b.p, "report.figures.counts", count(all), count(all-without), count(without),
		count(b.Board.Summary.Count(kpi.Done)), count(missing))
}

func count(n int) paper.Run { return paper.Live(strconv.Itoa(n), &paper.Ref{Aspect: paper.RefCount}) }

// passage lists an area's figures: first those held to a target, then those that are not, with an
// honest sentence about it. Parts stay with their whole.
func (b *Draft) passage(figures []progress.Figure) []paper.Block {
	var with, without []whole
	for _, w := range wholes(figures) {
		if w.hasTarget() {
			with = append(with, w)
		} else {
			without = append(without, w)
		}
	}
	var out []paper.Block
	if len(with) > 0 {
		out = append(out, paper.NewParagraph(b.list(with)...))
	}
	if len(without) > 0 {
		said := phrase(b.p, "report.figures.no_targets")
		out = append(out, paper.NewParagraph(join(b.sentences(b.list(without)), said...)...))
	}
	return out
}

func (b *Draft) list(all []whole) []paper.Run {
	var out []paper.Run
	for i, w := range all {
		if i > 0 {
			out = join(out, phrase(b.p, "report.figure.separator")...)
		}
		out = join(out, b.statement(w)...)
	}
	return join(out, phrase(b.p, "report.figure.end")...)
}

// statement is one figure with its parts: 两癌免费检查完成人数：完成10780人，年度目标10361人，完成率104.04%.
func (b *Draft) statement(w whole) []paper.Run {
	key := "report.figure.reading"
	if w.Indicator.Kind.Sums() && w.Achievement.Ok() {
		key = "report.figure.done"
	}
	out := phrase(b.p, key, b.name(w.Figure), b.achieved(w.Figure))
	out = join(out, b.readAt(w.Figure)...)
	out = join(out, b.against(w.Figure)...)
	return join(out, b.partsOf(w, "report.figure.parts")...)
}

// partsOf lists a figure's parts, and theirs in brackets.
func (b *Draft) partsOf(w whole, key string) []paper.Run {
	var list []paper.Run
	for i, part := range w.parts {
		if i > 0 {
			list = join(list, phrase(b.p, "report.figure.comma")...)
		}
		list = join(list, phrase(b.p, "report.figure.part_done", b.partName(part.Figure), b.achieved(part.Figure))...)
		list = join(list, b.readAt(part.Figure)...)
		list = join(list, b.against(part.Figure)...)
		list = join(list, b.partsOf(part, "report.figure.subparts")...)
	}
	if list == nil {
		return nil
	}
	return phrase(b.p, key, list)
}

// against is the target and how the achievement stands to it: a rate where there is one, met or
// not met otherwise, nothing without a target or without a value.
func (b *Draft) against(f progress.Figure) []paper.Run {
	target, ok := b.Target(f, false)
	if !ok {
		return nil
	}
	out := phrase(b.p, "report.figure.target", target)
	switch {
	case !f.Achievement.Ok():
		return out
	case f.Target.Sign.Ceiling() && f.Light == kpi.Over:
		return join(out, phrase(b.p, "report.figure.over")...)
	case f.Light == kpi.Unclear:
		return join(out, phrase(b.p, "report.figure.unclear")...)
	case f.Target.Sign.Ceiling():
		return join(out, phrase(b.p, "report.figure.within")...)
	case f.Completion.Ok():
		rate := paper.Live(b.p.Percent(f.Completion.Value), ref(f, paper.RefRate))
		return join(out, phrase(b.p, "report.figure.rate", rate)...)
	case f.Light == kpi.Done:
		return join(out, phrase(b.p, "report.figure.met")...)
	}
	return join(out, phrase(b.p, "report.figure.missed")...)
}
