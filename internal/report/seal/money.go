package seal

import (
	"cmp"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// budget is the budget in figures.json. Money is in 元.
type budget struct {
	Lines []budgetLine `json:"lines"`
	Total budgetLine   `json:"total"`
}

// budgetLine is a line as it was stated, and as it was signed.
type budgetLine struct {
	Name    string   `json:"name"`
	Opening string   `json:"opening"`
	Income  string   `json:"income"`
	Full    string   `json:"full,omitempty"`   // 全年预算数; "": opening and income
	Whole   string   `json:"whole"`            // spent, where no months are known
	Months  []string `json:"months,omitempty"` // spent in each

	Budget    string `json:"budget"`
	Spent     string `json:"spent"`
	Execution *int64 `json:"execution"`
	Pace      *int64 `json:"pace"`
	Light     string `json:"light"`
	Text      string `json:"text"` // as the page shows it
}

// score is the year's points in figures.json, in hundredths of a point.
type score struct {
	Rules     scoreRules `json:"rules"`
	Execution execution  `json:"execution"`
	Rows      []scoreRow `json:"rows"` // of what has a weight
	Weight    int64      `json:"weight"`
	Earned    int64      `json:"earned"`
	Open      int64      `json:"open"` // the weight of what is not scored
	Total     *int64     `json:"total"`
	Grade     string     `json:"grade"`
	Text      string     `json:"text"`
}

type scoreRules struct {
	Ceiling   string      `json:"ceiling"` // how an exceeded limit is scored: linear or quotient
	OverFrom  kpi.Percent `json:"over_from"`
	Deduction kpi.Percent `json:"over_deduction"`
	Caps      []limit     `json:"caps"`
	Excellent kpi.Percent `json:"excellent"`
	Good      kpi.Percent `json:"good"`
	Fair      kpi.Percent `json:"fair"`
}

// limit is the most that the total may be, or a supervision line of a month.
type limit struct {
	Month  int          `json:"month,omitempty"`
	Below  kpi.Percent  `json:"below"`
	AtMost *kpi.Percent `json:"at_most,omitempty"`
}

type execution struct {
	Weight kpi.Percent `json:"weight"`
	Score  *int64      `json:"score"`
	Text   string      `json:"text"`
}

type scoreRow struct {
	Code     string      `json:"code"`
	Name     string      `json:"name"`
	Weight   kpi.Percent `json:"weight"`
	Manual   *int64      `json:"manual"` // points that somebody gave
	Proposed *int64      `json:"proposed"`
	Score    *int64      `json:"score"`
	Text     string      `json:"text"`
}

func (p Package) budget() budget {
	say, b := p.Input.Language, p.Input.Board.Budget
	out := budget{Lines: []budgetLine{}, Total: budgetLineOf(say, b.Total)}
	for _, l := range b.Lines {
		x := budgetLineOf(say, l)
		x.Name = say.T("fund." + string(l.Fund))
		if l.Nature != kpi.AnyNature {
			x.Name = say.T("budget.line", x.Name, say.T("nature."+string(l.Nature)))
		}
		out.Lines = append(out.Lines, x)
	}
	out.Total.Name = say.T("nature.")
	return out
}

func budgetLineOf(say lang.Printer, l progress.BudgetFigure) budgetLine {
	out := budgetLine{Opening: l.Opening.String(), Income: l.Income.String(), Whole: l.Spent.String(),
		Budget: l.Budget().String(), Spent: l.Spent.String(), Execution: hundredths(l.Execution), Pace: hundredths(l.Pace),
		Light: string(l.Light)}
	if l.Full != nil {
		out.Full = l.Full.String()
	}
	if l.ByMonth() {
		for _, m := range l.Months {
			out.Months = append(out.Months, m.String())
		}
	}
	rate := "—"
	if l.Execution.Ok() {
		rate = say.Percent(l.Execution.Value)
	}
	out.Text = out.Spent + " ÷ " + out.Budget + " = " + rate + " · " + say.T("light."+string(l.Light))
	return out
}

func alarmsOf(r kpi.RuleSet) []limit {
	out := []limit{}
	for _, a := range r.Alarms {
		out = append(out, limit{Month: a.Month, Below: a.Below})
	}
	return out
}

// score is nil where the year has none: boards of a unit.
func (p Package) score() *score {
	say, s := p.Input.Language, p.Input.Board.Score
	if s == nil {
		return nil
	}
	r := s.Rules
	out := &score{Rules: scoreRules{Ceiling: string(cmp.Or(r.Ceiling, kpi.CeilingLinear)), OverFrom: r.OverFrom,
		Deduction: r.OverDeduction, Caps: []limit{}, Excellent: r.Excellent, Good: r.Good, Fair: r.Fair},
		Execution: execution{s.Execution.Weight, hundredths(s.Execution.Score),
			pointsText(s.Execution.Score, s.Execution.Weight)},
		Rows: []scoreRow{}, Weight: int64(s.Weight), Earned: int64(s.Earned), Open: int64(s.Open),
		Total: hundredths(s.Total), Text: pointsText(s.Total, kpi.Hundred)}
	for _, c := range r.Caps {
		out.Rules.Caps = append(out.Rules.Caps, limit{Below: c.Below, AtMost: &c.AtMost})
	}
	if s.Grade.Ok() {
		out.Grade = string(s.Grade.Value)
		out.Text += " · " + say.T("grade."+out.Grade)
	}
	for _, row := range s.Rows {
		if row.Weight == 0 {
			continue // nothing is asked of it
		}
		x := scoreRow{Code: row.Figure.Indicator.Code, Name: say.Name(row.Figure.Indicator.Name, row.Figure.Indicator.NameEn),
			Weight: row.Weight, Proposed: hundredths(row.Proposed), Score: hundredths(row.Score),
			Text: pointsText(row.Score, row.Weight)}
		if row.Manual != nil && row.Manual.Points != nil {
			given := int64(*row.Manual.Points)
			x.Manual = &given
		}
		out.Rows = append(out.Rows, x)
	}
	return out
}

// pointsText prints points and what they are of.
func pointsText(points progress.Opt[kpi.Percent], of kpi.Percent) string {
	if !points.Ok() {
		return "— / " + of.String()
	}
	return points.Value.String() + " / " + of.String()
}

// moneyTables are the tables of the budget and of the points; their rows are found by what the script calls them.
func (p Package) moneyTables(x *paper.Markup) {
	say := p.Input.Language
	row := func(kind, key, name, text string) {
		x.Add(`<tr data-%s="%s"><th scope="row">%s</th><td>%s</td><td></td><td>—</td></tr>`+"\n", kind, key, name, text)
	}
	b := p.budget()
	heads(x, say, say.T("seal.budget"), "seal.col.line", "seal.col.signed", "seal.col.again", "seal.col.verdict")
	for i, l := range append(b.Lines, b.Total) {
		row("budget", kpi.Whole(int64(i)).String(), l.Name, l.Text)
	}
	x.WriteString("</tbody></table></div>\n")
	s := p.score()
	if s == nil {
		return
	}
	heads(x, say, say.T("seal.score"), "seal.col.indicator", "seal.col.signed", "seal.col.again", "seal.col.verdict")
	row("score", " execution", say.T("seal.execution"), s.Execution.Text)
	for _, r := range s.Rows {
		row("score", r.Code, r.Name, r.Text)
	}
	row("score", " total", say.T("seal.total"), s.Text)
	x.WriteString("</tbody></table></div>\n")
}
