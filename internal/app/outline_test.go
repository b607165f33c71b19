package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

func TestAYearHasItsOutlineAndPassesItOn(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		own := report.Outline{Name: "本县提纲", Entries: []report.Entry{{Key: "own-1", Title: "概况"}, {Key: report.Problems}}}
		wantRefusal(t, b.app.SetOutline(ctx, b.east, 2026, own, ""), kpi.Forbidden)
		wantRefusal(t, b.app.SetOutline(ctx, b.staff, 2026, report.Outline{}, ""), kpi.Invalid, "outline_size")
		b.must(b.app.SetOutline(ctx, b.staff, 2026, own, ""))
		b.must(b.app.SetReportText(ctx, b.staff, 2026, "own-1", "zh-CN", "我们是谁。"))
		wantRefusal(t, b.app.SetReportText(ctx, b.staff, 2026, report.Other, "zh-CN", "a"), kpi.NotFound, "section_unknown")
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027, From: 2026})
		b.must(err)
		for _, y := range []kpi.Year{2026, 2027} {
			in, err := b.app.Report(ctx, b.staff, app.Query{Year: y}, "zh-CN")
			b.must(err)
			if d := report.Build(in); len(d.Sections) != 2 || d.Sections[0].Heading != "一、概况" {
				t.Errorf("%d prints %+v", y, d.Sections)
			}
		}
		v, err := b.app.Outline(ctx, b.staff, 2025+1, 2027)
		b.must(err)
		if len(v.Others) != 2 || v.Input.Outline.Name != "本县提纲" || !v.MaySet {
			t.Errorf("%+v", v.Others)
		}
	})
}

// Two people open the outline: whoever saves later is told, and loses nothing.
func TestNobodyReplacesAnOutlineTheyHaveNotSeen(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		opened := func() string {
			b.Helper()
			v, err := b.app.Outline(ctx, b.staff, 2026, 0)
			b.must(err)
			return v.Mark
		}
		first := opened()
		mine := report.Outline{Name: "甲", Entries: []report.Entry{{Key: report.Problems}}}
		theirs := report.Outline{Name: "乙", Entries: []report.Entry{{Key: report.Other}}}
		b.must(b.app.SetOutline(ctx, b.staff, 2026, mine, first))
		wantRefusal(t, b.app.SetOutline(ctx, b.staff, 2026, theirs, first), kpi.Conflict, "outline_changed_since")
		b.must(b.app.SetOutline(ctx, b.staff, 2026, mine, first)) // the same again
		b.must(b.app.SetOutline(ctx, b.staff, 2026, theirs, opened()))
	})
}
