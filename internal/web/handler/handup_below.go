package handler

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getBelow(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showBelow(c, v, fiber.StatusOK, page.BelowInput{})
}

// showBelow shows what the offices below hand up in a year, and which files were refused.
func (s Pages) showBelow(c *fiber.Ctx, v *middleware.Visit, status int, in page.BelowInput) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.PackagesBelow(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	if in.HandedUp, err = s.App.HandedUp(c.UserContext(), v.Actor, app.Query{Year: year}); err != nil {
		return err
	}
	if view.MayTake {
		if in.Reporting, _, err = s.App.ReportingUnits(c.UserContext(), v.Actor); err != nil {
			return err
		}
	}
	pc, err := s.YearPage(c, v, view.Year, kpi.Unit{}, kpi.AsOfToday(year, s.App.Today()))
	if err != nil {
		return err
	}
	sayDone(c, &pc, "below")
	return s.Render(c, status, "handup_below", page.NewBelow(pc, view, in))
}

// getDictionary sends what offices below map their indicators to.
func (s Pages) getDictionary(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	d, err := s.App.HandupDictionary(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	raw, err := d.Encode()
	if err != nil {
		return err
	}
	if err := s.fileGiven(c, v, year, "below.dictionary", map[string]any{"dictionary": d.ID}); err != nil {
		return err
	}
	return middleware.Attach(c, v.Printer.T("below.dictionary_name", int(year))+".json", fiber.MIMEApplicationJSON,
		bytes.NewReader(raw), len(raw))
}

// postPackages brings packages from below, several at once: those that are packages wait to be looked at, the others
// are told with the reason. One alone is shown at once.
func (s Pages) postPackages(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	if err := v.Actor.MayTakeIn(); err != nil {
		return err
	}
	f, err := s.FormWithFiles(c, v, handup.MaxFile)
	if err != nil {
		return err
	}
	defer f.Discard()
	if err = f.Mistakes.Err(); err == nil && len(f.Files) == 0 {
		err = kpi.Refuse(kpi.Invalid, "file_missing")
	}
	if refusal, status, ok := middleware.Refusal(err); ok {
		return s.showBelow(c, v, status, page.BelowInput{Failed: refusal})
	}
	var refused []page.FileRefusal
	var brought []kpi.TakenPackage
	for _, file := range f.Files {
		t, err := s.App.BringPackage(c.UserContext(), v.Actor, file.Content)
		if refusal, _, ok := middleware.Refusal(err); ok && !refusal.StopsAll() {
			refused = append(refused, page.FileRefusal{Name: file.Name, Refusal: refusal})
			continue
		}
		if err != nil {
			return err
		}
		brought = append(brought, t)
	}
	switch {
	case len(refused) > 0:
		return s.showBelow(c, v, fiber.StatusUnprocessableEntity, page.BelowInput{Refused: refused})
	case len(brought) == 1:
		return c.Redirect(page.PackagePath(brought[0].ID), fiber.StatusSeeOther)
	}
	return c.Redirect(doneAbove(page.BelowPath(year), "brought"), fiber.StatusSeeOther)
}

// postReporting says which units hand up.
func (s Pages) postReporting(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	err = s.App.SetReportingUnits(c.UserContext(), v.Actor, f["units"])
	to := doneAbove(page.BelowPath(year), "reporting")
	return middleware.Posted(c, err, to, func(status int, refusal *kpi.Error) error {
		return s.showBelow(c, v, status, page.BelowInput{Failed: refusal})
	})
}

// postTakeAll takes all packages in about which nothing is asked, each by itself.
func (s Pages) postTakeAll(c *fiber.Ctx, v *middleware.Visit) error {
	_, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	if err := v.Actor.MayTakeIn(); err != nil {
		return err
	}
	view, err := s.App.PackagesBelow(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	for _, plan := range view.Waiting {
		if len(plan.Refused)+len(plan.Questions) > 0 {
			continue
		}
		_, err := s.App.TakePackage(c.UserContext(), v.Actor, plan.Taken.ID, app.PackageAnswers{})
		var refusal *kpi.Error
		if errors.As(err, &refusal) && refusal.StopsAll() || err != nil && refusal == nil {
			return err // one that is refused meanwhile goes on waiting, with its reason
		}
	}
	return c.Redirect(doneAbove(page.BelowPath(year), "took"), fiber.StatusSeeOther)
}

func packageParam(c *fiber.Ctx) (kpi.PackageID, error) {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, kpi.Missing("package_not_found")
	}
	return kpi.PackageID(id), nil
}

func (s Pages) getPackage(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showPackage(c, v, fiber.StatusOK, page.PackageInput{})
}

func (s Pages) packageView(c *fiber.Ctx, v *middleware.Visit) (view app.PackageView, pc page.Context, err error) {
	id, err := packageParam(c)
	if err != nil {
		return view, pc, err
	}
	against, _ := strconv.ParseInt(c.Query("against"), 10, 64) //nolint:errcheck // 0 is what was taken before
	if view, err = s.App.PackageBelow(c.UserContext(), v.Actor, id, kpi.PackageID(against)); err != nil {
		return view, pc, err
	}
	pc, err = s.YearPage(c, v, view.Year, kpi.Unit{}, kpi.AsOfToday(view.Year.Year, s.App.Today()))
	return view, pc, err
}

func (s Pages) showPackage(c *fiber.Ctx, v *middleware.Visit, status int, in page.PackageInput) error {
	view, pc, err := s.packageView(c, v)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "package")
	return s.Render(c, status, "package_show", page.NewPackagePage(pc, view, in))
}

// getPackageFigure shows an indicator of a package with the entries it is made of. Query: month.
func (s Pages) getPackageFigure(c *fiber.Ctx, v *middleware.Visit) error {
	view, pc, err := s.packageView(c, v)
	if err != nil {
		return err
	}
	code, err := url.PathUnescape(c.Params("code"))
	if err != nil {
		return kpi.Missing("indicator_not_found", c.Params("code"))
	}
	data, ok := page.NewPackageFigure(pc, view, code, c.QueryInt("month"))
	if !ok {
		return kpi.Missing("indicator_not_found", code)
	}
	return s.Render(c, fiber.StatusOK, "package_figure", data)
}

// getPackageFile sends a package as it came.
func (s Pages) getPackageFile(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := packageParam(c)
	if err != nil {
		return err
	}
	t, file, err := s.App.PackageFile(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	if err := s.fileGiven(c, v, t.Year, "package.file", map[string]any{"package": fmt.Sprint(t.ID)}); err != nil {
		return err
	}
	return middleware.Attach(c, v.Printer.T("handup.file_name", int(t.Year), t.Number)+".zip", "application/zip",
		bytes.NewReader(file), len(file))
}

// postPackageTake takes a package in.
func (s Pages) postPackageTake(c *fiber.Ctx, v *middleware.Visit) error {
	return s.decide(c, v, "took", func(id kpi.PackageID, f url.Values) error {
		_, err := s.App.TakePackage(c.UserContext(), v.Actor, id, app.PackageAnswers{Key: f.Get(app.AskKey) != "",
			Name: f.Get(app.AskName) != "", Typed: f.Get(app.AskTyped), Below: f.Get(app.AskBelow) != "",
			Corrected: f.Get(app.AskCorrected) != "", Signed: f.Get(app.AskSigned) != ""})
		return err
	})
}

// postPackageDecline leaves a package for good.
func (s Pages) postPackageDecline(c *fiber.Ctx, v *middleware.Visit) error {
	return s.decide(c, v, "declined", func(id kpi.PackageID, _ url.Values) error {
		return s.App.DeclinePackage(c.UserContext(), v.Actor, id)
	})
}

func (s Pages) decide(c *fiber.Ctx, v *middleware.Visit, word string, by func(kpi.PackageID, url.Values) error) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	id, err := packageParam(c)
	if err != nil {
		return err
	}
	err = by(id, f.Values)
	return middleware.Posted(c, err, doneAbove(page.PackagePath(id), word), func(status int, refusal *kpi.Error) error {
		return s.showPackage(c, v, status, page.PackageInput{Typed: f.Values, Refusal: refusal})
	})
}
