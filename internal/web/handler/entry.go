package handler

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getEntry shows the quick entry form, with the indicator last logged chosen and the date set to today.
func (s Pages) getEntry(c *fiber.Ctx, v *middleware.Visit) error {
	in := page.EntryInput{Key: middleware.NewKey()}
	in.Indicator = c.Query("indicator")
	in.Typed = input.UpdateTyped{Unit: c.Query("unit"), Date: c.Query("date")}
	if word := c.Query("done"); word == logged || word == loggedWithoutFiles {
		entry, err := s.App.Entry(c.UserContext(), v.Actor, kpi.UpdateID(c.QueryInt("update")))
		if err != nil {
			return err
		}
		in.Saved, in.FilesMissing = &entry, word == loggedWithoutFiles
		elsewhere, err := s.App.EvidenceElsewhere(c.UserContext(), v.Actor, entry.Evidence)
		if err != nil {
			return err
		}
		in.FilesElsewhere = len(elsewhere) > 0
	}
	return s.showEntry(c, v, fiber.StatusOK, in)
}

func (s Pages) showEntry(c *fiber.Ctx, v *middleware.Visit, status int, in page.EntryInput) error {
	view, err := s.entering(c, v, in)
	if err != nil {
		return err
	}
	if in.Question, err = s.entryDoubt(c, v, view, in.Typed); err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, view.Unit, kpi.AsOfToday(view.Year.Year, s.App.Today()))
	if err != nil {
		return err
	}
	data := page.NewEntry(pc, view, in)
	if len(view.Indicators) == 0 {
		admins, err := s.App.Admins(c.UserContext())
		if err != nil {
			return err
		}
		data.Missing = page.NewMissing(pc, admins)
	}
	return s.Render(c, status, "entry", data)
}

// entryDoubt returns the question about what was typed, also where something else is wrong with it; nil
// for none, and while it cannot be read.
func (s Pages) entryDoubt(c *fiber.Ctx, v *middleware.Visit, view app.EntryView,
	typed input.UpdateTyped) (*kpi.Text, error) {
	q, err := intake.Quantity(typed.Value, view.Indicator.Measure)
	dated, dateErr := intake.Date(typed.Date)
	if err != nil || dateErr != nil || dated.Year() != view.Year.Year || view.Indicator.Code == "" {
		return nil, nil //nolint:nilnil // no question
	}
	n := kpi.NewUpdate{Indicator: view.Indicator.Code, Unit: view.Unit.Code, Dated: dated, Quantity: q}
	n.Note, _ = intake.Text(typed.Note, kpi.MaxNote) //nolint:errcheck // said beside its field
	question, ask, err := s.App.DoubtOf(c.UserContext(), v.Actor, n, 0)
	if err != nil || !ask {
		return nil, err
	}
	return &question, nil
}

// entering loads the view for what is chosen in the form. A date that cannot be read is ignored here and
// refused when the form is logged.
func (s Pages) entering(c *fiber.Ctx, v *middleware.Visit, in page.EntryInput) (app.EntryView, error) {
	year, err := middleware.YearParam(c)
	if err != nil {
		return app.EntryView{}, err
	}
	dated, err := intake.Date(in.Typed.Date)
	if err != nil || dated.Year() != year {
		dated = ""
	}
	return s.App.Entering(c.UserContext(), v.Actor, app.EntryQuery{Year: year, Unit: in.Typed.Unit,
		Indicator: in.Indicator, Dated: dated})
}

// postEntry logs what was typed: 303 to the form for the next entry, or 422 or 409 with the form as it was
// typed. When asked to switch, it shows the form for another indicator or unit and logs nothing.
func (s Pages) postEntry(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	in := page.EntryInput{Key: f.Get("key"), Indicator: f.Get("indicator"), Typed: typedUpdate(f.Values),
		HadFiles: len(f.Evidence) > 0}
	if f.Has("switch") {
		return s.showEntry(c, v, fiber.StatusOK, in)
	}
	view, err := s.entering(c, v, in)
	if err != nil {
		return err
	}
	update, err := s.logEntry(c, v, view, f, in)
	if refusal, status, ok := middleware.Refusal(err); ok {
		in.Refusal = refusal
		return s.showEntry(c, v, status, in)
	}
	if err != nil {
		return err
	}
	q := url.Values{"indicator": {view.Indicator.Code}, "unit": {view.Unit.Code}}
	word := s.keepEvidence(c, v, f, update.ID)
	return c.Redirect(updateAt(page.EntryPath(view.Year.Year)+"?"+q.Encode(), word, update.ID), fiber.StatusSeeOther)
}

// logEntry logs the entry as it was typed.
func (s Pages) logEntry(c *fiber.Ctx, v *middleware.Visit, view app.EntryView, f *middleware.Form,
	in page.EntryInput) (kpi.Update, error) {
	if view.Indicator.Code == "" {
		f.Mistakes.Add("indicator", "indicator_missing")
		return kpi.Update{}, f.Mistakes.Err()
	}
	n, err := s.readEntry(view.Year.Year, view.Indicator, in.Typed, f)
	if err != nil {
		return kpi.Update{}, err
	}
	return s.App.LogUpdate(c.UserContext(), v.Actor, n)
}
