package handler

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getTargets(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showTargets(c, v, fiber.StatusOK, c.Query("unit"), nil, nil)
}

func (s Pages) showTargets(c *fiber.Ctx, v *middleware.Visit, status int, unit string, typed url.Values, refusal *kpi.Error) error {
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
	if typed.Get("step") != "" && data.SplitForm == nil { // the year was closed, the indicator archived
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
	return middleware.Posted(c, err, doneAt(page.TargetsPath(year, c.Params("code"), f.Get("unit")), "target"), func(status int, refusal *kpi.Error) error {
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
	_, err = s.App.SetTarget(c.UserContext(), v.Actor, app.NewTarget{Indicator: view.Indicator.Code, Unit: f.Get("unit"), Target: t})
	return err
}

// readTarget reads what a form says of a target.
func readTarget(m *kpi.Mistakes, f url.Values, ind kpi.Indicator) kpi.Target {
	t := kpi.Target{Sign: kpi.Sign(f.Get("sign")), Level: kpi.LevelValue(f.Get("level")), Document: line(m, f, "document"),
		Issuer: line(m, f, "issuer"), Reason: line(m, f, "reason"), Dated: readDated(m, f)}
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

// readCurve reads twelve cumulative percentages and tells every month that cannot be read.
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

func (s Pages) postSplit(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	switch {
	case f.Get("step") == "confirm":
		return s.confirmSplit(c, v, year, f)
	case f.Has("method"):
		return s.proposeSplit(c, v, year, f)
	}
	return s.reconsiderSplit(c, v, year, f)
}

// proposeSplit shows what a method gives. Nothing is set yet.
func (s Pages) proposeSplit(c *fiber.Ctx, v *middleware.Visit, year kpi.Year, f url.Values) error {
	q := app.SplitQuery{Year: year, Indicator: c.Params("code"), Unit: f.Get("unit"), Method: app.SplitMethod(f.Get("method")),
		Only: f["only"], Text: f.Get("text")}
	proposal, err := s.App.ProposeSplit(c.UserContext(), v.Actor, q)
	if e, status, ok := middleware.Refusal(err); ok {
		return s.showTargets(c, v, status, f.Get("unit"), f, e)
	}
	if err != nil {
		return err
	}
	return s.showSplit(c, v, fiber.StatusOK, page.SplitInput{Split: proposal, Method: q.Method})
}

func (s Pages) showSplit(c *fiber.Ctx, v *middleware.Visit, status int, in page.SplitInput) error {
	pc, err := s.planContext(c, v, in.Split.Year)
	if err != nil {
		return err
	}
	return s.Render(c, status, "plan_split", page.NewSplit(pc, in))
}

// typedSplit is the decomposition with the amounts that were typed.
func (s Pages) typedSplit(c *fiber.Ctx, v *middleware.Visit, year kpi.Year, f url.Values) (app.SplitView, app.NewSplit, error) {
	n := app.NewSplit{Year: year, Indicator: c.Params("code"), Unit: f.Get("unit"), Values: map[string]kpi.Amount{}}
	view, err := s.App.Split(c.UserContext(), v.Actor, year, n.Indicator, n.Unit)
	if err != nil {
		return view, n, err
	}
	var m kpi.Mistakes
	for i := range view.Rows {
		row := &view.Rows[i]
		name := "value." + row.Unit.Code
		if strings.TrimSpace(f.Get(name)) == "" {
			row.Amount = progress.None[kpi.Amount](progress.ReasonNoTarget)
			if row.Current != nil && f.Get("step") == "confirm" {
				m.Add(name, "split_value_missing", row.Unit.Names())
			}
			continue
		}
		n.Values[row.Unit.Code] = input.ReadAmount(&m, name, f.Get(name), view.Indicator.Measure)
		row.Amount = progress.Some(n.Values[row.Unit.Code])
	}
	n.Document, n.Issuer, n.Reason, n.Dated = line(&m, f, "document"), line(&m, f, "issuer"), line(&m, f, "reason"), readDated(&m, f)
	return view, n, m.Err()
}

// reconsiderSplit adds up what was typed and shows it again.
func (s Pages) reconsiderSplit(c *fiber.Ctx, v *middleware.Visit, year kpi.Year, f url.Values) error {
	view, _, err := s.typedSplit(c, v, year, f)
	e, status, ok := middleware.Refusal(err)
	if err != nil && !ok {
		return err
	}
	return s.showSplit(c, v, status, page.SplitInput{Split: view, Typed: f, Refusal: e})
}

func (s Pages) confirmSplit(c *fiber.Ctx, v *middleware.Visit, year kpi.Year, f url.Values) error {
	if err := v.Actor.MayPlan(); err != nil {
		return err
	}
	view, n, err := s.typedSplit(c, v, year, f)
	if err == nil {
		_, err = s.App.SetSplit(c.UserContext(), v.Actor, n)
	}
	return middleware.Posted(c, err, doneAt(page.TargetsPath(year, n.Indicator, f.Get("unit")), "split"), func(status int, refusal *kpi.Error) error {
		return s.showSplit(c, v, status, page.SplitInput{Split: view, Typed: f, Refusal: refusal})
	})
}
