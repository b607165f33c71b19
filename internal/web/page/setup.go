package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// setupPage is /setup, seen once, on an empty database. Field names: token, office, year, full_name, name,
// password.
type setupPage struct {
	Layout
	Token string // of the one-time link
	Form  *Form
}

// SetupTyped is what was typed; of the password only that there was one.
type SetupTyped struct {
	Office, Name, FullName, Year string
	Password                     bool
}

func NewSetup(pc Context, token string, typed SetupTyped, refusal *kpi.Error) setupPage {
	p := pc.Printer
	f := pc.form("setup", "/setup", "", p.T("setup.submit"))
	f.hide("token", token)
	office := f.field("office", "setup.office", typed.Office)
	office.Autocomplete = "organization"
	year := f.field("year", "setup.year", typed.Year)
	year.Mode = "numeric"
	fullName := f.field("full_name", "setup.full_name", typed.FullName).optional()
	fullName.Autocomplete = "name"
	name := f.field("name", "setup.name", typed.Name)
	name.Autocomplete, name.Plain = "username", true
	password := f.field("password", "sign_in.password", "").hinted(passwordHint(pc, "setup.password_hint")).
		secret("new-password")
	f.add(office, year, fullName, name, password)
	if refusal != nil && typed.Password && !said(refusal, "password") {
		again := kpi.Field{Name: "password", Text: kpi.T("setup_password_again")}
		refusal = &kpi.Error{Code: refusal.Code, Text: refusal.Text, Fields: append(refusal.Fields, again)}
	}
	f.refuse(refusal)
	return setupPage{Layout: NewLayout(pc, p.T("setup.title"), "", ""), Token: token, Form: f}
}

// said reports whether a refusal has a mistake at a field.
func said(refusal *kpi.Error, field string) bool {
	for _, f := range refusal.Fields {
		if f.Name == field {
			return true
		}
	}
	return false
}

// passwordHint is the rule passwords are held to, as a sentence of the catalogue says it.
func passwordHint(pc Context, key string) string { return pc.Printer.T(key, app.MinPassword) }

// unsetPage is what everyone sees before the set-up who does not bring its link.
type unsetPage struct {
	Layout
	Wrong string // what is wrong with the link that was brought; "" without one
}

func NewUnset(pc Context, wrongLink bool) unsetPage {
	p := pc.Printer
	page := unsetPage{Layout: NewLayout(pc, p.T("setup.unset"), "", "")}
	if wrongLink {
		page.Wrong = p.T("setup_link_wrong")
	}
	return page
}

// signInPage is /login. Field names: name, password, next, csrf.
type signInPage struct {
	Layout
	Name  string // typed
	Next  string // where to go afterwards
	Error string
}

func NewSignIn(pc Context, name, next string, refusal *kpi.Error) signInPage {
	page := signInPage{Layout: NewLayout(pc, pc.Printer.T("sign_in.title"), "", ""), Name: name, Next: next}
	if refusal != nil {
		page.Error = pc.Printer.Text(refusal.Text)
	}
	return page
}
