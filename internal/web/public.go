package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// stamped asks for the records' state where no credential did, so that an answer for anyone may be
// shared.
func (s *Server) stamped(h handler) handler {
	return func(c *fiber.Ctx, v *visit) (err error) {
		if v.at, err = s.App.Stamp(c.UserContext()); err != nil {
			return err
		}
		return h(c, v)
	}
}

// getPublic shows a closed year to anyone, where an administrator has opened it. Whoever has signed
// in sees it as a stranger does.
func (s *Server) getPublic(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return kpi.Missing("public_not_found")
	}
	board, public, err := s.App.PublicBoard(c.UserContext(), year)
	if err != nil {
		return err
	}
	stranger := *v
	stranger.actor, stranger.name = kpi.Actor{}, ""
	pc, err := s.page(c, &stranger)
	if err != nil {
		return err
	}
	pc.Year, pc.Unit, pc.AsOf = board.Year, board.Unit, board.AsOf
	return s.render(c, fiber.StatusOK, "public_year", newPublicPage(pc, board, public.Indexed))
}

// postPublic opens a year to anyone, or takes it back.
func (s *Server) postPublic(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	done := "private"
	if f.Get("public") != "" {
		done = "public"
	}
	err = s.setPublic(c, v, publicBody{f.Get("public") != "", f.Get("indexed") != ""})
	if e, status, ok := refusalOf(err); ok {
		return s.showDisplays(c, v, status, displayInput{PublicRefusal: e})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/displays?done="+done, fiber.StatusSeeOther)
}

type publicBody struct {
	Public  bool `json:"public"`
	Indexed bool `json:"indexed"`
}

func (s *Server) setPublic(c *fiber.Ctx, v *visit, b publicBody) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	if !b.Public {
		return s.App.CloseToPublic(c.UserContext(), v.actor, year)
	}
	return s.App.OpenToPublic(c.UserContext(), v.actor, kpi.PublicYear{Year: year, Indexed: b.Indexed})
}

func (s *Server) apiPostPublic(c *fiber.Ctx, v *visit) error {
	var b publicBody
	if err := decode(c, &b); err != nil {
		return err
	}
	if err := s.setPublic(c, v, b); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
