package api

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// lockJSON is the locking or reopening of a month.
type lockJSON struct {
	Month  string      `json:"month"`
	Act    kpi.LockAct `json:"act"`
	Reason string      `json:"reason,omitempty"`
	By     string      `json:"by"`
	ByName string      `json:"by_name"`
	At     string      `json:"at"`
}

func newLockJSON(l kpi.Lock) lockJSON {
	return lockJSON{l.Period.String(), l.Act, l.Reason, l.By, l.ByName, rfc3339(l.At)}
}

// locksJSON is the history of locks in a year. locked are the months that take no entries now, late the
// entries logged for a month after it was first locked.
type locksJSON struct {
	Year   int          `json:"year"`
	Locked []string     `json:"locked"`
	Acts   []lockJSON   `json:"acts"`
	Late   []UpdateJSON `json:"late"`
}

func (s API) getLocks(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	log, err := s.App.LockLog(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	out := locksJSON{Year: int(year), Locked: []string{}, Acts: []lockJSON{}, Late: []UpdateJSON{}}
	for _, p := range log.Locks.Locked() {
		out.Locked = append(out.Locked, p.String())
	}
	for _, l := range log.Locks {
		out.Acts = append(out.Acts, newLockJSON(l))
	}
	for _, e := range log.Late {
		out.Late = append(out.Late, newUpdateJSON(v.Printer, e.LogEntry))
	}
	return s.JSON(c, fiber.StatusOK, out)
}

func (s API) lockMonth(c *fiber.Ctx, v *middleware.Visit) error {
	return s.getSetLock(c, v, s.App.LockMonth)
}

func (s API) unlockMonth(c *fiber.Ctx, v *middleware.Visit) error {
	return s.getSetLock(c, v, s.App.UnlockMonth)
}

func (s API) getSetLock(c *fiber.Ctx, v *middleware.Visit,
	set func(context.Context, kpi.Actor, kpi.Period, string) error) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	period, err := middleware.MonthParam(c, year)
	if err != nil {
		return err
	}
	reason, err := optionalReason(c)
	if err != nil {
		return err
	}
	if err := set(c.UserContext(), v.Actor, period, reason); err != nil {
		return err
	}
	return s.getLocks(c, v)
}
