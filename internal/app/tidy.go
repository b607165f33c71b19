package app

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"dabiao/internal/store"
)

// How long what nobody needs is kept.
const (
	tidyEvery   = 24 * time.Hour
	tidyUploads = 24 * time.Hour       // what an interrupted upload left behind
	tidyAnswers = 60 * 24 * time.Hour  // under an idempotency key: who sends again after that logs anew
	tidyCopies  = 180 * 24 * time.Hour // of the database from before an upgrade, but for the latest two
)

// Tidied counts what was removed, and the audit entries that were packed.
type Tidied struct{ Uploads, Answers, Copies, Packed int }

// Tidy removes what nobody needs any more, but nothing by its age while the clock may be ahead, and packs what was
// logged before entries were packed as they are written.
func (a *App) Tidy(ctx context.Context) (t Tidied, err error) {
	t.Packed, err = a.tidyAway(ctx, func(w *store.Writer) (int, error) { return w.PackAudit(ctx) })
	if _, by := a.db.Leap(a.stamp()); err != nil || by > ms(leapTidied) {
		return t, err
	}
	now := a.now()
	held, err := read(ctx, a, func(r *store.Reader) ([]string, error) { return r.EvidenceHeld(ctx) })
	if err != nil {
		return t, err
	}
	uploads, err1 := a.files.Tidy(now.Add(-tidyUploads), func(sum string) bool {
		_, is := slices.BinarySearch(held, sum)
		return is
	})
	copies, err2 := a.db.TidyCopies(now.Add(-tidyCopies))
	t.Uploads, t.Copies = uploads, copies
	before := a.stamp() - ms(tidyAnswers)
	var err3 error
	t.Answers, err3 = a.tidyAway(ctx, func(w *store.Writer) (int, error) { return w.ForgetAnswers(ctx, before) })
	return t, errors.Join(err1, err2, err3)
}

// tidyAway takes steps, each a change of its own beside those of others, until there is nothing more to do.
func (a *App) tidyAway(ctx context.Context, step func(*store.Writer) (int, error)) (done int, err error) {
	for {
		n, err := write(ctx, a, step)
		done += n
		if err != nil || n == 0 {
			return done, err
		}
	}
}

// RunTidying tidies at the start and every day, until ctx ends, and logs what it removed.
func (a *App) RunTidying(ctx context.Context, log *slog.Logger) {
	for wait := time.Minute; ; wait = tidyEvery {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		t, err := a.Tidy(ctx)
		if err != nil && ctx.Err() == nil {
			log.Error("tidying", "error", err.Error())
		}
		if t != (Tidied{}) {
			log.Info("tidied", "uploads", t.Uploads, "keys", t.Answers, "copies", t.Copies, "packed", t.Packed)
		}
	}
}
