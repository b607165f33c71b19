package chart

import (
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Trend is a year's months as a line so small that it stands in a row of a table: no axis, from zero to
// the highest month, January at the left edge and December at the right, so that the lines of a page can
// be held against each other and a young year is a short line.
type Trend struct {
	Path string // of an SVG; "" for fewer than two months that have a number
	X, Y string // the last month's point
}

// Measures of a trend's drawing, in pixels.
const (
	TrendWidth  = 52
	TrendHeight = 16
	trendEdge   = 2
)

// NewTrend draws what stands by the end of each month; a month without a number is a gap.
func NewTrend(months [12]progress.Month) Trend {
	var low, high kpi.Amount
	known := 0
	for _, m := range months {
		if m.Cumulative.Ok() {
			known++
			low, high = min(low, m.Cumulative.Value), max(high, m.Cumulative.Value)
		}
	}
	if known < 2 {
		return Trend{}
	}
	var t Trend
	var path strings.Builder
	pen := "M"
	for i, m := range months {
		if !m.Cumulative.Ok() {
			pen = "M"
			continue
		}
		t.X = tenths(trendEdge*10 + (TrendWidth-2*trendEdge)*10*i/11)
		t.Y = tenths((TrendHeight-trendEdge)*10 - trendRise(m.Cumulative.Value-low, high-low))
		path.WriteString(pen + t.X + " " + t.Y)
		pen = "L"
	}
	t.Path = path.String()
	return t
}

// trendRise is how far above the lowest a month stands, in tenths of a pixel.
func trendRise(a, of kpi.Amount) int {
	const room = (TrendHeight - 2*trendEdge) * 10
	if of <= 0 {
		return 0
	}
	return int(kpi.Amount(room).Times(int64(a), int64(of)))
}

// tenths writes a number of tenths as short as it goes: 125 is 12.5, 120 is 12.
func tenths(n int) string {
	s := strconv.Itoa(n / 10)
	if n%10 != 0 {
		s += "." + strconv.Itoa(n%10)
	}
	return s
}
