package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (b *bureau) setReview(rule kpi.ReviewRule) {
	b.Helper()
	_, err := b.app.SetReview(ctx, kpi.Operator, rule)
	b.must(err)
}

func (b *bureau) review(actor kpi.Actor, act kpi.ReviewAct, reason string, ids ...kpi.UpdateID) app.ReviewResult {
	b.Helper()
	r, err := b.app.Review(ctx, actor, app.NewReview{Updates: ids, Act: act, Reason: reason})
	b.must(err)
	return r
}

func (b *bureau) correct(id kpi.UpdateID, code, unit string, day kpi.Date, n int64) kpi.Update {
	b.Helper()
	u, err := b.app.CorrectUpdate(ctx, b.staff, id, entry(code, unit, day, n), "counted again")
	b.must(err)
	return u
}

func TestSubmittedEntriesCountUntilTheyAreReturned(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		reviewer := b.account("li", kpi.Reviewer, "")
		b.log("screened", "east", "2026-01-10", 100) // before review was turned on
		b.setReview(kpi.SubmittedCount)
		u := b.log("screened", "east", "2026-02-10", 10)
		b.wantAchieved("screened", "county", "110")
		b.review(reviewer, kpi.ReviewReturn, "the list is missing", u.ID)
		b.wantAchieved("screened", "county", "100")
		e, err := b.app.Entry(ctx, b.staff, u.ID)
		b.must(err)
		if e.State != kpi.StateReturned || e.Counts || e.Review.Reason != "the list is missing" || e.Author != "clerk" {
			t.Errorf("returned: %+v, %+v", e, e.Review)
		}
		fixed := b.correct(u.ID, "screened", "east", "2026-02-10", 8)
		b.wantAchieved("screened", "county", "108")
		b.review(reviewer, kpi.ReviewApprove, "", fixed.ID)
		b.wantAchieved("screened", "county", "108")
		b.wantVerified()
	})
}

func TestOnlyWhatIsApprovedCountsWhenTheOfficeSaysSo(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		reviewer := b.account("li", kpi.Reviewer, "")
		for _, code := range []string{"screened", "users"} {
			b.setReview(kpi.ReviewOff)
			old := b.log(code, "east", "2026-01-10", 100)
			b.setReview(kpi.ApprovedCount)
			b.wantAchieved(code, "county", "100")
			fixed := b.correct(old.ID, code, "east", "2026-01-10", 90)
			b.wantAchieved(code, "county", "100") // the approved entry counts until the correction is approved
			b.review(reviewer, kpi.ReviewApprove, "", fixed.ID)
			b.wantAchieved(code, "county", "90")
			gone, err := b.app.WithdrawUpdate(ctx, b.staff, fixed.ID, "another county's", "", kpi.FromForm)
			b.must(err)
			b.wantAchieved(code, "county", "90")
			b.review(reviewer, kpi.ReviewReturn, "it is ours", gone.ID)
			again := b.correct(fixed.ID, code, "east", "2026-02-10", 95) // the withdrawal was returned
			b.wantAchieved(code, "county", "90")
			if _, err := b.app.WithdrawUpdate(ctx, b.staff, again.ID, "it was right", "", kpi.FromForm); err != nil {
				t.Fatal(err)
			}
			b.wantAchieved(code, "county", "90")
			last := b.correct(fixed.ID, code, "east", "2026-03-10", 96)
			b.review(reviewer, kpi.ReviewApprove, "", last.ID)
			b.wantAchieved(code, "county", "96")
			b.wantVerified()
		}
	})
}

func TestADraftCountsNothingAndIsItsAuthorsAlone(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		colleague := b.account("wang", kpi.Staff, "")
		n := entry("screened", "east", "2026-01-10", 100)
		n.Draft = true
		u, err := b.app.LogUpdate(ctx, b.staff, n)
		b.must(err)
		b.wantAchieved("screened", "county", "")
		_, err = b.app.SubmitUpdate(ctx, colleague, u.ID, "")
		wantRefusal(t, err, kpi.Forbidden, "submit_not_yours")
		_, err = b.app.CorrectUpdate(ctx, colleague, u.ID, n, "mine now")
		wantRefusal(t, err, kpi.Forbidden, "draft_not_yours")
		n.Quantity = kpi.Exactly(kpi.Whole(70))
		u, err = b.app.CorrectUpdate(ctx, b.staff, u.ID, n, "") // a draft needs no reason
		b.must(err)
		for range 2 { // sent twice, submitted once
			_, err = b.app.SubmitUpdate(ctx, b.staff, u.ID, "key")
			b.must(err)
		}
		b.wantAchieved("screened", "county", "70")
		_, err = b.app.SubmitUpdate(ctx, b.staff, u.ID, "other key")
		wantRefusal(t, err, kpi.Conflict, "submit_twice")
		b.setReview(kpi.ApprovedCount)
		b.wantAchieved("screened", "county", "70") // it was logged while nothing was reviewed
		b.wantVerified()
	})
}

func TestTwoReviewersAtOnce(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		li, chen := b.account("li", kpi.Reviewer, ""), b.account("chen", kpi.Reviewer, "")
		b.setReview(kpi.ApprovedCount)
		first, second := b.log("screened", "east", "2026-01-10", 1), b.log("screened", "west", "2026-01-10", 2)
		own, err := b.app.LogUpdate(ctx, li, entry("screened", "county", "2026-01-10", 4))
		b.must(err)
		b.review(chen, kpi.ReviewApprove, "", first.ID)
		want := func(r app.ReviewResult) {
			t.Helper()
			if len(r.Done) != 1 || r.Done[0] != second.ID || len(r.Skipped) != 2 ||
				r.Skipped[0].Err.Text.Key != "review_done_approve" || r.Skipped[1].Err.Text.Key != "review_own" {
				t.Errorf("%+v", r)
			}
		}
		n := app.NewReview{Updates: []kpi.UpdateID{own.ID, first.ID, second.ID}, Act: kpi.ReviewApprove, Key: "k"}
		r, err := b.app.Review(ctx, li, n)
		b.must(err)
		want(r)
		b.wantAchieved("screened", "county", "3")
		r, err = b.app.Review(ctx, li, n)
		b.must(err)
		if len(r.Done) != 1 || r.Done[0] != second.ID || len(r.Skipped) != 2 {
			t.Errorf("sent again: %+v", r)
		}
		_, err = b.app.Review(ctx, b.staff, n)
		wantRefusal(t, err, kpi.Forbidden, "role_may_not_review")
		_, err = b.app.Review(ctx, li, app.NewReview{Updates: n.Updates, Act: kpi.ReviewReturn})
		wantRefusal(t, err, kpi.Invalid, "reason_missing")
		b.wantVerified()
	})
}

func TestAClosedYearAndALockedMonthHoldNothingThatWaits(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		reviewer := b.account("li", kpi.Reviewer, "")
		january := kpi.Period{Year: 2026, Month: 1}
		b.setReview(kpi.SubmittedCount)
		u := b.log("screened", "east", "2026-01-10", 1)
		moved := b.correct(u.ID, "screened", "east", "2026-02-10", 2) // waits in February, changes January
		wantRefusal(t, b.app.LockMonth(ctx, reviewer, january, ""), kpi.Conflict, "month_has_waiting")
		wantRefusal(t, b.app.CloseYear(ctx, kpi.Operator, 2026, "done"), kpi.Conflict, "year_has_waiting")
		b.review(reviewer, kpi.ReviewApprove, "", moved.ID)
		b.must(b.app.LockMonth(ctx, reviewer, january, ""))
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
	})
}

func TestNothingIsLoggedInALockedMonthUntilItIsOpenedAgain(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		reviewer := b.account("li", kpi.Reviewer, "")
		january := kpi.Period{Year: 2026, Month: 1}
		u := b.log("screened", "east", "2026-01-10", 1)
		wantRefusal(t, b.app.LockMonth(ctx, b.staff, january, ""), kpi.Forbidden, "role_may_not_lock")
		wantRefusal(t, b.app.LockMonth(ctx, reviewer, kpi.Period{Year: 2026, Month: 7}, ""), kpi.Invalid, "lock_in_future")
		b.must(b.app.LockMonth(ctx, reviewer, january, "the bulletin is out"))
		wantRefusal(t, b.app.LockMonth(ctx, reviewer, january, ""), kpi.Conflict, "month_lock_twice")
		_, err := b.app.LogUpdate(ctx, b.staff, entry("screened", "east", "2026-01-11", 1))
		wantRefusal(t, err, kpi.Conflict, "month_locked")
		_, err = b.app.CorrectUpdate(ctx, b.staff, u.ID, entry("screened", "east", "2026-02-11", 1), "moved")
		wantRefusal(t, err, kpi.Conflict, "month_locked")
		_, err = b.app.WithdrawUpdate(ctx, b.staff, u.ID, "wrong", "", kpi.FromForm)
		wantRefusal(t, err, kpi.Conflict, "month_locked")
		later := b.log("screened", "east", "2026-02-10", 1)
		_, err = b.app.CorrectUpdate(ctx, b.staff, later.ID, entry("screened", "east", "2026-01-11", 1), "moved")
		wantRefusal(t, err, kpi.Conflict, "month_locked")
		refused, err := b.app.LogUpdates(ctx, b.staff, "list.xlsx",
			[]kpi.NewUpdate{entry("screened", "east", "2026-01-11", 1)})
		b.must(err)
		if len(refused) != 1 || refused[0].Err.Text.Key != "month_locked" {
			t.Errorf("bulk: %+v", refused)
		}
		wantRefusal(t, b.app.UnlockMonth(ctx, reviewer, january, " "), kpi.Invalid, "reason_missing")
		b.must(b.app.UnlockMonth(ctx, reviewer, january, "west was forgotten"))
		late := b.log("screened", "west", "2026-01-20", 5)
		b.log("screened", "west", "2026-02-20", 5)
		b.must(b.app.LockMonth(ctx, kpi.Operator, january, ""))
		b.log("screened", "west", "2026-02-21", 5)
		log, err := b.app.LockLog(ctx, b.staff, 2026)
		b.must(err)
		if len(log.Locks) != 3 || len(log.Late) != 1 || log.Late[0].ID != late.ID ||
			log.Late[0].Lock.Reason != "west was forgotten" {
			t.Errorf("%+v", log)
		}
		b.wantVerified()
	})
}

func TestTheHistoryTellsEveryStepWithItsReason(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		reviewer := b.account("li", kpi.Reviewer, "")
		b.setReview(kpi.SubmittedCount)
		u := b.log("screened", "east", "2026-01-10", 10)
		b.clock = b.clock.Add(1e9)
		b.review(reviewer, kpi.ReviewReturn, "no list", u.ID)
		b.clock = b.clock.Add(1e9)
		fixed := b.correct(u.ID, "screened", "east", "2026-01-10", 9)
		b.clock = b.clock.Add(1e9)
		b.review(reviewer, kpi.ReviewApprove, "", fixed.ID)
		for _, id := range []kpi.UpdateID{u.ID, fixed.ID} {
			steps, err := b.app.History(ctx, b.staff, id)
			b.must(err)
			got := ""
			for _, s := range steps {
				act := string(s.Entry.Act)
				if s.Review != nil {
					act = string(s.Review.Act)
				}
				got += fmt.Sprintf("%s by %s (%s); ", act, s.ByName, s.Reason)
			}
			if want := "log by clerk (); return by li (no list); correct by clerk (counted again); approve by li (); "; got != want {
				t.Errorf("history: %s", got)
			}
		}
	})
}

// Whatever is logged, corrected, withdrawn, drafted, submitted, approved, returned and switched, in any
// order: the roll-up is what the log adds up to under the rule in force.
func TestRollUpEqualsTheLogAfterAnySequenceOfReviews(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		rng := rand.New(rand.NewPCG(31, 8))
		reviewer := b.account("li", kpi.Reviewer, "")
		codes, units := []string{"screened", "users", "disputes"}, []string{"county", "east", "west"}
		var ids []kpi.UpdateID
		pick := func() kpi.UpdateID { return ids[max(0, len(ids)-1-rng.IntN(8))] }
		took := map[string]int{}
		try := func(what string, err error) {
			b.Helper()
			if err == nil {
				took[what]++
			} else if _, refused := err.(*kpi.Error); !refused {
				b.Fatal(what, err)
			}
		}
		for i := range 400 {
			n := entry(codes[rng.IntN(3)], units[rng.IntN(3)],
				kpi.Date(fmt.Sprintf("2026-%02d-%02d", 1+rng.IntN(5), 1+rng.IntN(28))), rng.Int64N(1000))
			n.Draft = rng.IntN(6) == 0
			switch kind := rng.IntN(12); {
			case len(ids) < 5 || kind < 3:
				u, err := b.app.LogUpdate(ctx, b.staff, n)
				b.must(err)
				ids = append(ids, u.ID)
			case kind < 5:
				old, err := b.app.Entry(ctx, b.staff, pick())
				b.must(err)
				n.Indicator = old.Indicator.Code
				u, err := b.app.CorrectUpdate(ctx, b.staff, old.ID, n, "random")
				if try("correct", err); err == nil {
					ids = append(ids, u.ID)
				}
			case kind < 6:
				u, err := b.app.WithdrawUpdate(ctx, b.staff, pick(), "random", "", kpi.FromForm)
				if try("withdraw", err); err == nil {
					ids = append(ids, u.ID)
				}
			case kind < 8:
				_, err := b.app.SubmitUpdate(ctx, b.staff, pick(), "")
				try("submit", err)
			case kind < 11:
				act := []kpi.ReviewAct{kpi.ReviewApprove, kpi.ReviewReturn}[rng.IntN(2)]
				took[string(act)] += len(b.review(reviewer, act, "random", pick(), pick(), pick()).Done)
			default:
				b.setReview(kpi.ReviewRules[rng.IntN(3)])
				took["switch"]++
			}
			if i%20 == 0 {
				b.wantVerified()
			}
		}
		b.wantVerified()
		for _, what := range []string{"correct", "withdraw", "submit", "approve", "return", "switch"} {
			if took[what] < 5 {
				t.Errorf("%s happened %d times only", what, took[what])
			}
		}
	})
}
