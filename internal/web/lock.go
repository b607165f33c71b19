package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

func (s *Server) getLocks(c *fiber.Ctx, v *visit) error {
	return s.showLocks(c, v, fiber.StatusOK, nil, nil)
}

// showLocks shows a year's months; with a refusal the form comes back as it was typed.
func (s *Server) showLocks(c *fiber.Ctx, v *visit, status int, values url.Values, refusal *kpi.Error) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	log, err := s.App.LockLog(c.UserContext(), v.actor, year)
	if err != nil {
		return err
	}
	pc, err := s.framed(c, v, log.Year.Year, kpi.Unit{})
	if err != nil {
		return err
	}
	pc.Year = log.Year
	pc.saidSaved(c, "lock.saved")
	return s.render(c, status, "lock_show", newLockPage(pc, log, values, refusal))
}

// postLock locks a month or opens it again: 303 to the page, or the form with what is wrong.
func (s *Server) postLock(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
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
		err = set(c.UserContext(), v.actor, period, reason)
	}
	if e, status, ok := refusalOf(err); ok {
		return s.showLocks(c, v, status, f, e)
	}
	if err != nil {
		return err
	}
	return c.Redirect(lockPath(year)+"?saved=1", fiber.StatusSeeOther)
}
