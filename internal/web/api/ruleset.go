package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// rulesJSON is a rule set. Numbers have the names of the page's form. A rule set to be stored must name all
// of them; with preset it starts from a shipped one and changes only those named.
type rulesJSON struct {
	Preset         string      `json:"preset,omitempty"`
	Name           string      `json:"name,omitempty"`
	Place          string      `json:"place,omitempty"`
	FarBehindBelow decimal     `json:"far_behind_below,omitempty"`
	BehindBelow    decimal     `json:"behind_below,omitempty"`
	AheadFrom      decimal     `json:"ahead_from,omitempty"`
	StaleAfter     int         `json:"stale_after,omitempty"`
	DueDay         int         `json:"due_day,omitempty"`
	Explain        string      `json:"explain,omitempty"`
	Grouped        *bool       `json:"grouped,omitempty"`
	Forms          *kpi.Forms  `json:"forms,omitempty"`
	Execution      decimal     `json:"execution,omitempty"`
	Split          []splitJSON `json:"split,omitempty"`
	Ceiling        string      `json:"ceiling,omitempty"`
	MetFrom        decimal     `json:"met_from,omitempty"`
	PartlyFrom     decimal     `json:"partly_from,omitempty"`
	OverFrom       decimal     `json:"over_from,omitempty"`
	OverDeduction  decimal     `json:"over_deduction,omitempty"`
	Caps           []capJSON   `json:"caps"`
	Excellent      decimal     `json:"excellent,omitempty"`
	Good           decimal     `json:"good,omitempty"`
	Fair           decimal     `json:"fair,omitempty"`
	RateGap        decimal     `json:"rate_gap,omitempty"`
	UnspentOver    decimal     `json:"unspent_over,omitempty"`
	Alarms         []alarmJSON `json:"alarms"`
	Reason         string      `json:"reason,omitempty"` // of a change
	Warnings       []string    `json:"warnings,omitempty"`
	SetBy          string      `json:"set_by,omitempty"`
	SetAt          string      `json:"set_at,omitempty"`
}

type splitJSON struct {
	Heading    kpi.Heading    `json:"heading"`
	Points     decimal        `json:"points"`
	Categories []kpi.Category `json:"categories"`
}

type capJSON struct {
	Below  decimal `json:"below"`
	AtMost decimal `json:"at_most"`
}

type alarmJSON struct {
	Month int     `json:"month"`
	Below decimal `json:"below"`
}

// numbers returns the fields that hold a single number, by their names in the form.
func (b *rulesJSON) numbers() map[string]*decimal {
	return map[string]*decimal{"far_behind_below": &b.FarBehindBelow, "behind_below": &b.BehindBelow,
		"ahead_from": &b.AheadFrom, "met_from": &b.MetFrom, "partly_from": &b.PartlyFrom, "over_from": &b.OverFrom,
		"over_deduction": &b.OverDeduction, "excellent": &b.Excellent, "good": &b.Good, "fair": &b.Fair,
		"rate_gap": &b.RateGap, "unspent_over": &b.UnspentOver}
}

func (s API) newRulesJSON(v *middleware.Visit, y kpi.YearRules) rulesJSON {
	r := y.RuleSet
	out := rulesJSON{Name: r.Name, Place: r.Place, StaleAfter: r.StaleAfter, DueDay: r.DueDay,
		Execution: decimal(pointsText(r.Execution)), Ceiling: string(r.Ceiling), Explain: string(r.Explain),
		Grouped: &r.Grouped, Caps: []capJSON{}, Alarms: []alarmJSON{}, SetBy: y.SetBy}
	forms := r.YearForms()
	out.Forms = &forms
	if y.SetBy != "" {
		out.SetAt = rfc3339(y.SetAt)
	}
	numbers := out.numbers()
	for _, g := range page.RuleGroups {
		for _, n := range g.Numbers {
			*numbers[n.Name] = decimal(pointsText(*n.At(&r)))
		}
	}
	for _, share := range r.Split {
		out.Split = append(out.Split, splitJSON{share.Heading, decimal(pointsText(share.Points)), share.Categories})
	}
	for _, c := range r.Caps {
		out.Caps = append(out.Caps, capJSON{decimal(pointsText(c.Below)), decimal(pointsText(c.AtMost))})
	}
	for _, a := range r.Alarms {
		out.Alarms = append(out.Alarms, alarmJSON{a.Month, decimal(pointsText(a.Below))})
	}
	if !r.Usual() {
		out.Warnings = append(out.Warnings, v.Printer.T("rules.warning_split"))
	}
	return out
}

// rules returns the preset, or else base, with the numbers named changed.
func (b rulesJSON) rules(base kpi.RuleSet) (kpi.RuleSet, error) {
	var m kpi.Mistakes
	r := base
	if b.Preset != "" {
		preset := page.PresetNamed(b.Preset)
		if preset == nil {
			m.Add("preset", "rules_preset_unknown", b.Preset)
			return r, m.Err()
		}
		r = *preset
	}
	percent := func(field string, d decimal, at *kpi.Percent) {
		if d != "" {
			*at, _ = input.ReadPercent(&m, field, string(d))
		}
	}
	if b.Name != "" {
		r.Name = b.Name
	}
	if b.Place != "" {
		r.Place = b.Place
	}
	if b.StaleAfter != 0 {
		r.StaleAfter = b.StaleAfter
	}
	if b.DueDay != 0 {
		r.DueDay = b.DueDay
	}
	if b.Explain != "" {
		r.Explain = kpi.ExplainRule(b.Explain)
	}
	if b.Grouped != nil {
		r.Grouped = *b.Grouped
	}
	if b.Forms != nil {
		r.Forms = *b.Forms
	}
	if b.Ceiling != "" {
		r.Ceiling = kpi.CeilingRule(b.Ceiling)
	}
	percent("execution", b.Execution, &r.Execution)
	numbers := b.numbers()
	for _, g := range page.RuleGroups {
		for _, n := range g.Numbers {
			percent(n.Name, *numbers[n.Name], n.At(&r))
		}
	}
	if b.Split != nil {
		r.Split = nil
		for _, s := range b.Split {
			share := kpi.HeadingShare{Heading: s.Heading, Categories: s.Categories}
			percent("split", s.Points, &share.Points)
			r.Split = append(r.Split, share)
		}
	}
	if b.Caps != nil {
		r.Caps = nil
		for i, c := range b.Caps {
			var limit kpi.Cap
			percent("caps."+strconv.Itoa(i), c.Below, &limit.Below)
			percent("caps."+strconv.Itoa(i), c.AtMost, &limit.AtMost)
			r.Caps = append(r.Caps, limit)
		}
	}
	if b.Alarms != nil {
		r.Alarms = nil
		for i, a := range b.Alarms {
			alarm := kpi.Alarm{Month: a.Month}
			percent("alarms."+strconv.Itoa(i), a.Below, &alarm.Below)
			r.Alarms = append(r.Alarms, alarm)
		}
	}
	return r, m.Err()
}

func (s API) getRules(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Rules(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, s.newRulesJSON(v, view.Rules))
}

func (s API) postRules(c *fiber.Ctx, v *middleware.Visit) error {
	var b rulesJSON
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	view, err := s.App.Rules(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	rules, err := b.rules(view.Rules.RuleSet)
	if err != nil {
		return err
	}
	set, err := s.App.SetRules(c.UserContext(), v.Actor, year, rules, b.Reason)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, s.newRulesJSON(v, set))
}
