package app

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// ProposalStep is what is to be done with a proposed indicator.
type ProposalStep string

// The steps. Without one, what is new is made, and one that exists gets the target it lacks.
const (
	ProposalCreate ProposalStep = "create"
	ProposalTarget ProposalStep = "target" // it exists: take it into the year, set the target
	ProposalLeave  ProposalStep = "leave"
)

// ProposedIndicator is an indicator with its area and the whole office's target as somebody proposes it: a
// table, an old document, a program, a person at a form. All of it is text as people write it; what is "" is
// concluded from the rest, and Guessed says so.
type ProposedIndicator struct {
	Row int // where its source has it; 0: nowhere
	Code, Area, Name, NameEn, Measure, Kind, Sign, Value, Weight, Owner, Partners, Definition, Source, Category,
	Numerator, Denominator, Note string
	PartOf       string // by name or code
	Figure, Date string // what was achieved, as written, and when; the year's end where no date is said
	Do           ProposalStep
	Guessed      []string // fields, by the names the API has for them
}

// Proposal is what is to become part of a year's plan, all of it or nothing.
type Proposal struct {
	Year             kpi.Year
	Rows             []ProposedIndicator
	Document, Issuer string // of all targets
	Dated            kpi.Date
	Reason           string // why targets are revised; compulsory when one is
	Key              string // idempotency key; "": none

	today kpi.Date
}

// ProposalRow is a row with what becomes of it. What was concluded is filled in.
type ProposalRow struct {
	ProposedIndicator
	Exists   *kpi.Indicator // the one that bears the name already; nil: none
	InYear   bool           // and the year has it
	Held     *kpi.Target    // and its target that holds
	Mistakes []kpi.Field    // by the fields of the API

	ind    kpi.Indicator // what is made
	target *kpi.Target   // what is set
	entry  *kpi.NewUpdate
}

// Returns reports whether the row's indicator was put away and comes back: to people it is as good as new.
func (r ProposalRow) Returns() bool { return r.Exists != nil && r.Exists.ArchivedAt != 0 && !r.InYear }

// Indicator is the one a row makes, or the one that exists; without a code where the row is wrong or left out.
func (r ProposalRow) Indicator() kpi.Indicator {
	if r.Exists != nil {
		return *r.Exists
	}
	return r.ind
}

// ProposalResult is a proposal as it was checked. With any mistake nothing is stored.
type ProposalResult struct {
	Year     kpi.YearInfo
	Areas    []kpi.Area // those there are
	NewAreas []string
	Rows     []ProposalRow
	Mistakes []kpi.Field // of no row: reason
	Created  int
	Targets  int
	Entries  int
	Left     int
	Bad      int         // rows with a mistake
	Weight   kpi.Percent // of all targets the year would have
	Findings []kpi.Text  // what would be wrong with the weights
	Stored   bool
}

// Fine reports whether the proposal can be stored.
func (r ProposalResult) Fine() bool { return r.Bad == 0 && len(r.Mistakes) == 0 }

// ProposalTable is a proposal as a table holds it.
type ProposalTable struct {
	Rows    []ProposedIndicator
	Unread  []string   // headings of columns nothing was read from
	Carried bool       // blank areas are those of the row above
	Left    []kpi.Text // rows that are no indicators, and why
	Bare    [][]string // where no headings were found: the table cell by cell, for a person to say what its columns are
}

// ReadProposal reads a table of indicators, as [intake.ReadIndicators] finds one in a file. A kind or sign in
// words that mean neither is concluded. Refusal: Invalid file.
func ReadProposal(ctx context.Context, file string, content []byte, y kpi.Year) (ProposalTable, error) {
	done, err := intake.Turn(ctx)
	if err != nil {
		return ProposalTable{}, err
	}
	defer done()
	var m kpi.Mistakes
	grids, err := intake.Grids(ctx, file, bytes.NewReader(content), int64(len(content)))
	if !m.Check("file", err) {
		return ProposalTable{}, m.Err()
	}
	table, err := intake.ReadIndicators(grids, y)
	if !m.Check("file", err) {
		return unreadTable(grids, err, m)
	}
	return proposed(table)
}

// unreadTable refuses a table, with its cells where a person can say what the columns are.
func unreadTable(grids []intake.Grid, why error, m kpi.Mistakes) (out ProposalTable, err error) {
	if intake.ColumnsUnknown(why) {
		out.Bare = intake.BareTable(grids)
	}
	return out, m.Err()
}

// ReadProposalAs reads a table whose columns a person has named; text is its lines of cells between tabs.
// Refusals: Invalid file; indicators_no_name, indicators_column_twice.
func ReadProposalAs(ctx context.Context, text string, l intake.IndicatorLayout, y kpi.Year) (ProposalTable, error) {
	done, err := intake.Turn(ctx)
	if err != nil {
		return ProposalTable{}, err
	}
	defer done()
	var m kpi.Mistakes
	grids, err := intake.Grids(ctx, "pasted.tsv", strings.NewReader(text), int64(len(text)))
	if !m.Check("file", err) {
		return ProposalTable{}, m.Err()
	}
	table, err := intake.ReadIndicatorsAs(grids[0], l, y)
	if !m.Check("file", err) {
		return unreadTable(grids, err, m)
	}
	return proposed(table)
}

func proposed(table intake.IndicatorTable) (ProposalTable, error) {
	var m kpi.Mistakes
	out := ProposalTable{Unread: table.Unread, Left: table.Left}
	for _, r := range table.Rows {
		out.Carried = out.Carried || r.Carried
		for _, why := range r.Mistakes {
			out.Left = append(out.Left, kpi.T("indicators_cell", r.Number, why))
		}
	}
	out.Rows = proposedRows(table)
	for i := range out.Rows { // what was achieved is logged, or taken over with an old report
		out.Rows[i].Figure = ""
	}
	if len(out.Rows) == 0 {
		m.Add("file", "indicators_none")
	}
	return out, m.Err()
}

// proposedRows are the rows of a table of indicators.
func proposedRows(table intake.IndicatorTable) (out []ProposedIndicator) {
	for _, r := range table.Rows {
		c := r.Cells
		out = append(out, ProposedIndicator{Row: r.Number, Code: c[intake.IndicatorCode], Area: c[intake.IndicatorArea],
			Name: c[intake.IndicatorName], NameEn: c[intake.IndicatorNameEn], Measure: c[intake.IndicatorMeasure],
			Kind: string(intake.KindOf(c[intake.IndicatorKind])), Sign: string(intake.SignOf(c[intake.IndicatorSign])),
			Value: c[intake.IndicatorTarget], Weight: c[intake.IndicatorWeight], Owner: c[intake.IndicatorOwner],
			Partners: c[intake.IndicatorPartners], Definition: c[intake.IndicatorDefinition], Source: c[intake.IndicatorSource],
			Category: string(intake.CategoryOf(c[intake.IndicatorCategory])), Numerator: c[intake.IndicatorNumerator],
			Denominator: c[intake.IndicatorDenominator], Note: c[intake.IndicatorNote], Figure: c[intake.IndicatorDone]})
	}
	return out
}

// CheckProposal looks at a proposal and stores nothing. Mistakes of rows are no refusal but part of the
// answer. A closed year is looked at all the same. Refusals: Forbidden; NotFound; Invalid indicators_many.
func (a *App) CheckProposal(ctx context.Context, actor kpi.Actor, p Proposal) (ProposalResult, error) {
	if err := mayPropose(actor, p); err != nil {
		return ProposalResult{}, err
	}
	p.today = a.Today()
	return read(ctx, a, func(r *store.Reader) (ProposalResult, error) { return checkProposal(ctx, r, p) })
}

func mayPropose(actor kpi.Actor, p Proposal) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	if len(p.Rows) > intake.MaxIndicators {
		return kpi.Refuse(kpi.Invalid, "indicators_many", len(p.Rows), intake.MaxIndicators)
	}
	return nil
}

func checkProposal(ctx context.Context, r *store.Reader, p Proposal) (ProposalResult, error) {
	c, err := newProposalCheck(ctx, r, p)
	if err != nil {
		return ProposalResult{}, err
	}
	return c.run(), nil
}

// run concludes and checks all rows.
func (c *proposalCheck) run() ProposalResult {
	for i := range c.rows {
		c.conclude(i)
	}
	for i := range c.rows {
		c.check(i)
	}
	return c.result()
}

// newProposalCheck reads what proposals are held against.
func newProposalCheck(ctx context.Context, r *store.Reader, p Proposal) (*proposalCheck, error) {
	c := &proposalCheck{Proposal: p, inYear: map[kpi.IndicatorID]bool{}, codes: map[string]bool{}, rowOf: map[string]int{},
		areaOf: map[string]kpi.AreaID{}, newArea: map[kpi.AreaID]string{}}
	var err error
	if c.year, err = r.Year(ctx, p.Year); err != nil {
		return nil, err
	}
	if c.root, err = r.Root(ctx); err != nil {
		return nil, err
	}
	if c.areas, err = r.Areas(ctx); err != nil {
		return nil, err
	}
	if c.all, err = r.Indicators(ctx); err != nil {
		return nil, err
	}
	listed, err := r.YearIndicators(ctx, p.Year)
	if err != nil {
		return nil, err
	}
	for _, ind := range listed {
		c.inYear[ind.ID] = true
	}
	rules, err := r.Rules(ctx, p.Year)
	if err != nil {
		return nil, err
	}
	c.rules = rules.RuleSet
	history, err := r.UnitTargets(ctx, p.Year, c.root.ID)
	if err != nil {
		return nil, err
	}
	c.held = holding(history)
	if c.logged, err = loggedIndicators(ctx, r, p); err != nil {
		return nil, err
	}
	for _, area := range c.areas {
		c.areaOf[intake.PlainName(area.Name)] = area.ID
		c.areaOf[area.Code] = area.ID
	}
	for _, ind := range c.all {
		c.codes[ind.Code] = true
	}
	c.take()
	return c, nil
}

// take takes the rows that say anything, with the indicator each names.
func (c *proposalCheck) take() {
	for _, row := range c.Rows {
		row.Guessed = slices.Clone(row.Guessed)
		for _, t := range row.texts() {
			*t.at = strings.TrimSpace(*t.at)
		}
		if row.blank() {
			continue
		}
		out := ProposalRow{ProposedIndicator: row}
		for i, ind := range c.all {
			if c.forgotten(ind, row) {
				continue
			}
			sameCode := row.Code != "" && ind.Code == row.Code
			sameName := row.Name != "" && intake.PlainName(ind.Name) == intake.PlainName(row.Name)
			if sameCode || sameName && (out.Exists == nil || out.Exists.ArchivedAt != 0) {
				out.Exists, out.InYear, out.Held = &c.all[i], c.inYear[ind.ID], c.held[ind.ID]
			}
			if sameCode {
				break
			}
		}
		c.rows = append(c.rows, out)
	}
}

// texts are the fields with their names.
func (p *ProposedIndicator) texts() []text {
	return []text{oneLine("code", &p.Code), oneLine("area", &p.Area), oneLine("name", &p.Name),
		oneLine("name_en", &p.NameEn), oneLine("measure", &p.Measure), oneLine("kind", &p.Kind),
		oneLine("sign", &p.Sign), oneLine("value", &p.Value), oneLine("weight", &p.Weight), oneLine("owner", &p.Owner),
		oneLine("partners", &p.Partners),
		longText("definition", &p.Definition), longText("source", &p.Source), oneLine("category", &p.Category),
		oneLine("numerator", &p.Numerator), oneLine("denominator", &p.Denominator), longText("note", &p.Note),
		oneLine("part_of", &p.PartOf), oneLine("figure", &p.Figure), oneLine("date", &p.Date)}
}

// blank reports whether a row holds nothing but what a form chooses by itself.
func (p *ProposedIndicator) blank() bool {
	for _, t := range p.texts() {
		if *t.at != "" && t.field != "kind" && t.field != "sign" && t.field != "area" &&
			t.field != "category" && t.field != "date" {
			return false
		}
	}
	return true
}
