package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// SelfCheck is the result of the last self-check. The zero value means there was none.
type SelfCheck struct {
	At          kpi.UnixMilli
	Differences int
	Took        time.Duration
}

const selfCheckSetting = "self_check"

// LastSelfCheck returns the result of the last self-check, by any server.
func (a *App) LastSelfCheck(ctx context.Context) (SelfCheck, error) {
	return read(ctx, a, func(r *store.Reader) (c SelfCheck, err error) {
		text, err := setting(ctx, r, selfCheckSetting)
		if err != nil || text == "" {
			return c, err
		}
		if json.Unmarshal([]byte(text), &c) != nil {
			return SelfCheck{}, nil // who makes it unreadable does not keep the check from running
		}
		return c, nil
	})
}

// CheckSelf verifies everything, stores the result for all servers to see, and lists the differences.
func (a *App) CheckSelf(ctx context.Context) (SelfCheck, []string, error) {
	start := a.now()
	differences, err := a.Verify(ctx)
	if err != nil {
		return SelfCheck{}, differences, fmt.Errorf("self-check: %w", err)
	}
	c := SelfCheck{At: kpi.UnixMilli(start.UnixMilli()), Differences: len(differences), Took: a.now().Sub(start)}
	return c, differences, a.db.Write(ctx,
		func(w *store.Writer) error { return setSetting(ctx, w, selfCheckSetting, c) })
}

// The self-check runs at night, about a day after the last one, on whichever server that was.
const (
	selfCheckEvery = 20 * time.Hour
	nightBegins    = 1 // o'clock
	nightEnds      = 5
)

// selfCheckDue reports whether a self-check is due: at night, or at once if there never was one, the last was two days
// ago, or it is said to have been in the future.
func selfCheckDue(last SelfCheck, now time.Time) bool {
	since := now.Sub(time.UnixMilli(int64(last.At)))
	night := now.Hour() >= nightBegins && now.Hour() < nightEnds
	return since < -clockSlip || since >= 2*24*time.Hour || night && since >= selfCheckEvery
}

// orLater returns the later of two.
func (c SelfCheck) orLater(other SelfCheck) SelfCheck {
	if other.At > c.At {
		return other
	}
	return c
}

// RunSelfChecks runs the self-check whenever it is due, until ctx ends, and logs what it finds, and that
// the database file is damaged if it is.
func (a *App) RunSelfChecks(ctx context.Context, log *slog.Logger) {
	if err := a.db.Damage(ctx); err != nil && ctx.Err() == nil {
		log.Error("nothing can be written", "error", err.Error())
	}
	var own SelfCheck // the last one by this server, which it may not have been able to store
	for wait := time.Second; ; wait = 10 * time.Minute {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if last, err := a.LastSelfCheck(ctx); err != nil || !selfCheckDue(last.orLater(own), a.now().In(a.zone)) {
			continue
		}
		var c SelfCheck
		var differences []string
		err := Aside(func() (err error) {
			c, differences, err = a.CheckSelf(ctx)
			return err
		})
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.Error("self-check", "error", err.Error())
		}
		if own = own.orLater(c); c == (SelfCheck{}) { // it did not come to an end
			continue
		}
		for _, d := range differences[:min(len(differences), 20)] {
			log.Error("self-check", "difference", d)
		}
		log.Info(fmt.Sprintf("verified, %d differences", c.Differences), "took", c.Took.Round(time.Millisecond).String())
	}
}
