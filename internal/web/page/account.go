package page

import (
	"fmt"
	"net/url"
	"time"

	"github.com/mileusna/useragent"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// accountsPage lists everyone who can sign in, for administrators. Field names of the form: name,
// full_name, role, unit, ends_on, password.
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
		page.Rows = append(page.Rows, newAccountRow(p, a, units, pc.Today))
	}
	f := pc.form("create", "/accounts#create", p.T("account.create"), p.T("account.create_submit")).keeping("a-", typed)
	codes, names := newFamily(p, units).choices(0, 0, 0)
	ends := f.field("ends_on", "account.ends_on", "").optional().hinted(p.T("account.ends_on_hint"))
	ends.Kind = "date"
	f.add(f.field("name", "account.name", ""), f.field("full_name", "account.full_name", "").optional(),
		f.field("role", "account.role", string(kpi.Staff)).choice(texts(kpi.Roles), named(p, "role.", kpi.Roles)),
		f.field("unit", "account.unit", "").choice(append([]string{""}, codes...),
			append([]string{p.T("account.whole")}, names...)), ends,
		f.field("password", "account.password", "").optional().hinted(passwordHint(pc, "account.password_hint")).
			secret("new-password"))
	f.refuse(refusal)
	page.Create = f
	return page
}

// settingsCrumbs returns the breadcrumbs back to the settings.
func (pc Context) settingsCrumbs() []layoutLink {
	return []layoutLink{{Href: "/settings", Text: pc.Printer.T("settings.title")}}
}

func newAccountRow(p lang.Printer, a kpi.Account, units []kpi.Unit, today kpi.Date) accountRow {
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
	switch {
	case a.Disabled:
		row.State = p.T("account.disabled")
	case a.Ended(today):
		row.State, row.Disabled = p.T("account.over", p.Date(a.EndsOn)), true
	case a.EndsOn != "":
		row.State = p.T("account.active_until", p.Date(a.EndsOn))
	}
	return row
}

type accountPage struct {
	Layout
	Who       accountRow
	Crumbs    []layoutLink
	Secret    string // a token that was just created, shown only once
	Link      *invitationLink
	Invite    *accountButton // makes a one-time link
	End       *Form
	Sessions  accountSessions
	Password  *Form
	Factor    string         // the state of the second factor
	FactorOff *accountButton // takes it away from who has lost it
	Linked    string         // since when the identity provider lets its owner in; "" if it does not
	Unlink    *accountButton // takes that away
	Switch    accountButton  // disables or enables the account
	Data      string         // what is stored about it, as a file
	Tokens    []accountToken
	TokenForm *Form // field names: name, scope, ends_on, unit
}

// invitationLink is a one-time link that was just made, shown only once.
type invitationLink struct {
	reachAddress
	Hint  string
	Alone string // said where only this machine opens it
}

// accountSessions is where somebody is signed in, with the form that ends it. Field names: session.
type accountSessions struct {
	Rows   []accountSession
	Action string // of one, or of all but this one
	CSRF   string
	Own    bool   // each can be ended by itself
	Others bool   // there are several
	Submit string // ends them all
}

type accountSession struct{ Name, Text, ID, Label string }

// accountButton is a form that is only a button.
type accountButton struct{ Action, CSRF, Submit, Hint, Error string }

// accountToken is an API token with the form that revokes it.
type accountToken struct {
	Name, ID, Action, CSRF, Label string
	May, Until, Used, Added       string
	Over                          bool
}

// AccountInput is the input of an account's page.
type AccountInput struct {
	Account kpi.Account
	Units   []kpi.Unit
	Tokens  []kpi.Token
	Secret  string
	Form    string     // the form that was refused
	Typed   url.Values // in it, where it is shown again
	Refusal *kpi.Error

	Factor app.SecondFactor
	Linked kpi.UnixMilli // to an identity provider; 0: it is not

	Sessions     []app.SignedIn
	InvitedUntil kpi.UnixMilli  // of the open one-time link; 0 for none
	Invitation   app.Invitation // just made, with its whole address
	Link         string
	LinkAlone    bool // only this machine opens it
}

// NewAccount shows an account to administrators; the error is a fault.
func NewAccount(pc Context, in AccountInput) (accountPage, error) {
	p, path := pc.Printer, AccountPath(in.Account.ID)
	page := accountPage{Layout: NewLayout(pc, in.Account.FullName, partPlan, ""),
		Who: newAccountRow(p, in.Account, in.Units, pc.Today), Crumbs: append(pc.settingsCrumbs(),
			layoutLink{Href: "/accounts", Text: p.T("account.title")}), Secret: in.Secret}
	page.Password = passwordForm(pc, "password", p.T("account.set_password"), path+"/password", false)
	page.Password.Hint = p.T("account.set_password_hint")
	page.Sessions = accountSessions{Rows: newSessions(pc, in.Sessions), Action: path + "/sign-out", CSRF: pc.CSRF,
		Others: len(in.Sessions) > 0, Submit: p.T("account.sign_out")}
	if !in.Account.Ended(pc.Today) {
		page.Invite = &accountButton{Action: path + "/invite", CSRF: pc.CSRF, Submit: p.T("account.invite"),
			Hint: p.T("account.invite_hint")}
	}
	if in.InvitedUntil != 0 && page.Invite != nil {
		page.Invite.Hint = p.T("account.invited_hint", p.Time(in.InvitedUntil, pc.zone()))
	}
	if in.Link != "" {
		link, err := newReachAddress(pc, in.Link)
		if err != nil {
			return page, err
		}
		page.Link = &invitationLink{reachAddress: link, Hint: p.T("account.link_hint",
			p.Time(in.Invitation.EndsAt, pc.zone()))}
		if in.LinkAlone {
			page.Link.Alone = p.T("account.link_alone")
		}
	}
	page.End, page.Factor = newAccountEnd(pc, in), factorState(pc, in.Factor)
	if in.Factor.On {
		page.FactorOff = &accountButton{Action: path + "/second-factor/reset", CSRF: pc.CSRF, Submit: p.T("factor.reset"),
			Hint: p.T("factor.reset_hint")}
	}
	if in.Linked != 0 {
		page.Linked = p.T("account.linked", p.Time(in.Linked, pc.zone()))
		page.Unlink = &accountButton{Action: path + "/unlink", CSRF: pc.CSRF, Submit: p.T("account.unlink"),
			Hint: p.T("account.unlink_hint")}
	}
	page.Data = path + "/data.json"
	page.Switch = accountButton{Action: path + "/disable", CSRF: pc.CSRF, Submit: p.T("account.disable"),
		Hint: p.T("account.disable_hint")}
	if in.Account.Disabled {
		page.Switch = accountButton{Action: path + "/enable", CSRF: pc.CSRF, Submit: p.T("account.enable"),
			Hint: p.T("account.enable_hint")}
	}
	switch {
	case in.Form == "password":
		page.Password.refuse(in.Refusal)
	case in.Form == "end_set":
		page.End.refuse(in.Refusal)
	case in.Refusal != nil && in.Form != "token":
		page.Switch.Error = p.Text(in.Refusal.Text)
	}
	page.Tokens, page.TokenForm = newTokens(pc, in), newTokenForm(pc, in)
	return page, nil
}

// newTokens says of each token what it may do, until when, and when it was used.
func newTokens(pc Context, in AccountInput) (out []accountToken) {
	p, path := pc.Printer, AccountPath(in.Account.ID)
	for _, t := range in.Tokens {
		row := accountToken{Name: t.Name, ID: t.ID(), Action: path + "/tokens/end", CSRF: pc.CSRF,
			Label: p.T("account.token_end", t.Name), May: p.T("account.token_scope." + string(t.Scope)),
			Until: p.T("account.token_endless"), Used: p.T("account.token_unused"),
			Added: p.T("account.token_added", p.Date(pc.day(t.AddedAt))), Over: t.Over(pc.Today)}
		for _, u := range in.Units {
			if u.ID == t.Unit {
				row.May = p.T("account.token_scope_unit", row.May, p.Name(u.Name, u.NameEn))
			}
		}
		switch {
		case row.Over:
			row.Until = p.T("account.over", p.Date(t.EndsOn))
		case t.EndsOn != "":
			row.Until = p.T("account.token_until", p.Date(t.EndsOn))
		}
		if t.UsedAt != 0 {
			row.Used = p.T("account.token_used", p.Date(pc.day(t.UsedAt)), t.UsedFrom)
		}
		out = append(out, row)
	}
	return out
}

func newTokenForm(pc Context, in AccountInput) *Form {
	p := pc.Printer
	f := pc.form("token", AccountPath(in.Account.ID)+"/tokens#token", p.T("account.token_add"),
		p.T("account.token_submit")).keeping("t-", in.typed("token"))
	latest := kpi.LastTokenDay(pc.Today)
	if in.Account.EndsOn != "" && in.Account.EndsOn < latest {
		latest = in.Account.EndsOn
	}
	ends := f.field("ends_on", "account.last_day", string(latest)).hinted(p.T("account.token_ends_hint"))
	ends.Kind, ends.Max = "date", string(latest)
	f.add(f.field("name", "account.token_name", ""), ends, f.field("scope", "account.token_scope", string(kpi.TokenReads)).
		choice(texts(kpi.TokenScopes), named(p, "account.token_scope.", kpi.TokenScopes)))
	if in.Account.Unit == 0 {
		codes, names := newFamily(p, in.Units).choices(0, 0, 0)
		f.add(f.field("unit", "account.unit", "").hinted(p.T("account.token_unit_hint")).
			choice(append([]string{""}, codes...), append([]string{p.T("account.token_whole")}, names...)))
	}
	if in.Form == "token" {
		f.refuse(in.Refusal)
	}
	return f
}

// day returns the day of a moment where the office is.
func (pc Context) day(at kpi.UnixMilli) kpi.Date {
	return kpi.DateOf(time.UnixMilli(int64(at)).In(pc.zone()))
}

// typed returns what was typed in a form, if it is the one that was refused.
func (in AccountInput) typed(form string) url.Values {
	if in.Form == form {
		return in.Typed
	}
	return nil
}

func newAccountEnd(pc Context, in AccountInput) *Form {
	p := pc.Printer
	f := pc.form("end", AccountPath(in.Account.ID)+"/end#end", p.T("account.ends_on"), p.T("account.end_submit")).
		keeping("e-", nil)
	last := f.field("ends_on", "account.last_day", string(in.Account.EndsOn)).optional().
		hinted(p.T("account.ends_on_hint"))
	last.Kind = "date"
	f.add(last)
	return f
}

// newSessions says of each browser what it is and when it was used.
func newSessions(pc Context, sessions []app.SignedIn) []accountSession {
	p := pc.Printer
	rows := make([]accountSession, len(sessions))
	for i, s := range sessions {
		agent := useragent.Parse(s.Browser.Agent)
		name := p.T("account.browser_unknown")
		if agent.Name != "" && agent.OS != "" {
			name = p.T("account.browser", agent.Name, agent.OS)
		}
		rows[i] = accountSession{Name: name, ID: s.ID, Label: p.T("account.session_end_named", name),
			Text: p.T("account.session_text", p.Time(s.SeenAt, pc.zone()), s.Browser.Address)}
		if s.Current {
			rows[i].ID, rows[i].Text = "", p.T("account.session_current")
		}
	}
	return rows
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
	Factor         string // the state of the second factor
	FactorLink     layoutLink
	Sessions       accountSessions
}

func NewOwnAccount(pc Context, sessions []app.SignedIn, factor app.SecondFactor, refusal *kpi.Error) ownAccountPage {
	p := pc.Printer
	page := ownAccountPage{Layout: NewLayout(pc, p.T("account.own"), "", ""), Name: pc.Actor.Name,
		RoleName: p.T("role." + string(pc.Actor.Role)), Password: passwordForm(pc, "own", p.T("account.change_password"),
			"/account/password", true)}
	page.Password.refuse(refusal)
	page.Factor, page.FactorLink = factorState(pc, factor), layoutLink{Href: "/account/second-factor",
		Text: p.T("factor.go")}
	page.Sessions = accountSessions{Rows: newSessions(pc, sessions), Action: "/account/sessions/end", CSRF: pc.CSRF,
		Own: true, Others: len(sessions) > 1, Submit: p.T("account.sign_out_others")}
	return page
}

// invitationPage is where a one-time link leads. Field names: password.
type invitationPage struct {
	Layout
	Who  string
	Form *Form
}

func NewInvitation(pc Context, in app.Invitation, secret string, refusal *kpi.Error) invitationPage {
	p := pc.Printer
	f := pc.form("invitation", InvitationPath(secret), "", p.T("account.invitation_submit"))
	name := f.field("name", "account.name", in.Account.Name)
	name.Fixed, name.Autocomplete, name.Plain = true, "username", true
	f.add(name, f.field("password", "account.new_password", "").hinted(passwordHint(pc, "account.new_password_hint")).
		secret("new-password"))
	f.refuse(refusal)
	return invitationPage{Layout: NewLayout(pc, p.T("account.invitation"), "", ""), Form: f,
		Who: p.T("account.invitation_hint", in.Account.FullName)}
}

// InvitationPath is the address of the one-time link with a secret.
func InvitationPath(secret string) string { return "/invite/" + secret }

func AccountPath(id kpi.AccountID) string { return fmt.Sprintf("/accounts/%d", id) }
