package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A slow request is a line that says what it waited for, and names no address, figure or text.
func TestASlowRequestSaysWhatItWaitedFor(t *testing.T) {
	o := smallOffice(t)
	var log bytes.Buffer
	o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	o.get(t, "staff", "/years/2026?unit=east").want(t, http.StatusOK)
	if log.Len() > 0 {
		t.Errorf("without a limit it says %s", log.String())
	}
	o.SlowAfter = time.Nanosecond
	o.get(t, "staff", "/years/2026/updates?unit=east").want(t, http.StatusOK)
	line := log.String()
	for _, want := range []string{"slow request", "route=/years/:year/updates", "account=staff", "database_ms=",
		"lock_ms=", "reading_queue_ms=", "rendering_ms=", "receiving_ms="} {
		if !strings.Contains(line, want) {
			t.Errorf("%q lacks %s", line, want)
		}
	}
	if strings.Contains(line, "east") || strings.Contains(line, "2026/") {
		t.Errorf("%q tells an address", line)
	}
	for range 100 {
		o.get(t, "staff", "/years/2026").want(t, http.StatusOK)
	}
	if lines := len(regexp.MustCompile("slow request").FindAllString(log.String(), -1)); lines != 20 {
		t.Errorf("%d lines in a minute", lines)
	}
	o.clock = o.clock.Add(time.Minute)
	o.get(t, "staff", "/years/2026").want(t, http.StatusOK)
	if !strings.Contains(log.String(), "not_logged=81") {
		t.Error("nobody is told how many were not logged")
	}
}
