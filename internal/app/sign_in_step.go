package app

import (
	"context"
	"strings"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Whoever has proved one thing and must do another before they are in has a session that opens nothing but that. It is
// short, and each step that is done gives a new one.

// signInLasts is how long the steps of a sign-in may take.
const signInLasts = 15 * time.Minute

// openSession lets an account in, as far as need says, and returns what the browser keeps.
func (a *App) openSession(ctx context.Context, w *store.Writer, account kpi.Account, from Browser,
	need kpi.Need) (Entered, error) {
	return a.insertSession(ctx, w, store.Session{Account: account, Need: need}, from)
}

// insertSession opens a session of an account, with a need and by whom it says.
func (a *App) insertSession(ctx context.Context, w *store.Writer, s store.Session, from Browser) (out Entered,
	err error) {
	now := a.stamp()
	if err := w.DeleteSessionsBefore(ctx, now-ms(sessionMax), now-ms(sessionIdle)); err != nil {
		return out, err
	}
	if err := w.ForgetForms(ctx, now-ms(KeptFormLife)); err != nil {
		return out, err
	}
	out = Entered{Secret: newSecret(), Need: s.Need}
	if s.Need != kpi.NeedCode {
		if out.Pass, err = a.givePass(ctx, w, s.Account.ID, from.Pass); err != nil {
			return out, err
		}
	}
	s.Hash, s.CSRF, s.CreatedAt, s.SeenAt = hashSecret(out.Secret), newSecret(), now, now
	s.Agent, s.Address = strings.ToValidUTF8(from.Agent[:min(len(from.Agent), maxAgent)], ""), from.Address
	if err := w.InsertSession(ctx, s); err != nil || s.Need != kpi.NeedNothing {
		return out, err
	}
	return out, a.audit(ctx, w, s.Account.Actor(), "session.open", "account "+s.Account.Name, struct{}{})
}

// firstNeed returns what somebody must do who knows an account's password.
func (a *App) firstNeed(ctx context.Context, r *store.Reader, account kpi.Account) (kpi.Need, error) {
	_, err := r.SecondFactor(ctx, account.ID)
	if err == nil {
		return kpi.NeedCode, nil
	}
	if !isRefusal(err, kpi.NotFound) {
		return kpi.NeedNothing, err
	}
	return a.nextNeed(ctx, r, account)
}

// nextNeed returns what somebody must do who has proved who they are by all that the account has.
func (a *App) nextNeed(ctx context.Context, r *store.Reader, account kpi.Account) (kpi.Need, error) {
	rules, err := signInRules(ctx, r)
	if err != nil {
		return kpi.NeedNothing, err
	}
	_, err = r.SecondFactor(ctx, account.ID)
	if err != nil && !isRefusal(err, kpi.NotFound) {
		return kpi.NeedNothing, err
	}
	return rules.Need(account, err == nil, a.stamp()), nil
}

// begun returns the session of a sign-in that needs something. Refusal: Forbidden sign_in_first if it is another,
// over, or none.
func (a *App) begun(ctx context.Context, r *store.Reader, secret string, need kpi.Need) (store.Session, error) {
	s, err := r.Session(ctx, hashSecret(secret))
	if err == nil && (s.Need != need || expired(s, a.stamp()) || s.Account.Ended(a.Today())) {
		err = kpi.Denied("sign_in_first")
	}
	return s, err
}

// goOn ends a sign-in's session and opens the next: for what is still needed, or for everything.
func (a *App) goOn(ctx context.Context, w *store.Writer, s store.Session, from Browser) (Entered, error) {
	if err := w.DeleteSession(ctx, s.Hash); err != nil {
		return Entered{}, err
	}
	account, err := w.Account(ctx, s.Account.Name)
	if err != nil {
		return Entered{}, err
	}
	need, err := a.nextNeed(ctx, &w.Reader, account)
	if err != nil {
		return Entered{}, err
	}
	return a.openSession(ctx, w, account, from, need)
}

// EnterCode goes on with a sign-in by a code of the second factor, or a recovery code. Refusals: Forbidden
// sign_in_first, sign_in_throttled; Invalid code; Conflict seal_key_lost.
func (a *App) EnterCode(ctx context.Context, secret, code string, from Browser) (out Entered, err error) {
	s, err := read(ctx, a, func(r *store.Reader) (store.Session, error) {
		return a.begun(ctx, r, secret, kpi.NeedCode)
	})
	if err != nil {
		return out, err
	}
	counted, err := a.countAttempt(ctx, s.Account.Name, from)
	if err != nil {
		return out, err
	}
	out, err = write(ctx, a, func(w *store.Writer) (Entered, error) {
		if s, err = a.begun(ctx, &w.Reader, secret, kpi.NeedCode); err != nil {
			return Entered{}, err
		}
		recovery, taken, err := a.takeCode(ctx, w, s.Account, code)
		if err != nil {
			return Entered{}, err
		}
		if !taken {
			var m kpi.Mistakes
			m.Add("code", "code_wrong")
			return Entered{}, m.Err()
		}
		if recovery {
			if err := a.audit(ctx, w, s.Account.Actor(), "account.recovery_used", "account "+s.Account.Name,
				struct{}{}); err != nil {
				return Entered{}, err
			}
		}
		if err := counted.forgive(ctx, w); err != nil {
			return Entered{}, err
		}
		return a.goOn(ctx, w, s, from)
	})
	if err != nil {
		err = a.refused(ctx, s.Account.Name, from, err)
	}
	return out, err
}

// EnterFactor goes on with a sign-in by setting up the second factor that was offered, and returns its recovery codes,
// this once. Refusals: Forbidden sign_in_first; Invalid code.
func (a *App) EnterFactor(ctx context.Context, session, secret, code string, from Browser) (out Entered,
	codes []string, err error) {
	step := a.stepOf(secret, code, 0)
	out, err = write(ctx, a, func(w *store.Writer) (Entered, error) {
		s, err := a.begun(ctx, &w.Reader, session, kpi.NeedFactor)
		if err != nil {
			return Entered{}, err
		}
		if step == 0 {
			var m kpi.Mistakes
			m.Add("code", "code_wrong")
			return Entered{}, m.Err()
		}
		if codes, err = a.keepFactor(ctx, w, s.Account.Actor(), secret, step); err != nil {
			return Entered{}, err
		}
		return a.goOn(ctx, w, s, from)
	})
	return out, codes, err
}

// EnterPassword goes on with a sign-in by choosing another password, which ends the account's sessions. Refusals:
// Forbidden sign_in_first; Invalid password.
func (a *App) EnterPassword(ctx context.Context, session, password string, from Browser) (out Entered, err error) {
	s, err := read(ctx, a, func(r *store.Reader) (store.Session, error) {
		return a.begun(ctx, r, session, kpi.NeedPassword)
	})
	if err != nil {
		return out, err
	}
	hash, err := a.newPassword(ctx, password, s.Account)
	if err != nil {
		return out, err
	}
	return write(ctx, a, func(w *store.Writer) (Entered, error) {
		s, err := a.begun(ctx, &w.Reader, session, kpi.NeedPassword)
		if err != nil {
			return Entered{}, err
		}
		if err := a.keepPassword(ctx, w, s.Account, hash, a.stamp()); err != nil {
			return Entered{}, err
		}
		return a.goOn(ctx, w, s, from)
	})
}
