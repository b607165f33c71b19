package handler

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"dabiao/assets"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getEvidencePreview sends a thumbnail of a file, a JPEG made by the program. Browsers cache it but must
// revalidate it each time, since the right to see it may be gone.
func (s Pages) getEvidencePreview(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.EvidenceParam(c)
	if err != nil {
		return err
	}
	e, preview, err := s.App.EvidencePreview(c.UserContext(), v.Actor, id)
	var none *kpi.Error
	if errors.As(err, &none) && none.Text.Key == "preview_none" && e.Picture() && !e.Sensitive {
		return c.Redirect(assets.URL("picture.svg"), fiber.StatusSeeOther) // damaged or too large for a thumbnail
	}
	if err != nil {
		return err
	}
	etag := `"` + e.SHA256[:32] + `"`
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderETag, etag)
	if middleware.EtagMatches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	return c.Send(preview)
}

func (s Pages) getEntryEvidence(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return err
	}
	return s.showEntryEvidence(c, v, id, fiber.StatusOK, page.EvidenceInput{})
}

func (s Pages) showEntryEvidence(c *fiber.Ctx, v *middleware.Visit, id kpi.UpdateID, status int,
	in page.EvidenceInput) error {
	entry, err := s.App.Entry(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	for _, y := range pc.Years {
		if y.Year == entry.Dated.Year() {
			pc.Year = y
		}
	}
	sayDone(c, &pc, "evidence")
	elsewhere, err := s.App.EvidenceElsewhere(c.UserContext(), v.Actor, entry.Evidence)
	if err != nil {
		return err
	}
	marks, err := s.App.EvidenceMarks(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	data := page.NewEntryEvidence(pc, entry, marks, in)
	data.TellElsewhere(pc.Printer, entry.Evidence, elsewhere)
	return s.Render(c, status, "evidence_entry", data)
}

// postEntryEvidence attaches files to an entry: 303 to its evidence, or 422 or 409 with what is wrong with
// each; none is attached then.
func (s Pages) postEntryEvidence(c *fiber.Ctx, v *middleware.Visit) error {
	kept, err := s.AddEvidence(c, v)
	if refusal, status, ok := middleware.Refusal(err); ok {
		id, idErr := middleware.UpdateParam(c)
		if idErr != nil {
			return idErr
		}
		return s.showEntryEvidence(c, v, id, status, page.EvidenceInput{Refusal: refusal})
	}
	if err != nil {
		return err
	}
	return c.Redirect(doneAt(page.EntryEvidencePath(kept[0].Update), "saved"), fiber.StatusSeeOther)
}

// evidenceForm reads a form about the file of the address.
func (s Pages) evidenceForm(c *fiber.Ctx, v *middleware.Visit) (kpi.EvidenceID, *middleware.Form, error) {
	id, err := middleware.EvidenceParam(c)
	if err != nil {
		return id, nil, err
	}
	f, err := s.Form(c, v)
	return id, f, err
}

// postSensitive marks a file from its entry's page, or takes the mark off: 303 to the page, or 422 with what is wrong.
// Field names: sensitive (yes, no), reason.
func (s Pages) postSensitive(c *fiber.Ctx, v *middleware.Visit) error {
	id, f, err := s.evidenceForm(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	var e kpi.Evidence
	if f.Get("sensitive") == "yes" {
		e, err = s.App.MarkEvidence(c.UserContext(), v.Actor, id)
	} else {
		e, err = s.App.UnmarkEvidence(c.UserContext(), v.Actor, id, f.Get("reason"))
	}
	if refusal, status, ok := middleware.Refusal(err); ok && e.Update != 0 {
		return s.showEntryEvidence(c, v, e.Update, status,
			page.EvidenceInput{Unmark: id, Reason: f.Get("reason"), Refusal: refusal})
	}
	if err != nil {
		return err
	}
	return c.Redirect(page.EntryEvidencePath(e.Update), fiber.StatusSeeOther)
}

// postErase erases a file's content: 303 to its entry's page, or 422 with what is wrong. Field names: reason.
func (s Pages) postErase(c *fiber.Ctx, v *middleware.Visit) error {
	id, f, err := s.evidenceForm(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	e, err := s.App.EraseEvidence(c.UserContext(), v.Actor, id, f.Get("reason"))
	if refusal, status, ok := middleware.Refusal(err); ok && e.Update != 0 {
		return s.showEntryEvidence(c, v, e.Update, status,
			page.EvidenceInput{Erase: id, Reason: f.Get("reason"), Refusal: refusal})
	}
	if err != nil {
		return err
	}
	return c.Redirect(doneAt(page.EntryEvidencePath(e.Update), "erased"), fiber.StatusSeeOther)
}

// postEraseYear erases the content of a closed year's files: 303 to the list, or the list with what is wrong. Field
// names: what (sensitive, all), reason.
func (s Pages) postEraseYear(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	all := f.Get("what") == "all"
	_, err = s.App.EraseYear(c.UserContext(), v.Actor, year, !all, f.Get("reason"))
	done := doneAt(page.EvidencePath(year), "erased")
	return middleware.Posted(c, err, done, func(status int, refusal *kpi.Error) error {
		return s.showYearEvidence(c, v, status, page.EraseInput{All: all, Reason: f.Get("reason"), Refusal: refusal})
	})
}

func (s Pages) getYearEvidence(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showYearEvidence(c, v, fiber.StatusOK, page.EraseInput{})
}

func (s Pages) showYearEvidence(c *fiber.Ctx, v *middleware.Visit, status int, in page.EraseInput) error {
	q, err := middleware.EvidenceQuery(c)
	if err != nil {
		return err
	}
	list, err := s.App.YearEvidence(c.UserContext(), v.Actor, q)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, list.Year, list.Unit, list.AsOf)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "evidence")
	return s.Render(c, status, "evidence_year",
		page.NewYearEvidence(pc, list, q, max(0, c.QueryInt("skip")), in))
}
