package page

import (
	"dabiao/internal/kpi"
)

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
		Layout: NewLayout(pc, p.T("setup.title"), "", ""),
		Token:  token,
		OfficeName: Field{ID: "f-office", Name: "office", Label: p.T("setup.office"), Hint: p.T("setup.office_hint"),
			Value: typed.Office},
		Name: Field{ID: "f-name", Name: "name", Label: p.T("setup.name"), Hint: p.T("setup.name_hint"),
			Value: typed.Name},
		Password: Field{ID: "f-password", Name: "password", Label: p.T("sign_in.password"), Hint: p.T("setup.password_hint")},
		Year: Field{ID: "f-year", Name: "year", Label: p.T("setup.year"), Hint: p.T("setup.year_hint"),
			Value: typed.Year},
	}
	page.tell(p, refusal, "setup", &page.OfficeName, &page.Name, &page.Password, &page.Year)
	return page
}
