package page

import (
	"dabiao/internal/kpi"
)

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
