package page

import (
	"fmt"
	"net/url"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// accountsPage lists everyone who can sign in, for administrators. Field names of the form: name,
// full_name, role, unit, password.
type accountsPage struct {
	Layout
	Crumbs []layoutLink
	Hint   string
	Rows   []accountRow
	Create *Form
}

type accountRow struct {
	Name, FullName, Href, Role, Unit, State string
	Disabled                                bool
}

func NewAccounts(pc Context, accounts []kpi.Account, units []kpi.Unit, typed url.Values,
	refusal *kpi.Error) accountsPage {
	p := pc.Printer
	page := accountsPage{Layout: NewLayout(pc, p.T("account.title"), partPlan, ""),
		Hint: countText(p, "account.count", len(accounts)), Crumbs: pc.settingsCrumbs()}
	for _, a := range accounts {
		page.Rows = append(page.Rows, newAccountRow(p, a, units))
	}
	f := pc.form("create", "/accounts#create", p.T("account.create"), p.T("account.create_submit")).keeping("a-", typed)
	codes, names := newFamily(p, units).choices(0, 0, 0)
	f.add(f.field("name", "account.name", ""), f.field("full_name", "account.full_name", "").optional(),
		f.field("role", "account.role", string(kpi.Staff)).choice(texts(kpi.Roles), named(p, "role.", kpi.Roles)),
		f.field("unit", "account.unit", "").choice(append([]string{""}, codes...),
			append([]string{p.T("account.whole")}, names...)),
		f.field("password", "account.password", "").hinted(passwordHint(pc, "account.password_hint")).secret("new-password"))
	f.refuse(refusal)
	page.Create = f
	return page
}

// settingsCrumbs returns the breadcrumbs back to the settings.
func (pc Context) settingsCrumbs() []layoutLink {
	return []layoutLink{{Href: "/settings", Text: pc.Printer.T("settings.title")}}
}

func newAccountRow(p lang.Printer, a kpi.Account, units []kpi.Unit) accountRow {
	row := accountRow{Name: a.Name, FullName: a.FullName, Href: AccountPath(a.ID), Role: p.T("role." + string(a.Role)),
		Unit: p.T("account.whole"), State: p.T("account.active"), Disabled: a.Disabled}
	for _, u := range units {
		if u.ID == a.Unit {
			row.Unit = p.Name(u.Name, u.NameEn)
			if a.Role.OfOffice() { // from before these roles took none
				row.Unit = p.T("account.unit_only", row.Unit)
			}
		}
	}
	if a.Disabled {
		row.State = p.T("account.disabled")
	}
	return row
}

type accountPage struct {
	Layout
	Who        accountRow
	Crumbs     []layoutLink
	Secret     string // a token that was just created, shown only once
	Password   *Form
	Switch     accountButton // disables or enables the account
	Tokens     []accountToken
	TokenForm  *Form
	TokensHint string
}

// accountButton is a form that is only a button.
type accountButton struct{ Action, CSRF, Submit, Hint, Error string }

// accountToken is an API token with the form that revokes it.
type accountToken struct{ Name, Added, Hash, Action, CSRF, Label string }

// AccountInput is the input of an account's page.
type AccountInput struct {
	Account kpi.Account
	Units   []kpi.Unit
	Tokens  []kpi.Token
	Secret  string
	Form    string // the form that was refused
	Refusal *kpi.Error
}

func NewAccount(pc Context, in AccountInput) accountPage {
	p, path := pc.Printer, AccountPath(in.Account.ID)
	page := accountPage{Layout: NewLayout(pc, in.Account.FullName, partPlan, ""),
		Who: newAccountRow(p, in.Account, in.Units), Crumbs: append(pc.settingsCrumbs(),
			layoutLink{Href: "/accounts", Text: p.T("account.title")}), Secret: in.Secret}
	page.Password = passwordForm(pc, "password", p.T("account.set_password"), path+"/password", false)
	page.Switch = accountButton{Action: path + "/disable", CSRF: pc.CSRF, Submit: p.T("account.disable"),
		Hint: p.T("account.disable_hint")}
	if in.Account.Disabled {
		page.Switch = accountButton{Action: path + "/enable", CSRF: pc.CSRF, Submit: p.T("account.enable"),
			Hint: p.T("account.enable_hint")}
	}
	if in.Form == "password" {
		page.Password.refuse(in.Refusal)
	} else if in.Refusal != nil {
		page.Switch.Error = p.Text(in.Refusal.Text)
	}
	for _, t := range in.Tokens {
		page.Tokens = append(page.Tokens, accountToken{Name: t.Name, Added: p.Time(t.AddedAt, pc.zone()), Hash: t.Hash,
			Action: path + "/tokens/end", CSRF: pc.CSRF, Label: p.T("account.token_end", t.Name)})
	}
	page.TokenForm = pc.form("token", path+"/tokens#token", p.T("account.token_add"), p.T("account.token_submit")).
		keeping("t-", nil)
	page.TokenForm.add(page.TokenForm.field("name", "account.token_name", ""))
	return page
}

// passwordForm asks for a new password, and first for the old one if old is set.
func passwordForm(pc Context, id, title, action string, old bool) *Form {
	f := pc.form(id, action+"#"+id, title, pc.Printer.T("account.set_password")).keeping(id+"-", nil)
	if old {
		f.add(f.field("old", "account.old_password", "").secret("current-password"))
	}
	f.add(f.field("password", "account.new_password", "").hinted(passwordHint(pc, "account.new_password_hint")).
		secret("new-password"))
	return f
}

// ownAccountPage is where people change their own password. Field names: old, password.
type ownAccountPage struct {
	Layout
	Name, RoleName string
	Password       *Form
}

func NewOwnAccount(pc Context, refusal *kpi.Error) ownAccountPage {
	p := pc.Printer
	page := ownAccountPage{Layout: NewLayout(pc, p.T("account.own"), "", ""), Name: pc.Actor.Name,
		RoleName: p.T("role." + string(pc.Actor.Role)), Password: passwordForm(pc, "own", p.T("account.change_password"),
			"/account/password", true)}
	page.Password.refuse(refusal)
	return page
}

func AccountPath(id kpi.AccountID) string { return fmt.Sprintf("/accounts/%d", id) }
