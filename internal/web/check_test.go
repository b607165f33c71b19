package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/web/api"
)

func TestTheCheckOnThePageAndInTheAPI(t *testing.T) {
	o := smallOffice(t)
	g := o.described(t, description(t), "/years/{year}/check",
		request{method: http.MethodGet, path: apiRoot + "/years/2026/check", as: "staff"}, 200, false)
	var out api.CheckJSON
	must(t, json.Unmarshal([]byte(g.body), &out))
	codes := map[string]bool{}
	for _, f := range out.Findings {
		codes[f.Code] = true
		if f.Message == "" || !strings.HasPrefix(f.Link, "/years/2026") {
			t.Errorf("%+v", f)
		}
	}
	if out.Year != 2026 || !codes["no_target"] || !codes["section_empty"] {
		t.Errorf("found %+v", out)
	}
	cookie, csrf := o.browser(t, "staff")
	old := report.Build(report.Input{Office: report.Office{Name: "某县某局"},
		Board: progress.Board{AsOf: kpi.AsOfToday(2026, o.app.Today())},
		Texts: map[report.SectionKey]string{report.Problems: "走访困难群众37户，纠纷50起，其中家暴60起。"}})
	var word bytes.Buffer
	must(t, paper.WriteDocx(&word, old))
	for _, c := range []struct {
		name, content string
		status        int
		says          string
	}{
		{"旧.docx", word.String(), 200, "大于前面的50起"},
		{"旧.docx", word.String(), 200, "/plan/new?kind=flow"},
		{"旧.doc", "x", 422, "另存为 .docx"},
		{"旧.docx", "plain text", 422, "的内容与扩展名不符"},
		{"旧.docx", "", 422, "是空的"},
	} {
		body, media := upload(csrf, c.name, c.content)
		body = strings.ReplaceAll(body, `name="evidence"`, `name="file"`)
		page := o.send(t, request{method: http.MethodPost, path: "/years/2026/check/document", cookie: cookie,
			body: body, media: media})
		if page.want(t, c.status); page.StatusCode == c.status && !strings.Contains(page.body, c.says) {
			t.Errorf("%s: does not say %q", c.name, c.says)
		}
	}
}
