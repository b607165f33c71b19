package page

import (
	"slices"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// rulesPage is what a year measures and scores by, and for administrators the form to change it.
type rulesPage struct {
	Layout
	Meta    string
	Unusual string // said of a split that is neither of the shipped ones
	Groups  []rulesGroup
	Change  string // where to change them; "" for those who may not
	Presets []layoutLink
	Form    *plainForm
}

// rulesGroup is a set of rules under one heading.
type rulesGroup struct {
	Name  string
	Facts []pageFact
}

// ruleNumber is one percentage or number of points of a rule set: its field in forms and in the
// API, and where it stands.
type ruleNumber struct {
	Name    string
	measure string // "%" or the catalogue key of a word
	At      func(*kpi.RuleSet) *kpi.Percent
}

// ruleGroup is a part of the rules as the page groups them.
type ruleGroup struct {
	legend  string
	Numbers []ruleNumber
}

var RuleGroups = []ruleGroup{
	{"rules.group.lights", []ruleNumber{
		{"far_behind_below", "%", func(r *kpi.RuleSet) *kpi.Percent { return &r.FarBehindBelow }},
		{"behind_below", "%", func(r *kpi.RuleSet) *kpi.Percent { return &r.BehindBelow }},
		{"ahead_from", "%", func(r *kpi.RuleSet) *kpi.Percent { return &r.AheadFrom }},
	}},
	{"rules.group.scoring", []ruleNumber{
		{"met_from", "%", func(r *kpi.RuleSet) *kpi.Percent { return &r.MetFrom }},
		{"partly_from", "%", func(r *kpi.RuleSet) *kpi.Percent { return &r.PartlyFrom }},
		{"over_from", "%", func(r *kpi.RuleSet) *kpi.Percent { return &r.OverFrom }},
		{"over_deduction", "rules.points", func(r *kpi.RuleSet) *kpi.Percent { return &r.OverDeduction }},
	}},
	{"rules.group.grades", []ruleNumber{
		{"excellent", "rules.points", func(r *kpi.RuleSet) *kpi.Percent { return &r.Excellent }},
		{"good", "rules.points", func(r *kpi.RuleSet) *kpi.Percent { return &r.Good }},
		{"fair", "rules.points", func(r *kpi.RuleSet) *kpi.Percent { return &r.Fair }},
	}},
	{"rules.group.finance", []ruleNumber{
		{"rate_gap", "%", func(r *kpi.RuleSet) *kpi.Percent { return &r.RateGap }},
		{"unspent_over", "%", func(r *kpi.RuleSet) *kpi.Percent { return &r.UnspentOver }},
	}},
}

// ruleRows is how many caps and alarms the form offers.
const ruleRows = 4

// RulesInput is what the page is made from beside the view.
type RulesInput struct {
	Editing bool
	Preset  *kpi.RuleSet // fills the form instead of the year's own
	Typed   typed
	Refusal *kpi.Error
}

func NewRules(pc Context, v app.RulesView, in RulesInput) rulesPage {
	p, r := pc.Printer, v.Rules.RuleSet
	page := rulesPage{Layout: NewLayout(pc, p.T("rules.title", int(v.Year.Year)), partScore, ""), Meta: p.T("rules.meta_default")}
	if v.Rules.SetBy != "" {
		page.Meta = p.T("rules.meta_set", pc.person(v.Rules.SetBy), p.Time(v.Rules.SetAt, pc.zone()))
	}
	if !r.Usual() {
		page.Unusual = p.T("rules.warning_split")
	}
	page.Groups = ruleFacts(p, r)
	if !v.MaySet && in.Refusal == nil {
		return page
	}
	path := RulesPath(v.Year.Year)
	if !in.Editing {
		page.Change = path + "?edit=1#rules"
		return page
	}
	for _, key := range []string{"mof", "cost-2021"} {
		page.Presets = append(page.Presets, layoutLink{Href: path + "?edit=1&preset=" + key + "#rules", Text: p.T("rules.preset." + key)})
	}
	if in.Preset != nil {
		r = *in.Preset
	}
	page.Form = newRulesForm(pc, path, r, in)
	return page
}

func ruleFacts(p lang.Printer, r kpi.RuleSet) []rulesGroup {
	percent := func(x kpi.Percent) string { return p.Number(x.Amount(), 2) + "%" }
	name := rulesGroup{Name: p.T("rules.group.name"), Facts: []pageFact{{p.T("rules.name"), rulesName(p, r)}}}
	if r.Place != "" {
		name.Facts = append(name.Facts, pageFact{p.T("rules.place"), r.Place})
	}
	points := rulesGroup{Name: p.T("rules.group.points"), Facts: []pageFact{{p.T("rules.execution"), ruleValue(p, r.Execution, "rules.points")}}}
	for _, s := range r.Split {
		text := ruleValue(p, s.Points, "rules.points")
		for i, c := range s.Categories {
			key := "rules.next"
			if i == 0 {
				key = "rules.first"
			}
			text += p.T(key, p.T("category."+string(c)))
		}
		points.Facts = append(points.Facts, pageFact{p.T("heading." + string(s.Heading)), text})
	}
	out := []rulesGroup{name, points}
	for _, g := range RuleGroups {
		group := rulesGroup{Name: p.T(g.legend)}
		for _, n := range g.Numbers {
			group.Facts = append(group.Facts, pageFact{p.T("rules." + n.Name), ruleValue(p, *n.At(&r), n.measure)})
		}
		switch g.legend {
		case "rules.group.lights":
			group.Facts = append(group.Facts, pageFact{p.T("rules.stale_after"), strconv.Itoa(r.StaleAfter) + " " + p.T("rules.months")},
				pageFact{p.T("rules.due_day"), p.T("rules.due_day_value", r.DueDay)})
			group.Facts = append(group.Facts, pageFact{p.T("rules.explain"), p.T("rules.explain." + string(r.Explain))})
		case "rules.group.scoring":
			group.Facts = append(group.Facts, pageFact{p.T("rules.ceiling"), p.T("rules.ceiling." + string(r.Ceiling))})
		}
		out = append(out, group)
	}
	caps, alarms := rulesGroup{Name: p.T("rules.group.caps")}, rulesGroup{Name: p.T("rules.group.alarms")}
	for _, c := range r.Caps {
		caps.Facts = append(caps.Facts, pageFact{p.T("rules.cap", c.Below.Amount()), p.T("rules.cap_value", c.AtMost.Amount())})
	}
	if len(r.Caps) == 0 {
		caps.Facts = []pageFact{{p.T("rules.group.caps"), p.T("rules.none")}}
	}
	for _, a := range r.Alarms {
		alarms.Facts = append(alarms.Facts, pageFact{p.T("rules.alarm", p.Month(a.Month)), percent(a.Below)})
	}
	return append(out, caps, alarms)
}

func ruleValue(p lang.Printer, x kpi.Percent, measure string) string {
	if measure == "%" {
		return p.Number(x.Amount(), 2) + "%"
	}
	return p.Number(x.Amount(), 2) + " " + p.T(measure)
}

func newRulesForm(pc Context, path string, r kpi.RuleSet, in RulesInput) *plainForm {
	p, t := pc.Printer, in.Typed
	f := &plainForm{ID: "rules", Title: p.T("rules.change"), CSRF: pc.CSRF, Action: path, Submit: p.T("rules.submit")}
	f.group(p.T("rules.group.name"), "", t.field("name", p.T("rules.name"), r.Name).words(), t.field("place", p.T("rules.place"), r.Place).words().optional())
	points := []plainField{t.field("execution", p.T("rules.execution"), Number(r.Execution.Amount())).measured(p.T("rules.points"))}
	for _, h := range kpi.Headings {
		points = append(points, t.field(string(h), p.T("heading."+string(h)), Number(r.Points(h).Amount())).measured(p.T("rules.points")))
	}
	f.group(p.T("rules.group.points"), "", points...)
	var categories []plainField
	for _, c := range kpi.Categories {
		var options []formOption
		for _, h := range kpi.Headings {
			options = append(options, formOption{Value: string(h), Text: p.T("heading." + string(h))})
		}
		h, _ := r.HeadingOf(c)
		categories = append(categories, t.field("category_"+string(c), p.T("category."+string(c)), string(h)).choice(options...))
	}
	f.group(p.T("rules.group.categories"), "", categories...)
	for _, g := range RuleGroups {
		var fields []plainField
		for _, n := range g.Numbers {
			measure := n.measure
			if measure != "%" {
				measure = p.T(measure)
			}
			fields = append(fields, t.field(n.Name, p.T("rules."+n.Name), Number(n.At(&r).Amount())).measured(measure))
		}
		switch g.legend {
		case "rules.group.lights":
			fields = append(fields, t.field("stale_after", p.T("rules.stale_after"), strconv.Itoa(r.StaleAfter)).measured(p.T("rules.months")),
				t.field("due_day", p.T("rules.due_day"), strconv.Itoa(r.DueDay)).measured(p.T("rules.day")))
			fields = append(fields, t.field("explain", p.T("rules.explain"), string(r.Explain)).choice(explainOptions(p)...))
		case "rules.group.scoring":
			fields = append(fields, t.field("ceiling", p.T("rules.ceiling"), string(r.Ceiling)).choice(
				formOption{Value: string(kpi.CeilingLinear), Text: p.T("rules.ceiling.linear")},
				formOption{Value: string(kpi.CeilingQuotient), Text: p.T("rules.ceiling.quotient")}).long())
		}
		f.group(p.T(g.legend), "", fields...)
	}
	f.group(p.T("rules.group.caps"), p.T("rules.caps_hint"), capFields(p, t, r)...)
	f.group(p.T("rules.group.alarms"), "", alarmFields(p, t, r)...)
	f.group("", "", t.field("reason", p.T("rules.reason"), "").long().hinted(p.T("rules.reason_hint")))
	f.refuse(p, in.Refusal)
	return f
}

func explainOptions(p lang.Printer) []formOption {
	var out []formOption
	for _, e := range kpi.ExplainRules {
		out = append(out, formOption{Value: string(e), Text: p.T("rules.explain." + string(e))})
	}
	return out
}

func capFields(p lang.Printer, t typed, r kpi.RuleSet) []plainField {
	var out []plainField
	for i := range max(ruleRows, len(r.Caps)) {
		below, most := "", ""
		if i < len(r.Caps) {
			below, most = Number(r.Caps[i].Below.Amount()), Number(r.Caps[i].AtMost.Amount())
		}
		out = append(out, t.field(Nth("cap_below", i), p.T("rules.cap_below", i+1), below).measured("%").optional(),
			t.field(Nth("cap_at_most", i), p.T("rules.cap_at_most", i+1), most).measured(p.T("rules.points")).optional())
	}
	return out
}

func alarmFields(p lang.Printer, t typed, r kpi.RuleSet) []plainField {
	var out []plainField
	for i := range max(ruleRows, len(r.Alarms)) {
		month, below := "", ""
		if i < len(r.Alarms) {
			month, below = strconv.Itoa(r.Alarms[i].Month), Number(r.Alarms[i].Below.Amount())
		}
		out = append(out, t.field(Nth("alarm_month", i), p.T("rules.alarm_month", i+1), month).measured(p.T("col.month")).optional(),
			t.field(Nth("alarm_below", i), p.T("rules.alarm_below", i+1), below).measured("%").optional())
	}
	return out
}

// PresetNamed is a shipped rule set; nil for another name.
func PresetNamed(name string) *kpi.RuleSet {
	if r, ok := kpi.ShippedRules[name]; ok {
		r.Alarms = slices.Clone(r.Alarms)
		return &r
	}
	return nil
}
