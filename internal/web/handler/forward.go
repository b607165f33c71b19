package handler

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getForward(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showForward(c, v, fiber.StatusOK, nil, nil)
}

func (s Pages) showForward(c *fiber.Ctx, v *middleware.Visit, status int, typed url.Values, refusal *kpi.Error) error {
	from, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Forward(c.UserContext(), v.Actor, from)
	if err != nil {
		return err
	}
	pc, err := s.planContext(c, v, view.From)
	if err != nil {
		return err
	}
	return s.Render(c, status, "plan_forward", page.NewForward(pc, view, c.Query("prefill"), typed, refusal))
}

func (s Pages) postForward(c *fiber.Ctx, v *middleware.Visit) error {
	f, from, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	info, err := s.rollForward(c, v, from, f)
	return middleware.Posted(c, err, doneAt(page.PlanPath(info.Year), "forward"),
		func(status int, refusal *kpi.Error) error {
			return s.showForward(c, v, status, f, refusal)
		})
}

func (s Pages) rollForward(c *fiber.Ctx, v *middleware.Visit, from kpi.Year, f url.Values) (kpi.YearInfo, error) {
	view, err := s.App.Forward(c.UserContext(), v.Actor, from)
	if err != nil {
		return kpi.YearInfo{}, err
	}
	var m kpi.Mistakes
	n := app.NewForward{From: from, Document: readText(&m, f, "document"), Issuer: readText(&m, f, "issuer"),
		Dated: readDated(&m, f), CloseFrom: f.Get("close") != "", CloseReason: readText(&m, f, "close_reason")}
	year, err := strconv.Atoi(strings.TrimSpace(f.Get("year")))
	if n.Year = kpi.Year(year); err != nil {
		m.Add("year", "year_unreadable", f.Get("year"))
	}
	for _, row := range view.Rows {
		if slices.Contains(f["take"], row.Indicator.Code) {
			n.Items = append(n.Items, app.ForwardItem{Code: row.Indicator.Code, Target: readForwardTarget(&m, f, row)})
		}
	}
	if err := m.Err(); err != nil {
		return kpi.YearInfo{}, err
	}
	return s.App.RollForward(c.UserContext(), v.Actor, n)
}

// readForwardTarget reads a row's new target, which keeps the plan of the old one; nil if none was typed.
func readForwardTarget(m *kpi.Mistakes, f url.Values, row app.ForwardRow) *kpi.Target {
	ind := row.Indicator
	t := kpi.Target{Sign: kpi.Sign(f.Get("sign." + ind.Code)), Level: kpi.LevelValue(f.Get("level." + ind.Code))}
	switch value := f.Get("value." + ind.Code); {
	case ind.Kind == kpi.Level:
		if t.Sign = kpi.LevelSign; t.Level == "" {
			return nil
		}
	case strings.TrimSpace(value) == "":
		return nil
	default:
		t.Amount = input.ReadAmount(m, "value."+ind.Code, value, ind.Measure)
	}
	t.Weight = input.ReadWeight(m, "weight."+ind.Code, f.Get("weight."+ind.Code))
	if row.Target != nil {
		t.Curve = row.Target.Curve
	}
	return &t
}
