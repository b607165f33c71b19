package api

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// wordingJSON says how a wording is read, and whether a person should be asked about it.
type wordingJSON struct {
	Value       *decimal      `json:"value"`
	ValueReason string        `json:"value_reason,omitempty"` // why value is null
	ValueBelow  *string       `json:"value_below,omitempty"`
	Precision   kpi.Precision `json:"precision,omitempty"`
	Text        string        `json:"text"` // in words: how it is read, or what is wrong with it
	Doubt       string        `json:"doubt,omitempty"`
	Question    string        `json:"question,omitempty"`
	After       string        `json:"after,omitempty"` // in words: what the unit's figure comes to with it
}

// getWording reads a wording as POST /updates would and logs nothing. One that cannot be read is an answer
// here and not an error, since someone is still typing it.
func (s API) getWording(c *fiber.Ctx, v *middleware.Visit) error {
	dated := s.App.Today()
	if text := c.Query("date"); text != "" {
		d, err := intake.Date(text)
		var m kpi.Mistakes
		if !m.Check("date", err) {
			return m.Err()
		}
		dated = d
	}
	code := c.Query("indicator")
	if code == "" {
		var m kpi.Mistakes
		m.Add("indicator", "indicator_missing")
		return m.Err()
	}
	view, err := s.App.Entering(c.UserContext(), v.Actor,
		app.EntryQuery{Year: dated.Year(), Unit: c.Query("unit"), Indicator: code, Dated: dated})
	if err != nil {
		return err
	}
	n, err := input.ReadUpdate(view.Indicator, input.UpdateTyped{Date: string(dated), Value: c.Query("text"),
		Level: c.Query("level")}, s.App.Today(), kpi.Mistakes{})
	var refusal *kpi.Error
	if errors.As(err, &refusal) {
		wrong := refusal.Fields[0].Text
		return s.JSON(c, fiber.StatusOK, wordingJSON{ValueReason: wrong.Key, Text: v.Printer.Text(wrong)})
	}
	if err != nil {
		return err
	}
	value := decimal(n.Quantity.Amount.String())
	out := wordingJSON{Value: &value, ValueBelow: upperBound(n.Quantity, view.Indicator.Measure),
		Precision: n.Quantity.Precision, Text: page.ReadsText(v.Printer, view.Indicator, n.Quantity)}
	n.Unit = view.Unit.Code
	question, ask, err := s.App.DoubtOf(c.UserContext(), v.Actor, n, 0)
	if err != nil {
		return err
	}
	if ask && question.Key != "entry_ask_same" { // the note, which may differ, is not known here
		out.Doubt, out.Question = question.Key, v.Printer.Text(question)
	}
	after, err := s.App.Afterwards(c.UserContext(), v.Actor, n)
	if err != nil {
		return err
	}
	out.After = page.AfterText(v.Printer, after)
	return s.JSON(c, fiber.StatusOK, out)
}
