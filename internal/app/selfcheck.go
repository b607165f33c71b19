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

// SelfCheck is what the last self-check found. The zero value: there was none.
type SelfCheck struct {
	At          kpi.UnixMilli
	Differences int
	Took        time.Duration
}

const selfCheckSetting = "self_check"

// LastSelfCheck is what the last self-check found, by whichever server.
func (a *App) LastSelfCheck(ctx context.Context) (SelfCheck, error) {
	return read(ctx, a, func(r *store.Reader) (c SelfCheck, err error) {
		text, err := setting(ctx, r, selfCheckSetting)
		if err != nil || text == "" {
			return c, err
		}
		return c, json.Unmarshal([]byte(text), &c)
	})
}

// CheckSelf verifies everything, keeps what came of it for all to see, and lists the differences.
func (a *App) CheckSelf(ctx context.Context) (SelfCheck, []string, error) {
	start := a.now()
	differences, err := a.Verify(ctx)
	if err != nil {
		return SelfCheck{}, differences, fmt.Errorf("self-check: %w", err)
	}
	c := SelfCheck{At: kpi.UnixMilli(start.UnixMilli()), Differences: len(differences), Took: a.now().Sub(start)}
	text, err := json.Marshal(c)
	if err != nil {
		return c, differences, err
	}
	return c, differences, a.db.Write(ctx,
		func(w *store.Writer) error { return w.SetSetting(ctx, selfCheckSetting, string(text)) })
}

// When the self-check runs: at night, a day after the last, wherever that ran.
const (
	selfCheckEvery = 20 * time.Hour
	nightBegins    = 1 // o'clock
	nightEnds      = 5
)

// selfCheckDue reports whether it is time: at night, or at once where there never was one or the
// last is two days ago.
func selfCheckDue(last SelfCheck, now time.Time) bool {
	since := now.Sub(time.UnixMilli(int64(last.At)))
	night := now.Hour() >= nightBegins && now.Hour() < nightEnds
	return since >= 2*24*time.Hour || night && since >= selfCheckEvery
}

// KeepChecked runs the self-check whenever it is due, until ctx ends, and writes what it finds to
// the log, and that the database file is damaged where it is.
func (a *App) KeepChecked(ctx context.Context, log *slog.Logger) {
	if err := a.db.Damage(ctx); err != nil && ctx.Err() == nil {
		log.Error("nothing can be written", "error", err.Error())
	}
	for wait := time.Second; ; wait = 10 * time.Minute {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if last, err := a.LastSelfCheck(ctx); err != nil || !selfCheckDue(last, a.now().In(a.zone)) {
			continue
		}
		c, differences, err := a.CheckSelf(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.Error("self-check", "error", err.Error())
			continue
		}
		for _, d := range differences[:min(len(differences), 20)] {
			log.Error("self-check", "difference", d)
		}
		log.Info(fmt.Sprintf("verified, %d differences", c.Differences), "took", c.Took.Round(time.Millisecond).String())
	}
}
