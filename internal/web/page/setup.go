package page

import (
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// setupPage is /setup, shown once, on an empty database. Field names: token, office, year, full_name,
// name, password.
type setupPage struct {
	Layout
	Token string // of the one-time link
	Form  *Form
}

// SetupTyped is what was typed; of the password only whether there was one.
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

// said reports whether a refusal has a mistake in a field.
func said(refusal *kpi.Error, field string) bool {
	for _, f := range refusal.Fields {
		if f.Name == field {
			return true
		}
	}
	return false
}

// passwordHint returns a sentence with the rule for passwords.
func passwordHint(pc Context, key string) string { return pc.Printer.T(key, demandText(pc, pc.SignIn)) }

// demandText tells what a password must be, by the list that it is checked by.
func demandText(pc Context, rules kpi.SignInRules) string {
	var parts []string
	for _, t := range app.PasswordDemands(rules) {
		parts = append(parts, pc.Printer.Text(t))
	}
	return strings.Join(parts, pc.Printer.T("password_demand_next"))
}

// unsetPage is shown before the set-up to everyone who does not come by its link.
type unsetPage struct {
	Layout
	Wrong string // what is wrong with the link used; "" without one
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
	Kept  []KeptField // a form that waits for the sign-in
	Waits string      // what becomes of it; "" for none
	SSO   *layoutLink // to the identity provider; nil without one. A form that waits goes along by the address SSOAction
}

// KeptField is a field of a form that waits on the sign-in page, by the name it is sent under.
type KeptField struct{ Name, Value string }

// Keep puts a form on the page. files says that some came with it, which no page can carry.
func (s *signInPage) Keep(pc Context, kept []KeptField, files bool) {
	s.Kept = kept
	if len(kept) > 0 {
		s.Waits = pc.Printer.T("sign_in.kept")
	}
	if len(kept) > 0 && files {
		s.Waits = pc.Printer.T("sign_in.kept_files")
	}
}

// ssoPath is where a sign-in at an identity provider begins.
const ssoPath = "/login/sso"

// SSOPath is where a sign-in at an identity provider begins that goes on at an address of this server.
func SSOPath(next string) string { return WithQuery(ssoPath, "next", next) }

// Other offers the sign-in at an identity provider.
func (s *signInPage) Other(label, next string) { s.SSO = &layoutLink{Href: SSOPath(next), Text: label} }

// SSOAction is where a form that waits is sent first.
func (s signInPage) SSOAction() string { return ssoPath }

func NewSignIn(pc Context, name, next string, refusal *kpi.Error) signInPage {
	page := signInPage{Layout: NewLayout(pc, pc.Printer.T("sign_in.title"), "", ""), Name: name, Next: next}
	if refusal != nil {
		page.Error = pc.Printer.Text(refusal.Text)
	}
	return page
}

// startView leads an administrator through the first steps of a new office, and tells others what will be here and
// whom to ask.
type startView struct {
	Empty  bool // nothing else is on the board
	Steps  []startStep
	Action string // where steps are put away; field names: csrf, step, back
	CSRF   string
	Back   string
	Ask    string // of those who wait
	MayLog bool
	Plan   layoutLink // for those of them who may add indicators themselves
}

type startStep struct {
	Number            int
	Name, Title, Text string
	Done, Away        bool
	Links             []layoutLink
	AwayLabel         string // "" for a step that is always needed
}

// newStart is nil where there is nothing to say.
func newStart(pc Context, s app.Start) *startView {
	p, y := pc.Printer, pc.Year.Year
	if len(s.Steps) == 0 && (!s.Empty || pc.Actor.MayAdminister() == nil) {
		return nil
	}
	out := &startView{Empty: s.Empty, Action: "/start", CSRF: pc.CSRF, Back: BoardPath(y), Ask: askText(pc, s.Admins),
		MayLog: pc.MayLogSomewhere()}
	if len(s.Steps) == 0 && pc.Actor.MayPlan() == nil {
		out.Plan = layoutLink{Href: ProposalPath(y), Text: p.T("start.indicators_go")}
	}
	href := map[string]string{app.StartIndicators: ProposalPath(y), app.StartTargets: PlanPath(y),
		app.StartUnits: "/units#import", app.StartAccounts: "/accounts#create"}
	for i, step := range s.Steps {
		key := "start." + step.Name
		row := startStep{Number: i + 1, Name: step.Name, Title: p.T(key), Text: p.T(key + "_text"), Done: step.Done,
			Away: step.Away}
		switch {
		case step.Done:
			row.Text = countText(p, key+"_done", step.Have)
		case step.Of > 0:
			row.Text = p.T(key+"_some", step.Have, step.Of)
		}
		if !step.Done && (step.Name != app.StartTargets || step.Of > 0) {
			row.Links = append(row.Links, layoutLink{Href: href[step.Name], Text: p.T(key + "_go")})
		}
		if step.Name == app.StartIndicators {
			if !step.Done {
				row.Links = append(row.Links, layoutLink{Href: AdoptPath(y), Text: p.T("start.indicators_other")})
			}
		} else if !step.Done {
			row.AwayLabel = p.T("start.away_named", row.Title)
		}
		out.Steps = append(out.Steps, row)
	}
	return out
}

// missingView says that there is nothing to log yet, and how that changes.
type missingView struct {
	Ask  string     // of those who cannot add indicators; "" for the others
	Link layoutLink // of those who can
}

// NewMissing is what a page that logs shows where the year has no indicators.
func NewMissing(pc Context, admins []string) *missingView {
	p := pc.Printer
	if pc.Actor.MayPlan() == nil {
		return &missingView{Link: layoutLink{Href: ProposalPath(pc.Year.Year), Text: p.T("start.indicators_go")}}
	}
	return &missingView{Ask: askText(pc, admins)}
}

// askText says whom to ask.
func askText(pc Context, admins []string) string {
	if len(admins) == 0 {
		return pc.Printer.T("start.ask_nobody")
	}
	return pc.Printer.T("start.ask", strings.Join(admins, pc.Printer.T("summary.and")))
}

// Reach is where a server is reached, as far as it knows.
type Reach struct {
	Addresses []string // that other machines can open, the best first
	Alone     bool     // it listens on this machine only
	Port      int
}

// settingsPage is what an administrator sets for the whole office, and where the server is reached.
type settingsPage struct {
	Layout
	Links    []settingsLink
	Reached  []reachAddress
	Alone    string // said where no other machine reaches the server
	Commands []settingsCommand
	Backups  settingsBackups
	Replica  *settingsReplica // nil where there is none
	PutAway  bool             // first steps were put away: a form shows them again; field names: csrf, step, again, back
}

type settingsLink struct {
	layoutLink
	Hint string
}

// settingsCommand is a command, and what it is for.
type settingsCommand struct{ Text, Code string }

// reachAddress is an address with its QR code, drawn in a square of Size modules.
type reachAddress struct {
	Address, Label, Path, Box string
}

// settingsBackups is what is known of the copies of the records that are made without anybody asking.
type settingsBackups struct {
	Folders []settingsBackup
	Off     string // said where none are made
	Drill   string // when the newest was last tried out, and what came of it
}

type settingsBackup struct {
	Dir, Newest, Hint string
	Failed            string // why the last attempt came to nothing; "" if it did not
	Others            string // how many lie there that are not of these records; "" for none
}

// NewSettingsBackups shows the folders of copies.
func NewSettingsBackups(pc Context, folders []app.BackupFolder, d app.Drill) (out settingsBackups) {
	p := pc.Printer
	for _, f := range folders {
		row := settingsBackup{Dir: f.Dir}
		switch {
		case f.Away && f.Failed != nil: // which says so
		case !f.Looked || f.Away:
			row.Newest = p.T("backup.unknown")
		case f.Newest == 0:
			row.Newest = p.T("backup.none")
		default:
			row.Newest = p.T("backup.newest", p.Time(f.Newest, pc.Zone), f.Copies,
				strconv.FormatFloat(float64(f.Size)/1e6, 'f', 1, 64))
		}
		switch {
		case f.SameDisk:
			row.Hint = p.T("backup.same_disk")
		case f.Locked:
			row.Hint = p.T("backup.locked")
		case f.Elsewhere:
			row.Hint = p.T("backup.readable")
		}
		if f.Failed != nil {
			row.Failed = p.Text(*f.Failed)
		}
		if f.Others > 0 {
			row.Others = p.T("backup.others", f.Others)
		}
		out.Folders = append(out.Folders, row)
	}
	switch {
	case len(folders) == 0:
		out.Off = p.T("backup.off")
	case d.At == 0:
		out.Drill = p.T("backup.drill_none")
	case d.Sealed:
		out.Drill = p.T("backup.drill_sealed", p.Time(d.At, pc.Zone), p.Time(d.Copy, pc.Zone), d.Differences)
	default:
		out.Drill = p.T("backup.drill", p.Time(d.At, pc.Zone), p.Time(d.Copy, pc.Zone), d.Differences)
	}
	return out
}

// settingsReplica is what is known of the copy that follows the database.
type settingsReplica struct {
	Dir, Copied string
	Whole, Hint string // "" where there is nothing to say
	Failed      string // why nothing is copied; "" if it is
}

// NewSettingsReplica shows the copy that follows the database, if there is one.
func NewSettingsReplica(pc Context, r app.Replica) *settingsReplica {
	if r.Folder == "" {
		return nil
	}
	p := pc.Printer
	out := settingsReplica{Dir: r.Folder, Copied: p.T("replica.nothing")}
	if r.Copied != 0 {
		behind := max(0, int64(r.Asked-r.Copied)+999) / 1000 // seconds, rounded up
		out.Copied = p.T("replica.copied", p.Time(r.Copied, pc.Zone), behind)
		if behind >= 120 {
			out.Copied = p.T("replica.copied_minutes", p.Time(r.Copied, pc.Zone), behind/60)
		}
	}
	if r.Whole != 0 {
		out.Whole = p.T("replica.whole", p.Time(r.Whole, pc.Zone))
	}
	if r.SameDisk {
		out.Hint = p.T("backup.same_disk")
	}
	switch {
	case r.Failed != nil:
		out.Failed = p.Text(*r.Failed)
	case r.Late:
		out.Failed = p.T("replica.slow", r.Folder)
	}
	return &out
}

// NewSettings shows the settings; the error is a fault.
func NewSettings(pc Context, reach Reach) (settingsPage, error) {
	p := pc.Printer
	page := settingsPage{Layout: NewLayout(pc, p.T("settings.title"), partPlan, "")}
	for _, link := range [][2]string{{"units", "units.title"}, {"accounts", "account.title"},
		{"sign-in", "sign_in_rules.title"},
		{"review", "review.rule_title"}, {"displays", "display.title"}, {"channels", "channel.title"},
		{"audit", "nav.audit"}} {
		page.Links = append(page.Links, settingsLink{layoutLink{Href: "/" + link[0], Text: p.T(link[1])},
			p.T("settings.hint." + link[0])})
	}
	if y := pc.Year.Year; y != 0 {
		page.Links = append(page.Links,
			settingsLink{layoutLink{Href: BelowPath(y), Text: p.T("below.title", int(y))}, p.T("settings.hint.below")},
			settingsLink{layoutLink{Href: HandupPath(y), Text: p.T("handup.title", int(y))}, p.T("settings.hint.handup")})
	}
	for _, address := range reach.Addresses {
		a, err := newReachAddress(pc, address)
		if err != nil {
			return page, err
		}
		page.Reached = append(page.Reached, a)
	}
	if len(reach.Addresses) == 0 {
		page.Alone = p.T("settings.unknown")
	}
	if reach.Alone && len(reach.Addresses) == 0 {
		page.Alone = p.T("settings.alone")
		listen := "dabiao serve --addr 0.0.0.0:" + strconv.Itoa(reach.Port)
		page.Commands = []settingsCommand{{p.T("settings.with_tls"), listen + " --tls-cert cert.pem --tls-key key.pem"},
			{p.T("settings.without_tls"), listen + " --insecure-http"}}
	}
	return page, nil
}

func newReachAddress(pc Context, address string) (reachAddress, error) {
	return newQR(address, pc.Printer.T("settings.qr", address))
}

// newQR draws a text as a QR code, which label names.
func newQR(address, label string) (reachAddress, error) {
	code, err := paper.NewQR(address, label)
	if err != nil {
		return reachAddress{}, err
	}
	return reachAddress{Address: address, Label: label, Path: code.Path(), Box: code.Box()}, nil
}
