package handler

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getProjects(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showProjects(c, v, fiber.StatusOK, page.ProjectInput{Code: c.Query("project"), New: c.Query("new") != ""})
}

// showProjects shows the page. A refused form is shown as it was sent.
func (s Pages) showProjects(c *fiber.Ctx, v *middleware.Visit, status int, in page.ProjectInput) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Projects)
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, view.Board)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "project")
	in.Key = v.FormKey()
	return s.Render(c, status, "project_list", page.NewProject(pc, view, in))
}

// postProject adds a project, or changes the one the form names: 303 to it, or 422 or 409 with the form as
// it was sent.
func (s Pages) postProject(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	in := page.ProjectInput{Code: f.Get("project"), New: f.Get("project") == "", Typed: f}
	n, codes, err := readProject(f)
	var p kpi.Project
	switch {
	case err != nil:
	case in.New:
		p, err = s.App.CreateProject(c.UserContext(), v.Actor, year, strings.TrimSpace(f.Get("code")), n, f.Get("key"))
	default:
		p, err = s.App.EditProject(c.UserContext(), v.Actor, year, in.Code, n, f.Get("key"))
	}
	return middleware.Posted(c, err, doneAt(page.ProjectPath(year), "saved")+"#project-"+url.PathEscape(p.Code),
		func(status int, refusal *kpi.Error) error {
			in.Refusal = byIndicator(refusal, codes)
			return s.showProjects(c, v, status, in)
		})
}

// postProjectRemoval removes a project: 303 to the others, or 422 or 409 with the reason asked for.
func (s Pages) postProjectRemoval(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	code := c.Params("code")
	err = s.App.DropProject(c.UserContext(), v.Actor, year, code, f.Get("reason"))
	return middleware.Posted(c, err, doneAt(page.ProjectPath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showProjects(c, v, status, page.ProjectInput{Removing: code, Typed: f, Refusal: refusal})
	})
}

// readProject reads the form of a project. codes are its indicators in the order they were sent.
func readProject(f url.Values) (n app.ProjectEdit, codes []string, err error) {
	var m kpi.Mistakes
	text := func(name string) *string {
		s := f.Get(name)
		return &s
	}
	fund := kpi.Fund(f.Get("fund"))
	n = app.ProjectEdit{Name: text("name"), NameEn: text("name_en"), Supervisor: text("supervisor"),
		Implementer: text("implementer"), Expected: text("expected"), Achieved: text("achieved"), Fund: &fund,
		Money: []kpi.ProjectMoney{}, Indicators: []app.NewProjectIndicator{}}
	for _, s := range kpi.ProjectSources {
		if money, ok := readProjectMoney(&m, f, s); ok {
			n.Money = append(n.Money, money)
		}
	}
	for _, code := range f["code_of"] {
		if i, ok := readProjectIndicator(&m, f, code); ok {
			n.Indicators = append(n.Indicators, i)
			codes = append(codes, code)
		}
	}
	if at, err := strconv.ParseInt(f.Get("seen"), 10, 64); err == nil {
		seen := kpi.UnixMilli(at)
		n.Seen = &seen
	}
	return n, codes, m.Err()
}

// readProjectMoney reads the amounts of a source of money; ok is false if all fields are empty.
func readProjectMoney(m *kpi.Mistakes, f url.Values, s kpi.ProjectSource) (money kpi.ProjectMoney, ok bool) {
	money.Source = s
	if a, ok := input.ReadMoney(m, input.MoneyField(s, "initial"), f.Get(input.MoneyField(s, "initial")),
		kpi.TenThousandY); ok {
		money.Initial = &a
	}
	full, spent := input.MoneyField(s, "budget"), input.MoneyField(s, "spent")
	written := func(field string) bool { return !intake.SaysNoValue(f.Get(field)) }
	money.Full, _ = input.ReadMoney(m, full, f.Get(full), kpi.TenThousandY)
	money.Spent, _ = input.ReadMoney(m, spent, f.Get(spent), kpi.TenThousandY)
	if !written(full) && !written(spent) && money.Initial == nil {
		return money, false
	}
	for _, field := range []string{full, spent} {
		if !written(field) {
			m.Add(field, "project_money_half")
		}
	}
	return money, true
}

// readProjectIndicator reads an indicator's row; ok is false if it is not ticked. A weight newly typed
// without ticking the box is a mistake, so that it is not lost; one that was there before goes with the
// tick.
func readProjectIndicator(m *kpi.Mistakes, f url.Values, code string) (i app.NewProjectIndicator, ok bool) {
	i.Code = code
	weight := strings.TrimSpace(f.Get("weight_" + code))
	if f.Get("in_"+code) == "" {
		if weight != "" && weight != f.Get("was_"+code) {
			m.Add("weight_"+code, "project_not_ticked")
		}
		return i, false
	}
	if weight != "" {
		i.Weight, _ = input.ReadPercent(m, "weight_"+code, weight)
	}
	if points := strings.TrimSpace(f.Get("points_" + code)); points != "" {
		if p, ok := input.ReadPercent(m, "points_"+code, points); ok {
			i.Points = &p
		}
	}
	i.Reason = f.Get("reason_" + code)
	return i, true
}

// byIndicator renames the fields of mistakes about indicators to those of the form, which have codes.
func byIndicator(e *kpi.Error, codes []string) *kpi.Error {
	out := *e
	out.Fields = nil
	for _, f := range e.Fields {
		for i, code := range codes {
			if field, ok := strings.CutPrefix(f.Name, kpi.ProjectIndicatorField(i)); ok {
				f.Name = field + "_" + code
			}
		}
		out.Fields = append(out.Fields, f)
	}
	return &out
}
