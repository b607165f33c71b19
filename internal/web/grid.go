package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (s *Server) getGrid(c *fiber.Ctx, v *visit) error {
	q, err := gridQuery(c, c.Query)
	if err != nil {
		return err
	}
	in := gridInput{Query: q, Key: newKey()}
	if c.Query("logged") != "" {
		in.Saved = v.printer.T("grid.saved", c.QueryInt("logged"), c.QueryInt("corrected"))
	}
	return s.showGrid(c, v, fiber.StatusOK, in)
}

// gridQuery reads which grid is meant; a month that is no number is none.
func gridQuery(c *fiber.Ctx, value func(string, ...string) string) (q app.GridQuery, err error) {
	q.Year, err = yearParam(c)
	q.Unit, q.All = value("unit"), value("all") != ""
	q.Month, _ = strconv.Atoi(value("month"))
	return q, err
}

func (s *Server) showGrid(c *fiber.Ctx, v *visit, status int, in gridInput) error {
	g, err := s.App.Grid(c.UserContext(), v.actor, in.Query)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, g.Year, g.Unit, g.AsOf)
	if err != nil {
		return err
	}
	page := newGridPage(pc, g, in)
	if n := len(in.Result.Refused); n > 0 && page.Empty != "" { // nothing is left to type into
		return &kpi.Error{Code: kpi.Conflict, Text: in.Result.Refused[n-1].Text}
	}
	return s.render(c, status, "grid", page)
}

// postGrid saves a grid: 303 to it, or 422 with everything as it was typed and each cell's mistake or
// question.
func (s *Server) postGrid(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	in := gridInput{Key: f.Get("key"), Reason: f.Get("reason"), Edits: readGrid(f.Values)}
	if in.Query, err = gridQuery(c, func(name string, _ ...string) string { return f.Get(name) }); err != nil {
		return err
	}
	in.Result, err = s.App.SaveGrid(c.UserContext(), v.actor, app.NewGrid{GridQuery: in.Query, Edits: in.Edits, Reason: in.Reason, Key: in.Key})
	refusal, refused := mistakes(err)
	switch {
	case err != nil && !refused:
		return err
	case refused || len(in.Result.Refused)+len(in.Result.Asked) > 0:
		in.Refusal = refusal
		return s.showGrid(c, v, fiber.StatusUnprocessableEntity, in)
	}
	q := gridValues(in.Query)
	q.Set("logged", strconv.Itoa(in.Result.Logged))
	q.Set("corrected", strconv.Itoa(in.Result.Corrected))
	return c.Redirect(gridPath(in.Query.Year)+"?"+q.Encode(), fiber.StatusSeeOther)
}

// gridValues names a grid in an address.
func gridValues(q app.GridQuery) url.Values {
	out := url.Values{}
	if q.Unit != "" {
		out.Set("unit", q.Unit)
	}
	if q.Month != 0 {
		out.Set("month", strconv.Itoa(q.Month))
	}
	if q.All {
		out.Set("all", "1")
	}
	return out
}

func gridPath(y kpi.Year) string { return yearPath(y, "grid") }

// cellName is a cell's field: c:unit:indicator:month:entry. Codes hold no colon.
func cellName(unit, indicator string, month int, seen kpi.UpdateID) string {
	return strings.Join([]string{"c", unit, indicator, strconv.Itoa(month), strconv.FormatInt(int64(seen), 10)}, ":")
}

// sureOf is what says that somebody is sure of a cell's amount.
func sureOf(e app.GridEdit, amount string) string {
	return cellName(e.Unit, e.Indicator, e.Month, e.Seen) + "=" + amount
}

// readGrid collects the cells of a form, in the order of their names.
func readGrid(values url.Values) (edits []app.GridEdit) {
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
			edits = append(edits, app.GridEdit{Unit: part[1], Indicator: part[2], Month: month, Seen: kpi.UpdateID(seen), Text: texts[0], Sure: sure[name]})
		}
	}
	slices.SortFunc(edits, func(a, b app.GridEdit) int {
		return strings.Compare(cellName(a.Unit, a.Indicator, a.Month+100, a.Seen), cellName(b.Unit, b.Indicator, b.Month+100, b.Seen))
	})
	return edits
}
