package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

// explanationJSON says why a figure lags and what is done about it.
type explanationJSON struct {
	ID        int64     `json:"id,omitempty"`
	Indicator string    `json:"indicator,omitempty"`
	Unit      string    `json:"unit,omitempty"`
	Month     string    `json:"month,omitempty"`
	Reason    string    `json:"reason"`
	Next      string    `json:"next"`
	Planned   *kpi.Date `json:"planned"`
	SetBy     string    `json:"set_by,omitempty"`
	SetAt     string    `json:"set_at,omitempty"`
}

func newExplanationJSON(e kpi.Explanation) explanationJSON {
	return explanationJSON{ID: e.ID, Month: e.Month.String(), Reason: e.Reason, Next: e.Next,
		Planned: dateOrNull(e.Planned), SetBy: e.SetBy, SetAt: rfc3339(e.SetAt)}
}

// postExplanation adds an explanation to a figure.
func (s API) postExplanation(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Indicator string `json:"indicator"`
		Unit      string `json:"unit"`
		Month     string `json:"month"`
		Reason    string `json:"reason"`
		Next      string `json:"next"`
		Planned   string `json:"planned"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	n, err := input.ReadExplanation(b.Month, b.Planned)
	if err != nil {
		return err
	}
	n.Indicator, n.Unit, n.Reason, n.Next, n.Key = b.Indicator, b.Unit, b.Reason, b.Next, idempotencyKey(c)
	e, err := s.App.ExplainIndicator(c.UserContext(), v.Actor, year, n)
	if err != nil {
		return err
	}
	out := newExplanationJSON(e)
	out.Indicator, out.Unit = b.Indicator, b.Unit
	return s.JSON(c, fiber.StatusCreated, out)
}
