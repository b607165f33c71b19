package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"github.com/alexedwards/argon2id"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// passwordSlots limits concurrent hashing to four, so that guesses cannot fill the memory.
var passwordSlots = make(chan struct{}, 4)

// passwords is the way passwords are hashed.
type passwords int

// CheapPasswords makes hashing cheap, for tests, half of whose time it took in use cases and pages.
// internal/forbidden_test.go keeps the program from using it.
const CheapPasswords passwords = 1

// cost returns the parameters for hashing: 19 MiB and two passes, OWASP's first recommendation for
// argon2id.
func (p passwords) cost() *argon2id.Params {
	if p == CheapPasswords {
		return &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	}
	return &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// NewAccount is an account to be added. Unit is a code, empty for the whole office.
type NewAccount struct {
	Name, FullName string
	Role           kpi.Role
	Unit           string
	Password       string
	EndsOn         kpi.Date // the last day; "" for no end

	chosen kpi.UnixMilli // when its owner chose the password; 0 if somebody else does
}

// Accounts lists all accounts. Refusal: Forbidden.
func (a *App) Accounts(ctx context.Context, actor kpi.Actor) ([]kpi.Account, error) {
	if err := actor.MayAdminister(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]kpi.Account, error) { return r.Accounts(ctx) })
}

// AddAccount adds an account. Refusals: Forbidden; Conflict if the name is taken; Invalid by field.
func (a *App) AddAccount(ctx context.Context, actor kpi.Actor, n NewAccount) (kpi.Account, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.Account{}, err
	}
	var m kpi.Mistakes
	m.Merge(a.readAccount(&n))
	of := kpi.Account{Name: n.Name, FullName: n.FullName}
	if err := a.refusePassword(ctx, &m, n.Password, of); err != nil {
		return kpi.Account{}, err
	}
	if err := m.Err(); err != nil {
		return kpi.Account{}, err
	}
	hash, err := a.passwords.hash(n.Password)
	if err != nil {
		return kpi.Account{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Account, error) { return a.addAccount(ctx, w, actor, n, hash) })
}

// AddInvited adds an account without a password, and its one-time link. Refusals: those of AddAccount.
func (a *App) AddInvited(ctx context.Context, actor kpi.Actor, n NewAccount) (Invitation, error) {
	if err := actor.MayAdminister(); err != nil {
		return Invitation{}, err
	}
	if err := a.readAccount(&n); err != nil {
		return Invitation{}, err
	}
	return write(ctx, a, func(w *store.Writer) (Invitation, error) {
		account, err := a.addAccount(ctx, w, actor, n, "")
		if err != nil {
			return Invitation{}, err
		}
		return a.invite(ctx, w, actor, account)
	})
}

// readAccount cleans what was typed and collects the mistakes in it, without the password.
func (a *App) readAccount(n *NewAccount) error {
	trim(&n.Unit)
	var m kpi.Mistakes
	readAccountName(&m, &n.Name)
	readTexts(&m, oneLine("full_name", &n.FullName))
	if n.Unit == "" {
		m.Merge(kpi.Account{Name: n.Name, Role: n.Role}.Check())
	}
	m.Check("ends_on", a.checkAccountEnd(n.EndsOn))
	return m.Err()
}

// checkAccountEnd refuses a last day that is over, or no day.
func (a *App) checkAccountEnd(last kpi.Date) error {
	if last == "" {
		return nil
	}
	if _, err := kpi.ParseDate(string(last)); err != nil {
		return err
	}
	if last < a.Today() {
		return kpi.Refuse(kpi.Invalid, "account_end_over", string(last))
	}
	return nil
}

func (a *App) addAccount(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewAccount,
	hash string) (kpi.Account, error) {
	account := kpi.Account{Name: n.Name, FullName: n.FullName, Role: n.Role, EndsOn: n.EndsOn, PasswordAt: n.chosen}
	if account.FullName == "" {
		account.FullName = n.Name
	}
	if n.Unit != "" {
		unit, err := w.Unit(ctx, n.Unit)
		if err != nil {
			return account, asField("unit", err)
		}
		account.Unit = unit.ID
	}
	if err := account.Check(); err != nil {
		return account, err
	}
	if err := checkAccountName(ctx, w, n.Name); err != nil {
		return account, err
	}
	var err error
	if account.ID, err = w.InsertAccount(ctx, account, hash, a.stamp()); err != nil {
		return account, err
	}
	return account, a.audit(ctx, w, actor, "account.add", "account "+account.Name, account)
}

// readAccountName cleans a new sign-in name.
func readAccountName(m *kpi.Mistakes, name *string) {
	read, err := intake.AccountName(*name, maxName)
	if m.Check("name", err) {
		*name = read
	}
}

// checkAccountName refuses a name that an account has, or one that people would take for it: who gets аdmin's requests
// thinks that they are admin's. Refusals: Conflict account_exists, account_alike.
func checkAccountName(ctx context.Context, w *store.Writer, name string) error {
	accounts, err := w.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if a.Name == name {
			return kpi.Clash("account_exists", name)
		}
	}
	for _, a := range accounts {
		if intake.SameLooks(a.Name, name) {
			return kpi.Clash("account_alike", name, a.Name)
		}
	}
	return nil
}

// SetPassword replaces an account's password, ends its sessions and tokens and lets it sign in again where it had
// failed too often. Refusals: Forbidden, NotFound, Invalid password.
func (a *App) SetPassword(ctx context.Context, actor kpi.Actor, name, password string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	account, err := read(ctx, a, func(r *store.Reader) (kpi.Account, error) { return r.Account(ctx, name) })
	if err != nil {
		return err
	}
	hash, err := a.newPassword(ctx, password, account)
	if err != nil {
		return err
	}
	return a.changeAccount(ctx, actor, name, "account.password", func(w *store.Writer, id kpi.AccountID) error {
		if err := forgetAttempts(ctx, w, kpi.Account{ID: id, Name: name}); err != nil {
			return err
		}
		if err := w.DeleteTokens(ctx, id); err != nil {
			return err
		}
		return a.keepPassword(ctx, w, account, hash, 0)
	})
}

// ChangePassword replaces the actor's own password, ends all sessions of the account and opens one for this browser;
// tokens work on. Refusals: Forbidden for strangers and while sign-ins are throttled; Invalid by field if old is
// not the password or the new one is unacceptable.
func (a *App) ChangePassword(ctx context.Context, actor kpi.Actor, old, password string,
	from Browser) (out Entered, err error) {
	if !actor.Role.Known() {
		return out, kpi.Denied("sign_in_first")
	}
	account, err := read(ctx, a, func(r *store.Reader) (kpi.Account, error) { return r.Account(ctx, actor.Name) })
	if err != nil {
		return out, err
	}
	hash, err := a.newPassword(ctx, password, account)
	if err != nil {
		return out, err
	}
	var m kpi.Mistakes
	return out, a.proved(ctx, actor, old, from, &m, func(w *store.Writer) error {
		if err := a.keepPassword(ctx, w, account, hash, a.stamp()); err != nil {
			return err
		}
		if err := a.audit(ctx, w, actor, "account.password", "account "+actor.Name, struct{}{}); err != nil {
			return err
		}
		out, err = a.openSession(ctx, w, account, from, kpi.NeedNothing)
		return err
	})
}

// SetAccountEnd sets the last day on which somebody gets in by an account; "" for no end. Nobody can limit
// their own account: Conflict. Refusals: Forbidden, NotFound, Invalid ends_on.
func (a *App) SetAccountEnd(ctx context.Context, actor kpi.Actor, name string, last kpi.Date) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	if actor.Name == name {
		return kpi.Clash("account_own")
	}
	var m kpi.Mistakes
	m.Check("ends_on", a.checkAccountEnd(last))
	if err := m.Err(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		account, err := w.Account(ctx, name)
		if err != nil || account.EndsOn == last {
			return err
		}
		if err := w.SetAccountEnd(ctx, account.ID, last); err != nil {
			return err
		}
		account.EndsOn = last
		return a.audit(ctx, w, actor, "account.set_end", "account "+name, account)
	})
}

// EnableAccount enables a disabled account again, with its password and without its former tokens.
func (a *App) EnableAccount(ctx context.Context, actor kpi.Actor, name string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.changeAccount(ctx, actor, name, "account.enable", func(w *store.Writer, id kpi.AccountID) error {
		return w.EnableAccount(ctx, id)
	})
}

// DisableAccount disables an account at once. Accounts are never deleted, because the log names them.
// Nobody can disable their own account: Conflict.
func (a *App) DisableAccount(ctx context.Context, actor kpi.Actor, name string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	if actor.Name == name {
		return kpi.Clash("account_own")
	}
	return a.changeAccount(ctx, actor, name, "account.disable", func(w *store.Writer, id kpi.AccountID) error {
		return w.DisableAccount(ctx, id)
	})
}

func (a *App) changeAccount(ctx context.Context, actor kpi.Actor, name, action string,
	change func(*store.Writer, kpi.AccountID) error) error {
	return a.db.Write(ctx, func(w *store.Writer) error {
		account, err := w.Account(ctx, name)
		if err != nil {
			return err
		}
		if err := change(w, account.ID); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, action, "account "+name, struct{}{})
	})
}

func (p passwords) hash(password string) (string, error) {
	passwordSlots <- struct{}{}
	defer func() { <-passwordSlots }()
	hash, err := argon2id.CreateHash(password, p.cost())
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

func passwordFits(password, hash string) (bool, error) {
	passwordSlots <- struct{}{}
	defer func() { <-passwordSlots }()
	return argon2id.ComparePasswordAndHash(password, hash)
}

// newSecret returns 32 random bytes in letters that need no escaping anywhere.
func newSecret() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}
