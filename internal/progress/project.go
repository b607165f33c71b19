package progress

import "dabiao/internal/kpi"

// ProjectScore is a project's money and points, computed as for the year but from the project's money,
// indicators and weights.
type ProjectScore struct {
	kpi.Project
	Budget   Budget // one line for each stated source
	Score    Score  // its Figures carry the project's weights
	Findings []Finding
}

// RateProject scores a project by the rules and figures of the whole office's board. An indicator no
// longer on the board is a finding and counts nowhere.
func RateProject(p kpi.Project, b Board) ProjectScore {
	out := ProjectScore{Project: p, Budget: Execute(p.BudgetLines(), b.AsOf, b.Rules)}
	in := ScoreInput{Rules: b.Rules, Budget: out.Budget, Manual: map[kpi.IndicatorID]kpi.ManualScore{},
		Reasons: map[kpi.IndicatorID]bool{}}
	of := map[kpi.IndicatorID]kpi.ProjectIndicator{}
	for _, i := range p.Indicators {
		of[i.Indicator] = i
	}
	for _, f := range b.Figures() {
		own, ok := of[f.Indicator.ID]
		if !ok {
			continue
		}
		in.Figures = append(in.Figures, f.weighing(own.Weight))
		if own.Points != nil {
			in.Manual[f.Indicator.ID] = kpi.ManualScore{Year: p.Year, Indicator: f.Indicator.ID,
				Points: own.Points, Weight: own.Weight,
				Reason: own.Reason, SetBy: p.SetBy, SetAt: p.SetAt}
		}
		if b.Score != nil {
			r, _ := b.Score.Row(f.Indicator.ID)
			in.Reasons[f.Indicator.ID] = r.Reasoned
		}
	}
	out.Score = Rate(in)
	for i := range out.Score.Rows {
		out.Score.Rows[i].Changed = false // the proposal at the time the points were chosen is not stored
	}
	out.Findings = out.findings()
	return out
}

// weighing returns the figure with another weight. Without a target it can carry none.
func (f Figure) weighing(w kpi.Percent) Figure {
	if f.Target != nil {
		target := *f.Target
		target.Weight = w
		f.Target = &target
	}
	return f
}

// findings lists what prevents a project from being scored, and the warnings about its score. What is
// wrong with an indicator itself is reported once, for the year.
func (p ProjectScore) findings() []Finding {
	var out []Finding
	add := func(key string, args ...any) {
		out = append(out, Finding{Error: true, Text: kpi.T(key, append([]any{p.Names()}, args...)...)})
	}
	if len(p.Money) == 0 {
		add("project.finding.no_money")
	}
	if len(p.Indicators) == 0 {
		add("project.finding.no_indicators")
	}
	for _, i := range p.Indicators {
		switch r, ok := p.Score.Row(i.Indicator); {
		case !ok:
			add("project.finding.not_in_year")
		case i.Weight == 0:
			add("project.finding.no_weight", named(r.Figure.Indicator))
		case r.Figure.Target == nil:
			add("project.finding.no_target", named(r.Figure.Indicator))
		}
	}
	for _, f := range p.Score.Findings {
		if projectSays[f.Text.Key] {
			f.Text = kpi.T("project.finding.of", p.Names(), f.Text)
			out = append(out, f)
		}
	}
	return out
}

// projectSays are the findings of a score that apply to a project itself.
var projectSays = map[string]bool{"score.finding.weights": true, "score.finding.heading": true,
	"score.finding.no_category":  true,
	"score.finding.outside_band": true, "score.finding.above_weight": true, "score.finding.rate_gap": true,
	"score.finding.unspent": true}

// ProjectFindings compares a year's projects with its budget: the money of a fund's projects must add
// up to the fund's line of project spending, and such a line needs a project. A fund whose spending is
// not split has no such line to compare with. The projects' own findings follow.
func ProjectFindings(projects []ProjectScore, b Budget) []Finding {
	var out []Finding
	for _, f := range kpi.Funds {
		out = append(out, fundProjects(f, projects, b.Fund(f))...)
	}
	for _, p := range projects {
		out = append(out, p.Findings...)
	}
	return out
}

func fundProjects(f kpi.Fund, projects []ProjectScore, lines []BudgetFigure) []Finding {
	sum := sumProjects(f, projects)
	name := kpi.T("fund." + string(f))
	wrong := func(key string, args ...any) Finding {
		return Finding{Error: true, Text: kpi.T(key, append([]any{name}, args...)...)}
	}
	for _, l := range lines {
		switch {
		case l.Nature == kpi.AnyNature:
			return nil
		case l.Nature == kpi.ProjectSpend && sum.projects > 0:
			return sum.against(l.BudgetLine, wrong)
		case l.Nature == kpi.ProjectSpend && spendsAny(l.BudgetLine):
			return []Finding{wrong("project.finding.none", wan(l.Budget()), wan(spentInYear(l.BudgetLine)))}
		}
	}
	if sum.projects > 0 {
		return []Finding{wrong("project.finding.unbudgeted", wan(sum.budget))}
	}
	return nil
}

// against compares the sums with the fund's line of project spending.
func (sum projectSum) against(l kpi.BudgetLine, wrong func(string, ...any) Finding) []Finding {
	var out []Finding
	compare := func(key string, ours, lines kpi.Amount) {
		if ours != lines {
			out = append(out, wrong(key, wan(ours), wan(lines)))
		}
	}
	if sum.initialKnown && l.Initial != nil {
		compare("project.finding.initial", sum.initial, *l.Initial)
	}
	compare("project.finding.full", sum.budget, l.Budget())
	compare("project.finding.spent", sum.spent, spentInYear(l))
	return out
}

// projectSum is the total money of a fund's projects.
type projectSum struct {
	projects      int
	initial       kpi.Amount
	initialKnown  bool // for every project
	budget, spent kpi.Amount
}

func sumProjects(f kpi.Fund, projects []ProjectScore) projectSum {
	sum := projectSum{initialKnown: true}
	for _, p := range projects {
		if p.Fund != f {
			continue
		}
		total := p.Budget.Total
		sum.projects++
		sum.budget += total.Budget()
		sum.spent += total.Spent
		if sum.initialKnown = sum.initialKnown && total.Initial != nil; sum.initialKnown {
			sum.initial += *total.Initial
		}
	}
	return sum
}

// spentInYear returns what a line spent in all its months, whatever month is shown: a project's money
// is not recorded by month.
func spentInYear(l kpi.BudgetLine) kpi.Amount {
	if l.ByMonth() {
		return l.SpentByMonth()
	}
	return l.Spent
}

func spendsAny(l kpi.BudgetLine) bool { return l.Budget() != 0 || spentInYear(l) != 0 }

// HasProjects reports whether a year has project spending, and hence a self-evaluation of projects.
func HasProjects(projects []ProjectScore, b Budget) bool {
	if len(projects) > 0 {
		return true
	}
	for _, l := range b.Lines {
		if l.Nature == kpi.ProjectSpend && spendsAny(l.BudgetLine) {
			return true
		}
	}
	return false
}
