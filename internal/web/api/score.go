package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

// ScoreJSON is the self-evaluation in points. Points are decimal strings with at most two decimals; an
// absent one is null, with its reason beside it.
type ScoreJSON struct {
	Rules       string             `json:"rules"`
	Weight      string             `json:"weight"`
	Total       *string            `json:"total"`
	TotalReason string             `json:"total_reason,omitempty"`
	Earned      string             `json:"earned"`
	Open        string             `json:"open"` // points that cannot be decided yet
	Cap         *capJSON           `json:"cap"`
	Grade       *string            `json:"grade"`
	GradeReason string             `json:"grade_reason,omitempty"`
	GradeText   string             `json:"grade_text,omitempty"`
	Execution   executionScoreJSON `json:"execution"`
	Headings    []headingJSON      `json:"headings"`
	Rows        []ScoreRowJSON     `json:"lines"`
	Findings    []findingJSON      `json:"findings"`
}

type executionScoreJSON struct {
	Weight      string    `json:"weight"`
	Rate        *string   `json:"rate"`
	Score       *string   `json:"score"`
	ScoreReason string    `json:"score_reason,omitempty"`
	Rule        *ruleJSON `json:"rule"`
}

type headingJSON struct {
	Heading kpi.Heading `json:"heading"`
	Name    string      `json:"name"`
	Points  string      `json:"points"` // by the rule set
	Weight  string      `json:"weight"` // of its indicators
	Score   string      `json:"score"`
	Open    string      `json:"open"`
}

// ScoreRowJSON is the score of an indicator that carries points, or the reason why it has none.
type ScoreRowJSON struct {
	Indicator      string      `json:"indicator"`
	Name           string      `json:"name"`
	Heading        kpi.Heading `json:"heading"`
	Weight         string      `json:"weight"`
	Score          *string     `json:"score"`
	ScoreReason    string      `json:"score_reason,omitempty"`
	Proposed       *string     `json:"proposed"`
	ProposedReason string      `json:"proposed_reason,omitempty"`
	Band           *bandJSON   `json:"band,omitempty"`
	Rule           *ruleJSON   `json:"rule"`
	Manual         *manualJSON `json:"manual"`
	Over           bool        `json:"over"`
	ReasonMissing  bool        `json:"reason_missing"`
	Changed        bool        `json:"changed"` // the rules' proposal has changed since the manual score
}

type bandJSON struct {
	From       string `json:"from"`
	To         string `json:"to"`
	ToIncluded bool   `json:"to_included"`
}

// ruleJSON is the rule behind a score: its key and a sentence with the numbers.
type ruleJSON struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

type manualJSON struct {
	Score    *string `json:"score"`
	Proposed *string `json:"proposed"` // by the rules at that moment
	Reason   string  `json:"reason"`
	SetBy    string  `json:"set_by"`
	SetAt    string  `json:"set_at"`
}

type findingJSON struct {
	Severity  string `json:"severity"` // "error" or "warning"
	Key       string `json:"key"`
	Text      string `json:"text"`
	Indicator string `json:"indicator,omitempty"`
}

func newScoreJSON(p lang.Printer, s progress.Score) ScoreJSON {
	out := ScoreJSON{Rules: s.Rules.Name, Weight: pointsText(s.Weight), Earned: pointsText(s.Earned),
		Open: pointsText(s.Open), Headings: []headingJSON{}, Rows: []ScoreRowJSON{},
		Findings: newFindingsJSON(p, s.Findings)}
	out.Total, out.TotalReason = optional(s.Total, pointsText)
	out.Grade, out.GradeReason = optional(s.Grade, func(g kpi.Grade) string { return string(g) })
	if s.Grade.Ok() {
		out.GradeText = p.T("grade." + string(s.Grade.Value))
	}
	if s.Cap != nil {
		out.Cap = &capJSON{decimal(pointsText(s.Cap.Below)), decimal(pointsText(s.Cap.AtMost))}
	}
	e := s.Execution
	out.Execution = executionScoreJSON{Weight: pointsText(e.Weight), Rule: newRuleJSON(p, e.Rule)}
	out.Execution.Rate, _ = optional(e.Rate, percentText)
	out.Execution.Score, out.Execution.ScoreReason = optional(e.Score, pointsText)
	for _, h := range s.Headings {
		out.Headings = append(out.Headings, headingJSON{h.Heading, p.T("heading." + string(h.Heading)), pointsText(h.Points),
			pointsText(h.Weight), pointsText(h.Score), pointsText(h.Open)})
	}
	for _, r := range s.Rows {
		out.Rows = append(out.Rows, newScoreRowJSON(p, r))
	}
	return out
}

func newScoreRowJSON(p lang.Printer, r progress.ScoreRow) ScoreRowJSON {
	ind := r.Figure.Indicator
	out := ScoreRowJSON{Indicator: ind.Code, Name: p.Name(ind.Name, ind.NameEn), Heading: r.Heading,
		Weight: pointsText(r.Weight), Rule: newRuleJSON(p, r.Rule), Over: r.Over, ReasonMissing: r.Over && !r.Reasoned,
		Changed: r.Changed}
	out.Score, out.ScoreReason = optional(r.Score, pointsText)
	out.Proposed, out.ProposedReason = optional(r.Proposed, pointsText)
	if r.Band != nil {
		out.Band = &bandJSON{pointsText(r.Band.From), pointsText(r.Band.To), r.Band.Whole}
	}
	if r.Manual != nil {
		out.Manual = newManualJSON(*r.Manual)
	}
	return out
}

func newManualJSON(m kpi.ManualScore) *manualJSON {
	return &manualJSON{Score: pointsPointer(m.Points), Proposed: pointsPointer(m.Proposed), Reason: m.Reason,
		SetBy: m.SetBy, SetAt: rfc3339(m.SetAt)}
}

func newRuleJSON(p lang.Printer, t kpi.Text) *ruleJSON {
	if t.Key == "" {
		return nil
	}
	return &ruleJSON{t.Key, p.Text(t)}
}

func newFindingsJSON(p lang.Printer, list []progress.Finding) []findingJSON {
	out := []findingJSON{}
	for _, f := range list {
		severity := "warning"
		if f.Error {
			severity = "error"
		}
		out = append(out, findingJSON{severity, f.Text.Key, p.Text(f.Text), f.Indicator})
	}
	return out
}

// pointsText writes points as the shortest decimal with at most two decimals: "8.62", "10".
func pointsText(points kpi.Percent) string { return points.Amount().String() }

func pointsPointer(points *kpi.Percent) *string {
	if points == nil {
		return nil
	}
	s := pointsText(*points)
	return &s
}

// getScore sends the score, which the board of the whole office contains too.
func (s API) getScore(c *fiber.Ctx, v *middleware.Visit) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Score)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newScoreJSON(v.Printer, *view.Board.Score))
}

// postScoreJSON is a manual score. Without score, the rules' proposal holds.
type postScoreJSON struct {
	Indicator string   `json:"indicator"`
	Score     *decimal `json:"score"`
	Reason    string   `json:"reason"`
}

func (s API) postScore(c *fiber.Ctx, v *middleware.Visit) error {
	var b postScoreJSON
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	points := ""
	if b.Score != nil {
		points = string(*b.Score)
	}
	n, err := input.ReadScore(b.Indicator, points, b.Reason)
	if err != nil {
		return err
	}
	n.Key = idempotencyKey(c)
	set, err := s.App.ScoreIndicator(c.UserContext(), v.Actor, year, n)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, struct {
		ID        int64  `json:"id"`
		Indicator string `json:"indicator"`
		Weight    string `json:"weight"`
		*manualJSON
	}{set.ID, b.Indicator, pointsText(set.Weight), newManualJSON(set)})
}
