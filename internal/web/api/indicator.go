package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/middleware"
)

// indicatorJSON is one indicator at one unit with its months, the units below and its log.
type indicatorJSON struct {
	FigureJSON
	Year         int               `json:"year"`
	Unit         string            `json:"unit"`
	Area         string            `json:"area"`
	Category     kpi.Category      `json:"category,omitempty"`
	Definition   string            `json:"definition,omitempty"`
	Source       string            `json:"source,omitempty"`
	PartOf       string            `json:"part_of,omitempty"`
	Note         string            `json:"note,omitempty"`
	Months       []monthJSON       `json:"months"`
	Targets      []TargetJSON      `json:"targets"`
	Children     []childJSON       `json:"children"`
	Updates      []UpdateJSON      `json:"updates"`
	More         bool              `json:"more"`
	Explanations []explanationJSON `json:"explanations"`
}

type monthJSON struct {
	Month      string  `json:"month"`
	Target     *string `json:"target"`
	Expected   *string `json:"expected"`
	Achieved   *string `json:"achieved"`
	Cumulative *string `json:"cumulative"`
}

type childJSON struct {
	Unit string `json:"unit"`
	Name string `json:"unit_name"`
	FigureJSON
}

// UpdateJSON is one entry of the log.
type UpdateJSON struct {
	ID         int64          `json:"id"`
	Indicator  string         `json:"indicator"`
	Unit       string         `json:"unit"`
	Date       kpi.Date       `json:"date"`
	Value      *string        `json:"value"`
	Wording    string         `json:"wording,omitempty"`
	ValueBelow *string        `json:"value_below,omitempty"`
	Precision  kpi.Precision  `json:"precision"`
	Level      kpi.LevelValue `json:"level,omitempty"`
	Note       string         `json:"note,omitempty"`
	Act        kpi.Act        `json:"act"`
	Answers    int64          `json:"answers,omitempty"`
	AnsweredBy int64          `json:"answered_by,omitempty"`
	State      kpi.State      `json:"state"`
	Counts     bool           `json:"counts"`
	Review     *reviewJSON    `json:"review,omitempty"`
	Reason     string         `json:"reason,omitempty"`
	Origin     kpi.Origin     `json:"origin"`
	Author     string         `json:"author"`
	LoggedAt   string         `json:"logged_at"`
	Evidence   []evidenceJSON `json:"evidence"`
	SameAs     int64          `json:"same_as,omitempty"` // of an entry that was just logged: another that says the same
	Ask        *AskJSON       `json:"ask,omitempty"`     // of an entry that was just logged with ?ask=1
}

// AskJSON is what a person would have been asked about an entry; it was logged all the same.
type AskJSON struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type evidenceJSON struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	SHA256    string `json:"sha256"`
	Sensitive bool   `json:"sensitive"`
}

func (s API) getIndicator(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	view, err := s.App.Indicator(c.UserContext(), v.Actor, q, c.Params("code"))
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newIndicatorJSON(v.Printer, view))
}

func newIndicatorJSON(p lang.Printer, v app.IndicatorView) indicatorJSON {
	ind := v.Figure.Indicator
	out := indicatorJSON{
		FigureJSON: newFigureJSON(p, v.Figure), Year: int(v.Year.Year), Unit: v.Unit.Code, Area: v.Area.Code,
		Category: ind.Category, Definition: ind.Definition, Source: ind.Source, Note: ind.Note, More: v.LogMore,
		Targets: []TargetJSON{}, Children: []childJSON{}, Updates: []UpdateJSON{},
		Explanations: []explanationJSON{},
	}
	for _, e := range v.Said {
		out.Explanations = append(out.Explanations, newExplanationJSON(e))
	}
	if v.PartOf != nil {
		out.PartOf = v.PartOf.Code
	}
	for _, m := range v.Figure.Months {
		out.Months = append(out.Months, newMonthJSON(out.Target, m))
	}
	for _, t := range v.Targets {
		out.Targets = append(out.Targets, newTargetJSON(ind.Code, v.Unit.Code, t))
	}
	for _, child := range v.Children {
		out.Children = append(out.Children, childJSON{child.Unit.Code, p.Name(child.Unit.Name, child.Unit.NameEn), newFigureJSON(p, child.Figure)})
	}
	for _, e := range v.Log {
		out.Updates = append(out.Updates, newUpdateJSON(e))
	}
	return out
}

func newMonthJSON(target *string, m progress.Month) monthJSON {
	out := monthJSON{Month: m.Period.String(), Target: target}
	out.Expected, _ = optional(m.Expected, amountText)
	out.Achieved, _ = optional(m.Achieved, amountText)
	out.Cumulative, _ = optional(m.Cumulative, amountText)
	return out
}

func newUpdateJSON(e app.LogEntry) UpdateJSON {
	out := UpdateJSON{
		ID: int64(e.ID), Indicator: e.Indicator.Code, Unit: e.Unit.Code, Date: e.Dated, Wording: e.Quantity.Wording,
		ValueBelow: upperBound(e.Quantity, e.Indicator.Measure),
		Precision:  e.Quantity.Precision, Level: e.Level, Note: e.Note, Act: e.Act, Answers: int64(e.Answers),
		AnsweredBy: int64(e.AnsweredBy), State: e.State, Counts: e.Counts, Review: newReviewJSON(e.Review), Reason: e.Reason, Origin: e.Origin, Author: e.Author,
		LoggedAt: rfc3339(e.LoggedAt), Evidence: []evidenceJSON{},
	}
	if e.Level == "" || e.Quantity.Amount != 0 {
		value := e.Quantity.Amount.String()
		out.Value = &value
	}
	for _, f := range e.Evidence {
		out.Evidence = append(out.Evidence, newEvidenceJSON(f))
	}
	return out
}

func newEvidenceJSON(f kpi.Evidence) evidenceJSON {
	return evidenceJSON{int64(f.ID), f.Name, f.MediaType, f.Size, f.SHA256, f.Sensitive}
}

func rfc3339(t kpi.UnixMilli) string { return time.UnixMilli(int64(t)).UTC().Format(time.RFC3339) }
