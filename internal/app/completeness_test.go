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
		b.inJanuary(func() { b.mustTarget("screened", "east", 12) })
		b.wantCompleteness("east 0/5 1 2 3 4 5; west 0/0")
		for m := 1; m <= 5; m++ {
			b.log("screened", "east", kpi.Period{Year: 2026, Month: m}.Start(), int64(m%2)) // a 0 counts as logged
		}
		u := b.log("screened", "west", "2026-04-30", 3) // without a target, but logged
		b.wantCompleteness("east 5/5; west 1/5 1 2 3 5")
		_, err := b.app.WithdrawUpdate(ctx, b.staff, u.ID, "was east's", "", kpi.FromForm)
		b.must(err)
		b.clock = time.Date(2026, 7, 6, 9, 0, 0, 0, time.UTC)
		if got := b.completeness(b.staff); !strings.HasPrefix(got, "east 5/6 6") {
			b.Errorf("on 6 July June is late: %s", got)
		}
	})
}

func TestAVillagesEntryReportsForItsTownship(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.inJanuary(func() {
			_, err := b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "village", Name: "village", Parent: "east"})
			b.must(err)
		})
		b.log("screened", "village", "2026-05-30", 3)
		b.wantCompleteness("east 1/5 1 2 3 4; west 0/0")
		if got := b.completeness(b.east); got != "village 1/5 1 2 3 4" {
			b.Errorf("the township sees %s", got)
		}
		_, err := b.app.Completeness(ctx, b.east, app.Query{Year: 2026, Unit: "west"})
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
		b.inJanuary(func() { b.mustTarget("screened", "east", 12) })
		_, err = b.app.LogUpdate(ctx, b.east, entry("screened", "east", "2026-05-30", 3))
		b.must(err)
		b.wantAchieved("screened", "east", "")
		b.wantCompleteness("east 1/5 1 2 3 4; west 0/0")
	})
}

// A year that is set up in November owes nothing for the months before; what a unit logs of them counts.
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
		east, west := c.Units[0], c.Units[1]
		if len(east.Late())+len(west.Late()) > 0 || east.Rate(0).Ok() || west.Rate(0).Value != 100_00 {
			b.Errorf("late are %v and %v; of what was due %v and %v is there", east.Late(), west.Late(), east.Rate(0), west.Rate(0))
		}
	})
}

// Whatever came in October is late for nothing before it: an indicator, a unit, a target, someone who answers for it.
func TestWhatCameInOctoberIsLateForNothingBefore(t *testing.T) {
	october := time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		in   func(b *bureau)
		want string // on 6 December
	}{
		"everything in January": {func(b *bureau) { b.inJanuary(func() { b.mustTarget("screened", "east", 12) }) },
			"east 0/11 1 2 3 4 5 6 7 8 9 10 11; west 0/0"},
		"a target": {func(b *bureau) { b.mustTarget("screened", "east", 12) }, "east 0/2 10 11; west 0/0"},
		"a target that is revised": {func(b *bureau) {
			b.inJanuary(func() { b.mustTarget("screened", "east", 12) })
			_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Unit: "east", Target: kpi.Target{
				Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(24), Reason: "more"}})
			b.must(err)
		}, "east 0/11 1 2 3 4 5 6 7 8 9 10 11; west 0/0"},
		"an indicator": {func(b *bureau) {
			b.indicator("leaflets", kpi.Flow, "份")
			b.mustTarget("leaflets", "east", 12)
		}, "east 0/2 10 11; west 0/0"},
		"a unit": {func(b *bureau) {
			_, err := b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "north", Name: "north", Parent: "county"})
			b.must(err)
			b.mustTarget("screened", "north", 12)
		}, "east 0/0; west 0/0; north 0/2 10 11"},
		"units of a table": {func(b *bureau) {
			_, err := b.app.ImportUnits(ctx, kpi.Operator, []app.UnitRow{{Row: 2,
				NewUnit: app.NewUnit{Code: "north", Name: "north", Parent: "county"}}}, false)
			b.must(err)
			b.log("screened", "north", "2026-10-11", 1)
		}, "east 0/0; west 0/0; north 1/2 11"},
		"earlier months are logged, too": {func(b *bureau) {
			b.mustTarget("screened", "east", 12)
			b.log("screened", "east", "2026-03-31", 3)
		}, "east 1/3 10 11; west 0/0"},
		"a unit moves": {func(b *bureau) {
			b.inJanuary(func() { b.mustTarget("screened", "east", 12) })
			b.must(b.move("east", "west", kpi.HistoryStay, "2026-10"))
			b.must(b.move("east", "county", kpi.HistoryStay, "2026-10"))
		}, "west 0/0; east 0/11 1 2 3 4 5 6 7 8 9 10 11"},
		"it comes back into use": {func(b *bureau) {
			b.inJanuary(func() { b.mustTarget("screened", "east", 12) })
			b.clock = june
			b.archive("screened", true)
			b.clock = october
			b.archive("screened", false)
		}, "east 0/2 10 11; west 0/0"},
		"it was away for a minute": {func(b *bureau) {
			b.inJanuary(func() { b.mustTarget("screened", "east", 12) })
			b.archive("screened", true)
			b.archive("screened", false)
		}, "east 0/11 1 2 3 4 5 6 7 8 9 10 11; west 0/0"},
	} {
		t.Run(name, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				b.clock = october
				c.in(b)
				b.clock = time.Date(2026, 12, 6, 9, 0, 0, 0, time.UTC)
				b.wantCompleteness(c.want)
			})
		})
	}
}

func (b *bureau) archive(code string, away bool) {
	b.Helper()
	_, err := b.app.EditIndicator(ctx, b.staff, code, app.IndicatorEdit{Archived: &away})
	b.must(err)
}

// At the office somebody has to answer for an indicator before it can be late: by a target, by having taken it on, or
// by being named; the earliest of them counts, and what was logged last year was asked for all along.
func TestAnOfficesIndicatorIsLateSinceSomebodyAnswersForIt(t *testing.T) {
	own := func(b *bureau) { b.must(b.app.SetOwned(ctx, b.staff, 2026, []string{"screened"})) }
	owner := "clerk"
	name := func(b *bureau) {
		_, err := b.app.EditIndicator(ctx, b.staff, "screened", app.IndicatorEdit{Owner: &owner})
		b.must(err)
	}
	for story, c := range map[string]struct {
		january, october func(b *bureau)
		want             int
	}{
		"taken on in January":         {own, func(*bureau) {}, 9},
		"taken on in October":         {func(*bureau) {}, own, 0},
		"named in October":            {func(*bureau) {}, name, 0},
		"named in January":            {name, own, 9},
		"a target, then a new person": {func(b *bureau) { b.mustTarget("screened", "county", 12) }, own, 9},
		"a person, then a target":     {own, func(b *bureau) { b.mustTarget("screened", "county", 12) }, 9},
		"both in October": {func(*bureau) {}, func(b *bureau) {
			own(b)
			b.mustTarget("screened", "county", 12)
		}, 0},
	} {
		t.Run(story, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				b.inJanuary(func() { c.january(b) })
				b.clock = time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC)
				c.october(b)
				m, err := b.app.Mine(ctx, b.staff, 2026)
				b.must(err)
				late := -1
				for _, ind := range m.Indicators {
					if ind.Figure.Indicator.Code == "screened" {
						late = len(ind.Duty.Late)
					}
				}
				if late != c.want {
					b.Errorf("%d months are late, want %d", late, c.want)
				}
			})
		})
	}
}

// A target set today is no overdue report tomorrow; after its first due day it is.
func TestANewTargetIsNoOverdueReport(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.compared(0)
		b.mustTarget("screened", "county", 120)
		b.compared(0)
		b.clock = time.Date(2026, 7, 5, 9, 0, 0, 0, time.UTC)
		b.compared(0)
		b.clock = time.Date(2026, 7, 6, 9, 0, 0, 0, time.UTC)
		b.compared(1)
	})
}
