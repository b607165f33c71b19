package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/api"
)

// A total of the units below, logged once more above them, is asked about on every form without a script,
// and whoever reviews it sees that it was.
func TestEveryFormAsksAboutATotalOfTheUnitsBelow(t *testing.T) {
	o := smallOffice(t)
	for range 3 {
		o.log(t, "east")
	}
	_, err := o.app.SetReview(ctx, kpi.Operator, kpi.SubmittedCount)
	must(t, err)
	c := newClerk(t, o)
	const question = "下级单位已报 21 人，在此再填 900 人 将合计 921 人。"
	typed := []string{"unit", "county", "date", "2026-11-03", "value", "900", "note", "第二批", "key", "k1"}
	for _, path := range []string{"/years/2026/entry", "/years/2026/indicators/screened/updates"} {
		page := c.post(path, append(typed, "indicator", "screened")...).want(t, http.StatusUnprocessableEntity).body
		for _, kept := range []string{question, `id="f-sure" value="900"`, `value="2026-11-03"`, "第二批", `href="#f-sure"`} {
			if !strings.Contains(page, kept) {
				t.Errorf("%s does not hold %q", path, kept)
			}
		}
	}
	c.wantEntries(3)
	c.post("/years/2026/indicators/screened/updates", append(typed, "sure", "900")...).want(t, http.StatusSeeOther)
	log, _, err := o.app.Log(ctx, kpi.Operator, appLogOf2026)
	must(t, err)
	correction := fmt.Sprintf("/updates/%d/correction", log[0].ID)
	corrected := []string{"date", "2026-11-03", "value", "5000", "reason", "漏记", "key", "k2"}
	page := c.post(correction, corrected...).want(t, http.StatusUnprocessableEntity).body
	for _, kept := range []string{"将合计 5,021 人", `id="f-sure" value="5000"`, "漏记"} {
		if !strings.Contains(page, kept) {
			t.Errorf("the correction does not hold %q", kept)
		}
	}
	c.post(correction, append(corrected, "sure", "5000")...).want(t, http.StatusSeeOther)
	for path, says := range map[string]string{"/years/2026/updates": question,
		fmt.Sprintf("/updates/%d", log[0].ID): question,
		"/years/2026/indicators/screened":     "将合计 5,021 人"} {
		page := o.send(t, request{method: "GET", path: path, cookie: c.cookie}).want(t, http.StatusOK).body
		if !strings.Contains(page, "存疑") || !strings.Contains(page, says) {
			t.Errorf("%s does not show the mark", path)
		}
	}
	cookie, _ := o.browser(t, "reviewer")
	review := o.send(t, request{method: "GET", path: "/years/2026/review", cookie: cookie}).want(t, http.StatusOK).body
	if strings.Count(review, "存疑") != 1 || !strings.Contains(review, "将合计 5,021 人") {
		t.Error("the reviewer does not see the mark")
	}
	entry := o.send(t, request{method: "GET", path: "/years/2026/entry?indicator=screened",
		cookie: c.cookie}).want(t, 200).body
	if !strings.Contains(entry, "下级单位已报合计 21 人；在此填报的数据另行累加。") {
		t.Error("the form no longer says what the units below have reported")
	}
}

func TestTheAPIReturnsWhatWasAskedAboutAnEntry(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	var made api.UpdateJSON
	g := o.described(t, description(t), "/updates", request{method: http.MethodPost, path: apiRoot + "/updates",
		as:     "staff",
		body:   `{"indicator":"screened","unit":"county","date":"2026-11-02","value":"900"}`,
		header: map[string]string{"Accept-Language": "en"}}, 201, false)
	must(t, json.Unmarshal([]byte(g.body), &made))
	const doubt = `"doubt":{"code":"entry_ask_below","message":"The units below have reported 7 people; 900 people more here would make 907`
	if !strings.Contains(g.body, doubt) || made.Ask != nil {
		t.Errorf("the answer is %s", g.body)
	}
	for _, path := range []string{"/updates?year=2026", fmt.Sprintf("/updates/%d", made.ID),
		"/years/2026/indicators/screened"} {
		g := o.send(t, request{method: "GET", path: apiRoot + path, as: "staff",
			header: map[string]string{"Accept-Language": "en"}})
		if n := strings.Count(g.want(t, 200).body, `"doubt":`); n != 1 || !strings.Contains(g.body, doubt) {
			t.Errorf("%s: %d doubts in %s", path, n, g.body)
		}
	}
}
