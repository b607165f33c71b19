package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// displayMisses is how many unknown links an address may try within failureWait before it has to wait;
// displayTouched is the accuracy of a display's last use.
const (
	displayMisses  = 40
	displayTouched = 10 * time.Minute
)

// NewDisplay is a display to be added. Unit is a code, empty for the root; Language one of
// kpi.DisplayLanguages.
type NewDisplay struct{ Name, Unit, Language string }

// Displays lists all displays, newest first.
func (a *App) Displays(ctx context.Context, actor kpi.Actor) ([]kpi.Display, error) {
	if err := actor.MayAdminister(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]kpi.Display, error) { return r.Displays(ctx) })
}

// AddDisplay adds a display. Its secret is returned only here; the database stores the hash. Refusals:
// Forbidden; Invalid name, unit, language.
func (a *App) AddDisplay(ctx context.Context, actor kpi.Actor, n NewDisplay) (d kpi.Display, secret string, err error) {
	if err := actor.MayAdminister(); err != nil {
		return d, "", err
	}
	secret = newSecret()
	d, err = write(ctx, a, func(w *store.Writer) (kpi.Display, error) { return a.addDisplay(ctx, w, actor, n, secret) })
	return d, secret, err
}

func (a *App) addDisplay(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewDisplay,
	secret string) (d kpi.Display, err error) {
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &n.Name))
	if m.Err() == nil && n.Name == "" {
		m.Add("name", "name_missing")
	}
	checkDisplayLanguage(&m, n.Language)
	d = kpi.Display{Name: n.Name, MadeBy: actor.Name, MadeAt: a.stamp(), Language: n.Language}
	if d.Unit, _, err = unitFor(ctx, &w.Reader, kpi.Actor{}, n.Unit); err != nil {
		if !isRefusal(err, kpi.NotFound) {
			return d, err
		}
		m.Merge(asField("unit", err))
	}
	if err := m.Err(); err != nil {
		return d, err
	}
	if d.ID, err = w.InsertDisplay(ctx, d, hashSecret(secret)); err != nil {
		return d, err
	}
	return d, a.audit(ctx, w, actor, "display.add", displaySubject(d.ID), n)
}

func checkDisplayLanguage(m *kpi.Mistakes, language string) {
	if !slices.Contains(kpi.DisplayLanguages, language) {
		m.Add("language", "display_language_unknown", language)
	}
}

// SetDisplayLanguage sets the language that a display shows, which stays at its link. Refusals: Forbidden,
// NotFound, Invalid language.
func (a *App) SetDisplayLanguage(ctx context.Context, actor kpi.Actor, id kpi.DisplayID,
	language string) (kpi.Display, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.Display{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Display, error) {
		d, err := w.Display(ctx, id)
		if err != nil {
			return d, err
		}
		var m kpi.Mistakes
		if checkDisplayLanguage(&m, language); m.Err() != nil || d.Language == language {
			return d, m.Err()
		}
		d.Language = language
		if err := w.SetDisplayLanguage(ctx, id, language); err != nil {
			return d, err
		}
		return d, a.audit(ctx, w, actor, "display.language", displaySubject(id), NewDisplay{d.Name, d.Unit.Code, language})
	})
}

// EndDisplay invalidates a display's link; ending it again does nothing. Refusals: Forbidden, NotFound.
func (a *App) EndDisplay(ctx context.Context, actor kpi.Actor, id kpi.DisplayID) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		d, err := w.Display(ctx, id)
		if err != nil || d.EndedAt != 0 {
			return err
		}
		if err := w.EndDisplay(ctx, id, a.stamp()); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "display.end", displaySubject(id), NewDisplay{d.Name, d.Unit.Code, d.Language})
	})
}

func displaySubject(id kpi.DisplayID) string { return fmt.Sprintf("display %d", id) }

// Display returns the display that a secret opens, for a request from address. Refusals: NotFound
// display_unknown; Forbidden display_throttled, also for an unknown link, while the address has tried too many. A
// link that is known opens whatever others behind its address try: no number of tries finds another.
func (a *App) Display(ctx context.Context, secret, address string) (kpi.Display, error) {
	subject, now := addressSubject("display "+address), a.stamp()
	d, err := read(ctx, a, func(r *store.Reader) (kpi.Display, error) {
		d, err := r.OpenDisplay(ctx, hashSecret(secret))
		if !isRefusal(err, kpi.NotFound) {
			return d, err
		}
		misses, last, failed := r.Attempts(ctx, subject)
		if failed != nil {
			return d, failed
		}
		if misses >= displayMisses && within(last, now, failureWait-1) {
			return d, kpi.Denied("display_throttled", minutesLeft(last, now, failureWait))
		}
		return d, err
	})
	switch {
	case isRefusal(err, kpi.NotFound):
		if err := a.countMiss(ctx, subject, now); err != nil {
			return d, err
		}
	case err == nil && !within(d.SeenAt, now, displayTouched):
		touch := func(w *store.Writer) error { return w.TouchDisplay(ctx, d.ID, now) }
		_ = a.db.Write(ctx, touch) //nolint:errcheck // a display goes on while the database takes no writes
	}
	return d, err
}

func (a *App) countMiss(ctx context.Context, subject string, now kpi.UnixMilli) error {
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := w.ForgetAttempts(ctx, now-ms(failureWait)); err != nil {
			return err
		}
		misses, _, err := w.Attempts(ctx, subject)
		if err != nil {
			return err
		}
		return w.SetAttempts(ctx, subject, misses+1, now)
	})
}

// Wall returns what a display shows: the board of its unit in the current year, as of today, made by
// the same code as everyone's board, with its months.
func (a *App) Wall(ctx context.Context, d kpi.Display) (progress.Board, error) {
	year, err := a.CurrentYear(ctx)
	if err != nil {
		return progress.Board{}, err
	}
	return a.Board(ctx, d.Actor(), Query{Year: year.Year, Unit: d.Unit.Code, Detail: true})
}
