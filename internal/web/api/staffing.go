package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// StaffingJSON is a year's basic data other than its budget. Money is in 万元. What nobody stated is null,
// and so is a sum that lacks a part.
type StaffingJSON struct {
	Year     int            `json:"year"`
	Measure  kpi.Measure    `json:"measure"`
	Staff    []staffJSON    `json:"staff"`
	Costs    []officialJSON `json:"costs"`
	Findings []findingJSON  `json:"findings"`
}

type staffJSON struct {
	Kind   string  `json:"kind"` // total: all in post
	Posts  *int64  `json:"posts"`
	People *int64  `json:"people"`
	InPost *string `json:"in_post"`
}

type officialJSON struct {
	Row       progress.OfficialRow `json:"kind"` // total and vehicles are sums
	Last      *string              `json:"last"`
	Initial   *string              `json:"initial"`
	Budget    *string              `json:"budget"`
	Spent     *string              `json:"spent"`
	Execution *string              `json:"execution"`
}

func newStaffingJSON(p lang.Printer, v app.StaffingView) StaffingJSON {
	out := StaffingJSON{Year: int(v.Year.Year), Measure: kpi.TenThousandY, Staff: []staffJSON{}, Costs: []officialJSON{},
		Findings: newFindingsJSON(p, v.Basic.Findings)}
	count := func(n progress.Opt[int64]) *int64 {
		if !n.Ok() {
			return nil
		}
		return &n.Value
	}
	for _, f := range v.Basic.Staff {
		x := staffJSON{Kind: string(f.Kind), Posts: count(f.Posts), People: count(f.People)}
		if x.Kind == "" {
			x.Kind = "total"
		}
		x.InPost, _ = optional(f.Rate, percentText)
		out.Staff = append(out.Staff, x)
	}
	for _, f := range v.Basic.Official {
		x := officialJSON{Row: f.Row}
		x.Last, _ = optional(f.Last, page.TenThousand)
		x.Initial, _ = optional(f.Initial, page.TenThousand)
		x.Budget, _ = optional(f.Full, page.TenThousand)
		x.Spent, _ = optional(f.Spent, page.TenThousand)
		x.Execution, _ = optional(f.Execution, percentText)
		out.Costs = append(out.Costs, x)
	}
	return out
}

func (s API) getStaffing(c *fiber.Ctx, v *middleware.Visit) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Staffing)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newStaffingJSON(v.Printer, view))
}

// staffingBody sets a part of a year's basic data: each entry replaces the one of its kind. Amounts are in 万元
// unless measure says 元.
type staffingBody struct {
	Measure kpi.Measure       `json:"measure"`
	Staff   []staffCountArg   `json:"staff"`
	Costs   []officialCostArg `json:"costs"`
}

// staffCountArg is a kind of staff in a request. What is absent or null is not stated.
type staffCountArg struct {
	Kind   kpi.StaffKind `json:"kind"`
	Posts  decimal       `json:"posts"`
	People decimal       `json:"people"`
}

type officialCostArg struct {
	Kind    kpi.OfficialKind `json:"kind"`
	Last    decimal          `json:"last"`
	Initial decimal          `json:"initial"`
	Budget  decimal          `json:"budget"`
	Spent   decimal          `json:"spent"`
}

func (b staffingBody) change() (app.StaffingChange, error) {
	m := moneyIn(b.Measure)
	var n app.StaffingChange
	for _, x := range b.Staff {
		n.Staff = append(n.Staff, kpi.StaffCount{Kind: x.Kind,
			Posts:  input.ReadCount(&m.Mistakes, input.StaffField(x.Kind, "posts"), string(x.Posts)),
			People: input.ReadCount(&m.Mistakes, input.StaffField(x.Kind, "people"), string(x.People))})
	}
	if len(b.Staff)+len(b.Costs) == 0 {
		m.Add("staff", "staffing_nothing")
	}
	for _, x := range b.Costs {
		n.Costs = append(n.Costs, kpi.OfficialCost{Kind: x.Kind,
			Last:    m.optional(input.OfficialField(x.Kind, "last"), x.Last),
			Initial: m.optional(input.OfficialField(x.Kind, "initial"), x.Initial),
			Full:    m.optional(input.OfficialField(x.Kind, "budget"), x.Budget),
			Spent:   m.optional(input.OfficialField(x.Kind, "spent"), x.Spent)})
	}
	return n, m.Err()
}

// postStaffing changes the basic data and answers with all of it.
func (s API) postStaffing(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	var b staffingBody
	if err := decode(c, &b); err != nil {
		return err
	}
	change, err := b.change()
	if err != nil {
		return err
	}
	if err := s.App.SetStaffing(c.UserContext(), v.Actor, q.Year, change); err != nil {
		return err
	}
	view, err := s.App.Staffing(c.UserContext(), v.Actor, q)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newStaffingJSON(v.Printer, view))
}
