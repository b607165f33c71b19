package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// The second factor is a code of six digits that an authenticator app makes anew every half minute (RFC 6238), by what
// all such apps know: SHA-1 and 160 bits. A code is taken half a minute early or late, and once.
const (
	factorPeriod  = 30
	factorSkew    = 1
	factorBytes   = 20
	recoveryCodes = 10
	recoveryBytes = 15 // 120 bits: guessing is out of question, so a plain hash is enough
	issuerLength  = 12
)

// FactorOffer is a second factor that somebody may set up; it is one once a code proves that their app has it.
type FactorOffer struct {
	Secret string // typed into the app by hand
	URL    string // the same as the QR code tells it
}

// SecondFactor is what people see of theirs.
type SecondFactor struct {
	On       bool
	SetAt    kpi.UnixMilli
	Codes    int  // recovery codes that are left
	Required bool // for the role
}

// OfferFactor makes a second factor for whoever is signing in or signed in; nothing is stored. secret is one that was
// offered before and is shown again, "" for a new one.
func (a *App) OfferFactor(ctx context.Context, name, secret string) (FactorOffer, error) {
	office, err := a.Office(ctx)
	if err != nil {
		return FactorOffer{}, err
	}
	raw, err := factorSecret(secret)
	if err != nil || secret == "" {
		raw = make([]byte, factorBytes)
		rand.Read(raw)
	}
	issuer := []rune(strings.ReplaceAll(office.Name, ":", " "))
	if len(issuer) == 0 {
		issuer = []rune("Dabiao")
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: string(issuer[:min(len(issuer), issuerLength)]), AccountName: name,
		Secret: raw})
	if err != nil {
		return FactorOffer{}, fmt.Errorf("offer a second factor: %w", err)
	}
	return FactorOffer{Secret: key.Secret(), URL: key.URL()}, nil
}

func factorSecret(secret string) ([]byte, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err == nil && len(raw) != factorBytes {
		err = kpi.Refuse(kpi.Invalid, "code_wrong")
	}
	return raw, err
}

// SecondFactor returns what the actor has.
func (a *App) SecondFactor(ctx context.Context, actor kpi.Actor) (SecondFactor, error) {
	return read(ctx, a, func(r *store.Reader) (SecondFactor, error) { return secondFactor(ctx, r, actor.ID, actor.Role) })
}

// WithSecondFactor returns the accounts that have a second factor. Refusal: Forbidden.
func (a *App) WithSecondFactor(ctx context.Context, actor kpi.Actor) (map[kpi.AccountID]bool, error) {
	if err := actor.MayAdminister(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) (map[kpi.AccountID]bool, error) { return r.WithSecondFactor(ctx) })
}

// SecondFactorOf returns what somebody has. Refusals: Forbidden, NotFound.
func (a *App) SecondFactorOf(ctx context.Context, actor kpi.Actor, name string) (SecondFactor, error) {
	if err := actor.MayAdminister(); err != nil {
		return SecondFactor{}, err
	}
	return read(ctx, a, func(r *store.Reader) (SecondFactor, error) {
		account, err := r.Account(ctx, name)
		if err != nil {
			return SecondFactor{}, err
		}
		return secondFactor(ctx, r, account.ID, account.Role)
	})
}

func secondFactor(ctx context.Context, r *store.Reader, id kpi.AccountID, role kpi.Role) (out SecondFactor, err error) {
	rules, err := signInRules(ctx, r)
	if err != nil {
		return out, err
	}
	out.Required = rules.NeedsFactor(role)
	f, err := r.SecondFactor(ctx, id)
	if isRefusal(err, kpi.NotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.On, out.SetAt = true, f.SetAt
	out.Codes, err = r.CountRecoveryCodes(ctx, id)
	return out, err
}

// SetSecondFactor gives the actor the second factor that was offered, if the code is of it, and returns the recovery
// codes, this once. It ends the actor's other sessions. Refusals: Forbidden for strangers and while sign-ins are
// throttled; Invalid old, code.
func (a *App) SetSecondFactor(ctx context.Context, actor kpi.Actor, password, secret, code string,
	from Browser, session string) (codes []string, err error) {
	var m kpi.Mistakes
	step := a.stepOf(secret, code, 0)
	if step == 0 {
		m.Add("code", "code_wrong")
	}
	return codes, a.proved(ctx, actor, password, from, &m, func(w *store.Writer) error {
		if err := w.DeleteOtherSessions(ctx, actor.ID, hashSecret(session)); err != nil {
			return err
		}
		codes, err = a.keepFactor(ctx, w, actor, secret, step)
		return err
	})
}

// DropSecondFactor takes the actor's second factor away. Refusals: those of SetSecondFactor; Conflict if the role needs
// one.
func (a *App) DropSecondFactor(ctx context.Context, actor kpi.Actor, password string, from Browser) error {
	var m kpi.Mistakes
	return a.proved(ctx, actor, password, from, &m, func(w *store.Writer) error {
		rules, err := signInRules(ctx, &w.Reader)
		if err != nil {
			return err
		}
		if rules.NeedsFactor(actor.Role) {
			return kpi.Clash("second_factor_required")
		}
		if err := w.DeleteSecondFactor(ctx, actor.ID); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "account.factor_drop", "account "+actor.Name, struct{}{})
	})
}

// NewRecoveryCodes replaces the actor's recovery codes and returns them, this once. Refusals: those of SetSecondFactor;
// NotFound without a second factor.
func (a *App) NewRecoveryCodes(ctx context.Context, actor kpi.Actor, password string, from Browser) (codes []string,
	err error) {
	var m kpi.Mistakes
	return codes, a.proved(ctx, actor, password, from, &m, func(w *store.Writer) error {
		if _, err := w.SecondFactor(ctx, actor.ID); err != nil {
			return err
		}
		var hashes []string
		codes, hashes = newRecoveryCodes()
		if err := w.SetRecoveryCodes(ctx, actor.ID, hashes); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "account.recovery_codes", "account "+actor.Name, struct{}{})
	})
}

// proved changes something about the actor's own sign-in, once they have proved that they know the password. m holds
// what is wrong beside.
func (a *App) proved(ctx context.Context, actor kpi.Actor, password string, from Browser, m *kpi.Mistakes,
	change func(*store.Writer) error) error {
	if !actor.Role.Known() || actor.Scope != "" {
		return kpi.Denied("sign_in_first")
	}
	counted, err := a.countAttempt(ctx, actor.Name, from)
	if err != nil {
		return err
	}
	_, fits, err := a.fits(ctx, actor.Name, password)
	if err != nil {
		return err
	}
	if !fits {
		m.Add("old", "password_wrong")
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := m.Err(); err != nil {
			return err
		}
		if err := counted.forgive(ctx, w); err != nil {
			return err
		}
		return change(w)
	})
}

// ResetSecondFactor takes somebody's second factor away, who has lost it, and ends their sessions. Refusals: Forbidden,
// NotFound.
func (a *App) ResetSecondFactor(ctx context.Context, actor kpi.Actor, name string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.changeAccount(ctx, actor, name, "account.factor_reset", func(w *store.Writer, id kpi.AccountID) error {
		if _, err := w.SecondFactor(ctx, id); err != nil {
			return err
		}
		if err := w.DeleteSecondFactor(ctx, id); err != nil {
			return err
		}
		return w.DeleteSessions(ctx, id)
	})
}

// keepFactor stores a second factor whose code of a step was right.
func (a *App) keepFactor(ctx context.Context, w *store.Writer, actor kpi.Actor, secret string,
	step int64) (codes []string, err error) {
	sealed, err := w.Seal(secret, factorPurpose(actor.ID))
	if err != nil {
		return nil, err
	}
	codes, hashes := newRecoveryCodes()
	f := store.SecondFactor{Sealed: sealed, SetAt: a.stamp(), UsedStep: step}
	if err := w.SetSecondFactor(ctx, actor.ID, f, hashes); err != nil {
		return nil, err
	}
	return codes, a.audit(ctx, w, actor, "account.factor_set", "account "+actor.Name, struct{}{})
}

func factorPurpose(id kpi.AccountID) string { return fmt.Sprintf("second factor %d", id) }

// takeCode takes a code of an account's second factor, or one of its recovery codes, which it says.
func (a *App) takeCode(ctx context.Context, w *store.Writer, account kpi.Account, code string) (recovery, taken bool,
	err error) {
	hash := hashSecret(plainCode(code))
	if recovery, err = w.HasRecoveryCode(ctx, account.ID, hash); err != nil || recovery {
		if err == nil {
			err = w.DeleteRecoveryCode(ctx, account.ID, hash)
		}
		return recovery, recovery, err
	}
	f, err := w.SecondFactor(ctx, account.ID)
	if err != nil {
		return false, false, err
	}
	secret, err := w.Unseal(f.Sealed, factorPurpose(account.ID))
	if err != nil {
		return false, false, err
	}
	step := a.stepOf(secret, code, f.UsedStep)
	if step == 0 {
		return false, false, nil
	}
	return false, true, w.UseStep(ctx, account.ID, step)
}

// stepOf returns the time step around now, after the one used last, whose code it is; 0 if there is none.
func (a *App) stepOf(secret, code string, used int64) int64 {
	now := a.now().Unix() / factorPeriod
	if _, err := factorSecret(secret); err != nil {
		return 0
	}
	if used > now+int64(clockSlip/time.Second)/factorPeriod { // while a clock ran ahead
		used = 0
	}
	for step := max(now-factorSkew, used+1); step <= now+factorSkew; step++ {
		fits, err := hotp.ValidateCustom(plainCode(code), uint64(step), secret,
			hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && fits {
			return step
		}
	}
	return 0
}

// newRecoveryCodes returns recovery codes as people keep them, and their hashes.
func newRecoveryCodes() (codes, hashes []string) {
	for range recoveryCodes {
		raw := make([]byte, recoveryBytes)
		rand.Read(raw)
		plain := strings.ToLower(base32.StdEncoding.EncodeToString(raw))
		codes = append(codes, strings.Join(groups(plain), "-"))
		hashes = append(hashes, hashSecret(plain))
	}
	return codes, hashes
}

// plainCode is a code without what people write between its parts.
func plainCode(code string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\t' || r == '　' {
			return -1
		}
		return r
	}, strings.ToLower(intake.FoldName(code)))
}

// groups cuts a code into parts that people copy one by one.
func groups(plain string) (out []string) {
	for part := range slices.Chunk([]byte(plain), 4) {
		out = append(out, string(part))
	}
	return out
}
