package page

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

func AccountPath(id kpi.AccountID) string { return fmt.Sprintf("/accounts/%d", id) }

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

// setupPage is /setup, seen once, on an empty database. Field names: token, office, name,
// password, year, csrf.
type setupPage struct {
	Layout
	mistakes
	Token      string // of the one-time link
	OfficeName Field
	Name       Field
	Password   Field
	Year       Field
}

// SetupTyped is what was typed; the password is not kept.
type SetupTyped struct{ Office, Name, Year string }

func NewSetup(pc Context, token string, typed SetupTyped, refusal *kpi.Error) setupPage {
	p := pc.Printer
	page := setupPage{
		Layout:     NewLayout(pc, p.T("setup.title"), "", ""),
		Token:      token,
		OfficeName: Field{ID: "f-office", Name: "office", Label: p.T("setup.office"), Hint: p.T("setup.office_hint"), Value: typed.Office},
		Name:       Field{ID: "f-name", Name: "name", Label: p.T("setup.name"), Hint: p.T("setup.name_hint"), Value: typed.Name},
		Password:   Field{ID: "f-password", Name: "password", Label: p.T("sign_in.password"), Hint: p.T("setup.password_hint")},
		Year:       Field{ID: "f-year", Name: "year", Label: p.T("setup.year"), Hint: p.T("setup.year_hint"), Value: typed.Year},
	}
	page.tell(p, refusal, "setup", &page.OfficeName, &page.Name, &page.Password, &page.Year)
	return page
}

// errorPage says in one sentence what happened.
type errorPage struct {
	Layout
	Status    int
	Sentence  string
	Details   []string // every mistake, where a refusal carries several
	RequestID string   // for faults: what to tell the administrator
	Typed     []pageFact
}

// typedFields are the fields whose content is told on the error page: what somebody wrote and would have
// to write again. Passwords, keys and choices are none of it.
var typedFields = []string{"value", "date", "score", "name", "name_en", "document", "issuer", "planned", "reason", "next", "note", "remark", "text"}

// TypedWords is what a form that has no place any more said, to be copied.
func TypedWords(p lang.Printer, f url.Values) (out []pageFact) {
	for _, name := range typedFields {
		if text := strings.TrimSpace(f.Get(name)); text != "" {
			out = append(out, pageFact{p.T("typed." + name), text})
		}
	}
	for _, cell := range slices.Sorted(maps.Keys(f)) { // of a grid, see cellName
		part := strings.Split(cell, ":")
		if text := strings.TrimSpace(f.Get(cell)); text != "" && len(part) == 5 && part[0] == "c" {
			out = append(out, pageFact{part[1] + " · " + part[2] + " · " + part[3], text})
		}
	}
	return out
}

func NewError(pc Context, status int, sentence string, details []string, requestID string) errorPage {
	return errorPage{
		Layout: NewLayout(pc, pc.Printer.T("error.title"), "", ""), Status: status,
		Sentence: sentence, Details: details, RequestID: requestID,
	}
}
