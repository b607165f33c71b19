package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// stamped asks for the records' state where no credential did, so that an answer for anyone may be
// shared.
func (s Pages) stamped(h middleware.Handler) middleware.Handler {
	return func(c *fiber.Ctx, v *middleware.Visit) (err error) {
		if v.At, err = s.App.Stamp(c.UserContext()); err != nil {
			return err
		}
		return h(c, v)
	}
}

// getPublic shows a closed year to anyone, where an administrator has opened it. Whoever has signed
// in sees it as a stranger does.
func (s Pages) getPublic(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return kpi.Missing("public_not_found")
	}
	board, public, err := s.App.PublicBoard(c.UserContext(), year)
	if err != nil {
		return err
	}
	stranger := *v
	stranger.Actor, stranger.Name = kpi.Actor{}, ""
	pc, err := s.Page(c, &stranger)
	if err != nil {
		return err
	}
	pc.Year, pc.Unit, pc.AsOf = board.Year, board.Unit, board.AsOf
	return s.Render(c, fiber.StatusOK, "public_year", page.NewPublic(pc, board, public.Indexed))
}

// postPublic opens a year to anyone, or takes it back.
func (s Pages) postPublic(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	word := "private"
	if f.Get("public") != "" {
		word = "public"
	}
	err = s.SetPublic(c, v, input.PublicBody{Public: f.Get("public") != "", Indexed: f.Get("indexed") != ""})
	return middleware.Posted(c, err, doneAt("/displays", word), func(status int, refusal *kpi.Error) error {
		return s.showDisplays(c, v, status, page.DisplayInput{PublicRefusal: refusal})
	})
}
