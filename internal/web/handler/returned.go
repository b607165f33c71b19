package handler

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getReturned(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showReturned(c, v, fiber.StatusOK, page.ReturnedInput{})
}

// postReturned compares a report that came back and shows what was changed. Its file is kept for those who
// may take it over; nothing else is stored, so there is no page to redirect to.
func (s Pages) postReturned(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.FormWithTable(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	in := page.ReturnedInput{Rejected: f.Get("tracked") == "reject", Ledger: f.Get("ledger") == "on"}
	if err = f.Mistakes.Err(); err == nil && f.Table == nil {
		err = kpi.Refuse(kpi.Invalid, "file_missing")
	}
	if err == nil {
		err = s.compareReturned(c, v, f.Table, &in)
	}
	if err == nil && v.Actor.MayPlan() == nil {
		err = s.App.KeepReturned(v.Actor, f.Table)
	}
	return s.answerReturned(c, v, in, err)
}

// postReturnedTake takes chosen sections of a kept report over (303), or compares it again, read otherwise.
func (s Pages) postReturnedTake(c *fiber.Ctx, v *middleware.Visit) error {
	if err := v.Actor.MayPlan(); err != nil {
		return err
	}
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	in := page.ReturnedInput{Rejected: f.Get("tracked") == "reject", Ledger: f.Get("ledger") == "on",
		Chosen: map[report.SectionKey]bool{}}
	file, err := s.App.ImportDraft(v.Actor, f.Get("name"), f.Get("sha256"))
	if err != nil {
		return s.answerReturned(c, v, in, err)
	}
	if f.Get("action") == "again" {
		in.Chosen = nil
		return s.answerReturned(c, v, in, s.compareReturned(c, v, file, &in))
	}
	taking := app.Taking{ReturnedFile: in.File(file, v.Printer), Sections: map[report.SectionKey]kpi.TextVersionID{},
		Notes: f.Get("notes") == "on"}
	for _, key := range f["take"] {
		base, err := strconv.ParseInt(f.Get("base-"+key), 10, 64)
		if err != nil {
			base = -1 // no version that there is: the section is shown anew
		}
		taking.Sections[report.SectionKey(key)], in.Chosen[report.SectionKey(key)] = kpi.TextVersionID(base), true
	}
	_, err = s.App.TakeReturned(c.UserContext(), v.Actor, q, taking)
	if err == nil {
		return c.Redirect(doneAt(page.SectionsPath(year), "returned"), fiber.StatusSeeOther)
	}
	_, _, refused := middleware.Refusal(err) //nolint:errcheck // the page says it
	if refused {                             // with the texts of now beside it
		if again := s.compareReturned(c, v, file, &in); again != nil {
			err = again
		}
	}
	return s.answerReturned(c, v, in, err)
}

func (s Pages) compareReturned(c *fiber.Ctx, v *middleware.Visit, file *app.ImportFile, in *page.ReturnedInput) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	view, err := s.App.Returned(c.UserContext(), v.Actor, q, in.File(file, v.Printer))
	if err == nil {
		in.View, in.Name, in.SHA256 = &view, file.Name, file.SHA256()
	}
	return err
}

// answerReturned shows the comparison, or why there is none.
func (s Pages) answerReturned(c *fiber.Ctx, v *middleware.Visit, in page.ReturnedInput, err error) error {
	status := fiber.StatusOK
	if refusal, code, ok := middleware.Refusal(err); ok {
		in.Refusal, status, err = refusal, code, nil
	}
	if err != nil {
		return err
	}
	return s.showReturned(c, v, status, in)
}

func (s Pages) showReturned(c *fiber.Ctx, v *middleware.Visit, status int, in page.ReturnedInput) error {
	papers, err := middleware.Asked(s.Server, c, v, s.App.ReportPapers)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, papers.Year, papers.Unit, papers.AsOf)
	if err != nil {
		return err
	}
	return s.Render(c, status, "report_returned", page.NewReturned(pc, in))
}

// postNoteSettled settles a reviewer's note, or opens it again: 303 to the text it stands beside.
func (s Pages) postNoteSettled(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return kpi.Missing("report_note_not_found", c.Params("id"))
	}
	n, err := s.App.SettleNote(c.UserContext(), v.Actor, year, kpi.ReportNoteID(id), f.Get("done") != "off")
	if err != nil {
		return err
	}
	to := page.SectionsPath(year)
	if n.Section != "" {
		to = page.EditPath(year, report.SectionKey(n.Section))
	}
	return c.Redirect(doneAt(to, "note"), fiber.StatusSeeOther)
}
