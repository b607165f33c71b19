package app

import (
	"context"
	"errors"
	"math/bits"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// A sign-in that fails is in the audit log, so that it can be seen by who reads that and not only by who runs the
// server. Whoever fails on purpose must not fill the log: of an account (or of names that nobody has) and an address
// the 1st, 2nd, 4th, 8th … failure in a row is told, and of all no more than failuresTold within failureWait.

// failuresTold is how many entries failed sign-ins may make within failureWait.
const failuresTold = 60

// refused notes that a sign-in was refused, and returns why. What was typed for a name stands in the log only if an
// account has it: people type passwords there. Attempts that are not examined, for there were too many or they came
// too late, are not noted.
func (a *App) refused(ctx context.Context, name string, from Browser, why error) error {
	var refusal *kpi.Error
	if !errors.As(why, &refusal) {
		return why
	}
	said := refusal.Text.Key
	if len(refusal.Fields) > 0 {
		said = refusal.Fields[0].Text.Key
	}
	if said == "sign_in_throttled" || said == "sign_in_first" {
		return why
	}
	err := a.db.Write(ctx, func(w *store.Writer) error {
		subject, known := "account "+name, ""
		switch _, err := w.Account(ctx, name); {
		case isRefusal(err, kpi.NotFound):
			subject = "sign-in"
		case err != nil:
			return err
		default:
			known = name
		}
		times, err := a.countTold(ctx, w, toldSubject(known, from.Address), true)
		if err != nil || bits.OnesCount(uint(times)) != 1 {
			return err
		}
		told, err := a.countTold(ctx, w, allTold, false)
		if err != nil || told > failuresTold {
			return err
		}
		detail := map[string]any{"address": from.Address, "times": times, "why": said}
		if told == failuresTold {
			detail["rest"] = "unlisted"
		}
		return a.audit(ctx, w, kpi.Actor{Name: kpi.Program}, "session.fail", subject, detail)
	})
	if err != nil {
		return err
	}
	return why
}

// countTold counts one more of a subject, which is forgotten failureWait after the last, where it goes on, or else
// after the first.
func (a *App) countTold(ctx context.Context, w *store.Writer, subject string, goesOn bool) (int, error) {
	times, last, err := w.Attempts(ctx, subject)
	if err != nil {
		return 0, err
	}
	now := a.stamp()
	if last+ms(failureWait) < now {
		times = 0
	}
	if times == 0 || goesOn {
		last = now
	}
	return times + 1, w.SetAttempts(ctx, subject, times+1, last)
}

// allTold is what all entries about failures are counted by.
const allTold = "told"

func toldSubject(name, address string) string { return allTold + " " + nameHash(name) + " " + address }
