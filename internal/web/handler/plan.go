package handler

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getPlan(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showPlan(c, v, fiber.StatusOK, nil, nil)
}

func (s Pages) showPlan(c *fiber.Ctx, v *middleware.Visit, status int, typed url.Values, refusal *kpi.Error) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	plan, err := s.App.Plan(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	if lost := middleware.Lost(refusal, plan.Year.CheckOpen() == nil); lost != nil {
		return lost
	}
	pc, err := s.planContext(c, v, plan.Year)
	if err != nil {
		return err
	}
	return s.Render(c, status, "plan", page.NewPlan(pc, plan, typed, refusal))
}

// planContext returns the context of a page of a year's plan, which is the whole office's.
func (s Pages) planContext(c *fiber.Ctx, v *middleware.Visit, y kpi.YearInfo) (page.Context, error) {
	pc, err := s.Page(c, v)
	if err != nil {
		return pc, err
	}
	pc.Year, pc.AsOf = y, kpi.AsOfToday(y.Year, s.App.Today())
	sayDone(c, &pc, "plan", c.QueryInt("made"), c.QueryInt("set"))
	return pc, nil
}

func (s Pages) postPlanOrder(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	up, at := f.Get("direction") == "up", "#i-"+f.Get("indicator")
	if area := f.Get("area"); area != "" {
		at = "#area-" + area
		err = s.App.MoveArea(c.UserContext(), v.Actor, year, area, up)
	} else {
		err = s.App.MoveIndicator(c.UserContext(), v.Actor, year, f.Get("indicator"), up)
	}
	if err != nil {
		return err
	}
	return c.Redirect(page.PlanPath(year)+at, fiber.StatusSeeOther)
}

func (s Pages) postArea(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	area := kpi.Area{Code: c.Params("area"), Name: readText(&m, f, "name"), NameEn: readText(&m, f, "name_en")}
	if err = m.Err(); err == nil {
		err = s.keepArea(c, v, year, &area)
	}
	return middleware.Posted(c, err, page.PlanPath(year)+"#area-"+area.Code, func(status int, refusal *kpi.Error) error {
		return s.showPlan(c, v, status, f, refusal)
	})
}

func (s Pages) keepArea(c *fiber.Ctx, v *middleware.Visit, year kpi.Year, area *kpi.Area) error {
	if area.Code != "" {
		_, err := s.App.EditArea(c.UserContext(), v.Actor, year, area.Code, area.Name, area.NameEn)
		return err
	}
	areas, err := s.App.Areas(c.UserContext())
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, a := range areas {
		taken[a.Code] = true
	}
	area.Code = app.FreshCode("area", taken)
	_, err = s.App.CreateArea(c.UserContext(), v.Actor, year, *area)
	return err
}

// readText reads a text field of a form and adds a mistake if it cannot be stored.
func readText(m *kpi.Mistakes, f url.Values, name string) string {
	text, err := intake.Text(f.Get(name), kpi.MaxNote)
	m.Check(name, err)
	return text
}

// getNewIndicator shows the form of a new indicator, filled in as far as the address says.
func (s Pages) getNewIndicator(c *fiber.Ctx, v *middleware.Visit) error {
	typed := url.Values{}
	for _, field := range []string{"name", "measure", "kind"} {
		if x := c.Query(field); x != "" {
			typed.Set(field, x)
		}
	}
	if len(typed) == 0 {
		typed = nil
	}
	return s.showPlanIndicator(c, v, fiber.StatusOK, "", typed, nil)
}

func (s Pages) getPlanIndicator(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showPlanIndicator(c, v, fiber.StatusOK, c.Params("code"), nil, nil)
}

// showPlanIndicator shows the form of an indicator, or of a new one without a code.
func (s Pages) showPlanIndicator(c *fiber.Ctx, v *middleware.Visit, status int, code string, typed url.Values,
	refusal *kpi.Error) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	d, err := s.App.Definition(c.UserContext(), v.Actor, year, code)
	if err != nil {
		return err
	}
	pc, err := s.planContext(c, v, d.Year)
	if err != nil {
		return err
	}
	in := page.PlanIndicatorInput{Year: year, Indicators: d.Indicators, Areas: d.Areas, Logged: d.Logged,
		Targeted: d.Targeted, Typed: typed, Refusal: refusal}
	if code != "" {
		in.Indicator = &d.Indicator
	}
	data := page.NewPlanIndicator(pc, in)
	if d.Year.CheckOpen() != nil {
		data.Layout.Warnings, data.Archive = append(data.Layout.Warnings, v.Printer.T("year_closed", int(year))), nil
	} else if d.Indicator.ArchivedAt != 0 {
		data.Layout.Warnings = append(data.Layout.Warnings, v.Printer.T("indicator_archived", d.Indicator.Name))
	}
	return s.Render(c, status, "plan_indicator", data)
}

func (s Pages) postNewIndicator(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	created, err := s.createIndicator(c, v, year, f)
	return middleware.Posted(c, err, doneAt(page.TargetsPath(year, created.Code, ""), "created"),
		func(status int, refusal *kpi.Error) error {
			return s.showPlanIndicator(c, v, status, "", f, refusal)
		})
}

func (s Pages) createIndicator(c *fiber.Ctx, v *middleware.Visit, year kpi.Year, f url.Values) (kpi.Indicator, error) {
	edit, err := readIndicator(f)
	if err != nil {
		return kpi.Indicator{}, err
	}
	code := strings.TrimSpace(f.Get("code"))
	if code == "" {
		indicators, _, err := s.App.Indicators(c.UserContext())
		if err != nil {
			return kpi.Indicator{}, err
		}
		taken := map[string]bool{}
		for _, i := range indicators {
			taken[i.Code] = true
		}
		code = app.FreshCode("indicator", taken)
	}
	ind := kpi.Indicator{Code: code, Name: *edit.Name, NameEn: *edit.NameEn, Kind: or(edit.Kind),
		Measure: or(edit.Measure), Decimals: or(edit.Decimals), Direction: or(edit.Direction), Category: or(edit.Category),
		Definition: *edit.Definition, Source: *edit.Source, Owner: *edit.Owner, Partners: *edit.Partners,
		Starts: or(edit.Starts), Note: *edit.Note, Factor: or(edit.Factor), Units: or(edit.Units)}
	return s.App.CreateIndicator(c.UserContext(), v.Actor, app.NewIndicator{Indicator: ind, Area: or(edit.Area),
		Numerator: or(edit.Numerator), Denominator: or(edit.Denominator), SumOf: or(edit.SumOf), PartOf: or(edit.PartOf),
		Years: []kpi.Year{year}})
}

func or[T any](v *T) (zero T) {
	if v != nil {
		return *v
	}
	return zero
}

func (s Pages) postPlanIndicator(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	edit, err := readIndicator(f)
	if edit.Plan = year; err == nil {
		_, err = s.App.EditIndicator(c.UserContext(), v.Actor, c.Params("code"), edit)
	}
	return middleware.Posted(c, err, doneAt(page.PlanPath(year), "saved")+"#i-"+c.Params("code"),
		func(status int, refusal *kpi.Error) error {
			return s.showPlanIndicator(c, v, status, c.Params("code"), f, refusal)
		})
}

// readIndicator reads what was typed. A field that was not sent, because it is locked, keeps its value.
func readIndicator(f url.Values) (app.IndicatorEdit, error) {
	var m kpi.Mistakes
	text := func(name string) *string {
		value := readText(&m, f, name)
		return &value
	}
	number := func(name string) *int {
		if !f.Has(name) {
			return nil
		}
		a, err := intake.Exact(f.Get(name), "位", "月")
		if err == nil && a != a.Round(0) {
			err = kpi.Refuse(kpi.Invalid, "number_unreadable", f.Get(name))
		}
		m.Check(name, err)
		n := int(a / kpi.One)
		return &n
	}
	factor := number("factor")
	n := app.IndicatorEdit{Name: text("name"), NameEn: text("name_en"), Area: text("area"), Definition: text("definition"),
		Source: text("source"), Owner: text("owner"), Partners: text("partners"), Note: text("note"),
		Numerator: text("numerator"), Denominator: text("denominator"), PartOf: text("part_of"),
		Kind: given[kpi.Kind](f, "kind"), Direction: given[kpi.Direction](f, "direction"),
		Category: given[kpi.Category](f, "category"), Decimals: number("decimals"), Starts: number("starts")}
	if n.Units = given[kpi.UnitsRule](f, "units_rule"); f.Has("sum_of") {
		parts := strings.Split(f.Get("sum_of"), "\n")
		n.SumOf = &parts
	}
	if factor != nil {
		by := int64(*factor)
		n.Factor = &by
	}
	if f.Has("measure") {
		measure := kpi.Measure(readText(&m, f, "measure"))
		n.Measure = &measure
	}
	return n, m.Err()
}

func given[T ~string](f url.Values, name string) *T {
	if !f.Has(name) {
		return nil
	}
	value := T(f.Get(name))
	return &value
}

func (s Pages) postArchive(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	archived := f.Get("what") == "archive"
	_, err = s.App.EditIndicator(c.UserContext(), v.Actor, c.Params("code"),
		app.IndicatorEdit{Archived: &archived, Plan: year})
	var e *kpi.Error
	if errors.As(err, &e) && e.Code == kpi.Conflict {
		return s.showPlanIndicator(c, v, middleware.StatusOf(e), c.Params("code"), nil, e)
	}
	if err != nil {
		return err
	}
	word := "restored"
	if archived {
		word = "archived"
	}
	return c.Redirect(doneAt(page.PlanPath(year), word), fiber.StatusSeeOther)
}

func (s Pages) postToYear(c *fiber.Ctx, v *middleware.Visit) error {
	_, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	if err := s.App.AddToYear(c.UserContext(), v.Actor, year, c.Params("code")); err != nil {
		return err
	}
	return c.Redirect(page.PlanPath(year)+"#i-"+c.Params("code"), fiber.StatusSeeOther)
}
