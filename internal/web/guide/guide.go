// Package guide has the pages of the help: its contents, what is found in it, its sections and pictures.
package guide

import (
	"path"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/help"
	"dabiao/internal/web/middleware"
)

// Pages are the pages of the help, which need no sign-in.
type Pages struct{ *middleware.Server }

// Routes registers them.
func (p Pages) Routes(r fiber.Router) {
	r.Get(help.Path, p.Open(p.getContents))
	r.Get(help.Path+"/:section", p.Open(p.getSection))
	r.Get(help.Pictures+":name", p.Open(p.getPicture))
}

// getContents shows the contents of the guide, or what is found in it.
func (p Pages) getContents(c *fiber.Ctx, v *middleware.Visit) error {
	pc, err := p.Page(c, v)
	if err != nil {
		return err
	}
	return p.Render(c, fiber.StatusOK, "help", newContents(pc, help.In(v.Printer.Tag()), c.Query("q")))
}

func (p Pages) getSection(c *fiber.Ctx, v *middleware.Visit) error {
	pc, err := p.Page(c, v)
	if err != nil {
		return err
	}
	shown, ok := newSection(pc, help.In(v.Printer.Tag()), c.Params("section"))
	if !ok {
		return middleware.ErrNoPage
	}
	return p.Render(c, fiber.StatusOK, "help", shown)
}

func (p Pages) getPicture(c *fiber.Ctx, _ *middleware.Visit) error {
	picture, ok := help.Picture(c.Params("name"))
	if !ok {
		return middleware.ErrNoPage
	}
	c.Type(path.Ext(c.Params("name")))
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.Send(picture)
}
