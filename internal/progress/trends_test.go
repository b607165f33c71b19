package progress

import (
	"slices"
	"strconv"
	"testing"

	"dabiao/internal/kpi"
)

func TestUnitsRankByTheShareThatIsOnPace(t *testing.T) {
	free := func() Figure {
		f := standing("free", kpi.Flow, kpi.AtLeastSign, 5, 1)
		f.Target = nil
		return f
	}
	at := func(done int64) Figure { return standing("x", kpi.Flow, kpi.AtLeastSign, done, 100) }
	units := []kpi.Unit{{Code: "half-red"}, {Code: "all"}, {Code: "half-yellow"}, {Code: "nothing"}, {Code: "one-of-one"}}
	m := NewMatrix(units, []Figure{
		at(50), at(10), free(),
		at(60), at(55), free(),
		at(50), at(35), free(),
		free(), free(), free(),
		at(50), free(), at(90),
	})
	if len(m.Indicators) != 2 {
		t.Fatalf("%d indicators are held by two units", len(m.Indicators))
	}
	var got []string
	for _, u := range m.Units {
		got = append(got, u.Unit.Code+" "+strconv.Itoa(u.Rank))
	}
	want := []string{"all 1", "one-of-one 1", "half-yellow 3", "half-red 4", "nothing 0"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if u := m.Units[0]; u.OnPace != 2 || u.Of != 2 {
		t.Errorf("%+v", u)
	}
	if m := NewMatrix(nil, nil); len(m.Units) != 0 {
		t.Errorf("%+v of nothing", m)
	}
}

func TestAnIndicatorIsFollowedWhereTwoYearsHaveANumber(t *testing.T) {
	old, young, silent := standing("a", kpi.Flow, kpi.AtLeastSign, 5, 9), standing("bb", kpi.Flow, kpi.AtLeastSign, 5, 9),
		standing("ccc", kpi.Flow, kpi.AtLeastSign, -1, 9)
	var h History
	h.Add(2026, []Figure{old, young, silent})
	h.Add(2025, []Figure{old, silent, standing("dddd", kpi.Flow, kpi.AtLeastSign, 5, 9)})
	got := h.Followed()
	if len(got) != 1 || got[0][2025].Indicator.Code != "a" || len(h.Years) != 2 {
		t.Errorf("%+v", got)
	}
}
