package page

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
)

// AuditPageSize is how many entries one page shows.
const AuditPageSize = 100

// auditPage is the audit log, newest first, as the filter narrows it.
type auditPage struct {
	Layout
	Filter *Form // sent by GET: input.AuditFields
	Clear  string
	Code   *Form  // a code to be checked
	Said   string // of it
	Agrees bool
	Rows   []auditRow
	Files  []layoutLink // what the filter keeps, whole
	Older  string       // address of the page before; "" on the last
}

// auditRow is one entry: who did what to what, when. Account is the sign-in name, which the entry's hash
// holds. Same lists what was done to the same object.
type auditRow struct {
	ID, At, Actor, Account, Action string
	Subject                        layoutLink // Href is "" where the object has no page that the reader may open
	Same                           string
	Detail, Hash                   string
}

// AuditInput is what the page was asked for.
type AuditInput struct {
	Entries []kpi.AuditEntry
	Asked   url.Values // the filter as it was typed
	More    bool       // there are older entries
	Refusal *kpi.Error

	Code    string // of the log, to be checked; "": none
	Checked app.CodeCheck
}

func NewAudit(pc Context, in AuditInput) auditPage {
	p := pc.Printer
	page := auditPage{Layout: NewLayout(pc, p.T("audit.title"), partAudit, "")}
	f := pc.form("filter", "/audit", "", p.T("audit.filter")).keeping("f-", in.Asked)
	f.add(f.field("action", "audit.action", "").choice(append([]string{""}, kpi.AuditActions...),
		append([]string{p.T("audit.any")}, named(p, "audit.action.", kpi.AuditActions)...)),
		f.field("person", "audit.person", ""), f.field("day", "audit.day", ""), f.field("object", "audit.object", ""),
		f.field("unit", "audit.unit", "").choice(pc.unitCodes()))
	code := pc.form("code", "/audit", "", p.T("audit.code.check")).keeping("c-", url.Values{"code": {in.Code}})
	code.add(code.field("code", "audit.code.label", ""))
	if in.Refusal != nil && slices.ContainsFunc(in.Refusal.Fields, func(f kpi.Field) bool { return f.Name == "code" }) {
		code.refuse(in.Refusal)
	} else {
		f.refuse(in.Refusal)
	}
	page.Filter, page.Code = f, code
	if in.Code != "" && in.Refusal == nil {
		page.Said, page.Agrees = pc.codeSaid(in.Checked), in.Checked.Agrees
	}
	asked := url.Values{}
	for _, name := range input.AuditFields {
		if text := in.Asked.Get(name); text != "" {
			asked.Set(name, text)
			page.Clear = "/audit"
		}
	}
	query := ""
	if len(asked) > 0 {
		query = "?" + asked.Encode()
	}
	for _, format := range []string{"xlsx", "csv"} {
		page.Files = append(page.Files, layoutLink{Href: "/audit." + format + query, Text: p.T("audit.export", format)})
	}
	for _, e := range in.Entries {
		page.Rows = append(page.Rows, auditRow{
			ID: fmt.Sprint(e.ID), At: p.Time(e.At, pc.zone()), Actor: pc.person(e.Actor), Account: e.Actor,
			Action: p.T("audit.action." + e.Action), Subject: pc.auditObject(e),
			Same: "/audit?" + url.Values{"object": {e.Subject}}.Encode(), Detail: e.Detail, Hash: e.Hash[:min(len(e.Hash), 12)],
		})
	}
	if in.More {
		asked.Set("before", fmt.Sprint(in.Entries[len(in.Entries)-1].ID))
		page.Older = "/audit?" + asked.Encode()
	}
	return page
}

// codeSaid says what the log says of a code.
func (pc Context) codeSaid(x app.CodeCheck) string {
	p := pc.Printer
	switch {
	case x.Agrees && x.Entries == 0:
		return p.T("audit.code.empty")
	case x.Agrees && !x.Proven:
		return p.T("audit.code.unproven", int(x.Entries), p.Time(x.At, pc.zone()), int(x.Now-x.Entries))
	case x.Agrees:
		return p.T("audit.code.agrees", int(x.Entries), p.Time(x.At, pc.zone()), int(x.Now-x.Entries))
	case x.Now < x.Entries:
		return p.T("audit.code.cut", int(x.Entries), int(x.Now))
	}
	return p.T("audit.code.changed", int(x.Entries))
}

// unitCodes are the choices of a unit, with none before them.
func (pc Context) unitCodes() (codes, names []string) {
	codes, names = []string{""}, []string{pc.Printer.T("audit.any_unit")}
	for _, u := range pc.Units {
		codes, names = append(codes, u.Code), append(names, pc.Printer.Name(u.Name, u.NameEn))
	}
	return codes, names
}

// auditObject puts what an entry was done to into words, and leads to its page.
func (pc Context) auditObject(e kpi.AuditEntry) layoutLink {
	p := pc.Printer
	kind, rest, _ := strings.Cut(e.Subject, " ")
	text := e.Subject
	if key := "audit.object." + kind; p.Has(key) {
		text = p.T(key, rest)
	}
	href := ""
	switch latest := pc.latestYear(); kind {
	case "year":
		return pc.auditYear(e, rest)
	case "month":
		if m, err := kpi.ParsePeriod(rest); err == nil {
			text, href = fmt.Sprintf("%s · %s", p.T("page.year", int(m.Year)), p.Month(m.Month)), LockPath(m.Year)
		}
	case "update":
		href = "/updates/" + rest
	case "evidence":
		href = "/evidence/" + rest
	case "question":
		href = "/questions/" + rest
	case "unit":
		for _, u := range pc.Units {
			if u.Code == rest && latest != 0 {
				text = p.T("audit.object.unit", p.Name(u.Name, u.NameEn))
				href = pc.at(BoardPath(latest), u, kpi.Period{})
			}
		}
	case "account", "units", "channel", "display", "office", "review":
		if pc.Actor.MayAdminister() == nil {
			href = map[string]string{"account": "/accounts", "units": "/units", "channel": "/channels",
				"display": "/displays", "review": "/review"}[kind]
		}
	}
	return layoutLink{Href: href, Text: text}
}

// auditYear is an object within a year: the year itself, an indicator in it, one of its projects.
func (pc Context) auditYear(e kpi.AuditEntry, rest string) layoutLink {
	p := pc.Printer
	number, within, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return layoutLink{Text: e.Subject}
	}
	y := kpi.Year(n)
	year := layoutLink{Href: BoardPath(y), Text: p.T("audit.object.year", n)}
	if code, found := strings.CutPrefix(within, "project "); found {
		return layoutLink{Href: ProjectPath(y), Text: p.T("audit.object.project", n, code)}
	}
	switch e.Action {
	case "target.set", "score.set", "outlook.set", "indicator.explain":
		code, unit, _ := strings.Cut(within, " ")
		href := IndicatorPath(y, code)
		if unit != "" {
			href = WithQuery(href, "unit", unit)
		}
		return layoutLink{Href: href, Text: p.T("audit.object.in_year", n, within)}
	case "report.rekey":
		return layoutLink{Href: reportPath(y), Text: p.T("audit.object.in_year", n, p.T("report.paper."+within))}
	case "report.mark", "report.unmark":
		year.Href = CheckPath(y)
	case "report.check", "report.sign", "report.seal", "report.set_text", "report.set_outline", "report.set_cover",
		"report.set_rows", "report.set_forms", "report.set_template", "report.drop_template":
		year.Href = reportPath(y)
	case "budget.set", "staffing.set":
		year.Href = BudgetPath(y)
	case "rules.set":
		year.Href = RulesPath(y)
	}
	return year
}

func (pc Context) latestYear() kpi.Year {
	if len(pc.Years) == 0 {
		return 0
	}
	return pc.Years[0].Year
}
