package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func init() {
	const office = "leader staff reviewer auditor admin"
	actions = slices.Concat(actions, []action{
		{"GET", "/years/2026/completeness", "", everyone, true},
		{"GET", "/years/2026/completeness?unit=west", "", office, true},
		{"GET", "/api/v1/years/2026/completeness?unit=county", "", office, false},
	})
}

// The page, the API, the letters and the bulletin tell the same.
func TestALateTownshipIsShownRemindedAndRanked(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	get := func(as, path string, status int) got {
		t.Helper()
		return o.send(t, request{method: "GET", path: path, as: as}).want(t, status)
	}
	get("leader", "/years/2026/letter", http.StatusNotFound) // nothing is asked of anyone yet
	get("leader", "/years/2026/bulletin", http.StatusNotFound)
	o.log(t, "east") // in November: October and what came before is late
	api := o.described(t, doc, "/years/{year}/completeness",
		request{method: "GET", path: apiRoot + "/years/2026/completeness", as: "leader"}, 200, false)
	if !strings.Contains(api.body, `"code":"east","name":"east","asked":10,"logged":0,"rate":"0.00"`) &&
		!strings.Contains(api.body, `"asked":10,"logged":0,"rate":"0"`) {
		t.Errorf("%s", api.body)
	}
	page := get("leader", "/years/2026/completeness", http.StatusOK).body
	for _, want := range []string{"0/10", "逾期未报", "/years/2026/letter?unit=east", "/years/2026/bulletin?month=2026-10"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for path, want := range map[string]string{"/years/2026/letter?unit=east": "到期应报数据10项，已报0项，逾期未报10项",
		"/years/2026/bulletin": "关于2026年10月工作数据报送情况的通报"} {
		if body := get("leader", path, http.StatusOK).body; strings.Count(body, want) < 2 { // to read and to copy
			t.Errorf("%s lacks %s", path, want)
		}
	}
	get("leader", "/years/2026/letter?unit=west", http.StatusNotFound)
	get("leader", "/years/2026/letter?unit=nowhere", http.StatusNotFound)
	get("leader", "/years/2026/bulletin?month=2025-01", http.StatusUnprocessableEntity)
	get("leader", "/years/2026/bulletin?month=2026-11", http.StatusNotFound)
	for _, file := range []string{"letter.docx?unit=east", "letter.docx", "bulletin.docx?month=2026-03&lang=en"} {
		name, _, _ := strings.Cut(file, "?")
		g := o.described(t, doc, "/years/{year}/"+name, request{method: "GET",
			path: fmt.Sprintf("%s/years/2026/%s", apiRoot, file), as: "leader"}, 200, false)
		if !strings.HasPrefix(g.body, "PK") || !strings.Contains(g.Header.Get("Content-Disposition"), ".docx") {
			t.Errorf("%s is no Word file: %v", file, g.Header)
		}
		get("reporter", "/years/2026/"+file, http.StatusForbidden)
	}
}
