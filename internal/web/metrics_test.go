package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// withMetrics is a small office that is watched.
func withMetrics(t *testing.T, who middleware.Metrics) *office {
	t.Helper()
	o := smallOffice(t)
	var err error
	o.Server, err = New(middleware.Config{App: o.app, Log: slog.New(slog.DiscardHandler), Metrics: who})
	must(t, err)
	return o
}

func TestMetricsCountWhatWasAskedAndLogged(t *testing.T) {
	o := withMetrics(t, middleware.MetricsOn)
	o.log(t, "east")
	o.log(t, "west")
	for range 3 {
		o.get(t, "leader", "/api/v1/years/2026/board").want(t, http.StatusOK)
	}
	o.get(t, "leader", "/api/v1/years/1999/board").want(t, http.StatusNotFound)
	metrics := o.get(t, "", "/metrics").want(t, http.StatusOK).body
	for _, want := range []string{
		`dabiao_http_requests_total{method="GET",route="/api/v1/years/:year/board",status="200"} 3`,
		`dabiao_http_requests_total{method="GET",route="/api/v1/years/:year/board",status="404"} 1`,
		`dabiao_http_request_seconds_count{route="/api/v1/years/:year/board"} 4`,
		"dabiao_updates_logged_total 2\n", "dabiao_database_waiting_changes 0\n", "go_goroutines ",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %q in:\n%s", want, metrics)
		}
	}
	if strings.Contains(metrics, "self_check_differences 0") {
		t.Error("no self-check ran, and it found nothing")
	}
	if strings.Contains(metrics, "dabiao_backup_drill") {
		t.Error("no drill ran, and is told of")
	}
	_, _, err := o.app.CheckSelf(ctx)
	must(t, err)
	if metrics = o.get(t, "", "/metrics").body; !strings.Contains(metrics, "dabiao_self_check_differences 0\n") {
		t.Error("the self-check does not show")
	}
	for _, secret := range append([]string{"east", kpi.Operator.Name}, secrets...) {
		if strings.Contains(metrics, secret) {
			t.Errorf("the metrics tell %q", secret)
		}
	}
}

// Whatever strangers ask for, the metrics grow by no line for it.
// Whoever watches is told while the database is away, too, and of all that can be told without it.
func TestMetricsAreSentWhileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	o, line := farOffice(t)
	var err error
	o.Server, err = New(middleware.Config{App: o.app, Log: slog.New(slog.DiscardHandler), Metrics: middleware.MetricsOn})
	must(t, err)
	line.Cut()
	metrics := o.get(t, "", "/metrics").want(t, http.StatusOK).body
	for _, want := range []string{`dabiao_maintenance{reason="no answer"} 1`, "dabiao_free_bytes{", "go_goroutines "} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %q in:\n%s", want, metrics)
		}
	}
	line.Mend()
	if metrics = o.get(t, "", "/metrics").body; !strings.Contains(metrics, `dabiao_maintenance{reason=""} 0`) {
		t.Errorf("once it is back:\n%s", metrics)
	}
}

func TestRequestsCannotSwellTheMetrics(t *testing.T) {
	o := withMetrics(t, middleware.MetricsOn)
	lines := func() int { return strings.Count(o.get(t, "", "/metrics").body, "dabiao_http_") }
	ask := func(i int) {
		for _, method := range []string{"GET", "POST", "BREW"} {
			o.send(t, request{method: method, path: fmt.Sprintf("/no/such/%d", i)})
			o.send(t, request{method: method, path: fmt.Sprintf("/years/%d/indicators/x%d", i, i)})
		}
		o.send(t, request{method: "GET", path: "/", header: map[string]string{"Host": fmt.Sprintf("h%d.example.com", i)}})
	}
	ask(0)
	lines() // the page counts itself
	before := lines()
	for i := range 50 {
		ask(i + 1)
	}
	if after := lines(); after != before {
		t.Errorf("%d lines, then %d", before, after)
	}
}

func TestMetricsAreForWhoWasChosen(t *testing.T) {
	off := withMetrics(t, middleware.MetricsOff)
	off.get(t, "admin", "/metrics").want(t, http.StatusNotFound)
	unset := withMetrics(t, "")
	unset.get(t, "admin", "/metrics").want(t, http.StatusNotFound)
	local := withMetrics(t, middleware.MetricsLocal) // the test's connection has no address, so it comes from elsewhere
	local.get(t, "admin", "/metrics").want(t, http.StatusNotFound)
}
