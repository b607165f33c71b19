package handler

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getCompare shows figures side by side. The address says all that it shows.
func (s Pages) getCompare(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showCompare(c, v, fiber.StatusOK, "", nil)
}

// showCompare shows the page. A refused name is shown as it was typed.
func (s Pages) showCompare(c *fiber.Ctx, v *middleware.Visit, status int, name string, refusal *kpi.Error) error {
	asked, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	compared, err := s.App.Compare(c.UserContext(), v.Actor, readCompare(q, asked))
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, compared.Year, compared.Unit, compared.AsOf)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "compare")
	views, err := s.App.Views(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	return s.Render(c, status, "compare", page.NewCompare(pc, compared,
		page.CompareInput{Asked: asked, Views: views, Name: name, Refusal: refusal}))
}

func readCompare(q app.Query, asked url.Values) app.CompareQuery {
	sort, _ := strconv.Atoi(asked.Get("sort")) //nolint:errcheck // no number is no order
	with, _ := strconv.Atoi(asked.Get("with")) //nolint:errcheck // no number is no other year
	return app.CompareQuery{Query: q, Second: asked.Get("second"), With: kpi.Year(with),
		ByUnit: asked.Get("rows") == "units", Indicators: asked["i"], Sort: sort, Pinned: asked["pin"]}
}

// postView saves the comparison that the address names: 303 back to it, or 422 or 409 with the name as typed.
func (s Pages) postView(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	kept, err := page.KeptQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return err
	}
	err = s.App.SaveView(c.UserContext(), v.Actor, kpi.View{Name: f.Get("name"), Query: kept,
		Shared: f.Get("shared") != ""})
	if refusal, status, ok := middleware.Refusal(err); ok {
		return s.showCompare(c, v, status, f.Get("name"), refusal)
	}
	if err != nil {
		return err
	}
	return c.Redirect(doneAt(page.ComparePath(year)+"?"+kept, "saved"), fiber.StatusSeeOther)
}

// postViewDelete deletes a saved comparison.
func (s Pages) postViewDelete(c *fiber.Ctx, v *middleware.Visit) error {
	_, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	id, err := c.ParamsInt("view")
	if err != nil {
		return kpi.Missing("view_not_found", c.Params("view"))
	}
	if err := s.App.DeleteView(c.UserContext(), v.Actor, int64(id)); err != nil {
		return err
	}
	return c.Redirect(page.ComparePath(year), fiber.StatusSeeOther)
}
