package web

import (
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// A late figure asks for its reason on the board; once given, the board says it, to all alike; a
// refused form keeps what was typed.
func TestTheBoardAsksForAReasonAndShowsIt(t *testing.T) {
	o := newScoredOffice(t)
	o.post(kpi.Staff, "/api/v1/years/2026/targets",
		`{"indicator":"screened","value":"1000","weight":"20","reason":"revised"}`, 201)
	const ask, figure = "说明偏差原因和下一步措施", "/years/2026/indicators/screened"
	if page := o.get(kpi.Staff, "/years/2026", 200); !strings.Contains(page,
		`href="`+figure+`#explain" class="wanted">`+ask) {
		t.Error("the board does not ask who may answer")
	}
	if page := o.get(kpi.Leader, "/years/2026", 200); strings.Contains(page, ask) || !strings.Contains(page, "暂无说明") {
		t.Error("the board asks the leader, or does not say that nothing was said")
	}
	form := url.Values{"reason": {"车坏了"}, "next": {""}, "planned": {"2026-02-30"}, "month": {"2026-11"}, "key": {"k1"}}
	send := func(status int) string {
		t.Helper()
		text, _ := o.ask("POST", kpi.Staff, figure+"/explanations", "application/x-www-form-urlencoded",
			form.Encode(), status)
		return text
	}
	if page := send(422); !strings.Contains(page, "车坏了</textarea>") || !strings.Contains(page, `value="2026-02-30"`) ||
		!strings.Contains(page, `href="#f-planned"`) {
		t.Error("the refused form does not come back as it was typed")
	}
	form.Set("next", "借车补检")
	form.Set("planned", "2026-12-05")
	send(303)
	for _, role := range []kpi.Role{kpi.Staff, kpi.Leader} {
		page := o.get(role, "/years/2026", 200)
		if !strings.Contains(page, "车坏了") || !strings.Contains(page, "下一步措施：借车补检") || !strings.Contains(page, "12月5日前") {
			t.Errorf("%s's board does not say it", role)
		}
	}
	if answer := o.get(kpi.Leader, "/api/v1/years/2026/board", 200); !strings.Contains(answer,
		`"explanation":{"id":1,"month":"2026-11","reason":"车坏了","next":"借车补检","planned":"2026-12-05"`) {
		t.Error("the API's board does not say it")
	}
	if check := o.get(kpi.Staff, "/years/2026/score", 200); strings.Contains(check, "尚未说明原因和下一步措施") {
		t.Error("the score still asks for the reason")
	}
}
