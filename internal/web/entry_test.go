package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// clerk is the staff account in a browser, posting forms.
type clerk struct {
	*office
	t            *testing.T
	cookie, csrf string
}

func newClerk(t *testing.T, o *office) clerk {
	t.Helper()
	cookie, csrf := o.browser(t, "staff")
	return clerk{o, t, cookie, csrf}
}

func (c clerk) post(path string, fields ...string) got {
	c.t.Helper()
	values := url.Values{"csrf": {c.csrf}}
	for i := 0; i+1 < len(fields); i += 2 {
		values.Add(fields[i], fields[i+1])
	}
	return c.send(c.t, request{method: "POST", path: path, cookie: c.cookie, body: values.Encode()})
}

func (c clerk) wantEntries(want int) {
	c.t.Helper()
	log, _, err := c.app.Log(ctx, kpi.Operator, appLogOf2026)
	must(c.t, err)
	if len(log) != want {
		c.t.Errorf("the log has %d entries, want %d", len(log), want)
	}
}

func TestAnUnusualNumberIsAskedAboutOnceAndNeverRefused(t *testing.T) {
	o := smallOffice(t)
	for range 3 {
		o.log(t, "east")
	}
	c := newClerk(t, o)
	typed := []string{"indicator", "screened", "unit", "east", "date", "2026-11-03", "value", "700余", "note",
		"第二批", "key", "k1"}
	asked := c.post("/years/2026/entry", typed...).want(t, http.StatusUnprocessableEntity)
	for _, kept := range []string{`value="700余"`, `value="2026-11-03"`, "第二批", `value="k1"`,
		"700 人，高于最近 3 次填报（最大 7 人），是否确认？", "识别为 700 人 以上"} {
		if !strings.Contains(asked.body, kept) {
			t.Errorf("the form does not hold %q", kept)
		}
	}
	c.wantEntries(3)
	// another number's tick
	c.post("/years/2026/entry", append(typed, "sure", "70")...).want(t, http.StatusUnprocessableEntity)
	saved := c.post("/years/2026/entry", append(typed, "sure", "700")...).want(t, http.StatusSeeOther)
	c.post("/years/2026/entry", append(typed, "sure", "700")...).want(t, http.StatusSeeOther)
	c.wantEntries(4)
	next := o.send(t, request{method: "GET", path: saved.Header.Get("Location"), cookie: c.cookie}).want(t, http.StatusOK)
	if !strings.Contains(next.body, "已保存：secret screened 700余人（east，11月3日）。") {
		t.Errorf("the next form does not say what was logged: %.3000s", next.body)
	}
}

func TestChoosingAnotherIndicatorKeepsWhatWasTypedAndLogsNothing(t *testing.T) {
	c := newClerk(t, smallOffice(t))
	page := c.post("/years/2026/entry", "indicator", "users", "unit", "west", "date", "2026-11-03", "value", "5", "note",
		"第二批", "switch", "1").want(t, http.StatusOK)
	for _, kept := range []string{`value="5"`, `value="2026-11-03"`, "第二批", "截至当日累计", `<option value="west" selected>`,
		`<option value="users" selected>`} {
		if !strings.Contains(page.body, kept) {
			t.Errorf("the form does not hold %q", kept)
		}
	}
	if strings.Contains(page.body, "data-live") {
		t.Error("the form is replaced while it is filled in")
	}
	c.wantEntries(0)
}

func TestANewEntryReportsEveryMistakeAndKeepsWhatWasTyped(t *testing.T) {
	c := newClerk(t, smallOffice(t))
	page := c.post("/years/2026/entry", "indicator", "screened", "unit", "east", "date", "2027-01-03", "value", "几十个",
		"note", "第二批").want(t, http.StatusUnprocessableEntity)
	for _, kept := range []string{`value="几十个"`, `value="2027-01-03"`, "第二批"} {
		if !strings.Contains(page.body, kept) {
			t.Errorf("the form does not hold %q", kept)
		}
	}
	if n := strings.Count(page.body, `class="error" id=`); n != 2 {
		t.Errorf("%d mistakes are told at their fields, want 2", n)
	}
	c.post("/years/2026/entry", "indicator", "", "value", "5").want(t, http.StatusUnprocessableEntity)
	c.wantEntries(0)
}

func TestHowAFigureIsReadCanBeAsked(t *testing.T) {
	o := smallOffice(t)
	for range 3 {
		o.log(t, "east")
	}
	doc := description(t)
	for path, want := range map[string]string{
		"indicator=screened&unit=west&text=200%E4%BD%99": `{"value":"200","value_below":"300","precision":"at_least","text":"Read as at least 200 people",` +
			`"after":"Submitting this makes at least 200 people in all"}`,
		"indicator=screened&unit=east&text=1%E4%B8%87": `{"value":"10000","precision":"exact","text":"Read as 10,000 people",` +
			`"doubt":"entry_ask_large","question":"The value of 10,000 people is above all of the latest 3 entries (highest: 7 people). Is it correct?",` +
			`"after":"Submitting this makes 10,021 people in all"}`,
		"indicator=screened&text=%E8%BF%91": `{"value":null,"value_reason":"number_unreadable","text":"“近” is not a recognizable number`,
		"indicator=screened&text=":          `{"value":null,"value_reason":"number_missing","text":`,
	} {
		g := o.described(t, doc, "/wording", request{method: "GET", path: apiRoot + "/wording?" + path, as: "staff",
			header: map[string]string{"Accept-Language": "en"}}, 200, false)
		if !strings.HasPrefix(g.body, want) {
			t.Errorf("%s: %s, want %s", path, g.body, want)
		}
	}
	o.get(t, "leader", apiRoot+"/wording?indicator=screened&text=5").want(t, http.StatusForbidden)
	o.get(t, "staff", apiRoot+"/wording?text=5").want(t, http.StatusUnprocessableEntity)
	o.get(t, "reporter", apiRoot+"/wording?indicator=screened&unit=west&text=5").want(t, http.StatusForbidden)
}

func TestMineListsWhatWasTakenOn(t *testing.T) {
	o := smallOffice(t)
	now := o.clock
	o.clock = time.Date(2026, 1, 1, 9, 0, 0, 0, now.Location()) // both were asked for before anybody took them on
	for _, code := range []string{"screened", "users"} {
		_, err := o.app.SetTarget(ctx, kpi.Operator, app.NewTarget{Indicator: code, Target: kpi.Target{Year: 2026,
			Sign: kpi.AtLeastSign, Amount: kpi.Whole(120)}})
		must(t, err)
	}
	o.clock = now
	c := newClerk(t, o)
	page := func() string {
		return c.send(t, request{method: "GET", path: "/years/2026/mine", cookie: c.cookie}).want(t, http.StatusOK).body
	}
	if body := page(); !strings.Contains(body, "尚无由您负责的指标") ||
		!strings.Contains(body, `<details class="card own" open>`) {
		t.Errorf("without indicators it does not say what to do next")
	}
	c.post("/years/2026/mine", "own", "screened", "own", "users").want(t, http.StatusSeeOther)
	if body := page(); !strings.Contains(body, "2 项逾期") || strings.Count(body, "补报") != 3 ||
		!strings.Contains(body, "date=2026-02-28") {
		t.Errorf("ten late months of two indicators are not listed: %.3000s", body)
	}
	c.get(t, "leader", "/years/2026/mine").want(t, http.StatusForbidden)
}

// A closed year takes no figures: nothing leads to a page that would only say so.
func TestAClosedYearLeadsToNoForm(t *testing.T) {
	o := smallOffice(t)
	c := newClerk(t, o)
	grid := c.send(t, request{method: "GET", path: "/years/2026/grid", cookie: c.cookie}).want(t, http.StatusOK).body
	if !strings.Contains(grid, `href="/years/2025/mine"`) || strings.Contains(grid, "/years/2025/grid") {
		t.Error("the switch of years leads to a closed year's grid")
	}
	mine := c.send(t, request{method: "GET", path: "/years/2025/mine", cookie: c.cookie}).want(t, http.StatusOK).body
	if strings.Contains(mine, "/years/2025/entry") || strings.Contains(mine, "/years/2025/grid") ||
		!strings.Contains(mine, "已关闭，不再填报") {
		t.Error("a closed year's page leads to its forms")
	}
	c.send(t, request{method: "GET", path: "/years/2025/entry", cookie: c.cookie}).want(t, http.StatusConflict)
	c.send(t, request{method: "GET", path: "/years/2025/grid", cookie: c.cookie}).want(t, http.StatusConflict)
}
