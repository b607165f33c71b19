package handler

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getStaffing(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showStaffing(c, v, fiber.StatusOK, page.StaffingInput{Editing: c.Query("edit") != ""})
}

// showStaffing shows the page. A refused form is shown as it was sent.
func (s Pages) showStaffing(c *fiber.Ctx, v *middleware.Visit, status int, in page.StaffingInput) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Staffing)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "staffing")
	return s.Render(c, status, "staffing_show", page.NewStaffing(pc, view, in))
}

// postStaffing sets staff and official costs: 303 to the page, or 422 or 409 with the form as it was sent.
func (s Pages) postStaffing(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	change, err := readStaffing(f)
	if err == nil {
		err = s.App.SetStaffing(c.UserContext(), v.Actor, year, change)
	}
	return middleware.Posted(c, err, doneAt(page.StaffingPath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showStaffing(c, v, status, page.StaffingInput{Editing: true, Typed: f, Refusal: refusal})
	})
}

// readStaffing reads the whole form. An empty field means not stated, even if it was stated before.
func readStaffing(f url.Values) (app.StaffingChange, error) {
	var m kpi.Mistakes
	var n app.StaffingChange
	for _, k := range kpi.StaffKinds {
		n.Staff = append(n.Staff, kpi.StaffCount{Kind: k,
			Posts:  input.ReadCount(&m, input.StaffField(k, "posts"), f.Get(input.StaffField(k, "posts"))),
			People: input.ReadCount(&m, input.StaffField(k, "people"), f.Get(input.StaffField(k, "people")))})
	}
	money := func(field string) *kpi.Amount {
		if a, ok := input.ReadMoney(&m, field, f.Get(field), kpi.TenThousandY); ok {
			return &a
		}
		return nil
	}
	for _, k := range kpi.OfficialKinds {
		n.Costs = append(n.Costs, kpi.OfficialCost{Kind: k, Last: money(input.OfficialField(k, "last")),
			Initial: money(input.OfficialField(k, "initial")), Full: money(input.OfficialField(k, "budget")),
			Spent: money(input.OfficialField(k, "spent"))})
	}
	return n, m.Err()
}
