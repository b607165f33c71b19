package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/api"
)

// reportAPI sends what the description describes about a year's report.
type reportAPI struct {
	*testing.T
	send func(method, route, path, as, body string, status int, header ...string) got
}

func newReportAPI(t *testing.T, o *office) reportAPI {
	t.Helper()
	doc := description(t)
	return reportAPI{t, func(method, route, path, as, body string, status int, header ...string) got {
		t.Helper()
		h := map[string]string{"Accept-Language": "zh-CN"}
		for i := 0; i < len(header); i += 2 {
			h[header[i]] = header[i+1]
		}
		const root = "/years/{year}/report"
		return o.described(t, doc, root+route, request{method: method, path: apiRoot + "/years/2026/report" + path, as: as,
			body: body, header: h}, status, status >= 400)
	}}
}

func (a reportAPI) decode(g got, into any) {
	a.Helper()
	must(a.T, json.Unmarshal([]byte(g.body), into))
}

// Two programs write the same place: the second is told instead of overwriting, and what is kept is what the
// pages keep.
func TestTheReportsTextsAreWrittenThroughTheAPI(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	data := newReportAPI(t, o)
	const one, key = "/sections/{key}", "/sections/problems"
	var before, after api.WrittenJSON
	g := data.send("GET", one, key, "leader", "", 200)
	data.decode(g, &before)
	if before.Version != 0 || before.MayWrite || !strings.HasPrefix(g.Header.Get("ETag"), `"0-`) {
		t.Errorf("at first: %+v, %s", before, g.Header.Get("ETag"))
	}
	g = data.send("PUT", one, key, "staff", `{"text":"筛查⟦secret screened⟧，另有99人。"}`, 200)
	data.decode(g, &after)
	if after.Text != "筛查⟦secret screened·完成值⟧，另有99人。" && after.Text != "筛查⟦secret screened·完成数⟧，另有99人。" {
		t.Errorf("people read %q", after.Text)
	}
	if after.Stored != "筛查⟦screened·value⟧，另有99人。" || len(after.Printed) != 1 || after.Printed[0] != "筛查7人，另有99人。" ||
		after.Author != "staff" || !after.MayWrite {
		t.Errorf("kept: %+v", after)
	}
	if len(after.Findings) != 1 || after.Findings[0].Quote != "99人" {
		t.Errorf("the number that no figure carries: %+v", after.Findings)
	}
	if !strings.HasPrefix(g.Header.Get("ETag"), `"`+strconv.Itoa(int(after.Version))+"-") {
		t.Errorf("the tag is %s, the version %d", g.Header.Get("ETag"), after.Version)
	}
	refused := data.send("PUT", one, key, "admin", `{"text":"别的"}`, 409, "If-Match", `"0"`).problem(t)
	if refused.Code != "text_changed_since" || !strings.Contains(refused.Detail, "staff") {
		t.Errorf("overwriting: %+v", refused)
	}
	data.send("PUT", one, key, "admin", `{"text":"别的"}`, 409)
	var same api.WrittenJSON
	data.decode(data.send("PUT", one, key, "staff", `{"text":"筛查⟦screened⟧，另有99人。"}`, 200), &same)
	if same.Version != after.Version {
		t.Error("the same text again is a version of its own")
	}
	data.send("PUT", one, key, "admin", `{"text":"筛查⟦screened⟧。"}`, 200, "If-Match", g.Header.Get("ETag"))
	for body, field := range map[string]string{`{"text":"⟦没有这个⟧"}`: "text", `{"text":"⟦screened"}`: "text", `{}`: "text",
		`{"text":"a","version":"x"}`: "version", `{"text":"a","more":1}`: "more"} {
		if p := data.send("PUT", one, key, "staff", body, 422).problem(t); len(p.Errors) == 0 || p.Errors[0].Field != field {
			t.Errorf("%s: %+v", body, p)
		}
	}
	data.send("PUT", one, key, "staff", `{"text":"`+strings.Repeat("a", 10<<20)+`"}`, 413)
	data.send("PUT", one, "/sections/nonsense", "staff", `{"text":"a"}`, 404)
	data.send("PUT", one, "/sections/deviation%2Fscreened", "staff", `{"text":"经费到位晚"}`, 200)
	var english api.WrittenJSON
	data.decode(data.send("GET", one, key+"?lang=en", "staff", "", 200), &english)
	if english.Version != 0 || english.Language != "en" {
		t.Errorf("the other language: %+v", english)
	}
	var list api.SectionsJSON
	data.decode(data.send("GET", "/sections", "/sections", "auditor", "", 200), &list)
	found := 0
	for _, s := range list.Sections {
		if s.Key == "problems" && s.Stored == "筛查⟦screened·value⟧。" && s.Printed[0] == "筛查7人。" {
			found++
		}
	}
	if found != 1 || len(list.Sections) < 14 {
		t.Errorf("the list: %+v", list)
	}
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
	data.send("PUT", one, key, "staff", `{"text":"a","version":9}`, 409)
}

func TestTheOutlineIsReplacedThroughTheAPI(t *testing.T) {
	o := smallOffice(t)
	data := newReportAPI(t, o)
	const path = "/outline"
	var outline api.OutlineJSON
	body := data.send("GET", path, path, "leader", "", 200).body
	must(t, json.Unmarshal([]byte(body), &outline))
	if !outline.Shipped || len(outline.Entries) != 10 {
		t.Errorf("at first: %+v", outline)
	}
	mine := `{"name":"某市","entries":[{"key":"problems","title":"问题"},{"key":"work","title":"工作","writes":"performance","parts":[{"key":"more","title":"其他"}]}],"annexes":["bulletin"]}`
	data.decode(data.send("PUT", path, path, "staff", mine, 200), &outline)
	if outline.Shipped || outline.Name != "某市" || len(outline.Entries) != 2 || outline.Entries[1].Parts[0].Title != "其他" ||
		outline.Annexes[0] != "bulletin" {
		t.Errorf("replaced: %+v", outline)
	}
	tag := data.send("GET", path, path, "leader", "", 200).Header.Get("ETag")
	data.send("PUT", path, path, "admin", `{"entries":[{"key":"problems"}]}`, 409, "If-Match", `"0123456789abcdef"`)
	data.send("PUT", path, path, "admin", mine, 200, "If-Match", tag)
	for _, wrong := range []string{`{"entries":[]}`, `{"entries":[{"key":"Ä"}]}`, `{"entries":[{"key":"a"},{"key":"a"}]}`,
		`{"entries":[{"key":"a","writes":"nothing"}]}`, `{"entries":[{"key":"a","areas":["nowhere"]}]}`,
		`{"entries":[{"key":"a"}],"annexes":["nonsense"]}`} {
		if p := data.send("PUT", path, path, "staff", wrong, 422).problem(t); len(p.Errors) == 0 {
			t.Errorf("%s: %+v", wrong, p)
		}
	}
	cookie, csrf := o.browser(t, "staff") // the page that was open meanwhile
	late := o.send(t, request{method: "POST", path: "/years/2026/report/outline", cookie: cookie,
		body: "key1=problems&title1=迟来的&base=0123456789abcdef&csrf=" + csrf}).want(t, 409).body
	if !strings.Contains(late, "提纲已被他人修改") || !strings.Contains(late, "迟来的") ||
		!strings.Contains(late, `name="base" value=`+tag) {
		t.Error("the page does not say that somebody else changed the outline, or lost what was typed")
	}
	if page := o.get(t, "staff", "/years/2026/report?lang=zh-CN").want(t, http.StatusOK).body; !strings.Contains(page,
		"一、问题") || !strings.Contains(page, "二、工作") {
		t.Error("the report has another outline")
	}
}

// A report is checked, signed once, corrected afterwards, signed again and compared, all by program.
func TestAReportIsSignedThroughTheAPI(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	data := newReportAPI(t, o)
	signing := func() (s api.SigningJSON) {
		t.Helper()
		data.decode(data.send("GET", "/sign", "/sign", "auditor", "", 200), &s)
		return s
	}
	if s := signing(); s.State != "draft" || s.Checked != nil || s.MaySign || len(s.Versions) != 0 {
		t.Errorf("at first: %+v", s)
	}
	data.send("PUT", "/sections/{key}", "/sections/problems", "staff", `{"text":"纠纷50起，其中家暴60起。"}`, 200)
	refused := data.send("POST", "/sign", "/sign", "leader", `{}`, 409).problem(t)
	if refused.Code != "report_not_checked" || len(refused.Errors) != 2 || refused.Errors[1].Field != "report" ||
		!strings.Contains(refused.Errors[1].Message, "60起") {
		t.Errorf("signing unchecked: %+v", refused)
	}
	data.send("POST", "/check", "/check", "auditor", `{"note":"看过"}`, 403)
	var checked api.ReportCheckJSON
	data.decode(data.send("POST", "/check", "/check", "staff", `{"note":"看过"}`, 201), &checked)
	if checked.Errors != 1 || checked.Author != "staff" || len(checked.SHA256) != 64 {
		t.Errorf("checked: %+v", checked)
	}
	if s := signing(); s.State != "checked" || !s.Fresh || s.Checked.Note != "看过" {
		t.Errorf("checked: %+v", s)
	}
	refused = data.send("POST", "/sign", "/sign", "leader", `{}`, 422).problem(t)
	if refused.Code != "sign_reason_missing" || refused.Errors[0].Field != "reason" {
		t.Errorf("signing over an error: %+v", refused)
	}
	data.send("POST", "/sign", "/sign", "staff", `{"reason":"r"}`, 403)
	first := data.send("POST", "/sign", "/sign", "leader", `{"reason":"以县里公布的为准"}`, 201, "Idempotency-Key", "k").body
	if again := data.send("POST", "/sign", "/sign", "leader", `{"reason":"以县里公布的为准"}`, 201, "Idempotency-Key", "k").
		body; again != first {
		t.Errorf("sent again: %s, want %s", again, first)
	}
	data.send("POST", "/sign", "/sign", "leader", `{"reason":"别的"}`, 409, "Idempotency-Key", "k")
	frozen := data.send("GET", "/signed/{number}.{format}", "/signed/1.json?form=bulletin", "auditor", "", 200).body
	o.log(t, "west")
	if s := signing(); s.State != "changed" || len(s.Versions) != 1 || len(s.Changes) == 0 ||
		s.Changes[0].Frozen != "7人" || s.Changes[0].Now != "14人" {
		t.Errorf("corrected afterwards: %+v", s)
	}
	var version struct {
		api.SignedJSON
		Changes []api.ChangeJSON
	}
	data.decode(data.send("GET", "/signed/{number}", "/signed/1", "leader", "", 200), &version)
	if version.Number != 1 || version.Errors != 1 || version.Reason != "以县里公布的为准" ||
		version.Changes[0].Indicator != "screened" {
		t.Errorf("version 1: %+v", version)
	}
	data.send("POST", "/check", "/check", "leader", `{}`, 201)
	o.Hosts = []string{"kpi.county.example"}
	data.send("POST", "/sign", "/sign", "leader", `{"reason":"更正筛查数"}`, 201, "Host", "kpi.county.example:8443")
	for number, want := range map[int]string{1: "", 2: "http://kpi.county.example:8443/audit"} {
		if signed, err := o.app.Signed(t.Context(), kpi.Operator, 2026, number, 0, "zh-CN"); err != nil ||
			signed.Input.AuditPage != want {
			t.Errorf("the page of version %d's code is %q, want %q, %v", number, signed.Input.AuditPage, want, err)
		}
	}
	data.decode(data.send("GET", "/signed/{number}", "/signed/2?against=1", "leader", "", 200), &version)
	if version.Number != 2 || version.Changes[0].Frozen != "14人" || version.Changes[0].Now != "7人" {
		t.Errorf("between the versions: %+v", version)
	}
	if data.send("GET", "/signed/{number}.{format}", "/signed/1.json?form=bulletin", "auditor", "", 200).body != frozen {
		t.Error("the signed paper changed")
	}
	data.send("GET", "/signed/{number}", "/signed/3", "leader", "", 404)
	log := o.get(t, "auditor", "/api/v1/audit").want(t, 200).body
	for action, times := range map[string]int{"report.set_text": 1, "report.check": 2, "report.sign": 2} {
		if n := strings.Count(log, `"action":"`+action+`"`); n != times {
			t.Errorf("%s is in the audit log %d times, want %d", action, n, times)
		}
	}
}
