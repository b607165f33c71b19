package progress_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Whatever the entries and targets: achieving more never lowers completion or pace; the pace is what
// the printed achievement and expectation give; what is missing is what the target lacks; the months
// lead up to the achievement, whatever last year was; nothing absent has a value.
func TestFiguresAgreeWithEachOther(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 11))
	for range 3000 {
		target := goal(t, kpi.AtLeastSign, fmt.Sprint(1+dice.IntN(200_000)))
		if dice.IntN(3) == 0 {
			target.Curve = randomCurve(dice)
		}
		month := 1 + dice.IntN(12)
		seen := at(month, 1+dice.IntN(kpi.Period{Year: 2022, Month: month}.Days()))
		amount := dice.IntN(300_000)
		less := input(t, kpi.Flow, target, fmt.Sprintf("2022-01-01 %d", amount))
		more := input(t, kpi.Flow, target, fmt.Sprintf("2022-01-01 %d", amount+1+dice.IntN(50)))
		less.AsOf, more.AsOf = seen, seen
		less.Last.Series, _ = logged(t, kpi.Flow, fmt.Sprintf("2021-01-01 %d", dice.IntN(300_000)))
		starts := 1 + dice.IntN(12)
		less.Indicator.Starts, more.Indicator.Starts = starts, starts
		f, g := progress.Measure(less), progress.Measure(more)
		if g.Completion.Value < f.Completion.Value || g.Pace.Ok() && g.Pace.Value < f.Pace.Value {
			t.Fatalf("more achieved is worth less: %+v, %+v", f, g)
		}
		if f.Missing.Ok() && f.Missing.Value+f.Achievement.Value.Amount != target.Amount {
			t.Fatalf("%s + %s is not %s", f.Missing.Value, f.Achievement.Value.Amount, target.Amount)
		}
		if seen := f.Months[month-1]; seen.Cumulative.Value != f.Achievement.Value.Amount || !seen.Cumulative.Ok() {
			t.Fatalf("by month %d there are %+v, all in all %s", month, seen.Cumulative, f.Achievement.Value.Amount)
		}
		if f.Expected.Ok() && f.Expected.Value > target.Amount {
			t.Fatalf("%s is expected of %s", f.Expected.Value, target.Amount)
		}
		if f.ReachDate.Ok() && f.ReachDate.Value < seen.Date() {
			t.Fatalf("on %s the target is said to be reached on %s", seen.Date(), f.ReachDate.Value)
		}
		if f.ReachDate.Ok() && (f.ReachDate.Value > "2022-12-31" || f.Forecast.Value < target.Amount) {
			t.Fatalf("the year ends at %s of %s, yet the target is reached on %s", f.Forecast.Value, target.Amount,
				f.ReachDate.Value)
		}
		if f.NeededPerMonth.Ok() && f.NeededPerMonth.Value > f.Missing.Value {
			t.Fatalf("%s a month for %s missing", f.NeededPerMonth.Value, f.Missing.Value)
		}
		if p := f.Prospect(); p.Value == progress.ProspectShort && f.Forecast.Value >= target.Amount {
			t.Fatalf("%s of %s is called short", f.Forecast.Value, target.Amount)
		}
		for name, absent := range map[string]bool{
			"completion": !f.Completion.Ok() && f.Completion.Value != 0, "pace": !f.Pace.Ok() && f.Pace.Value != 0,
			"expected": !f.Expected.Ok() && f.Expected.Value != 0, "forecast": !f.Forecast.Ok() && f.Forecast.Value != 0,
		} {
			if absent {
				t.Fatalf("%s is absent and has a number", name)
			}
		}
	}
}

func randomCurve(dice *rand.Rand) *kpi.Curve {
	var c kpi.Curve
	last := 0
	for m := range c {
		last += dice.IntN(100_00 - last + 1)
		c[m] = kpi.Percent(last)
	}
	c[11] = kpi.Hundred
	return &c
}

// The plan never falls, and ends at 100 %.
func TestPlansGrowToTheWhole(t *testing.T) {
	for starts := 1; starts <= 12; starts++ {
		last := kpi.Amount(0)
		for month := 1; month <= 12; month++ {
			for day := 1; day <= end(month).Day; day++ {
				share := kpi.EvenSchedule(starts).At(at(month, day)).Of(kpi.One)
				if share < last {
					t.Fatalf("from month %d on: %d/%d falls to %s", starts, month, day, share)
				}
				last = share
			}
		}
		if last != kpi.One {
			t.Errorf("from month %d on the year ends at %s", starts, last)
		}
	}
}
