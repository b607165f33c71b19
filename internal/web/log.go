package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// getLog offers the indicators to log and shows the year's latest entries.
func (s *Server) getLog(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	if code := c.Query("indicator"); code != "" {
		return s.showEntries(c, v, q, code)
	}
	board, err := s.App.Board(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	latest, _, err := s.App.Log(c.UserContext(), v.actor, app.LogQuery{Year: q.Year, Unit: q.Unit})
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, board.Year, board.Unit, board.AsOf)
	if err != nil {
		return err
	}
	mayLog := board.Year.CheckOpen() == nil && pc.mayLogSomewhere()
	return s.render(c, fiber.StatusOK, "update_log", newLogPage(pc, board, latest, mayLog))
}

// showEntries lists the entries behind one figure.
func (s *Server) showEntries(c *fiber.Ctx, v *visit, q app.Query, code string) error {
	ask := app.LogQuery{Year: q.Year, Unit: q.Unit, Indicator: code, Before: kpi.UpdateID(c.QueryInt("before"))}
	var err error
	if ask.Month, err = monthQuery(c); err != nil {
		return err
	}
	view, err := s.App.Entries(c.UserContext(), v.actor, ask)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "entries_show", newEntriesPage(pc, view, ask.Month))
}

// monthQuery is the month a request narrows the log to; nil without one.
func monthQuery(c *fiber.Ctx) (*kpi.Period, error) {
	text := c.Query("month")
	if text == "" {
		return nil, nil
	}
	p, err := kpi.ParsePeriod(text)
	var m kpi.Mistakes
	m.Check("month", err)
	return &p, m.Err()
}
