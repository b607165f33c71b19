package web

import (
	"fmt"
	"strings"
	"testing"
)

func TestReviewingOverTheAPI(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	send := func(as, method, route, path, body string, status int) got {
		t.Helper()
		return o.described(t, doc, route, request{method: method, path: apiRoot + path, as: as, body: body},
			status, status >= 400)
	}
	says := func(g got, want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(g.body, w) {
				t.Errorf("%q is not in %s", w, g.body)
			}
		}
	}
	says(send("leader", "GET", "/review", "/review", "", 200), `"rule":"off"`, `"set_by":null`)
	send("admin", "POST", "/review", "/review", `{"rule":"sometimes"}`, 422)
	says(send("admin", "POST", "/review", "/review", `{"rule":"approved"}`, 200), `"rule":"approved"`, `"set_by":"admin"`)

	entry := `{"indicator":"screened","unit":"east","date":"2026-11-03","value":"5","draft":true}`
	says(send("staff", "POST", "/updates", "/updates", entry, 201), `"state":"draft"`, `"counts":false`)
	says(send("staff", "GET", "/updates", "/updates?state=draft&mine=1", "", 200), `"draft"`)
	id := int64(o.log(t, "east"))
	at := func(step string) string { return fmt.Sprintf("/updates/%d/%s", id, step) }
	says(send("leader", "GET", "/updates", "/updates?state=submitted&unit=east", "", 200), fmt.Sprintf(`"id":%d`, id))
	send("leader", "GET", "/updates", "/updates?state=lost", "", 422)
	send("staff", "POST", "/updates/{id}/approval", at("approval"), "", 403)
	send("reviewer", "POST", "/updates/{id}/return", at("return"), `{"reason":""}`, 422)
	says(send("reviewer", "POST", "/updates/{id}/return", at("return"), `{"reason":"no list"}`, 201), `"state":"returned"`,
		`"reason":"no list"`)
	send("reviewer", "POST", "/updates/{id}/approval", at("approval"), "", 409)
	send("staff", "POST", "/updates/{id}/submission", at("submission"), "", 403) // not the author
	send("staff", "POST", "/updates/{id}/correction", at("correction"),
		`{"date":"2026-11-04","value":"6","reason":"listed"}`, 201)
	waits := int64(o.log(t, "west"))
	says(send("reviewer", "POST", "/reviews", "/reviews",
		fmt.Sprintf(`{"act":"approve","updates":[%d,%d]}`, id, waits), 200),
		fmt.Sprintf(`"done":[%d]`, waits), `"code":"review_answered"`)
	says(send("leader", "GET", "/updates/{id}", fmt.Sprintf("/updates/%d", id), "", 200), `"act":"return"`,
		`"old":"7"`, `"new":"6"`)

	says(send("reviewer", "POST", "/years/{year}/months/{month}/lock", "/years/2026/months/10/lock", "", 200),
		`"locked":["2026-10"]`)
	g := send("staff", "POST", "/updates", "/updates",
		`{"indicator":"screened","unit":"east","date":"2026-10-03","value":"5"}`, 409)
	says(g, `"field":"date"`, "month_locked")
	send("reviewer", "POST", "/years/{year}/months/{month}/unlock", "/years/2026/months/10/unlock", `{"reason":""}`, 422)
	send("reviewer", "POST", "/years/{year}/months/{month}/unlock", "/years/2026/months/10/unlock", `{"reason":"r"}`, 200)
	send("staff", "POST", "/updates", "/updates", `{"indicator":"screened","unit":"east","date":"2026-10-03","value":"5"}`,
		201)
	says(send("leader", "GET", "/years/{year}/locks", "/years/2026/locks", "", 200), `"2026-10-03"`, `"act":"unlock"`)
	send("reviewer", "POST", "/years/{year}/months/{month}/lock", "/years/2026/months/13/lock", `{}`, 422)
}
