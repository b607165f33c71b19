package progress_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// A month's light equals the one its own board showed then.
func TestAMonthsLightIsItsBoards(t *testing.T) {
	in := input(t, kpi.Flow, goal(t, kpi.AtLeastSign, "1200"), "2022-01-20 100", "2022-02-20 20", "2022-03-20 150",
		"2022-05-20 400")
	in.AsOf, in.ByMonth = at(6, 10), true
	f := progress.Measure(in)
	for m := 1; m <= 12; m++ {
		then := in
		then.ByMonth = false
		then.AsOf = end(m)
		want := progress.Measure(then).Light
		switch {
		case m == 6:
			want = f.Light
		case m > 6:
			want = ""
		}
		if got := f.Months[m-1].Light; got != want {
			t.Errorf("month %d: %q, its board said %q", m, got, want)
		}
	}
	if f.Months[1].Light != kpi.Behind || f.Months[3].Entries != 0 || f.Months[4].Entries != 1 {
		t.Errorf("%+v", f.Months)
	}
}

func TestTheForecastsRange(t *testing.T) {
	for _, c := range []struct {
		name    string
		at      kpi.AsOf
		entries []string
		want    progress.Range
		reason  progress.Reason
	}{
		{"between the slowest and the fastest month", end(6), []string{"2022-04-01 50", "2022-05-01 100", "2022-06-01 120"},
			progress.Range{Low: 540, High: 990}, ""},
		{"a running month does not count", at(6, 1), []string{"2022-04-01 50", "2022-05-01 50"},
			progress.Range{Low: 100, High: 448}, ""},
		{"one month says nothing", end(1), []string{"2022-01-01 50"}, progress.Range{}, progress.ReasonNotDue},
		{"the year is over", end(12), []string{"2022-01-01 50"}, progress.Range{}, progress.ReasonNotDue},
		{"nothing logged", end(6), nil, progress.Range{}, progress.ReasonNoValue},
	} {
		in := input(t, kpi.Flow, goal(t, kpi.AtLeastSign, "1200"), c.entries...)
		in.AsOf, in.ByMonth = c.at, true
		f := progress.Measure(in)
		got := progress.Range{Low: f.Range.Value.Low / kpi.One, High: f.Range.Value.High / kpi.One}
		if got != c.want || f.Range.Reason != c.reason {
			t.Errorf("%s: %+v %q, want %+v %q (forecast %s)", c.name, got, f.Range.Reason, c.want, c.reason, f.Forecast.Value)
		}
		if f.Range.Ok() && (f.Forecast.Value < f.Range.Value.Low || f.Forecast.Value > f.Range.Value.High) {
			t.Errorf("%s: the forecast %s lies outside", c.name, f.Forecast.Value)
		}
	}
}
