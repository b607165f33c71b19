package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var auditLink = regexp.MustCompile(`<td><a href="([^"]+)">`)

// The audit log says in words what was done to what, leads there, and is narrowed by what a person asks.
func TestTheAuditLogSaysWhatWasDoneInWords(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	page := func(query string, status int) string {
		t.Helper()
		return o.get(t, "auditor", "/audit"+query).want(t, status).body
	}
	all := page("", http.StatusOK)
	for _, want := range []string{"新建指标", "新建账号", "填报", `href="/updates/1"`, "第 1 号填报", "只看此对象"} {
		if !strings.Contains(all, want) {
			t.Errorf("the log lacks %q", want)
		}
	}
	if rows := shown(t, all, "tbody"); regexp.MustCompile(`\b(update|indicator|account|year|unit)\.[a-z_]+\b`).MatchString(
		regexp.MustCompile(`\{.*?\}`).ReplaceAllString(rows, "")) {
		t.Errorf("it shows codes: %s", rows)
	}
	for _, as := range []string{"auditor", "admin"} {
		body := o.get(t, as, "/audit").want(t, http.StatusOK).body
		links := auditLink.FindAllStringSubmatch(body, -1)
		if len(links) == 0 {
			t.Fatal("no object has a link")
		}
		for _, m := range links {
			if g := o.get(t, as, strings.ReplaceAll(m[1], "&amp;", "&")); g.StatusCode != http.StatusOK {
				t.Errorf("%s for the %s: %d", m[1], as, g.StatusCode)
			}
		}
	}
	for query, lines := range map[string][2]string{
		"?action=update.log":                          {"第 1 号填报", "新建指标"},
		"?object=" + url.QueryEscape("update 1"):      {"第 1 号填报", "新建指标"},
		"?action=indicator.create":                    {"新建指标", "第 1 号填报"},
		"?person=nobody":                              {"没有符合条件的记录", "第 1 号填报"},
		"?day=1999-12-31":                             {"没有符合条件的记录", "第 1 号填报"},
		"?day=" + string(o.app.Today()):               {"第 1 号填报", "没有符合条件的记录"},
		"?object=" + url.QueryEscape("indicator scr"): {"没有符合条件的记录", "第 1 号填报"},
	} {
		rows := page(query, http.StatusOK)
		rows = rows[strings.Index(rows, "</form>\n<section"):]
		if !strings.Contains(rows, lines[0]) || strings.Contains(rows, lines[1]) {
			t.Errorf("%s: %s", query, shown(t, rows, "section"))
		}
	}
}

// Programs filter the audit log as its page does.
func TestProgramsFilterTheAuditLog(t *testing.T) {
	o := smallOffice(t)
	for query, one := range map[string]func(e auditEntry) bool{
		"action=account.add":                        func(e auditEntry) bool { return e.Action == "account.add" },
		"person=console":                            func(e auditEntry) bool { return e.Actor == "console" },
		"object=year+2026":                          func(e auditEntry) bool { return strings.Contains(e.Subject, "2026") },
		"action=account.add&person=console&limit=1": func(e auditEntry) bool { return e.Actor == "console" },
	} {
		var list struct{ Items []auditEntry }
		body := o.get(t, "auditor", "/api/v1/audit?"+query).want(t, http.StatusOK).body
		if err := json.Unmarshal([]byte(body), &list); err != nil {
			t.Fatal(err)
		}
		if len(list.Items) == 0 {
			t.Errorf("%s keeps nothing", query)
		}
		for _, e := range list.Items {
			if !one(e) {
				t.Errorf("%s keeps %+v", query, e)
			}
		}
	}
	if body := o.get(t, "auditor", "/api/v1/audit?day=1999-01-01").want(t, http.StatusOK).body; !strings.Contains(body,
		`"items":[]`) {
		t.Errorf("a day on which nothing happened: %s", body)
	}
	o.get(t, "auditor", "/api/v1/audit?action=update.eat").want(t, http.StatusUnprocessableEntity)
	o.get(t, "staff", "/api/v1/audit?action=update.eat").want(t, http.StatusForbidden)
}

type auditEntry struct{ Action, Actor, Subject string }

// What no entry can ever match is refused with a sentence for each mistake, and stays as it was typed.
func TestAFilterOfTheAuditLogThatIsNoneIsRefused(t *testing.T) {
	o := smallOffice(t)
	for query, sentence := range map[string]string{
		"?action=update.eat":                        "没有“update.eat”这种操作。",
		"?day=2026-02-30":                           "“2026-02-30”不是有效日期",
		"?person=" + strings.Repeat("x", 201):       "文字最多 200 个字",
		"?object=" + url.QueryEscape("update\x001"): "无法保存的字符",
	} {
		body := o.get(t, "auditor", "/audit"+query).want(t, http.StatusUnprocessableEntity).body
		if !strings.Contains(body, sentence) {
			t.Errorf("%s lacks %q: %s", query, sentence, body)
		}
	}
	if body := o.get(t, "auditor", "/audit?day=gestern&action=update.log").want(t, 422).body; !strings.Contains(body,
		`value="gestern"`) || !strings.Contains(body, `<option value="update.log" selected>`) {
		t.Error("what was typed is lost")
	}
	o.get(t, "staff", "/audit?action=update.eat").want(t, http.StatusForbidden)
}

// An error is headed by what it is, says why, and has one way on.
func TestAnErrorSaysWhatItIsAndTheWayOn(t *testing.T) {
	o := smallOffice(t)
	for _, c := range []struct {
		as, path, head, way string
		status              int
	}{
		{"staff", "/audit", "无权限", `<a class="button" href="/">`, http.StatusForbidden},
		{"staff", "/nowhere", "页面不存在", `<a class="button" href="/">`, http.StatusNotFound},
	} {
		body := o.get(t, c.as, c.path).want(t, c.status).body
		if head := strings.TrimSpace(shown(t, body, "h1")); head != c.head || strings.Count(body, `class="button"`) != 1 ||
			!strings.Contains(body, c.way) {
			t.Errorf("%s: %q, %s", c.path, head, shown(t, body, ".narrow-page a"))
		}
	}
	g := o.send(t, request{method: http.MethodPost, path: "/years/2026/entry", body: "x=1"})
	if g.StatusCode != http.StatusUnauthorized || !strings.Contains(g.body, `action="/login"`) {
		t.Errorf("a stranger's form is answered by %d, not by the sign-in page", g.StatusCode)
	}
}
