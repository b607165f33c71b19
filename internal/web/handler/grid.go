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

func (s Pages) getGrid(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := gridQuery(c, c.Query)
	if err != nil {
		return err
	}
	in := page.GridInput{Query: q, Key: middleware.NewKey()}
	if c.Query("done") == "saved" {
		in.Saved = v.Printer.T("grid.done.saved", c.QueryInt("logged"), c.QueryInt("corrected"))
	}
	return s.showGrid(c, v, fiber.StatusOK, in)
}

// gridQuery reads which grid to show. A month that is not a number is ignored.
func gridQuery(c *fiber.Ctx, value func(string, ...string) string) (q app.GridQuery, err error) {
	q.Year, err = middleware.YearParam(c)
	q.Unit, q.All = value("unit"), value("all") != ""
	q.Month, _ = strconv.Atoi(value("month")) //nolint:errcheck // no number is no month
	return q, err
}

func (s Pages) showGrid(c *fiber.Ctx, v *middleware.Visit, status int, in page.GridInput) error {
	g, err := s.App.Grid(c.UserContext(), v.Actor, in.Query)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, g.Year, g.Unit, g.AsOf)
	if err != nil {
		return err
	}
	data := page.NewGrid(pc, g, in)
	if len(g.Indicators) == 0 && g.Left == 0 {
		admins, err := s.App.Admins(c.UserContext())
		if err != nil {
			return err
		}
		data.Missing = page.NewMissing(pc, admins)
	}
	if n := len(in.Result.Refused); n > 0 && data.Empty != "" { // nothing is left to type into
		return &kpi.Error{Code: kpi.Conflict, Text: in.Result.Refused[n-1].Text}
	}
	return s.Render(c, status, "grid", data)
}

// postGrid saves a grid: 303 to it, or 422 with everything as it was typed and each cell's mistake or
// question.
func (s Pages) postGrid(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	in := page.GridInput{Key: f.Get("key"), Reason: f.Get("reason"), Edits: ReadGrid(f.Values)}
	if in.Query, err = gridQuery(c, func(name string, _ ...string) string { return f.Get(name) }); err != nil {
		return err
	}
	in.Result, err = s.App.SaveGrid(c.UserContext(), v.Actor,
		app.NewGrid{GridQuery: in.Query, Edits: in.Edits, Reason: in.Reason, Key: in.Key})
	refusal, _, refused := middleware.Refusal(err)
	switch {
	case err != nil && !refused:
		return err
	case refused || len(in.Result.Refused)+len(in.Result.Asked) > 0:
		in.Refusal = refusal
		return s.showGrid(c, v, fiber.StatusUnprocessableEntity, in)
	}
	q := page.GridValues(in.Query)
	q.Set("done", "saved")
	q.Set("logged", strconv.Itoa(in.Result.Logged))
	q.Set("corrected", strconv.Itoa(in.Result.Corrected))
	return c.Redirect(page.GridPath(in.Query.Year)+"?"+q.Encode(), fiber.StatusSeeOther)
}

// ReadGrid returns the cells of a form, in the order of their names.
func ReadGrid(values url.Values) (edits []app.GridEdit) {
	sure := map[string]string{} // by cell
	for _, s := range strings.Fields(values.Get("sure")) {
		cell, amount, _ := strings.Cut(s, "=")
		sure[cell] = amount
	}
	for name, texts := range values {
		part := strings.Split(name, ":")
		if len(part) != 5 || part[0] != "c" {
			continue
		}
		month, err := strconv.Atoi(part[3])
		seen, err2 := strconv.ParseInt(part[4], 10, 64)
		if err == nil && err2 == nil {
			edits = append(edits, app.GridEdit{Unit: part[1], Indicator: part[2], Month: month, Seen: kpi.UpdateID(seen),
				Text: texts[0], Sure: sure[name]})
		}
	}
	slices.SortFunc(edits, func(a, b app.GridEdit) int {
		return strings.Compare(page.CellName(a.Unit, a.Indicator, a.Month+100, a.Seen),
			page.CellName(b.Unit, b.Indicator, b.Month+100, b.Seen))
	})
	return edits
}
