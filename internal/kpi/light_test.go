package kpi

import "testing"

// A notice says of a figure what every page says: far above its target is no plain "done".
func TestANoticeSaysHowAFigureStands(t *testing.T) {
	rate := func(p Percent) *Percent { return &p }
	for _, c := range []struct {
		light Light
		rate  *Percent
		want  string
	}{
		{Done, rate(129_99), "done"}, {Done, rate(130_00), "beyond"}, {Done, nil, "done"},
		{Ahead, rate(150_00), "beyond"}, {Over, rate(150_00), "over"}, {FarBehind, rate(20_00), "far_behind"},
		{Stale, rate(150_00), "stale"},
	} {
		if got := (Frozen{Light: c.light, Rate: c.rate}).Standing(DefaultRules); got != c.want {
			t.Errorf("%s at %v: %s, want %s", c.light, c.rate, got, c.want)
		}
	}
}
