package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// explanationView says why a figure lags and what is being done about it.
type explanationView struct {
	Reason, Next string
	Planned      string // "" if no day was set
	Meta         string // for which month, by whom and when
}

func newExplanationView(pc Context, e kpi.Explanation) explanationView {
	p := pc.Printer
	out := explanationView{Reason: e.Reason, Next: e.Next,
		Meta: p.T("explanation.meta", p.Month(e.Month.Month), e.Author, p.Time(e.SetAt, pc.zone()))}
	if e.Planned != "" {
		out.Planned = p.T("explanation.planned_by", p.Day(e.Planned))
	}
	return out
}

// indicatorExplanation is the part of an indicator's page for the reason and next step.
type indicatorExplanation struct {
	Latest *explanationView
	Wanted string // a sentence if the rules require an explanation and there is none
	Old    []explanationView
	Form   *Form  // nil for those who may not explain
	Open   bool   // whether the form is shown open, because it is needed now
	Ask    string // text of the link that opens the form
}

// NewIndicatorExplanation returns nil if there is nothing to show: the figure is not late, has no
// explanation, and the form would be in the way.
func NewIndicatorExplanation(pc Context, v app.IndicatorView, in IndicatorForms) *indicatorExplanation {
	p := pc.Printer
	var out indicatorExplanation
	for _, e := range v.Said {
		view := newExplanationView(pc, e)
		if out.Latest == nil && e.Month.Month <= v.Figure.AsOf.Month {
			out.Latest = &view
			continue
		}
		out.Old = append(out.Old, view)
	}
	late := v.Figure.Light.Late()
	if !late && len(v.Said) == 0 && in.ExplainedWrong == nil {
		return nil
	}
	if v.Rules.MustExplain(v.Figure.Light) && out.Latest == nil {
		out.Wanted = p.T("explanation.wanted", p.T("light."+string(v.Figure.Light)))
	}
	if !v.MayLog && in.ExplainedWrong == nil {
		return &out
	}
	out.Ask, out.Open = p.T("explanation.change"), in.ExplainedWrong != nil
	if out.Latest == nil {
		out.Ask, out.Open = p.T("explanation.ask"), true
	}
	out.Form = newExplanationForm(pc, v, in)
	return &out
}

func newExplanationForm(pc Context, v app.IndicatorView, in IndicatorForms) *Form {
	p := pc.Printer
	at := pc.at(IndicatorPath(v.Year.Year, v.Figure.Indicator.Code), v.Unit, v.Figure.AsOf.Period)
	f := pc.form("explaining", explanationPath(at), p.T("explanation.form", p.Month(v.Figure.AsOf.Month)),
		p.T("explanation.submit")).
		wide().keeping("f-", in.Explained)
	f.hide("key", in.Key)
	f.hide("unit", v.Unit.Code)
	f.hide("month", v.Figure.AsOf.Period.String())
	f.add(f.field("reason", "explanation.reason", "").note(), f.field("next", "explanation.next", "").note(),
		f.field("planned", "explanation.planned", "").day().optional())
	f.refuse(in.ExplainedWrong)
	return f
}
