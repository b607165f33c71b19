package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
)

// ReportTextInput is what the editor should show instead of the stored text.
type ReportTextInput struct {
	Typed    *string // as it was sent
	Base     kpi.TextVersionID
	Previews bool // the draft was just saved
	Untold   bool // followed by sentences on what it leaves out
	Conflict *kpi.TextVersion
	Refusal  *kpi.Error
}

// sectionsPage lists the sections of the report that the office writes.
type sectionsPage struct {
	Layout
	Tabs     []layoutLink
	Outline  string    // where the outline is edited
	Cover    string    // where the cover is edited
	FormRows string    // where the rows of the forms are stated
	Forms    string    // where their blocks, rows and columns are set
	Returned string    // where a report that came back is handed in
	Loose    notePanel // reviewers' notes on no section
	Groups   []sectionGroup
}

// sectionGroup is a part of the report with its sections.
type sectionGroup struct {
	Name string
	Rows []sectionRow
}

// sectionRow is a section: its name, whether it has text, and what the check asks.
type sectionRow struct {
	Name, Href, State, Questions, Notes string
	Part                                bool
}

func NewSections(pc Context, in check.Input, notes []kpi.ReportNote) sectionsPage {
	p, year := pc.Printer, pc.Year.Year
	page := sectionsPage{Layout: NewLayout(pc, p.T("report_text.sections"), partReport, ""), Tabs: pc.reportTabs("edit"),
		Outline: OutlinePath(year), Returned: ReturnedPath(year),
		Cover: CoverPath(year), FormRows: FormRowsPath(year), Forms: FormsPath(year)}
	asked, noted := map[report.SectionKey]int{}, map[report.SectionKey][]kpi.ReportNote{}
	for _, n := range notes {
		if n.Open() {
			noted[report.SectionKey(n.Section)] = append(noted[report.SectionKey(n.Section)], n)
		}
	}
	page.Loose = newNotes(pc, page.CSRF, pc.Actor.MayPlan() == nil && pc.Year.State == kpi.YearOpen, noted[""])
	for _, f := range check.Report(in) {
		if f.Quote != "" {
			asked[f.Section]++
		}
	}
	body, table := sectionGroup{Name: p.T("report_text.of_body")}, sectionGroup{Name: p.T("report_text.of_table")}
	for _, key := range in.Places() {
		row := sectionRow{Name: in.SectionName(key), Href: EditPath(year, key), State: p.T("report_text.empty"),
			Part: in.IsPart(key)}
		if text := strings.TrimSpace(in.Texts[key]); text != "" {
			row.State = p.T("report_text.written_once", utf8.RuneCountInString(text))
		} else if in.Before[key] != "" {
			row.State = p.T("report_text.empty_before")
		}
		if n := asked[key]; n > 0 {
			row.Questions = p.T("report_text.questions", n)
		}
		if n := len(noted[key]); n > 0 {
			row.Notes = p.T("report_text.notes_open", n)
		}
		if key.InTable() {
			row.Part = false
			table.Rows = append(table.Rows, row)
		} else {
			body.Rows = append(body.Rows, row)
		}
	}
	page.Groups = []sectionGroup{body, table}
	return page
}

// reportTextPage is where a section of the report is written. It shows the text, its preview, the
// figures to choose from, its versions, and last year's text.
type reportTextPage struct {
	Layout
	Tabs     []layoutLink
	Action   string
	Text     Field
	Base     kpi.TextVersionID
	MayWrite bool
	Why      string // why the actor may not write
	Notes    []string
	Drafting bool
	Mistakes []string
	Theirs   string // what somebody else wrote meanwhile
	Conflict string
	Preview  [][]textRun
	Pages    string // the report as printed pages, with the draft
	Place    string // where it stands there
	Empty    string // what is printed if there is no text
	Findings []checkFinding
	Untold   untoldPanel
	Figures  figuresPanel
	Remarks  notePanel // reviewers' open notes
	History  []historyRow
	Last     string
	LastHref string
}

// untoldPanel offers sentences on the figures of an area that its text leaves out, and says whether they are
// listed below it.
type untoldPanel struct {
	Title  string // empty: not an area, or nothing left out
	Offers []report.Offer
	Area   string
	Listed bool
	Way    string // of the switch: "on", "off"
}

// textRun is a piece of the preview: Href links a figure to its source, Mark says what is wrong with a
// number.
type textRun struct{ Text, Href, Mark string }

type historyRow struct{ Text, Href string }

func NewReportText(pc Context, w app.Writing, in ReportTextInput, from string) reportTextPage {
	p, year := pc.Printer, pc.Year.Year
	key := report.SectionKey(w.Place.Section)
	page := reportTextPage{Layout: NewLayout(pc, p.T("report_text.title", w.Input.SectionName(key)), partReport, ""),
		Tabs: pc.reportTabs("edit"), Action: EditPath(year, key), Base: w.Version.ID, MayWrite: w.MayWrite,
		Text: Field{ID: "f-text", Name: "text", Label: p.T("report_text.text"), Hint: p.T("report_text.text_hint"),
			Value: w.Text},
		Figures: newFiguresPanel(pc, w.Input.Input, ""), Last: w.LastYear, LastHref: EditPath(year, key) + "?from=last"}
	page.Editor = true
	page.Scripts = append(page.Scripts, "pages.js")
	page.Pages, page.Place = PagesPath(year, key), string(key)
	page.Remarks = newNotes(pc, page.CSRF, w.MayWrite, w.Notes)
	switch {
	case pc.Year.State == kpi.YearClosed:
		page.Why = p.T("report_text.closed", int(year))
	case !w.MayWrite:
		page.Why = p.T("report_text.readonly")
	}
	page.choose(pc, w, in, from)
	if in.Conflict != nil {
		page.Conflict, page.Theirs = p.T("report_text.conflict",
			pc.person(in.Conflict.Author)), w.Input.Readable(in.Conflict.Body)
	}
	if in.Refusal != nil {
		page.Mistakes = mistakesOf(pc, in.Refusal)
	}
	page.preview(pc, w)
	page.Untold = newUntold(pc, w, page.Text.Value)
	for _, v := range w.Versions {
		who := pc.person(v.Author)
		if who == "" {
			who = p.T("report_text.history_before")
		}
		page.History = append(page.History, historyRow{p.T("report_text.history_line", timeOr(pc, v.At), who),
			page.Action + "?version=" + strconv.FormatInt(int64(v.ID), 10)})
	}
	return page
}

// newUntold says what the text, as the editor shows it, leaves out of its area.
func newUntold(pc Context, w app.Writing, text string) untoldPanel {
	key := report.SectionKey(w.Place.Section)
	area, isArea := strings.CutPrefix(string(key), string(report.AreaText("")))
	if !isArea {
		return untoldPanel{}
	}
	u := untoldPanel{Offers: w.Input.Offers(key, text), Area: area, Listed: !slices.Contains(w.Input.Outline.Unlisted,
		area), Way: "on"}
	if u.Listed {
		u.Way = "off"
	}
	if n := len(u.Offers); n > 0 {
		u.Title = pc.Printer.T("report_text.untold", n)
	}
	return u
}

// withOffers is a text followed by the sentences it lacks, in one paragraph.
func withOffers(text string, offers []report.Offer) string {
	var b strings.Builder
	for _, o := range offers {
		b.WriteString(o.Sentence)
	}
	return strings.TrimSpace(strings.TrimRight(text, " \n") + "\n\n" + b.String())
}

func timeOr(pc Context, at kpi.UnixMilli) string {
	if at == 0 {
		return "—"
	}
	return pc.Printer.Time(at, pc.zone())
}

// choose selects the text that the editor shows.
func (page *reportTextPage) choose(pc Context, w app.Writing, in ReportTextInput, from string) {
	p := pc.Printer
	switch {
	case in.Typed != nil:
		page.Text.Value, page.Base = *in.Typed, in.Base
		page.Drafting = in.Previews
		switch {
		case in.Untold:
			page.Text.Value = withOffers(*in.Typed, w.Input.Offers(report.SectionKey(w.Place.Section), *in.Typed))
			page.Notes = append(page.Notes, p.T("report_text.untold_used"))
		case in.Previews:
			page.Notes = append(page.Notes, p.T("report_text.autosaved"))
		}
		return
	case from == "last":
		page.Text.Value = w.LastYear
		page.Notes = append(page.Notes, p.T("report_text.last_used"))
		return
	case from != "":
		for _, v := range w.Versions {
			if strconv.FormatInt(int64(v.ID), 10) == from {
				page.Text.Value = w.Input.Readable(v.Body)
				page.Notes = append(page.Notes, p.T("report_text.restored", timeOr(pc, v.At)))
				return
			}
		}
	}
	if w.Draft != nil && page.MayWrite {
		page.Text.Value, page.Base, page.Drafting = w.Draft.Body, w.Draft.Base, true
		page.Notes = append(page.Notes, p.T("report_text.draft", timeOr(pc, w.Draft.At)))
	}
}

// preview shows the text as it will print, with the remarks of the check.
func (page *reportTextPage) preview(pc Context, w app.Writing) {
	page.Empty = pc.Printer.T("report_text.preview_empty", w.Input.Unwritten(report.SectionKey(w.Place.Section)))
	for _, line := range w.Input.Marked(page.Text.Value) {
		var runs []textRun
		for _, r := range line {
			run := textRun{Text: r.Text, Href: pc.refPath(r.Ref)}
			if r.Mark.Key != "" {
				run.Mark = pc.Printer.Text(r.Mark)
			}
			runs = append(runs, run)
		}
		page.Preview = append(page.Preview, runs)
	}
	for _, f := range w.Input.Of(report.SectionKey(w.Place.Section), page.Text.Value) {
		page.Findings = append(page.Findings, checkFinding{Text: pc.Printer.Text(f.Text),
			Where: pc.Printer.T("check.severity." + string(f.Severity))})
	}
}

// refPath returns the address of a printed number's source, or "".
func (pc Context) refPath(r *paper.Ref) string {
	switch {
	case r == nil:
		return ""
	case r.Indicator != "":
		return pc.at(IndicatorPath(pc.Year.Year, r.Indicator), pc.Unit, pc.AsOf.Period)
	case r.Basic != "":
		return pc.at(StaffingPath(pc.Year.Year), pc.Unit, pc.AsOf.Period)
	case r.Aspect == paper.RefCount:
		return pc.at(BoardPath(pc.Year.Year), pc.Unit, pc.AsOf.Period)
	}
	return pc.at(BudgetPath(pc.Year.Year), pc.Unit, pc.AsOf.Period)
}

// figuresPanel lists what can be inserted into a text, with its present values.
type figuresPanel struct {
	Search string // address of the search without scripts
	Typed  string
	Rows   []figuresRow
}

// figuresRow is a subject; Words are the words it is found by.
type figuresRow struct {
	Name, Code, Says, Words string
	Tokens                  []figuresToken
}

// figuresToken is a token of a subject, with what it prints.
type figuresToken struct{ Aspect, Token, Says string }

// figuresPage shows the panel as a page.
type figuresPage struct {
	Layout
	Tabs    []layoutLink
	Figures figuresPanel
}

func NewFigures(pc Context, in report.Input, typed string) figuresPage {
	page := figuresPage{Layout: NewLayout(pc, pc.Printer.T("report_text.figures"), partReport, ""),
		Tabs:    pc.reportTabs("edit"),
		Figures: newFiguresPanel(pc, in, typed)}
	page.Editor = true
	return page
}

func newFiguresPanel(pc Context, in report.Input, typed string) figuresPanel {
	panel := figuresPanel{Search: figuresPath(pc.Year.Year), Typed: typed}
	for _, s := range report.Search(in.Subjects(), typed) {
		row := figuresRow{Name: pc.Printer.Name(s.Name.Name, s.Name.NameEn), Code: s.Code,
			Words: strings.Join(s.Words(), " ")}
		aspects := s.Aspects
		if len(aspects) == 0 {
			aspects = []report.TokenAspect{""}
		}
		for _, f := range aspects {
			t := figuresToken{Token: in.Token(s, f), Says: in.Says(s, f), Aspect: row.Name}
			if f != "" {
				t.Aspect = pc.Printer.T("token.aspect." + string(f))
			}
			row.Tokens = append(row.Tokens, t)
		}
		row.Says = row.Tokens[0].Says
		panel.Rows = append(panel.Rows, row)
	}
	return panel
}

func EditPath(y kpi.Year, key report.SectionKey) string {
	parts := strings.Split(string(key), "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return reportPath(y) + "/edit/" + strings.Join(parts, "/")
}

func SectionsPath(y kpi.Year) string { return reportPath(y) + "/edit" }

func figuresPath(y kpi.Year) string { return reportPath(y) + "/figures" }
