package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// entriesPage lists the entries behind a figure: of one indicator at a unit and below it, in a month
// or the year, with their evidence.
type entriesPage struct {
	Layout
	Crumbs  []layoutLink
	Name    string
	Meta    string
	Months  []layoutLink // the same for the year and each month
	Entries []logRow
	Older   string // where the older ones are; "" when these are all
	Empty   string
}

// NewEntries builds the page; month is nil for the year.
func NewEntries(pc Context, v app.EntriesView, month *kpi.Period) entriesPage {
	p, ind := pc.Printer, v.Indicator
	page := entriesPage{Name: p.Name(ind.Name, ind.NameEn), Crumbs: []layoutLink{pc.boardCrumb(), pc.indicatorLink(ind)},
		Entries: newLogRows(pc, v.Entries, v.MayLog), Empty: p.T("entries.empty")}
	page.Meta = p.Name(pc.Unit.Name, pc.Unit.NameEn) + " · " + p.T("page.year", int(pc.Year.Year))
	page.Layout = NewLayout(pc, p.T("entries.title", page.Name), partBoard, "")
	shown := kpi.Period{}
	if month != nil {
		shown, page.Empty = *month, p.T("entries.empty_month")
		page.Meta += " · " + p.Month(shown.Month)
	}
	page.Months = append(page.Months, layoutLink{pc.entriesPath(ind.Code, pc.Unit, kpi.Period{}),
		p.T("entries.year"), month == nil})
	for m := 1; m <= kpi.AsOfToday(pc.Year.Year, pc.Today).Month; m++ {
		at := kpi.Period{Year: pc.Year.Year, Month: m}
		page.Months = append(page.Months, layoutLink{pc.entriesPath(ind.Code, pc.Unit, at), p.Month(m), at == shown})
	}
	if v.More {
		page.Older = WithQuery(pc.entriesPath(ind.Code, pc.Unit, shown), "before", page.Entries[len(page.Entries)-1].ID)
	}
	return page
}

// LogTable is the entries as a table.
func (page entriesPage) LogTable() logTable { return logTable{Rows: page.Entries} }
