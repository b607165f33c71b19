package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// completeness returns "unit logged/asked" for the months due, followed by the late months.
func (b *bureau) completeness(actor kpi.Actor) string {
	b.Helper()
	c, err := b.app.Completeness(ctx, actor, app.Query{Year: 2026})
	b.must(err)
	var out []string
	for _, u := range c.Units {
		asked, logged := u.Sum(0)
		line := fmt.Sprintf("%s %d/%d", u.Unit.Code, logged, asked)
		for _, m := range u.Late() {
			line += fmt.Sprintf(" %d", m.Period.Month)
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func (b *bureau) wantCompleteness(want string) {
	b.Helper()
	if got := b.completeness(b.staff); got != want {
		b.Errorf("%s, want %s", got, want)
	}
}

func TestWhoHasReportedFollowsTheLog(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.wantCompleteness("east 0/0; west 0/0") // nothing was due from anyone
		_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Unit: "east",
			Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(12)}})
		b.must(err)
		b.wantCompleteness("east 0/5 1 2 3 4 5; west 0/0")
		for m := 1; m <= 5; m++ {
			b.log("screened", "east", kpi.Period{Year: 2026, Month: m}.Start(), int64(m%2)) // a 0 counts as logged
		}
		u := b.log("screened", "west", "2026-04-30", 3) // without a target, but logged
		b.wantCompleteness("east 5/5; west 1/5 1 2 3 5")
		_, err = b.app.WithdrawUpdate(ctx, b.staff, u.ID, "was east's", "", kpi.FromForm)
		b.must(err)
		b.clock = time.Date(2026, 7, 6, 9, 0, 0, 0, time.UTC)
		if got := b.completeness(b.staff); !strings.HasPrefix(got, "east 5/6 6") {
			b.Errorf("on 6 July June is late: %s", got)
		}
	})
}

func TestAVillagesEntryReportsForItsTownship(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "village", Name: "village", Parent: "east"})
		b.must(err)
		b.log("screened", "village", "2026-05-30", 3)
		b.wantCompleteness("east 1/5 1 2 3 4; west 0/0")
		if got := b.completeness(b.east); got != "village 1/5 1 2 3 4" {
			b.Errorf("the township sees %s", got)
		}
		_, err = b.app.Completeness(ctx, b.east, app.Query{Year: 2026, Unit: "west"})
		wantRefusal(b.T, err, kpi.Forbidden, "unit_not_yours")
		_, err = b.app.Reminders(ctx, b.east, app.Query{Year: 2026})
		wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_report")
	})
}

// An entry awaiting review does not count yet, but is logged all the same.
func TestWhatWaitsForReviewWasReported(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.SetReview(ctx, kpi.Operator, kpi.ApprovedCount)
		b.must(err)
		_, err = b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Unit: "east",
			Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(12)}})
		b.must(err)
		_, err = b.app.LogUpdate(ctx, b.east, entry("screened", "east", "2026-05-30", 3))
		b.must(err)
		b.wantAchieved("screened", "east", "")
		b.wantCompleteness("east 1/5 1 2 3 4; west 0/0")
	})
}

// A year that is set up in November owes nothing for the months before, except from where a unit has begun to log.
func TestAYearSetUpLateOwesNothingFromBefore(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.clock = time.Date(2027, 11, 30, 9, 0, 0, 0, time.UTC)
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027, From: 2026})
		b.must(err)
		for _, unit := range []string{"east", "west"} {
			_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Unit: unit,
				Target: kpi.Target{Year: 2027, Sign: kpi.AtLeastSign, Amount: kpi.Whole(12)}})
			b.must(err)
		}
		b.log("screened", "west", "2027-08-31", 3)
		c, err := b.app.Completeness(ctx, b.staff, app.Query{Year: 2027})
		b.must(err)
		if east, west := len(c.Units[0].Late()), len(c.Units[1].Late()); east != 0 || west != 2 {
			b.Errorf("%d months of east and %d of west are late, want none, and September and October", east, west)
		}
	})
}
