package page

import (
	"net/url"
	"slices"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// forwardPage opens a new year from an old one.
type forwardPage struct {
	Layout
	Crumbs  []layoutLink
	Hint    string
	From    string
	Prefill []layoutLink // the same page with targets to begin from
	Areas   []forwardArea
	Form    fieldForm
	Close   *forwardClose // nil for those who may not close the old year
}

type forwardArea struct {
	ID, Name string
	Rows     []forwardRow
}

// forwardRow is one indicator: what was wanted and reached, and what is wanted next.
type forwardRow struct {
	Code, Name, About, Target, Achieved, Rate string
	Taken                                     bool
	Level                                     *inputField // for judgements
	Sign, Value, Weight                       *inputField
	Measure                                   string
}

type forwardClose struct {
	Label   string
	Checked bool
	Reason  *inputField
}

func NewForward(pc Context, v app.ForwardView, prefill string, typed url.Values, refusal *kpi.Error) forwardPage {
	p, from := pc.Printer, v.From.Year
	path := PlanPath(from) + "/forward"
	page := forwardPage{Layout: NewLayout(pc, p.T("forward.title"), partPlan, ""), Hint: p.T("forward.hint", int(from)),
		Crumbs: []layoutLink{{Href: PlanPath(from), Text: p.T("nav.plan")}}, From: p.T("page.year", int(from)),
		Prefill: []layoutLink{{Href: path, Text: p.T("forward.blank"), Current: prefill == ""},
			{Href: path + "?prefill=target", Text: p.T("forward.prefill_target", int(from)), Current: prefill == "target"},
			{Href: path + "?prefill=achievement", Text: p.T("forward.prefill_achievement", int(from)), Current: prefill == "achievement"}}}
	m := fieldMaker{p: p, prefix: "n-", typed: typed}
	year := m.add("text", "year", "forward.year", strconv.Itoa(int(v.Year)))
	year.Mode = "numeric"
	m.add("text", "document", "target.document", "").Optional = true
	m.add("text", "issuer", "target.issuer", "").Optional = true
	m.add("date", "dated", "target.dated", "").Optional = true
	common := m.fields
	var all []*inputField
	for _, a := range append(v.Areas[:len(v.Areas):len(v.Areas)], kpi.Area{}) {
		area := forwardArea{ID: "area-" + a.Code, Name: p.Name(a.Name, a.NameEn)}
		if a.ID == 0 {
			area.ID, area.Name = "area-none", p.T("board.no_area")
		}
		for _, row := range v.Rows {
			if row.Indicator.Area == a.ID {
				out := newForwardRow(pc, row, prefill, typed)
				area.Rows = append(area.Rows, out)
				for _, f := range []*inputField{out.Level, out.Sign, out.Value, out.Weight} {
					if f != nil {
						all = append(all, f)
					}
				}
			}
		}
		if len(area.Rows) > 0 {
			page.Areas = append(page.Areas, area)
		}
	}
	if v.MayClose {
		reason := fieldMaker{p: p, prefix: "n-", typed: typed}
		page.Close = &forwardClose{Label: p.T("forward.close", int(from)), Checked: typed.Get("close") != "",
			Reason: reason.add("text", "close_reason", "forward.close_reason", p.T("forward.close_reason_kept", int(from)))}
		all = append(all, page.Close.Reason)
	}
	page.Form = fieldForm{ID: "forward", CSRF: pc.CSRF, Action: path, Submit: p.T("forward.submit"), Fields: append(common[:len(common):len(common)], all...)}
	page.Form.refuse(p, refusal)
	page.Form.Fields = common
	return page
}

func newForwardRow(pc Context, row app.ForwardRow, prefill string, typed url.Values) forwardRow {
	p, ind, code := pc.Printer, row.Indicator, row.Indicator.Code
	out := forwardRow{Code: code, Name: p.Name(ind.Name, ind.NameEn), About: planAbout(p, ind), Taken: true, Measure: p.Measure(ind.Measure)}
	if typed != nil {
		out.Taken = slices.Contains(typed["take"], code)
	}
	sign, value, weight, level := kpi.AtLeastSign, "", "", ""
	if ind.Direction == kpi.Down {
		sign = kpi.AtMostSign
	}
	if t := row.Target; t != nil {
		out.Target, sign = targetText(p, ind, *t), t.Sign
		if t.Weight != 0 {
			weight = t.Weight.Amount().String()
		}
		if prefill == "target" {
			value, level = t.Amount.String(), string(t.Level)
		}
	}
	if f := row.Figure; f.Achievement.Ok() {
		out.Achieved = p.Value(ind, f.Achievement.Value)
		if f.Completion.Ok() {
			out.Rate = p.Percent(f.Completion.Value)
		}
		if prefill == "achievement" {
			value, level = f.Achievement.Value.Amount.Round(ind.Decimals).String(), string(f.Level())
		}
	}
	m := fieldMaker{p: p, prefix: "n-", typed: typed}
	if ind.Kind == kpi.Level {
		levels := append([]kpi.LevelValue{""}, kpi.Levels...)
		out.Level = m.choose("select", "level."+code, "target.level", level, texts(levels), named(p, "level.", levels))
	} else {
		signs := kpi.Signs[:len(kpi.Signs)-1]
		out.Sign = m.choose("select", "sign."+code, "target.sign", string(sign), texts(signs), []string{"≥", "＞", "＝", "≤", "＜"})
		out.Value = m.add("text", "value."+code, "forward.value", value)
	}
	out.Weight = m.add("text", "weight."+code, "target.weight", weight)
	for _, f := range m.fields {
		f.Label, f.Hint = p.T("forward.field_of", f.Label, out.Name), ""
	}
	return out
}
