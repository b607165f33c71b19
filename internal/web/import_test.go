package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/api"
	"dabiao/internal/web/middleware"
)

const (
	goodTable = "指标,乡镇,日期,数值\nscreened,east,2026-03-31,10\nscreened,west,2026-03-31,20\n"
	badTable  = goodTable + "screened,north,2026-03-31,1\nscreened,west,2026-13-31,abc\n"
)

func (o *office) importAPI(t *testing.T, table, query string, status int) api.ImportJSON {
	t.Helper()
	body, media := upload("", "表.csv", table)
	g := o.described(t, description(t), "/imports", request{method: http.MethodPost,
		path: apiRoot + "/imports?year=2026" + query, as: "staff",
		body: strings.ReplaceAll(body, `name="evidence"`, `name="file"`), media: media}, status, false)
	var out api.ImportJSON
	must(t, json.Unmarshal([]byte(g.body), &out))
	return out
}

func TestTheAPIImportsATable(t *testing.T) {
	o := smallOffice(t)
	if r := o.importAPI(t, badTable, "&dry_run=1", 200); r.Rows != 4 || r.Accepted != 2 || r.Stored ||
		len(r.Rejected) != 3 {
		t.Errorf("tried: %+v", r)
	}
	r := o.importAPI(t, badTable, "", 422)
	if r.Accepted != 0 || r.Stored || r.Rejected[0].Row != 4 || r.Rejected[0].Column != "B" ||
		r.Rejected[0].Code != "import_unit_unknown" || r.Rejected[0].Message == "" {
		t.Errorf("refused: %+v", r)
	}
	if r := o.importAPI(t, badTable, "&partial=1", 200); r.Accepted != 2 || r.Entries != 2 || !r.Stored {
		t.Errorf("part: %+v", r)
	}
	if r := o.importAPI(t, goodTable, "&answers="+url.QueryEscape(`{"had":"add"}`), 200); r.Rows != 2 ||
		r.Accepted != 2 || !r.Stored {
		t.Errorf("stored: %+v", r)
	}
	key := map[string]string{"Idempotency-Key": "k1"}
	for range 2 {
		g := o.send(t, request{method: http.MethodPost, path: apiRoot + "/imports?year=2026&answers=" +
			url.QueryEscape(`{"had":"add"}`), as: "staff", body: goodTable + "users,east,2026-03-31,9\n", media: "text/csv",
			header: key}).want(t, 200)
		if !strings.Contains(g.body, `"accepted":3,"entries":3,"stored":true`) {
			t.Errorf("under one key: %s", g.body)
		}
	}
	again := o.send(t, request{method: http.MethodPost, path: apiRoot + "/imports?year=2026", as: "staff", body: goodTable,
		media: "text/csv"})
	if p := again.want(t, 409).problem(t); p.Code != "import_again" {
		t.Errorf("again: %+v", p)
	}
	for _, c := range []struct {
		table, media, query string
		status              int
	}{
		{"no workbook", middleware.MIMEXlsx, "?year=2026", 422}, {goodTable, "text/csv", "", 422},
		{goodTable, "text/csv", "?year=2030", 404}, {goodTable, "text/html", "?year=2026", 415},
		{"", "text/csv", "?year=2026", 422},
	} {
		o.send(t, request{method: http.MethodPost, path: apiRoot + "/imports" + c.query, as: "staff", body: c.table,
			media: c.media}).want(t, c.status)
	}
	o.send(t, request{method: http.MethodPost, path: apiRoot + "/imports?year=2026", as: "leader", body: goodTable,
		media: "text/csv"}).want(t, 403)
	if n := stagedFiles(t, o); n != 0 {
		t.Errorf("%d files were left behind", n)
	}
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// The whole path on pages: upload, look, change what a column says, fetch the reasons, import.
func TestPagesImportATable(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	page := func(path string) got {
		t.Helper()
		return o.send(t, request{method: http.MethodGet, path: path, cookie: cookie}).want(t, 200)
	}
	send := func(path, table string) string {
		t.Helper()
		body, media := upload(csrf, "6月.csv", table)
		g := o.send(t, request{method: http.MethodPost, path: path, cookie: cookie, body: body, media: media}).want(t, 303)
		return g.Header.Get("Location")
	}
	if g := page("/years/2026/updates"); !strings.Contains(g.body, `href="/years/2026/import"`) {
		t.Error("the log does not lead to the import")
	}
	page("/years/2026/import")
	if g := page("/years/2026/import/template.xlsx"); !strings.HasPrefix(g.body, "PK") {
		t.Error("the template is no workbook")
	}
	preview := send("/years/2026/import", badTable)
	g := page(preview)
	for _, want := range []string{"<th scope=\"row\" class=\"c-cell\">B4</th>", "4 行有数值，2 行可以导入", "name=\"partial\"",
		`<select id="f-c3" name="c3"`, `<th scope="col">原因</th>`} {
		if !strings.Contains(g.body, want) {
			t.Errorf("the preview lacks %s", want)
		}
	}
	changed := page(preview + "&c3=total")
	if !strings.Contains(changed.body, `name="c3" value="total"`) || !strings.Contains(changed.body, `name="learn"`) {
		t.Error("a changed column is not carried along")
	}
	form := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(g.body, -1) {
		form.Set(m[1], m[2])
	}
	form.Set("csrf", csrf)
	action, _, _ := strings.Cut(preview, "?")
	post := func(path string, status int) got {
		t.Helper()
		return o.send(t, request{method: http.MethodPost, path: path, cookie: cookie, body: form.Encode()}).want(t, status)
	}
	if g := post(action+"/workbook", 200); !strings.Contains(g.body, ",错误原因") ||
		!strings.Contains(g.body, "screened,north,2026-03-31,1,\"B: ") &&
			!strings.Contains(g.body, "screened,north,2026-03-31,1,B: ") {
		t.Errorf("the table came back as %s", g.body)
	}
	post(action, 422)
	form.Set("partial", "1")
	back := post(action, 303).Header.Get("Location")
	if g := page(back); !strings.Contains(g.body, "导入过") {
		t.Error("the preview does not say that it was imported")
	}
	mended := strings.TrimPrefix(post(action+"/workbook", 200).body, "\ufeff")
	if !strings.Contains(mended, "10,已导入") {
		t.Errorf("rows in the log are not marked: %s", mended)
	}
	mended = strings.NewReplacer("north", "east", "2026-13-31,abc", "2026-03-30,3").Replace(mended)
	preview = send("/years/2026/import", mended)
	if g := page(preview); !strings.Contains(g.body, "2 行有数值，2 行可以导入") || !strings.Contains(g.body, "已有 10 人") {
		t.Error("rows in the log are read again")
	}
	action, _, _ = strings.Cut(preview, "?")
	form.Del("partial")
	form.Set("q.had", "add") // east has a figure of that day by now
	if g := page(post(action, 303).Header.Get("Location")); !strings.Contains(g.body, "记入 2 条填报") {
		t.Error("the page does not say what was imported")
	}
	post(action, 409)
	other, otherCSRF := o.browser(t, "reviewer")
	o.send(t, request{method: http.MethodGet, path: preview, cookie: other}).want(t, 404)
	form.Set("csrf", otherCSRF)
	o.send(t, request{method: http.MethodPost, path: action, cookie: cookie, body: form.Encode()}).want(t, 403)
	if differences, err := o.app.Verify(ctx); err != nil || len(differences) > 0 {
		t.Errorf("verify: %v %v", differences, err)
	}
	log, _, err := o.app.Log(ctx, kpi.Operator, appLogOf2026)
	must(t, err)
	if len(log) != 4 {
		t.Errorf("%d entries in the log, want 4", len(log))
	}
}

func TestAFileThatIsNoTableIsRefusedOnThePage(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	for name, content := range map[string]string{"a.xlsx": "no workbook", "a.pdf": "%PDF-", "a.csv": "",
		"b.xlsm": "PK\x03\x04"} {
		body, media := upload(csrf, name, content)
		g := o.send(t, request{method: http.MethodPost, path: "/years/2026/import", cookie: cookie, body: body,
			media: media}).want(t, 422)
		if !strings.Contains(g.body, `class="errors"`) {
			t.Errorf("%s: no sentence", name)
		}
	}
	if n, kept := stagedFiles(t, o), keptFiles(t, o); n != 0 || kept != 0 {
		t.Errorf("%d staged and %d kept files are left", n, kept)
	}
}
