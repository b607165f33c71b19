package handler

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getAdopt is where an old report or table is handed in.
func (s Pages) getAdopt(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showAdopt(c, v, fiber.StatusOK, "", nil)
}

func (s Pages) showAdopt(c *fiber.Ctx, v *middleware.Visit, status int, text string, refusal *kpi.Error) error {
	pc, err := s.proposalContext(c, v)
	if err != nil {
		return err
	}
	earlier, err := s.App.Adoptions(c.UserContext(), v.Actor, pc.Year.Year)
	if err != nil {
		return err
	}
	for i := range earlier {
		if err := s.NameAll(c, &pc, []string{earlier[i].Author}); err != nil {
			return err
		}
	}
	return s.Render(c, status, "adopt_choose", page.NewAdoptChoose(pc, earlier, text, refusal))
}

// postAdopt reads what was handed in and keeps it as a draft.
func (s Pages) postAdopt(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	f, name, content, err := s.table(c, v)
	if err != nil {
		return err
	}
	field, typed := "file", strings.TrimSpace(f.Get("text")) != ""
	if typed && len(content) > 0 {
		var m kpi.Mistakes
		m.Add("text", "indicators_both")
		e, status, _ := middleware.Refusal(m.Err())
		return s.showAdopt(c, v, status, f.Get("text"), e)
	}
	if typed {
		field, name, content = "text", v.Printer.T("adoption.pasted"), []byte(f.Get("text"))
	}
	var body app.AdoptionBody
	if f.Get("import") != "" {
		name = f.Get("name")
		body, err = s.App.ReadUnknown(c.UserContext(), v.Actor, name, f.Get("import"), year)
	} else {
		body, err = app.ReadAdoption(c.UserContext(), name, content, year)
	}
	var id kpi.AdoptionID
	if err == nil {
		id, err = s.App.StartAdoption(c.UserContext(), v.Actor, year, name, body)
	}
	if e, status, ok := middleware.Refusal(err); ok {
		for i := range e.Fields {
			e.Fields[i].Name = field
		}
		return s.showAdopt(c, v, status, f.Get("text"), e)
	}
	if err != nil {
		return err
	}
	return c.Redirect(page.AdoptionPath(year, id), fiber.StatusSeeOther)
}

// getAdoption shows a draft, or what was made of it.
func (s Pages) getAdoption(c *fiber.Ctx, v *middleware.Visit) error {
	year, id, err := adoptionParams(c)
	if err != nil {
		return err
	}
	return s.showAdoption(c, v, fiber.StatusOK, year, id, nil, nil)
}

func adoptionParams(c *fiber.Ctx) (kpi.Year, kpi.AdoptionID, error) {
	year, err := middleware.YearParam(c)
	if err != nil {
		return 0, 0, err
	}
	id, err := strconv.ParseInt(c.Params("adoption"), 10, 64)
	if err != nil {
		return 0, 0, kpi.Missing("adoption_not_found", c.Params("adoption"))
	}
	return year, kpi.AdoptionID(id), nil
}

func (s Pages) showAdoption(c *fiber.Ctx, v *middleware.Visit, status int, year kpi.Year, id kpi.AdoptionID,
	typed url.Values, refusal *kpi.Error) error {
	a, err := s.App.Adoption(c.UserContext(), v.Actor, year, id)
	if err != nil {
		return err
	}
	pc, err := s.proposalContext(c, v)
	if err != nil {
		return err
	}
	if a.State == kpi.AdoptionMade {
		return s.Render(c, status, "adopt_made", page.NewAdoptMade(pc, a))
	}
	return s.Render(c, status, "plan_proposal", page.NewAdoption(pc, a, typed, refusal))
}

// adoptionForm reads a form about one; what a closed year has become stays.
func (s Pages) adoptionForm(c *fiber.Ctx, v *middleware.Visit) (f url.Values, year kpi.Year, id kpi.AdoptionID,
	err error) {
	if f, _, err = s.YearForm(c, v); err != nil {
		return f, year, id, err
	}
	pc, err := s.proposalContext(c, v)
	if err != nil {
		return f, year, id, err
	}
	if err := pc.Year.CheckOpen(); err != nil {
		return f, year, id, err
	}
	year, id, err = adoptionParams(c)
	return f, year, id, err
}

// postAdoption keeps a draft as it was changed, or makes all of it: 303, or nothing and 422 with every mistake.
func (s Pages) postAdoption(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, id, err := s.adoptionForm(c, v)
	if err != nil {
		return err
	}
	kept, err := s.App.Adoption(c.UserContext(), v.Actor, year, id)
	if err != nil {
		return err
	}
	body := adoptionBody(f, kept.AdoptionBody)
	act, row, _ := strings.Cut(f.Get("act"), ".")
	merges := act == "merge"
	if merges {
		n, _ := strconv.Atoi(row) //nolint:errcheck // no number: all of them
		body = body.Merged(n)
	}
	if merges || act == "keep" {
		err = s.App.KeepAdoption(c.UserContext(), v.Actor, year, id, body)
	} else {
		kept, err = s.App.MakeAdoption(c.UserContext(), v.Actor, year, id, body)
	}
	if e, status, ok := middleware.Refusal(err); ok {
		return s.showAdoption(c, v, status, year, id, f, e)
	}
	if err != nil {
		return err
	}
	if !merges && act != "keep" && kept.State != kpi.AdoptionMade {
		return s.showAdoption(c, v, fiber.StatusUnprocessableEntity, year, id, f, nil)
	}
	return c.Redirect(page.AdoptionPath(year, id), fiber.StatusSeeOther)
}

// adoptionBody is a draft with what a form says.
func adoptionBody(f url.Values, body app.AdoptionBody) app.AdoptionBody {
	body.Rows = readProposalRows(f)
	body.NoFigures = f.Get("figures") == "" && slices.ContainsFunc(body.Rows,
		func(row app.ProposedIndicator) bool { return row.Figure != "" })
	body.NoStaff, body.NoBudget, body.NoUnits = f.Get("staff") == "", f.Get("budget") == "", f.Get("units") == ""
	body.Texts = slices.Clone(body.Texts)
	for n := range body.Texts {
		body.Texts[n].Leave = f.Get("text."+strconv.Itoa(n)) == ""
	}
	return body
}

// postAdoptionUndo takes back all that was made.
func (s Pages) postAdoptionUndo(c *fiber.Ctx, v *middleware.Visit) error {
	_, year, id, err := s.adoptionForm(c, v)
	if err != nil {
		return err
	}
	err = s.App.UndoAdoption(c.UserContext(), v.Actor, year, id, v.Printer.T("adoption.undo"), "")
	_, status, ok := middleware.Refusal(err) //nolint:errcheck // the page says it
	if ok {
		return s.showAdoption(c, v, status, year, id, nil, nil)
	}
	if err != nil {
		return err
	}
	return c.Redirect(page.AdoptionPath(year, id), fiber.StatusSeeOther)
}
