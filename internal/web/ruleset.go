package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

func (s *Server) getRules(c *fiber.Ctx, v *visit) error {
	in := rulesInput{Editing: c.Query("edit") != "", Preset: presetNamed(c.Query("preset"))}
	return s.showRules(c, v, fiber.StatusOK, in)
}

// showRules shows the page; with a refusal the form comes back as it was typed.
func (s *Server) showRules(c *fiber.Ctx, v *visit, status int, in rulesInput) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Rules(c.UserContext(), v.actor, year)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "rules.saved")
	return s.render(c, status, "ruleset_show", newRulesPage(pc, view, in))
}

// postRules changes a year's rules: 303 to the page, or 422 or 409 with the form as it was typed.
func (s *Server) postRules(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
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
		_, err = s.App.SetRules(c.UserContext(), v.actor, year, rules, reason)
	}
	if refusal, ok := mistakes(err); ok {
		return s.showRules(c, v, statusOf(refusal), rulesInput{Editing: true, Typed: typedForm(f), Refusal: refusal})
	}
	if err != nil {
		return err
	}
	return c.Redirect(rulesPath(year)+"?saved=1", fiber.StatusSeeOther)
}

// readRules turns what was typed into a rule set and collects everything that cannot be read.
func readRules(values url.Values) (kpi.RuleSet, error) {
	r := kpi.RuleSet{Name: strings.TrimSpace(values.Get("name")), Place: strings.TrimSpace(values.Get("place")),
		Ceiling: kpi.CeilingRule(values.Get("ceiling")), Explain: kpi.ExplainRule(values.Get("explain"))}
	var m kpi.Mistakes
	r.Execution, _ = readPercent(&m, "execution", values.Get("execution"))
	for _, h := range kpi.Headings {
		share := kpi.HeadingShare{Heading: h}
		share.Points, _ = readPercent(&m, string(h), values.Get(string(h)))
		for _, c := range kpi.Categories {
			if values.Get("category_"+string(c)) == string(h) {
				share.Categories = append(share.Categories, c)
			}
		}
		if share.Points != 0 || len(share.Categories) > 0 {
			r.Split = append(r.Split, share)
		}
	}
	for _, g := range ruleGroups {
		for _, n := range g.numbers {
			*n.at(&r), _ = readPercent(&m, n.name, values.Get(n.name))
		}
	}
	r.StaleAfter = readSmall(&m, "stale_after", values.Get("stale_after"), 12, "rules_stale_range")
	r.DueDay = readSmall(&m, "due_day", values.Get("due_day"), 28, "rules_due_day_range")
	for i := 0; values.Has(nth("cap_below", i)); i++ {
		if below, most := values.Get(nth("cap_below", i)), values.Get(nth("cap_at_most", i)); strings.TrimSpace(below+most) != "" {
			var c kpi.Cap
			c.Below, _ = readPercent(&m, nth("cap_below", i), below)
			c.AtMost, _ = readPercent(&m, nth("cap_at_most", i), most)
			r.Caps = append(r.Caps, c)
		}
	}
	for i := 0; values.Has(nth("alarm_month", i)); i++ {
		if month, below := values.Get(nth("alarm_month", i)), values.Get(nth("alarm_below", i)); strings.TrimSpace(month+below) != "" {
			a := kpi.Alarm{Month: readSmall(&m, nth("alarm_month", i), month, 12, "rules_stale_range")}
			a.Below, _ = readPercent(&m, nth("alarm_below", i), below)
			r.Alarms = append(r.Alarms, a)
		}
	}
	return r, m.Err()
}
