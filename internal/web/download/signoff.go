package download

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
)

// SignedView returns the signed version in the address.
func (s Files) SignedView(c *fiber.Ctx, v *middleware.Visit) (view app.SignedView, err error) {
	year, err := middleware.YearParam(c)
	if err != nil {
		return view, err
	}
	number, err := c.ParamsInt("number")
	if err != nil {
		return view, kpi.Missing("signing_not_found", int(year), c.Params("number"))
	}
	against, err := strconv.Atoi(c.Query("against"))
	if err != nil {
		against = 0
	}
	tag := v.Printer.Tag()
	if asked, ok := lang.ParseTag(c.Query("lang")); ok {
		tag = asked
	}
	return s.App.Signed(c.UserContext(), v.Actor, year, number, against, string(tag))
}

// GetSignedFile sends a paper of a signed version, made only from what was frozen.
func (s Files) GetSignedFile(c *fiber.Ctx, v *middleware.Visit) error {
	format, which := c.Params("format"), report.Paper(c.Query("form"))
	writer, err := report.WriterOf(format, which)
	if err != nil {
		return err
	}
	view, err := s.SignedView(c, v)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := writer.To(&file, view.Input, which); err != nil {
		return fmt.Errorf("write the signed report as %s: %w", format, err)
	}
	if err := s.Given(c, v, "report.download", fmt.Sprintf("year %d", view.Signing.Year), map[string]any{"form": which,
		"format": format, "version": view.Signing.Number}); err != nil {
		return err
	}
	name := fileName(view.Input, which) + " " + view.Input.Language.T("signoff.version", view.Signing.Number) +
		"." + format
	return middleware.Attach(c, name, writer.MediaType, &file, file.Len())
}
