package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/web/handler"
)

// told are the lines of an import that tells how far it is.
func (o *office) told(t *testing.T, cookie, at string, form url.Values) (lines []handler.ImportState) {
	t.Helper()
	g := o.send(t, request{method: "POST", path: at, cookie: cookie, body: form.Encode(),
		header: map[string]string{"Accept": handler.MimeJSONLines}}).want(t, http.StatusOK)
	if media := g.Header.Get("Content-Type"); media != handler.MimeJSONLines {
		t.Fatalf("%s: %.300s", media, g.body)
	}
	d := json.NewDecoder(strings.NewReader(g.body))
	for d.More() {
		var l handler.ImportState
		must(t, d.Decode(&l))
		lines = append(lines, l)
	}
	return lines
}

func TestAnImportTellsHowFarItIsAndWhereToGoOn(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	var table strings.Builder
	table.WriteString("指标,乡镇,日期,本次新增\n")
	const rows = 20_000
	for i := range rows {
		fmt.Fprintf(&table, "screened,%s,2026-%02d-%02d,%d\n", []string{"east", "west"}[i%2], 1+i%10, 1+i%28, 1+i%90)
	}
	body, media := upload(csrf, "大表.csv", table.String())
	g := o.send(t, request{method: "POST", path: "/years/2026/import", cookie: cookie, body: body, media: media}).want(t,
		http.StatusSeeOther)
	at, _, _ := strings.Cut(g.Header.Get("Location"), "?")
	form := url.Values{"csrf": {csrf}, "name": {"大表.csv"}, "q.twice": {"add"}} // its rows repeat
	lines := o.told(t, cookie, at, form)
	last := lines[len(lines)-1]
	if last.To != "/years/2026/import?done=imported&import=1" || last.Error != "" {
		t.Errorf("it ends with %+v", last)
	}
	counted := false
	for i, l := range lines[:len(lines)-1] {
		if l.Done > l.Of || l.Of != 0 && l.Of != rows || l.To != "" {
			t.Errorf("line %d: %+v", i, l)
		}
		counted = counted || l.Of == rows
	}
	if !counted {
		t.Errorf("nobody was told a row count: %+v", lines)
	}
	again := o.told(t, cookie, at, form)
	if to := again[len(again)-1].To; !strings.HasPrefix(to, at) {
		t.Errorf("the same file again leads to %q, want its preview, which says so", to)
	}
	if !strings.Contains(o.send(t, request{method: "GET", path: again[len(again)-1].To, cookie: cookie}).body, "导入过") {
		t.Error("the preview does not say that the file was imported before")
	}
}
