package page

import (
	"testing"

	"dabiao/internal/chart"
)

// 25086.11% would be printed over its bar.
func TestAPictureCapsARateThatHasNoRoom(t *testing.T) {
	row := func(rate, said string, huge bool) chart.CardRow {
		r := overviewRow{Said: said, Huge: huge}
		r.Rate.Text = rate
		return newCardRow(r)
	}
	for _, c := range []struct {
		rate, said string
		huge       bool
		want       string
	}{{"25086.11%", "", true, "> 999%"}, {"93.20%", "", false, "93.20%"}, {"1200.00%", "余 1 件", true, "余 1 件"}} {
		if got := row(c.rate, c.said, c.huge).Rate; got != c.want {
			t.Errorf("%s, %q: %q, want %q", c.rate, c.said, got, c.want)
		}
	}
}
