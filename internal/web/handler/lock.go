package handler

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getLocks(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showLocks(c, v, fiber.StatusOK, nil, nil)
}

// showLocks shows a year's months. A refused form is shown as it was typed.
func (s Pages) showLocks(c *fiber.Ctx, v *middleware.Visit, status int, values url.Values, refusal *kpi.Error) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	log, err := s.App.LockLog(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	pc, err := s.Framed(c, v, log.Year.Year, kpi.Unit{})
	if err != nil {
		return err
	}
	pc.Year = log.Year
	sayDone(c, &pc, "lock")
	return s.Render(c, status, "lock_show", page.NewLock(pc, log, values, refusal))
}

// postLock locks a month or opens it again: 303 to the page, or the form with what is wrong.
func (s Pages) postLock(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	reason, err := intake.Text(f.Get("reason"), kpi.MaxNote)
	var m kpi.Mistakes
	m.Check("reason", err)
	period, err := kpi.ParsePeriod(f.Get("month"))
	if m.Check("month", err) && period.Year != year {
		m.Add("month", "month_unreadable", f.Get("month"))
	}
	if err = m.Err(); err == nil {
		set := s.App.LockMonth
		if f.Get("act") == string(kpi.UnlockMonth) {
			set = s.App.UnlockMonth
		}
		err = set(c.UserContext(), v.Actor, period, reason)
	}
	return middleware.Posted(c, err, doneAt(page.LockPath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showLocks(c, v, status, f, refusal)
	})
}
