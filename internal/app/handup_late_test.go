package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func count(code, unit string, day kpi.Date, n int64) kpi.NewUpdate {
	return kpi.NewUpdate{Indicator: code, Unit: unit, Dated: day, Quantity: kpi.Exactly(kpi.Whole(n)),
		Origin: kpi.FromForm}
}

// oneBelow is an office above with one below, mapped, on 10 April.
func oneBelow(above *upOffice, below func(int) *upOffice) *upOffice {
	o := below(1)
	*above.clock, *o.clock = april, april
	o.mapAll(above, "c01")
	return o
}

// What is corrected below after it was handed up corrects the entry above, with the package as its reason.
func TestALateCorrectionCorrectsWhatWasTaken(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		first := o.log(count("px", "t1", "2026-03-05", 120))
		gone := o.log(count("px", "t2", "2026-02-05", 40))
		o.log(count("users", "t1", "2026-02-10", 500))
		file := o.pack()
		above.take(file, app.PackageAnswers{})
		above.wantAchieved("trained", "c01", "160")

		if again := above.take(file, app.PackageAnswers{}); again.Logged+again.Corrected+again.Withdrawn != 0 {
			t.Errorf("the same package again: %+v", again)
		}
		*o.clock = o.clock.Add(48 * time.Hour)
		*above.clock = *o.clock
		_, err := o.app.CorrectUpdate(ctx, kpi.Operator, first.ID, count("px", "t1", "2026-03-05", 131), "漏报 11 人")
		o.must(err)
		_, err = o.app.WithdrawUpdate(ctx, kpi.Operator, gone.ID, "重复", "", kpi.FromForm)
		o.must(err)
		o.log(count("users", "t1", "2026-03-10", 520))
		second, err := above.app.BringPackage(ctx, kpi.Operator, o.pack())
		above.must(err)
		plan, err := above.app.PackagePlan(ctx, kpi.Operator, second.ID)
		above.must(err)
		var told []string
		for _, c := range plan.Changes {
			by, _ := c.Difference()
			told = append(told, fmt.Sprintf("%s %d: %t %v, %t %v, %v", c.Code, c.Month, c.Before.Ok,
				c.Before.Quantity.Amount, c.After.Ok, c.After.Quantity.Amount, by))
		}
		want := []string{"trained 2: true 40, false 0, 0", "trained 3: true 120, true 131, 11",
			"users 3: false 0, true 520, 0"}
		if !slices.Equal(told, want) || len(plan.Questions)+len(plan.Refused) > 0 || plan.Former == nil ||
			plan.Former.Number != 1 {
			t.Fatalf("%q %+v", told, plan.Questions)
		}
		above.wantAchieved("trained", "c01", "160") // looking at it changes nothing
		got, err := above.app.TakePackage(ctx, kpi.Operator, second.ID, app.PackageAnswers{})
		above.must(err)
		if got.Logged != 1 || got.Corrected != 1 || got.Withdrawn != 1 {
			t.Errorf("%+v", got)
		}
		above.wantAchieved("trained", "", "131")
		above.wantAchieved("users", "", "520")
		entries, _, err := above.app.Log(ctx, kpi.Operator, app.LogQuery{Year: 2026, Unit: "c01", Indicator: "trained"})
		above.must(err)
		for _, e := range entries {
			if e.Act != kpi.ActLog && e.Reason != "第1县某局 2026-01—2026-03 v2 (2026-04-12)" {
				t.Errorf("the reason is %q", e.Reason)
			}
			if e.Counts {
				from, err := above.app.PackageOf(ctx, kpi.Operator, e.ID)
				if err != nil || from.Number != 2 {
					t.Errorf("entry %d is of %+v, %v", e.ID, from, err)
				}
			}
		}
		_, err = above.app.BringPackage(ctx, kpi.Operator, file)
		above.must(err)
		v, err := above.app.PackageBelow(ctx, kpi.Operator, second.ID, 0)
		above.must(err)
		if len(v.Changes) != 3 || len(v.Others) != 1 {
			t.Errorf("afterwards %d changes, %d others", len(v.Changes), len(v.Others))
		}
		above.wantVerified()
	})
}

// What is doubtful is asked, and nothing is taken before it is answered.
func TestWhatIsDoubtfulAboutAPackageIsAsked(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		above.unit("c99", "别处")
		_, err := above.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "c01a", Name: "某镇", Parent: "c01"})
		above.must(err)
		o.log(count("px", "t1", "2026-03-05", 120))
		typed := above.log(count("trained", "c01", "2026-03-31", 115))
		above.log(count("trained", "c01a", "2026-03-30", 3))
		above.log(count("trained", "c99", "2026-03-31", 1))
		brought, err := above.app.BringPackage(ctx, kpi.Operator, o.pack())
		above.must(err)
		_, err = above.app.TakePackage(ctx, kpi.Operator, brought.ID, app.PackageAnswers{})
		wantRefusal(t, err, kpi.Invalid, "package_ask_first", "package_ask_typed", "package_ask_below")
		above.wantAchieved("trained", "c01", "118")
		_, err = above.app.TakePackage(ctx, kpi.Operator, brought.ID, app.PackageAnswers{Key: true, Typed: "replace",
			Below: true})
		above.must(err)
		above.wantAchieved("trained", "c01", "123")
		_, err = above.app.Entry(ctx, kpi.Operator, typed.ID)
		above.must(err)

		// Somebody above corrects what came; the next package asks before it says otherwise.
		entries, _, err := above.app.Log(ctx, kpi.Operator, app.LogQuery{Year: 2026, Unit: "c01", Indicator: "trained"})
		above.must(err)
		for _, e := range entries {
			if e.Counts && e.Update.Quantity.Amount == kpi.Whole(120) {
				*above.clock = above.clock.Add(time.Hour)
				_, err = above.app.CorrectUpdate(ctx, kpi.Operator, e.ID, count("trained", "c01", "2026-03-31", 119), "来电更正")
				above.must(err)
			}
		}
		above.wantAchieved("trained", "c01", "122")
		*o.clock = o.clock.Add(2 * time.Hour)
		*above.clock = *o.clock
		o.log(count("px", "t2", "2026-03-06", 5))
		brought, err = above.app.BringPackage(ctx, kpi.Operator, o.pack())
		above.must(err)
		_, err = above.app.TakePackage(ctx, kpi.Operator, brought.ID, app.PackageAnswers{})
		wantRefusal(t, err, kpi.Invalid, "package_ask_corrected")
		_, err = above.app.TakePackage(ctx, kpi.Operator, brought.ID, app.PackageAnswers{Corrected: true})
		above.must(err)
		above.wantAchieved("trained", "c01", "128")
		above.wantVerified()
	})
}

// A package from another key, or another office, waits for somebody to say that it is right.
func TestAChangedKeyIsAskedAbout(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("px", "t1", "2026-03-05", 120))
		above.take(o.pack(), app.PackageAnswers{})
		other := below(2) // another office that says it is the first
		*other.clock = april
		other.mapAll(above, "c01")
		other.log(count("px", "t1", "2026-03-05", 7))
		_, err := other.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 1, Last: 1})
		other.must(err)
		file := other.pack()
		got, err := above.app.PushPackage(ctx, kpi.Operator, file)
		above.must(err)
		if got.Package.State != kpi.PackageWaiting || len(got.Questions) != 1 || got.Questions[0].Kind != app.AskKey {
			t.Fatalf("%+v", got)
		}
		above.wantAchieved("trained", "c01", "120")
		again, err := above.app.PushPackage(ctx, kpi.Operator, file)
		above.must(err)
		if again.Package.ID != got.Package.ID || len(again.Questions) != 1 {
			t.Errorf("again: %+v", again)
		}
		_, err = above.app.TakePackage(ctx, kpi.Operator, got.Package.ID, app.PackageAnswers{Key: true})
		above.must(err)
		above.wantAchieved("trained", "c01", "7")
		above.wantVerified()
	})
}

// The first package of a unit waits for somebody who compares the key, however it came.
func TestAFirstKeyWaitsForSomebody(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("px", "t1", "2026-03-05", 120))
		got, err := above.app.PushPackage(ctx, kpi.Operator, o.pack())
		above.must(err)
		if got.Package.State != kpi.PackageWaiting || len(got.Questions) != 1 ||
			got.Questions[0].Text.Key != "package_ask_first" || got.Questions[0].Kind != app.AskKey {
			t.Fatalf("%+v", got)
		}
		_, err = above.app.TakePackage(ctx, kpi.Operator, got.Package.ID, app.PackageAnswers{})
		wantRefusal(t, err, kpi.Invalid, "package_ask_first")
		above.wantAchieved("trained", "c01", "")
		_, err = above.app.TakePackage(ctx, kpi.Operator, got.Package.ID, app.PackageAnswers{Key: true})
		above.must(err)
		above.later(o)
		o.log(count("px", "t1", "2026-03-06", 1))
		got, err = above.app.PushPackage(ctx, kpi.Operator, o.pack())
		if err != nil || got.Package.State != kpi.PackageTaken {
			t.Errorf("the second: %+v %v", got, err)
		}
		above.wantAchieved("trained", "c01", "121")
	})
}

// An office that was set up anew counts its versions from one, and what it says is compared with what stood last.
func TestAnOfficeSetUpAnewHandsUpAfterAQuestion(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		for _, n := range []int64{120, 3} {
			o.log(count("px", "t1", "2026-03-05", n))
			above.take(o.pack(), app.PackageAnswers{})
		}
		anew := below(2)
		*anew.clock = april
		anew.mapAll(above, "c01")
		anew.log(count("px", "t1", "2026-03-05", 7))
		above.later(anew)
		above.wantAsked(anew.pack(), app.PackageAnswers{Key: true}, "package_ask_office")
		above.wantAchieved("trained", "c01", "7")
		anew.log(count("px", "t1", "2026-03-06", 1))
		above.later(anew)
		next, err := above.app.BringPackage(ctx, kpi.Operator, anew.pack())
		above.must(err)
		plan, err := above.app.PackagePlan(ctx, kpi.Operator, next.ID)
		above.must(err)
		if len(plan.Refused)+len(plan.Questions) > 0 || len(plan.Changes) != 1 ||
			plan.Changes[0].Before.Quantity.Amount != kpi.Whole(7) {
			t.Errorf("%+v", plan)
		}
		above.wantVerified()
	})
}

// An office that handed up as one unit, or a copy of its records, is asked about when it hands up as another.
func TestAnOfficeThatHandsUpAsTwoUnitsIsAskedAbout(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		above.unit("c02", "第2县")
		o.log(count("px", "t1", "2026-03-05", 120))
		above.take(o.pack(), app.PackageAnswers{})
		o.mapAll(above, "c02")
		got, err := above.app.PushPackage(ctx, kpi.Operator, o.pack())
		above.must(err)
		if got.Package.State != kpi.PackageWaiting || len(got.Questions) != 2 ||
			got.Questions[1].Text.Key != "package_ask_unit" {
			t.Fatalf("%+v", got)
		}
		above.wantAchieved("trained", "", "120")
		_, err = above.app.TakePackage(ctx, kpi.Operator, got.Package.ID, app.PackageAnswers{Key: true})
		above.must(err)
		above.wantAchieved("trained", "", "240")
		above.wantVerified()
	})
}

// What cannot be taken is refused with the reason, and leaves nothing behind.
func TestWhatCannotBeTakenIsRefused(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		first := o.log(count("px", "t1", "2026-01-05", 120))
		one := o.pack()
		_, err := o.app.CorrectUpdate(ctx, kpi.Operator, first.ID, count("px", "t1", "2026-01-05", 121), "r")
		o.must(err)
		two := o.pack()
		take := func(file []byte, keys ...string) {
			t.Helper()
			brought, err := above.app.BringPackage(ctx, kpi.Operator, file)
			above.must(err)
			_, err = above.app.TakePackage(ctx, kpi.Operator, brought.ID, app.PackageAnswers{})
			wantRefusal(t, err, kpi.Conflict, keys...)
			_, err = above.app.PushPackage(ctx, kpi.Operator, file)
			wantRefusal(t, err, kpi.Conflict, keys...)
		}
		above.take(two, app.PackageAnswers{})
		take(one, "package_older")
		above.wantAchieved("trained", "", "121")

		*above.clock = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		o.log(count("px", "t1", "2026-02-05", 1))
		three := o.pack()
		take(three, "package_future")
		*above.clock = april

		above.must(above.app.LockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: 2}, "已通报"))
		take(three, "month_locked")
		above.must(above.app.UnlockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: 2}, "补报"))
		above.must(above.app.CloseYear(ctx, kpi.Operator, 2026, "年终"))
		take(three, "package_year_closed")
		above.must(above.app.ReopenYear(ctx, kpi.Operator, 2026, "补报"))

		elsewhere := newUpOffice(t, onSQLite(t), "另一市某局")
		elsewhere.common()
		elsewhere.unit("c01", "某县")
		*elsewhere.clock = april
		_, err = elsewhere.app.BringPackage(ctx, kpi.Operator, three)
		wantRefusal(t, err, kpi.Invalid, "package_elsewhere")
		above.must(above.app.SetReportingUnits(ctx, kpi.Operator, []string{}))
		_, err = above.app.BringPackage(ctx, kpi.Operator, three)
		wantRefusal(t, err, kpi.Invalid, "package_unit_silent")
		above.must(above.app.SetReportingUnits(ctx, kpi.Operator, []string{"c01"}))
		other := kpi.Actor{Name: "r", Role: kpi.Reporter, Unit: 999}
		_, err = above.app.PushPackage(ctx, other, three)
		wantRefusal(t, err, kpi.Forbidden)
		above.take(three, app.PackageAnswers{})
		above.wantAchieved("trained", "", "122")
		above.wantVerified()
	})
}

// The sentence above says who is missing, and since when.
func TestWhoHasNotHandedUpIsTold(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		above.unit("c02", "第二县")
		h, err := above.app.HandedUp(ctx, kpi.Operator, app.Query{Year: 2026})
		above.must(err)
		if h.Units != 0 {
			t.Errorf("before anybody hands up: %+v", h)
		}
		o.log(count("px", "t1", "2026-03-05", 120))
		above.take(o.pack(), app.PackageAnswers{})
		if h, err = above.app.HandedUp(ctx, kpi.Operator, app.Query{Year: 2026}); err != nil || h.Units != 2 ||
			h.Month.Month != 3 || len(h.Missing) != 1 || h.Missing[0].Code != "c02" || h.DaysLate() != 5 {
			t.Errorf("%+v %v", h, err)
		}
	})
}

// A package that came while a month went on, as every one of January to now does, has not handed that month up.
func TestAMonthIsHandedUpOnceItHasEnded(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("px", "t1", "2026-04-05", 12))
		toNow := func() {
			t.Helper()
			made, err := o.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 1, Last: 4})
			o.must(err)
			_, file, err := o.app.MadePackage(ctx, kpi.Operator, 2026, made.Number)
			o.must(err)
			above.take(file, app.PackageAnswers{})
		}
		want := func(month, missing, through int) {
			t.Helper()
			h, err := above.app.HandedUp(ctx, kpi.Operator, app.Query{Year: 2026})
			above.must(err)
			v, err := above.app.PackagesBelow(ctx, kpi.Operator, 2026)
			above.must(err)
			if h.Month.Month != month || len(h.Missing) != missing || missing > 0 && h.Missing[0].Through != through ||
				v.Units[0].Has != (missing == 0) || v.Units[0].Through != through {
				t.Errorf("%+v %+v", h, v.Units)
			}
		}
		toNow()
		want(3, 0, 3)
		*above.clock = time.Date(2026, 5, 2, 9, 0, 0, 0, time.UTC)
		*o.clock = *above.clock
		want(4, 1, 3)
		toNow()
		want(4, 0, 4)
	})
}

// A clock that was set back is told in a sentence: what is logged is of days to come.
func TestAClockThatWasSetBackIsTold(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("px", "t1", "2026-03-20", 12))
		*o.clock = time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
		_, err := o.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 1, Last: 3})
		wantRefusal(t, err, kpi.Conflict, "handup_clock")
	})
}

// A reviewer approves what is logged, and brings no package on any way.
func TestAReviewerBringsNoPackage(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("px", "t1", "2026-03-05", 12))
		reviewer := kpi.Actor{Name: "r", Role: kpi.Reviewer}
		_, err := above.app.PushPackage(ctx, reviewer, o.pack())
		wantRefusal(t, err, kpi.Forbidden)
		_, err = above.app.BringPackage(ctx, reviewer, o.pack())
		wantRefusal(t, err, kpi.Forbidden)
	})
}

// Records that were restored from a backup make a version after the one that the office above has, as it says.
func TestARestoredOfficeCountsOnFromWhatIsAbove(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("px", "t1", "2026-03-05", 12))
		made := func(after, want int) []byte {
			t.Helper()
			p, err := o.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 1, Last: 3, After: after})
			o.must(err)
			_, file, err := o.app.MadePackage(ctx, kpi.Operator, 2026, p.Number)
			o.must(err)
			if p.Number != want {
				t.Errorf("after %d: version %d, want %d", after, p.Number, want)
			}
			return file
		}
		first := made(0, 1)
		above.take(made(4, 5), app.PackageAnswers{})
		brought, err := above.app.BringPackage(ctx, kpi.Operator, first)
		above.must(err)
		_, err = above.app.TakePackage(ctx, kpi.Operator, brought.ID, app.PackageAnswers{})
		wantRefusal(t, err, kpi.Conflict, "package_older")
		above.take(made(5, 6), app.PackageAnswers{}) // though it says the same
		made(0, 6)
		made(3, 6)
		for _, after := range []int{-1, 1_000_000} {
			_, err := o.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 1, Last: 3, After: after})
			wantRefusal(t, err, kpi.Invalid, "handup_after")
		}
	})
}

// Where entries count once they are approved, what was taken and is not approved yet is told as not counting.
func TestWhatWaitsForReviewIsNotToldAsCounting(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		_, err := above.app.SetReview(ctx, kpi.Operator, kpi.ApprovedCount)
		above.must(err)
		o.log(count("px", "t1", "2026-03-05", 120))
		above.take(o.pack(), app.PackageAnswers{})
		above.wantAchieved("trained", "c01", "")
		want := func(pending int) {
			t.Helper()
			h, err := above.app.HandedUp(ctx, kpi.Operator, app.Query{Year: 2026})
			above.must(err)
			v, err := above.app.PackagesBelow(ctx, kpi.Operator, 2026)
			above.must(err)
			if len(h.Pending) != pending || len(h.Missing) != 0 || v.Units[0].Pending != (pending > 0) {
				t.Errorf("%+v %+v", h, v.Units)
			}
		}
		want(1)
		_, err = above.app.ReviewUpdate(ctx, kpi.Actor{Name: "r", Role: kpi.Reviewer},
			app.NewReview{Updates: []kpi.UpdateID{above.entry("trained")}, Act: kpi.ReviewApprove})
		above.must(err)
		above.wantAchieved("trained", "c01", "120")
		want(0)
	})
}
