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

// What came in November owes nothing for the months before, whatever it is that came; what is logged for them counts.
func TestNothingIsDueFromBeforeItWasThere(t *testing.T) {
	lastYear := LastYear{Series: kpi.Series{{Amount: kpi.Whole(1), Entries: 1, LastDate: "2025-01-31"}}}
	for name, c := range map[string]struct {
		begun  Begun
		last   LastYear
		logged []int
		want   []int
	}{
		"from the beginning": {Begun{Year: 1, Indicator: 1, Unit: 1, Asked: 1}, LastYear{}, nil,
			[]int{1, 2, 3, 4}},
		"nobody knows":                   {Begun{}, LastYear{}, []int{1}, []int{2, 3, 4}},
		"the year since March":           {Begun{Year: 3}, LastYear{}, nil, []int{3, 4}},
		"the year since this month":      {Begun{Year: 6}, LastYear{}, nil, nil},
		"the year was over":              {Begun{Year: 13}, LastYear{}, nil, nil},
		"the indicator since April":      {Begun{Year: 1, Indicator: 4}, LastYear{}, nil, []int{4}},
		"the unit since February":        {Begun{Year: 1, Unit: 2}, LastYear{}, nil, []int{2, 3, 4}},
		"the target since May":           {Begun{Year: 1, Asked: 5}, LastYear{}, nil, nil},
		"asked in May, but as ever":      {Begun{Year: 1, Asked: 5}, lastYear, nil, []int{1, 2, 3, 4}},
		"a new unit with a past":         {Begun{Unit: 4, Asked: 5}, lastYear, nil, []int{4}},
		"the latest of all":              {Begun{Year: 2, Indicator: 3, Unit: 4, Asked: 3}, LastYear{}, nil, []int{4}},
		"earlier months logged":          {Begun{Year: 4}, LastYear{}, []int{1, 3}, []int{4}},
		"an old year with some of it":    {Begun{Year: 13}, LastYear{}, []int{2, 3}, nil},
		"a sample year, kept from March": {Begun{Year: 11, Asked: 11, AllAlong: true}, LastYear{}, []int{3}, []int{4}},
		"logged before there was a row":  {Begun{Indicator: 6}, LastYear{}, []int{2}, nil},
	} {
		in := asked("steady", kpi.Flow, nil, c.logged...)
		in.Begun, in.Last = c.begun, c.last
		late := DutyOf(in, kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, "2026-06-05").Late
		u := CompletenessOf(kpi.Unit{}, []Input{in}, "2026-06-05", nobodyWaits)
		var months []int
		reported := 0
		for _, m := range u.Months {
			if reported += m.Logged; m.Late() {
				months = append(months, m.Period.Month)
			}
		}
		if !slices.Equal(late, c.want) || !slices.Equal(months, c.want) || reported != len(c.logged) {
			t.Errorf("%s: late %v and %v, %d reported, want %v, %d", name, late, months, reported, c.want, len(c.logged))
		}
	}
}

// The light says 未到期 until the due day of the first month has passed, then 未填报.
func TestASilentFigureIsNotDueBeforeItsFirstDueDay(t *testing.T) {
	for name, c := range map[string]struct {
		begun  Begun
		starts int
		today  kpi.Date
		want   kpi.Light
	}{
		"January's due day is to come": {Begun{Year: 1}, 1, "2026-02-05", kpi.NotDue},
		"and has passed":               {Begun{Year: 1}, 1, "2026-02-06", kpi.NoData},
		"the day it was put in":        {Begun{Year: 1, Indicator: 10}, 1, "2026-10-20", kpi.NotDue},
		"its first due day":            {Begun{Year: 1, Indicator: 10}, 1, "2026-11-05", kpi.NotDue},
		"the day after":                {Begun{Year: 1, Indicator: 10}, 1, "2026-11-06", kpi.NoData},
		"a target of October":          {Begun{Year: 1, Asked: 10}, 1, "2026-10-20", kpi.NotDue},
		"an earlier month's end":       {Begun{Year: 1, Asked: 10}, 1, "2026-03-31", kpi.NotDue},
		"it begins later still":        {Begun{Year: 1, Unit: 4}, 7, "2026-08-05", kpi.NotDue},
		"the end of the year":          {Begun{Year: 12}, 1, "2026-12-31", kpi.NoData},
		"an old year":                  {Begun{Year: 13}, 1, "2027-05-01", kpi.NoData},
		"an old year's June":           {Begun{Year: 13}, 1, "2026-06-30", kpi.NoData},
	} {
		in := asked("steady", kpi.Flow, nil)
		in.Begun, in.Indicator.Starts, in.AsOf = c.begun, c.starts, kpi.AsOfToday(2026, c.today)
		if got := Measure(in).Light; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
