package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/page"
)

// stateForm is a form somebody fills in while somebody else changes what it is about.
type stateForm struct {
	name, as, path, body string
	typed                []string       // what must stand on the page that comes back
	status               map[string]int // by state; 0: it is saved all the same
}

const (
	stateClosed   = "year closed"
	stateLocked   = "month locked"
	stateArchived = "indicator archived"
	stateNoYear   = "year not there"
)

// stateSentences are what the page must say in a state, in English.
var stateSentences = map[string]string{
	stateClosed:   "2026 is closed; nothing in it can be changed.",
	stateLocked:   "Nov 2026 is locked by console",
	stateArchived: "is archived and takes no more targets or entries",
	stateNoYear:   "2024",
}

// gridSentences are what a grid says of one of its cells instead.
var gridSentences = map[string]string{
	stateLocked:   "This month is locked",
	stateArchived: "There is no such cell",
}

// The states in which a form is refused.
var (
	anyEntry = map[string]int{stateClosed: 409, stateLocked: 409, stateArchived: 409, stateNoYear: 404}
	anEntry  = map[string]int{stateClosed: 409, stateLocked: 409, stateArchived: 409}
	ofTarget = map[string]int{stateClosed: 409, stateArchived: 409, stateNoYear: 404}
	ofYear   = map[string]int{stateClosed: 409, stateNoYear: 404}
)

// stateForms are the forms of a year; {id} is an entry of 2 November 2026 in east. What stands on a page
// of its own fields only, as amounts of a budget, is not asked of a year that is not there.
var stateForms = []stateForm{
	{"log", "staff", "/years/2026/indicators/screened/updates",
		"unit=east&date=2026-11-03&value=5101&note=typed+note&key=k", []string{"5101", "typed note"}, anyEntry},
	{"entry", "staff", "/years/2026/entry",
		"indicator=screened&unit=east&date=2026-11-03&value=5202&sure=5202&note=typed+note&key=k",
		[]string{"5202", "typed note"}, anyEntry},
	{"correction", "staff", "/updates/{id}/correction", "unit=east&date=2026-11-03&value=5303&reason=typed+why&key=k",
		[]string{"5303", "typed why"}, anEntry},
	{"withdrawal", "staff", "/updates/{id}/withdrawal", "reason=typed+why&key=k", []string{"typed why"}, anEntry},
	{"evidence", "staff", "/updates/{id}/evidence", "", nil, map[string]int{stateClosed: 409, stateLocked: 409}},
	{"grid", "staff", "/years/2026/grid", "unit=east&reason=typed+why&c:east:screened:11:{id}=5404&key=k",
		[]string{"5404", "typed why"}, map[string]int{stateClosed: 409, stateLocked: 422, stateArchived: 409,
			stateNoYear: 404}},
	{"explanation", "staff", "/years/2026/indicators/screened/explanations",
		"month=2026-11&reason=typed+why&next=typed+next&unit=county",
		[]string{"typed why", "typed next"}, ofYear},
	{"score", "staff", "/years/2026/score", "indicator=screened&score=5.51&reason=typed+why",
		[]string{"5.51", "typed why"}, ofYear},
	{"rules", "admin", "/years/2026/rules", rulesBody, []string{"typed rules", "typed why"}, ofYear},
	{"budget line", "staff", "/years/2026/budget", "line=general-basic&full=5505&income=5505&spent=5&reason=typed+why",
		[]string{"5505", "typed why"}, map[string]int{stateClosed: 409}},
	{"budget sources", "staff", "/years/2026/budget",
		"edit=sources&other_name_1=typed+name&other_amount_1=5606&other_note_1=typed+note",
		[]string{"typed name", "5606", "typed note"}, map[string]int{stateClosed: 409}},
	{"project", "staff", "/years/2026/projects", "code=q&name=typed+name&fund=general&key=k",
		[]string{"typed name"}, ofYear},
	{"project change", "staff", "/years/2026/projects", "project=p&name=typed+name&fund=general&key=k",
		[]string{"typed name"}, ofYear},
	{"project removal", "staff", "/years/2026/projects/p/removal", "reason=typed+why", []string{"typed why"}, ofYear},
	{"staffing", "staff", "/years/2026/staffing", "staff.administrative.posts=5707&staff.administrative.people=5",
		[]string{"5707"}, map[string]int{stateClosed: 409}},
	{"outlook", "staff", "/years/2026/report/monitoring",
		"indicator=screened&month=2026-11&possibility=certain&remark=typed+remark", []string{"typed remark"}, ofYear},
	{"cover", "staff", "/years/2026/report/cover", "contact=typed+contact&phone=typed+phone",
		[]string{"typed contact", "typed phone"}, ofYear},
	{"outline", "staff", "/years/2026/report/outline",
		"name=typed+name&key0=overview&title0=typed+title&title_en0=x&writes0=", []string{"typed name"}, ofYear},
	{"report text", "staff", "/years/2026/report/edit/overview", "text=typed+text&base=0", []string{"typed text"}, ofYear},
	{"target", "staff", "/years/2026/plan/indicators/screened/targets",
		"unit=east&sign=%3E%3D&value=5808&document=typed+document&reason=typed+why",
		[]string{"5808", "typed document"}, ofTarget},
	{"split", "staff", "/years/2026/plan/indicators/screened/split",
		"step=confirm&value.east=59&value.west=41&document=typed+document&reason=typed+why",
		[]string{"typed document", "typed why"}, ofTarget},
	{"lock", "reviewer", "/years/2026/locks", "act=lock&month=2026-09&reason=typed+why", []string{"typed why"}, ofYear},
}

// rulesBody is the form of the rules that ship, with a name of its own.
var rulesBody = func() string {
	r := kpi.ShippedRules["mof"]
	v := url.Values{"name": {"typed rules"}, "reason": {"typed why"}, "ceiling": {string(r.Ceiling)},
		"explain": {string(r.Explain)}, "execution": {page.Number(r.Execution.Amount())},
		"stale_after": {fmt.Sprint(r.StaleAfter)}, "due_day": {fmt.Sprint(r.DueDay)}}
	for _, h := range kpi.Headings {
		v.Set(string(h), page.Number(r.Points(h).Amount()))
	}
	for _, c := range kpi.Categories {
		h, _ := r.HeadingOf(c)
		v.Set("category_"+string(c), string(h))
	}
	for _, g := range page.RuleGroups {
		for _, n := range g.Numbers {
			v.Set(n.Name, page.Number(n.At(&r).Amount()))
		}
	}
	return v.Encode()
}()

// stateOffice is a small office with something for every form, and the state change made last.
func stateOffice(t *testing.T, state string) (*office, kpi.UpdateID) {
	t.Helper()
	o := smallOffice(t)
	name, archived := "project", true
	_, err := o.app.SetTarget(ctx, kpi.Operator, app.NewTarget{Indicator: "screened",
		Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(100), Weight: 20_00}})
	must(t, err)
	_, err = o.app.CreateProject(ctx, kpi.Operator, 2026, "p", app.ProjectEdit{Name: &name, Fund: &kpi.Funds[0]}, "")
	must(t, err)
	id := o.log(t, "east")
	switch state {
	case stateClosed:
		must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
	case stateLocked:
		o.clock = o.clock.AddDate(0, 1, 0)
		must(t, o.app.LockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: 11}, "done"))
	case stateArchived:
		_, err := o.app.EditIndicator(ctx, kpi.Operator, "screened", app.IndicatorEdit{Archived: &archived})
		must(t, err)
	}
	return o, id
}

// A form that comes too late says why it was not saved and keeps what was typed, whatever was changed
// meanwhile.
func TestAFormThatComesTooLateSaysWhyAndKeepsWhatWasTyped(t *testing.T) {
	for state, sentence := range stateSentences {
		t.Run(state, func(t *testing.T) {
			o, id := stateOffice(t, state)
			for _, f := range stateForms {
				status, sentence := f.status[state], sentence
				if cell, ok := gridSentences[state]; ok && f.name == "grid" {
					sentence = cell
				}
				if status == 0 {
					continue
				}
				cookie, csrf := o.browser(t, f.as)
				values, err := url.ParseQuery(strings.ReplaceAll(f.body, "{id}", fmt.Sprint(id)))
				must(t, err)
				values.Set("csrf", csrf)
				path := strings.ReplaceAll(f.path, "{id}", fmt.Sprint(id))
				if state == stateNoYear {
					path = strings.Replace(path, "2026", "2024", 1)
				}
				g := o.send(t, request{method: "POST", path: path, cookie: cookie, body: values.Encode(),
					header: map[string]string{"Accept-Language": "en"}})
				if g.StatusCode != status {
					t.Errorf("%s: status %d, want %d", f.name, g.StatusCode, status)
				}
				for _, want := range append([]string{sentence}, f.typed...) {
					if !strings.Contains(g.body, want) {
						t.Errorf("%s: the page lacks %q", f.name, want)
					}
				}
			}
		})
	}
}

// What an error page tells of a form is what a person wrote; no password, key or token.
func TestTheErrorPageTellsNoSecretOfAForm(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	for path, body := range map[string]string{
		"/accounts/9999/password": "password=s3cret-typed",
		"/account/password":       "old=s3cret-typed&new=s3cret-typed",
		"/accounts":               "name=x&role=nothing&password=s3cret-typed",
		"/years/2024/entry":       "key=s3cret-typed&value=5",
	} {
		g := o.send(t, request{method: "POST", path: path, cookie: cookie, body: body + "&csrf=" + csrf})
		if g.StatusCode < 400 || strings.Contains(g.body, "s3cret-typed") {
			t.Errorf("%s: %d %.300s", path, g.StatusCode, g.body)
		}
	}
}
