package handler

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getScore(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showScore(c, v, fiber.StatusOK, page.ScoreForm{Code: c.Query("line")})
}

// showScore shows the page. A refused form is shown as it was typed.
func (s Pages) showScore(c *fiber.Ctx, v *middleware.Visit, status int, in page.ScoreForm) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Score)
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, view.Board)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "score")
	data := page.NewScore(pc, view, in)
	if err := middleware.Lost(in.Refusal, data.Form != nil); err != nil {
		return err
	}
	return s.Render(c, status, "score_show", data)
}

// postScore adds a manual score: 303 to its row, or 422 or 409 with the form as it was typed.
func (s Pages) postScore(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	n, err := input.ReadScore(f.Get("indicator"), f.Get("score"), f.Get("reason"))
	if err == nil {
		_, err = s.App.ScoreIndicator(c.UserContext(), v.Actor, year, n)
	}
	return middleware.Posted(c, err, doneAt(page.ScorePath(year), "saved")+"#line-"+url.PathEscape(n.Indicator),
		func(status int, refusal *kpi.Error) error {
			return s.showScore(c, v, status, page.ScoreForm{Code: n.Indicator, Typed: f, Refusal: refusal})
		})
}
