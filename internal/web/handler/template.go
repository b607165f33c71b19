package handler

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/template"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

const wordMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (s Pages) getTemplates(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showTemplates(c, v, fiber.StatusOK, page.TemplateInput{})
}

// showTemplates shows the page, and after a refusal every mistake in the file.
func (s Pages) showTemplates(c *fiber.Ctx, v *middleware.Visit, status int, in page.TemplateInput) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Templates)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "template")
	return s.Render(c, status, "template", page.NewTemplate(pc, view, in))
}

// postTemplate stores a Word file: 303 to the page, or 422 or 409 with what is wrong in it.
func (s Pages) postTemplate(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	f, err := s.FormWithTable(c, v)
	if err != nil {
		if refusal, status, ok := middleware.Refusal(err); ok {
			return s.showTemplates(c, v, status, page.TemplateInput{Refusal: refusal})
		}
		return err
	}
	defer f.Discard()
	which := report.Paper(f.Get("form"))
	switch err = f.Mistakes.Err(); {
	case err != nil:
	case f.Table == nil:
		err = kpi.Refuse(kpi.Invalid, "file_missing")
	default:
		err = s.App.SetTemplate(c.UserContext(), v.Actor, year, which, string(v.Printer.Tag()), f.Table)
	}
	return middleware.Posted(c, err, doneAt(page.TemplatePath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showTemplates(c, v, status, page.TemplateInput{Paper: which, Refusal: refusal})
	})
}

func (s Pages) postTemplateRemoval(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := s.App.DropTemplate(c.UserContext(), v.Actor, year, report.Paper(f.Get("form"))); err != nil {
		return err
	}
	return c.Redirect(page.TemplatePath(year), fiber.StatusSeeOther)
}

// getFilledTemplate sends the office's own file with the year's figures in it.
func (s Pages) getFilledTemplate(c *fiber.Ctx, v *middleware.Visit) error {
	which := report.Paper(c.Query("form"))
	in, err := s.Files.ReportInput(c, v)
	if err != nil {
		return err
	}
	content, err := s.App.Template(c.UserContext(), v.Actor, in.Board.Year.Year, which)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := template.Fill(&file, in, content); err != nil {
		return err
	}
	p := in.Language
	name := p.T("template.name", int(in.Board.Year.Year), p.T(which.TitleKey()), p.AsOf(in.Board.AsOf)) + ".docx"
	if err := s.fileGiven(c, v, in.Board.Year.Year, "template.filled", map[string]any{"form": which}); err != nil {
		return err
	}
	return middleware.Attach(c, name, wordMedia, &file, file.Len())
}

// getTemplateFile sends the office's own file as it was uploaded.
func (s Pages) getTemplateFile(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	content, err := s.App.Template(c.UserContext(), v.Actor, year, report.Paper(c.Query("form")))
	if err != nil {
		return err
	}
	if err := s.fileGiven(c, v, year, "template.original", map[string]any{"form": c.Query("form")}); err != nil {
		return err
	}
	return middleware.Attach(c, v.Printer.T("template.original")+".docx", wordMedia,
		bytes.NewReader(content), len(content))
}

// getSampleTemplate sends a file from which an office can make its own template.
func (s Pages) getSampleTemplate(c *fiber.Ctx, v *middleware.Visit) error {
	in, err := s.Files.ReportInput(c, v)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := paper.WriteDocx(&file, report.SampleTemplate(in)); err != nil {
		return fmt.Errorf("write the sample template: %w", err)
	}
	if err := s.fileGiven(c, v, in.Board.Year.Year, "template.sample", map[string]any{}); err != nil {
		return err
	}
	return middleware.Attach(c, in.Language.T("template.sample.title")+".docx", wordMedia, &file, file.Len())
}

// fileGiven notes in the audit log which file of a year is given out, beside the papers and logs.
func (s Pages) fileGiven(c *fiber.Ctx, v *middleware.Visit, y kpi.Year, which string, detail map[string]any) error {
	detail["file"] = which
	return s.Files.Given(c, v, "file.download", fmt.Sprintf("year %d", y), detail)
}
