package api

import (
	"mime"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/middleware"
)

// adoptionJSON is an old report or table with what becomes of it.
type adoptionJSON struct {
	ID     *kpi.AdoptionID    `json:"id"` // null where nothing was kept
	State  kpi.AdoptionState  `json:"state"`
	OfYear *kpi.Year          `json:"of_year"` // that the text itself is of
	Logs   bool               `json:"logs_figures"`
	Texts  []adoptedTextJSON  `json:"texts"`
	Staff  []adoptedStaffJSON `json:"staff"`
	Budget []adoptedLineJSON  `json:"budget"`
	Units  []adoptedUnitJSON  `json:"units"`
	Twins  []twinJSON         `json:"twins"`
	proposalJSON
}

// adoptedTextJSON is the text of a section; ⟦#3⟧ stands for the figure of row 3.
type adoptedTextJSON struct {
	Section string `json:"section"`
	Area    string `json:"area"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	Taken   bool   `json:"taken"`
}

// adoptedUnitJSON is a unit that is named; Known, if it is there already.
type adoptedUnitJSON struct {
	Name   string `json:"name"`
	Parent string `json:"parent"`
	Known  bool   `json:"known"`
}

// twinJSON is a row that says the same as an earlier one.
type twinJSON struct {
	Row  int `json:"row"`
	Same int `json:"same_as"`
}

type adoptedStaffJSON struct {
	Kind   kpi.StaffKind `json:"kind"`
	Posts  *int64        `json:"posts"`
	People *int64        `json:"people"`
}

type adoptedLineJSON struct {
	Fund   kpi.Fund   `json:"fund"`
	Nature kpi.Nature `json:"nature"`
	Budget string     `json:"budget"`
	Spent  string     `json:"spent"`
}

// Adoption is what programs are told of an old report or table.
func Adoption(p lang.Printer, a app.Adopting) any {
	out := adoptionJSON{State: a.State, Logs: !a.NoFigures, Texts: []adoptedTextJSON{}, Staff: []adoptedStaffJSON{},
		Budget: []adoptedLineJSON{}, Units: []adoptedUnitJSON{}, Twins: []twinJSON{}}
	if a.ID != 0 {
		out.ID = &a.ID
	}
	if a.OfYear != 0 {
		out.OfYear = &a.OfYear
	}
	for _, t := range a.Texts {
		out.Texts = append(out.Texts, adoptedTextJSON{t.Section, t.Area, t.Title, t.Body, !t.Leave && !a.There[t.Place()]})
	}
	for _, c := range a.Staff {
		out.Staff = append(out.Staff, adoptedStaffJSON{c.Kind, c.Posts, c.People})
	}
	for _, l := range a.Budget {
		out.Budget = append(out.Budget, adoptedLineJSON{l.Fund, l.Nature, l.Budget().String(), l.Spent.String()})
	}
	for _, u := range a.Units.Known {
		out.Units = append(out.Units, adoptedUnitJSON{u.Name, u.Parent, true})
	}
	for _, u := range a.Units.New {
		out.Units = append(out.Units, adoptedUnitJSON{u.Name, u.Parent, false})
	}
	if a.State != kpi.AdoptionMade {
		twins := a.Twins()
		for _, row := range a.Rows {
			if same := twins[row.Row]; same != 0 {
				out.Twins = append(out.Twins, twinJSON{row.Row, same})
			}
		}
	}
	out.proposalJSON = newProposalJSON(p, a.Result, app.ProposalTable{Unread: a.Unread, Left: a.Left})
	out.Stored = a.State == kpi.AdoptionMade
	return out
}

// adoptedFiles are the media types of what can be taken over, with a name for each.
var adoptedFiles = map[string]string{"text/plain": "report.txt", "text/csv": "table.csv",
	"text/tab-separated-values": "table.tsv", middleware.MIMEXlsx: "table.xlsx",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "report.docx"}

// postAdoption takes an old report or table over, all or nothing: 201 when it is made, 200 when it was only looked at,
// 422 with the same answer when any row is wrong.
func (s API) postAdoption(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	none, err := s.App.CheckAdoption(c.UserContext(), v.Actor, year, app.AdoptionBody{})
	if err != nil {
		return err
	}
	if err := none.Result.Year.CheckOpen(); err != nil && !c.QueryBool("dry_run") {
		return err
	}
	media, _, _ := mime.ParseMediaType(c.Get(fiber.HeaderContentType)) //nolint:errcheck // what is none is refused
	name := adoptedFiles[media]
	if name == "" {
		return middleware.ErrContentType
	}
	raw, err := middleware.Body(c, middleware.MaxTable)
	if err != nil {
		return err
	}
	body, err := app.ReadAdoption(c.UserContext(), name, raw, year)
	if err != nil {
		return err
	}
	if c.QueryBool("merge") {
		body = body.Merged(0)
	}
	if c.QueryBool("dry_run") {
		a, err := s.App.CheckAdoption(c.UserContext(), v.Actor, year, body)
		if err != nil {
			return err
		}
		return s.JSON(c, fiber.StatusOK, Adoption(v.Printer, a))
	}
	n := app.NewAdoption{Source: name, Body: body, Key: idempotencyKey(c)}
	a, err := s.App.Adopt(c.UserContext(), v.Actor, year, n)
	if err != nil {
		return err
	}
	status := fiber.StatusCreated
	if a.State == kpi.AdoptionDraft {
		status = fiber.StatusUnprocessableEntity
	}
	return s.JSON(c, status, Adoption(v.Printer, a))
}

// postAdoptionUndo takes back all that was made of one.
func (s API) postAdoptionUndo(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(c.Params("adoption"), 10, 64)
	if err != nil {
		return kpi.Missing("adoption_not_found", c.Params("adoption"))
	}
	id := kpi.AdoptionID(n)
	err = s.App.UndoAdoption(c.UserContext(), v.Actor, year, id, v.Printer.T("adoption.undo"), idempotencyKey(c))
	if err != nil {
		return err
	}
	a, err := s.App.Adoption(c.UserContext(), v.Actor, year, id)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, Adoption(v.Printer, a))
}
