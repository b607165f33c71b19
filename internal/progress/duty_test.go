package progress

import (
	"reflect"
	"slices"
	"testing"

	"dabiao/internal/kpi"
)

func TestTheDueMonthIsTheOneWhoseDayComesNext(t *testing.T) {
	for today, want := range map[kpi.Date]string{"2026-11-05": "2026-10", "2026-11-06": "2026-11", "2026-01-05": "2025-12",
		"2026-01-06": "2026-01"} {
		if got := DuePeriod(today, 5); got.String() != want {
			t.Errorf("on %s %s is due, want %s", today, got, want)
		}
	}
	if got := DueDate(kpi.Period{Year: 2026, Month: 12}, 5); got != "2027-01-05" {
		t.Errorf("December is due on %s", got)
	}
}

func TestAMonthWithoutAnEntryIsLateOnceItsDayHasPassed(t *testing.T) {
	open := kpi.YearInfo{Year: 2026, State: kpi.YearOpen}
	at := func(months ...int) (s kpi.Series) {
		for _, m := range months {
			s[m-1] = kpi.Tally{Entries: 1, LastDate: kpi.Period{Year: 2026, Month: m}.End()}
		}
		return s
	}
	campaign := kpi.Curve{0, 0, 0, 0, 50_00, 100_00, 100_00, 100_00, 100_00, 100_00, 100_00, 100_00}
	for name, c := range map[string]struct {
		kind   kpi.Kind
		starts int
		curve  *kpi.Curve
		series kpi.Series
		today  kpi.Date
		year   kpi.YearInfo
		want   Duty
	}{
		"nothing missing": {kpi.Flow, 1, nil, at(1, 2, 3), "2026-04-05", open,
			Duty{Due: kpi.Period{Year: 2026, Month: 3}, Done: true}},
		"the due month": {kpi.Flow, 1, nil, at(1, 2), "2026-04-05", open,
			Duty{Due: kpi.Period{Year: 2026, Month: 3}}},
		"a day later it is late": {kpi.Flow, 1, nil, at(1, 2), "2026-04-06", open,
			Duty{Late: []int{3}, Due: kpi.Period{Year: 2026, Month: 4}}},
		"from its first month": {kpi.Running, 4, nil, at(), "2026-05-20", open,
			Duty{Late: []int{4}, Due: kpi.Period{Year: 2026, Month: 5}}},
		"a campaign in two months": {kpi.Flow, 1, &campaign, at(), "2026-06-20", open,
			Duty{Late: []int{5}, Due: kpi.Period{Year: 2026, Month: 6}}},
		"and none after": {kpi.Flow, 1, &campaign, at(5, 6), "2026-09-20", open,
			Duty{Due: kpi.Period{Year: 2026, Month: 9}, Done: true}},
		"a judgement by December": {kpi.Level, 1, nil, at(), "2026-12-20", open,
			Duty{Due: kpi.Period{Year: 2026, Month: 12}}},
		"once is enough": {kpi.Standard, 1, nil, at(3), "2026-12-20", open,
			Duty{Due: kpi.Period{Year: 2026, Month: 12}, Done: true}},
		"the year is over, not shut": {kpi.Flow, 11, nil, at(11), "2027-02-01", open, Duty{Late: []int{12}}},
		"a closed year": {kpi.Flow, 1, nil, at(), "2027-02-01",
			kpi.YearInfo{Year: 2026, State: kpi.YearClosed}, Duty{}},
		"a ratio is computed": {kpi.Ratio, 1, nil, at(), "2026-06-20", open, Duty{}},
	} {
		in := Input{Indicator: kpi.Indicator{Kind: c.kind, Starts: c.starts}, Series: c.series, Rules: kpi.DefaultRules,
			AsOf: kpi.AsOfToday(2026, c.today)}
		if c.curve != nil {
			in.Target = &kpi.Target{Curve: c.curve}
		}
		if got := DutyOf(in, c.year, c.today); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// What was set up in November owes nothing for the months before, unless the unit had begun to log them.
func TestNothingIsDueFromBeforeTheYearWasSetUp(t *testing.T) {
	for name, c := range map[string]struct {
		since  int
		logged []int
		want   []int
	}{
		"from the beginning": {1, nil, []int{1, 2, 3, 4}},
		"since March":        {3, nil, []int{3, 4}},
		"since this month":   {6, nil, nil},
		"after the year":     {13, nil, nil},
		"begun in February":  {6, []int{2}, []int{3, 4}},
		"unknown":            {0, []int{1}, []int{2, 3, 4}},
	} {
		in := asked("steady", kpi.Flow, nil, c.logged...)
		in.Since = c.since
		late := DutyOf(in, kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, "2026-06-05").Late
		u := CompletenessOf(kpi.Unit{}, []Input{in}, "2026-06-05", nobodyWaits)
		var months []int
		for _, m := range u.Late() {
			months = append(months, m.Period.Month)
		}
		if !slices.Equal(late, c.want) || !slices.Equal(months, c.want) {
			t.Errorf("%s: late %v and %v, want %v", name, late, months, c.want)
		}
	}
}
