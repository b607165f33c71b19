package page

import (
	"slices"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// outlookPage shows the office's outlook on a month's indicators: whether the target can be reached,
// and if not, why. It goes into the monitoring table.
type outlookPage struct {
	Layout
	Tabs   []layoutLink
	AsOf   string
	Unsaid string // how many indicators with a target have no outlook
	Table  layoutLink
	Areas  []outlookArea
	Form   *outlookForm
}

type outlookArea struct {
	ID, Name string
	Rows     []outlookRow
}

type outlookRow struct {
	ID, Name, Href           string
	Target, Value, Projected string
	Light                    lightView
	Said, Causes, Reason     string
	Edit                     string // where to edit it; "" for those who may not
}

// outlookForm edits the outlook on one indicator.
type outlookForm struct {
	mistakes
	ID, Title, Action, CSRF             string
	Indicator, Month                    string
	Possibility, Causes, Reason, Remark Field
}

// OutlookInput is the input of the page besides the view.
type OutlookInput struct {
	Code    string // indicator being edited; "" for no form
	Month   kpi.Period
	Said    *kpi.Outlook // as it was sent
	Refusal *kpi.Error
}

func NewOutlook(pc Context, v app.OutlookView, in OutlookInput) outlookPage {
	p, year := pc.Printer, v.Board.Year.Year
	page := outlookPage{Tabs: pc.reportTabs("forms"),
		Layout: NewLayout(pc, p.T("outlook.title", p.Month(pc.AsOf.Month)), partReport, OutlookPath(year)),
		AsOf:   p.AsOf(pc.AsOf), Table: layoutLink{Href: pc.paperAt(reportPath(year), "monitoring"),
			Text: p.T("outlook.table")}}
	unsaid := 0
	for _, a := range v.Board.Areas {
		area := outlookArea{ID: "area-" + a.Area.Code, Name: p.Name(a.Area.Name, a.Area.NameEn)}
		for _, f := range a.Figures {
			if f.Target == nil {
				continue
			}
			if v.Outlooks[f.Indicator.ID].Possibility == "" {
				unsaid++
			}
			area.Rows = append(area.Rows, newOutlookRow(pc, v, f))
			if f.Indicator.Code == in.Code && (v.MaySet || in.Refusal != nil) {
				page.Form = newOutlookForm(pc, v, f, in)
			}
		}
		if len(area.Rows) > 0 {
			page.Areas = append(page.Areas, area)
		}
	}
	if unsaid > 0 {
		page.Unsaid = p.T("outlook.unsaid", unsaid)
	}
	return page
}

func newOutlookRow(pc Context, v app.OutlookView, f progress.Figure) outlookRow {
	p, ind, said := pc.Printer, f.Indicator, v.Outlooks[f.Indicator.ID]
	shown := pc.indicatorFigure(f)
	row := outlookRow{ID: "line-" + ind.Code, Name: shown.Name, Href: shown.Href, Light: shown.Light, Reason: said.Reason,
		Target: goalText(p, &f), Value: valueText(p, &f),
		Projected: p.T("report.dash")}
	if !f.Achievement.Ok() {
		row.Value = p.T("report.no_value")
	}
	if f.Forecast.Ok() {
		row.Projected = p.Bounded(f.Bound, p.Quantity(ind, kpi.Exactly(f.Forecast.Value)))
	}
	if e, ok := v.Expected[ind.ID]; ok {
		row.Projected = p.Quantity(ind, e.Quantity)
	}
	if said.Possibility != "" {
		row.Said = p.T("possibility." + string(said.Possibility))
	}
	var causes []string
	for _, c := range said.Causes {
		causes = append(causes, p.T("cause."+string(c)))
	}
	if row.Reason == "" {
		row.Reason = v.Board.Said[ind.ID].Reason
	}
	row.Causes = strings.Join(causes, p.T("outlook.comma"))
	if v.MaySet {
		row.Edit = WithQuery(pc.at(OutlookPath(pc.Year.Year), pc.Unit, pc.AsOf.Period), "line", ind.Code) + "#outlook"
	}
	return row
}

func newOutlookForm(pc Context, v app.OutlookView, f progress.Figure, in OutlookInput) *outlookForm {
	p, said := pc.Printer, v.Outlooks[f.Indicator.ID]
	if in.Said != nil {
		said = *in.Said
	}
	form := &outlookForm{ID: "outlook", Title: p.Name(f.Indicator.Name, f.Indicator.NameEn),
		Action: OutlookPath(pc.Year.Year), CSRF: pc.CSRF, Indicator: f.Indicator.Code, Month: pc.AsOf.Period.String(),
		Possibility: Field{ID: "f-possibility", Name: "possibility", Label: p.T("report.monitoring.possibility")},
		Causes:      Field{ID: "f-causes", Name: "causes", Label: p.T("report.monitoring.cause")},
		Reason: Field{ID: "f-reason", Name: "reason", Label: p.T("outlook.reason"), Hint: p.T("outlook.reason_hint"),
			Value: said.Reason, Optional: true},
		Remark: Field{ID: "f-remark", Name: "remark", Label: p.T("report.column.remark"), Value: said.Remark, Optional: true}}
	for _, x := range kpi.Possibilities {
		form.Possibility.Options = append(form.Possibility.Options,
			formOption{Value: string(x), Text: p.T("possibility." + string(x)), Selected: x == said.Possibility})
	}
	for _, c := range kpi.Causes {
		form.Causes.Options = append(form.Causes.Options,
			formOption{Value: string(c), Text: p.T("cause." + string(c)), Selected: slices.Contains(said.Causes, c)})
	}
	form.tell(p, in.Refusal, form.ID, &form.Possibility, &form.Causes, &form.Reason, &form.Remark)
	return form
}

func OutlookPath(y kpi.Year) string { return reportPath(y) + "/monitoring" }
