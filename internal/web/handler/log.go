package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getLog offers the indicators to log and shows the year's latest entries.
func (s Pages) getLog(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	if code := c.Query("indicator"); code != "" {
		return s.showEntries(c, v, q, code)
	}
	board, err := s.App.Board(c.UserContext(), v.Actor, q)
	if err != nil {
		return err
	}
	latest, _, err := s.App.Log(c.UserContext(), v.Actor, app.LogQuery{Year: q.Year, Unit: q.Unit})
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, board)
	if err != nil {
		return err
	}
	mayLog := pc.Fills() && pc.MayLogSomewhere()
	return s.Render(c, fiber.StatusOK, "update_log", page.NewLog(pc, board, latest, mayLog))
}

// showEntries lists the entries behind one figure.
func (s Pages) showEntries(c *fiber.Ctx, v *middleware.Visit, q app.Query, code string) error {
	ask := app.LogQuery{Year: q.Year, Unit: q.Unit, Indicator: code, Before: kpi.UpdateID(c.QueryInt("before"))}
	var err error
	if ask.Month, err = middleware.MonthQuery(c); err != nil {
		return err
	}
	view, err := s.App.Entries(c.UserContext(), v.Actor, ask)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "entries_show", page.NewEntries(pc, view, ask.Month))
}
