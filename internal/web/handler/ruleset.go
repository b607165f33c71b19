package handler

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getRules(c *fiber.Ctx, v *middleware.Visit) error {
	in := page.RulesInput{Editing: c.Query("edit") != "", Preset: page.PresetNamed(c.Query("preset"))}
	return s.showRules(c, v, fiber.StatusOK, in)
}

// showRules shows the page. A refused form is shown as it was typed.
func (s Pages) showRules(c *fiber.Ctx, v *middleware.Visit, status int, in page.RulesInput) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Rules(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "rules")
	return s.Render(c, status, "ruleset_show", page.NewRules(pc, view, in))
}

// postRules changes a year's rules: 303 to the page, or 422 or 409 with the form as it was typed.
func (s Pages) postRules(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	rules, err := readRules(f)
	reason := strings.TrimSpace(f.Get("reason"))
	if err != nil {
		var m kpi.Mistakes
		m.Merge(err)
		m.Merge(kpi.CheckReason(reason))
		err = m.Err()
	} else {
		_, err = s.App.SetRules(c.UserContext(), v.Actor, year, rules, reason)
	}
	return middleware.Posted(c, err, doneAt(page.RulesPath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showRules(c, v, status, page.RulesInput{Editing: true, Typed: f, Refusal: refusal})
	})
}

// readRules reads a rule set and collects every mistake in it.
func readRules(values url.Values) (kpi.RuleSet, error) {
	r := kpi.RuleSet{Name: strings.TrimSpace(values.Get("name")), Place: strings.TrimSpace(values.Get("place")),
		Ceiling: kpi.CeilingRule(values.Get("ceiling")), Explain: kpi.ExplainRule(values.Get("explain")),
		Grouped: values.Get("grouped") == "yes"}
	var m kpi.Mistakes
	var ok bool
	if r.Forms, ok = page.FormsOf(values.Get("forms")); !ok {
		m.Add("forms", "forms_unreadable")
	}
	r.Execution, _ = input.ReadPercent(&m, "execution", values.Get("execution"))
	for _, h := range kpi.Headings {
		share := kpi.HeadingShare{Heading: h}
		share.Points, _ = input.ReadPercent(&m, string(h), values.Get(string(h)))
		for _, c := range kpi.Categories {
			if values.Get("category_"+string(c)) == string(h) {
				share.Categories = append(share.Categories, c)
			}
		}
		if share.Points != 0 || len(share.Categories) > 0 {
			r.Split = append(r.Split, share)
		}
	}
	for _, g := range page.RuleGroups {
		for _, n := range g.Numbers {
			*n.At(&r), _ = input.ReadPercent(&m, n.Name, values.Get(n.Name))
		}
	}
	r.StaleAfter = input.ReadSmall(&m, "stale_after", values.Get("stale_after"), 12, "rules_stale_range")
	r.DueDay = input.ReadSmall(&m, "due_day", values.Get("due_day"), 28, "rules_due_day_range")
	for i := 0; values.Has(page.Nth("cap_below", i)); i++ {
		if below, most := values.Get(page.Nth("cap_below", i)),
			values.Get(page.Nth("cap_at_most", i)); strings.TrimSpace(below+most) != "" {
			var c kpi.Cap
			c.Below, _ = input.ReadPercent(&m, page.Nth("cap_below", i), below)
			c.AtMost, _ = input.ReadPercent(&m, page.Nth("cap_at_most", i), most)
			r.Caps = append(r.Caps, c)
		}
	}
	for i := 0; values.Has(page.Nth("alarm_month", i)); i++ {
		if month, below := values.Get(page.Nth("alarm_month", i)),
			values.Get(page.Nth("alarm_below", i)); strings.TrimSpace(month+below) != "" {
			a := kpi.Alarm{Month: input.ReadSmall(&m, page.Nth("alarm_month", i), month, 12, "rules_stale_range")}
			a.Below, _ = input.ReadPercent(&m, page.Nth("alarm_below", i), below)
			r.Alarms = append(r.Alarms, a)
		}
	}
	return r, m.Err()
}
