package web

import (
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// postUpdate logs an update: 303 to the indicator, or 422 or 409 with the form as it was typed and every
// mistake at once.
func (s *Server) postUpdate(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	typed := typedUpdate(f.Values)
	update, err := s.logUpdate(c, v, f, typed)
	if refusal, ok := mistakes(err); ok {
		return s.showIndicator(c, v, statusOf(refusal), indicatorForms{Key: f.Get("key"), Typed: &typed, Refusal: refusal})
	}
	if err != nil {
		return err
	}
	at := savedPath(c.Params("year"), c.Params("code"), update.ID)
	if !s.keepEvidence(c, v, f, update.ID) {
		at += "&files=missing"
	}
	return c.Redirect(at, fiber.StatusSeeOther)
}

// keepEvidence ties a form's files to the entry that was just kept. When that fails the entry
// stays, so the person must be told which of the two happened: not that nothing was saved.
func (s *Server) keepEvidence(c *fiber.Ctx, v *visit, f *form, id kpi.UpdateID) bool {
	for _, e := range f.evidence {
		if _, err := s.App.KeepEvidence(c.UserContext(), v.actor, id, e); err != nil {
			s.Log.Error("evidence not kept", "id", c.Locals(requestKey{}), "update", int64(id), "error", err.Error())
			return false
		}
	}
	return true
}

func savedPath(year, code string, id kpi.UpdateID) string {
	return fmt.Sprintf("/years/%s/indicators/%s?saved=%d", url.PathEscape(year), url.PathEscape(code), id)
}

func typedUpdate(values url.Values) updateTyped {
	return updateTyped{Unit: values.Get("unit"), Date: values.Get("date"), Value: values.Get("value"),
		Level: values.Get("level"), Note: values.Get("note"), Reason: values.Get("reason")}
}

func (s *Server) logUpdate(c *fiber.Ctx, v *visit, f *form, typed updateTyped) (kpi.Update, error) {
	q, err := s.query(c)
	if err != nil {
		return kpi.Update{}, err
	}
	view, err := s.App.Indicator(c.UserContext(), v.actor, q, c.Params("code"))
	if err != nil {
		return kpi.Update{}, err
	}
	ind := view.Figure.Indicator
	n, err := s.readEntry(view.Year.Year, ind, typed, f)
	if err != nil {
		return kpi.Update{}, err
	}
	return s.App.LogUpdate(c.UserContext(), v.actor, n)
}

// readEntry is readUpdate for a new entry of a year's form, with what is wrong with its files.
func (s *Server) readEntry(y kpi.Year, ind kpi.Indicator, typed updateTyped, f *form) (kpi.NewUpdate, error) {
	n, err := readUpdate(ind, typed, s.App.Today(), f.mistakes)
	if n.Dated != "" && n.Dated.Year() != y {
		var m kpi.Mistakes
		m.Merge(err)
		m.Add("date", "date_outside_year", string(n.Dated), int(y))
		err = m.Err()
	}
	n.Origin, n.Key, n.Draft = kpi.FromForm, f.Get("key"), f.Get("draft") != ""
	return n, err
}

// readUpdate turns what was typed into an update and collects everything that is wrong with it.
func readUpdate(ind kpi.Indicator, typed updateTyped, today kpi.Date, m kpi.Mistakes) (kpi.NewUpdate, error) {
	n := kpi.NewUpdate{Indicator: ind.Code, Unit: typed.Unit, Level: kpi.LevelValue(typed.Level)}
	var err error
	if typed.Date != "" {
		n.Dated, err = intake.Date(typed.Date)
		m.Check("date", err)
	}
	switch {
	case ind.Kind == kpi.Level && typed.Value != "":
		n.Quantity, err = besideLevel(typed.Value, ind.Measure)
		m.Check("value", err)
	case ind.Kind != kpi.Level && ind.Kind != kpi.Ratio:
		n.Quantity, err = intake.Quantity(typed.Value, ind.Measure)
		m.Check("value", err)
	}
	n.Note, err = intake.Text(typed.Note, kpi.MaxNote)
	m.Check("note", err)
	m.Merge(n.Check(ind, today))
	return n, m.Err()
}

// besideLevel is what was written beside a judgement: a number (100%), or only words (全覆盖).
func besideLevel(text string, measure kpi.Measure) (kpi.Quantity, error) {
	if q, err := intake.Quantity(text, measure); err == nil {
		return q, nil
	}
	words, err := intake.Text(text, maxWords)
	return kpi.Quantity{Wording: words}, err
}

// maxWords bounds the words beside a judgement, in characters.
const maxWords = 60

func (s *Server) getCorrection(c *fiber.Ctx, v *visit) error {
	return s.showCorrection(c, v, fiber.StatusOK, correctionInput{Key: newKey(), WithdrawKey: newKey(), SubmitKey: newKey()})
}

func (s *Server) showCorrection(c *fiber.Ctx, v *visit, status int, in correctionInput) error {
	id, err := updateParam(c)
	if err != nil {
		return err
	}
	if in.Entry, err = s.App.Entry(c.UserContext(), v.actor, id); err != nil {
		return err
	}
	if err := s.App.MayAnswer(c.UserContext(), v.actor, id); err != nil && in.Refusal == nil {
		return err
	}
	pc, err := s.entryContext(c, v, in.Entry)
	if err != nil {
		return err
	}
	if in.History, err = s.App.History(c.UserContext(), v.actor, id); err != nil {
		return err
	}
	return s.render(c, status, "update_correction", newCorrectionPage(pc, in))
}

// entryContext starts a page about one entry.
func (s *Server) entryContext(c *fiber.Ctx, v *visit, e app.LogEntry) (pageContext, error) {
	pc, err := s.page(c, v)
	for _, y := range pc.Years {
		if y.Year == e.Dated.Year() {
			pc.Year = y
		}
	}
	return pc, err
}

// getUpdate shows an entry and all that happened to the fact it is about.
func (s *Server) getUpdate(c *fiber.Ctx, v *visit) error {
	id, err := updateParam(c)
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.actor, id)
	if err != nil {
		return err
	}
	history, err := s.App.History(c.UserContext(), v.actor, id)
	if err != nil {
		return err
	}
	pc, err := s.entryContext(c, v, entry)
	if err != nil {
		return err
	}
	page := updatePage{layout: newLayout(pc, v.printer.T("history.title"), partLog, ""), entryCard: newEntryCard(pc, entry, history, newKey())}
	if s.App.MayAnswer(c.UserContext(), v.actor, id) == nil {
		page.Entry.Correct = correctionPath(id)
	}
	return s.render(c, fiber.StatusOK, "update_show", page)
}

func (s *Server) postCorrection(c *fiber.Ctx, v *visit) error {
	return s.answerUpdate(c, v, false, func(id kpi.UpdateID, e app.LogEntry, f *form, typed updateTyped) (kpi.Update, error) {
		reason, err := intake.Text(typed.Reason, kpi.MaxNote)
		var m kpi.Mistakes
		m.Check("reason", err)
		n, err := readUpdate(e.Indicator, typed, s.App.Today(), m)
		if err != nil {
			m.Merge(err)
			if e.State != kpi.StateDraft {
				m.Merge(kpi.CheckReason(reason))
			}
			return kpi.Update{}, m.Err()
		}
		if n.Level != "" && n.Level == e.Level { // the page asks for the judgement alone
			n.Quantity = e.Quantity
		}
		n.Origin, n.Key, n.Draft = kpi.FromForm, f.Get("key"), f.Get("draft") != ""
		return s.App.CorrectUpdate(c.UserContext(), v.actor, id, n, reason)
	})
}

func (s *Server) postWithdrawal(c *fiber.Ctx, v *visit) error {
	return s.answerUpdate(c, v, true, func(id kpi.UpdateID, _ app.LogEntry, f *form, typed updateTyped) (kpi.Update, error) {
		reason, err := intake.Text(typed.Reason, kpi.MaxNote)
		var m kpi.Mistakes
		if !m.Check("reason", err) {
			return kpi.Update{}, m.Err()
		}
		return s.App.WithdrawUpdate(c.UserContext(), v.actor, id, reason, f.Get("key"), kpi.FromForm)
	})
}

// answerUpdate is what correcting and withdrawing share: 303 to the indicator, or 422 with the page
// as it was typed.
func (s *Server) answerUpdate(c *fiber.Ctx, v *visit, withdrawing bool, do func(kpi.UpdateID, app.LogEntry, *form, updateTyped) (kpi.Update, error)) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	id, err := updateParam(c)
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.actor, id)
	if err != nil {
		return err
	}
	typed := typedUpdate(f.Values)
	update, err := do(id, entry, f, typed)
	if refusal, ok := mistakes(err); ok {
		in := correctionInput{Key: newKey(), WithdrawKey: newKey(), SubmitKey: newKey(), Typed: &typed, Refusal: refusal, Withdrawing: withdrawing}
		return s.showCorrection(c, v, statusOf(refusal), in)
	}
	if err != nil {
		return err
	}
	year := fmt.Sprint(int(update.Dated.Year()))
	return c.Redirect(savedPath(year, entry.Indicator.Code, update.ID), fiber.StatusSeeOther)
}
