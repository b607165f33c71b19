package web

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// getQuestions lists what waits for an answer, and what was answered.
func (s *Server) getQuestions(c *fiber.Ctx, v *visit) error {
	open, answered, err := s.App.Questions(c.UserContext(), v.actor)
	if err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "question_list", newQuestionsPage(pc, open, answered))
}

func (s *Server) getQuestion(c *fiber.Ctx, v *visit) error {
	return s.showQuestion(c, v, fiber.StatusOK, askInput{})
}

func (s *Server) showQuestion(c *fiber.Ctx, v *visit, status int, in askInput) error {
	id, err := questionParam(c)
	if err != nil {
		return err
	}
	q, err := s.App.Question(c.UserContext(), v.actor, id)
	if err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	return s.render(c, status, "question_show", newQuestionPage(pc, q, in))
}

func (s *Server) postAnswer(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	id, err := questionParam(c)
	if err != nil {
		return err
	}
	text := f.Get("text")
	err = s.App.AnswerQuestion(c.UserContext(), v.actor, id, text)
	if e, status, ok := refusalOf(err); ok {
		return s.showQuestion(c, v, status, askInput{Typed: text, Refusal: e})
	}
	if err != nil {
		return err
	}
	return c.Redirect(questionPath(id), fiber.StatusSeeOther)
}

// getAsk is the form for a question about a figure, which is shown as it will be kept.
func (s *Server) getAsk(c *fiber.Ctx, v *visit) error {
	return s.showAsk(c, v, fiber.StatusOK, askInput{Key: newKey()})
}

func (s *Server) showAsk(c *fiber.Ctx, v *visit, status int, in askInput) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	view, err := s.App.Indicator(c.UserContext(), v.actor, q, c.Params("code"))
	if err != nil {
		return err
	}
	if !view.MayAsk {
		return kpi.Denied("role_may_not_ask")
	}
	pc, err := s.yearPage(c, v, view.Year, view.Unit, view.Figure.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, status, "question_show", newAskPage(pc, view, in))
}

func (s *Server) postAsk(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	q, err := s.query(c)
	if err != nil {
		return err
	}
	asked, err := s.App.AskQuestion(c.UserContext(), v.actor, app.NewQuestion{Query: q, Indicator: c.Params("code"), Text: f.Get("text"), Key: f.Get("key")})
	if e, status, ok := refusalOf(err); ok {
		return s.showAsk(c, v, status, askInput{Key: f.Get("key"), Typed: f.Get("text"), Refusal: e})
	}
	if err != nil {
		return err
	}
	return c.Redirect(questionPath(asked.ID), fiber.StatusSeeOther)
}

func questionPath(id kpi.QuestionID) string { return fmt.Sprintf("/questions/%d", id) }

func questionParam(c *fiber.Ctx) (kpi.QuestionID, error) {
	n, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return 0, kpi.Missing("question_not_found")
	}
	return kpi.QuestionID(n), nil
}
