package api

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
)

// templateJSON is an office's own Word file of a paper; form is "" for the whole report.
type templateJSON struct {
	Form  string `json:"form"`
	Name  string `json:"name"`
	SetBy string `json:"set_by"`
	SetAt string `json:"set_at"`
}

func (s API) getTemplates(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Templates(c.UserContext(), v.Actor, app.Query{Year: year})
	if err != nil {
		return err
	}
	var out []templateJSON
	for _, t := range view.Templates {
		out = append(out, templateJSON{t.Paper, t.Name, t.SetBy, rfc3339(t.SetAt)})
	}
	return sendPage(s, c, out, func(t templateJSON) string { return cmp.Or(t.Form, "report") })
}

// postTemplate stores a Word file for the paper that the query's form names.
func (s API) postTemplate(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	f, err := s.FormWithTable(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	switch err = f.Mistakes.Err(); {
	case err != nil:
	case f.Table == nil:
		err = kpi.Refuse(kpi.Invalid, "file_missing")
	default:
		err = s.App.SetTemplate(c.UserContext(), v.Actor, year, report.Paper(c.Query("form")), string(v.Printer.Tag()),
			f.Table)
	}
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

func (s API) removeTemplate(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	if err := s.App.DropTemplate(c.UserContext(), v.Actor, year, report.Paper(c.Query("form"))); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
