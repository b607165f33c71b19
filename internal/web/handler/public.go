package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// stamped reads the records' stamp if the visitor has no credential, so that a public answer can be
// shared.
func (s Pages) stamped(h middleware.Handler) middleware.Handler {
	return func(c *fiber.Ctx, v *middleware.Visit) (err error) {
		if v.At, err = s.App.Stamp(c.UserContext()); err != nil {
			return err
		}
		return h(c, v)
	}
}

// getPublic shows a closed year to anyone if an administrator has made it public. Visitors who have signed
// in see the same as strangers.
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

// postPublic makes a year public, or no longer so.
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
	return middleware.Posted(c, err, doneAbove("/displays", word), func(status int, refusal *kpi.Error) error {
		return s.showDisplays(c, v, status, page.DisplayInput{PublicRefusal: refusal})
	})
}
