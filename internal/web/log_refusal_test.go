package web

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

// Whoever runs the server sees in its log who was refused what, from where and why: attempts to sign in, to reach what
// is others', to get around what holds forms and files. What was typed is not in it.
func TestTheLogSaysWhatWasRefused(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "reporter")
	for _, c := range []struct {
		what string
		send request
		want []string
	}{
		{"a wrong password", request{method: "POST", path: "/login", body: "name=staff&password=wrong+horse"},
			[]string{"path=/login", "status=422", "refused=sign_in_failed"}},
		{"nobody's name", request{method: "POST", path: "/login", body: "name=typed-in-the-wrong-field&password=x"},
			[]string{"refused=sign_in_failed"}},
		{"a page of others", request{method: "GET", path: "/audit", cookie: cookie},
			[]string{"path=/audit", "status=403", "account=reporter", "refused=role_may_not_audit"}},
		{"a unit of others by the API", request{method: "GET", path: "/api/v1/years/2026/board?unit=west", as: "reporter"},
			[]string{"account=reporter", "refused=unit_not_yours"}},
		{"a form without its token", request{method: "POST", path: "/years/2026/mine", cookie: cookie, body: "a=b"},
			[]string{"account=reporter", "refused=request_foreign"}},
		{"a form of another site", request{method: "POST", path: "/login", body: "name=staff&password=correct+horse",
			header: map[string]string{"Sec-Fetch-Site": "cross-site"}}, []string{"refused=request_foreign"}},
		{"a form with a mistake", request{method: "POST", path: "/years/2026/entry", cookie: cookie,
			body: "indicator=screened&unit=east&date=2026-11-03&value=typed-nonsense&csrf=" + csrf},
			[]string{"status=422", "account=reporter"}},
		{"a token that is none", request{method: "GET", path: "/api/v1/years",
			header: map[string]string{"Authorization": "Bearer made-up-secret"}}, []string{"status=401", "refused="}},
		{"another name of this machine", request{method: "GET", path: "/", header: map[string]string{"Host": "evil.example"}},
			[]string{"status=421", "refused=host_refused"}},
	} {
		var log strings.Builder
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
		o.send(t, c.send)
		for _, want := range append(c.want, "msg=request", "from=0.0.0.0") {
			if !strings.Contains(log.String(), want) {
				t.Errorf("%s: the log does not say %s: %s", c.what, want, log.String())
			}
		}
		for _, typed := range []string{"wrong", "typed", "made-up", csrf, cookie} {
			if strings.Contains(log.String(), typed) {
				t.Errorf("%s: the log holds what was typed: %s", c.what, log.String())
			}
		}
	}
	var log strings.Builder
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	o.get(t, "leader", "/api/v1/years/2026/board").want(t, http.StatusOK)
	if strings.Contains(log.String(), "refused") || !strings.Contains(log.String(), "account=leader") {
		t.Errorf("what was answered: %s", log.String())
	}
}
