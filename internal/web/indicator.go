package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (s *Server) getIndicator(c *fiber.Ctx, v *visit) error {
	return s.showIndicator(c, v, fiber.StatusOK, indicatorForms{Key: v.formKey()})
}

// indicatorForms is what the forms of an indicator's page are made from beside the figure: with a
// refusal one of them comes back as it was typed.
type indicatorForms struct {
	Key            string // the idempotency key of both
	Typed          *updateTyped
	Refusal        *kpi.Error
	Explained      typed
	ExplainedWrong *kpi.Error
}

func (s *Server) showIndicator(c *fiber.Ctx, v *visit, status int, in indicatorForms) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	q.Detail = true
	view, err := s.App.Indicator(c.UserContext(), v.actor, q, c.Params("code"))
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Year, view.Unit, view.Figure.AsOf)
	if err != nil {
		return err
	}
	if saved := c.QueryInt("saved"); saved > 0 {
		pc.Notice = v.printer.T("log.saved", saved)
		if c.Query("files") == "missing" {
			pc.Notice = v.printer.T("log.saved_without_files", saved)
		}
	}
	if c.Query("explained") != "" {
		pc.Notice = v.printer.T("explanation.saved")
	}
	var f *updateForm
	if view.MayLog || in.Refusal != nil {
		f = newUpdateForm(pc, updateFormInput{Indicator: view.Figure.Indicator, Year: view.Year.Year, Figure: view.Figure,
			Units: loggable(pc.Units, view), Unit: view.Unit, Key: in.Key, Typed: in.Typed, Refusal: in.Refusal})
	}
	data, err := newIndicatorPage(pc, view, f)
	if err != nil {
		return err
	}
	data.Explanation = newIndicatorExplanation(pc, view, in)
	questions, err := s.App.FigureQuestions(c.UserContext(), v.actor, view.Year.Year, view.Figure.Indicator.ID, view.Unit.ID)
	if err != nil {
		return err
	}
	data.addQuestions(pc, view, questions)
	return s.render(c, status, "indicator_show", data)
}

// loggable are the units the form offers: those of the page and below it.
func loggable(choices []kpi.Unit, view app.IndicatorView) []kpi.Unit {
	if view.Unit.ID == choices[0].ID {
		return choices
	}
	return []kpi.Unit{view.Unit}
}
