package page

import (
	"strconv"
	"strings"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/report/returned"
)

// ReturnedInput is a report that came back, as it was read, and what was chosen of it.
type ReturnedInput struct {
	View             *app.ReturnedView // nil before one was read
	Name, SHA256     string            // of the kept file
	Rejected, Ledger bool
	Chosen           map[report.SectionKey]bool // nil: all that changed
	Refusal          *kpi.Error
}

// File is how the app is asked to read the file.
func (in ReturnedInput) File(f *app.ImportFile, p lang.Printer) app.ReturnedFile {
	return app.ReturnedFile{File: f, Language: string(p.Tag()), Rejected: in.Rejected, Ledger: in.Ledger}
}

// returnedPage is where a report that came back from its reviewers is uploaded and taken over by section.
type returnedPage struct {
	Layout
	Tabs             []layoutLink
	Action, Take     string
	Refused          []string
	File             Field
	Rejected, Ledger bool
	DocLang          string
	Found            string // what came back, in a sentence; "" before a file was read
	Tracked          string // how its tracked changes were read; "" without any
	Name, SHA256     string
	Kept             bool // the file can be read again, or taken over
	MayTake          bool
	Why              string // why it cannot be taken over
	Any              bool   // a section can be taken over
	Sections         []returnedSection
	Same             string // the unchanged ones, in a sentence
	Loose            []noteRow
	Remarks          string // how many become notes; "" without any
}

// returnedSection is a section that did not come back as it was.
type returnedSection struct {
	Key, Name, Href string
	Base            kpi.TextVersionID
	State           string
	Takes, Chosen   bool
	Warnings        []string
	Lines           []returnedLine
	Figures         []layoutLink // that were changed by hand, each leading to its records
	Text            string
	Notes           []noteRow
}

// returnedLine is a paragraph: what was changed in it, or how many were not.
type returnedLine struct {
	Label string
	Hint  string
	Spans []returned.Span
}

// noteRow is a remark of a reviewer.
type noteRow struct {
	By, Quote, Text string
	Settled         string // why it becomes no note
	Action          string // where a note is settled
}

// notePanel is a list of open notes.
type notePanel struct {
	Rows     []noteRow
	CSRF     string
	MayWrite bool
}

func NewReturned(pc Context, in ReturnedInput) returnedPage {
	p, path := pc.Printer, ReturnedPath(pc.Year.Year)
	page := returnedPage{Layout: NewLayout(pc, p.T("returned.title"), partReport, ""), Tabs: pc.reportTabs("edit"),
		Action: pc.at(path, pc.Unit, pc.AsOf.Period), Take: pc.at(path+"/take", pc.Unit, pc.AsOf.Period),
		Rejected: in.Rejected, Ledger: in.Ledger, Name: in.Name, SHA256: in.SHA256,
		File: Field{ID: "f-file", Name: "file", Label: p.T("returned.file"),
			Hint: p.T("check.document.file_hint", intake.MaxGridFile>>20)}}
	if in.Refusal != nil {
		page.Refused = mistakesOf(pc, in.Refusal)
	}
	if in.View != nil {
		page.found(pc, in)
	}
	return page
}

func (page *returnedPage) found(pc Context, in ReturnedInput) {
	p, v := pc.Printer, *in.View
	var same []string
	changed, remarks := 0, 0
	for _, s := range v.Result.Sections {
		name := v.Input.SectionName(s.Key)
		if s.State == returned.Unchanged && len(s.Comments) == 0 && s.Renamed == "" {
			same = append(same, name)
			continue
		}
		row := newReturnedSection(pc, v, s)
		row.Chosen = in.Chosen == nil || in.Chosen[s.Key]
		row.Takes = row.Takes && v.MayTake
		page.Any = page.Any || row.Takes
		page.Sections = append(page.Sections, row)
		remarks += open(s.Comments)
		if s.State != returned.Unchanged {
			changed++
		}
	}
	page.Loose = newRemarks(pc, v.Result.Loose)
	remarks += open(v.Result.Loose)
	page.Found = p.T("returned.found", in.Name, changed, remarks)
	if v.Document.Warning != "" {
		page.Found += " " + p.T("evidence.warning."+string(v.Document.Warning))
	}
	if v.Document.Tracked > 0 {
		key := "returned.accepted"
		if in.Rejected {
			key = "returned.rejected"
		}
		page.Tracked = p.T(key, v.Document.Tracked, strings.Join(v.Document.Authors, p.T("returned.comma")))
	}
	if len(same) > 0 {
		page.Same = p.T("returned.same", strings.Join(same, p.T("returned.comma")))
	}
	if remarks > 0 && v.MayTake {
		page.Remarks = p.T("returned.notes", remarks)
	}
	page.Kept, page.DocLang = v.MayTake, v.Language
	page.MayTake = v.MayTake && (page.Any || page.Remarks != "")
	switch {
	case pc.Year.State == kpi.YearClosed:
		page.Why = p.T("report_text.closed", int(pc.Year.Year))
	case pc.Actor.MayPlan() != nil:
		page.Why = p.T("returned.readonly")
	}
}

func open(comments []intake.Comment) (n int) {
	for _, c := range comments {
		if !c.Resolved {
			n++
		}
	}
	return n
}

func newReturnedSection(pc Context, v app.ReturnedView, s returned.Section) returnedSection {
	p, year := pc.Printer, pc.Year.Year
	out := returnedSection{Key: string(s.Key), Name: s.Heading, Href: EditPath(year, s.Key), Base: v.Versions[s.Key].ID,
		State: p.T("returned.state." + string(s.State)), Takes: s.State == returned.Changed, Text: s.Text,
		Notes: newRemarks(pc, s.Comments)}
	generated := false
	same := 0
	for _, l := range s.Lines {
		if l.Kind == returned.LineSame {
			same++
			continue
		}
		out.skip(p, &same)
		generated = generated || l.Kind == returned.LineGenerated
		out.Lines = append(out.Lines, returnedLine{Label: p.T("returned.line." + string(l.Kind)), Spans: l.Spans})
	}
	if len(out.Lines) > 0 {
		out.skip(p, &same)
	}
	warn := func(when bool, key string, args ...any) {
		if when {
			out.Warnings = append(out.Warnings, p.T(key, args...))
		}
	}
	warn(s.Renamed != "", "returned.renamed", s.Heading, s.Renamed)
	warn(s.State == returned.Missing, "returned.missing", s.Heading)
	warn(s.State == returned.Twice, "returned.twice", s.Heading)
	warn(generated, "returned.generated")
	warn(s.Written, "returned.written")
	for _, f := range s.Figures {
		link := layoutLink{Text: p.T("returned.figure", f.Was, f.Is)}
		if f.Indicator != "" {
			link.Href = pc.at(IndicatorPath(year, f.Indicator), pc.Unit, pc.AsOf.Period)
		}
		out.Figures = append(out.Figures, link)
	}
	return out
}

// skip says how many paragraphs before the next are as they were.
func (s *returnedSection) skip(p lang.Printer, same *int) {
	if *same > 0 {
		s.Lines = append(s.Lines, returnedLine{Hint: p.T("returned.line.same", *same)})
	}
	*same = 0
}

func newRemarks(pc Context, comments []intake.Comment) (out []noteRow) {
	for _, c := range comments {
		row := noteRow{By: byline(pc, c.Author, c.At), Quote: c.Quote, Text: c.Text}
		if c.Resolved {
			row.Settled = pc.Printer.T("returned.resolved")
		}
		out = append(out, row)
	}
	return out
}

// newNotes are notes as the editor shows them.
func newNotes(pc Context, csrf string, mayWrite bool, notes []kpi.ReportNote) notePanel {
	out := notePanel{CSRF: csrf, MayWrite: mayWrite}
	for _, n := range notes {
		out.Rows = append(out.Rows, noteRow{By: byline(pc, n.Author, n.Written), Quote: n.Quote, Text: n.Body,
			Action: ReportNotePath(n.Year, n.ID)})
	}
	return out
}

// byline says who remarked something, and when. A file's times are those of whoever wrote it.
func byline(pc Context, author, at string) string {
	p := pc.Printer
	if author == "" {
		author = p.T("returned.footnote")
	}
	day, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(at, "Z"))
	if err != nil {
		return author
	}
	return p.T("returned.by", author, p.Date(kpi.DateOf(day)))
}

func ReturnedPath(y kpi.Year) string { return reportPath(y) + "/returned" }

func ReportNotePath(y kpi.Year, id kpi.ReportNoteID) string {
	return reportPath(y) + "/notes/" + strconv.FormatInt(int64(id), 10)
}
