package report

import (
	"strconv"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

var bulletinWidths = []int{8, 44, 14, 20, 20, 19, 25}

// bulletin is 进度表, the monthly bulletin: every indicator under its area with target, achievement
// and completion rate.
func (b *builder) bulletin() []Block {
	t := &Table{Widths: bulletinWidths, Head: 1}
	t.row(b.heads("serial", "indicator", "measure", "goal", "done", "rate", "remark")...)
	n := 0
	for i, a := range b.Board.Areas {
		t.row(label(numbered(b.p, 1, i+1, b.areaName(a.Area))).over(len(t.Widths), 1).left())
		for _, f := range b.inOrder(a.Figures) {
			n++
			row := len(t.Rows)
			t.row(b.bulletinRow(n, f)...)
			t.calculate(nil, Place{row, 5}, CalcRate, Place{row, 4}, Place{row, 3})
		}
	}
	if n == 0 {
		return []Block{paragraph(phrase(b.p, "report.figures.empty")...)}
	}
	return []Block{{Table: t}, note(phrase(b.p, "report.bulletin.note")...)}
}

// heads are labels over columns.
func (b *builder) heads(keys ...string) []Cell {
	var out []Cell
	for _, key := range keys {
		out = append(out, label(b.p.T("report.column."+key)))
	}
	return out
}

// inOrder puts parts behind their wholes.
func (b *builder) inOrder(figures []progress.Figure) []progress.Figure {
	var out []progress.Figure
	for _, w := range wholes(figures) {
		out = append(out, w.flat()...)
	}
	return out
}

func (b *builder) bulletinRow(n int, f progress.Figure) []Cell {
	name := b.name(f)
	if f.Indicator.PartOf != 0 {
		name = b.p.T("report.part", b.partName(f))
	}
	remark := []Run{{Text: b.p.T("light." + string(f.Light))}}
	if at := b.readAt(f); at != nil {
		remark = join(remark, at...)
	}
	return []Cell{words(strconv.Itoa(n)), words(name).left(), words(b.p.Measure(f.Indicator.Measure)),
		b.targetCell(f), b.achievedCell(f), b.completionCell(f), cell(remark...)}
}

// targetCell is the year's target without its measure: a bare number where it is "at least".
func (b *builder) targetCell(f progress.Figure) Cell {
	amount := f.TargetAmount()
	if !amount.Ok() {
		target, ok := b.target(f, true)
		if !ok {
			return b.dash()
		}
		return cell(target)
	}
	text := b.p.Amount(f.Indicator, amount.Value)
	if s := f.Target.Sign; s != kpi.AtLeastSign {
		return cell(Run{sign(s) + text, ref(f, RefTarget)}).right()
	}
	return cell(Run{text, ref(f, RefTarget)}).right().counted(amount.Value, f.Indicator.Decimals)
}

// achievedCell is the achievement without its measure; a number only where it is exact.
func (b *builder) achievedCell(f progress.Figure) Cell {
	if !f.Achievement.Ok() {
		return words(b.achievedText(f))
	}
	q := f.Achievement.Value
	out := cell(Run{b.p.Value(f.Indicator, q), ref(f, RefValue)})
	if f.Indicator.Kind == kpi.Level {
		return out
	}
	if q.Precision == kpi.Exact && q.Of == kpi.AddUnits {
		out = out.counted(q.Amount, f.Indicator.Decimals)
	}
	return out.right()
}

func (b *builder) completionCell(f progress.Figure) Cell {
	if !f.Completion.Ok() {
		return b.dash()
	}
	return cell(Run{b.p.Percent(f.Completion.Value), ref(f, RefRate)}).right().rated(f.Completion.Value)
}
