package api

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// ProjectsJSON is a year's projects. Money is in 万元.
type ProjectsJSON struct {
	Year     int           `json:"year"`
	AsOf     string        `json:"as_of"`
	Measure  kpi.Measure   `json:"measure"`
	Items    []ProjectJSON `json:"items"`
	Findings []findingJSON `json:"findings"`
}

type ProjectJSON struct {
	Code        string             `json:"code"`
	Name        string             `json:"name"`
	NameEn      string             `json:"name_en,omitempty"`
	Supervisor  string             `json:"supervisor"`
	Implementer string             `json:"implementer"`
	Fund        kpi.Fund           `json:"fund"`
	Expected    string             `json:"expected"`
	Achieved    string             `json:"achieved"`
	Money       []projectMoneyJSON `json:"money"` // the stated sources, then the total
	Score       ScoreJSON          `json:"score"` // of this project, by its own weights
}

// projectMoneyJSON is a source of a project's money; the total has none.
type projectMoneyJSON struct {
	Source          kpi.ProjectSource `json:"source,omitempty"`
	Initial         *string           `json:"initial"`
	Budget          string            `json:"budget"`
	Spent           string            `json:"spent"`
	Execution       *string           `json:"execution"`
	ExecutionReason string            `json:"execution_reason,omitempty"`
}

func newProjectJSON(p lang.Printer, x progress.ProjectScore) ProjectJSON {
	out := ProjectJSON{Code: x.Code, Name: x.Name, NameEn: x.NameEn, Supervisor: x.Supervisor,
		Implementer: x.Implementer, Fund: x.Fund, Expected: x.Expected, Achieved: x.Achieved, Money: []projectMoneyJSON{},
		Score: newScoreJSON(p, x.Score)}
	add := func(s kpi.ProjectSource, l progress.BudgetFigure) {
		m := projectMoneyJSON{Source: s, Initial: moneyPointer(l.Initial), Budget: page.TenThousand(l.Budget()),
			Spent: page.TenThousand(l.Spent)}
		m.Execution, m.ExecutionReason = optional(l.Execution, percentText)
		out.Money = append(out.Money, m)
	}
	for i, m := range x.Money {
		add(m.Source, x.Budget.Lines[i])
	}
	if len(x.Money) > 0 {
		add("", x.Budget.Total)
	}
	return out
}

func (s API) getProjects(c *fiber.Ctx, v *middleware.Visit) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Projects)
	if err != nil {
		return err
	}
	out := ProjectsJSON{Year: int(view.Board.Year.Year), AsOf: view.Board.AsOf.String(), Measure: kpi.TenThousandY,
		Items: []ProjectJSON{}, Findings: newFindingsJSON(v.Printer, view.Findings)}
	for _, p := range view.Projects {
		out.Items = append(out.Items, newProjectJSON(v.Printer, p))
	}
	return s.JSON(c, fiber.StatusOK, out)
}

// projectBody changes a project. What is left out keeps its value; money and indicators replace all there
// were. Amounts are in 万元 unless measure says 元.
type projectBody struct {
	Name        *string                `json:"name"`
	NameEn      *string                `json:"name_en"`
	Supervisor  *string                `json:"supervisor"`
	Implementer *string                `json:"implementer"`
	Fund        *kpi.Fund              `json:"fund"`
	Expected    *string                `json:"expected"`
	Achieved    *string                `json:"achieved"`
	Measure     kpi.Measure            `json:"measure"`
	Money       []projectMoneyBody     `json:"money"`
	Indicators  []projectIndicatorBody `json:"indicators"`
}

type projectMoneyBody struct {
	Source  kpi.ProjectSource `json:"source"`
	Initial decimal           `json:"initial"`
	Budget  decimal           `json:"budget"`
	Spent   decimal           `json:"spent"`
}

type projectIndicatorBody struct {
	Indicator string  `json:"indicator"`
	Weight    decimal `json:"weight"`
	Points    decimal `json:"points"`
	Reason    string  `json:"reason"`
}

// newProjectBody is a projectBody with the code of a new project.
type newProjectBody struct {
	Code string `json:"code"`
	projectBody
}

// edit reads the body. Without money or indicators, those are unchanged.
func (b projectBody) edit() (app.ProjectEdit, error) {
	m := moneyIn(b.Measure)
	n := app.ProjectEdit{Name: b.Name, NameEn: b.NameEn, Supervisor: b.Supervisor,
		Implementer: b.Implementer, Fund: b.Fund, Expected: b.Expected, Achieved: b.Achieved}
	if b.Money != nil {
		n.Money = []kpi.ProjectMoney{}
	}
	for _, x := range b.Money {
		budget, spent := input.MoneyField(x.Source, "budget"), input.MoneyField(x.Source, "spent")
		n.Money = append(n.Money, kpi.ProjectMoney{Source: x.Source,
			Initial: m.optional(input.MoneyField(x.Source, "initial"), x.Initial),
			Full:    m.stated(budget, x.Budget), Spent: m.stated(spent, x.Spent)})
	}
	if b.Indicators != nil {
		n.Indicators = []app.NewProjectIndicator{}
	}
	for i, x := range b.Indicators {
		n.Indicators = append(n.Indicators, x.read(&m.Mistakes, kpi.ProjectIndicatorField(i)))
	}
	return n, m.Err()
}

func (b projectIndicatorBody) read(m *kpi.Mistakes, at string) app.NewProjectIndicator {
	out := app.NewProjectIndicator{Code: b.Indicator, Reason: b.Reason}
	if b.Weight != "" {
		out.Weight, _ = input.ReadPercent(m, at+"weight", string(b.Weight))
	}
	if b.Points != "" {
		if p, ok := input.ReadPercent(m, at+"points", string(b.Points)); ok {
			out.Points = &p
		}
	}
	return out
}

func (s API) postProject(c *fiber.Ctx, v *middleware.Visit) error {
	var b newProjectBody
	if err := decode(c, &b); err != nil {
		return err
	}
	return s.setProject(c, v, fiber.StatusCreated, b.Code, b.projectBody, s.App.CreateProject)
}

func (s API) patchProject(c *fiber.Ctx, v *middleware.Visit) error {
	var b projectBody
	if err := decode(c, &b); err != nil {
		return err
	}
	return s.setProject(c, v, fiber.StatusOK, c.Params("code"), b, s.App.EditProject)
}

// setProject creates or edits a project and answers with it.
func (s API) setProject(c *fiber.Ctx, v *middleware.Visit, status int, code string, b projectBody,
	set func(context.Context, kpi.Actor, kpi.Year, string, app.ProjectEdit, string) (kpi.Project, error)) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	n, err := b.edit()
	if err != nil {
		return err
	}
	if _, err := set(c.UserContext(), v.Actor, year, code, n, idempotencyKey(c)); err != nil {
		return err
	}
	return s.sendProject(c, v, status, code)
}

// sendProject sends a project in its current state.
func (s API) sendProject(c *fiber.Ctx, v *middleware.Visit, status int, code string) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Projects)
	if err != nil {
		return err
	}
	for _, p := range view.Projects {
		if p.Code == code {
			return s.JSON(c, status, newProjectJSON(v.Printer, p))
		}
	}
	return fmt.Errorf("project %s of %d went away after it was kept", code, view.Board.Year.Year)
}

// removeProject removes a project, with a reason.
func (s API) removeProject(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Reason string `json:"reason"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	if err := s.App.DropProject(c.UserContext(), v.Actor, year, c.Params("code"), b.Reason); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
