package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// failures are the details of the audit entries about sign-ins that failed, oldest first, with what they are about.
func (b *bureau) failures(f kpi.AuditFilter) (out []string) {
	b.Helper()
	f.Action = "session.fail"
	entries, err := b.app.Audit(ctx, kpi.Operator, f, 0, 1000)
	b.must(err)
	for _, e := range entries {
		if e.Actor != kpi.Program {
			b.Errorf("%s is said to have failed", e.Actor)
		}
		out = append([]string{e.Subject + " " + e.Detail}, out...)
	}
	return out
}

// A sign-in that fails is in the audit log, with the name if an account has it, and is found by the account's unit.
func TestAFailedSignInIsInTheAuditLog(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		here, there := app.Browser{Address: "192.0.2.1"}, app.Browser{Address: "192.0.2.2"}
		fail := func(name string, from app.Browser) {
			_, err := b.app.SignIn(ctx, name, "wrong", from)
			wantRefusal(b.T, err, kpi.Forbidden)
		}
		fail("east", here)
		fail("hunter22", here) // a password in the wrong field
		fail("east", there)
		got := b.failures(kpi.AuditFilter{})
		want := []string{`account east {"address":"192.0.2.1","times":1,"why":"sign_in_failed"}`,
			`sign-in {"address":"192.0.2.1","times":1,"why":"sign_in_failed"}`,
			`account east {"address":"192.0.2.2","times":1,"why":"sign_in_failed"}`}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			b.Errorf("%q", got)
		}
		for filter, want := range map[kpi.AuditFilter]int{{Subject: "account east"}: 2, {Unit: "east"}: 2, {Unit: "west"}: 0,
			{Subject: "sign-in"}: 1} {
			if got := b.failures(filter); len(got) != want {
				b.Errorf("%+v: %q", filter, got)
			}
		}
		_, err := b.app.SignIn(ctx, "east", "correct horse", here)
		b.must(err)
		if got := b.failures(kpi.AuditFilter{}); len(got) != 3 {
			b.Errorf("a sign-in that succeeds is told as one that failed: %q", got)
		}
		b.wantVerified()
	})
}

// Whoever fails again and again is told by powers of two, and whoever fails from everywhere by so many entries in a
// quarter of an hour: the log does not fill.
func TestFailedSignInsDoNotFillTheLog(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for range 30 {
			_, err := b.app.SignIn(ctx, "east", "wrong", app.Browser{Address: "192.0.2.1"})
			wantRefusal(b.T, err, kpi.Forbidden)
		}
		got := b.failures(kpi.AuditFilter{})
		if len(got) != 4 || !strings.Contains(got[3], `"times":8`) { // from then on they are not examined
			b.Errorf("%q", got)
		}
		b.clock = b.clock.Add(16 * time.Minute)
		for i := range 200 {
			_, err := b.app.SignIn(ctx, fmt.Sprintf("guess%d", i), "wrong",
				app.Browser{Address: fmt.Sprintf("198.51.100.%d", i)})
			wantRefusal(b.T, err, kpi.Forbidden)
		}
		got = b.failures(kpi.AuditFilter{})[len(got):]
		if len(got) != 60 || !strings.Contains(got[59], `"rest":"unlisted"`) || strings.Contains(got[58], "rest") {
			b.Errorf("%d entries, the last %q", len(got), got[len(got)-1])
		}
		b.clock = b.clock.Add(16 * time.Minute)
		_, err := b.app.SignIn(ctx, "east", "wrong", app.Browser{Address: "192.0.2.9"})
		wantRefusal(b.T, err, kpi.Forbidden)
		if again := b.failures(kpi.AuditFilter{}); len(again) != 4+60+1 {
			b.Errorf("a quarter of an hour later nothing is told: %d", len(again))
		}
		b.wantVerified()
	})
}
