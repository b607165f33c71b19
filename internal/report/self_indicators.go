package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// level1 is a first-level heading of the table with its categories.
type level1 struct {
	key        string
	categories []kpi.Category
}

// levels1 returns the rule set's headings in the table's order. Every category has a row even if it has
// no indicator.
func (b *Draft) levels1() []level1 {
	var out []level1
	for _, h := range kpi.Headings {
		for _, s := range b.Rules().Split {
			if s.Heading == h && len(s.Categories) > 0 {
				out = append(out, level1{"heading." + string(h), s.Categories})
			}
		}
	}
	return out
}

// Rules returns the year's rule set, or the default for a board without one.
func (b *Draft) Rules() kpi.RuleSet {
	if b.Board.Rules.Name == "" {
		return kpi.DefaultRules
	}
	return b.Board.Rules
}

// selfIndicators builds the lower table: every indicator under its two headings, and the total.
func (b *Draft) selfIndicators() *paper.Table {
	t := &paper.Table{Widths: b.selfWidths(), Head: 1}
	t.Add(paper.Label(b.p.T("report.paper.level1")), paper.Label(b.p.T("report.paper.level2")),
		paper.Label(b.p.T("report.paper.level3")).Over(2, 1),
		paper.Label(b.p.T("report.paper.target")), paper.Label(b.p.T("report.paper.achieved")),
		paper.Label(b.p.T("report.paper.weight")),
		paper.Label(b.p.T("report.paper.score")), paper.Label(b.p.T("report.paper.deviation")))
	byCategory := b.byCategory()
	for _, l := range b.levels1() {
		b.level1Rows(t, b.p.T(l.key), l.categories, byCategory)
	}
	if len(byCategory[""]) > 0 {
		b.level1Rows(t, b.p.T("report.paper.unsorted"), []kpi.Category{""}, byCategory)
	}
	t.Add(paper.Label(b.p.T("report.paper.total_score")).Over(6, 1), b.totalWeight(), b.totalScore(),
		paper.Words(b.totalNote()).AtLeft())
	return t
}

func (b *Draft) byCategory() map[kpi.Category][]progress.Figure {
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

func (b *Draft) level1Rows(t *paper.Table, name string, categories []kpi.Category,
	figures map[kpi.Category][]progress.Figure) {
	rows := 0
	for _, c := range categories {
		rows += max(len(figures[c]), 1)
	}
	first := []paper.Cell{paper.Label(name).Over(1, rows)}
	for _, c := range categories {
		first = append(first, paper.Label(b.categoryName(c)).Over(1, max(len(figures[c]), 1)))
		if len(figures[c]) == 0 {
			dash := paper.Words(b.p.T("report.dash"))
			t.Add(append(first, dash.Over(2, 1), dash, dash, dash, dash, dash)...)
			first = nil
		}
		seen := map[kpi.IndicatorID]bool{}
		for _, f := range figures[c] {
			t.Add(append(first, b.indicatorCells(f, seen[f.Indicator.PartOf])...)...)
			seen[f.Indicator.ID] = true
			first = nil
		}
	}
}

func (b *Draft) categoryName(c kpi.Category) string {
	if c == "" {
		return b.p.T("report.dash")
	}
	return b.p.T("category." + string(c))
}

// indicatorCells returns name, target, achievement, weight, score and deviation. part means that the
// whole is above it under the same heading.
func (b *Draft) indicatorCells(f progress.Figure, part bool) []paper.Cell {
	name := b.name(f)
	if part && f.Indicator.PartOf != 0 {
		name = b.p.T("report.part", b.partName(f))
	}
	target, ok := b.Target(f, true)
	if !ok {
		target = paper.Run{Text: b.p.T("report.dash")}
	}
	weight, score := b.weight(f)
	return []paper.Cell{paper.Words(name).Over(2, 1).AtLeft(), paper.NewCell(target),
		paper.NewCell(join(b.achieved(f), b.readAt(f)...)...),
		weight, score, b.deviation(f)}
}

// weight returns the cells of an indicator's weight and score: dashes if it has no weight, an empty
// score if it is not scored yet.
func (b *Draft) weight(f progress.Figure) (weight, score paper.Cell) {
	if f.Target == nil || f.Target.Weight == 0 {
		return b.dash(), b.dash()
	}
	score = paper.Words("")
	if r, ok := b.ScoreRow(f); ok && r.Score.Ok() {
		score = b.pointsCell(r.Score.Value, ref(f, paper.RefScore))
	}
	return b.weightCell(f.Target.Weight, ref(f, paper.RefWeight)), score
}

func (b *Draft) dash() paper.Cell { return paper.Words(b.p.T("report.dash")) }

func (b *Draft) weightCell(p kpi.Percent, r *paper.Ref) paper.Cell {
	return paper.NewCell(paper.Live(b.p.Number(p.Amount(), 2), r)).Counted(p.Amount(), 2)
}

func (b *Draft) pointsCell(p kpi.Percent, r *paper.Ref) paper.Cell {
	return paper.NewCell(paper.Live(b.points(p), r)).Counted(p.Amount(), 2)
}

// ScoreLine returns the score of a figure; ok is false if the board has no scores.
func (b *Draft) ScoreRow(f progress.Figure) (r progress.ScoreRow, ok bool) {
	if b.Board.Score == nil {
		return r, false
	}
	return b.Board.Score.Row(f.Indicator.ID)
}

// points writes a score as the tables print it: 8.62.
func (b *Draft) points(p kpi.Percent) string { return b.p.Fixed(p.Amount(), 2) }

// totalWeight returns the weight of execution and all indicators: 100 in a finished table.
func (b *Draft) totalWeight() paper.Cell {
	s := b.Board.Score
	if s == nil || s.Weight == s.Execution.Weight {
		return b.dash()
	}
	return b.weightCell(s.Weight, &paper.Ref{Aspect: paper.RefAllWeight})
}

func (b *Draft) totalScore() paper.Cell {
	s := b.Board.Score
	if s == nil || !s.Total.Ok() {
		return b.dash()
	}
	return b.pointsCell(s.Total.Value, &paper.Ref{Aspect: paper.RefTotal})
}

// totalNote returns the grade, or how many points are not scored yet, and the cap that limited the
// total.
func (b *Draft) totalNote() string {
	s := b.Board.Score
	if s == nil || !s.Total.Ok() {
		return ""
	}
	note := ""
	switch {
	case s.Grade.Ok():
		note = b.p.T("report.paper.grade", b.p.T("grade."+string(s.Grade.Value)))
	case s.Open > 0:
		note = b.p.T("report.paper.open", b.p.Number(s.Open.Amount(), 2))
	}
	if s.Cap != nil {
		note += b.p.T("report.paper.capped", s.Cap.Below.Amount(), b.p.Number(s.Cap.AtMost.Amount(), 2))
	}
	return note
}
