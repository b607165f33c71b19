package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// proposalPage is a proposal, each row to be changed in place and all saved at once. Field names: key, rows
// (how many), those of [ProposalFields] with a dot and the row's place behind, guess.N (field=value, once for
// each guess), document, issuer, dated, reason.
type proposalPage struct {
	Layout
	mistakes
	Crumbs  []layoutLink
	Action  string
	Key     string
	Count   int
	Read    string   // what becomes of it
	Notes   []string // what was left out
	Guessed bool
	Areas   []string
	Rows    []proposedRow
	Papers  *Form
	Save    string
	Again   layoutLink
	Adopt   *adoptPart // of an old report; nil for a table
}

// proposedRow is one row: its fields, what was guessed, what is wrong.
type proposedRow struct {
	Number  int
	Hidden  []formOption
	Exists  string // that there is one already, and its target; "" for a new one
	Fixed   string // kind and measure of that one
	Area    proposalCell
	Name    proposalCell
	Measure proposalCell
	Kind    proposalCell
	Sign    proposalCell
	Value   proposalCell
	Weight  proposalCell
	Owner   proposalCell
	Figure  proposalCell // with Date, of an old report; otherwise without a field
	Date    proposalCell
	Do      proposalCell
	More    []*Field
	Open    bool
	Guess   string
	Errors  []proposalError
	Merge   string // that it says the same as an earlier row, into which it can be merged; "": it does not
}

// proposalError is a mistake at its row; ID is that of the text.
type proposalError struct{ ID, Text string }

// ProposalFields are the fields of a row that a form sends.
var ProposalFields = []string{"row", "code", "area", "name", "name_en", "measure", "kind", "sign", "value",
	"weight", "owner",
	"partners", "definition", "source", "category", "numerator", "denominator", "note", "part_of", "figure", "date", "do"}

// ProposalInput is what the page is made from.
type ProposalInput struct {
	Result  app.ProposalResult
	Unread  []string
	Carried bool // areas were carried down
	Left    []kpi.Text
	Spare   int // empty rows below
	Key     string
	Typed   url.Values // of the papers; nil for a fresh form
	Refusal *kpi.Error // of the whole
	Adopt   *app.Adopting
}

func NewProposal(pc Context, in ProposalInput) proposalPage {
	p, y, r := pc.Printer, pc.Year.Year, in.Result
	page := proposalPage{Layout: NewLayout(pc, p.T("proposal.review"), partPlan, ""), Action: ProposalPath(y) + "/rows",
		Crumbs: append(pc.planCrumbs(), layoutLink{Href: ProposalPath(y), Text: p.T("proposal.title")}), Key: in.Key,
		Read: proposalFacts(p, r), Save: proposalSave(p, r), Again: layoutLink{Href: ProposalPath(y),
			Text: p.T("proposal.again")}}
	for _, area := range r.Areas {
		page.Areas = append(page.Areas, area.Name)
	}
	page.Areas = append(page.Areas, r.NewAreas...)
	last := 0
	if in.Adopt != nil {
		page.adopt(pc, *in.Adopt)
	}
	for n, row := range r.Rows {
		page.addRow(pc, n, row)
		last = max(last, row.Row)
	}
	if in.Adopt != nil {
		page.offerMerges(p, *in.Adopt)
	}
	for range in.Spare {
		last++
		page.addRow(pc, len(page.Rows), app.ProposalRow{ProposedIndicator: app.ProposedIndicator{Row: last}})
	}
	page.Count = len(page.Rows)
	if len(in.Unread) > 0 {
		page.Notes = append(page.Notes, p.T("proposal.unread", strings.Join(in.Unread, p.T("summary.and"))))
	}
	if in.Carried {
		page.Notes = append(page.Notes, p.T("proposal.carried"))
	}
	for _, left := range in.Left {
		page.Notes = append(page.Notes, p.Text(left))
	}
	for _, f := range r.Findings {
		if f.Key == "score.finding.weights" && len(r.Rows) > 0 { // how it is split is seen on the plan
			page.Notes = append(page.Notes, p.T("proposal.weight_off", f))
		}
	}
	page.addPapers(pc, in)
	if page.Errors != nil && page.Summary == "" {
		page.Summary = countText(p, "proposal.bad", r.Bad)
		if r.Bad == 0 {
			page.Summary = p.T("form_invalid", len(page.Errors))
		}
	}
	return page
}

// addPapers asks what the targets rest on, and why those that hold are changed.
func (page *proposalPage) addPapers(pc Context, in ProposalInput) {
	p := pc.Printer
	f := pc.form("papers", "", p.T("proposal.papers"), "").keeping("f-", in.Typed)
	f.Hint = p.T("proposal.papers_hint")
	f.addDocument()
	for _, row := range in.Result.Rows {
		if row.Held != nil {
			f.add(f.field("reason", "proposal.reason", "").optional())
			break
		}
	}
	fields := in.Result.Mistakes
	if in.Refusal != nil {
		fields = append(slices.Clone(fields), in.Refusal.Fields...)
		page.Summary = p.Text(in.Refusal.Text)
	}
	f.refuse(&kpi.Error{Code: kpi.Invalid, Fields: fields})
	page.Errors = append(page.Errors, f.Errors...)
	f.mistakes = mistakes{}
	page.Papers = f
}

// proposalFacts says what becomes of a proposal.
func proposalFacts(p lang.Printer, r app.ProposalResult) string {
	if len(r.Rows) == 0 {
		return p.T("proposal.hint")
	}
	var parts []string
	for _, part := range []struct {
		key string
		n   int
	}{{"proposal.create", r.Created}, {"proposal.targets", r.Targets}, {"adoption.entries", r.Entries},
		{"proposal.left", r.Left}} {
		if part.n > 0 {
			parts = append(parts, countText(p, part.key, part.n))
		}
	}
	if len(r.NewAreas) > 0 {
		parts = append(parts, p.T("proposal.areas", strings.Join(r.NewAreas, p.T("summary.and"))))
	}
	if r.Weight != 0 {
		parts = append(parts, p.T("proposal.weight", p.Number(r.Weight.Amount(), 2)))
	}
	read := p.T("proposal.read", len(r.Rows))
	if len(parts) == 0 {
		return read
	}
	return read + strings.Join(parts, p.T("summary.semicolon")) + p.T("summary.stop")
}

func proposalSave(p lang.Printer, r app.ProposalResult) string {
	switch {
	case r.Created > 0 && r.Bad == 0:
		return countText(p, "proposal.save", r.Created)
	case r.Targets > 0 && r.Bad == 0:
		return countText(p, "proposal.save_targets", r.Targets)
	}
	return p.T("proposal.save_any")
}

// addRow shows a row, with every mistake beside it and in the summary.
func (page *proposalPage) addRow(pc Context, n int, row app.ProposalRow) {
	p := pc.Printer
	if row.Returns() {
		row.Exists = nil
	}
	out := proposedRow{Number: row.Row}
	hide := func(field, value string) {
		out.Hidden = append(out.Hidden, formOption{Value: proposalName(field, n), Text: value})
	}
	hide("row", strconv.Itoa(row.Row))
	page.Guessed = page.Guessed || len(row.Guessed) > 0
	cells := proposalCells{p: p, n: n, row: row}
	out.Name, out.Area, out.Owner = cells.input("name", row.Name), cells.input("area", row.Area), cells.input("owner",
		row.Owner)
	out.Sign, out.Value = cells.sign(), cells.input("value", cells.value())
	out.Value.Mode = "decimal"
	if cells.level() {
		out.Value.Mode = ""
	}
	out.Weight, out.Do = cells.input("weight", row.Weight), cells.do()
	if page.Adopt != nil {
		cells.adopts = true
		out.Figure, out.Date = cells.input("figure", row.Figure), cells.input("date", row.Date)
	}
	out.Weight.Mode = "decimal"
	if row.Exists != nil {
		for _, kept := range [][2]string{{"code", row.Code}, {"name", row.Name}, {"area", row.Area}, {"measure", row.Measure},
			{"owner", row.Owner}} {
			hide(kept[0], kept[1])
		}
		out.Exists, out.Fixed = cells.exists()
	} else {
		out.Measure, out.Kind = cells.input("measure", row.Measure), cells.kind()
		out.More, out.Open = cells.more()
	}
	for _, field := range row.Guessed {
		out.Hidden = append(out.Hidden, formOption{Value: proposalName("guess", n), Text: field + "=" + cells.posted(field)})
	}
	out.Guess = cells.guessed()
	for _, m := range row.Mistakes {
		text, id := p.Text(m.Text), proposalID(m.Name, n)
		if !slices.Contains(ProposalFields, m.Name) {
			id = proposalID("name", n)
		}
		at := slices.IndexFunc(out.Errors, func(e proposalError) bool { return e.ID == id+"-error" })
		if at >= 0 {
			out.Errors[at].Text += " " + text
		} else {
			out.Errors = append(out.Errors, proposalError{id + "-error", text})
		}
		page.Errors = append(page.Errors, formError{Href: "#" + id, Text: p.T("proposal.line", row.Row, text)})
	}
	page.Rows = append(page.Rows, out)
}
