package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
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
	refused := c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", november, "8", march, "几十").want(t, http.StatusUnprocessableEntity)
	for _, kept := range []string{`value="8"`, `value="几十"`, "secret users 3月：", "“几十”", `aria-describedby="f-reason-error`} {
		if !strings.Contains(refused.body, kept) {
			t.Errorf("the refused grid does not hold %q", kept)
		}
	}
	without := c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", november, "8", march, "20").want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(without.body, `aria-describedby="f-reason-error`) || !strings.Contains(without.body, `value="20"`) {
		t.Error("a correction without a reason is not asked for one, or what was typed is gone")
	}
	if strings.Contains(without.body, "data-live") {
		t.Error("the grid is replaced while it is filled in")
	}
	c.wantEntries(1)
	saved := c.post("/years/2026/grid", "unit", "east", "all", "1", "key", "k", "reason", "核对台账", november, "8", march, "20").want(t, http.StatusSeeOther)
	after := o.send(t, request{method: "GET", path: saved.Header.Get("Location"), cookie: c.cookie}).want(t, http.StatusOK).body
	if !strings.Contains(after, "已记入 1 笔，更正 1 笔。") {
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

func FuzzReadGrid(f *testing.F) {
	f.Add("c:east:screened:3:12", "5")
	f.Add("c:::-1:99999999999999999999", "")
	f.Fuzz(func(t *testing.T, name, text string) {
		for _, e := range readGrid(map[string][]string{name: {text}}) {
			if again := readGrid(map[string][]string{cellName(e.Unit, e.Indicator, e.Month, e.Seen): {text}}); len(again) != 1 || again[0] != e {
				t.Errorf("%q is read as %+v, and that as %+v", name, e, again)
			}
		}
	})
}
