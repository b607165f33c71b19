package progress

import (
	"testing"

	"dabiao/internal/kpi"
)

// asked returns one indicator at a unit with a target and entries in the given months.
func asked(code string, kind kpi.Kind, curve *kpi.Curve, months ...int) Input {
	in := Input{Indicator: kpi.Indicator{ID: kpi.IndicatorID(len(code)), Code: code, Kind: kind, Starts: 1},
		Rules: kpi.DefaultRules,
		AsOf:  kpi.AsOfToday(2026, "2026-06-05"), Target: &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(120),
			Curve: curve}}
	for _, m := range months {
		in.Series[m-1] = kpi.Tally{Amount: kpi.Whole(1), Entries: 1, LastDate: kpi.Period{Year: 2026, Month: m}.End()}
	}
	return in
}

func nobodyWaits(kpi.IndicatorID, int) bool { return false }

func TestWhatAMonthAsksOfAUnit(t *testing.T) {
	// March and September
	campaign := &kpi.Curve{0, 0, 50_00, 50_00, 50_00, 50_00, 50_00, 50_00, 100_00, 100_00, 100_00, 100_00}
	u := CompletenessOf(kpi.Unit{}, []Input{
		asked("steady", kpi.Flow, nil, 1, 2, 4),
		asked("campaign", kpi.Flow, campaign, 3),
		asked("judged", kpi.Level, nil),
		asked("rate", kpi.Ratio, nil),
		{Indicator: kpi.Indicator{Code: "not theirs", Kind: kpi.Flow, Starts: 1}, Rules: kpi.DefaultRules,
			AsOf: kpi.AsOfToday(2026, "2026-06-05")},
	}, "2026-06-05", nobodyWaits)
	for m, want := range map[int][2]int{1: {1, 1}, 3: {2, 1}, 4: {1, 1}, 5: {1, 0}, 9: {2, 0}, 12: {2, 0}} {
		if got := u.Months[m-1]; got.Asked != want[0] || got.Logged != want[1] {
			t.Errorf("month %d: %d of %d, want %d of %d", m, got.Logged, got.Asked, want[1], want[0])
		}
	}
	if late := u.Late(); len(late) != 1 || late[0].Period.Month != 3 || len(late[0].Missing) != 1 ||
		late[0].Missing[0].Code != "steady" {
		t.Errorf("late: %+v", late) // May may still be logged on 5 June
	}
	if a, l := u.Sum(0); a != 5 || l != 4 {
		t.Errorf("%d of %d are due", l, a)
	}
	if rate := u.Rate(0); rate.Value != 80_00 {
		t.Errorf("the rate is %v", rate)
	}
}

// A month is on time on its due day and late on the day after; entries awaiting review count as logged.
func TestTheDueDayAndWhatWaits(t *testing.T) {
	in := []Input{asked("steady", kpi.Flow, nil, 1, 2, 3, 4)}
	if u := CompletenessOf(kpi.Unit{}, in, "2026-06-05", nobodyWaits); len(u.Late()) != 0 {
		t.Errorf("on the due day: %+v", u.Late())
	}
	if u := CompletenessOf(kpi.Unit{}, in, "2026-06-06", nobodyWaits); len(u.Late()) != 1 {
		t.Errorf("on the day after: %+v", u.Late())
	}
	u := CompletenessOf(kpi.Unit{}, in, "2026-06-06",
		func(id kpi.IndicatorID, m int) bool { return id == in[0].Indicator.ID && m == 5 })
	if len(u.Late()) != 0 {
		t.Errorf("with an entry in review: %+v", u.Late())
	}
}

func TestEqualUnitsShareAPlace(t *testing.T) {
	var c Completeness
	for i, months := range [][]int{{1, 2, 3, 4, 5}, {1, 2}, {1, 2, 3, 4, 5}, {}} {
		c.Units = append(c.Units, CompletenessOf(kpi.Unit{ID: kpi.UnitID(i + 1)},
			[]Input{asked("steady", kpi.Flow, nil, months...)}, "2026-06-06", nobodyWaits))
	}
	c.Units = append(c.Units, CompletenessOf(kpi.Unit{ID: 9}, nil, "2026-06-06", nobodyWaits))
	var places []int
	var order []kpi.UnitID
	for _, r := range c.Rank(0) {
		places, order = append(places, r.Place), append(order, r.Unit.ID)
	}
	want, wantOrder := []int{1, 1, 3, 4}, []kpi.UnitID{1, 3, 2, 4}
	if len(places) != len(want) {
		t.Fatalf("%v", places)
	}
	for i := range want {
		if places[i] != want[i] || order[i] != wantOrder[i] {
			t.Errorf("places %v of %v, want %v of %v", places, order, want, wantOrder)
		}
	}
	if rate := c.Units[4].Rate(0); rate.Ok() || rate.Reason != ReasonNotDue {
		t.Errorf("a unit nothing is asked of has the rate %v", rate)
	}
}
