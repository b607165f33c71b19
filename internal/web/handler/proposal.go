package handler

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getProposal is where a table of indicators is handed in, or, with rows, an empty one to be typed into.
func (s Pages) getProposal(c *fiber.Ctx, v *middleware.Visit) error {
	if pc, err := s.proposalContext(c, v); err != nil {
		return err
	} else if err := pc.Year.CheckOpen(); err != nil {
		return err
	}
	if rows := c.QueryInt("rows"); rows > 0 {
		return s.showProposal(c, v, fiber.StatusOK, app.Proposal{}, page.ProposalInput{Spare: min(rows,
			intake.MaxIndicators)})
	}
	return s.showProposalChoose(c, v, fiber.StatusOK, page.ChooseInput{})
}

func (s Pages) showProposalChoose(c *fiber.Ctx, v *middleware.Visit, status int, in page.ChooseInput) error {
	pc, err := s.proposalContext(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, status, "plan_table", page.NewProposalChoose(pc, in))
}

// proposalContext starts a page about what a year's plan is to become.
func (s Pages) proposalContext(c *fiber.Ctx, v *middleware.Visit) (page.Context, error) {
	year, err := middleware.YearParam(c)
	if err != nil {
		return page.Context{}, err
	}
	d, err := s.App.Definition(c.UserContext(), v.Actor, year, "")
	if err != nil {
		return page.Context{}, err
	}
	return s.planContext(c, v, d.Year)
}

// spareRows are empty rows below those of a table.
const spareRows = 3

// maxProposal bounds the rows of a table, in bytes of the form that sends them back.
const maxProposal = middleware.MaxTable * 4 / 5

// postProposalTable reads a table and shows what would come of it, or asks what its columns are. Nothing is
// stored.
func (s Pages) postProposalTable(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	f, name, content, err := s.table(c, v)
	if err != nil {
		return err
	}
	pc, err := s.proposalContext(c, v)
	if err != nil {
		return err
	}
	var table app.ProposalTable
	layout := readLayout(f)
	if err = pc.Year.CheckOpen(); err == nil && layout != nil {
		table, err = app.ReadProposalAs(c.UserContext(), asTable(f.Get("text")), *layout, year)
	} else if err == nil {
		table, err = readProposalTable(c.UserContext(), f.Get("text"), name, content, year)
	}
	if e, status, ok := middleware.Refusal(err); ok {
		return s.showProposalChoose(c, v, status, page.ChooseInput{Text: f.Get("text"), Refusal: e, Bare: table.Bare,
			Layout: layout})
	}
	if err != nil {
		return err
	}
	return s.showProposal(c, v, fiber.StatusOK, app.Proposal{Year: year, Rows: table.Rows},
		page.ProposalInput{Unread: table.Unread, Carried: table.Carried, Left: table.Left, Spare: min(spareRows,
			intake.MaxIndicators-len(table.Rows))})
}

// readLayout reads what a person said of a table's columns; nil if nobody was asked.
func readLayout(f url.Values) *intake.IndicatorLayout {
	if !f.Has("column.0") {
		return nil
	}
	l := intake.IndicatorLayout{}
	l.From, _ = strconv.Atoi(f.Get("from")) //nolint:errcheck // without a number the first row is the first
	for i := 0; f.Has("column." + strconv.Itoa(i)); i++ {
		l.Columns = append(l.Columns, intake.IndicatorColumn(f.Get("column."+strconv.Itoa(i))))
	}
	return &l
}

// asTable takes a form's line breaks for a table's.
func asTable(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// readProposalTable reads what was pasted, or the file.
func readProposalTable(ctx context.Context, text, name string, content []byte,
	year kpi.Year) (table app.ProposalTable, err error) {
	var m kpi.Mistakes
	field := "file"
	switch pasted := strings.TrimSpace(text) != ""; {
	case pasted && len(content) > 0:
		m.Add("text", "indicators_both")
		return table, m.Err()
	case pasted:
		field, name, content = "text", "pasted.tsv", []byte(asTable(text))
	case len(content) == 0:
		m.Add("text", "indicators_nothing")
		return table, m.Err()
	}
	table, err = app.ReadProposal(ctx, name, content, year)
	if e, _, ok := middleware.Refusal(err); ok {
		for i := range e.Fields {
			e.Fields[i].Name = field
		}
		return table, e
	}
	if err == nil && len(proposalForm(table.Rows).Encode()) > maxProposal {
		m.Add(field, "indicators_large")
		err = m.Err()
	}
	return table, err
}

// proposalForm is rows as a form sends them.
func proposalForm(rows []app.ProposedIndicator) url.Values {
	f := url.Values{}
	for n := range rows {
		for field, at := range proposalTexts(&rows[n]) {
			f.Set(field+"."+strconv.Itoa(n), *at)
		}
	}
	return f
}

// showProposal checks a proposal and shows it.
func (s Pages) showProposal(c *fiber.Ctx, v *middleware.Visit, status int, p app.Proposal,
	in page.ProposalInput) error {
	pc, err := s.proposalContext(c, v)
	if err != nil {
		return err
	}
	p.Year = pc.Year.Year
	if in.Key == "" {
		in.Key = middleware.NewKey()
	}
	if in.Result, err = s.App.CheckProposal(c.UserContext(), v.Actor, p); err != nil {
		return err
	}
	return s.Render(c, status, "plan_proposal", page.NewProposal(pc, in))
}

// postProposal saves a proposal: all of it and 303, or nothing and 422 with every mistake at its row.
func (s Pages) postProposal(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	p := app.Proposal{Year: year, Rows: readProposalRows(f), Document: readText(&m, f, "document"),
		Issuer: readText(&m, f, "issuer"), Reason: readText(&m, f, "reason"), Dated: readDated(&m, f), Key: f.Get("key")}
	err = m.Err()
	var result app.ProposalResult
	if err == nil {
		result, err = s.App.SaveProposal(c.UserContext(), v.Actor, p)
	}
	in := page.ProposalInput{Spare: spareRows, Key: p.Key, Typed: f}
	e, status, refused := middleware.Refusal(err)
	switch {
	case refused:
		in.Refusal = e
	case err != nil:
		return err
	case result.Stored:
		to := page.WithQuery(doneAt(page.PlanPath(year), "proposed"), "made", strconv.Itoa(result.Created))
		return c.Redirect(page.WithQuery(to, "set", strconv.Itoa(result.Targets)), fiber.StatusSeeOther)
	default:
		status = fiber.StatusUnprocessableEntity
	}
	return s.showProposal(c, v, status, p, in)
}

// readProposalRows reads the rows of a form; what was guessed and left as it was stays marked.
func readProposalRows(f url.Values) []app.ProposedIndicator {
	n, _ := strconv.Atoi(f.Get("rows")) //nolint:errcheck // without a number there are no rows
	rows := make([]app.ProposedIndicator, min(max(n, 0), intake.MaxIndicators+spareRows))
	for i := range rows {
		row, at := &rows[i], "."+strconv.Itoa(i)
		row.Row, _ = strconv.Atoi(f.Get("row" + at)) //nolint:errcheck // it only names the row
		for field, to := range proposalTexts(row) {
			*to = strings.TrimSpace(f.Get(field + at))
		}
		row.Do = app.ProposalStep(f.Get("do" + at))
		for _, guess := range f["guess"+at] {
			if field, value, _ := strings.Cut(guess, "="); f.Get(field+at) == value && !slices.Contains(row.Guessed, field) {
				row.Guessed = append(row.Guessed, field)
			}
		}
	}
	return rows
}

// proposalTexts are the fields of a row by their names in forms.
func proposalTexts(r *app.ProposedIndicator) map[string]*string {
	return map[string]*string{"code": &r.Code, "area": &r.Area, "name": &r.Name, "name_en": &r.NameEn,
		"measure": &r.Measure,
		"kind":    &r.Kind, "sign": &r.Sign, "value": &r.Value, "weight": &r.Weight, "owner": &r.Owner,
		"partners":   &r.Partners,
		"definition": &r.Definition, "source": &r.Source, "category": &r.Category, "numerator": &r.Numerator,
		"denominator": &r.Denominator, "note": &r.Note, "part_of": &r.PartOf, "figure": &r.Figure, "date": &r.Date}
}
