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

// An outline has a place for each area that has words, or is refused: they would vanish from the report unseen.
func TestAnOutlineDropsNoAreasWords(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		key := report.AreaText("a")
		_, err := b.app.CreateArea(ctx, b.staff, 2026, kpi.Area{Code: "a", Name: "维权", NameEn: "Rights"})
		b.must(err)
		_, err = b.app.CreateIndicator(ctx, b.staff, app.NewIndicator{Indicator: kpi.Indicator{Code: "x", Name: "x",
			Kind: kpi.Flow, Measure: "次"}, Area: "a"})
		b.must(err)
		without := report.Outline{Entries: []report.Entry{{Key: report.Problems}}}
		b.must(b.app.SetOutline(ctx, b.staff, 2026, without, ""))
		b.must(b.app.SetOutline(ctx, b.staff, 2026, report.ShippedOutline, ""))
		b.must(b.app.SetReportText(ctx, b.staff, 2026, key, "en", "Words."))
		other := report.Outline{Entries: []report.Entry{{Key: "own", Title: "x", Writes: report.WritesPerformance,
			Areas: []string{"none"}}}}
		wantRefusal(t, b.app.SetOutline(ctx, b.staff, 2026, without, ""), kpi.Invalid, "outline_drops_text")
		wantRefusal(t, b.app.SetOutline(ctx, b.staff, 2026, other, ""), kpi.Invalid, "token_area_unknown")
		placed := report.Outline{Entries: []report.Entry{{Key: "own", Title: "x", Writes: report.WritesPerformance,
			Areas: []string{"a"}}}}
		b.must(b.app.SetOutline(ctx, b.staff, 2026, placed, ""))
		b.must(b.app.SetReportText(ctx, b.staff, 2026, key, "en", ""))
		b.must(b.app.SetOutline(ctx, b.staff, 2026, without, ""))
	})
}

// Whether an area's list is printed is a switch of its own: it needs no outline, and an outline that says nothing of
// it leaves it as it was.
func TestAnAreasListIsSwitchedOffAndOn(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.CreateArea(ctx, b.staff, 2026, kpi.Area{Code: "a", Name: "维权", NameEn: "Rights"})
		b.must(err)
		unlisted := func() []string {
			b.Helper()
			v, err := b.app.Outline(ctx, b.staff, 2026, 0)
			b.must(err)
			return v.Input.Outline.Unlisted
		}
		wantRefusal(t, b.app.SetAreaList(ctx, b.east, 2026, "a", false), kpi.Forbidden)
		wantRefusal(t, b.app.SetAreaList(ctx, b.staff, 2026, "b", false), kpi.NotFound, "token_area_unknown")
		for range 2 {
			b.must(b.app.SetAreaList(ctx, b.staff, 2026, "a", false))
			if got := unlisted(); len(got) != 1 || got[0] != "a" {
				t.Errorf("switched off: %v", got)
			}
		}
		b.must(b.app.SetOutline(ctx, b.staff, 2026, report.ShippedOutline, ""))
		if got := unlisted(); len(got) != 1 {
			t.Errorf("with an outline: %v", got)
		}
		for range 2 {
			b.must(b.app.SetAreaList(ctx, b.staff, 2026, "a", true))
			if got := unlisted(); len(got) != 0 {
				t.Errorf("switched on: %v", got)
			}
		}
	})
}
