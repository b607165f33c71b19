package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getIndicator(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showIndicator(c, v, fiber.StatusOK, page.IndicatorForms{Key: v.FormKey()})
}

// indicatorOf returns the indicator of the address, in detail with its months and units.
func (s Pages) indicatorOf(c *fiber.Ctx, v *middleware.Visit,
	detail bool) (pc page.Context, view app.IndicatorView, err error) {
	q, err := s.Query(c)
	if err != nil {
		return pc, view, err
	}
	q.Detail = detail
	if view, err = s.App.Indicator(c.UserContext(), v.Actor, q, c.Params("code")); err != nil {
		return pc, view, err
	}
	pc, err = s.YearPage(c, v, view.Year, view.Unit, view.Figure.AsOf)
	return pc, view, err
}

func (s Pages) showIndicator(c *fiber.Ctx, v *middleware.Visit, status int, in page.IndicatorForms) error {
	pc, view, err := s.indicatorOf(c, v, true)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "log", c.QueryInt("update"))
	var f *page.UpdateForm
	if view.MayLog && pc.Fills() || in.Refusal != nil {
		f = page.NewUpdateForm(pc, page.UpdateFormInput{Indicator: view.Figure.Indicator, Year: view.Year.Year,
			Figure: view.Figure, Units: loggable(pc.Units, view), Unit: view.Unit, Key: in.Key, Typed: in.Typed,
			Refusal: in.Refusal, Below: page.BelowOf(view)})
	}
	data, err := page.NewIndicator(pc, view, f)
	if err != nil {
		return err
	}
	data.Explanation = page.NewIndicatorExplanation(pc, view, in)
	questions, err := s.App.FigureQuestions(c.UserContext(), v.Actor, view.Year.Year,
		view.Figure.Indicator.ID, view.Unit.ID)
	if err != nil {
		return err
	}
	data.AddQuestions(pc, view, questions)
	return s.Render(c, status, "indicator_show", data)
}

// loggable returns the units that the form offers: the page's own and those below it.
func loggable(choices []kpi.Unit, view app.IndicatorView) []kpi.Unit {
	if view.Unit.ID == choices[0].ID {
		return choices
	}
	return []kpi.Unit{view.Unit}
}

// getChart sends an indicator's chart as a picture: ?chart=months (the default) or years, ?theme=dark.
func (s Pages) getChart(c *fiber.Ctx, v *middleware.Visit) error {
	pc, view, err := s.indicatorOf(c, v, true)
	if err != nil {
		return err
	}
	picture, ok := page.ChartPicture(pc, view.Figure, c.Query("chart", "months"), c.Query("theme") == "dark")
	if !ok {
		return kpi.Missing("chart_not_found")
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, string(v.Printer.Tag()))
	return c.Send(picture)
}
