package download

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report/seal"
	"dabiao/internal/web/middleware"
)

// GetSealed streams the sealed package of a signed version and notes in the audit log that it was given out, before
// the first byte. Query: sensitive, lang.
func (s Files) GetSealed(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	number, err := c.ParamsInt("number")
	if err != nil || number < 1 {
		return kpi.Missing("signing_not_found", int(year), c.Params("number"))
	}
	language := v.Printer.Tag()
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		language = tag
	}
	p, err := s.App.Seal(c.UserContext(), v.Actor, app.SealQuery{Year: year, Number: number,
		Sensitive: c.Query("sensitive") != "", Language: string(language)})
	if err != nil {
		return err
	}
	if c.Method() == fiber.MethodGet { // as given does
		if err := s.App.SealGiven(c.UserContext(), v.Actor, p); err != nil {
			return err
		}
	}
	name := p.Input.Language.T("seal.file_name", int(year), number) + ".zip"
	return s.Stream(c, name, "application/zip", func(w io.Writer) error { return seal.Write(w, p) })
}
