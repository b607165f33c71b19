package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func TestStaffAndOfficialCostsAreStatedByKind(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		n := func(n int64) *int64 { return &n }
		set := func(who kpi.Actor, c app.StaffingChange) error { return b.app.SetStaffing(ctx, who, 2026, c) }
		wantRefusal(t, set(b.east, app.StaffingChange{}), kpi.Forbidden, "role_may_not_plan")
		wantRefusal(t, set(b.staff, app.StaffingChange{Staff: []kpi.StaffCount{{Kind: "guards"}}}), kpi.Invalid,
			"staff_kind_unknown")
		wantRefusal(t, set(b.staff, app.StaffingChange{Staff: []kpi.StaffCount{{Kind: kpi.Retired, Posts: n(1)},
			{Kind: kpi.Worker, People: n(-1)}}}), kpi.Invalid, "staff_retired_posts", "number_negative")
		wantRefusal(t, set(b.staff, app.StaffingChange{Staff: []kpi.StaffCount{{Kind: kpi.Worker}, {Kind: kpi.Worker}}}),
			kpi.Invalid, "staffing_twice")
		wantRefusal(t, set(b.staff, app.StaffingChange{Costs: []kpi.OfficialCost{{Kind: "dinners"}}}), kpi.Invalid,
			"official_kind_unknown")

		b.must(set(b.staff, app.StaffingChange{Staff: []kpi.StaffCount{{Kind: kpi.Administrative, Posts: n(5), People: n(4)},
			{Kind: kpi.Retired, People: n(0)}},
			Costs: []kpi.OfficialCost{{Kind: kpi.OfficialReception, Last: money(9_000), Full: money(8_000),
				Spent: money(9_500)}}}))
		b.must(set(b.staff, app.StaffingChange{Staff: []kpi.StaffCount{{Kind: kpi.Administrative, Posts: n(6)}}}))
		v, err := b.app.Staffing(ctx, b.staff, app.Query{Year: 2026})
		b.must(err)
		if f := v.Basic.StaffOf(kpi.Administrative); f.Posts.Value != 6 || f.People.Ok() {
			t.Errorf("in place of what was stated: %+v", f)
		}
		if f := v.Basic.StaffOf(kpi.Retired); !f.People.Ok() || f.People.Value != 0 {
			t.Errorf("what was not sent changed, or 0 was lost: %+v", f)
		}
		if len(v.Basic.Findings) != 1 || v.Basic.Findings[0].Text.Key != "staffing.finding.overspent" {
			t.Errorf("findings %v", v.Basic.Findings)
		}
		in, err := b.app.Report(ctx, b.staff, app.Query{Year: 2026}, "zh-CN")
		b.must(err)
		if in.Basic == nil || !in.Basic.OfficialStated() {
			t.Error("the report has no basic data")
		}

		// This year's form shows what the previous year spent.
		_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027})
		b.must(err)
		b.must(b.app.SetStaffing(ctx, b.staff, 2027,
			app.StaffingChange{Costs: []kpi.OfficialCost{{Kind: kpi.OfficialReception, Last: money(9_000)}}}))
		v, err = b.app.Staffing(ctx, b.staff, app.Query{Year: 2027})
		b.must(err)
		if len(v.Basic.Findings) != 1 || v.Basic.Findings[0].Text.Key != "staffing.finding.last_year" {
			t.Errorf("findings %v", v.Basic.Findings)
		}
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
		wantRefusal(t, set(b.staff, app.StaffingChange{Staff: []kpi.StaffCount{{Kind: kpi.Worker, Posts: n(1)}}}),
			kpi.Conflict, "year_closed")
	})
}
