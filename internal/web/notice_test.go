package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func TestAnAdministratorAddsAChannelTriesItAndEndsIt(t *testing.T) {
	o := smallOffice(t)
	said := ""
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said = r.URL.Query().Get("key")
		w.Write([]byte(`{"errcode":0}`)) //nolint:errcheck // a test's answer
	}))
	defer hook.Close()
	cookie, csrf := o.browser(t, "admin")
	post := func(path, body string, want int) got {
		t.Helper()
		return o.send(t, request{method: "POST", path: path, cookie: cookie, body: body + "&csrf=" + csrf}).want(t, want)
	}
	g := post("/channels", "name=群&kind=wecom&address=qyapi&event_red=1&secret=typed-in", http.StatusUnprocessableEntity)
	if strings.Contains(g.body, "typed-in") || !strings.Contains(g.body, "请填写完整网址") {
		t.Errorf("the refused form: %.300s", g.body)
	}
	post("/channels", "name=群&kind=wecom&address="+url.QueryEscape(hook.URL+"/robot?key=robot-k3y")+
		"&event_red=1&secret=not-shown", http.StatusSeeOther)
	g = o.send(t, request{method: "GET", path: "/channels", cookie: cookie}).want(t, http.StatusOK)
	if strings.Contains(g.body, "robot-k3y") || strings.Contains(g.body, "not-shown") ||
		!strings.Contains(g.body, "127.0.0.1") {
		t.Errorf("the list shows a secret: %.300s", g.body)
	}
	post("/channels/1/try", "x=1", http.StatusSeeOther)
	if said != "robot-k3y" {
		t.Error("no message came")
	}
	hook.Close()
	g = post("/channels/1/try", "x=1", http.StatusConflict)
	if strings.Contains(g.body, "robot-k3y") || !strings.Contains(g.body, "发送失败：") {
		t.Errorf("a failed try says %.300s", g.body)
	}
	post("/channels/1/end", "x=1", http.StatusSeeOther)
	post("/channels/1/try", "x=1", http.StatusNotFound)
	audit := o.get(t, "admin", "/api/v1/audit").body
	if strings.Contains(audit, "robot-k3y") || strings.Contains(audit, "not-shown") ||
		!strings.Contains(audit, "channel.add") {
		t.Errorf("the audit log: %.500s", audit)
	}
}

func TestNoticesAreListedAndCounted(t *testing.T) {
	o := smallOffice(t)
	_, err := o.app.SetTarget(ctx, kpi.Operator, app.NewTarget{Indicator: "screened",
		Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(120)}})
	must(t, err)
	_, err = o.app.RecordNotices(ctx)
	must(t, err)
	o.log(t, "west")
	n, err := o.app.RecordNotices(ctx)
	must(t, err)
	if n != 1 {
		t.Fatalf("%d notices", n)
	}
	g := o.get(t, "leader", "/notices").want(t, http.StatusOK)
	if !strings.Contains(g.body, "secret screened：转为严重滞后，完成 7人，目标 120人，完成率 5.83%。") ||
		!strings.Contains(g.body, `<b aria-hidden="true">1</b>`) {
		t.Errorf("the notices: %.2000s", g.body)
	}
	cookie, _ := o.browser(t, "reporter")
	if g := o.send(t, request{method: "GET", path: "/years/2026", cookie: cookie}); strings.Contains(g.body, "/notices") {
		t.Error("a reporter is led to the office's notices")
	}
}
