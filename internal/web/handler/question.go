package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getQuestions lists open and answered questions.
func (s Pages) getQuestions(c *fiber.Ctx, v *middleware.Visit) error {
	open, answered, err := s.App.Questions(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "question_list", page.NewQuestions(pc, open, answered))
}

func (s Pages) getQuestion(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showQuestion(c, v, fiber.StatusOK, page.AskInput{})
}

func (s Pages) showQuestion(c *fiber.Ctx, v *middleware.Visit, status int, in page.AskInput) error {
	id, err := middleware.QuestionParam(c)
	if err != nil {
		return err
	}
	q, err := s.App.Question(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, status, "question_show", page.NewQuestion(pc, q, in))
}

func (s Pages) postAnswer(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	id, err := middleware.QuestionParam(c)
	if err != nil {
		return err
	}
	text := f.Get("text")
	err = s.App.AnswerQuestion(c.UserContext(), v.Actor, id, text)
	return middleware.Posted(c, err, page.QuestionPath(id), func(status int, refusal *kpi.Error) error {
		return s.showQuestion(c, v, status, page.AskInput{Typed: text, Refusal: refusal})
	})
}

// getAsk shows the form for a question about a figure, with the figure as it will be stored with it.
func (s Pages) getAsk(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showAsk(c, v, fiber.StatusOK, page.AskInput{Key: middleware.NewKey()})
}

func (s Pages) showAsk(c *fiber.Ctx, v *middleware.Visit, status int, in page.AskInput) error {
	pc, view, err := s.indicatorOf(c, v, false)
	if err != nil {
		return err
	}
	if !view.MayAsk {
		return kpi.Denied("role_may_not_ask")
	}
	return s.Render(c, status, "question_show", page.NewAsk(pc, view, in))
}

func (s Pages) postAsk(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	asked, err := s.App.AskQuestion(c.UserContext(), v.Actor,
		app.NewQuestion{Query: q, Indicator: c.Params("code"), Text: f.Get("text"), Key: f.Get("key")})
	return middleware.Posted(c, err, page.QuestionPath(asked.ID), func(status int, refusal *kpi.Error) error {
		return s.showAsk(c, v, status, page.AskInput{Key: f.Get("key"), Typed: f.Get("text"), Refusal: refusal})
	})
}
