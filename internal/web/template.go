package web

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

const wordMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (s *Server) getTemplates(c *fiber.Ctx, v *visit) error {
	return s.showTemplates(c, v, fiber.StatusOK, templateInput{})
}

// showTemplates shows the page; with a refusal every mistake of the file that was sent.
func (s *Server) showTemplates(c *fiber.Ctx, v *visit, status int, in templateInput) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	view, err := s.App.Templates(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "template.saved")
	return s.render(c, status, "template", newTemplatePage(pc, view, in))
}

// postTemplate keeps a Word file: 303 to the page, or 422 or 409 with what is wrong in it.
func (s *Server) postTemplate(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	f, err := s.formWithTable(c, v)
	if err != nil {
		if refusal, ok := mistakes(err); ok {
			return s.showTemplates(c, v, statusOf(refusal), templateInput{Refusal: refusal})
		}
		return err
	}
	defer f.discard()
	form := report.Form(f.Get("form"))
	switch err = f.mistakes.Err(); {
	case err != nil:
	case f.table == nil:
		err = kpi.Refuse(kpi.Invalid, "file_missing")
	default:
		err = s.App.SetTemplate(c.UserContext(), v.actor, year, form, string(v.printer.Tag()), f.table)
	}
	if refusal, ok := mistakes(err); ok {
		return s.showTemplates(c, v, statusOf(refusal), templateInput{Form: form, Refusal: refusal})
	}
	if err != nil {
		return err
	}
	return c.Redirect(templatePath(year)+"?saved=1", fiber.StatusSeeOther)
}

func (s *Server) postTemplateRemoval(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	if err := s.App.DropTemplate(c.UserContext(), v.actor, year, report.Form(f.Get("form"))); err != nil {
		return err
	}
	return c.Redirect(templatePath(year), fiber.StatusSeeOther)
}

// getFilledTemplate sends the office's own file with the year's figures in it.
func (s *Server) getFilledTemplate(c *fiber.Ctx, v *visit) error {
	form := report.Form(c.Query("form"))
	in, err := s.reportInput(c, v)
	if err != nil {
		return err
	}
	content, err := s.App.Template(c.UserContext(), v.actor, in.Board.Year.Year, form)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := report.FillTemplate(&file, in, content); err != nil {
		return err
	}
	p := in.Language
	name := p.T("template.name", int(in.Board.Year.Year), p.T(form.TitleKey()), p.AsOf(in.Board.AsOf)) + ".docx"
	return attach(c, name, wordMedia, &file, file.Len())
}

// getTemplateFile sends the office's own file as it was uploaded.
func (s *Server) getTemplateFile(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	content, err := s.App.Template(c.UserContext(), v.actor, year, report.Form(c.Query("form")))
	if err != nil {
		return err
	}
	return attach(c, v.printer.T("template.original")+".docx", wordMedia, bytes.NewReader(content), len(content))
}

// getSampleTemplate sends a file to begin an own template with.
func (s *Server) getSampleTemplate(c *fiber.Ctx, v *visit) error {
	in, err := s.reportInput(c, v)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := report.WriteSampleTemplate(&file, in); err != nil {
		return fmt.Errorf("write the sample template: %w", err)
	}
	return attach(c, in.Language.T("template.sample.title")+".docx", wordMedia, &file, file.Len())
}
