package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// sessionIdle is how long a session lasts unused, sessionMax how long it lasts at most, and sessionVouched where an
// identity provider vouched for its owner: that it no longer would is heard at the next sign-in only.
const (
	sessionIdle    = 12 * time.Hour
	sessionMax     = 7 * 24 * time.Hour
	sessionVouched = 12 * time.Hour
	touchEvery     = 5 * time.Minute
)

// Session is a signed-in browser.
type Session struct {
	Account kpi.Account
	CSRF    string   // must be sent back with every form
	Need    kpi.Need // what is still to be done before it opens anything
}

// Browser is what somebody signs in with.
type Browser struct {
	Address string
	Agent   string // the User-Agent header
	Pass    string // what it was given when somebody signed in before; "": nothing
}

// Entered is what a browser keeps of a sign-in; neither is stored here.
type Entered struct {
	Secret string   // opens the session
	Pass   string   // shows at the next sign-in that it is the same browser; "" until all was proved
	Need   kpi.Need // what is still to be done
}

// maxAgent is how much of a User-Agent header is kept, in bytes: what tells browsers apart stands in front.
const maxAgent = 300

// SignIn opens a session, or begins to where more is needed than a password. A wrong name and a wrong password get
// the same answer in the same time. Refusals: Forbidden sign_in_failed, sign_in_throttled, and account_over for who
// knows the password.
func (a *App) SignIn(ctx context.Context, name, password string, from Browser) (out Entered, err error) {
	if name, err = a.typedName(ctx, name); err != nil {
		return out, err
	}
	counted, err := a.countAttempt(ctx, name, from)
	if err != nil {
		return out, err
	}
	account, fits, err := a.fits(ctx, name, password)
	if err != nil {
		return out, err
	}
	if !fits || account.Disabled {
		return out, a.refused(ctx, name, from, kpi.Denied("sign_in_failed"))
	}
	if account.Ended(a.Today()) {
		return out, a.refused(ctx, name, from, kpi.Denied("account_over", string(account.EndsOn)))
	}
	return write(ctx, a, func(w *store.Writer) (Entered, error) {
		need, err := a.firstNeed(ctx, &w.Reader, account)
		if err != nil {
			return Entered{}, err
		}
		undo := counted.forgive
		if need == kpi.NeedCode {
			undo = counted.takeBack
		}
		if err := undo(ctx, w); err != nil {
			return Entered{}, err
		}
		return a.openSession(ctx, w, account, from, need)
	})
}

// typedName returns the sign-in name that was typed: one that an account has as it stands, else in the width that names
// are kept in.
func (a *App) typedName(ctx context.Context, typed string) (string, error) {
	trim(&typed)
	folded := intake.FoldName(typed)
	if folded == typed {
		return typed, nil
	}
	_, err := read(ctx, a, func(r *store.Reader) (kpi.Account, error) { return r.Account(ctx, typed) })
	if isRefusal(err, kpi.NotFound) {
		return folded, nil
	}
	return typed, err
}

func (a *App) fits(ctx context.Context, name, password string) (account kpi.Account, fits bool, err error) {
	hash, err := a.nobodysHash()
	if err != nil {
		return account, false, err
	}
	known := true
	err = a.db.Read(ctx, func(r *store.Reader) error {
		if account, err = r.Account(ctx, name); err != nil {
			return err
		}
		own, err := r.PasswordHash(ctx, name)
		if known = own != ""; known { // who was only invited has none yet
			hash = own
		}
		return err
	})
	if isRefusal(err, kpi.NotFound) {
		known, err = false, nil
	}
	if err != nil {
		return account, false, err
	}
	fits, err = passwordFits(password, hash)
	return account, fits && known, err
}

// Session returns the session that a secret opens. at is a stamp of this request. Refusal: Forbidden
// sign_in_first if it is unknown, too old or its account disabled.
func (a *App) Session(ctx context.Context, at Stamp, secret string) (Session, error) {
	hash, now := hashSecret(secret), a.stamp()
	s, known := a.auth.find(at, credential{session, hash})
	if !known || expired(s, now) { // another server may have extended it
		var err error
		if s, err = read(ctx, a, func(r *store.Reader) (store.Session, error) { return r.Session(ctx, hash) }); err != nil {
			return Session{}, err
		}
	}
	if expired(s, now) || s.Account.Ended(a.Today()) {
		return Session{}, kpi.Denied("sign_in_first")
	}
	if !within(s.SeenAt, now, touchEvery) {
		touch := func(w *store.Writer) error { return w.TouchSession(ctx, hash, now) }
		_ = a.db.Write(ctx, touch) //nolint:errcheck // who has signed in reads on while the database takes no writes
		s.SeenAt = now
	}
	a.auth.put(at, credential{session, hash}, s)
	return Session{Account: s.Account, CSRF: s.CSRF, Need: s.Need}, nil
}

func expired(s store.Session, now kpi.UnixMilli) bool {
	if s.Need != kpi.NeedNothing && !within(s.CreatedAt, now, signInLasts) {
		return true
	}
	if s.Federated && !within(s.CreatedAt, now, sessionVouched) {
		return true
	}
	return !within(s.CreatedAt, now, sessionMax) || !within(s.SeenAt, now, sessionIdle)
}

// SignOut ends the session that a secret opens.
func (a *App) SignOut(ctx context.Context, secret string) error {
	return a.db.Write(ctx, func(w *store.Writer) error { return w.DeleteSession(ctx, hashSecret(secret)) })
}

// hashSecret returns the form in which a secret is stored. The secret is random, so a plain hash is
// enough.
func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
