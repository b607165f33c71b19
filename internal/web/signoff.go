package web

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
)

func (s *Server) getSignoff(c *fiber.Ctx, v *visit) error {
	return s.showSignoff(c, v, fiber.StatusOK, nil, nil)
}

// showSignoff shows how far a year's report is; with a refusal the forms come back as they were typed.
func (s *Server) showSignoff(c *fiber.Ctx, v *visit, status int, typed url.Values, refusal *kpi.Error) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Signing(c.UserContext(), v.actor, year, string(v.printer.Tag()))
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Input.Board.Year, view.Input.Board.Unit, view.Input.Board.AsOf)
	if err != nil {
		return err
	}
	switch c.Query("saved") {
	case "check":
		pc.Notice = v.printer.T("signoff.done_check")
	case "sign":
		pc.Notice = v.printer.T("signoff.done_sign")
	}
	return s.render(c, status, "report_sign", newSignoffPage(pc, view, newKey(), typed, refusal))
}

// postSignoff notes a check or signs: 303 to the page, or 422 or 409 with what stands against it.
func (s *Server) postSignoff(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
	if err != nil {
		return err
	}
	action := f.Get("action")
	if action == "sign" {
		_, err = s.App.SignReport(c.UserContext(), v.actor, year, app.NewSigning{Reason: f.Get("reason"), Key: f.Get("key")})
	} else {
		action = "check"
		_, err = s.App.CheckReport(c.UserContext(), v.actor, year, f.Get("note"))
	}
	if refusal, status, ok := refusalOf(err); ok {
		return s.showSignoff(c, v, status, f, refusal)
	}
	if err != nil {
		return err
	}
	return c.Redirect(signPath(year)+"?saved="+action, fiber.StatusSeeOther)
}

// signedView is the signed version an address names.
func (s *Server) signedView(c *fiber.Ctx, v *visit) (view app.SignedView, err error) {
	year, err := yearParam(c)
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
	tag := v.printer.Tag()
	if asked, ok := lang.ParseTag(c.Query("lang")); ok {
		tag = asked
	}
	return s.App.Signed(c.UserContext(), v.actor, year, number, against, string(tag))
}

// getSigned shows a signed version as it was signed, with what changed since beside it.
func (s *Server) getSigned(c *fiber.Ctx, v *visit) error {
	view, err := s.signedView(c, v)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Input.Board.Year, view.Input.Board.Unit, view.Input.Board.AsOf)
	if err != nil {
		return err
	}
	against, err := strconv.Atoi(c.Query("against"))
	if err != nil {
		against = 0
	}
	return s.render(c, fiber.StatusOK, "report_signed", newSignedPage(pc, view, against))
}

// getSignedFile sends a paper of a signed version, made from what was frozen alone.
func (s *Server) getSignedFile(c *fiber.Ctx, v *visit) error {
	format, form := c.Params("format"), report.Form(c.Query("form"))
	writer, err := report.WriterOf(format, form)
	if err != nil {
		return err
	}
	view, err := s.signedView(c, v)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := writer.To(&file, view.Input, form); err != nil {
		return fmt.Errorf("write the signed report as %s: %w", format, err)
	}
	name := fileName(view.Input, form) + " " + view.Input.Language.T("signoff.version", view.Signing.Number) + "." + format
	return attach(c, name, writer.MediaType, &file, file.Len())
}
