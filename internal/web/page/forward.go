package page

import (
	"net/url"
	"slices"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// forwardPage creates a new year from an old one.
type forwardPage struct {
	Layout
	Crumbs  []layoutLink
	Hint    string
	From    string
	Prefill []layoutLink // the same page with targets filled in
	Areas   []forwardArea
	Form    *Form
	Close   *forwardClose // nil for those who may not close the old year
}

type forwardArea struct {
	ID, Name string
	Rows     []forwardRow
}

// forwardRow is an indicator: its target and achievement, and the new target.
type forwardRow struct {
	Code, Name, About, Target, Achieved, Rate string
	Taken                                     bool
	Level                                     *Field // for judgements
	Sign, Value, Weight                       *Field
	Measure                                   string
}

type forwardClose struct {
	Label   string
	Checked bool
	Reason  *Field
}

func NewForward(pc Context, v app.ForwardView, prefill string, typed url.Values, refusal *kpi.Error) forwardPage {
	p, from := pc.Printer, v.From.Year
	path := PlanPath(from) + "/forward"
	page := forwardPage{Layout: NewLayout(pc, p.T("forward.title"), partPlan, ""), Hint: p.T("forward.hint", int(from)),
		Crumbs: []layoutLink{{Href: PlanPath(from), Text: p.T("nav.plan")}}, From: p.T("page.year", int(from)),
		Prefill: []layoutLink{{Href: path, Text: p.T("forward.blank"), Current: prefill == ""},
			{Href: path + "?prefill=target", Text: p.T("forward.prefill_target", int(from)), Current: prefill == "target"},
			{Href: path + "?prefill=achievement", Text: p.T("forward.prefill_achievement", int(from)),
				Current: prefill == "achievement"}}}
	f := pc.form("forward", path, "", p.T("forward.submit")).keeping("n-", typed)
	year := f.field("year", "forward.year", strconv.Itoa(int(v.Year)))
	year.Mode = "numeric"
	f.add(year)
	f.addDocument()
	for _, a := range append(v.Areas[:len(v.Areas):len(v.Areas)], kpi.Area{}) {
		area := forwardArea{ID: "area-" + a.Code, Name: p.Name(a.Name, a.NameEn)}
		if a.ID == 0 {
			area.ID, area.Name = "area-none", p.T("board.no_area")
		}
		for _, row := range v.Rows {
			if row.Indicator.Area == a.ID {
				area.Rows = append(area.Rows, newForwardRow(f, row, prefill))
			}
		}
		if len(area.Rows) > 0 {
			page.Areas = append(page.Areas, area)
		}
	}
	if v.MayClose {
		page.Close = &forwardClose{Label: p.T("forward.close", int(from)), Checked: typed.Get("close") != "",
			Reason: f.field("close_reason", "forward.close_reason", p.T("forward.close_reason_kept", int(from)))}
	}
	f.refuse(refusal)
	page.Form = f
	return page
}

func newForwardRow(f *Form, row app.ForwardRow, prefill string) forwardRow {
	p, ind, code := f.printer, row.Indicator, row.Indicator.Code
	out := forwardRow{Code: code, Name: p.Name(ind.Name, ind.NameEn), About: planAbout(p, ind), Taken: true,
		Measure: p.Measure(ind.Measure)}
	if f.typed != nil {
		out.Taken = slices.Contains(f.typed["take"], code)
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
	if figure := row.Figure; figure.Achievement.Ok() {
		out.Achieved = p.Value(ind, figure.Achievement.Value)
		if rate := figure.Rate(); rate.Ok() {
			out.Rate = p.Percent(rate.Value)
		}
		if prefill == "achievement" {
			value, level = figure.Achievement.Value.Amount.Round(ind.Decimals).String(), string(figure.Level())
		}
	}
	beside := func(name, key, kept string) *Field {
		return f.labelled(name+"."+code, p.T("forward.field_of", p.T(key), out.Name), kept)
	}
	if ind.Kind == kpi.Level {
		levels := append([]kpi.LevelValue{""}, kpi.Levels...)
		out.Level = beside("level", "target.level", level).choice(texts(levels), named(p, "level.", levels))
	} else {
		signs := kpi.Signs[:len(kpi.Signs)-1]
		out.Sign = beside("sign", "target.sign", string(sign)).choice(texts(signs), []string{"≥", "＞", "＝", "≤", "＜"})
		out.Value = beside("value", "forward.value", value)
	}
	out.Weight = beside("weight", "target.weight", weight)
	return out
}
