package handler

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getSections lists the sections of a report that the office writes.
func (s Pages) getSections(c *fiber.Ctx, v *middleware.Visit) error {
	pc, in, err := s.checkPage(c, v)
	if err != nil {
		return err
	}
	notes, err := s.App.ReportNotes(c.UserContext(), v.Actor, pc.Year.Year)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "report_text")
	return s.Render(c, fiber.StatusOK, "report_sections", page.NewSections(pc, in, notes))
}

// getFigures shows the picker of figures as a page of its own, for searching without scripts.
func (s Pages) getFigures(c *fiber.Ctx, v *middleware.Visit) error {
	pc, in, err := s.checkPage(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "report_figures", page.NewFigures(pc, in.Input, c.Query("q")))
}

func (s Pages) getReportText(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showReportText(c, v, fiber.StatusOK, page.ReportTextInput{})
}

// showReportText shows a section with its text: what was typed, or else a version named in the address,
// last year's text, the draft, or the stored text.
func (s Pages) showReportText(c *fiber.Ctx, v *middleware.Visit, status int, in page.ReportTextInput) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	w, err := s.App.Writing(c.UserContext(), v.Actor, q, middleware.SectionParam(c, "*"), string(v.Printer.Tag()))
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, w.Input.Board)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "report_text")
	from := c.Query("from")
	if id, err := strconv.ParseInt(c.Query("version"), 10, 64); err == nil {
		from = strconv.FormatInt(id, 10)
	}
	return s.Render(c, status, "report_text", page.NewReportText(pc, w, in, from))
}

// postReportText saves a text (303), saves and shows a draft, or discards it. A text that cannot be saved
// is shown as it was typed: 422, or 409 beside the one that was saved meanwhile.
func (s Pages) postReportText(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	base, err := strconv.ParseInt(f.Get("base"), 10, 64)
	if err != nil {
		base = 0
	}
	text, place := f.Get("text"), middleware.SectionParam(c, "*")
	n := app.NewText{Section: place, Language: string(v.Printer.Tag()), Text: text, Base: kpi.TextVersionID(base)}
	in := page.ReportTextInput{Typed: &text, Base: n.Base}
	ctx := c.UserContext()
	switch f.Get("action") {
	case "list":
		area := strings.TrimPrefix(string(place), string(report.AreaText("")))
		err = s.App.SetAreaList(ctx, v.Actor, year, area, f.Get("list") == "on")
		in.Typed = nil // the switch stands apart from the text
		if err == nil {
			return c.Redirect(doneAt(page.EditPath(year, place), "list"), fiber.StatusSeeOther)
		}
	case "discard":
		err = s.App.DropTextDraft(ctx, v.Actor, kpi.TextPlace{Year: year, Section: string(place), Language: n.Language})
	case "preview", "untold":
		if err = s.App.KeepTextDraft(ctx, v.Actor, year, n); err == nil {
			in.Previews, in.Untold = true, f.Get("action") == "untold"
			return s.showReportText(c, v, fiber.StatusOK, in)
		}
	default:
		var latest kpi.TextVersion
		latest, err = s.App.WriteText(ctx, v.Actor, year, n)
		var refusal *kpi.Error
		if errors.As(err, &refusal) && refusal.Text.Key == "text_changed_since" {
			in.Conflict, in.Base = &latest, latest.ID
			return s.showReportText(c, v, fiber.StatusConflict, in)
		}
	}
	if refusal, status, ok := middleware.Refusal(err); ok {
		in.Refusal = refusal
		return s.showReportText(c, v, status, in)
	}
	if err != nil {
		return err
	}
	to := page.EditPath(year, place)
	if f.Get("action") == "" || f.Get("action") == "save" {
		to = doneAt(to, "saved")
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}
