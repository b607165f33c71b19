package api

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

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
	SameAs     int64          `json:"same_as,omitempty"` // of an entry just logged: another one with the same content
	Ask        *AskJSON       `json:"ask,omitempty"`     // of an entry just logged with ?ask=1
	Doubt      *doubtJSON     `json:"doubt,omitempty"`
}

// doubtJSON is what was, or would have been, asked about an entry before it was saved all the same.
type doubtJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// AskJSON is the question that a person would have been asked about an entry. It was logged anyway.
type AskJSON struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func newUpdateJSON(p lang.Printer, e app.LogEntry) UpdateJSON {
	out := UpdateJSON{
		ID: int64(e.ID), Indicator: e.Indicator.Code, Unit: e.Unit.Code, Date: e.Dated, Wording: e.Quantity.Wording,
		ValueBelow: upperBound(e.Quantity, e.Indicator.Measure),
		Precision:  e.Quantity.Precision, Level: e.Level, Note: e.Note, Act: e.Act, Answers: int64(e.Answers),
		AnsweredBy: int64(e.AnsweredBy), State: e.State, Counts: e.Counts, Review: newReviewJSON(e.Review), Reason: e.Reason,
		Origin: e.Origin, Author: e.Author, LoggedAt: rfc3339(e.LoggedAt), Evidence: []evidenceJSON{},
	}
	if e.Level == "" || e.Quantity.Amount != 0 {
		value := e.Quantity.Amount.String()
		out.Value = &value
	}
	for _, f := range e.Evidence {
		out.Evidence = append(out.Evidence, newEvidenceJSON(f))
	}
	if e.Doubt != nil {
		out.Doubt = &doubtJSON{e.Doubt.Key, p.Text(*e.Doubt)}
	}
	return out
}

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

// text returns the reason, cleaned as notes are. Refusal: Invalid reason.
func (b reasonBody) text() (string, error) {
	reason, err := intake.Text(b.Reason, kpi.MaxNote)
	var m kpi.Mistakes
	m.Check("reason", err)
	return reason, m.Err()
}

// optionalReason reads the reason in a request that may have no body.
func optionalReason(c *fiber.Ctx) (string, error) {
	var b reasonBody
	if len(c.BodyRaw()) > 0 {
		if err := decode(c, &b); err != nil {
			return "", err
		}
	}
	return b.text()
}

// written returns the figure as it was written, whichever field it came in.
func written(value decimal, wording string) string {
	if wording != "" {
		return wording
	}
	return string(value)
}

func idempotencyKey(c *fiber.Ctx) string { return c.Get("Idempotency-Key") }

func (s API) postUpdate(c *fiber.Ctx, v *middleware.Visit) error {
	var b newUpdateBody
	if err := decode(c, &b); err != nil {
		return err
	}
	if b.Indicator == "" {
		var m kpi.Mistakes
		m.Add("indicator", "indicator_missing")
		return m.Err()
	}
	ind, err := s.App.KnownIndicator(c.UserContext(), v.At, b.Indicator)
	if err != nil {
		return err
	}
	typed := input.UpdateTyped{Unit: b.Unit, Date: b.Date, Value: written(b.Value, b.Wording),
		Level: b.Level, Note: b.Note}
	if ind.Kind == kpi.Ratio && b.Numerator != "" {
		return s.postRatio(c, v, ind, typed, b)
	}
	n, err := input.ReadUpdate(ind, typed, s.App.Today(), kpi.Mistakes{})
	if err != nil {
		return err
	}
	n.Origin, n.Key, n.Draft = kpi.FromAPI, idempotencyKey(c), b.Draft
	entry, err := s.App.EnterUpdate(c.UserContext(), v.Actor, n)
	return s.createdEntry(c, entry, err)
}

// postRatio logs both parts of a ratio together.
func (s API) postRatio(c *fiber.Ctx, v *middleware.Visit, ind kpi.Indicator, typed input.UpdateTyped,
	b newUpdateBody) error {
	numerator, denominator, err := s.App.RatioParts(c.UserContext(), ind)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	read := func(field string, part kpi.Indicator, value decimal) kpi.NewUpdate {
		typed := typed
		typed.Value = string(value)
		n, err := input.ReadUpdate(part, typed, s.App.Today(), kpi.Mistakes{})
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
	u, err := s.App.LogRatio(c.UserContext(), v.Actor, n, d)
	return s.created(c, v, u, err)
}

// created sends the entry with status 201.
func (s API) created(c *fiber.Ctx, v *middleware.Visit, u kpi.Update, err error) error {
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.Actor, u.ID)
	return s.createdEntry(c, entry, err)
}

// createdEntry sends the entry and, with ?ask=1, a question if its amount is unusual.
func (s API) createdEntry(c *fiber.Ctx, entry app.LogEntry, err error) error {
	if err != nil {
		return err
	}
	out := newUpdateJSON(middleware.VisitOf(c).Printer, entry)
	same, is, err := s.App.SameEntry(c.UserContext(), entry.Update)
	if err != nil {
		return err
	}
	if is {
		out.SameAs = int64(same.ID)
	}
	if c.Query("ask") == "1" && out.Doubt != nil {
		out.Ask = &AskJSON{"value", out.Doubt.Code, out.Doubt.Message}
	}
	c.Location(fmt.Sprintf("%s/updates/%d", Path, entry.ID))
	return s.JSON(c, fiber.StatusCreated, out)
}

func (s API) postCorrection(c *fiber.Ctx, v *middleware.Visit) error {
	var b correctionBody
	id, entry, err := s.answered(c, v, &b)
	if err != nil {
		return err
	}
	reason, err := intake.Text(b.Reason, kpi.MaxNote)
	var m kpi.Mistakes
	m.Check("reason", err)
	typed := input.UpdateTyped{Date: b.Date, Value: written(b.Value, b.Wording), Level: b.Level, Note: b.Note}
	n, err := input.ReadUpdate(entry.Indicator, typed, s.App.Today(), m)
	m.Merge(err)
	if entry.State != kpi.StateDraft {
		m.Merge(kpi.CheckReason(reason))
	}
	if err := m.Err(); err != nil {
		return err
	}
	n.Origin, n.Key, n.Draft = kpi.FromAPI, idempotencyKey(c), b.Draft
	u, err := s.App.CorrectUpdate(c.UserContext(), v.Actor, id, n, reason)
	return s.created(c, v, u, err)
}

func (s API) postWithdrawal(c *fiber.Ctx, v *middleware.Visit) error {
	var b reasonBody
	id, _, err := s.answered(c, v, &b)
	if err != nil {
		return err
	}
	reason, err := b.text()
	if err != nil {
		return err
	}
	u, err := s.App.WithdrawUpdate(c.UserContext(), v.Actor, id, reason, idempotencyKey(c), kpi.FromAPI)
	return s.created(c, v, u, err)
}

// answered reads the ID of the entry that is answered, and the body.
func (s API) answered(c *fiber.Ctx, v *middleware.Visit, body any) (kpi.UpdateID, app.LogEntry, error) {
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return id, app.LogEntry{}, err
	}
	entry, err := s.App.Entry(c.UserContext(), v.Actor, id)
	if err != nil {
		return id, entry, err
	}
	return id, entry, decode(c, body)
}

// getUpdate sends one entry of the log.
func (s API) getUpdate(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	history, err := s.App.History(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, struct {
		UpdateJSON
		History []stepJSON `json:"history"`
	}{newUpdateJSON(v.Printer, entry), newStepsJSON(history)})
}

func (s API) getUpdates(c *fiber.Ctx, v *middleware.Visit) error {
	var m kpi.Mistakes
	year := wholeQuery(c, &m, "year", int64(s.App.Today().Year()), 9999)
	before := wholeQuery(c, &m, "cursor", 0, math.MaxInt64)
	limit := wholeQuery(c, &m, "limit", app.LogPage, app.LogPage)
	month, err := middleware.MonthQuery(c)
	m.Merge(err)
	if err := m.Err(); err != nil {
		return err
	}
	entries, more, err := s.App.Log(c.UserContext(), v.Actor, app.LogQuery{Year: kpi.Year(year), Unit: c.Query("unit"),
		Indicator: c.Query("indicator"), Month: month, State: kpi.State(c.Query("state")), Mine: c.Query("mine") == "1",
		Before: kpi.UpdateID(before), Limit: int(limit)})
	if err != nil {
		return err
	}
	out := ListJSON[UpdateJSON]{Items: []UpdateJSON{}}
	for _, e := range entries {
		out.Items = append(out.Items, newUpdateJSON(v.Printer, e))
	}
	if more {
		out.NextCursor = strconv.FormatInt(int64(entries[len(entries)-1].ID), 10)
	}
	return s.JSON(c, fiber.StatusOK, out)
}

// wholeQuery reads a whole number of at least 1 from the query. One larger than most is read as most.
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
