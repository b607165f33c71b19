package page

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// rulesPage shows the rules that a year is measured and scored by, and for administrators the form to
// change them.
type rulesPage struct {
	Layout
	Meta    string
	Unusual string // a sentence if the split is not one of those shipped
	Groups  []rulesGroup
	Change  string // where to change them; "" for those who may not
	Presets []layoutLink
	Form    *Form
}

// rulesGroup contains rules under a heading.
type rulesGroup struct {
	Name  string
	Facts []pageFact
}

// ruleNumber is a percentage or number of points of a rule set: the name of its field in forms and in
// the API, and where it is stored.
type ruleNumber struct {
	Name    string
	measure string // "%" or a catalogue key
	At      func(*kpi.RuleSet) *kpi.Percent
}

// ruleGroup is a group of rules on the page.
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

// ruleRows is the number of caps and alarms that the form has fields for.
const ruleRows = 4

// RulesInput is the input of the page besides the view.
type RulesInput struct {
	Editing bool
	Preset  *kpi.RuleSet // fills the form instead of the year's own rules
	Typed   url.Values
	Refusal *kpi.Error
}

func NewRules(pc Context, v app.RulesView, in RulesInput) rulesPage {
	p, r := pc.Printer, v.Rules.RuleSet
	page := rulesPage{Layout: NewLayout(pc, p.T("rules.title", int(v.Year.Year)), partScore, ""),
		Meta: p.T("rules.meta_default")}
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
	for _, key := range []string{"mof", "cost-2021", "hunan"} {
		page.Presets = append(page.Presets, layoutLink{Href: path + "?edit=1&preset=" + key + "#rules",
			Text: p.T("rules.preset." + key)})
	}
	if in.Preset != nil {
		r = *in.Preset
	}
	page.Form = newRulesForm(pc, path, r, in)
	return page
}

func ruleFacts(p lang.Printer, r kpi.RuleSet) []rulesGroup {
	percent := p.Share
	name := rulesGroup{Name: p.T("rules.group.name"), Facts: []pageFact{{p.T("rules.name"), rulesName(p, r)}}}
	if r.Place != "" {
		name.Facts = append(name.Facts, pageFact{p.T("rules.place"), r.Place})
	}
	points := rulesGroup{Name: p.T("rules.group.points"),
		Facts: []pageFact{{p.T("rules.execution"), ruleValue(p, r.Execution, "rules.points")}}}
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
			group.Facts = append(group.Facts, pageFact{p.T("rules.stale_after"),
				strconv.Itoa(r.StaleAfter) + " " + p.T("rules.months")},
				pageFact{p.T("rules.due_day"), p.T("rules.due_day_value", r.DueDay)})
			group.Facts = append(group.Facts, pageFact{p.T("rules.explain"), p.T("rules.explain." + string(r.Explain))})
		case "rules.group.scoring":
			group.Facts = append(group.Facts, pageFact{p.T("rules.ceiling"), p.T("rules.ceiling." + string(r.Ceiling))},
				pageFact{p.T("rules.grouped"), p.T("rules.grouped." + groupedKey(r))},
				pageFact{p.T("rules.forms"), r.YearForms().Name})
		}
		out = append(out, group)
	}
	caps, alarms := rulesGroup{Name: p.T("rules.group.caps")}, rulesGroup{Name: p.T("rules.group.alarms")}
	for _, c := range r.Caps {
		caps.Facts = append(caps.Facts, pageFact{p.T("rules.cap", c.Below.Amount()),
			p.T("rules.cap_value", c.AtMost.Amount())})
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
		return p.Share(x)
	}
	return p.Number(x.Amount(), 2) + " " + p.T(measure)
}

func newRulesForm(pc Context, path string, r kpi.RuleSet, in RulesInput) *Form {
	p := pc.Printer
	f := pc.form("rules", path, p.T("rules.change"), p.T("rules.submit")).wide().keeping("f-", in.Typed)
	f.group(p.T("rules.group.name"), "", f.field("name", "rules.name", r.Name),
		f.field("place", "rules.place", r.Place).optional())
	points := []*Field{f.field("execution", "rules.execution", Number(r.Execution.Amount())).measured(p.T("rules.points"))}
	for _, h := range kpi.Headings {
		points = append(points, f.field(string(h), "heading."+string(h), Number(r.Points(h).Amount())).
			measured(p.T("rules.points")))
	}
	f.group(p.T("rules.group.points"), "", points...)
	var categories []*Field
	for _, c := range kpi.Categories {
		h, _ := r.HeadingOf(c)
		categories = append(categories, f.field("category_"+string(c), "category."+string(c), string(h)).
			choice(texts(kpi.Headings), named(p, "heading.", kpi.Headings)))
	}
	f.group(p.T("rules.group.categories"), "", categories...)
	for _, g := range RuleGroups {
		var fields []*Field
		for _, n := range g.Numbers {
			measure := n.measure
			if measure != "%" {
				measure = p.T(measure)
			}
			fields = append(fields, f.field(n.Name, "rules."+n.Name, Number(n.At(&r).Amount())).measured(measure))
		}
		switch g.legend {
		case "rules.group.lights":
			fields = append(fields, f.field("stale_after", "rules.stale_after", strconv.Itoa(r.StaleAfter)).
				measured(p.T("rules.months")),
				f.field("due_day", "rules.due_day", strconv.Itoa(r.DueDay)).measured(p.T("rules.day")),
				f.field("explain", "rules.explain", string(r.Explain)).
					choice(texts(kpi.ExplainRules), named(p, "rules.explain.", kpi.ExplainRules)))
		case "rules.group.scoring":
			rules := []kpi.CeilingRule{kpi.CeilingLinear, kpi.CeilingQuotient}
			fields = append(fields, f.field("ceiling", "rules.ceiling", string(r.Ceiling)).
				choice(texts(rules), named(p, "rules.ceiling.", rules)).wide(),
				f.field("grouped", "rules.grouped", groupedKey(r)).
					choice(groupings, named(p, "rules.grouped.", groupings)), formsField(f, r))
		}
		f.group(p.T(g.legend), "", fields...)
	}
	f.group(p.T("rules.group.caps"), p.T("rules.caps_hint"), capFields(f, r)...)
	f.group(p.T("rules.group.alarms"), "", alarmFields(f, r)...)
	f.add(f.field("reason", "rules.reason", "").note())
	f.refuse(in.Refusal)
	return f
}

func capFields(f *Form, r kpi.RuleSet) []*Field {
	var out []*Field
	for i := range max(ruleRows, len(r.Caps)) {
		below, most := "", ""
		if i < len(r.Caps) {
			below, most = Number(r.Caps[i].Below.Amount()), Number(r.Caps[i].AtMost.Amount())
		}
		out = append(out, f.field(Nth("cap_below", i), "rules.cap_below", below, i+1).measured("%").optional(),
			f.field(Nth("cap_at_most", i), "rules.cap_at_most", most, i+1).measured(f.printer.T("rules.points")).optional())
	}
	return out
}

func alarmFields(f *Form, r kpi.RuleSet) []*Field {
	var out []*Field
	for i := range max(ruleRows, len(r.Alarms)) {
		month, below := "", ""
		if i < len(r.Alarms) {
			month, below = strconv.Itoa(r.Alarms[i].Month), Number(r.Alarms[i].Below.Amount())
		}
		out = append(out, f.field(Nth("alarm_month", i), "rules.alarm_month", month, i+1).
			measured(f.printer.T("col.month")).optional(),
			f.field(Nth("alarm_below", i), "rules.alarm_below", below, i+1).measured("%").optional())
	}
	return out
}

// PresetNamed returns a shipped rule set, or nil if there is none of that name.
func PresetNamed(name string) *kpi.RuleSet {
	if r, ok := kpi.ShippedRules[name]; ok {
		r.Alarms = slices.Clone(r.Alarms)
		return &r
	}
	return nil
}

// formsField offers the shipped forms and, where the year has others, those. Each choice holds the forms whole.
func formsField(f *Form, r kpi.RuleSet) *Field {
	now := r.YearForms()
	offered := []kpi.Forms{kpi.MinistryForms, kpi.HunanForms}
	if !slices.ContainsFunc(offered, func(x kpi.Forms) bool { return formsText(x) == formsText(now) }) {
		offered = append(offered, now)
	}
	var values, texts []string
	for _, x := range offered {
		values, texts = append(values, formsText(x)), append(texts, x.Name)
	}
	return f.field("forms", "rules.forms", formsText(now)).choice(values, texts)
}

// formsText is a year's forms as a field of a form holds them: the name of shipped ones, or else all of them as JSON.
func formsText(x kpi.Forms) string {
	body, err := json.Marshal(x)
	for key, shipped := range kpi.ShippedForms {
		if same, e := json.Marshal(shipped); err == nil && e == nil && string(same) == string(body) {
			return key
		}
	}
	return string(body)
}

// FormsOf reads what formsText wrote; ok is false if it cannot be read.
func FormsOf(text string) (x kpi.Forms, ok bool) {
	if text == "" {
		return x, true
	}
	if shipped, ok := kpi.ShippedForms[text]; ok {
		return shipped, true
	}
	return x, json.Unmarshal([]byte(text), &x) == nil
}

// groupings are the two ways in which papers print large numbers.
var groupings = []string{"no", "yes"}

func groupedKey(r kpi.RuleSet) string {
	if r.Grouped {
		return groupings[1]
	}
	return groupings[0]
}
