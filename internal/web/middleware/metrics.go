package middleware

import (
	"context"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/spent"
)

// Metrics says who may read /metrics.
type Metrics string

const (
	MetricsOff   Metrics = "off"
	MetricsLocal Metrics = "local" // programs on this machine, but not requests that come through a proxy on it
	MetricsOn    Metrics = "on"    // whoever reaches the server
)

// metrics are the metrics of this process. Label values come from the route table, the known methods and
// the statuses we send, so that requests cannot create new ones.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	serve    fiber.Handler
}

func newMetrics(a *app.App, slow *spent.Lines) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "dabiao_http_requests_total",
			Help: "Requests answered, by method, route pattern and status."}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "dabiao_http_request_seconds",
			Help: "Time to make an answer, by route pattern.", Buckets: []float64{.001, .005, .025, .1, .5, 2.5, 10}},
			[]string{"route"}),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.seconds, records{a, slow}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.serve = adaptor.HTTPHandler(promhttp.HandlerFor(registry,
		promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	return m
}

// observe counts an answered request.
func (m *metrics) observe(c *fiber.Ctx, took time.Duration) {
	if m == nil {
		return
	}
	route := routeOf(c)
	m.requests.WithLabelValues(c.Method(), route, strconv.Itoa(c.Response().StatusCode())).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// routeOf returns the pattern of a request's address.
func routeOf(c *fiber.Ctx) string {
	route := c.Route().Path
	if route == "/" && c.Path() != "/" { // a middleware's route: no handler matched
		return "other"
	}
	return route
}

// Measured reports whether this server keeps metrics.
func (s *Server) Measured() bool { return s.metrics != nil }

// GetMetrics serves the metrics to those who may read them; to others there is no such page.
func (s *Server) GetMetrics(c *fiber.Ctx, _ *Visit) error {
	if s.Metrics != MetricsOn && !fromHere(c) {
		return ErrNoPage
	}
	return s.metrics.serve(c)
}

// passedOn are headers by which proxies say that they pass a request on, beside those that begin with X-Forwarded.
var passedOn = []string{"Forwarded", "Via", "X-Real-Ip", "X-Client-Ip", "X-Original-Host", "X-Original-Url",
	"True-Client-Ip", "Cf-Connecting-Ip", "X-Cluster-Client-Ip"}

// fromHere reports whether a request was made by a program on this machine. A proxy on it names another
// host, sends a header of those it has added, or speaks HTTP/1.0, as nginx does unless told otherwise.
func fromHere(c *fiber.Ctx) bool {
	for name := range c.GetReqHeaders() {
		if strings.HasPrefix(name, "X-Forwarded") || slices.Contains(passedOn, name) {
			return false
		}
	}
	if !c.Request().Header.IsHTTP11() {
		return false
	}
	host := c.Hostname()
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(host)
	return c.Context().RemoteIP().IsLoopback() && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// records collects metrics from the database each time they are read.
type records struct {
	app  *app.App
	slow *spent.Lines // requests
}

var (
	entriesDesc = prometheus.NewDesc("dabiao_updates_logged_total",
		"Entries of the log, all there ever were, corrections and withdrawals among them.", nil, nil)
	bytesDesc   = prometheus.NewDesc("dabiao_database_bytes", "Size of the database.", nil, nil)
	changesDesc = prometheus.NewDesc("dabiao_database_changes_total",
		"Changes begun since the program began.", nil, nil)
	commitsDesc = prometheus.NewDesc("dabiao_database_commits_total", "Commits those changes shared.", nil, nil)
	waitedDesc  = prometheus.NewDesc("dabiao_database_write_wait_seconds_total",
		"Time all changes together waited for their turn.", nil, nil)
	waitingDesc = prometheus.NewDesc("dabiao_database_waiting_changes",
		"Changes that wait for their turn now.", nil, nil)
	slowDesc = prometheus.NewDesc("dabiao_slow_queries_total",
		"Statements that took longer than --slow-after since the program began.", nil, nil)
	slowRequestsDesc = prometheus.NewDesc("dabiao_slow_requests_total",
		"Requests that took longer than --slow-after since the program began.", nil, nil)
	differencesDesc = prometheus.NewDesc("dabiao_self_check_differences",
		"Differences the last self-check found; 0 is well.", nil, nil)
	auditDesc = prometheus.NewDesc("dabiao_audit_entries",
		"Entries of the audit log; code stands for all of them, for `dabiao verify --head`.", []string{"code"}, nil)
	freeDesc = prometheus.NewDesc("dabiao_free_bytes", "Bytes that may still be written to a folder.",
		[]string{"folder"}, nil)
	stoppedDesc = prometheus.NewDesc("dabiao_maintenance",
		"1 while nothing can be saved, with the reason; 0 is well.", []string{"reason"}, nil)
	backupDesc = prometheus.NewDesc("dabiao_backup_timestamp_seconds",
		"When the newest copy in a folder of backups was made; 0: there is none, or the folder is away.", []string{"folder"}, nil)
	backupFailedDesc = prometheus.NewDesc("dabiao_backup_failures_total",
		"Copies that came to nothing since the program began.", []string{"folder"}, nil)
	drillDesc = prometheus.NewDesc("dabiao_backup_drill_differences",
		"Differences found when the newest copy was last restored and compared; 0 is well. Absent until one was.", nil, nil)
	drilledDesc = prometheus.NewDesc("dabiao_backup_drill_timestamp_seconds",
		"When a copy was last restored and compared; absent until one was.", nil, nil)
	replicaDesc = prometheus.NewDesc("dabiao_replica_timestamp_seconds",
		"The moment up to which everything is in the replica; 0: nothing was copied since the program began.", []string{"folder"}, nil)
	replicaEndedDesc = prometheus.NewDesc("dabiao_replica_restarts_total",
		"Times the process that writes the replica ended and was begun again.", []string{"folder"}, nil)
	checkedDesc = prometheus.NewDesc("dabiao_self_check_timestamp_seconds", "When the last self-check ran.", nil, nil)
)

// Describe implements prometheus.Collector.
func (records) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{entriesDesc, bytesDesc, changesDesc, commitsDesc, waitedDesc, waitingDesc,
		slowDesc, slowRequestsDesc,
		differencesDesc, checkedDesc, auditDesc, freeDesc, stoppedDesc,
		backupDesc, backupFailedDesc, drillDesc, drilledDesc, replicaDesc, replicaEndedDesc} {
		to <- d
	}
}

// Collect implements prometheus.Collector. Before the first self-check it sends nothing about it, since
// a 0 would claim that all is well. What cannot be read keeps nothing else from being sent.
func (r records) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	stats, err := r.app.Stats(ctx)
	r.collectState(to, errors.As(err, new(*kpi.Away)))
	if err != nil {
		to <- prometheus.NewInvalidMetric(entriesDesc, err)
		return
	}
	count := func(d *prometheus.Desc, v float64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v)
	}
	gauge := func(d *prometheus.Desc, v float64) { to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	count(entriesDesc, float64(stats.Entries))
	gauge(bytesDesc, float64(stats.Bytes))
	count(changesDesc, float64(stats.Changes))
	count(commitsDesc, float64(stats.Commits))
	count(waitedDesc, stats.Waited.Seconds())
	gauge(waitingDesc, float64(stats.Waiting))
	count(slowDesc, float64(stats.Slow))
	to <- prometheus.MustNewConstMetric(auditDesc, prometheus.GaugeValue, float64(stats.Audit.Entries),
		stats.Audit.String())
	switch check, err := r.app.LastSelfCheck(ctx); {
	case err != nil:
		to <- prometheus.NewInvalidMetric(checkedDesc, err)
	case check.At != 0:
		gauge(differencesDesc, float64(check.Differences))
		gauge(checkedDesc, float64(check.At)/1000)
	}
}

// collectState sends what can be told without the database, which may be away.
func (r records) collectState(to chan<- prometheus.Metric, away bool) {
	for _, folder := range r.app.Folders() {
		if folder.Err == nil {
			to <- prometheus.MustNewConstMetric(freeDesc, prometheus.GaugeValue, float64(folder.Free), folder.Name)
		}
	}
	to <- prometheus.MustNewConstMetric(slowRequestsDesc, prometheus.CounterValue, float64(r.slow.Slow.Load()))
	r.collectBackups(to)
	if f := r.app.Replica(); f.Folder != "" {
		to <- prometheus.MustNewConstMetric(replicaDesc, prometheus.GaugeValue, float64(f.Copied)/1000, f.Folder)
		to <- prometheus.MustNewConstMetric(replicaEndedDesc, prometheus.CounterValue, float64(f.Ended), f.Folder)
	}
	stopped := func(v float64, reason string) {
		to <- prometheus.MustNewConstMetric(stoppedDesc, prometheus.GaugeValue, v, reason)
	}
	switch stops := r.app.State().Stops; {
	case stops != nil:
		stopped(1, stops.Text.Key)
	case away:
		stopped(1, "no answer") // as /readyz says
	default:
		stopped(0, "")
	}
}

// collectBackups sends what is known of the copies; nothing of a folder that was not looked at yet.
func (r records) collectBackups(to chan<- prometheus.Metric) {
	for _, f := range r.app.BackupFolders() {
		if f.Looked {
			to <- prometheus.MustNewConstMetric(backupDesc, prometheus.GaugeValue, float64(f.Newest/1000), f.Dir)
		}
		to <- prometheus.MustNewConstMetric(backupFailedDesc, prometheus.CounterValue, float64(f.Failures), f.Dir)
	}
	if d := r.app.LastDrill(); d.At != 0 {
		to <- prometheus.MustNewConstMetric(drillDesc, prometheus.GaugeValue, float64(d.Differences))
		to <- prometheus.MustNewConstMetric(drilledDesc, prometheus.GaugeValue, float64(d.At)/1000)
	}
}
