package chart

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// monthsOf are sums by month; -1 is a month without a number.
func monthsOf(sums ...int64) (out [12]progress.Month) {
	for i := range out {
		out[i].Cumulative = progress.None[kpi.Amount](progress.ReasonNotYet)
		if i < len(sums) && sums[i] >= 0 {
			out[i].Cumulative = progress.Some(kpi.Whole(sums[i]))
		}
	}
	return out
}

func TestATrendIsDrawnFromZeroOverTheWholeYear(t *testing.T) {
	for _, c := range []struct {
		name string
		sums []int64
		want Trend
	}{
		{"nothing", nil, Trend{}},
		{"one month is no trend", []int64{5}, Trend{}},
		{"two months", []int64{0, 10}, Trend{"M2 14L6.3 2", "6.3", "2"}},
		{"the highest month is the top", []int64{5, 10, 10}, Trend{"M2 8L6.3 2L10.7 2", "10.7", "2"}},
		{"a gap stays one", []int64{5, -1, 10}, Trend{"M2 8M10.7 2", "10.7", "2"}},
		{"only zeros lie at the bottom", []int64{0, 0}, Trend{"M2 14L6.3 14", "6.3", "14"}},
		{"December is the right edge", []int64{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2},
			Trend{"M45.6 8L50 2", "50", "2"}},
	} {
		if got := NewTrend(monthsOf(c.sums...)); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestATrendOfHugeAmountsStaysInside(t *testing.T) {
	got := NewTrend(monthsOf(4_000_000_000_000, 9_000_000_000_000))
	if got.Y != "2" {
		t.Errorf("%+v", got)
	}
}
