package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestAYearsLogIsExported(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	o.log(t, "east")
	o.log(t, "west")
	for query, want := range map[string]int{"": 2, "?unit=east": 1, "?indicator=screened&unit=west": 1, "?state=draft": 0} {
		csv := o.described(t, doc, "/years/{year}/updates.{format}", request{method: "GET", path: apiRoot + "/years/2026/updates.csv" + query, as: "leader"}, 200, false)
		if n := strings.Count(csv.body, "2026-11-02"); n != want {
			t.Errorf("%s: %d entries, want %d\n%s", query, n, want, csv.body)
		}
	}
	g := o.get(t, "leader", "/years/2026/updates.xlsx").want(t, http.StatusOK)
	if !strings.HasPrefix(g.body, "PK") || !strings.Contains(g.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%q %v", g.body[:2], g.Header)
	}
	o.described(t, doc, "/years/{year}/updates.{format}", request{method: "GET", path: apiRoot + "/years/2026/updates.xlsx", as: "leader"}, 200, false)
	o.get(t, "leader", "/years/2026/updates.pdf").want(t, http.StatusNotFound)
	o.get(t, "leader", "/years/1999/updates.csv").want(t, http.StatusNotFound)
	if page := o.get(t, "leader", "/years/2026/updates").want(t, http.StatusOK); !strings.Contains(page.body, `href="/years/2026/updates.xlsx"`) {
		t.Error("the log page does not lead to the file")
	}
}

func init() {
	actions = slices.Concat(actions, []action{
		{"GET", "/years/2026/updates.xlsx?unit=west", "", "leader staff reviewer auditor admin", true},
		{"GET", "/api/v1/years/2026/updates.csv?unit=east", "", everyone, false},
		{"GET", "/api/v1/years/2026/updates.csv?unit=west", "", "leader staff reviewer auditor admin", false},
	})
}
