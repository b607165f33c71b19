package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// outlinePage shows a year's outline as a form: a row for each section and part, and the annexes.
type outlinePage struct {
	Layout
	Tabs        []layoutLink
	Action      string
	Base        string // identifies the version of the outline being edited
	MaySet      bool
	Mistakes    []string
	Name, Place string
	Begin       []layoutLink // other outlines to start from
	Rows        []outlineRow
	Annexes     []annexRow
	Areas       string // the existing areas' codes
}

// outlineRow is a section or a part of one; N numbers its fields.
type outlineRow struct {
	N                                    int
	Key, Order, Title, TitleEn, AreaList string
	Part                                 bool
	Writes                               []formOption
}

// annexRow is a paper that may follow the text.
type annexRow struct {
	Paper, Name, Order string
	Chosen             bool
}

// spareRows is the number of empty rows for new sections.
const spareRows = 3

func NewOutline(pc Context, v app.OutlineView, refusal *kpi.Error) outlinePage {
	p, year := pc.Printer, pc.Year.Year
	o := v.Input.Outline
	if len(o.Entries) == 0 {
		o = report.ShippedOutline
	}
	page := outlinePage{Layout: NewLayout(pc, p.T("outline.title"), partReport, ""), Tabs: pc.reportTabs("edit"),
		Action: OutlinePath(year), Base: v.Mark, MaySet: v.MaySet, Name: o.Name, Place: o.Place,
		Begin: []layoutLink{{Href: OutlinePath(year) + "?from=shipped", Text: p.T("outline.shipped")}}}
	for _, y := range v.Others {
		if y != year {
			page.Begin = append(page.Begin, layoutLink{Href: OutlinePath(year) + "?from=" + strconv.Itoa(int(y)),
				Text: p.T("page.year", int(y))})
		}
	}
	if refusal != nil {
		page.Mistakes = mistakesOf(pc, refusal)
	}
	for _, e := range o.Entries {
		page.row(pc, e, false)
		for _, part := range e.Parts {
			page.row(pc, part, true)
		}
	}
	for range spareRows {
		page.row(pc, report.Entry{}, false)
	}
	for _, which := range report.Papers {
		at := slices.Index(o.Annexes, which)
		row := annexRow{Paper: string(which), Name: p.T(which.TitleKey()), Chosen: at >= 0}
		if row.Chosen {
			row.Order = strconv.Itoa(at + 1)
		}
		page.Annexes = append(page.Annexes, row)
	}
	var areas []string
	for _, a := range v.Input.Board.Areas {
		areas = append(areas, a.Area.Code+" "+p.Name(a.Area.Name, a.Area.NameEn))
	}
	page.Areas = strings.Join(areas, " · ")
	return page
}

func (page *outlinePage) row(pc Context, e report.Entry, part bool) {
	n := len(page.Rows)
	row := outlineRow{N: n, Key: string(e.Key), Order: strconv.Itoa((n + 1) * 10), Part: part, Title: e.Title,
		TitleEn: e.TitleEn, AreaList: strings.Join(e.Areas, " ")}
	if e.Title == "" && e.Key != "" {
		row.Title = report.Printer("zh-CN").T("report.section." + string(e.Key))
		row.TitleEn = report.Printer("en").T("report.section." + string(e.Key))
	}
	for _, w := range report.AllWrites {
		row.Writes = append(row.Writes, formOption{Value: string(w), Text: pc.Printer.T("outline.writes." + string(w)),
			Selected: w == e.Writes})
	}
	page.Rows = append(page.Rows, row)
}

// mistakesOf returns a refusal's sentences.
func mistakesOf(pc Context, refusal *kpi.Error) []string {
	var out []string
	for _, f := range refusal.Fields {
		out = append(out, pc.Printer.Text(f.Text))
	}
	if len(out) == 0 {
		out = []string{pc.Printer.Text(refusal.Text)}
	}
	return out
}

func OutlinePath(y kpi.Year) string { return reportPath(y) + "/outline" }

// coverPage is what a year's papers say of themselves, as a form or, for those who may not change it, a list.
type coverPage struct {
	Layout
	Tabs  []layoutLink
	Form  *Form
	Lines []coverLine
}

// coverLine is what is stated; Text is — for what is not.
type coverLine struct{ Name, Text string }

func NewCover(pc Context, v app.StatedView, typed url.Values, refusal *kpi.Error) coverPage {
	p, year := pc.Printer, pc.Year.Year
	page := coverPage{Layout: NewLayout(pc, p.T("cover.page"), partReport, CoverPath(year)), Tabs: pc.reportTabs("edit")}
	f := pc.form("cover", CoverPath(year), "", p.T("cover.submit")).keeping("f-", typed)
	c := v.Input.Cover
	annex := ""
	if c.Annex > 0 {
		annex = strconv.Itoa(c.Annex)
	}
	of := func(name, kept string) *Field {
		page.Lines = append(page.Lines, coverLine{p.T("cover." + name), orDash(kept)})
		return f.field(name, "cover."+name, kept).optional()
	}
	title := of("title", c.Title).wide()
	title.Hint = p.T("cover.title_usual", v.Input.UsualTitle())
	f.add(title, of("title_en", c.TitleEn).wide(), of("document", c.Document), of("annex", annex).number(),
		of("date", string(c.Date)).day())
	f.group(p.T("cover.people"), p.T("cover.people_hint"), of("contact", c.Contact),
		of("contact_en", c.ContactEn), of("filled_by", c.FilledBy), of("filled_by_en", c.FilledByEn), of("head", c.Head),
		of("head_en", c.HeadEn), of("phone", c.Phone))
	if v.MaySet || refusal != nil {
		f.refuse(refusal)
		page.Form = f
	}
	return page
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func CoverPath(y kpi.Year) string { return reportPath(y) + "/cover" }
