package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (b *bureau) lock(month int) {
	b.Helper()
	b.must(b.app.LockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: month}, "reported"))
}

// wantLocked checks for a refusal that names the month and who locked it.
func (b *bureau) wantLocked(err error, key string, month int) {
	b.Helper()
	var refusal *kpi.Error
	if !errors.As(err, &refusal) || refusal.Code != kpi.Conflict || refusal.Text.Key != key ||
		refusal.Text.Args[1] != month {
		b.Errorf("%v, want %s of month %d", err, key, month)
	}
}

// What a unit counted in a locked month stays where it was reported.
func TestAMoveLeavesLockedMonthsAlone(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.village("v", "east")
		b.village("new", "east")
		b.log("users", "v", "2026-01-10", 70)
		b.log("screened", "v", "2026-04-10", 4)
		b.lock(2)
		b.lock(3)
		b.wantLocked(b.move("v", "west", kpi.HistoryMove, ""), "move_month_locked", 2)
		b.wantLocked(b.move("v", "west", kpi.HistoryStay, "2026-03"), "move_month_locked", 3)
		b.wantAchieved("screened", "east", "4")
		b.must(b.move("new", "west", kpi.HistoryMove, "")) // it never counted anything
		b.must(b.move("v", "west", kpi.HistoryStay, "2026-04"))
		b.wantAchieved("screened", "west", "4")
		b.wantAchievedBy("2026-03", "users", "east", "70")
		b.wantVerified()
	})
}

// A locked month's spending stays; everything else in the line may change.
func TestWhatWasSpentInALockedMonthStays(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		line := kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Opening: kpi.Whole(100), Spent: kpi.Whole(30),
			Closing: kpi.Whole(70),
			Months:  [12]kpi.Amount{kpi.Whole(10), kpi.Whole(20)}}
		set := func(l kpi.BudgetLine) error { return b.app.SetBudget(ctx, b.staff, 2026, []kpi.BudgetLine{l}) }
		b.must(set(line))
		b.lock(2)
		moved := line
		moved.Months = [12]kpi.Amount{kpi.Whole(10), kpi.Whole(15), kpi.Whole(5)}
		b.wantLocked(set(moved), "budget_month_locked", 2)
		without := line
		without.Months = [12]kpi.Amount{}
		b.wantLocked(set(without), "budget_month_locked", 2)
		other := line
		other.Nature = kpi.ProjectSpend
		b.wantLocked(set(other), "budget_month_locked", 2)
		line.Months[3], line.Spent, line.Closing = kpi.Whole(7), kpi.Whole(37), kpi.Whole(63)
		b.must(set(line))
	})
}

// A locked month's entries accept no files, and offer neither correction nor withdrawal.
func TestALockedMonthsEntriesStayAsTheyAre(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		january, february := b.log("screened", "east", "2026-01-10", 1), b.log("screened", "east", "2026-02-10", 2)
		b.lock(1)
		attach := func(u kpi.Update) error {
			_, err := b.app.AttachEvidence(ctx, b.staff, u.ID,
				app.NewEvidence{Name: "a.pdf", Content: strings.NewReader("%PDF-1.4\n")})
			return err
		}
		b.wantLocked(attach(january), "month_locked", 1)
		b.must(attach(february))
		log, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026})
		b.must(err)
		for _, e := range log {
			locked := e.ID == january.ID
			if e.Open == locked || (e.Locked != nil) != locked {
				b.Errorf("entry of %s: open %v, locked %+v", e.Dated, e.Open, e.Locked)
			}
			b.wantMayAnswer(e)
		}
	})
}

// What was added while a month was reopened is listed: entries, and files of earlier ones.
func TestWhatCameInWhileAMonthWasOpenAgainIsListed(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		attach := func(u kpi.Update, name string) {
			t.Helper()
			_, err := b.app.AttachEvidence(ctx, b.staff, u.ID,
				app.NewEvidence{Name: name, Content: strings.NewReader("%PDF-1.4\n" + name)})
			b.must(err)
		}
		early, other, untouched := b.log("screened", "east", "2026-01-10", 1), b.log("screened", "east", "2026-02-10",
			2), b.log("screened", "west", "2026-01-12", 3)
		attach(untouched, "before.pdf")
		b.clock = b.clock.Add(time.Hour)
		b.lock(1)
		b.clock = b.clock.Add(time.Hour)
		b.must(b.app.UnlockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: 1}, "the list was missing"))
		b.clock = b.clock.Add(time.Hour)
		attach(early, "late.pdf")
		attach(other, "february.pdf")
		late := b.log("screened", "west", "2026-01-20", 5)
		attach(late, "its own.pdf")
		b.clock = b.clock.Add(time.Hour)
		b.lock(1)
		log, err := b.app.LockLog(ctx, b.staff, 2026)
		b.must(err)
		if len(log.Late) != 2 || log.Late[0].ID != early.ID || log.Late[1].ID != late.ID || len(log.Late[0].Evidence) != 1 {
			b.Errorf("%+v", log.Late)
		}
	})
}

// wantMayAnswer compares what a page offers with what the program allows.
func (b *bureau) wantMayAnswer(e app.LogEntry) {
	b.Helper()
	if err := b.app.MayAnswer(ctx, b.staff, e.ID); (err == nil) != e.Open {
		b.Errorf("entry %d is offered for correction: %v; it may be corrected: %v", e.ID, e.Open, err)
	}
}
