package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func TestAQuestionKeepsTheFigureOfItsDayAndIsAnsweredOnce(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "west")
	asks, csrf := o.browser(t, "leader")
	post := func(cookie, csrf, path, body string, want int) got {
		t.Helper()
		return o.send(t, request{method: "POST", path: path, cookie: cookie, body: body + "&csrf=" + csrf}).want(t, want)
	}
	ask := "/years/2026/indicators/screened/question"
	o.send(t, request{method: "GET", path: ask, cookie: asks}).want(t, http.StatusOK)
	if g := post(asks, csrf, ask, "text=%20&key=k1", http.StatusUnprocessableEntity); !strings.Contains(g.body, "请填写内容") {
		t.Errorf("an empty question: %.300s", g.body)
	}
	why := "text=" + url.QueryEscape("为什么只有这些？")
	first := post(asks, csrf, ask, why+"&key=k2", http.StatusSeeOther).Header.Get("Location")
	if again := post(asks, csrf, ask, why+"&key=k2", http.StatusSeeOther).Header.Get("Location"); again != first {
		t.Errorf("sent twice, it is asked twice: %s, %s", first, again)
	}
	o.log(t, "west")
	answers, answerCSRF := o.browser(t, "staff")
	page := o.send(t, request{method: "GET", path: first, cookie: answers}).want(t, http.StatusOK)
	if figure := shown(t, page.body, "section.card"); !strings.Contains(figure, "完成 7人") ||
		strings.Contains(figure, "14") {
		t.Errorf("the question does not keep its figure: %s", figure)
	}
	if len(elements(t, page.body, "textarea")) != 1 {
		t.Error("who logs is not asked to answer")
	}
	if g := o.send(t, request{method: "GET", path: first, cookie: asks}); len(elements(t, g.body, "textarea")) != 0 {
		t.Error("who asked is asked to answer")
	}
	if g := o.send(t, request{method: "GET", path: "/notices", cookie: answers}); !strings.Contains(g.body, "为什么只有这些") ||
		!strings.Contains(g.body, `<b aria-hidden="true">1</b>`) {
		t.Error("the notices do not say that a question waits")
	}
	post(asks, csrf, first, "text=x", http.StatusForbidden)
	post(answers, answerCSRF, first, "text="+url.QueryEscape("下月补报。"), http.StatusSeeOther)
	post(answers, answerCSRF, first, "text=x", http.StatusConflict)
	for _, path := range []string{first, "/years/2026/indicators/screened", "/questions"} {
		if g := o.send(t, request{method: "GET", path: path, cookie: asks}).want(t, 200); !strings.Contains(g.body, "下月补报。") {
			t.Errorf("%s does not show the answer", path)
		}
	}
	if g := o.send(t, request{method: "GET", path: "/years/2026/indicators/screened?unit=west",
		cookie: asks}); strings.Contains(g.body, "下月补报。") {
		t.Error("a question about the whole stands under one unit's figure")
	}
}

func TestAReportersQuestionsAreTheirOwnUnits(t *testing.T) {
	o := smallOffice(t)
	for _, unit := range []string{"east", "west", "county"} {
		_, err := o.app.AskQuestion(ctx, kpi.Operator, app.NewQuestion{Query: app.Query{Year: 2026, Unit: unit},
			Indicator: "screened", Text: "about " + unit})
		must(t, err)
	}
	cookie, csrf := o.browser(t, "reporter")
	g := o.send(t, request{method: "GET", path: "/questions", cookie: cookie}).want(t, http.StatusOK)
	if !strings.Contains(g.body, "about east") || strings.Contains(g.body, "about west") ||
		strings.Contains(g.body, "about county") {
		t.Errorf("the reporter's questions: %.2000s", g.body)
	}
	o.send(t, request{method: "GET", path: "/questions/2", cookie: cookie}).want(t, http.StatusForbidden)
	o.send(t, request{method: "POST", path: "/questions/2", cookie: cookie, body: "text=x&csrf=" + csrf}).want(t,
		http.StatusForbidden)
	o.send(t, request{method: "POST", path: "/questions/1", cookie: cookie, body: "text=x&csrf=" + csrf}).want(t,
		http.StatusSeeOther)
}
