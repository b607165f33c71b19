package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (s *Server) getStaffing(c *fiber.Ctx, v *visit) error {
	return s.showStaffing(c, v, fiber.StatusOK, staffingInput{Editing: c.Query("edit") != ""})
}

// showStaffing shows the page; with a refusal the form comes back as it was sent.
func (s *Server) showStaffing(c *fiber.Ctx, v *visit, status int, in staffingInput) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	view, err := s.App.Staffing(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "staffing.saved")
	return s.render(c, status, "staffing_show", newStaffingPage(pc, view, in))
}

// postStaffing states staff and official costs: 303 to the page, or 422 or 409 with the form as it was sent.
func (s *Server) postStaffing(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
	if err != nil {
		return err
	}
	change, err := readStaffing(f)
	if err == nil {
		err = s.App.SetStaffing(c.UserContext(), v.actor, year, change)
	}
	if refusal, ok := mistakes(err); ok {
		return s.showStaffing(c, v, statusOf(refusal), staffingInput{Editing: true, Typed: typedForm(f), Refusal: refusal})
	}
	if err != nil {
		return err
	}
	return c.Redirect(staffingPath(year)+"?saved=1", fiber.StatusSeeOther)
}

func staffField(k kpi.StaffKind, what string) string       { return "staff." + string(k) + "." + what }
func officialField(k kpi.OfficialKind, what string) string { return "costs." + string(k) + "." + what }

// readStaffing reads the whole form; an empty field is nothing stated, also where there was something.
func readStaffing(f url.Values) (app.StaffingChange, error) {
	var m kpi.Mistakes
	var n app.StaffingChange
	for _, k := range kpi.StaffKinds {
		n.Staff = append(n.Staff, kpi.StaffCount{Kind: k, Posts: readCount(&m, staffField(k, "posts"), f.Get(staffField(k, "posts"))),
			People: readCount(&m, staffField(k, "people"), f.Get(staffField(k, "people")))})
	}
	money := func(field string) *kpi.Amount {
		if a, ok := readMoney(&m, field, f.Get(field), kpi.TenThousandY); ok {
			return &a
		}
		return nil
	}
	for _, k := range kpi.OfficialKinds {
		n.Costs = append(n.Costs, kpi.OfficialCost{Kind: k, Last: money(officialField(k, "last")), Initial: money(officialField(k, "initial")),
			Full: money(officialField(k, "budget")), Spent: money(officialField(k, "spent"))})
	}
	return n, m.Err()
}
