package web

import (
	"bytes"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/paper/papertest"
	"dabiao/internal/report"
)

const returnedPath = "/years/2026/report/returned"

// wordReport is the year's report as a file, with words of it replaced and a remark in its seventh section.
func (o *office) wordReport(t *testing.T, replace ...string) string {
	t.Helper()
	in, err := o.app.Report(ctx, kpi.Operator, app.Query{Year: 2026}, "zh-CN")
	must(t, err)
	var word bytes.Buffer
	must(t, paper.WriteDocx(&word, report.Build(in)))
	first := `<w:r><w:t xml:space="preserve">筛查`
	return string(papertest.Rewritten(t, word.Bytes(),
		strings.NewReplacer(append(replace, first, `<w:commentRangeStart w:id="0"/>`+first)...),
		map[string]string{"word/comments.xml": `<w:comments xmlns:w="w"><w:comment w:id="0" w:author="张主席" ` +
			`w:date="2026-12-01T09:30:00Z"><w:p><w:r><w:t>再核一下。</w:t></w:r></w:p></w:comment></w:comments>`}))
}

// A report that came back is shown, taken over by section, and its remark stands beside the text until done.
func TestAReturnedReportIsMergedOnThePage(t *testing.T) {
	o := smallOffice(t)
	must(t, o.app.SetReportText(ctx, kpi.Operator, 2026, report.Problems, "zh-CN", "筛查⟦screened⟧，不够。"))
	cookie, csrf := o.browser(t, "staff")
	body, media := upload(csrf, "退回.docx", o.wordReport(t, "，不够。", "，还不够。"))
	page := o.send(t, request{method: http.MethodPost, path: returnedPath, cookie: cookie,
		body: strings.ReplaceAll(body, `name="evidence"`, `name="file"`), media: media}).want(t, http.StatusOK).body
	for _, says := range []string{"1节有变化，1条意见待处理", "<ins>还</ins>", "再核一下", "张主席 · 2026年12月1日", "并入这一节"} {
		if !strings.Contains(page, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
	field := func(name string) string {
		t.Helper()
		for _, n := range elements(t, page, "input") {
			if attribute(n, "name") == name {
				return attribute(n, "value")
			}
		}
		t.Fatalf("no field %s", name)
		return ""
	}
	form := url.Values{"csrf": {csrf}, "name": {field("name")}, "sha256": {field("sha256")}, "take": {"problems"},
		"base-problems": {field("base-problems")}, "notes": {"on"}, "action": {"take"}}
	take := func() got {
		return o.send(t, request{method: http.MethodPost, path: returnedPath + "/take", cookie: cookie, body: form.Encode()})
	}
	must(t, o.app.SetReportText(ctx, kpi.Operator, 2026, report.Problems, "zh-CN", "筛查⟦screened⟧，不够。同事加的。"))
	if again := take().want(t, http.StatusConflict).body; !strings.Contains(again, "什么都没有并入") ||
		!strings.Contains(again, "<del>同事加的。</del>") {
		t.Error("a newer text is not compared anew")
	}
	must(t, o.app.SetReportText(ctx, kpi.Operator, 2026, report.Problems, "zh-CN", "筛查⟦screened⟧，不够。"))
	form.Set("action", "again")
	page = take().want(t, http.StatusOK).body
	form.Set("action", "take")
	form.Set("base-problems", field("base-problems"))
	to := take().want(t, http.StatusSeeOther).Header.Get("Location")
	list := o.send(t, request{method: http.MethodGet, path: to, cookie: cookie}).want(t, http.StatusOK).body
	if said := shown(t, list, ".sections"); !strings.Contains(said, "1条意见") {
		t.Errorf("at %s the list of sections does not tell of the note: %s", to, said)
	}
	show := func() string {
		return html.UnescapeString(o.send(t, request{method: http.MethodGet, path: editor, cookie: cookie}).body)
	}
	if text := show(); !strings.Contains(text, "筛查⟦secret screened·完成数⟧，还不够。") || !strings.Contains(text, "再核一下。") {
		t.Errorf("the editor shows\n%s", text)
	}
	o.send(t, request{method: http.MethodPost, path: "/years/2026/report/notes/1", cookie: cookie,
		body: url.Values{"csrf": {csrf}, "done": {"on"}}.Encode()}).want(t, http.StatusSeeOther)
	if strings.Contains(show(), "再核一下。") {
		t.Error("a note that is done is still shown")
	}
	o.send(t, request{method: http.MethodPost, path: "/years/2026/report/notes/1", cookie: cookie,
		body: url.Values{"csrf": {csrf}, "done": {"off"}}.Encode()}).want(t, http.StatusSeeOther)
	if !strings.Contains(show(), "再核一下。") {
		t.Error("a note that was settled by mistake does not come back")
	}

	form.Set("sha256", strings.Repeat("0", 64))
	take().want(t, http.StatusNotFound)
}

// A returned file that fetches its template from elsewhere is merged like any other, and that is said, on the page and
// in the API; what the program writes itself fetches nothing.
func TestAReturnedReportThatFetchesItsTemplateIsSaidTo(t *testing.T) {
	o := smallOffice(t)
	must(t, o.app.SetReportText(ctx, kpi.Operator, 2026, report.Problems, "zh-CN", "筛查⟦screened⟧，不够。"))
	plain := o.wordReport(t, "，不够。", "，还不够。")
	far := string(papertest.Rewritten(t, []byte(plain), strings.NewReplacer(), map[string]string{
		"word/_rels/settings.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" ` +
			`Target="https://example.org/t.dotm" TargetMode="External"/></Relationships>`}))
	const says = "打开时会从外部下载模板"
	cookie, csrf := o.browser(t, "staff")
	for content, warned := range map[string]bool{plain: false, far: true} {
		body, media := upload(csrf, "退回.docx", content)
		page := o.send(t, request{method: http.MethodPost, path: returnedPath, cookie: cookie,
			body: strings.ReplaceAll(body, `name="evidence"`, `name="file"`), media: media}).want(t, http.StatusOK).body
		if strings.Contains(page, says) != warned || !strings.Contains(page, "<ins>还</ins>") {
			t.Errorf("the page warns: %v, not %v, or shows no change", !warned, warned)
		}
		answer := o.described(t, description(t), "/years/{year}/report/returned", request{method: http.MethodPost,
			path: apiRoot + returnedPath + "?dry_run=1", as: "staff", body: content, media: paper.WordMedia}, 200, false).body
		if strings.Contains(answer, `"warning":"remote_template"`) != warned {
			t.Errorf("the API warns: %v, not %v", !warned, warned)
		}
	}
	taken := o.send(t, request{method: http.MethodPost, path: apiRoot + returnedPath + "?take=problems:1", as: "staff",
		body: far, media: paper.WordMedia}).want(t, http.StatusOK).body
	if !strings.Contains(taken, `"texts":1`) {
		t.Errorf("nothing is taken over: %s", taken)
	}
}

func TestAFileThatCannotBeMergedIsOneSentence(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	word := o.wordReport(t)
	other := o.wordReport(t, "2026年", "2022年")
	var notice bytes.Buffer
	must(t, paper.WriteDocx(&notice, paper.Document{Title: "关于召开会议的通知", Sections: []paper.Section{
		{Key: "a", Heading: "一、会议时间"}, {Key: "b", Heading: "二、会议地点"}}}))
	for _, c := range []struct{ name, content, says string }{
		{"报告.pdf", "%PDF-1.7", "是 PDF"},
		{"报告.docx", "%PDF-1.7", "是 PDF"},
		{"报告.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "不是 .docx"},
		{"报告.docx", "就是一段文字", "内容与扩展名不符"},
		{"报告.docx", word[:len(word)/2], "已损坏"},
		{"报告.docx", "", "是空的"},
		{"报告.docx", strings.Repeat("x", intake.MaxGridFile+1), "超过 20 MB"},
		{"报告.docx", other, "这是2022年的报告"},
		{"报告.docx", notice.String(), "没有找到报告的各节标题"},
	} {
		body, media := upload(csrf, c.name, c.content)
		page := o.send(t, request{method: http.MethodPost, path: returnedPath, cookie: cookie,
			body: strings.ReplaceAll(body, `name="evidence"`, `name="file"`), media: media})
		page.want(t, http.StatusUnprocessableEntity)
		if says := shown(t, page.body, ".errors"); !strings.Contains(says, c.says) {
			t.Errorf("%s: %q, want %q", c.name, says, c.says)
		}
	}
	body, media := upload(csrf, "报告.docx", word)
	for _, who := range []string{"reporter"} {
		cookie, _ := o.browser(t, who)
		o.send(t, request{method: http.MethodPost, path: returnedPath, cookie: cookie, body: body, media: media}).want(t,
			http.StatusForbidden)
	}
}

// Programs compare and take over as people do.
func TestAReturnedReportIsMergedByTheAPI(t *testing.T) {
	o := smallOffice(t)
	must(t, o.app.SetReportText(ctx, kpi.Operator, 2026, report.Problems, "zh-CN", "筛查⟦screened⟧，不够。"))
	doc := description(t)
	word := o.wordReport(t, "，不够。", "，还不够。")
	const route = "/years/{year}/report/returned"
	post := func(query, as string, status int) (out struct {
		Sections []struct {
			Key, State, Text string
			Version          int
		}
		Texts, Notes int
		Stored       bool
	}) {
		t.Helper()
		g := o.described(t, doc, route, request{method: http.MethodPost, path: apiRoot + returnedPath + query, as: as,
			body: word, media: paper.WordMedia}, status, status != 200)
		must(t, json.Unmarshal([]byte(g.body), &out))
		return out
	}
	dry := post("?dry_run=1", "leader", 200)
	for _, s := range dry.Sections {
		if (s.State == "changed") != (s.Key == "problems") || s.Key == "problems" &&
			s.Text != "筛查⟦secret screened·完成数⟧，还不够。" {
			t.Errorf("%+v", s)
		}
	}
	post("", "leader", 403)
	post("?take=problems:99", "staff", 409)
	post("?take=problems", "staff", 422)
	post("?tracked=maybe", "staff", 422)
	if out := post("?notes=1", "staff", 200); out.Texts != 1 || out.Notes != 1 || !out.Stored {
		t.Errorf("%+v", out)
	}
	post("", "staff", 422) // nothing is left to take over

	var list struct{ Notes []struct{ ID int } }
	g := o.described(t, doc, "/years/{year}/report/notes", request{method: http.MethodGet,
		path: apiRoot + "/years/2026/report/notes", as: "auditor"}, 200, false)
	must(t, json.Unmarshal([]byte(g.body), &list))
	if len(list.Notes) != 1 {
		t.Fatalf("notes: %s", g.body)
	}
	const one = "/years/{year}/report/notes/{id}"
	patch := func(path, body, as string, status int) string {
		t.Helper()
		return o.described(t, doc, one, request{method: http.MethodPatch, path: apiRoot + "/years/2026/report/notes/" + path,
			as: as, body: body}, status, status != 200).body
	}
	if said := patch("1", `{"done": true}`, "staff", 200); !strings.Contains(said, `"done_by":"staff"`) {
		t.Errorf("done: %s", said)
	}
	if said := patch("1", `{"done": false}`, "staff", 200); strings.Contains(said, `"done_by":"staff"`) {
		t.Errorf("opened again: %s", said)
	}
	patch("1", `{}`, "staff", 422)
	patch("9", `{"done": true}`, "staff", 404)
	patch("1", `{"done": true}`, "leader", 403)
}
