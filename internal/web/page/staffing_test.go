package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"net/url"
)

// sampleStaffing has staff of two kinds, and official costs of which one is not stated.
func sampleStaffing() app.StaffingView {
	count := func(n int64) *int64 { return &n }
	money := func(n int64) *kpi.Amount { a := kpi.Whole(n); return &a }
	v := app.StaffingView{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, Unit: sampleUnits[0],
		AsOf: sampleAsOf, MaySet: true, Staff: []kpi.StaffCount{{Kind: kpi.Administrative, Posts: count(5), People: count(6)},
			{Kind: kpi.Retired, People: count(0)}},
		Costs: []kpi.OfficialCost{{Kind: kpi.OfficialReception, Last: money(8_000), Full: money(10_000),
			Spent: money(12_000)}, {Kind: kpi.VehiclePurchase, Spent: money(0)}}}
	v.Basic = progress.Basic(v.Staff, v.Costs, nil, progress.Budget{})
	return v
}

// staffingPages are the page of staff and official costs in its states.
func staffingPages(pc Context) map[string]any {
	v := sampleStaffing()
	reader := v
	empty := app.StaffingView{Year: v.Year, Unit: v.Unit, AsOf: v.AsOf,
		Basic: progress.Basic(nil, nil, nil, progress.Budget{})}
	reader.MaySet = false
	return map[string]any{
		"staffing_show":        NewStaffing(pc, v, StaffingInput{}),
		"staffing_show:edit":   NewStaffing(pc, v, StaffingInput{Editing: true}),
		"staffing_show:reader": NewStaffing(pc, reader, StaffingInput{Editing: true}),
		"staffing_show:empty":  NewStaffing(pc, empty, StaffingInput{}),
		"staffing_show:refused": NewStaffing(pc, v, StaffingInput{Editing: true,
			Typed: url.Values{"staff.worker.posts": {"两个半"}},
			Refusal: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
				Fields: []kpi.Field{{Name: "staff.worker.posts", Text: kpi.T("staff_whole")}}}}),
	}
}
