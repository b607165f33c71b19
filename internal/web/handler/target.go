package handler

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getTargets(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showTargets(c, v, fiber.StatusOK, c.Query("unit"), nil, nil)
}

func (s Pages) showTargets(c *fiber.Ctx, v *middleware.Visit, status int, unit string, typed url.Values,
	refusal *kpi.Error) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.TargetPlan(c.UserContext(), v.Actor, year, c.Params("code"), unit)
	if err != nil {
		return err
	}
	pc, err := s.planContext(c, v, view.Year)
	if err != nil {
		return err
	}
	data := page.NewTargets(pc, view, typed, refusal)
	if typed.Get("step") != "" && data.SplitForm == nil { // the year was closed or the indicator archived meanwhile
		return middleware.Lost(refusal, false)
	}
	return s.Render(c, status, "plan_targets", data)
}

func (s Pages) postTarget(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	err = s.setTarget(c, v, year, f)
	return middleware.Posted(c, err, doneAt(page.TargetsPath(year, c.Params("code"), f.Get("unit")), "target"),
		func(status int, refusal *kpi.Error) error {
			return s.showTargets(c, v, status, f.Get("unit"), f, refusal)
		})
}

func (s Pages) setTarget(c *fiber.Ctx, v *middleware.Visit, year kpi.Year, f url.Values) error {
	view, err := s.App.TargetPlan(c.UserContext(), v.Actor, year, c.Params("code"), f.Get("unit"))
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	t := readTarget(&m, f, view.Indicator)
	t.Year = year
	switch f.Get("curve") {
	case "last":
		if t.Curve = view.LastCurve; t.Curve == nil {
			m.Add("curve", "curve_no_last_year", int(year)-1)
		}
	case "hand":
		t.Curve = readCurve(&m, f)
	}
	m.Merge(t.CheckRevision(view.Indicator, view.Target))
	if err := m.Err(); err != nil {
		return err
	}
	_, err = s.App.SetTarget(c.UserContext(), v.Actor,
		app.NewTarget{Indicator: view.Indicator.Code, Unit: f.Get("unit"), Target: t})
	return err
}

// readTarget reads the form of a target.
func readTarget(m *kpi.Mistakes, f url.Values, ind kpi.Indicator) kpi.Target {
	t := kpi.Target{Sign: kpi.Sign(f.Get("sign")), Level: kpi.LevelValue(f.Get("level")),
		Document: readText(m, f, "document"), Issuer: readText(m, f, "issuer"), Reason: readText(m, f,
			"reason"), Dated: readDated(m, f)}
	if ind.Kind == kpi.Level {
		t.Sign = kpi.LevelSign
	} else {
		t.Amount = input.ReadAmount(m, "value", f.Get("value"), ind.Measure)
	}
	t.Weight = input.ReadWeight(m, "weight", f.Get("weight"))
	return t
}

func readDated(m *kpi.Mistakes, f url.Values) kpi.Date {
	if strings.TrimSpace(f.Get("dated")) == "" {
		return ""
	}
	d, err := intake.Date(f.Get("dated"))
	m.Check("dated", err)
	return d
}

// readCurve reads twelve cumulative percentages, with a mistake for each month that cannot be read.
func readCurve(m *kpi.Mistakes, f url.Values) *kpi.Curve {
	var curve kpi.Curve
	fine := true
	for i, name := range page.Numbers(1, len(curve)) {
		share, ok := input.ReadShare(m, "month"+name, f.Get("month"+name))
		curve[i], fine = share, ok && fine
	}
	if !fine {
		return nil
	}
	return &curve
}
