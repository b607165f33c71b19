package report

import (
	"slices"
	"strconv"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

var bulletinWidths = []int{8, 44, 14, 20, 20, 19, 25}

// bulletin builds 进度表, the monthly bulletin: every indicator by area with target, achievement and
// completion rate, and a chart of those whose target is not reached.
func (b *Draft) bulletin() []paper.Block {
	t := &paper.Table{Widths: bulletinWidths, Head: 1}
	t.Add(b.heads("serial", "indicator", "measure", "goal", "done", "rate", "remark")...)
	n := 0
	for i, a := range b.Board.Areas {
		t.Add(paper.Label(numbered(b.p, 1, i+1, b.areaName(a.Area))).Over(len(t.Widths), 1).AtLeft())
		for _, f := range b.inOrder(a.Figures) {
			n++
			row := len(t.Rows)
			t.Add(b.bulletinRow(n, f)...)
			t.Calculate(nil, paper.At(row, 5), paper.CalcRate, paper.At(row, 4), paper.At(row, 3))
		}
	}
	if n == 0 {
		return []paper.Block{paper.NewParagraph(phrase(b.p, "report.figures.empty")...)}
	}
	out := []paper.Block{{Table: t}, paper.NewNote(phrase(b.p, "report.bulletin.note")...)}
	if c := b.bulletinChart(); c != nil {
		out = append(out, paper.Block{Chart: c})
	}
	return out
}

// bulletinBars is how many indicators a bulletin's chart shows: what a glance takes in, on half a page.
const bulletinBars = 12

// bulletinChart shows what is not done yet, the farthest from its target first.
func (b *Draft) bulletinChart() *paper.Chart {
	open := slices.DeleteFunc(b.Board.ByTarget(), func(f progress.Figure) bool { return f.Met })
	title := b.p.T("report.bulletin.chart")
	if len(open) > bulletinBars {
		open, title = open[:bulletinBars], b.p.T("report.bulletin.chart_some", bulletinBars)
	}
	c := b.targetChart(open, title)
	if c != nil {
		c.Tabled = true
	}
	return c
}

// heads returns the column heads for keys under report.column.
func (b *Draft) heads(keys ...string) []paper.Cell {
	var out []paper.Cell
	for _, key := range keys {
		out = append(out, paper.Label(b.p.T("report.column."+key)))
	}
	return out
}

// inOrder sorts parts behind their wholes.
func (b *Draft) inOrder(figures []progress.Figure) []progress.Figure {
	var out []progress.Figure
	for _, w := range wholes(figures) {
		out = append(out, w.flat()...)
	}
	return out
}

func (b *Draft) bulletinRow(n int, f progress.Figure) []paper.Cell {
	name := b.name(f)
	if f.Indicator.PartOf != 0 {
		name = b.p.T("report.part", b.partName(f))
	}
	remark := []paper.Run{{Text: b.p.T("light." + f.Standing())}}
	if at := b.readAt(f); at != nil {
		remark = join(remark, at...)
	}
	remark = b.addRevision(remark, f)
	return []paper.Cell{paper.Words(strconv.Itoa(n)), paper.Words(name).AtLeft(),
		paper.Words(b.p.Measure(f.Indicator.Measure)),
		b.targetCell(f), b.achievedCell(f), b.completionCell(f), paper.NewCell(remark...)}
}

// addRevision says in a remark that the target was revised after the paper's month.
func (b *Draft) addRevision(remark []paper.Run, f progress.Figure) []paper.Run {
	if revised := b.p.Revised(f.Indicator, f.Target, f.Revised); revised != "" {
		return join(remark, paper.Run{Text: revised})
	}
	return remark
}

// targetCell returns the year's target without its measure, as a bare number if its sign is "at least".
func (b *Draft) targetCell(f progress.Figure) paper.Cell {
	amount := f.TargetAmount()
	if !amount.Ok() {
		target, ok := b.Target(f, true)
		if !ok {
			return b.dash()
		}
		return paper.NewCell(target)
	}
	text := b.p.Amount(f.Indicator, amount.Value)
	if s := f.Target.Sign; s != kpi.AtLeastSign {
		return paper.NewCell(paper.Live(sign(s)+text, ref(f, paper.RefTarget))).AtRight()
	}
	out := paper.NewCell(paper.Live(text, ref(f, paper.RefTarget))).AtRight()
	return out.Counted(amount.Value, f.Indicator.Shown(amount.Value))
}

// achievedCell returns the achievement without its measure, as a number only if it is exact.
func (b *Draft) achievedCell(f progress.Figure) paper.Cell {
	if !f.Achievement.Ok() {
		return paper.Words(b.Achieved(f))
	}
	q := f.Achievement.Value
	out := paper.NewCell(paper.Live(b.p.Value(f.Indicator, q), ref(f, paper.RefValue)))
	if f.Indicator.Kind == kpi.Level {
		return out
	}
	if q.Precision == kpi.Exact && q.Of == kpi.AddUnits {
		out = out.Counted(q.Amount, f.Indicator.Shown(q.Amount))
	}
	return out.AtRight()
}

func (b *Draft) completionCell(f progress.Figure) paper.Cell {
	rate := f.Rate()
	if !rate.Ok() {
		return b.dash()
	}
	out := paper.NewCell(paper.Live(b.p.RateBounded(f.Bound, rate.Value), ref(f, paper.RefRate))).AtRight()
	if f.Bound != kpi.ThisExactly {
		return out // words, as its value beside it
	}
	return out.Rated(rate.Value)
}
