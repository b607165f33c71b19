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
	Do      proposalCell
	More    []*Field
	Open    bool
	Guess   string
	Errors  []proposalError
}

// proposalCell is a field within the table.
type proposalCell struct {
	*Field
	Guessed bool
}

// proposalError is a mistake at its row; ID is that of the text.
type proposalError struct{ ID, Text string }

// ProposalFields are the fields of a row that a form sends.
var ProposalFields = []string{"row", "code", "area", "name", "name_en", "measure", "kind", "sign", "value",
	"weight", "owner",
	"partners", "definition", "source", "category", "numerator", "denominator", "note", "do"}

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
	for n, row := range r.Rows {
		page.addRow(pc, n, row)
		last = max(last, row.Row)
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
	}{{"proposal.create", r.Created}, {"proposal.targets", r.Targets}, {"proposal.left", r.Left}} {
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
	return p.T("proposal.read", len(r.Rows)) + strings.Join(parts, p.T("summary.semicolon")) +
		p.T("summary.stop")
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

func proposalName(field string, n int) string { return field + "." + strconv.Itoa(n) }

func proposalID(field string, n int) string { return "p-" + field + "-" + strconv.Itoa(n) }

// proposalCells makes the fields of one row.
type proposalCells struct {
	p   lang.Printer
	n   int
	row app.ProposalRow
}

// heads are the headings of the columns by their fields, where they are not proposal.FIELD.
var proposalHeads = map[string]string{"weight": "proposal.weight_short"}

func (c proposalCells) head(field string) string {
	if key, ok := proposalHeads[field]; ok {
		return c.p.T(key)
	}
	return c.p.T("proposal." + field)
}

func (c proposalCells) input(field, value string) proposalCell {
	f := &Field{ID: proposalID(field, c.n), Name: proposalName(field, c.n), Value: value,
		Label: c.p.T("proposal.of_row", c.head(field), c.row.Row)}
	for _, m := range c.row.Mistakes {
		if m.Name == field {
			f.Error = c.p.Text(m.Text)
		}
	}
	return proposalCell{Field: f, Guessed: slices.Contains(c.row.Guessed, field)}
}

func (c proposalCells) level() bool { return c.row.Kind == string(kpi.Level) }

// value is the target as it stands in its field: a judgement in words.
func (c proposalCells) value() string {
	if level := kpi.LevelValue(c.row.Value); c.level() && level.Known() {
		return c.p.T("level." + c.row.Value)
	}
	return c.row.Value
}

// posted is what the form sends for a field that nobody touches.
func (c proposalCells) posted(field string) string {
	switch field {
	case "value":
		return c.value()
	case "measure":
		return c.row.Measure
	case "kind":
		return c.row.Kind
	case "sign":
		return c.row.Sign
	case "category":
		return c.row.Category
	}
	return ""
}

func (c proposalCells) sign() proposalCell {
	cell := c.input("sign", c.row.Sign)
	if cell.Value == "" {
		cell.Value = string(kpi.AtLeastSign)
	}
	signs := kpi.Signs[:len(kpi.Signs)-1]
	names := []string{"≥", "＞", "＝", "≤", "＜"}
	if c.level() {
		signs, names = []kpi.Sign{kpi.LevelSign}, []string{"—"}
	}
	cell.choice(texts(signs), names)
	return cell
}

func (c proposalCells) kind() proposalCell {
	kinds := kpi.Kinds
	if c.row.Kind == "" {
		kinds = append([]kpi.Kind{""}, kinds...)
	}
	cell := c.input("kind", c.row.Kind)
	cell.choice(texts(kinds), named(c.p, "proposal.kind.", kinds))
	return cell
}

func (c proposalCells) do() proposalCell {
	cell := c.input("do", string(c.row.Do))
	steps, names := []app.ProposalStep{app.ProposalCreate, app.ProposalLeave}, []string{"create", "leave"}
	if c.row.Exists != nil {
		steps, names = []app.ProposalStep{app.ProposalTarget, app.ProposalLeave}, []string{"target", "keep"}
		if !c.row.InYear {
			names[0] = "join"
		}
	}
	if c.row.Do == "" {
		cell.Value = string(app.ProposalCreate)
	}
	for i, name := range names {
		names[i] = c.p.T("proposal.do." + name)
	}
	cell.choice(texts(steps), names)
	return cell
}

// exists says that there is one already and its target, and its kind and measure.
func (c proposalCells) exists() (says, fixed string) {
	ind := *c.row.Exists
	says = c.p.T("proposal.exists")
	switch {
	case !c.row.InYear:
		says = c.p.T("proposal.exists_other")
	case c.row.Held != nil:
		says = c.p.T("proposal.exists_holds", measured(c.p, ind, targetText(c.p, ind, *c.row.Held)))
	}
	return says, strings.TrimSuffix(c.p.T("proposal.kind."+string(ind.Kind))+" · "+c.p.Measure(ind.Measure), " · ")
}

// more are the fields that stand folded; open when one of them is wrong or a ratio lacks its parts.
func (c proposalCells) more() (out []*Field, open bool) {
	row := c.row
	categories := append([]kpi.Category{""}, kpi.Categories...)
	for _, f := range []struct {
		field, value string
		always       bool
	}{{"name_en", row.NameEn, true}, {"definition", row.Definition, true}, {"category", row.Category, true},
		{"numerator", row.Numerator, true}, {"denominator", row.Denominator, true}, {"source", row.Source, false},
		{"partners", row.Partners, false}, {"note", row.Note, false}, {"code", row.Code, false}} {
		cell := c.input(f.field, f.value)
		if !f.always && f.value == "" && cell.Error == "" {
			continue
		}
		cell.Label = c.head(f.field)
		if f.field == "category" {
			cell.choice(texts(categories), append([]string{c.p.T("plan.none")}, named(c.p, "category.", kpi.Categories)...))
		}
		open = open || cell.Error != ""
		out = append(out, cell.Field)
	}
	return out, open || row.Kind == string(kpi.Ratio) && (row.Numerator == "" || row.Denominator == "")
}

// guessed names what was concluded.
func (c proposalCells) guessed() string {
	var names []string
	for _, field := range c.row.Guessed {
		if field != "category" || c.row.Exists == nil {
			names = append(names, c.head(field))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return c.p.T("proposal.guess", strings.Join(names, c.p.T("summary.and")))
}
