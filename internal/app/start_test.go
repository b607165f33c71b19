package app_test

import (
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (b *bureau) start(actor kpi.Actor, year kpi.Year) app.Start {
	b.Helper()
	board, err := b.app.Board(ctx, actor, app.Query{Year: year})
	b.must(err)
	s, err := b.app.Start(ctx, actor, board)
	b.must(err)
	return s
}

// An office that is no longer new is led, too, where a year begins empty: until something is logged in it.
func TestALaterYearThatBeginsEmptyIsLedToo(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		admin := kpi.Actor{Name: "admin", Role: kpi.Admin}
		b.clock = b.clock.AddDate(1, 0, 0)
		want := func(what, text string) {
			b.Helper()
			if got := stepsText(b.start(admin, 2027)); got != text {
				b.Errorf("%s: %q, want %q", what, got, text)
			}
		}
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027})
		b.must(err)
		want("empty", "indicators 0, targets 0, units 2 done, accounts 3 done")
		b.saved(app.Proposal{Year: 2027, Rows: []app.ProposedIndicator{{Name: "hearings", Measure: "场"}}})
		want("without targets", "indicators 1 done, targets 0, units 2 done, accounts 3 done")
		if away, err := b.app.StartPutAway(ctx, admin); err != nil || away {
			b.Errorf("nothing was put away: %v %v", away, err)
		}
		b.must(b.app.PutAwayStart(ctx, admin, false, app.StartSteps...))
		want("put away", "")
		if away, err := b.app.StartPutAway(ctx, admin); err != nil || !away {
			b.Errorf("the steps were put away: %v %v", away, err)
		}
		b.must(b.app.PutAwayStart(ctx, admin, true, app.StartSteps...))
		want("shown again", "indicators 1 done, targets 0, units 2 done, accounts 3 done")
		_, err = b.app.StartPutAway(ctx, b.staff)
		wantRefusal(b.T, err, kpi.Forbidden)
		known, _, err := b.app.Indicators(ctx)
		b.must(err)
		b.log(known[len(known)-1].Code, "county", "2027-06-01", 3)
		want("at work", "")
	})
}

func stepsText(s app.Start) string {
	var out []string
	for _, step := range s.Steps {
		text := fmt.Sprint(step.Name, " ", step.Have)
		if step.Done {
			text += " done"
		}
		if step.Away {
			text += " away"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// An administrator is led through the first steps until each is done or put away; others are told whom to ask.
func TestANewOfficeIsLedThroughItsFirstSteps(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		admin := kpi.Actor{Name: "admin", Role: kpi.Admin}
		want := func(text string) {
			b.Helper()
			if got := stepsText(b.start(admin, 2026)); got != text {
				b.Errorf("%q, want %q", got, text)
			}
		}
		want("indicators 5 done, targets 0, units 2 done, accounts 3 done")
		if s := b.start(b.staff, 2026); s.Empty || len(s.Steps)+len(s.Admins) > 0 {
			b.Errorf("staff on a filled board: %+v", s)
		}
		b.saved(app.Proposal{Year: 2026, Rows: []app.ProposedIndicator{{Name: "screened", Value: "5"}}})
		want("indicators 5 done, targets 1, units 2 done, accounts 3 done")
		wantRefusal(b.T, b.app.PutAwayStart(ctx, b.staff, false, app.StartTargets), kpi.Forbidden)
		wantRefusal(b.T, b.app.PutAwayStart(ctx, admin, false, "all"), kpi.Invalid)
		for range 2 {
			b.must(b.app.PutAwayStart(ctx, admin, false, app.StartTargets))
			want("")
		}
		b.must(b.app.PutAwayStart(ctx, admin, true, app.StartSteps...))
		want("indicators 5 done, targets 1, units 2 done, accounts 3 done")
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027})
		b.must(err)
		if s := b.start(admin, 2027); !s.Empty || !strings.HasPrefix(stepsText(s), "indicators 0, targets 0, units 2 done") {
			b.Errorf("a later year without indicators: %+v", s)
		}
		for _, actor := range []kpi.Actor{b.staff, b.east} {
			if s := b.start(actor, 2027); !s.Empty || strings.Join(s.Admins, " ") != "admin" {
				b.Errorf("%s on an empty board: %+v", actor.Name, s)
			}
		}
	})
}
