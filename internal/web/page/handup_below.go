package page

import (
	"fmt"
	"net/url"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/handup"
	"dabiao/internal/kpi"
)

// BelowPath is the address of what the offices below hand up in a year.
func BelowPath(y kpi.Year) string { return yearPath(y, "below") }

// PackagePath is the address of a package that came from below.
func PackagePath(id kpi.PackageID) string { return fmt.Sprintf("/packages/%d", id) }

// belowPage lists the offices below and what they have handed up.
type belowPage struct {
	Layout
	Hint       string
	Sentence   string
	Dictionary string // its address
	MayTake    bool
	Action     string
	File       Field
	Refused    []string // files that were not packages, each with the reason
	Failed     string
	Waiting    []waitingRow
	TakeAll    string // address; "" where nothing can be taken without an answer
	TakeCount  string
	Units      []belowRow
	Reporting  []belowCheck
	SetUnits   string
}

// waitingRow is a package that waits to be looked at.
type waitingRow struct {
	Href, Unit, Version, Months, Changes, Said string
	Problem                                    bool
}

// belowRow is an office below.
type belowRow struct {
	Name, Href, Through, Latest, LatestHref, When, Count, Key string
	Has                                                       bool
}

type belowCheck struct {
	ID, Value, Text string
	Checked         bool
}

// BelowInput is the input of the page besides the view.
type BelowInput struct {
	HandedUp  app.HandedUp
	Reporting []app.ReportingUnit
	Refused   []FileRefusal
	Failed    *kpi.Error
}

// FileRefusal is a file that was not taken, and why.
type FileRefusal struct {
	Name    string
	Refusal *kpi.Error
}

// NewBelow returns the page.
func NewBelow(pc Context, v app.PackagesBelow, in BelowInput) belowPage {
	p, y := pc.Printer, v.Year.Year
	page := belowPage{Layout: NewLayout(pc, p.T("below.title", int(y)), partReport, ""), Hint: p.T("below.hint"),
		Dictionary: BelowPath(y) + "/dictionary.json", MayTake: v.MayTake, Action: BelowPath(y) + "/packages",
		File:     Field{ID: "f-file", Name: "file", Label: p.T("below.file"), Hint: p.T("below.file_hint")},
		Sentence: HandedUpSentence(pc, in.HandedUp), SetUnits: BelowPath(y) + "/units"}
	for _, r := range in.Refused {
		page.Refused = append(page.Refused, p.T("below.refused", r.Name, firstSentence(r.Refusal)))
	}
	if in.Failed != nil {
		page.Failed = p.Text(in.Failed.Text)
	}
	ready := 0
	for _, plan := range v.Waiting {
		row := newWaitingRow(pc, plan)
		if page.Waiting = append(page.Waiting, row); !row.Problem {
			ready++
		}
	}
	if ready > 0 {
		page.TakeAll, page.TakeCount = BelowPath(y)+"/take", p.T("below.take_all", ready)
	}
	for _, u := range v.Units {
		page.Units = append(page.Units, newBelowRow(pc, u, v))
	}
	for _, u := range in.Reporting {
		page.Reporting = append(page.Reporting, belowCheck{"u-" + u.Code, u.Code, p.Name(u.Name, u.NameEn), u.Reports})
	}
	return page
}

// firstSentence is what a refusal says about its first field, or as a whole.
func firstSentence(e *kpi.Error) kpi.Text {
	if len(e.Fields) > 0 {
		return e.Fields[0].Text
	}
	return e.Text
}

func newWaitingRow(pc Context, plan app.PackagePlan) waitingRow {
	p := pc.Printer
	row := waitingRow{Href: PackagePath(plan.Taken.ID), Unit: p.Name(plan.Unit.Name, plan.Unit.NameEn),
		Version: p.T("handup.version", plan.Taken.Number), Months: monthsSaid(pc, plan.Taken.First, plan.Taken.Last),
		Changes: p.T("below.changes", len(plan.Changes)), Said: p.T("below.ready")}
	switch {
	case len(plan.Refused) > 0:
		row.Said, row.Problem = p.Text(plan.Refused[0]), true
	case len(plan.Questions) > 0:
		row.Said, row.Problem = p.Text(plan.Questions[0].Text), true
	}
	return row
}

func newBelowRow(pc Context, u app.UnitPackages, v app.PackagesBelow) belowRow {
	p := pc.Printer
	row := belowRow{Name: p.Name(u.Name, u.NameEn), Href: pc.at(BoardPath(v.Year.Year), u.Unit, kpi.Period{}), Has: u.Has,
		Through: p.T("below.nothing"), Key: u.Key, Count: p.T("below.versions", len(u.Packages))}
	if u.Through > 0 {
		row.Through = p.T("below.through", p.Month(u.Through))
		if u.Pending {
			row.Through = p.T("below.through_pending", p.Month(u.Through))
		}
	}
	for _, t := range u.Packages {
		if t.State == kpi.PackageTaken {
			row.Latest, row.LatestHref = p.T("handup.version", t.Number), PackagePath(t.ID)
			row.When = p.Time(t.DecidedAt, pc.zone())
			break
		}
	}
	return row
}

// namedMissing is how many offices that have not handed up a sentence names; the page has a row for each.
const namedMissing = 6

// HandedUpSentence says how many offices have handed up the month, and which have not; "" if none has to.
func HandedUpSentence(pc Context, h app.HandedUp) string {
	p := pc.Printer
	if h.Units == 0 {
		return ""
	}
	pending := ""
	if len(h.Pending) > 0 {
		pending = p.T("below.pending", namedUnits(pc, h.Pending))
	}
	if len(h.Missing) == 0 {
		return p.T("below.all", h.Units, p.Month(h.Month.Month)) + pending
	}
	var missing []kpi.Unit
	for _, m := range h.Missing {
		missing = append(missing, m.Unit)
	}
	when := p.T("below.due", p.Day(h.Due))
	if late := h.DaysLate(); late > 0 {
		when = p.T("below.late", late)
	}
	return p.T("below.some", h.Units, p.Month(h.Month.Month), h.Units-len(h.Missing),
		namedUnits(pc, missing), when) + pending
}

// namedUnits names units, and of many only the first.
func namedUnits(pc Context, units []kpi.Unit) string {
	var names []string
	for i, u := range units {
		if i == namedMissing && len(units) > namedMissing+1 {
			names = append(names, pc.Printer.T("below.and_others", len(units)-i))
			break
		}
		names = append(names, pc.Printer.Name(u.Name, u.NameEn))
	}
	return strings.Join(names, pc.Printer.T("handup.and"))
}

// packagePage shows a package from below: what it says against what was handed up before.
type packagePage struct {
	Layout
	Crumbs   []layoutLink
	Facts    []pageFact
	State    string
	Failed   string
	Errors   []string
	Refused  []string
	Compare  []layoutLink
	Against  string // what it is compared with
	Changes  []packageChange
	News     []packageChange // figures where there were none before
	NewsSaid string
	None     string
	Figures  []packageFigure
	Silent   string
	Take     *packageTake
	Decline  string
	File     string
}

// packageTake is the form that takes a package in.
type packageTake struct {
	Action    string
	Questions []packageQuestion
}

type packageQuestion struct {
	Name, Label string
	Texts       []string     // of one kind: they are answered together
	Options     []formOption // of several answers; none: a box to tick
	Checked     bool
}

// packageChange is a figure that differs.
type packageChange struct {
	Name, Href, Month, Before, After, Difference, When string
}

// packageFigure is an indicator of the package.
type packageFigure struct {
	Name, Href, Own, Months, Value, Entries string
}

// PackageInput is the input of the page besides the view.
type PackageInput struct {
	Typed   url.Values
	Refusal *kpi.Error
}

// NewPackagePage returns the page.
func NewPackagePage(pc Context, v app.PackageView, in PackageInput) packagePage {
	p, t, c := pc.Printer, v.Taken, v.Content
	unit := p.Name(v.Unit.Name, v.Unit.NameEn)
	page := packagePage{Layout: NewLayout(pc, p.T("package.title", unit, t.Number), partReport, ""),
		Crumbs: []layoutLink{{Href: BelowPath(t.Year), Text: p.T("below.title", int(t.Year))}},
		State:  p.T("package.state." + string(t.State)), File: PackagePath(t.ID) + "/file.zip",
		Facts: packageFacts(pc, v)}
	if in.Refusal != nil {
		page.Failed = p.Text(in.Refusal.Text)
		for _, f := range in.Refusal.Fields {
			page.Errors = append(page.Errors, p.Text(f.Text))
		}
	}
	for _, text := range v.Refused {
		page.Refused = append(page.Refused, p.Text(text))
	}
	page.fillCompare(pc, v)
	for _, x := range v.Changes {
		if x.Before.Ok {
			page.Changes = append(page.Changes, newPackageChange(pc, t.ID, x))
		} else {
			page.News = append(page.News, newPackageChange(pc, t.ID, x))
		}
	}
	if len(v.Changes) == 0 {
		page.None = p.T("package.no_changes")
	}
	page.NewsSaid = p.T("package.news", len(page.News))
	for _, f := range c.Figures {
		page.Figures = append(page.Figures, newPackageFigure(pc, t.ID, f))
	}
	var silent []string
	for _, n := range v.Silent {
		silent = append(silent, p.Name(n.Name, n.NameEn))
	}
	if len(silent) > 0 {
		page.Silent = p.T("package.silent", strings.Join(silent, p.T("handup.and")))
	}
	if t.State == kpi.PackageWaiting && pc.Actor.MayTakeIn() == nil {
		page.Decline = PackagePath(t.ID) + "/decline"
		if len(v.Refused) == 0 {
			page.Take = newPackageTake(pc, v, in)
		}
	}
	return page
}

func packageFacts(pc Context, v app.PackageView) []pageFact {
	p, t, c := pc.Printer, v.Taken, v.Content
	facts := []pageFact{
		{p.T("package.from"), p.Name(c.Office.Name, c.Office.NameEn)},
		{p.T("package.covers"), p.T("page.year", int(t.Year)) + " " + monthsSaid(pc, t.First, t.Last)},
		{p.T("package.as_of"), p.Date(c.AsOf)},
		{p.T("package.came"), p.T("handup.made_by", p.Time(t.At, pc.zone()), pc.person(t.By))},
		{p.T("package.key"), keyOf(t)},
		{p.T("package.hash"), t.SHA256},
	}
	if t.State != kpi.PackageWaiting {
		facts = append(facts, pageFact{p.T("package.decided." + string(t.State)),
			p.T("handup.made_by", p.Time(t.DecidedAt, pc.zone()), pc.person(t.DecidedBy))})
	}
	if s := c.Signing; s != nil {
		said := p.T("package.signed_by", s.Number, s.By, p.Date(kpi.Date(s.On)))
		facts = append(facts, pageFact{p.T("package.signed"), said})
	}
	return facts
}

func (page *packagePage) fillCompare(pc Context, v app.PackageView) {
	p := pc.Printer
	page.Against = p.T("package.against_before")
	if v.Against != nil {
		page.Against = p.T("package.against", v.Against.Number)
	}
	if len(v.Others) == 0 {
		return
	}
	before := layoutLink{PackagePath(v.Taken.ID), p.T("package.against_before"), v.Against == nil}
	page.Compare = append(page.Compare, before)
	for _, o := range v.Others {
		page.Compare = append(page.Compare, layoutLink{fmt.Sprintf("%s?against=%d", PackagePath(v.Taken.ID), o.ID),
			p.T("package.against", o.Number), v.Against != nil && v.Against.ID == o.ID})
	}
}

func newPackageTake(pc Context, v app.PackageView, in PackageInput) *packageTake {
	p := pc.Printer
	take := &packageTake{Action: PackagePath(v.Taken.ID) + "/take"}
	for _, q := range v.Questions {
		if last := len(take.Questions) - 1; last >= 0 && take.Questions[last].Name == q.Kind {
			take.Questions[last].Texts = append(take.Questions[last].Texts, p.Text(q.Text))
			continue
		}
		one := packageQuestion{Name: q.Kind, Texts: []string{p.Text(q.Text)}, Label: p.T("package.answer." + q.Kind),
			Checked: in.Typed.Get(q.Kind) != ""}
		if q.Kind == app.AskTyped {
			for _, answer := range []string{"replace", "add"} {
				is := in.Typed.Get(q.Kind) == answer
				one.Options = append(one.Options, formOption{answer, p.T("package.typed." + answer), is})
			}
		}
		take.Questions = append(take.Questions, one)
	}
	return take
}

// figureHref is the page of an indicator in a package.
func figureHref(id kpi.PackageID, code string) string {
	return PackagePath(id) + "/figures/" + url.PathEscape(code)
}

func valueSaid(pc Context, f handup.Figure, v handup.Value) string {
	switch p := pc.Printer; {
	case !v.Ok:
		return p.T("package.none")
	case v.Level != "":
		return p.T("level." + string(v.Level))
	default:
		return p.Measured(f.Measure, p.Value(f.Rules(), v.Quantity))
	}
}

func newPackageChange(pc Context, id kpi.PackageID, c handup.Change) packageChange {
	p := pc.Printer
	out := packageChange{Name: p.Name(c.Figure.Name, c.Figure.NameEn), Href: figureHref(id, c.Code),
		Month: p.Month(c.Month), Before: valueSaid(pc, c.Figure, c.Before), After: valueSaid(pc, c.Figure, c.After),
		Difference: "—"}
	if by, ok := c.Difference(); ok {
		out.Difference = p.Amount(c.Figure.Rules(), by)
		if by > 0 {
			out.Difference = "+" + out.Difference
		}
	}
	if c.DateOnly {
		out.Difference = p.T("package.date_only")
	}
	if c.Was.Version > 0 {
		out.When = p.T("package.was", c.Was.Version, p.Day(c.Was.AsOf))
	}
	return out
}

func newPackageFigure(pc Context, id kpi.PackageID, f handup.Figure) packageFigure {
	p := pc.Printer
	out := packageFigure{Name: p.Name(f.Name, f.NameEn), Href: figureHref(id, f.Code),
		Own: p.Name(f.Own.Name, f.Own.NameEn), Entries: p.T("package.entries", len(f.Entries)), Value: p.T("package.none")}
	var months []string
	var last handup.Said
	all := handup.Said{Figure: f}
	for _, m := range f.Months {
		months = append(months, p.Month(m.Month))
		last = handup.Said{Figure: f, Lines: m.Lines}
		all.Lines = append(all.Lines, m.Lines...)
	}
	if out.Months = strings.Join(months, p.T("handup.and")); f.Kind.Sums() {
		last = all
	}
	out.Value = valueSaid(pc, f, last.Value())
	return out
}

// packageFigurePage shows an indicator of a package: its months, and the entries they are made of.
type packageFigurePage struct {
	Layout
	Crumbs  []layoutLink
	Hint    string
	Months  []packageLine
	Entries []packageEntry
	More    string // how many are not listed
	None    string
}

// packageLine is a month; Href shows its entries alone.
type packageLine struct {
	Month, Value, Href string
	Current            bool
}

// maxPackageEntries is how many entries of an indicator its page lists; by month there are fewer.
const maxPackageEntries = 300

type packageEntry struct {
	ID, Date, Unit, Value, Indicator, Evidence, Href string
}

// NewPackageFigure returns the page; month is 0 for all. The bool is false if the package has no such indicator.
func NewPackageFigure(pc Context, v app.PackageView, code string, month int) (packageFigurePage, bool) {
	p, t := pc.Printer, v.Taken
	f, ok := v.Content.Figure(code)
	unit := p.Name(v.Unit.Name, v.Unit.NameEn)
	page := packageFigurePage{Layout: NewLayout(pc, p.Name(f.Name, f.NameEn), partReport, ""),
		Crumbs: []layoutLink{{Href: BelowPath(t.Year), Text: p.T("below.title", int(t.Year))},
			{Href: PackagePath(t.ID), Text: p.T("package.title", unit, t.Number)}},
		Hint: p.T("package.figure_hint", v.Content.Office.Names(), kpi.Name{Name: f.Own.Name, NameEn: f.Own.NameEn},
			f.Own.Measure)}
	if f.Own.Measure == "" { // a judgement
		own := kpi.Name{Name: f.Own.Name, NameEn: f.Own.NameEn}
		page.Hint = p.T("package.figure_hint_level", v.Content.Office.Names(), own)
	}
	for _, m := range f.Months {
		said := handup.Said{Figure: f, Lines: m.Lines}
		page.Months = append(page.Months, packageLine{p.Month(m.Month), valueSaid(pc, f, said.Value()),
			fmt.Sprintf("%s?month=%d", figureHref(t.ID, code), m.Month), m.Month == month})
	}
	for i, e := range f.Entries {
		if len(page.Entries) == maxPackageEntries {
			page.More = p.T("package.more_entries", len(f.Entries)-i)
			break
		}
		if at := e.Dated.Period().Month; month != 0 && (f.Kind.Sums() && at != month || at > month) {
			continue
		}
		own := kpi.Indicator{Kind: f.Kind, Measure: e.Measure, Decimals: kpi.Amount(e.Amount).Decimals()}
		q := kpi.Quantity{Amount: kpi.Amount(e.Amount), Precision: e.Precision, Wording: e.Wording}
		if q.Precision == "" {
			q.Precision = kpi.Exact
		}
		as := handup.Figure{Indicator: handup.Indicator{Kind: own.Kind, Measure: own.Measure, Decimals: own.Decimals}}
		row := packageEntry{ID: fmt.Sprint(e.ID), Date: p.Date(e.Dated), Unit: e.UnitName,
			Value: valueSaid(pc, as, handup.Value{Ok: true, Quantity: q, Level: e.Level})}
		if e.Indicator != f.Own.Code {
			row.Indicator = e.Indicator
		}
		if e.Evidence > 0 {
			row.Evidence = p.T("package.files", e.Evidence)
		}
		page.Entries = append(page.Entries, row)
	}
	if len(page.Entries) == 0 {
		page.None = p.T("package.no_entries")
	}
	return page, ok
}
