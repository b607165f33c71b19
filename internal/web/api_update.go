package web

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// newUpdateBody is POST /updates: value, or wording (a figure as written), or numerator and
// denominator of a ratio, or level.
type newUpdateBody struct {
	Indicator   string  `json:"indicator"`
	Unit        string  `json:"unit"`
	Date        string  `json:"date"`
	Value       decimal `json:"value"`
	Wording     string  `json:"wording"`
	Numerator   decimal `json:"numerator"`
	Denominator decimal `json:"denominator"`
	Level       string  `json:"level"`
	Note        string  `json:"note"`
	Draft       bool    `json:"draft"`
}

// correctionBody is POST /updates/{id}/correction.
type correctionBody struct {
	Date    string  `json:"date"`
	Value   decimal `json:"value"`
	Wording string  `json:"wording"`
	Level   string  `json:"level"`
	Note    string  `json:"note"`
	Reason  string  `json:"reason"`
	Draft   bool    `json:"draft"`
}

type reasonBody struct {
	Reason string `json:"reason"`
}

// written is the figure as it was written, whichever field it came in.
func written(value decimal, wording string) string {
	if wording != "" {
		return wording
	}
	return string(value)
}

func idempotencyKey(c *fiber.Ctx) string { return c.Get("Idempotency-Key") }

func (s *Server) apiPostUpdate(c *fiber.Ctx, v *visit) error {
	var b newUpdateBody
	if err := decode(c, &b); err != nil {
		return err
	}
	if b.Indicator == "" {
		var m kpi.Mistakes
		m.Add("indicator", "indicator_missing")
		return m.Err()
	}
	ind, err := s.App.KnownIndicator(c.UserContext(), v.at, b.Indicator)
	if err != nil {
		return err
	}
	typed := updateTyped{Unit: b.Unit, Date: b.Date, Value: written(b.Value, b.Wording), Level: b.Level, Note: b.Note}
	if ind.Kind == kpi.Ratio && b.Numerator != "" {
		return s.apiPostRatio(c, v, ind, typed, b)
	}
	n, err := readUpdate(ind, typed, s.App.Today(), kpi.Mistakes{})
	if err != nil {
		return err
	}
	n.Origin, n.Key, n.Draft = kpi.FromAPI, idempotencyKey(c), b.Draft
	entry, err := s.App.EnterUpdate(c.UserContext(), v.actor, n)
	return s.createdEntry(c, entry, err)
}

// apiPostRatio logs both parts of a ratio together.
func (s *Server) apiPostRatio(c *fiber.Ctx, v *visit, ind kpi.Indicator, typed updateTyped, b newUpdateBody) error {
	numerator, denominator, err := s.App.RatioParts(c.UserContext(), ind)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	read := func(field string, part kpi.Indicator, value decimal) kpi.NewUpdate {
		typed := typed
		typed.Value = string(value)
		n, err := readUpdate(part, typed, s.App.Today(), kpi.Mistakes{})
		var e *kpi.Error
		if errors.As(err, &e) {
			for _, f := range e.Fields {
				if f.Name == "value" {
					f.Name = field
				}
				m.Merge(&kpi.Error{Fields: []kpi.Field{f}})
			}
		}
		n.Origin, n.Draft = kpi.FromAPI, b.Draft
		return n
	}
	n, d := read("numerator", numerator, b.Numerator), read("denominator", denominator, b.Denominator)
	if err := m.Err(); err != nil {
		return err
	}
	n.Key = idempotencyKey(c)
	u, err := s.App.LogRatio(c.UserContext(), v.actor, n, d)
	return s.created(c, v, u, err)
}

// created answers 201 with the entry.
func (s *Server) created(c *fiber.Ctx, v *visit, u kpi.Update, err error) error {
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.actor, u.ID)
	return s.createdEntry(c, entry, err)
}

// createdEntry says beside the entry, where ?ask=1 wants to know, when its amount is not what was usual
// before.
func (s *Server) createdEntry(c *fiber.Ctx, entry app.LogEntry, err error) error {
	if err != nil {
		return err
	}
	out := newUpdateJSON(entry)
	same, is, err := s.App.SameEntry(c.UserContext(), entry.Update)
	if err != nil {
		return err
	}
	if is {
		out.SameAs = int64(same.ID)
	}
	if c.Query("ask") == "1" && entry.Act != kpi.ActWithdraw {
		question, ask, err := s.App.Doubt(c.UserContext(), entry)
		if err != nil {
			return err
		}
		if is {
			question, ask = kpi.T("entry_ask_same", out.SameAs, string(entry.Dated), entry.Quantity.Amount, entry.Indicator.Measure), true
		}
		if ask {
			out.Ask = &askJSON{"value", question.Key, visitOf(c).printer.Text(question)}
		}
	}
	c.Location(fmt.Sprintf("%s/updates/%d", apiPath, entry.ID))
	return s.json(c, fiber.StatusCreated, out)
}

func (s *Server) apiPostCorrection(c *fiber.Ctx, v *visit) error {
	var b correctionBody
	id, entry, err := s.answered(c, v, &b)
	if err != nil {
		return err
	}
	reason, err := intake.Text(b.Reason, kpi.MaxNote)
	var m kpi.Mistakes
	m.Check("reason", err)
	typed := updateTyped{Date: b.Date, Value: written(b.Value, b.Wording), Level: b.Level, Note: b.Note}
	n, err := readUpdate(entry.Indicator, typed, s.App.Today(), m)
	m.Merge(err)
	if entry.State != kpi.StateDraft {
		m.Merge(kpi.CheckReason(reason))
	}
	if err := m.Err(); err != nil {
		return err
	}
	n.Origin, n.Key, n.Draft = kpi.FromAPI, idempotencyKey(c), b.Draft
	u, err := s.App.CorrectUpdate(c.UserContext(), v.actor, id, n, reason)
	return s.created(c, v, u, err)
}

func (s *Server) apiPostWithdrawal(c *fiber.Ctx, v *visit) error {
	var b reasonBody
	id, _, err := s.answered(c, v, &b)
	if err != nil {
		return err
	}
	reason, err := intake.Text(b.Reason, kpi.MaxNote)
	var m kpi.Mistakes
	if !m.Check("reason", err) {
		return m.Err()
	}
	u, err := s.App.WithdrawUpdate(c.UserContext(), v.actor, id, reason, idempotencyKey(c), kpi.FromAPI)
	return s.created(c, v, u, err)
}

// answered reads which entry is answered and the body that does.
func (s *Server) answered(c *fiber.Ctx, v *visit, body any) (kpi.UpdateID, app.LogEntry, error) {
	id, err := updateParam(c)
	if err != nil {
		return id, app.LogEntry{}, err
	}
	entry, err := s.App.Entry(c.UserContext(), v.actor, id)
	if err != nil {
		return id, entry, err
	}
	return id, entry, decode(c, body)
}

// apiUpdate is one entry of the log.
func (s *Server) apiUpdate(c *fiber.Ctx, v *visit) error {
	id, err := updateParam(c)
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.actor, id)
	if err != nil {
		return err
	}
	history, err := s.App.History(c.UserContext(), v.actor, id)
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusOK, struct {
		updateJSON
		History []stepJSON `json:"history"`
	}{newUpdateJSON(entry), newStepsJSON(history)})
}

func (s *Server) apiUpdates(c *fiber.Ctx, v *visit) error {
	var m kpi.Mistakes
	year := wholeQuery(c, &m, "year", int64(s.App.Today().Year()), 9999)
	before := wholeQuery(c, &m, "cursor", 0, math.MaxInt64)
	limit := wholeQuery(c, &m, "limit", app.LogPage, app.LogPage)
	month, err := monthQuery(c)
	m.Merge(err)
	if err := m.Err(); err != nil {
		return err
	}
	entries, more, err := s.App.Log(c.UserContext(), v.actor, app.LogQuery{Year: kpi.Year(year), Unit: c.Query("unit"),
		Indicator: c.Query("indicator"), Month: month, State: kpi.State(c.Query("state")), Mine: c.Query("mine") == "1", Before: kpi.UpdateID(before), Limit: int(limit)})
	if err != nil {
		return err
	}
	out := listJSON[updateJSON]{Items: []updateJSON{}}
	for _, e := range entries {
		out.Items = append(out.Items, newUpdateJSON(e))
	}
	if more {
		out.NextCursor = strconv.FormatInt(int64(entries[len(entries)-1].ID), 10)
	}
	return s.json(c, fiber.StatusOK, out)
}

// wholeQuery reads a whole number of at least 1 from the query; larger than most is taken as most.
func wholeQuery(c *fiber.Ctx, m *kpi.Mistakes, name string, otherwise, most int64) int64 {
	text := c.Query(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		m.Add(name, "value_unreadable")
	}
	return min(n, most)
}
