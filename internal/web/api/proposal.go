package api

import (
	"mime"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/middleware"
)

// proposedJSON is an indicator with its area and target, in people's own words.
type proposedJSON struct {
	Row         int              `json:"row,omitempty"`
	Code        string           `json:"code,omitempty"`
	Area        string           `json:"area,omitempty"`
	Name        string           `json:"name"`
	NameEn      string           `json:"name_en,omitempty"`
	Measure     string           `json:"measure,omitempty"`
	Kind        string           `json:"kind,omitempty"`
	Sign        string           `json:"sign,omitempty"`
	Value       decimal          `json:"value,omitempty"`
	Weight      decimal          `json:"weight,omitempty"`
	Owner       string           `json:"owner,omitempty"`
	Partners    string           `json:"partners,omitempty"`
	Definition  string           `json:"definition,omitempty"`
	Source      string           `json:"source,omitempty"`
	Category    string           `json:"category,omitempty"`
	Numerator   string           `json:"numerator,omitempty"`
	Denominator string           `json:"denominator,omitempty"`
	Note        string           `json:"note,omitempty"`
	PartOf      string           `json:"part_of,omitempty"`
	Figure      string           `json:"figure,omitempty"`
	Date        string           `json:"date,omitempty"`
	Do          app.ProposalStep `json:"do,omitempty"`
}

func (b proposedJSON) row() app.ProposedIndicator {
	return app.ProposedIndicator{Row: b.Row, Code: b.Code, Area: b.Area, Name: b.Name, NameEn: b.NameEn,
		Measure: b.Measure,
		Kind:    b.Kind, Sign: b.Sign, Value: string(b.Value), Weight: string(b.Weight), Owner: b.Owner, Partners: b.Partners,
		Definition: b.Definition, Source: b.Source, Category: b.Category, Numerator: b.Numerator, Denominator: b.Denominator,
		Note: b.Note, PartOf: b.PartOf, Figure: b.Figure, Date: b.Date, Do: b.Do}
}

// proposalRowJSON is a row with what becomes of it.
type proposalRowJSON struct {
	proposedJSON
	Exists  bool          `json:"exists"`
	Guessed []string      `json:"guessed"`
	Errors  []problemItem `json:"errors"`
}

// proposalJSON is what becomes of a proposal.
type proposalJSON struct {
	Rows     []proposalRowJSON `json:"rows"`
	Created  int               `json:"created"`
	Targets  int               `json:"targets"`
	Entries  int               `json:"entries"`
	Left     int               `json:"left"`
	Bad      int               `json:"bad"`
	NewAreas []string          `json:"new_areas"`
	Weight   string            `json:"weight"`
	Stored   bool              `json:"stored"`
	Errors   []problemItem     `json:"errors"`
	Unread   []string          `json:"unread"`
	LeftOut  []string          `json:"left_out"`
}

func newProposalJSON(p lang.Printer, r app.ProposalResult, t app.ProposalTable) proposalJSON {
	out := proposalJSON{Rows: []proposalRowJSON{}, Created: r.Created, Targets: r.Targets, Entries: r.Entries,
		Left: r.Left, Bad: r.Bad,
		NewAreas: append([]string{}, r.NewAreas...), Weight: r.Weight.Amount().String(), Stored: r.Stored,
		Errors: problemItems(p, r.Mistakes), Unread: append([]string{}, t.Unread...), LeftOut: []string{}}
	for _, why := range t.Left {
		out.LeftOut = append(out.LeftOut, p.Text(why))
	}
	for _, row := range r.Rows {
		out.Rows = append(out.Rows, proposalRowJSON{Exists: row.Exists != nil, Guessed: append([]string{}, row.Guessed...),
			Errors: problemItems(p, row.Mistakes), proposedJSON: proposedJSON{Row: row.Row, Code: row.Indicator().Code,
				Area: row.Area, Name: row.Name, NameEn: row.NameEn, Measure: row.Measure, Kind: row.Kind, Sign: row.Sign,
				Value: decimal(row.Value), Weight: decimal(row.Weight), Owner: row.Owner, Partners: row.Partners,
				Definition: row.Definition, Source: row.Source, Category: row.Category, Numerator: row.Numerator,
				Denominator: row.Denominator, Note: row.Note, PartOf: row.PartOf, Figure: row.Figure, Date: row.Date,
				Do: row.Do}})
	}
	return out
}

// problemItem is a mistake in a field, as in problem+json.
type problemItem struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func problemItems(p lang.Printer, fields []kpi.Field) []problemItem {
	out := []problemItem{}
	for _, f := range fields {
		out = append(out, problemItem{f.Name, f.Text.Key, p.Text(f.Text)})
	}
	return out
}

// postIndicators makes many indicators with their areas and targets at once, all or nothing: 201 when they are
// stored, 200 for a dry run, 422 with the same answer when any row is wrong. The body is JSON or the table's file
// (xlsx, csv, tsv).
func (s API) postIndicators(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	p, table, err := readProposal(c, year)
	if err != nil {
		return err
	}
	status, do := fiber.StatusCreated, s.App.SaveProposal
	if c.QueryBool("dry_run") {
		status, do = fiber.StatusOK, s.App.CheckProposal
	}
	result, err := do(c.UserContext(), v.Actor, p)
	if err != nil {
		return err
	}
	if err := result.Year.CheckOpen(); err != nil && !result.Stored {
		return err
	}
	if !result.Stored && !result.Fine() {
		status = fiber.StatusUnprocessableEntity
	}
	return s.JSON(c, status, newProposalJSON(v.Printer, result, table))
}

func readProposal(c *fiber.Ctx, year kpi.Year) (p app.Proposal, table app.ProposalTable, err error) {
	p = app.Proposal{Year: year, Key: idempotencyKey(c)}
	media, _, _ := mime.ParseMediaType(c.Get(fiber.HeaderContentType)) //nolint:errcheck // an unreadable media type is read as JSON
	name := map[string]string{"text/csv": "indicators.csv", "text/tab-separated-values": "indicators.tsv",
		middleware.MIMEXlsx: "indicators.xlsx"}[media]
	if name != "" {
		raw, err := middleware.Body(c, middleware.MaxTable)
		if err == nil {
			table, err = app.ReadProposal(c.UserContext(), name, raw, year)
		}
		p.Rows = table.Rows
		return p, table, err
	}
	var b struct {
		Rows     []proposedJSON `json:"rows"`
		Document string         `json:"document"`
		Issuer   string         `json:"issuer"`
		Dated    string         `json:"dated"`
		Reason   string         `json:"reason"`
	}
	if err := decodeWithin(c, middleware.MaxTable, &b); err != nil {
		return p, table, err
	}
	var m kpi.Mistakes
	if b.Dated != "" {
		p.Dated, err = kpi.ParseDate(b.Dated)
		m.Check("dated", err)
	}
	for _, row := range b.Rows {
		p.Rows = append(p.Rows, row.row())
	}
	p.Document, p.Issuer, p.Reason = b.Document, b.Issuer, b.Reason
	return p, table, m.Err()
}
