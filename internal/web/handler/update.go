package handler

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// postUpdate logs an update: 303 to the indicator, or 422 or 409 with the form as it was typed and every
// mistake at once.
func (s Pages) postUpdate(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	typed := typedUpdate(f.Values)
	update, err := s.logUpdate(c, v, f, typed)
	if refusal, status, ok := middleware.Refusal(err); ok {
		return s.showIndicator(c, v, status, page.IndicatorForms{Key: f.Get("key"), Typed: &typed, Refusal: refusal})
	}
	if err != nil {
		return err
	}
	word := s.keepEvidence(c, v, f, update.ID)
	return c.Redirect(updateAt(page.IndicatorPath(update.Dated.Year(), c.Params("code")), word, update.ID),
		fiber.StatusSeeOther)
}

// keepEvidence attaches a form's files to the entry just logged and returns the word for what was done.
// If that fails the entry stays, and the person must be told so rather than that nothing was saved.
func (s Pages) keepEvidence(c *fiber.Ctx, v *middleware.Visit, f *middleware.Form, id kpi.UpdateID) string {
	for _, e := range f.Evidence {
		if _, err := s.App.KeepEvidence(c.UserContext(), v.Actor, id, e); err != nil {
			s.Log.Error("evidence not kept", "id", c.Locals(middleware.RequestKey{}), "update", int64(id), "error", err.Error())
			return loggedWithoutFiles
		}
	}
	return logged
}

// The words in an address for what was done with an entry (see doneAt).
const (
	logged             = "logged"
	loggedWithoutFiles = "logged_without_files"
)

// updateAt is doneAt with the ID of the entry that was logged.
func updateAt(to, word string, id kpi.UpdateID) string {
	return page.WithQuery(doneAt(to, word), "update", strconv.FormatInt(int64(id), 10))
}

func typedUpdate(values url.Values) input.UpdateTyped {
	return input.UpdateTyped{Unit: values.Get("unit"), Date: values.Get("date"), Value: values.Get("value"),
		Level: values.Get("level"), Note: values.Get("note"), Reason: values.Get("reason")}
}

func (s Pages) logUpdate(c *fiber.Ctx, v *middleware.Visit, f *middleware.Form,
	typed input.UpdateTyped) (kpi.Update, error) {
	q, err := s.Query(c)
	if err != nil {
		return kpi.Update{}, err
	}
	ind, err := s.App.YearIndicator(c.UserContext(), v.Actor, q, c.Params("code"))
	if err != nil {
		return kpi.Update{}, err
	}
	n, err := s.readEntry(q.Year, ind, typed, f)
	if err != nil {
		return kpi.Update{}, err
	}
	return s.App.LogUpdate(c.UserContext(), v.Actor, n)
}

// readEntry is readUpdate for a new entry of a year's form, with what is wrong with its files.
func (s Pages) readEntry(y kpi.Year, ind kpi.Indicator, typed input.UpdateTyped,
	f *middleware.Form) (kpi.NewUpdate, error) {
	n, err := input.ReadUpdate(ind, typed, s.App.Today(), f.Mistakes)
	if n.Dated != "" && n.Dated.Year() != y {
		var m kpi.Mistakes
		m.Merge(err)
		m.Add("date", "date_outside_year", string(n.Dated), int(y))
		err = m.Err()
	}
	n.Origin, n.Key, n.Draft = kpi.FromForm, f.Get("key"), f.Get("draft") != ""
	n.Ask, n.Sure = true, f.Get("sure")
	return n, err
}

func (s Pages) getCorrection(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showCorrection(c, v, fiber.StatusOK, page.CorrectionInput{Key: middleware.NewKey(),
		WithdrawKey: middleware.NewKey(), SubmitKey: middleware.NewKey()})
}

func (s Pages) showCorrection(c *fiber.Ctx, v *middleware.Visit, status int, in page.CorrectionInput) error {
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return err
	}
	if in.Entry, err = s.App.Entry(c.UserContext(), v.Actor, id); err != nil {
		return err
	}
	if err := s.App.MayAnswer(c.UserContext(), v.Actor, id); err != nil && in.Refusal == nil {
		return err
	}
	pc, err := s.entryContext(c, v, in.Entry)
	if err != nil {
		return err
	}
	if in.History, err = s.App.History(c.UserContext(), v.Actor, id); err != nil {
		return err
	}
	return s.Render(c, status, "update_correction", page.NewCorrection(pc, in))
}

// entryContext returns the context of a page about one entry.
func (s Pages) entryContext(c *fiber.Ctx, v *middleware.Visit, e app.LogEntry) (page.Context, error) {
	pc, err := s.Page(c, v)
	for _, y := range pc.Years {
		if y.Year == e.Dated.Year() {
			pc.Year = y
		}
	}
	return pc, err
}

// getUpdate shows an entry with its corrections, withdrawals and review.
func (s Pages) getUpdate(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	history, err := s.App.History(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	pc, err := s.entryContext(c, v, entry)
	if err != nil {
		return err
	}
	data := page.UpdatePage{Layout: page.NewLayout(pc, v.Printer.T("history.of_entry", int(id)), page.PartLog, ""),
		EntryCard: page.NewEntryCard(pc, entry, history, middleware.NewKey())}
	if s.App.MayAnswer(c.UserContext(), v.Actor, id) == nil {
		data.Entry.Correct = page.CorrectionPath(id)
	}
	if v.Actor.MayReport() == nil {
		from, err := s.App.PackageOf(c.UserContext(), v.Actor, id)
		if err != nil {
			return err
		}
		data.FromPackage(pc, entry, from)
	}
	return s.Render(c, fiber.StatusOK, "update_show", data)
}

func (s Pages) postCorrection(c *fiber.Ctx, v *middleware.Visit) error {
	return s.answerUpdate(c, v, false, func(id kpi.UpdateID, e app.LogEntry, f *middleware.Form,
		typed input.UpdateTyped) (kpi.Update, error) {
		reason, err := intake.Text(typed.Reason, kpi.MaxNote)
		var m kpi.Mistakes
		m.Check("reason", err)
		n, err := input.ReadUpdate(e.Indicator, typed, s.App.Today(), m)
		if err != nil {
			m.Merge(err)
			if e.State != kpi.StateDraft {
				m.Merge(kpi.CheckReason(reason))
			}
			return kpi.Update{}, m.Err()
		}
		if n.Level != "" && n.Level == e.Level { // the page asks for the level alone
			n.Quantity = e.Quantity
		}
		n.Origin, n.Key, n.Draft = kpi.FromForm, f.Get("key"), f.Get("draft") != ""
		n.Ask, n.Sure = true, f.Get("sure")
		return s.App.CorrectUpdate(c.UserContext(), v.Actor, id, n, reason)
	})
}

func (s Pages) postWithdrawal(c *fiber.Ctx, v *middleware.Visit) error {
	return s.answerUpdate(c, v, true, func(id kpi.UpdateID, _ app.LogEntry, f *middleware.Form,
		typed input.UpdateTyped) (kpi.Update, error) {
		reason, err := intake.Text(typed.Reason, kpi.MaxNote)
		var m kpi.Mistakes
		if !m.Check("reason", err) {
			return kpi.Update{}, m.Err()
		}
		return s.App.WithdrawUpdate(c.UserContext(), v.Actor, id, reason, f.Get("key"), kpi.FromForm)
	})
}

// answerUpdate returns what correcting and withdrawing share: 303 to the indicator, or 422 with the page
// as it was typed.
func (s Pages) answerUpdate(c *fiber.Ctx, v *middleware.Visit, withdrawing bool,
	do func(kpi.UpdateID, app.LogEntry, *middleware.Form, input.UpdateTyped) (kpi.Update, error)) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	typed := typedUpdate(f.Values)
	update, err := do(id, entry, f, typed)
	if refusal, status, ok := middleware.Refusal(err); ok {
		in := page.CorrectionInput{Key: middleware.NewKey(), WithdrawKey: middleware.NewKey(), SubmitKey: middleware.NewKey(),
			Typed: &typed, Refusal: refusal, Withdrawing: withdrawing}
		return s.showCorrection(c, v, status, in)
	}
	if err != nil {
		return err
	}
	return c.Redirect(updateAt(page.IndicatorPath(update.Dated.Year(), entry.Indicator.Code), logged, update.ID),
		fiber.StatusSeeOther)
}
