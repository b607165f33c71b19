package page

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// proposalChoose is where a table of indicators is pasted or chosen. Field names: text, file; where its
// columns are asked for: text, column.N, from.
type proposalChoose struct {
	Layout
	mistakes
	Crumbs  []layoutLink
	Hint    string
	Action  string
	Text    *Field
	File    *Field
	Columns []string // what is known by its heading
	Others  []layoutLink
	Bare    *bareTable // a table without headings that are known; nil: none
}

// bareTable is a table whose columns a person is asked about: its first rows, and a choice over each column.
type bareTable struct {
	Text    string // the whole table, as the form sends it back
	Choices []*Field
	Rows    [][]string
	From    *Field
}

// bareRows are how many rows of a table are shown, fromRows how many may be passed over.
const bareRows, fromRows = 6, 4

// ChooseInput is what the page is made from.
type ChooseInput struct {
	Text    string // pasted
	Refusal *kpi.Error
	Bare    [][]string              // the table that was found, if its columns are not known
	Layout  *intake.IndicatorLayout // what somebody said of them; nil: guess
}

func NewProposalChoose(pc Context, in ChooseInput) proposalChoose {
	p, y := pc.Printer, pc.Year.Year
	page := proposalChoose{Layout: NewLayout(pc, p.T("proposal.title"), partPlan, ""),
		Hint: p.T("proposal.hint", intake.MaxIndicators), Crumbs: pc.planCrumbs(), Action: ProposalPath(y),
		Text: &Field{ID: "f-text", Name: "text", Label: p.T("proposal.paste"), Hint: p.T("proposal.paste_hint"),
			Value: in.Text, Kind: "area", Rows: 10},
		File: &Field{ID: "f-file", Name: "file", Label: p.T("proposal.file"), Hint: p.T("proposal.file_hint")},
		Others: []layoutLink{{Href: ProposalPath(y) + "?rows=10", Text: p.T("proposal.other_blank")},
			{Href: AdoptPath(y), Text: p.T("proposal.other_document")}}}
	for _, column := range []string{"name", "area", "measure", "value", "weight", "owner", "more"} {
		page.Columns = append(page.Columns, p.T("proposal.column."+column))
	}
	if page.Bare = newBareTable(p, in); page.Bare == nil {
		page.tell(p, in.Refusal, "f-text", page.Text, page.File)
	} else if in.Layout != nil {
		page.tell(p, in.Refusal, "f-column-0")
	}
	return page
}

// newBareTable shows a table to be explained; nil where there is none, or it is too wide to be one.
func newBareTable(p lang.Printer, in ChooseInput) *bareTable {
	if len(in.Bare) == 0 || len(in.Bare[0]) > 2*len(intake.IndicatorColumns) {
		return nil
	}
	layout := intake.GuessLayout(in.Bare)
	if in.Layout != nil {
		layout = *in.Layout
	}
	t := &bareTable{Rows: in.Bare[:min(len(in.Bare), bareRows)]}
	lines := make([]string, len(in.Bare))
	for i, row := range in.Bare {
		cells := slices.Clone(row)
		for j, cell := range cells {
			if strings.HasPrefix(cell, `"`) { // else it would be read as a quoted one
				cells[j] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
		}
		lines[i] = strings.Join(cells, "\t")
	}
	t.Text = strings.Join(lines, "\n")
	for i := range in.Bare[0] {
		n := strconv.Itoa(i)
		f := &Field{ID: "f-column-" + n, Name: "column." + n, Label: p.T("proposal.column_of", i+1),
			Options: []formOption{{"", p.T("proposal.column_none"), false}}}
		for _, column := range intake.IndicatorColumns {
			key := "proposal." + string(column)
			if column == intake.IndicatorWeight {
				key = "proposal.weight_short"
			}
			chosen := i < len(layout.Columns) && layout.Columns[i] == column
			f.Options = append(f.Options, formOption{string(column), p.T(key), chosen})
		}
		t.Choices = append(t.Choices, f)
	}
	t.From = &Field{ID: "f-from", Name: "from", Label: p.T("proposal.from"), Kind: "select"}
	for i := range min(len(in.Bare), fromRows) {
		t.From.Options = append(t.From.Options, formOption{strconv.Itoa(i), p.T("proposal.from_row", i+1), i == layout.From})
	}
	return t
}

// adoptPart is what an old report brings beside indicators. Field names: figures, staff, budget, units, text.N (1:
// taken).
type adoptPart struct {
	Choices []adoptChoice
	Merge   string // that rows say the same as others, and can be merged at once; "": none
}

// adoptChoice is one of them, with a box to tick.
type adoptChoice struct {
	Name, Text, Hint string
	Fold             string // what the folded body is
	Checked, Fixed   bool   // Fixed: there are words or figures already, which stay
	Body             [][]adoptRun
}

// adoptRun is a stretch of a text; a figure becomes a token.
type adoptRun struct {
	Text   string
	Figure bool
}

// AdoptPath is where a year is taken over from an old report or table.
func AdoptPath(y kpi.Year) string { return yearPath(y, "adopt") }

// AdoptionPath is one that is taken over.
func AdoptionPath(y kpi.Year, id kpi.AdoptionID) string {
	return AdoptPath(y) + "/" + strconv.FormatInt(int64(id), 10)
}

// NewAdoption shows a draft: the rows of the plan, and what is taken beside them.
func NewAdoption(pc Context, a app.Adopting, typed url.Values, refusal *kpi.Error) proposalPage {
	return NewProposal(pc, ProposalInput{Result: a.Result, Unread: a.Unread, Carried: a.Carried, Left: a.Left,
		Typed: typed, Refusal: refusal, Adopt: &a})
}

// adopt turns the page of a table into that of an old report.
func (page *proposalPage) adopt(pc Context, a app.Adopting) {
	p, y := pc.Printer, a.Year
	page.Layout = NewLayout(pc, p.T("adoption.review", a.Source), partPlan, "")
	page.Action = AdoptionPath(y, a.ID)
	page.Crumbs = append(pc.planCrumbs(), layoutLink{Href: AdoptPath(y), Text: p.T("adoption.title")})
	page.Again = layoutLink{Href: AdoptPath(y), Text: p.T("adoption.again")}
	page.Adopt = &adoptPart{}
	add := func(c adoptChoice) { page.Adopt.Choices = append(page.Adopt.Choices, c) }
	figures := adoptChoice{Name: "figures", Text: p.T("adoption.figures", int(y)), Checked: !a.NoFigures}
	if a.OfYear != 0 && a.OfYear != y {
		figures.Hint = p.T("adoption.other_year", int(a.OfYear), int(y))
	}
	for _, row := range a.Rows {
		if row.Figure != "" {
			add(figures)
			break
		}
	}
	if len(a.Staff) > 0 {
		add(adoptChoice{Name: "staff", Text: p.T("adoption.staff", staffRead(p, a.Staff)), Checked: !a.NoStaff})
	}
	if len(a.Budget) > 0 {
		add(adoptChoice{Name: "budget", Text: p.T("adoption.budget", budgetRead(p, a.Budget)), Checked: !a.NoBudget})
	}
	if len(a.Units.New)+len(a.Units.Known) > 0 {
		add(unitsChoice(pc, a))
	}
	for n, t := range a.Texts {
		c := adoptChoice{Name: "text." + strconv.Itoa(n), Text: p.T("adoption.text", t.Title), Checked: !t.Leave,
			Body: adoptRuns(t), Fold: p.T("adoption.read_text")}
		if a.There[t.Place()] {
			c.Checked, c.Fixed, c.Hint = false, true, p.T("adoption.text_there")
		}
		add(c)
	}
}

// unitsChoice offers the units that a text names; only administrators make units.
func unitsChoice(pc Context, a app.Adopting) adoptChoice {
	p := pc.Printer
	c := adoptChoice{Name: "units", Checked: !a.NoUnits, Text: countText(p, "adoption.units", len(a.Units.New))}
	if len(a.Units.New) == 0 {
		c.Checked, c.Fixed = false, true
	} else if pc.Actor.MayAdminister() != nil {
		c.Checked, c.Fixed, c.Hint = false, true, p.T("adoption.units_admin")
	}
	says := func(key string, units []intake.OldUnit) {
		var names []string
		for _, u := range units {
			name := u.Name
			if u.Parent != "" {
				name = p.T("adoption.unit_of", u.Name, u.Parent)
			}
			names = append(names, name)
		}
		if len(names) > 0 {
			c.Body = append(c.Body, []adoptRun{{Text: p.T(key, strings.Join(names, p.T("summary.and")))}})
		}
	}
	says("adoption.units_new", a.Units.New)
	says("adoption.units_known", a.Units.Known)
	c.Fold = p.T("adoption.read_units")
	return c
}

// offerMerges says which rows say the same as an earlier one.
func (page *proposalPage) offerMerges(p lang.Printer, a app.Adopting) {
	twins, rows := a.Twins(), map[int]app.ProposedIndicator{}
	for _, row := range a.Rows {
		rows[row.Row] = row
	}
	for i := range page.Rows {
		same, ok := twins[page.Rows[i].Number]
		if !ok {
			continue
		}
		page.Rows[i].Merge = p.T("adoption.merge", same)
		if kept, mine := rows[same].Figure, rows[page.Rows[i].Number].Figure; kept != "" && mine != kept {
			page.Rows[i].Merge = p.T("adoption.merge_differs", same, kept)
		}
	}
	if len(twins) > 0 {
		page.Adopt.Merge = countText(p, "adoption.merge_all", len(twins))
	}
}

func staffRead(p lang.Printer, staff []kpi.StaffCount) string {
	var out []string
	for _, c := range staff {
		name := p.T("staff." + string(c.Kind))
		if c.Posts != nil {
			out = append(out, p.T("adoption.posts", name, *c.Posts))
		}
		if c.People != nil {
			out = append(out, p.T("adoption.people", name, *c.People))
		}
	}
	return strings.Join(out, p.T("summary.and"))
}

func budgetRead(p lang.Printer, lines []kpi.BudgetLine) string {
	var out []string
	for _, l := range lines {
		nature := p.T("nature." + string(l.Nature))
		out = append(out, p.T("adoption.line", nature, p.Number(l.Budget(), 2), p.Number(l.Spent, 2)))
	}
	return strings.Join(out, p.T("summary.and"))
}

var adoptMark = regexp.MustCompile(`⟦#([^⟧]*)⟧`)

// adoptRuns is a text with its figures as they were written, marked.
func adoptRuns(t app.AdoptedText) [][]adoptRun {
	var out [][]adoptRun
	for line := range strings.SplitSeq(t.Body, "\n") {
		var runs []adoptRun
		from := 0
		for _, at := range adoptMark.FindAllStringSubmatchIndex(line, -1) {
			runs = append(runs, adoptRun{Text: line[from:at[0]]}, adoptRun{t.Written[line[at[2]:at[3]]], true})
			from = at[1]
		}
		out = append(out, append(runs, adoptRun{Text: line[from:]}))
	}
	return out
}

// adoptChoose is where an old report is handed in. Field names: text, file.
type adoptChoose struct {
	Layout
	mistakes
	Crumbs  []layoutLink
	Hint    string
	Action  string
	Text    *Field
	File    *Field
	Earlier []adoptEarlier
}

// adoptEarlier is one that was handed in before.
type adoptEarlier struct{ Href, Name, State, By string }

// NewAdoptChoose is the page to hand one in, with those that were.
func NewAdoptChoose(pc Context, earlier []kpi.Adoption, text string, refusal *kpi.Error) adoptChoose {
	p, y := pc.Printer, pc.Year.Year
	page := adoptChoose{Layout: NewLayout(pc, p.T("adoption.title"), partPlan, ""), Hint: p.T("adoption.hint", int(y)),
		Crumbs: pc.planCrumbs(), Action: AdoptPath(y),
		Text: &Field{ID: "f-text", Name: "text", Label: p.T("adoption.paste"), Hint: p.T("adoption.paste_hint"),
			Value: text, Kind: "area", Rows: 10},
		File: &Field{ID: "f-file", Name: "file", Label: p.T("adoption.file"), Hint: p.T("adoption.file_hint")}}
	for _, a := range earlier {
		page.Earlier = append(page.Earlier, adoptEarlier{AdoptionPath(y, a.ID), a.Source,
			p.T("adoption.state." + string(a.State)), p.T("adoption.by", a.Author, p.Time(a.At, pc.zone()))})
	}
	page.tell(p, refusal, "f-text", page.Text, page.File)
	return page
}

// adoptMade says what was made of an old report, and takes it back.
type adoptMade struct {
	Layout
	Crumbs []layoutLink
	Says   string
	Action string
	Why    string // why it cannot be undone; "": it can
	Links  []layoutLink
}

// NewAdoptMade is the page of what was made.
func NewAdoptMade(pc Context, a app.Adopting) adoptMade {
	p, y := pc.Printer, a.Year
	page := adoptMade{Layout: NewLayout(pc, a.Source, partPlan, ""), Action: AdoptionPath(y, a.ID) + "/undo",
		Crumbs: append(pc.planCrumbs(), layoutLink{Href: AdoptPath(y), Text: p.T("adoption.title")}),
		Links: []layoutLink{{Href: BoardPath(y), Text: p.T("nav.board")}, {Href: PlanPath(y), Text: p.T("nav.plan")},
			{Href: reportPath(y), Text: p.T("nav.report")}}}
	made := a.MadeOf()
	page.Says = p.T("adoption.made", len(made.Indicators)+len(made.Joined), len(made.Targets), len(made.Entries),
		len(made.Texts), len(made.Staff), len(made.Budget), len(made.Units))
	if e := (*kpi.Error)(nil); errors.As(a.Undo, &e) {
		page.Why = p.Text(e.Text)
	}
	return page
}
