package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/middleware"
)

// indicatorJSON is an indicator at a unit, with its months, the units below and its log.
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
		out.Children = append(out.Children, childJSON{child.Unit.Code, p.Name(child.Unit.Name, child.Unit.NameEn),
			newFigureJSON(p, child.Figure)})
	}
	for _, e := range v.Log {
		out.Updates = append(out.Updates, newUpdateJSON(p, e))
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
