package handler

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

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

// proposeSplit shows the result of a method without setting it.
func (s Pages) proposeSplit(c *fiber.Ctx, v *middleware.Visit, year kpi.Year, f url.Values) error {
	q := app.SplitQuery{Year: year, Indicator: c.Params("code"), Unit: f.Get("unit"),
		Method: app.SplitMethod(f.Get("method")), Only: f["only"], Text: f.Get("text")}
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

// typedSplit returns the decomposition with the amounts that were typed.
func (s Pages) typedSplit(c *fiber.Ctx, v *middleware.Visit, year kpi.Year,
	f url.Values) (app.SplitView, app.NewSplit, error) {
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
	n.Document = readText(&m, f, "document")
	n.Issuer = readText(&m, f, "issuer")
	n.Reason = readText(&m, f, "reason")
	n.Dated = readDated(&m, f)
	return view, n, m.Err()
}

// reconsiderSplit adds up the typed amounts and shows the form again.
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
	return middleware.Posted(c, err, doneAt(page.TargetsPath(year, n.Indicator, f.Get("unit")), "split"),
		func(status int, refusal *kpi.Error) error {
			return s.showSplit(c, v, status, page.SplitInput{Split: view, Typed: f, Refusal: refusal})
		})
}
