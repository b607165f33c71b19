package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// postExplanation records why a figure lags: 303 to the figure, or 422 or 409 with the form as it was typed.
func (s Pages) postExplanation(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	n, err := input.ReadExplanation(f.Get("month"), f.Get("planned"))
	if err == nil {
		n.Indicator = c.Params("code")
		n.Unit = f.Get("unit")
		n.Reason = f.Get("reason")
		n.Next = f.Get("next")
		n.Key = f.Get("key")
		_, err = s.App.ExplainIndicator(c.UserContext(), v.Actor, year, n)
	}
	if refusal, status, ok := middleware.Refusal(err); ok {
		return s.showIndicator(c, v, status, page.IndicatorForms{Key: v.FormKey(), Explained: f, ExplainedWrong: refusal})
	}
	if err != nil {
		return err
	}
	at := doneAt(page.IndicatorPath(year, n.Indicator), "explained")
	if c.Query("unit") != "" {
		at = page.WithQuery(at, "unit", c.Query("unit"))
	}
	return c.Redirect(at+"#explain", fiber.StatusSeeOther)
}
