package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/api"
	"dabiao/internal/web/handler"
	"dabiao/internal/web/page"
)

// field is the name of a cell's field on a page of the grid, whichever entry it shows.
func field(t *testing.T, page, unit, code string, month string) string {
	t.Helper()
	found := regexp.MustCompile(`name="(c:` + unit + `:` + code + `:` + month + `:\d+)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("no field for %s, %s, month %s", unit, code, month)
	}
	return found[1]
}

func TestAGridIsSavedAsAPlainForm(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	c := newClerk(t, o)
	const at = "/years/2026/grid?unit=east&all=1"
	page := o.send(t, request{method: "GET", path: at, cookie: c.cookie}).want(t, http.StatusOK).body
	november, march := field(t, page, "east", "screened", "11"), field(t, page, "east", "users", "3")
	refused := c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", november, "8", march, "几十").want(t,
		http.StatusUnprocessableEntity)
	for _, kept := range []string{`value="8"`, `value="几十"`, "secret users 3月：", "“几十”",
		`aria-describedby="f-reason-error`} {
		if !strings.Contains(refused.body, kept) {
			t.Errorf("the refused grid does not hold %q", kept)
		}
	}
	without := c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", november, "8", march, "20").want(t,
		http.StatusUnprocessableEntity)
	if !strings.Contains(without.body, `aria-describedby="f-reason-error`) ||
		!strings.Contains(without.body, `value="20"`) {
		t.Error("a correction without a reason is not asked for one, or what was typed is gone")
	}
	if strings.Contains(without.body, "data-live") {
		t.Error("the grid is replaced while it is filled in")
	}
	c.wantEntries(1)
	saved := c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", "reason", "核对台账", november, "8", march,
		"20").want(t, http.StatusSeeOther)
	after := o.send(t, request{method: "GET", path: saved.Header.Get("Location"), cookie: c.cookie}).want(t,
		http.StatusOK).body
	if !strings.Contains(after, "已新增 1 条，更正 1 条。") {
		t.Errorf("the page after saving does not say what was saved")
	}
	c.wantEntries(3)
	log, _, err := o.app.Log(ctx, kpi.Operator, app.LogQuery{Year: 2026, Unit: "east", Indicator: "screened"})
	must(t, err)
	if log[0].Act != kpi.ActCorrect || log[0].Reason != "核对台账" || log[0].Quantity.Amount != kpi.Whole(8) {
		t.Errorf("the changed cell became %+v", log[0].Update)
	}
	c.get(t, "leader", at).want(t, http.StatusForbidden)
	c.get(t, "reporter", "/years/2026/grid?unit=west").want(t, http.StatusForbidden)
}

// An unusual number is asked about at its cell, and saved with the tick that names it.
func TestAGridAsksBeforeItSavesAnUnusualNumber(t *testing.T) {
	o := smallOffice(t)
	for month := 1; month <= 3; month++ {
		_, err := o.app.LogUpdate(ctx, kpi.Operator, kpi.NewUpdate{Indicator: "screened", Unit: "east",
			Dated: kpi.Period{Year: 2026, Month: month}.End(), Quantity: kpi.Exactly(kpi.Whole(10)), Origin: kpi.FromForm})
		must(t, err)
	}
	c := newClerk(t, o)
	page := o.send(t, request{method: "GET", path: "/years/2026/grid?unit=east&all=1", cookie: c.cookie}).want(t,
		http.StatusOK).body
	may := field(t, page, "east", "screened", "5")
	asked := c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", may, "310").want(t,
		http.StatusUnprocessableEntity).body
	if said := shown(t, asked, ".errors"); !strings.Contains(said, "5月：310 人，高于最近 3 次填报") {
		t.Errorf("it says %q", said)
	}
	ticks := elements(t, asked, "input")
	ticks = slices.DeleteFunc(ticks, func(n *html.Node) bool { return attribute(n, "name") != "sure" })
	if len(ticks) != 1 {
		t.Fatalf("%d ticks", len(ticks))
	}
	c.wantEntries(3)
	c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", may, "3100", "sure", attribute(ticks[0], "value")).
		want(t, http.StatusUnprocessableEntity)
	c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", may, "310", "sure", attribute(ticks[0], "value")).
		want(t, http.StatusSeeOther)
	c.wantEntries(4)
}

// What a program logs is never refused for being unusual; the answer says what would have been asked.
func TestTheAPISaysWhatAPersonWouldHaveBeenAsked(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	for i, want := range []string{"", "", "", "entry_ask_large", ""} {
		value := []string{"10", "11", "12", "310", "20"}[i]
		g := o.described(t, doc, "/updates", request{method: "POST", path: apiRoot + "/updates?ask=1", as: "staff",
			media: "application/json", body: `{"indicator":"screened","unit":"east","date":"2026-11-0` + value[:1] +
				`","value":"` + value + `"}`}, http.StatusCreated, false)
		var answer struct{ Ask *api.AskJSON }
		must(t, json.Unmarshal([]byte(g.body), &answer))
		if got := answer.Ask; (got != nil) != (want != "") || got != nil && (got.Code != want || got.Field != "value") {
			t.Errorf("%s: asks %+v, want %q", value, got, want)
		}
	}
	unasked := o.send(t, request{method: "POST", path: apiRoot + "/updates", as: "staff", media: "application/json",
		body: `{"indicator":"screened","unit":"east","date":"2026-11-04","value":"900"}`}).want(t, http.StatusCreated)
	if strings.Contains(unasked.body, `"ask"`) {
		t.Errorf("nobody wanted to know, and is told %s", unasked.body)
	}
}

func FuzzReadGrid(f *testing.F) {
	f.Add("c:east:screened:3:12", "5")
	f.Add("c:::-1:99999999999999999999", "")
	f.Fuzz(func(t *testing.T, name, text string) {
		for _, e := range handler.ReadGrid(map[string][]string{name: {text}}) {
			if again := handler.ReadGrid(map[string][]string{page.CellName(e.Unit, e.Indicator, e.Month,
				e.Seen): {text}}); len(again) != 1 || again[0] != e {
				t.Errorf("%q is read as %+v, and that as %+v", name, e, again)
			}
		}
	})
}
