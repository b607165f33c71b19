package app_test

import (
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// later lets the clocks of both offices go on by an hour.
func (o *upOffice) later(other *upOffice) {
	*o.clock = o.clock.Add(time.Hour)
	*other.clock = *o.clock
}

// entry returns the newest entry of an indicator at the unit of the office below.
func (o *upOffice) entry(code string) kpi.UpdateID {
	o.Helper()
	entries, _, err := o.app.Log(ctx, kpi.Operator, app.LogQuery{Year: 2026, Unit: "c01", Indicator: code})
	o.must(err)
	var id kpi.UpdateID
	for _, e := range entries {
		id = max(id, e.ID)
	}
	return id
}

// wantAsked takes a package that raises these questions and no others, and then answers them; a unit's first also asks
// whether its key is right.
func (o *upOffice) wantAsked(file []byte, n app.PackageAnswers, keys ...string) {
	o.Helper()
	brought, err := o.app.BringPackage(ctx, kpi.Operator, file)
	o.must(err)
	plan, err := o.app.PackagePlan(ctx, kpi.Operator, brought.ID)
	o.must(err)
	if isFirst(plan) {
		n.Key, keys = true, append([]string{"package_ask_first"}, keys...)
	}
	if len(keys) > 0 {
		_, err = o.app.TakePackage(ctx, kpi.Operator, brought.ID, app.PackageAnswers{})
		wantRefusal(o.T, err, kpi.Invalid, keys...)
	}
	_, err = o.app.TakePackage(ctx, kpi.Operator, brought.ID, n)
	o.must(err)
}

// What was typed in is asked about by the first package that has a figure there, not by one before that had none.
func TestWhatWasTypedInIsAskedAboutOnceThereIsAFigure(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		above.log(count("trained", "c01", "2026-03-31", 115))
		o.log(count("users", "t1", "2026-02-10", 500))
		above.later(o)
		above.wantAsked(o.pack(), app.PackageAnswers{})
		above.later(o)
		o.log(count("px", "t1", "2026-03-05", 120))
		above.wantAsked(o.pack(), app.PackageAnswers{Typed: "replace"}, "package_ask_typed")
		above.wantAchieved("trained", "c01", "120")
		above.wantVerified()
	})
}

// A package replaces what was typed in where that was asked, and nowhere else.
func TestAPackageReplacesOnlyWhatWasAskedAbout(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		above.log(count("trained", "c01", "2026-01-20", 11)) // counts beside what comes: so it is said at once
		o.log(count("px", "t1", "2026-01-05", 4))
		above.later(o)
		above.wantAsked(o.pack(), app.PackageAnswers{Typed: "add"}, "package_ask_typed")
		above.log(count("trained", "c01", "2026-02-20", 77)) // the office below says nothing of February
		above.log(count("trained", "c01", "2026-03-31", 115))
		above.later(o)
		above.log(count("users", "c01", "2026-03-31", 9))
		o.log(count("px", "t1", "2026-03-05", 120))
		above.later(o)
		above.wantAsked(o.pack(), app.PackageAnswers{Typed: "replace"}, "package_ask_typed")
		above.wantAchieved("trained", "c01", "212")
		above.wantAchieved("users", "c01", "9")
		above.wantVerified()
	})
}

// What somebody above withdrew does not come back unasked; what was moved to another month does not count twice.
func TestWhatWasTakenBackByHandIsAskedAbout(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		o.log(count("px", "t1", "2026-03-05", 120))
		above.wantAsked(o.pack(), app.PackageAnswers{})
		above.later(o)
		_, err := above.app.WithdrawUpdate(ctx, kpi.Operator, above.entry("trained"), "电话核实为误报", "", kpi.FromForm)
		above.must(err)
		above.later(o)
		o.log(count("users", "t1", "2026-02-10", 500))
		above.wantAsked(o.pack(), app.PackageAnswers{Corrected: true}, "package_ask_corrected")
		above.wantAchieved("trained", "c01", "120")
		above.later(o)
		_, err = above.app.CorrectUpdate(ctx, kpi.Operator, above.entry("trained"),
			count("trained", "c01", "2026-02-27", 120), "日期应为二月")
		above.must(err)
		above.later(o)
		o.log(count("px", "t2", "2026-03-06", 1))
		made, err := o.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 3, Last: 3})
		o.must(err)
		_, march, err := o.app.MadePackage(ctx, kpi.Operator, 2026, made.Number)
		o.must(err)
		above.wantAsked(march, app.PackageAnswers{Corrected: true}, "package_ask_corrected")
		above.wantAchieved("trained", "c01", "121")
		above.later(o)
		o.log(count("px", "t2", "2026-03-07", 1))
		above.wantAsked(o.pack(), app.PackageAnswers{}) // answered: it is not asked again
		above.wantAchieved("trained", "c01", "122")
		above.wantVerified()
	})
}

// What a reviewer returned is asked about as what was corrected is; a withdrawal that was returned changes nothing.
func TestWhatAReviewerReturnedIsAskedAbout(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		_, err := above.app.SetReview(ctx, kpi.Operator, kpi.SubmittedCount)
		above.must(err)
		o.log(count("px", "t1", "2026-03-05", 120))
		o.log(count("users", "t1", "2026-03-05", 500))
		above.wantAsked(o.pack(), app.PackageAnswers{})
		above.later(o)
		decide := func(code string, act kpi.ReviewAct) {
			t.Helper()
			_, err := above.app.ReviewUpdate(ctx, kpi.Actor{Name: "r", Role: kpi.Reviewer},
				app.NewReview{Updates: []kpi.UpdateID{above.entry(code)}, Act: act, Reason: "请核实"})
			above.must(err)
		}
		decide("trained", kpi.ReviewReturn)
		decide("users", kpi.ReviewApprove)
		_, err = above.app.WithdrawUpdate(ctx, kpi.Operator, above.entry("users"), "误报", "", kpi.FromForm)
		above.must(err)
		decide("users", kpi.ReviewReturn)
		above.wantAchieved("trained", "c01", "")
		above.wantAchieved("users", "c01", "500")
		above.later(o)
		o.log(count("disputes", "t1", "2026-02-10", 3))
		above.wantAsked(o.pack(), app.PackageAnswers{Corrected: true}, "package_ask_corrected")
		above.wantAchieved("trained", "c01", "120")
		above.wantAchieved("users", "c01", "500")
		above.wantVerified()
	})
}

// A draft from before a package that is submitted after it is asked about by the next one, like what is typed later.
func TestADraftSubmittedAfterAPackageIsAskedAbout(t *testing.T) {
	eachUp(t, func(t *testing.T, above *upOffice, below func(int) *upOffice) {
		o := oneBelow(above, below)
		draft := count("trained", "c01", "2026-03-31", 115)
		draft.Draft = true
		d := above.log(draft)
		o.log(count("px", "t1", "2026-03-05", 120))
		above.later(o)
		above.wantAsked(o.pack(), app.PackageAnswers{})
		above.later(o)
		_, err := above.app.SubmitUpdate(ctx, kpi.Operator, d.ID, "")
		above.must(err)
		above.later(o)
		o.log(count("px", "t1", "2026-03-06", 1))
		above.wantAsked(o.pack(), app.PackageAnswers{Typed: "replace"}, "package_ask_typed")
		above.wantAchieved("trained", "c01", "121")
		above.wantVerified()
	})
}
