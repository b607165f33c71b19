package progress

import (
	"slices"
	"testing"

	"dabiao/internal/kpi"
)

// standing is a figure of June 2026 with a target: done of target, and the plan curve's even half.
func standing(code string, kind kpi.Kind, sign kpi.Sign, done, target int64) Figure {
	in := Input{
		Indicator: kpi.Indicator{ID: kpi.IndicatorID(len(code)), Code: code, Kind: kind, Measure: "件", Starts: 1},
		AsOf:      kpi.MonthEnd(kpi.Period{Year: 2026, Month: 6}), Rules: kpi.DefaultRules,
		Target: &kpi.Target{Sign: sign, Amount: kpi.Whole(target)},
	}
	if done >= 0 {
		in.Series = kpi.Series{5: {Amount: kpi.Whole(done), Entries: 1, LastDate: "2026-06-20"}}
	}
	return Measure(in)
}

func board(figures ...Figure) Board {
	return Board{Areas: []AreaFigures{{Figures: figures}}, Summary: Summarize(figures)}
}

func codes(figures []Figure) []string {
	var out []string
	for _, f := range figures {
		out = append(out, f.Indicator.Code)
	}
	return out
}

func TestFiguresStandByTheirDistanceFromPace(t *testing.T) {
	free := standing("untargeted", kpi.Flow, kpi.AtLeastSign, 10, 1)
	free.Target, free.Light = nil, kpi.NoTarget
	later := standing("later", kpi.Flow, kpi.AtLeastSign, -1, 100) // as far behind as can be, but nothing is due
	later.Light = kpi.NotDue
	got := codes(board(
		standing("done", kpi.Flow, kpi.AtLeastSign, 100, 100),
		standing("far-above", kpi.Flow, kpi.AtLeastSign, 300, 100),
		standing("ceiling", kpi.Flow, kpi.AtMostSign, 2, 3),
		standing("on-pace", kpi.Flow, kpi.AtLeastSign, 50, 100),
		standing("under-pace", kpi.Flow, kpi.AtLeastSign, 45, 100),
		standing("ahead", kpi.Flow, kpi.AtLeastSign, 80, 100),
		standing("silent", kpi.Flow, kpi.AtLeastSign, -1, 100),
		standing("behind", kpi.Flow, kpi.AtLeastSign, 35, 100),
		standing("farther", kpi.Flow, kpi.AtLeastSign, 31, 100),
		standing("over", kpi.Flow, kpi.AtMostSign, 4, 3),
		standing("far", kpi.Flow, kpi.AtLeastSign, 10, 100),
		later,
		free,
	).ByPace())
	want := []string{"far", "over", "farther", "behind", "silent",
		"under-pace", "ceiling", "on-pace", "ahead", "later", "done", "far-above"}
	if !slices.Equal(got, want) {
		t.Errorf("in the order\n%v, want\n%v", got, want)
	}
}

func TestRoomIsLeftUnderACeilingAlone(t *testing.T) {
	for _, c := range []struct {
		name         string
		kind         kpi.Kind
		sign         kpi.Sign
		done, target int64
		room         int64
		why          Reason
	}{
		{"2 of at most 3", kpi.Flow, kpi.AtMostSign, 2, 3, 1, ""},
		{"3 of at most 3", kpi.Flow, kpi.AtMostSign, 3, 3, 0, ""},
		{"2 of fewer than 3", kpi.Flow, kpi.LessSign, 2, 3, 0, ""},
		{"a stored 0", kpi.Flow, kpi.AtMostSign, 0, 3, 3, ""},
		{"above it", kpi.Flow, kpi.AtMostSign, 4, 3, 0, ReasonPassed},
		{"nothing logged", kpi.Flow, kpi.AtMostSign, -1, 3, 0, ReasonNoValue},
		{"no ceiling", kpi.Flow, kpi.AtLeastSign, 2, 3, 0, ReasonNoPace},
	} {
		f := standing("x", c.kind, c.sign, c.done, c.target)
		if got := f.Room(); got.Reason != c.why || got.Value != kpi.Whole(c.room) {
			t.Errorf("%s: %v, want %d %q", c.name, got, c.room, c.why)
		}
	}
}

func TestACeilingSaysByHowMuchItIsExceeded(t *testing.T) {
	for _, c := range []struct {
		name         string
		sign         kpi.Sign
		done, target int64
		excess       int64
		why          Reason
	}{
		{"561 of at most 560", kpi.AtMostSign, 561, 560, 1, ""},
		{"1 of none at all", kpi.AtMostSign, 1, 0, 1, ""},
		{"3 of fewer than 3", kpi.LessSign, 3, 3, 1, ""},
		{"5 of fewer than 3", kpi.LessSign, 5, 3, 2, ""},
		{"3 of at most 3", kpi.AtMostSign, 3, 3, 0, ReasonReached},
		{"nothing logged", kpi.AtMostSign, -1, 3, 0, ReasonNoValue},
		{"far above what is to be reached", kpi.AtLeastSign, 9, 3, 0, ReasonNoPace},
		{"short of what is to be reached", kpi.AtLeastSign, 2, 3, 0, ReasonNoPace},
	} {
		f := standing("x", kpi.Flow, c.sign, c.done, c.target)
		if got := f.Excess(); got.Reason != c.why || got.Value != kpi.Whole(c.excess) {
			t.Errorf("%s: %v, want %d %q", c.name, got, c.excess, c.why)
		}
	}
}

// On 30 November 2026 nothing of 2027 has passed: 1,200 in twelve months are 100 in each, and none are expected.
func TestAYearToComeExpectsNothing(t *testing.T) {
	at := kpi.AsOfToday(2027, "2026-11-30")
	if at.Begun() || at.Whole() || at.Date() != "2027-01-01" || !kpi.AsOfToday(2026, "2026-01-01").Begun() {
		t.Errorf("%+v", at)
	}
	f := Measure(Input{Indicator: kpi.Indicator{Kind: kpi.Flow, Measure: "人", Starts: 1}, AsOf: at,
		Rules: kpi.DefaultRules, Target: &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(1_200)}})
	if f.Expected.Value != 0 || f.NeededPerMonth.Value != kpi.Whole(100) || f.Missing.Value != kpi.Whole(1_200) ||
		f.Light != kpi.NotDue {
		t.Errorf("expected %v, needed %v, missing %v, light %s", f.Expected, f.NeededPerMonth, f.Missing, f.Light)
	}
}

func TestWhatWasDoneIsSaidByHowManyWereReached(t *testing.T) {
	done := func(code string, area kpi.AreaID, measure kpi.Measure, n int64) Figure {
		f := standing(code, kpi.Flow, kpi.AtLeastSign, n, 1)
		f.Target, f.Indicator.Area, f.Indicator.Measure = nil, area, measure
		return f
	}
	part := done("part", 2, "人", 900)
	part.Indicator.PartOf = 7
	b := Board{Areas: []AreaFigures{
		{Figures: []Figure{done("papers", 1, "份", 41000), done("asked", 1, "人次", 200)}},
		{Figures: []Figure{part, done("trained", 2, "人", 800), done("screened", 2, "万人", 1)}},
		{Figures: []Figure{done("none", 3, "户", 0), done("events", 3, "场", 12), done("more-events", 3, "场", 90)}},
	}}
	if got := codes(b.Highlights(3)); !slices.Equal(got, []string{"screened", "asked", "events"}) {
		t.Errorf("%v", got)
	}
	if got := codes(b.Highlights(1)); !slices.Equal(got, []string{"screened"}) {
		t.Errorf("%v", got)
	}
	if got := (Board{}).Highlights(3); len(got) != 0 {
		t.Errorf("%v of nothing", got)
	}
}

func TestUnitsStandByWhatTheyLack(t *testing.T) {
	unit := func(code string, done, target int64) UnitFigure {
		return UnitFigure{Unit: kpi.Unit{Code: code}, Figure: standing(code, kpi.Flow, kpi.AtLeastSign, done, target)}
	}
	free := unit("free", 5, 1)
	free.Figure = Measure(Input{Indicator: free.Figure.Indicator, AsOf: free.Figure.AsOf, Rules: kpi.DefaultRules})
	var got []string
	for _, u := range (UnitFigures{Units: []UnitFigure{unit("some", 90, 100), unit("none", 100, 100), free,
		unit("silent", -1, 50), unit("most", 20, 100)}}).Short() {
		got = append(got, u.Unit.Code)
	}
	if !slices.Equal(got, []string{"most", "silent", "some"}) {
		t.Errorf("%v", got)
	}
}
