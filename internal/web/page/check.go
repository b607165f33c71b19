package page

import (
	"net/url"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report/check"
)

// findingsPage lists what is wrong with a year's report, the gravest first, each with a link to where
// it can be corrected.
type findingsPage struct {
	Layout
	AsOf    string
	Summary string // number of findings by severity; "" without any
	Tabs    []layoutLink
	Groups  []checkGroup
	Action  string        // where a finding is marked; "" for those who may not
	Marked  []checkMarked // the findings that somebody found to be no fault
	Refused string        // why a mark was not kept
}

// checkGroup contains the findings of one kind.
type checkGroup struct {
	ID, Title, Severity, Word string // Severity is a CSS class, Word the word for it
	Findings                  []checkFinding
}

// checkFinding is a finding. Where is "" if the sentence says it.
type checkFinding struct {
	Text, Where, Href string
	ID                string
	Reason            Field // why it is no fault
}

// checkMarked is a finding that was marked as no fault.
type checkMarked struct{ ID, Text, Reason, By string }

// NewFindings shows a year's findings; typed is a refused mark as it was sent.
func NewFindings(pc Context, in check.Input, typed url.Values, refusal *kpi.Error) findingsPage {
	p, year := pc.Printer, in.Board.Year.Year
	page := findingsPage{Layout: NewLayout(pc, p.T("check.title"), partReport, CheckPath(year)),
		AsOf: p.AsOf(in.Board.AsOf), Tabs: pc.reportTabs("check")}
	findings := check.Report(in)
	counts := map[check.Severity]int{}
	if pc.Actor.MayCheckReport() == nil {
		page.Action = CheckPath(year)
	}
	if refusal != nil {
		page.Refused = p.Text(refusal.Text)
		for _, f := range refusal.Fields {
			page.Refused = p.Text(f.Text)
		}
	}
	for _, f := range findings {
		if m := f.Mark; m != nil {
			page.Marked = append(page.Marked, checkMarked{f.ID, p.Text(f.Text), m.Reason,
				p.T("check.marked_by", pc.person(m.Author), p.Time(m.At, pc.zone()))})
			continue
		}
		counts[f.Severity]++
		page.add(pc, f, in, typed)
	}
	if len(page.Groups) > 0 {
		page.Summary = p.T("check.summary", counts[check.SeverityError], counts[check.SeverityWarning],
			counts[check.SeverityNote])
	}
	return page
}

// add adds a finding to the group of its kind. Findings come by severity, so the groups do too.
func (page *findingsPage) add(pc Context, f check.Finding, in check.Input, typed url.Values) {
	id := string(f.Severity) + "-" + f.Code
	at := -1
	for i := range page.Groups {
		if page.Groups[i].ID == id {
			at = i
		}
	}
	if at < 0 {
		page.Groups = append(page.Groups, checkGroup{ID: id, Title: pc.Printer.T("check.code." + f.Code),
			Severity: string(f.Severity), Word: pc.Printer.T("check.severity." + string(f.Severity))})
		at = len(page.Groups) - 1
	}
	found := checkFinding{Text: pc.Printer.Text(f.Text), Href: FixPath(in.Board.Year.Year, f), ID: f.ID}
	found.Reason = Field{ID: "reason-" + f.ID[:12], Name: "reason", Label: pc.Printer.T("check.mark_reason")}
	if typed.Get("finding") == f.ID {
		found.Reason.Value = typed.Get("reason")
	}
	if f.Quote != "" && f.Section != "" { // the others name their place themselves
		found.Where = in.SectionName(f.Section)
	}
	page.Groups[at].Findings = append(page.Groups[at].Findings, found)
}

// FixPath returns the page on which a finding can be corrected.
func FixPath(y kpi.Year, f check.Finding) string {
	switch f.Fix {
	case check.FixIndicator:
		return IndicatorPath(y, f.Indicator)
	case check.FixPlan:
		return PlanPath(y)
	case check.FixScore:
		if f.Indicator != "" {
			return ScorePath(y) + "#line-" + f.Indicator
		}
		return ScorePath(y)
	case check.FixBudget:
		return BudgetPath(y)
	case check.FixOutline:
		return OutlinePath(y)
	case check.FixStaffing:
		return StaffingPath(y)
	case check.FixRows:
		return FormRowsPath(y)
	case check.FixCover:
		return CoverPath(y)
	case check.FixProject:
		return ProjectPath(y)
	}
	if f.Section == "" {
		return reportPath(y)
	}
	return EditPath(y, f.Section)
}

// CheckPath returns the page of a year's check.
func CheckPath(y kpi.Year) string { return yearPath(y, "check") }

// reportTabs returns the tabs of the pages about a year's report.
func (pc Context) reportTabs(current string) []layoutLink {
	year := pc.Year.Year
	var out []layoutLink
	for _, tab := range []struct{ name, href string }{{"report", reportPath(year)}, {"edit", SectionsPath(year)},
		{"check", CheckPath(year)}, {"sign", SignPath(year)}, {"document", documentPath(year)}, {"forms", papersPath(year)}} {
		out = append(out, layoutLink{pc.at(tab.href, pc.Unit, pc.AsOf.Period), pc.Printer.T("report.tab." + tab.name),
			tab.name == current})
	}
	if !pc.MayLogSomewhere() { // people who log find them there
		out = append(out, pc.paperTabs(current)...)
	}
	return out
}

// documentPage is where a report written elsewhere is uploaded, and shows what was found in it.
type documentPage struct {
	Layout
	Tabs      []layoutLink
	Hint      string
	Action    string
	Refused   string // why the file could not be read
	File      Field
	Found     string // what was found, in a sentence; "" before an upload
	Year      string // heading of the column of indicators
	Findings  []checkFinding
	Numbers   []documentRow
	Proposals []proposalRow
}

// documentRow is a number of the document, with the indicator it belongs to, if any.
type documentRow struct {
	Written, Around, Where string
	Indicator              layoutLink
	Verdict                string
	Differs                bool
}

// proposalRow is a proposed indicator. Href is "" for those who may not create one.
type proposalRow struct{ Name, Measure, Written, Href string }

func NewDocument(pc Context, view *app.DocumentView, refusal *kpi.Error) documentPage {
	p, path := pc.Printer, documentPath(pc.Year.Year)
	page := documentPage{Layout: NewLayout(pc, p.T("check.document.title"), partReport, ""),
		Tabs: pc.reportTabs("document"), Hint: p.T("check.document.hint"), Action: path,
		File: Field{ID: "f-file", Name: "file", Label: p.T("check.document.file"),
			Hint: p.T("check.document.file_hint", intake.MaxGridFile>>20)}}
	if refusal != nil {
		page.Refused = p.Text(refusal.Text)
		for _, f := range refusal.Fields {
			page.Refused = p.Text(f.Text)
		}
	}
	if view != nil {
		page.found(pc, *view)
	}
	return page
}

func (page *documentPage) found(pc Context, view app.DocumentView) {
	p, in, year := pc.Printer, view.Input, pc.Year.Year
	in.Language = p
	page.Found = p.T("check.document.found", view.Name, view.Paragraphs, len(view.Found.Numbers), len(view.Found.Findings))
	if view.Warning != "" {
		page.Found += " " + p.T("evidence.warning."+string(view.Warning))
	}
	page.Year = p.T("check.document.col.indicator", int(year))
	for _, f := range view.Found.Findings {
		found := checkFinding{Text: p.Text(f.Text)}
		if f.Section != "" {
			found.Where = in.SectionName(f.Section)
		}
		page.Findings = append(page.Findings, found)
	}
	for _, n := range view.Found.Numbers {
		row := documentRow{Written: n.Written, Around: n.Around, Where: in.SectionName(n.Section)}
		if n.Indicator != "" {
			row.Indicator = layoutLink{Href: IndicatorPath(year, n.Indicator), Text: n.Holds}
			row.Differs, row.Verdict = !n.Agrees, p.T("check.document.agrees")
			if row.Differs {
				row.Verdict = p.T("check.document.differs")
			}
		}
		page.Numbers = append(page.Numbers, row)
	}
	for _, x := range view.Found.Proposed {
		row := proposalRow{Name: x.Name, Measure: p.Measure(x.Measure), Written: x.Written}
		if pc.Actor.MayPlan() == nil {
			row.Href = PlanPath(year) + "/new?" + url.Values{"name": {x.Name}, "measure": {string(x.Measure)},
				"kind": {string(x.Kind)}}.Encode()
		}
		page.Proposals = append(page.Proposals, row)
	}
}

func documentPath(y kpi.Year) string { return CheckPath(y) + "/document" }
