// Package page builds the data of pages: one documented struct per page, made from figures and a
// lang.Printer without a server. Every number in it is already text, written by the printer's one function
// for it; templates only place it. The package knows no HTTP.
package page

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"dabiao/assets"
	"dabiao/internal/app"
	"dabiao/internal/help"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Context is what every page needs of the request. Pages outside of any year (sign-in, audit log,
// errors) leave Year, Unit and AsOf zero.
type Context struct {
	app.Frame
	Printer   lang.Printer
	Theme     string    // "light", "dark", "contrast", or "" for the system's setting
	Actor     kpi.Actor // zero if not signed in
	ActorName string    // the person's full name
	Year      kpi.YearInfo
	Unit      kpi.Unit
	AsOf      kpi.AsOf
	Today     kpi.Date
	Zone      *time.Location // nil: UTC
	CSRF      string
	Notice    string   // a sentence about what was just done
	Warnings  []string // sentences on every page, such as that the connection is not encrypted
	Lasting   bool     // the page is not the answer to a form, so it can be requested again
	Back      string   // path and query of this page, to which the language switch returns
}

// Layout is the content of the frame around every page.
type Layout struct {
	Title      string
	Head       string // what the browser calls the page: page, unit, year, program
	Lang       string
	Theme      string
	Office     string
	Actor      string // full name; "" if not signed in
	Account    string // sign-in name: the key of data stored on a device
	Role       string
	Nav        []layoutLink
	Notices    *layoutNotices // nil for those who do not see any
	Switches   []layoutSwitch
	Tabs       []layoutLink // the pages of this part
	Scripts    []string     // beside app.js, in this order
	Sample     bool         // the year's figures are invented, and the page says so
	Notice     string
	Warnings   []string
	CSRF       string
	Back       string
	Home       string
	Help       string // address of the guide's section about the page
	Charts     bool   // the page has a chart and needs the chart library
	Editor     bool   // the page has the report's editor or its figures
	Tight      bool   // the page fits on one screen, so the frame takes less room
	NoIndex    bool   // search engines are asked not to list the page
	Live       string // address that reports changes; "" if the page shows nothing that changes
	PrintAs    string // head of the printed page: unit, year, as of
	PrintPages bool   // it prints by print_pages.css, too: every page but the board, which is kept light
	Langs      []layoutChoice
	Themes     []layoutChoice
}

// layoutNotices says how many notices are new and how many questions are open.
type layoutNotices struct {
	Href  string
	Text  string
	Count int
	Label string // the count in words
}

// layoutLink is a link.
type layoutLink struct {
	Href    string
	Text    string
	Current bool
}

// layoutChoice is a value of a preference.
type layoutChoice struct {
	Value   string
	Text    string
	Lang    string // the language of Text, if it is not the page's
	Current bool
}

// layoutSwitch is a menu of links to the same page for another unit, year or month.
type layoutSwitch struct {
	Label   string
	Current string
	Links   []layoutLink
}

// Parts of the program that a page can belong to.
const (
	partBoard  = "board"
	PartLog    = "updates"
	partScore  = "score"
	partBudget = "budget"
	partReport = "report"
	partPlan   = "plan"
	partAudit  = "audit"
	partReview = "review" // belongs to the part for logging
	partLocks  = "locks"
)

// NewLayout returns the frame of a page. part is the current part of the navigation. path is the page
// without the unit and month of its query, which the switches set; it is "" for pages without switches.
func NewLayout(pc Context, title, part, path string) Layout {
	p := pc.Printer
	l := Layout{
		Title: title, Lang: string(p.Tag()), Theme: pc.Theme, Office: p.Name(pc.Office.Name, pc.Office.NameEn),
		Sample: pc.Year.Sample, Notice: pc.Notice, Warnings: pc.Warnings, CSRF: pc.CSRF, Back: pc.Back, Home: "/",
		Help: help.For(pc.Back), PrintPages: true,
	}
	if l.Office == "" {
		l.Office = p.T("page.product")
	}
	l.Head = pc.head(title, l.Office)
	if pc.Actor.Role.Known() {
		l.Account = pc.Actor.Name
		l.Actor, l.Role = pc.ActorName, p.T("role."+string(pc.Actor.Role))
		if l.Actor == "" {
			l.Actor = pc.Actor.Name
		}
		l.Nav = pc.nav(part)
		l.Notices = pc.newNotices()
	}
	if path != "" && pc.Year.Year != 0 {
		l.Switches = pc.switches(part, path)
		l.PrintAs = fmt.Sprintf("%s · %s", p.T("page.year", int(pc.Year.Year)), p.AsOf(pc.AsOf))
		if unit := p.Name(pc.Unit.Name, pc.Unit.NameEn); unit != "" { // a year's indicators are nobody's alone
			l.PrintAs = unit + " · " + l.PrintAs
		}
		if pc.Lasting && pc.Year.State == kpi.YearOpen && (part == partBoard || part == PartLog) {
			l.Live = yearPath(pc.Year.Year, "events")
		}
	}
	l.Langs = []layoutChoice{
		{Value: string(lang.Chinese), Text: lang.For(lang.Chinese).T("page.language"), Lang: string(lang.Chinese),
			Current: p.Chinese()},
		{Value: string(lang.English), Text: lang.For(lang.English).T("page.language"), Lang: string(lang.English),
			Current: !p.Chinese()},
	}
	for _, theme := range Themes {
		current := theme == pc.Theme || theme == "auto" && pc.Theme == ""
		l.Themes = append(l.Themes, layoutChoice{Value: theme, Text: p.T("page.theme." + theme), Current: current})
	}
	return l
}

// head returns the page's name among the browser's tabs and bookmarks: 看板 · 某乡 · 2026 年度 · 达标. A year that the
// page is named by is not said twice.
func (pc Context) head(title, office string) string {
	p := pc.Printer
	parts := []string{title, office}
	if name := p.Name(pc.Unit.Name, pc.Unit.NameEn); name != "" {
		parts[1] = name
	}
	if y := int(pc.Year.Year); y != 0 && !strings.Contains(title, strconv.Itoa(y)) {
		parts = append(parts, p.T("page.year", y))
	}
	if product := p.T("page.product"); parts[1] != product {
		parts = append(parts, product)
	}
	return strings.Join(parts, " · ")
}

// person returns the name to show for an account: the full name if it is known.
func (pc Context) person(account string) string {
	if name := pc.Names[account]; name != "" {
		return name
	}
	if account == kpi.Operator.Name {
		return pc.Printer.T("account.console")
	}
	return account
}

func (pc Context) zone() *time.Location {
	if pc.Zone == nil {
		return time.UTC
	}
	return pc.Zone
}

// nav returns the parts that the actor may enter.
func (pc Context) nav(part string) []layoutLink {
	year := pc.Year.Year
	if year == 0 && len(pc.Years) > 0 {
		year = pc.Years[0].Year
	}
	var out []layoutLink
	add := func(name, href string) {
		out = append(out, layoutLink{Href: href, Text: pc.Printer.T("nav." + name), Current: name == part})
	}
	if year != 0 {
		add(partBoard, pc.at(BoardPath(year), pc.Unit, pc.AsOf.Period))
		if pc.MayLogSomewhere() {
			add(PartLog, MinePath(year))
		}
		if pc.Actor.MayReport() == nil {
			add(partScore, ScorePath(year))
			add(partBudget, BudgetPath(year))
			add(partReport, reportPath(year))
		}
		if pc.Actor.MayPlan() == nil {
			add(partPlan, PlanPath(year))
		}
	}
	if pc.Actor.MayAudit() == nil {
		add(partAudit, "/audit")
	}
	return out
}

// Fills reports whether the context's year takes entries: not if it is closed, and before it has begun nothing has
// happened that could be logged.
func (pc Context) Fills() bool { return pc.fills(pc.Year) }

func (pc Context) fills(y kpi.YearInfo) bool {
	return y.CheckOpen() == nil && (pc.Today == "" || y.Year <= pc.Today.Year())
}

func (pc Context) MayLogSomewhere() bool {
	return pc.Actor.MayLog([]kpi.UnitID{pc.Actor.Unit}) == nil
}

// switches returns the menus for other units, years and months.
func (pc Context) switches(part, path string) []layoutSwitch {
	p := pc.Printer
	var out []layoutSwitch
	if part == partBoard && len(pc.Units) > 1 {
		s := layoutSwitch{Label: p.T("switch.unit"), Current: p.Name(pc.Unit.Name, pc.Unit.NameEn)}
		for _, u := range pc.Units {
			s.Links = append(s.Links, layoutLink{pc.at(path, u, pc.AsOf.Period), p.Name(u.Name, u.NameEn), u.ID == pc.Unit.ID})
		}
		out = append(out, s)
	}
	if len(pc.Years) > 0 {
		s := layoutSwitch{Label: p.T("switch.year"), Current: p.T("page.year", int(pc.Year.Year))}
		for _, y := range pc.Years {
			at := yearPath(y.Year, part)
			if part == PartLog { // the same page of the other year
				tab := strings.TrimPrefix(path, BoardPath(pc.Year.Year)+"/")
				if !pc.fills(y) && fillsIn(tab) {
					tab = "mine"
				}
				at = yearPath(y.Year, tab)
			}
			href := pc.at(at, pc.Unit, kpi.Period{})
			text := p.T("page.year", int(y.Year))
			if y.State == kpi.YearClosed {
				text = p.T("page.year_closed", int(y.Year))
			}
			s.Links = append(s.Links, layoutLink{href, text, y.Year == pc.Year.Year})
		}
		out = append(out, s)
	}
	if part == PartLog || part == partPlan || pc.Today != "" && pc.Today.Year() < pc.Year.Year { // no month to choose
		return out
	}
	s := layoutSwitch{Label: p.T("switch.month"), Current: p.T("page.as_of_month", p.Month(pc.AsOf.Month))}
	for m := kpi.AsOfToday(pc.Year.Year, pc.Today).Month; m >= 1; m-- {
		href := pc.at(path, pc.Unit, kpi.Period{Year: pc.Year.Year, Month: m})
		s.Links = append(s.Links, layoutLink{href, p.T("page.as_of_month", p.Month(m)), m == pc.AsOf.Month})
	}
	return append(out, s)
}

// Tabs of the board.
const (
	tabBoard    = "board"
	tabOverview = "overview"
	tabTrends   = "trends"
	tabCompare  = "compare"
)

// boardTabs returns the tabs of a year's board.
func (pc Context) boardTabs(current string) []layoutLink {
	if pc.Year.Year == 0 {
		return nil
	}
	p, y := pc.Printer, pc.Year.Year
	return []layoutLink{
		{pc.at(BoardPath(y), pc.Unit, pc.AsOf.Period), p.T("tab.board"), current == tabBoard},
		{pc.at(overviewPath(y), pc.Unit, pc.AsOf.Period), p.T("overview.title"), current == tabOverview},
		{pc.at(trendsPath(y), pc.Unit, pc.AsOf.Period), p.T("trends.tab"), current == tabTrends},
		{pc.at(ComparePath(y), pc.Unit, pc.AsOf.Period), p.T("tab.compare"), current == tabCompare},
	}
}

// newNotices returns the link to the notices, or to the questions for those who do not see notices.
func (pc Context) newNotices() *layoutNotices {
	p := pc.Printer
	n := layoutNotices{Href: "/questions", Text: p.T("question.title"), Count: pc.Questions,
		Label: p.T("question.count", pc.Questions)}
	if pc.Actor.MayReport() == nil {
		n = layoutNotices{"/notices", p.T("notice.nav"), pc.Notices + pc.Questions, p.T("notice.count", pc.Notices)}
		if pc.Questions > 0 {
			n.Label += p.T("question.count", pc.Questions)
		}
	}
	return &n
}

// Funcs returns the functions that templates may call, in one language: t, a sentence of the catalogue,
// asset, the hashed address of a file, shortcut, the key that leads to an address, and maxUpload, how many MB of files
// are taken at once.
func Funcs(p lang.Printer) template.FuncMap {
	return template.FuncMap{"t": p.T, "beside": lang.Beside, "asset": assets.URL, "shortcut": shortcut,
		"maxUpload": func() int { return app.MaxUpload >> 20 }}
}

// shortcut returns the chord that leads to an address (Alt+N); "" if none does. With Alt it leaves single
// letters to those who type or dictate (WCAG 2.1.4).
func shortcut(href string) string {
	path, _, _ := strings.Cut(href, "?")
	last := path[strings.LastIndex(path, "/")+1:]
	return map[string]string{"mine": "Alt+M", "entry": "Alt+N", "grid": "Alt+G", "import": "Alt+I",
		partReview: "Alt+R"}[last]
}

// Themes are the themes to choose from; "auto" follows the system.
var Themes = []string{"auto", "light", "dark", "contrast"}
