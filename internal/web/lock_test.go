package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/page"
)

// What cannot be done in a locked month is not offered, and refused in one sentence that names the lock.
func TestNothingIsOfferedThatALockRefuses(t *testing.T) {
	o := smallOffice(t)
	locked := o.log(t, "east") // 2 November
	cookie, csrf := o.browser(t, "staff")
	data := func(path string) string {
		return o.send(t, request{method: "GET", path: path, cookie: cookie}).want(t, http.StatusOK).body
	}
	correction := page.CorrectionPath(locked)
	if got := links(t, data("/years/2026/updates"), "td.c-actions"); !slices.Contains(got, correction) {
		t.Fatalf("an open entry is offered %q", got)
	}
	if len(elements(t, data(page.EntryEvidencePath(locked)), "#f-evidence")) != 1 {
		t.Fatal("an open entry takes no files")
	}
	must(t, o.app.SetBudget(ctx, kpi.Operator, 2026, []kpi.BudgetLine{{Fund: kpi.GeneralBudget, Spent: kpi.Whole(40_000),
		Income: kpi.Whole(40_000), Months: [12]kpi.Amount{10: kpi.Whole(40_000)}}}))
	must(t, o.app.LockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: 11}, ""))

	if got := links(t, data("/years/2026/updates"), "td.c-actions"); len(got) != 0 {
		t.Errorf("a locked entry is offered %q", got)
	}
	files := data(page.EntryEvidencePath(locked))
	if len(elements(t, files, "#f-evidence")) != 0 || !strings.Contains(shown(t, files, "p.card"), "11月已由") {
		t.Errorf("the locked entry's evidence says %q", shown(t, files, "p.card"))
	}
	refused := o.uploadTo(t, "staff", locked, "a.png", tinyPNG)
	if refused.StatusCode != http.StatusConflict || !strings.Contains(refused.body, `"month_locked"`) {
		t.Errorf("a file for it: %d %s", refused.StatusCode, refused.body)
	}

	form := data("/years/2026/budget?line=general-")
	for month, fixed := range map[int]bool{9: false, 10: true} {
		input := elements(t, form, fmt.Sprintf("#f-month_%d", month+1))
		if len(input) != 1 || slices.ContainsFunc(input[0].Attr,
			func(a html.Attribute) bool { return a.Key == "readonly" }) != fixed {
			t.Errorf("month %d of the budget may be changed: %v", month+1, !fixed)
		}
	}
	values := url.Values{"csrf": {csrf}, "line": {"general-"}, "income": {"4"}, "month_10": {"4"}, "document": {"财预9号"}}
	g := o.send(t, request{method: "POST", path: "/years/2026/budget", cookie: cookie, body: values.Encode()}).want(t,
		http.StatusConflict)
	if errors := shown(t, g.body, ".errors"); !strings.Contains(errors, "11 月已由") {
		t.Errorf("the budget says %q", errors)
	}
	if typed := elements(t, g.body, "#f-document"); len(typed) != 1 || attribute(typed[0], "value") != "财预9号" {
		t.Error("what was typed is gone")
	}

	admin, csrf := o.browser(t, "admin")
	_, err := o.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "south", Name: "south", Parent: "county"})
	must(t, err)
	move := url.Values{"csrf": {csrf}, "parent": {"south"}, "history": {"move"}}
	g = o.send(t, request{method: "POST", path: "/units/east/move", cookie: admin, body: move.Encode()}).want(t,
		http.StatusConflict)
	if errors := shown(t, g.body, ".errors"); !strings.Contains(errors, "2026 年 11 月已由") ||
		!strings.Contains(errors, "划转") {
		t.Errorf("the move says %q", errors)
	}
}
