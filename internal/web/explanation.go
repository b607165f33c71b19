package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// postExplanation says why a figure lags: 303 to the figure, or 422 or 409 with the form as it was typed.
func (s *Server) postExplanation(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
	if err != nil {
		return err
	}
	n, err := readExplanation(f.Get("month"), f.Get("planned"))
	if err == nil {
		n.Indicator, n.Unit, n.Reason, n.Next, n.Key = c.Params("code"), f.Get("unit"), f.Get("reason"), f.Get("next"), f.Get("key")
		_, err = s.App.ExplainIndicator(c.UserContext(), v.actor, year, n)
	}
	if refusal, ok := mistakes(err); ok {
		return s.showIndicator(c, v, statusOf(refusal), indicatorForms{Key: v.formKey(), Explained: typedForm(f), ExplainedWrong: refusal})
	}
	if err != nil {
		return err
	}
	at := withQuery(indicatorPath(year, n.Indicator), "explained", "1")
	if c.Query("unit") != "" {
		at = withQuery(at, "unit", c.Query("unit"))
	}
	return c.Redirect(at+"#explain", fiber.StatusSeeOther)
}

// readExplanation reads the month and the planned day; both may be empty.
func readExplanation(month, planned string) (n app.NewExplanation, err error) {
	var m kpi.Mistakes
	if month = strings.TrimSpace(month); month != "" {
		p, err := kpi.ParsePeriod(month)
		if m.Check("month", err) {
			n.Month = &p
		}
	}
	if planned = strings.TrimSpace(planned); planned != "" {
		n.Planned, err = intake.Date(planned)
		m.Check("planned", err)
	}
	return n, m.Err()
}
