package web

import (
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// A revised line that says nothing of its months keeps them, and October's alarm with them.
func TestABudgetLineKeepsTheMonthsItsRevisionDoesNotName(t *testing.T) {
	o := newScoredOffice(t)
	const path = "/api/v1/years/2026/budget"
	line := func(more string) string {
		return `{"lines":[{"fund":"general","nature":"basic","income":"100",` + more + `}],"reason":"r"}`
	}
	raised := func(want bool) {
		t.Helper()
		body := o.get(kpi.Staff, path+"?as_of=2026-04", http.StatusOK)
		if strings.Contains(body, `"raised":true`) != want {
			t.Errorf("raised is not %v: %s", want, body)
		}
	}
	o.post(kpi.Staff, path, line(`"budget":"100","months":["3","2","0","0","0","0","0","0","0","0","0","0"]`),
		http.StatusOK)
	raised(true)
	for _, kept := range []string{`"budget":"90"`, `"budget":"91","spent":"5"`, `"budget":"92","months":null`,
		`"measure":"元","budget":"930000","spent":"50000"`} {
		body := line(kept)
		if kept[:9] == `"measure"` {
			body = `{"lines":[{"fund":"general","nature":"basic","income":"1000000",` + kept + `}],"reason":"r"}`
		}
		o.holds(o.post(kpi.Staff, path, body, http.StatusOK), `"spent":"5"`)
		raised(true)
	}
	for _, c := range []struct{ body, want string }{
		{line(`"budget":"93","spent":"6"`), "合计 5 万元"},
		{`{"measure":"元","lines":[{"fund":"general","nature":"basic","income":"1000000","spent":"60000"}],"reason":"r"}`,
			"合计 50,000 元"},
	} {
		o.holds(o.post(kpi.Staff, path, c.body, http.StatusUnprocessableEntity), `"lines[0].months"`, "budget_months_kept")
		raised(true)
	}
	o.holds(o.post(kpi.Staff, path, line(`"spent":"6","months":["3","3","0","0","0","0","0","0","0","0","0","0"]`),
		http.StatusOK), `"spent":"6"`)
	o.holds(o.post(kpi.Staff, path, line(`"spent":"7","months":[]`), http.StatusOK), `"spent":"7"`)
	raised(false)
	o.holds(o.post(kpi.Staff, path, line(`"budget":"80"`), http.StatusUnprocessableEntity), `"lines[0].spent"`,
		"number_missing")
	o.holds(o.post(kpi.Staff, path, line(`"budget":"80","spent":"8"`), http.StatusOK), `"spent":"8"`)
}
