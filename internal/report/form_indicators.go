package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// level1 is a first-level heading of the form with the categories under it.
type level1 struct {
	key        string
	categories []kpi.Category
}

// The form's order; every category has its place even when nothing falls under it.
var levels1 = []level1{
	{"report.form.output", []kpi.Category{kpi.CatQuantity, kpi.CatQuality, kpi.CatTimeliness, kpi.CatCost}},
	{"report.form.benefit", []kpi.Category{kpi.CatEconomic, kpi.CatSocial, kpi.CatEcological, kpi.CatSustained}},
	{"report.form.satisfaction", []kpi.Category{kpi.CatSatisfaction}},
}

// formIndicators is the lower table: every indicator under its two headings, and the total.
func (b *builder) formIndicators() *Table {
	t := &Table{Widths: b.formWidths(), Head: 1}
	t.row(label(b.p.T("report.form.level1")), label(b.p.T("report.form.level2")), label(b.p.T("report.form.level3")).over(2, 1),
		label(b.p.T("report.form.target")), label(b.p.T("report.form.achieved")), label(b.p.T("report.form.weight")),
		label(b.p.T("report.form.score")), label(b.p.T("report.form.deviation")))
	byCategory := b.byCategory()
	for _, l := range levels1 {
		b.level1Rows(t, b.p.T(l.key), l.categories, byCategory)
	}
	if len(byCategory[""]) > 0 {
		b.level1Rows(t, b.p.T("report.form.unsorted"), []kpi.Category{""}, byCategory)
	}
	t.row(label(b.p.T("report.form.total_score")).over(6, 1), words(b.totalWeight()), words(b.p.T("report.dash")), words(""))
	return t
}

func (b *builder) byCategory() map[kpi.Category][]progress.Figure {
	out := map[kpi.Category][]progress.Figure{}
	for _, w := range wholes(b.Board.Figures()) {
		for _, f := range w.flat() {
			c := f.Indicator.Category
			if !c.Known() {
				c = ""
			}
			out[c] = append(out[c], f)
		}
	}
	return out
}

func (b *builder) level1Rows(t *Table, name string, categories []kpi.Category, figures map[kpi.Category][]progress.Figure) {
	rows := 0
	for _, c := range categories {
		rows += max(len(figures[c]), 1)
	}
	first := []Cell{label(name).over(1, rows)}
	for _, c := range categories {
		first = append(first, label(b.categoryName(c)).over(1, max(len(figures[c]), 1)))
		if len(figures[c]) == 0 {
			dash := words(b.p.T("report.dash"))
			t.row(append(first, dash.over(2, 1), dash, dash, dash, dash, dash)...)
			first = nil
		}
		seen := map[kpi.IndicatorID]bool{}
		for _, f := range figures[c] {
			t.row(append(first, b.indicatorCells(f, seen[f.Indicator.PartOf])...)...)
			seen[f.Indicator.ID] = true
			first = nil
		}
	}
}

func (b *builder) categoryName(c kpi.Category) string {
	if c == "" {
		return b.p.T("report.dash")
	}
	return b.p.T("category." + string(c))
}

// indicatorCells are name, target, achievement, weight, score, deviation. part says that the whole
// stands above under the same heading.
func (b *builder) indicatorCells(f progress.Figure, part bool) []Cell {
	name := b.name(f)
	if part && f.Indicator.PartOf != 0 {
		name = b.p.T("report.part", b.partName(f))
	}
	target, ok := b.target(f, true)
	if !ok {
		target = Run{Text: b.p.T("report.dash")}
	}
	weight, score := b.weight(f)
	return []Cell{words(name).over(2, 1).left(), cell(target), cell(join(b.achieved(f), b.readAt(f)...)...),
		words(weight), words(score), b.deviation(f)}
}

// weight is a dash where none is set, and then the score is one too; a weighted indicator's score
// is left for the scorer.
func (b *builder) weight(f progress.Figure) (weight, score string) {
	if f.Target == nil || f.Target.Weight == 0 {
		return b.p.T("report.dash"), b.p.T("report.dash")
	}
	return b.p.Number(f.Target.Weight.Amount(), 2), ""
}

func (b *builder) totalWeight() string {
	var sum kpi.Percent
	for _, f := range b.Board.Figures() {
		if f.Target != nil {
			sum += f.Target.Weight
		}
	}
	if sum == 0 {
		return b.p.T("report.dash")
	}
	return b.p.Number(sum.Amount(), 2)
}
