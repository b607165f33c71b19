package page

import (
	"net/url"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// scorePage shows the year's self-evaluation in points: the total, what to check before signing, and
// every indicator under its heading with the rule that scored it.
type scorePage struct {
	Layout
	AsOf       string
	Rules      layoutLink
	Total      cell
	Grade      cell
	Notes      []string // about points not scored and caps
	Empty      bool     // nothing has points
	Execution  scoreRow
	Groups     []scoreGroup
	Unweighted []layoutLink
	Findings   []findingView
	Form       *Form    // nil unless an indicator is being scored
	History    []string // of that indicator, newest first
	MayScore   bool
}

// scoreGroup is a first-level heading with its indicators.
type scoreGroup struct {
	ID, Name, Sum string
	Rows          []scoreRow
}

type scoreRow struct {
	ID, Name, Href       string
	Target, Value        cell
	Weight, Score        cell
	Rule, Manual, Change string
	Over                 string // the mark of over-achievement
	Missing              bool   // its reason is required
	Action               string // where to score it; "" for those who may not
	Editable             bool   // whether the table has a column for scoring
}

// ScoreForm is the indicator being scored.
type ScoreForm struct {
	Code    string
	Typed   url.Values
	Refusal *kpi.Error
}

func NewScore(pc Context, v app.ScoreView, in ScoreForm) scorePage {
	p, s := pc.Printer, v.Board.Score
	page := scorePage{
		Layout: NewLayout(pc, p.T("score.title", int(v.Board.Year.Year)), partScore, ScorePath(v.Board.Year.Year)),
		AsOf:   pc.asOf(v.Board.AsOf, v.Board.Figures()...), MayScore: v.MayScore,
		Rules:    layoutLink{Href: RulesPath(v.Board.Year.Year), Text: p.T("score.rules", rulesName(p, s.Rules))},
		Total:    pointsCell(p, s.Total),
		Grade:    cell{Why: reason(p, s.Grade.Reason)},
		Empty:    s.Weight == s.Execution.Weight,
		Findings: newFindings(pc, s.Findings),
	}
	if s.Grade.Ok() {
		page.Grade = cell{Text: p.T("grade." + string(s.Grade.Value))}
	}
	if s.Cap != nil {
		page.Notes = append(page.Notes, p.T("score.capped", s.Cap.Below.Amount(), s.Cap.AtMost.Amount(), s.Earned))
	}
	if s.Open > 0 && !page.Empty {
		page.Notes = append(page.Notes, p.T("score.open", s.Open.Amount()))
	}
	page.Execution = scoreRow{ID: "execution", Name: p.T("score.execution"),
		Href:   pc.at(BudgetPath(v.Board.Year.Year), pc.Unit, pc.AsOf.Period),
		Weight: cell{Text: p.Number(s.Execution.Weight.Amount(), 2), Href: page.Rules.Href},
		Score:  pointsCell(p, s.Execution.Score),
		Value:  percentCell(p, s.Execution.Rate)}
	page.Execution.Editable = v.MayScore
	page.Execution.Value.Href, page.Execution.Score.Href = page.Execution.Href, page.Execution.Href
	if s.Execution.Rule.Key != "" {
		page.Execution.Rule = p.Text(s.Execution.Rule)
	}
	for _, h := range s.Headings {
		page.Groups = append(page.Groups, newScoreGroup(pc, v, h))
	}
	for _, r := range s.Rows {
		if r.Weight == 0 {
			page.Unweighted = append(page.Unweighted, pc.indicatorLink(r.Figure.Indicator))
		}
		if r.Figure.Indicator.Code == in.Code && (v.MayScore || in.Refusal != nil) && r.Weight > 0 {
			page.Form = newScoreForm(pc, v, r, in)
			page.History = scoreHistory(pc, v.History[r.Figure.Indicator.ID])
		}
	}
	return page
}

func newScoreGroup(pc Context, v app.ScoreView, h progress.HeadingScore) scoreGroup {
	p := pc.Printer
	g := scoreGroup{ID: "heading-" + string(h.Heading), Name: p.T("heading." + string(h.Heading))}
	g.Sum = p.T("score.subtotal", h.Score, h.Weight.Amount())
	if h.Open > 0 {
		g.Sum = p.T("score.subtotal_open", h.Score, h.Weight.Amount(), h.Open.Amount())
	}
	for _, r := range v.Board.Score.Rows {
		if r.Heading == h.Heading && r.Weight > 0 {
			g.Rows = append(g.Rows, newScoreRow(pc, v, r))
		}
	}
	return g
}

func newScoreRow(pc Context, v app.ScoreView, r progress.ScoreRow) scoreRow {
	p, f := pc.Printer, pc.indicatorFigure(*r.Figure)
	ind := r.Figure.Indicator
	row := scoreRow{ID: "line-" + ind.Code, Name: f.Name, Href: f.Href, Target: f.Target, Value: f.Value,
		Weight: cell{Text: p.Number(r.Weight.Amount(), 2), Href: f.Href + "#targets"}, Score: pointsCell(p, r.Score),
		Missing: r.Over && !r.Reasoned}
	row.Editable = v.MayScore
	row.Target.Href, row.Value.Href, row.Score.Href = f.Href, f.Entries, f.Href
	row.Target.Text, row.Value.Text = goalText(p, r.Figure), valueText(p, r.Figure)
	if r.Rule.Key != "" {
		row.Rule = p.Text(r.Rule)
	}
	if m := r.Manual; m != nil {
		row.Manual = manualText(pc, *m)
		if m.Points != nil && row.Rule != "" {
			row.Rule = p.T("score.proposal", row.Rule)
		}
	}
	if r.Changed && r.Proposed.Ok() {
		row.Change = p.T("score.now_proposes", r.Proposed.Value)
	}
	if r.Over {
		row.Over = p.T("score.over", v.Board.Score.Rules.OverFrom.Amount())
	}
	if v.MayScore {
		row.Action = pc.at(ScorePath(pc.Year.Year), pc.Unit, pc.AsOf.Period)
		row.Action = WithQuery(row.Action, "line", ind.Code) + "#score"
	}
	return row
}

func manualText(pc Context, m kpi.ManualScore) string {
	day := pc.Printer.Time(m.SetAt, pc.zone())
	if m.Points == nil {
		return pc.Printer.T("score.explained", pc.person(m.SetBy), day, m.Reason)
	}
	return pc.Printer.T("score.manual", *m.Points, pc.person(m.SetBy), day, m.Reason)
}

func scoreHistory(pc Context, history []kpi.ManualScore) []string {
	var out []string
	for i := len(history) - 1; i >= 0; i-- {
		out = append(out, manualText(pc, history[i]))
	}
	return out
}

func newScoreForm(pc Context, v app.ScoreView, r progress.ScoreRow, in ScoreForm) *Form {
	p, ind := pc.Printer, r.Figure.Indicator
	f := pc.form("score", ScorePath(v.Board.Year.Year), p.T("score.form", p.Name(ind.Name, ind.NameEn)),
		p.T("score.form.submit")).
		wide().keeping("f-", in.Typed)
	f.hide("indicator", ind.Code)
	points, why := "", ""
	if r.Manual != nil {
		why = r.Manual.Reason
		if r.Manual.Points != nil {
			points = Number(r.Manual.Points.Amount())
		}
	}
	hint := p.T("score.form.points_hint", r.Weight.Amount())
	if r.Rule.Key != "" {
		f.Hint = p.T("score.proposal", p.Text(r.Rule))
	}
	if r.Band != nil {
		f.Hint, hint = "", p.T("score.form.band_hint", p.Text(r.Rule))
	}
	f.add(f.labelled("score", p.T("score.form.points"), points).measured(p.T("rules.points")).hinted(hint).optional(),
		f.field("reason", "score.form.reason", why).note())
	f.refuse(in.Refusal)
	return f
}

func pointsCell(p lang.Printer, o progress.Opt[kpi.Percent]) cell {
	if !o.Ok() {
		return cell{Why: reason(p, o.Reason)}
	}
	return cell{Text: p.Fixed(o.Value.Amount(), 2)}
}

// findingView is a finding with a link to where it can be corrected.
type findingView struct {
	Error      bool
	Word, Text string
	Href       string
}

func newFindings(pc Context, list []progress.Finding) []findingView {
	var out []findingView
	for _, f := range list {
		v := findingView{Error: f.Error, Word: pc.Printer.T("score.warning"), Text: pc.Printer.Text(f.Text)}
		if f.Error {
			v.Word = pc.Printer.T("score.error")
		}
		if f.Indicator != "" {
			v.Href = "#line-" + f.Indicator
		}
		out = append(out, v)
	}
	return out
}

// rulesName returns a rule set's name; shipped ones have a name in each language.
func rulesName(p lang.Printer, r kpi.RuleSet) string {
	for key, s := range kpi.ShippedRules {
		if s.Name == r.Name {
			return p.T("rules.preset." + key)
		}
	}
	return r.Name
}

func ScorePath(y kpi.Year) string { return yearPath(y, partScore) }

func BudgetPath(y kpi.Year) string { return yearPath(y, partBudget) }

func RulesPath(y kpi.Year) string { return "/years/" + strconv.Itoa(int(y)) + "/rules" }
