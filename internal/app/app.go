package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// App offers the program's use cases over one database.
type App struct {
	db            *store.DB
	files         blob.Files
	now           func() time.Time
	zone          *time.Location
	ready         *readiness
	auth          authCache
	evidenceState evidenceState

	backups *backups
	replica replica

	passwords   passwords
	nobodysHash func() (string, error) // compared with if an account does not exist, so that refusing takes the same time

	previewing chan struct{} // held while a preview is made, because decoding a picture takes much memory
}

// Config is what the use cases depend on.
type Config struct {
	DB    *store.DB
	Files blob.Files       // where evidence is stored
	Now   func() time.Time // the clock
	Zone  *time.Location   // the office's time zone, which determines the current day

	Backups Backups // copies that are made by themselves; the zero value: none

	// Passwords is how passwords are hashed: strongly, unless a test says otherwise.
	Passwords passwords
}

// Hold returns a context under which every use case refuses to write, with the sentence of key: the form
// that asked is shown again as it was typed.
func Hold(ctx context.Context, key string) context.Context {
	return store.Hold(ctx, kpi.Refuse(kpi.Invalid, key))
}

// Recording returns a context that knows whether a use case stored anything under it.
func Recording(ctx context.Context) (recorded context.Context, stored func() bool) {
	return store.Recording(ctx)
}

// New returns the use cases for a configuration.
func New(c Config) *App {
	return &App{db: c.DB, files: c.Files, now: c.Now, zone: c.Zone, ready: new(readiness),
		backups:    newBackups(c.Backups),
		previewing: make(chan struct{}, 1), passwords: c.Passwords,
		nobodysHash: sync.OnceValues(func() (string, error) { return c.Passwords.hash(newSecret()) })}
}

// Today returns the current day in the office's time zone.
func (a *App) Today() kpi.Date { return kpi.DateOf(a.now().In(a.zone)) }

// DayOf returns the day of a moment in the office's time zone.
func (a *App) DayOf(at kpi.UnixMilli) kpi.Date {
	return kpi.DateOf(time.UnixMilli(int64(at)).In(a.zone))
}

// Now returns the current time in the office's time zone.
func (a *App) Now() time.Time { return a.now().In(a.zone) }

// Zone returns the office's time zone.
func (a *App) Zone() *time.Location { return a.zone }

func (a *App) stamp() kpi.UnixMilli { return kpi.UnixMilli(a.now().UnixMilli()) }

// audit records what an actor did, in the transaction that does it. detail is stored as JSON.
func (a *App) audit(ctx context.Context, w *store.Writer, actor kpi.Actor, action, subject string, detail any) error {
	if w.Rehearses() { // nothing is asked for it
		return nil
	}
	raw, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("audit %s: %w", action, err)
	}
	return w.InsertAudit(ctx, kpi.AuditEntry{At: a.stamp(), Actor: actor.Name, Action: action,
		Subject: subject, Detail: string(raw)})
}

// read runs fn on a snapshot and returns its result.
func read[T any](ctx context.Context, a *App, fn func(*store.Reader) (T, error)) (T, error) {
	var out T
	err := a.db.Read(ctx, func(r *store.Reader) (err error) {
		out, err = fn(r)
		return err
	})
	return out, err
}

// write runs fn in a writing transaction and returns its result.
func write[T any](ctx context.Context, a *App, fn func(*store.Writer) (T, error)) (T, error) {
	return writeBy(ctx, a.db.Write, fn)
}

// writing is a way to write that the store offers.
type writing func(context.Context, func(*store.Writer) error) error

// writeBy is write by one of those ways.
func writeBy[T any](ctx context.Context, by writing,
	fn func(*store.Writer) (T, error)) (T, error) {
	var out T
	err := by(ctx, func(w *store.Writer) (err error) {
		out, err = fn(w)
		return err
	})
	return out, err
}

// refusalOf returns err as a refusal; ok is false for nil and for faults.
func refusalOf(err error) (e *kpi.Error, ok bool) {
	ok = errors.As(err, &e)
	return e, ok
}

// isRefusal reports whether err is a refusal of the given sort.
func isRefusal(err error, code kpi.Code) bool {
	var e *kpi.Error
	return errors.As(err, &e) && e.Code == code
}

// asField turns a NotFound refusal about something named in a form into a mistake in that field.
func asField(field string, err error) error {
	var e *kpi.Error
	if !errors.As(err, &e) || e.Code != kpi.NotFound {
		return err
	}
	var m kpi.Mistakes
	m.Add(field, e.Text.Key, e.Text.Args...)
	return m.Err()
}

// openYear refuses a year that is closed or unknown.
func openYear(ctx context.Context, r *store.Reader, y kpi.Year) error {
	info, err := r.Year(ctx, y)
	if err != nil {
		return err
	}
	return info.CheckOpen()
}

// openPlan refuses to change what every year's plan shares, on that of a closed year, or without a year (0)
// while all are closed.
func openPlan(ctx context.Context, r *store.Reader, y kpi.Year) error {
	if y != 0 {
		return openYear(ctx, r, y)
	}
	years, err := r.Years(ctx)
	if err != nil {
		return err
	}
	return kpi.CheckAnyOpen(years)
}

// unitFor returns the unit with the given code, or the actor's own, or the root, with its lineage.
func unitFor(ctx context.Context, r *store.Reader, actor kpi.Actor, code string) (u kpi.Unit,
	lineage []kpi.UnitID, err error) {
	switch {
	case code != "":
		u, err = r.Unit(ctx, code)
	case actor.Unit != 0:
		u, err = r.UnitByID(ctx, actor.Unit)
	default:
		u, err = r.Root(ctx)
	}
	if err != nil {
		return u, nil, err
	}
	lineage, err = r.Lineage(ctx, u.ID)
	return u, lineage, err
}

func trim(fields ...*string) {
	for _, f := range fields {
		*f = strings.TrimSpace(*f)
	}
}
