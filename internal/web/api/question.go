package api

import (
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// frozenJSON is a figure as it was at a moment. What is null was absent then.
type frozenJSON struct {
	Light     kpi.Light     `json:"light"`
	Amount    *string       `json:"amount"`
	Precision kpi.Precision `json:"precision,omitempty"`
	Target    *string       `json:"target"`
	Rate      *string       `json:"rate"`
}

func newFrozenJSON(f kpi.Frozen) frozenJSON {
	out := frozenJSON{Light: f.Light}
	text := func(t string) *string { return &t }
	if f.HasAmount {
		out.Amount, out.Precision = text(amountText(f.Quantity.Amount)), f.Quantity.Precision
	}
	if f.Target != nil {
		out.Target = text(amountText(*f.Target))
	}
	if f.Rate != nil {
		out.Rate = text(percentText(*f.Rate))
	}
	return out
}

// questionJSON is a question about a figure, with the figure as it was.
type questionJSON struct {
	ID         kpi.QuestionID `json:"id"`
	Year       kpi.Year       `json:"year"`
	Indicator  string         `json:"indicator"`
	Unit       string         `json:"unit"`
	AsOf       kpi.Date       `json:"as_of"`
	Figure     frozenJSON     `json:"figure"`
	Text       string         `json:"text"`
	AskedBy    string         `json:"asked_by"`
	AskedAt    string         `json:"asked_at"`
	Open       bool           `json:"open"`
	Answer     string         `json:"answer,omitempty"`
	AnsweredBy string         `json:"answered_by,omitempty"`
	AnsweredAt string         `json:"answered_at,omitempty"`
}

func newQuestionJSON(q kpi.Question) questionJSON {
	out := questionJSON{ID: q.ID, Year: q.Year, Indicator: q.Indicator.Code, Unit: q.Unit.Code, AsOf: q.AsOf,
		Figure: newFrozenJSON(q.Frozen), Text: q.Text, AskedBy: q.AskedBy, AskedAt: rfc3339(q.AskedAt), Open: q.Open()}
	if !q.Open() {
		out.Answer, out.AnsweredBy, out.AnsweredAt = q.Answer, q.AnsweredBy, rfc3339(q.AnsweredAt)
	}
	return out
}

// getQuestions lists the questions: open ones, the oldest first, then answered ones, the latest first.
func (s API) getQuestions(c *fiber.Ctx, v *middleware.Visit) error {
	open, answered, err := s.App.Questions(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	var out []questionJSON
	for _, q := range append(open, answered...) {
		out = append(out, newQuestionJSON(q))
	}
	return sendPage(s, c, out, func(q questionJSON) string { return strconv.FormatInt(int64(q.ID), 10) })
}

func (s API) getQuestion(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.QuestionParam(c)
	if err != nil {
		return err
	}
	q, err := s.App.Question(c.UserContext(), v.Actor, id)
	return s.orJSON(c, newQuestionJSON(q.Question), err)
}

// postQuestion asks about a figure of a year.
func (s API) postQuestion(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Indicator string `json:"indicator"`
		Unit      string `json:"unit"`
		AsOf      string `json:"as_of"`
		Text      string `json:"text"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	n := app.NewQuestion{Query: app.Query{Year: year, Unit: b.Unit}, Indicator: b.Indicator, Text: b.Text,
		Key: idempotencyKey(c)}
	if b.AsOf != "" {
		p, err := kpi.ParsePeriod(b.AsOf)
		var m kpi.Mistakes
		if !m.Check("as_of", err) {
			return m.Err()
		}
		n.AsOf = &p
	}
	q, err := s.App.AskQuestion(c.UserContext(), v.Actor, n)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, newQuestionJSON(q))
}

func (s API) postAnswer(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Text string `json:"text"`
	}
	id, err := middleware.QuestionParam(c)
	if err != nil {
		return err
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	if err := s.App.AnswerQuestion(c.UserContext(), v.Actor, id, b.Text); err != nil {
		return err
	}
	return s.getQuestion(c, v)
}

// noticeJSON is something that happened to the whole office's figures.
type noticeJSON struct {
	ID        kpi.NoticeID   `json:"id"`
	Kind      kpi.NoticeKind `json:"kind"`
	Year      kpi.Year       `json:"year"`
	Indicator string         `json:"indicator,omitempty"`
	Date      kpi.Date       `json:"date"`
	Figure    frozenJSON     `json:"figure"`
	At        string         `json:"at"`
}

func (s API) getNotices(c *fiber.Ctx, v *middleware.Visit) error {
	if err := v.Actor.MayReport(); err != nil {
		return err
	}
	var m kpi.Mistakes
	before := wholeQuery(c, &m, "cursor", 0, math.MaxInt64)
	limit := int(wholeQuery(c, &m, "limit", page.NoticePageSize, page.NoticePageSize))
	if err := m.Err(); err != nil {
		return err
	}
	notices, err := s.App.Notices(c.UserContext(), v.Actor, kpi.NoticeID(before), limit+1)
	if err != nil {
		return err
	}
	out := ListJSON[noticeJSON]{Items: []noticeJSON{}}
	for _, n := range notices[:min(limit, len(notices))] {
		out.Items = append(out.Items, noticeJSON{n.ID, n.Kind, n.Year, n.Indicator.Code, n.Dated, newFrozenJSON(n.Frozen),
			rfc3339(n.At)})
	}
	if len(notices) > limit {
		out.NextCursor = strconv.FormatInt(int64(notices[limit-1].ID), 10)
	}
	return s.JSON(c, fiber.StatusOK, out)
}

// viewJSON is a saved comparison; query is that of its address.
type viewJSON struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Query   string `json:"query"`
	Shared  bool   `json:"shared"`
	Own     bool   `json:"own"`
	SavedAt string `json:"saved_at"`
}

func (s API) getViews(c *fiber.Ctx, v *middleware.Visit) error {
	views, err := s.App.Views(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	var out []viewJSON
	for _, saved := range views {
		out = append(out, viewJSON{saved.ID, saved.Name, saved.Query, saved.Shared, saved.Account == v.Actor.ID,
			rfc3339(saved.SavedAt)})
	}
	return sendPage(s, c, out, func(v viewJSON) string { return strconv.FormatInt(v.ID, 10) })
}

// postView saves a comparison of the account under a name, in place of the one of that name.
func (s API) postView(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Name   string `json:"name"`
		Query  string `json:"query"`
		Shared bool   `json:"shared"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	kept, err := page.KeptQuery(b.Query)
	if err != nil {
		return err
	}
	if err := s.App.SaveView(c.UserContext(), v.Actor, kpi.View{Name: b.Name, Query: kept, Shared: b.Shared}); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

func (s API) removeView(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := strconv.ParseInt(c.Params("view"), 10, 64)
	if err != nil {
		return kpi.Missing("view_not_found", c.Params("view"))
	}
	if err := s.App.DeleteView(c.UserContext(), v.Actor, id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
