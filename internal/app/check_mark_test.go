package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
)

// finding returns the finding with a code and quote, if the check has it.
func (b *bureau) finding(code, quote string) (check.Finding, bool) {
	b.Helper()
	in, err := b.app.Check(ctx, b.staff, app.Query{Year: 2026}, "zh-CN")
	b.must(err)
	for _, f := range check.Report(in) {
		if f.Code == code && f.Quote == quote {
			return f, true
		}
	}
	return check.Finding{}, false
}

// What somebody found to be no fault stays marked through other changes, and is told of again once its sentence or its
// figure has changed.
func TestAMarkedFindingStaysMarkedUntilWhatItIsAboutChanges(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-03-01", 7)
		text := func(s string) {
			b.must(b.app.SetReportText(ctx, b.staff, 2026, report.Other, "zh-CN", s))
		}
		text("走访群众37人。\n今年晴天多。")
		f, ok := b.finding("bare_number", "37人")
		if !ok || f.Mark != nil {
			t.Fatalf("found %+v", f)
		}
		_, err := b.app.MarkFinding(ctx, b.staff, 2026, app.NewMark{Finding: f.ID, Language: "zh-CN"})
		wantRefusal(t, err, kpi.Invalid, "check_mark_reason")
		_, err = b.app.MarkFinding(ctx, b.staff, 2026, app.NewMark{Finding: "x", Language: "zh-CN", Reason: "核对过"})
		wantRefusal(t, err, kpi.NotFound, "check_finding_gone")
		auditor := b.account("auditor", kpi.Auditor, "")
		_, err = b.app.MarkFinding(ctx, auditor, 2026, app.NewMark{Finding: f.ID, Language: "zh-CN", Reason: "核对过"})
		wantRefusal(t, err, kpi.Forbidden, "role_may_not_check")
		in, err := b.app.Check(ctx, b.staff, app.Query{Year: 2026}, "zh-CN")
		b.must(err)
		before := check.Warnings(check.Report(in))
		_, err = b.app.MarkFinding(ctx, b.staff, 2026, app.NewMark{Finding: f.ID, Language: "zh-CN", Reason: "核对过"})
		b.must(err)
		marked := func(when string, want bool) {
			t.Helper()
			f, ok := b.finding("bare_number", "37人")
			if got := ok && f.Mark != nil && f.Mark.Reason == "核对过" && f.Mark.Author == b.staff.Name; got != want {
				t.Errorf("%s: marked is %v, %+v", when, got, f)
			}
		}
		marked("at first", true)
		in, err = b.app.Check(ctx, b.staff, app.Query{Year: 2026}, "zh-CN")
		b.must(err)
		if left := check.Warnings(check.Report(in)); left != before-1 {
			t.Errorf("%d warnings of %d are left", left, before)
		}
		text("走访群众37人。\n今年雨天多，另外还写了一段。")
		b.log("screened", "east", "2026-03-02", 1)
		marked("another sentence has changed", true)
		text("再次走访群众37人。")
		marked("its sentence has changed", false)
		text("走访群众37人。")
		marked("its sentence is back", true)
		b.must(b.app.UnmarkFinding(ctx, b.staff, 2026, f.ID))
		marked("taken back", false)
		wantRefusal(t, b.app.UnmarkFinding(ctx, b.staff, 2026, f.ID), kpi.NotFound, "check_mark_gone")
	})
}

// A finding about a figure is another one once the figure changes.
func TestAMarkOnAFigureGoesWithTheFigure(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-03-01", 37)
		b.must(b.app.SetReportText(ctx, b.staff, 2026, report.Other, "zh-CN", "走访群众37人。"))
		f, ok := b.finding("bare_number", "37人")
		if !ok || f.Indicator != "screened" {
			t.Fatalf("found %+v", f)
		}
		_, err := b.app.MarkFinding(ctx, b.staff, 2026, app.NewMark{Finding: f.ID, Language: "zh-CN", Reason: "含外地"})
		b.must(err)
		b.log("screened", "east", "2026-03-02", 1)
		if f, ok := b.finding("bare_number", "37人"); !ok || f.Mark != nil {
			t.Errorf("the figure has changed: %+v", f)
		}
	})
}
