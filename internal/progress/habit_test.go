package progress

import (
	"testing"

	"dabiao/internal/kpi"
)

func logged(amounts ...int64) []kpi.Update {
	var out []kpi.Update
	for _, n := range amounts {
		out = append(out, kpi.Update{Quantity: kpi.Exactly(kpi.Whole(n))})
	}
	return out
}

func TestWhatIsFarFromTheLatestEntriesIsAskedAbout(t *testing.T) {
	for name, c := range map[string]struct {
		kind    kpi.Kind
		entries []kpi.Update
		amounts map[int64]Doubt
	}{
		"amounts":        {kpi.Flow, logged(10, 30, 20), map[int64]Doubt{5: "", 60: "", 4: DoubtSmall, 61: DoubtLarge}},
		"amounts with 0": {kpi.Money, logged(0, 30, 20), map[int64]Doubt{0: "", 60: "", 61: DoubtLarge}},
		"only the latest": {kpi.Flow, logged(900, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9),
			map[int64]Doubt{18: "", 19: DoubtLarge}},
		"readings": {kpi.Running, logged(100, 110, 140), map[int64]Doubt{140: "", 200: "", 139: DoubtFall,
			201: DoubtJump}},
		"that fell once": {kpi.Running, logged(100, 90, 140), map[int64]Doubt{120: "", 119: DoubtFall, 240: "",
			241: DoubtJump}},
		"that stood": {kpi.Running, logged(100, 100, 100), map[int64]Doubt{100: "", 110: "", 111: DoubtJump,
			99: DoubtFall}},
		"a standard": {kpi.Standard, logged(600, 600, 650), map[int64]Doubt{650: "", 6500: DoubtLarge, 65: DoubtSmall}},
	} {
		h, ok := Usual(c.kind, false, c.entries)
		if !ok {
			t.Errorf("%s: no habit", name)
		}
		for amount, want := range c.amounts {
			if got := h.Doubt(kpi.Whole(amount)); got != want {
				t.Errorf("%s: %d is doubted as %q, want %q (usual %s to %s)", name, amount, got, want, h.Low, h.High)
			}
		}
	}
	for name, entries := range map[string][]kpi.Update{"two entries": logged(1, 2), "nothing but zeros": logged(0, 0, 0)} {
		if _, ok := Usual(kpi.Flow, false, entries); ok {
			t.Errorf("%s make a habit", name)
		}
	}
	if _, ok := Usual(kpi.Level, false, logged(1, 2, 3)); ok {
		t.Error("judgements make a habit")
	}
}

// What falls is asked about where pieces are counted from one reading to the next, and nowhere else.
func TestReadingsThatMayFall(t *testing.T) {
	count := kpi.Indicator{Kind: kpi.Running, Measure: "户", Direction: kpi.Up}
	ceiling, floor := &kpi.Target{Sign: kpi.AtMostSign}, &kpi.Target{Sign: kpi.AtLeastSign}
	change := func(f func(*kpi.Indicator)) kpi.Indicator { i := count; f(&i); return i }
	for name, c := range map[string]struct {
		indicator kpi.Indicator
		target    *kpi.Target
		want      bool
	}{
		"a count":               {count, nil, false},
		"with a target":         {count, floor, false},
		"under a ceiling":       {count, ceiling, true},
		"less is better":        {change(func(i *kpi.Indicator) { i.Direction = kpi.Down }), nil, true},
		"a percentage":          {change(func(i *kpi.Indicator) { i.Measure, i.Units = "%", kpi.OwnValue }), nil, true},
		"a rate without a rule": {change(func(i *kpi.Indicator) { i.Measure = "‰" }), nil, true},
		"a mean":                {change(func(i *kpi.Indicator) { i.Units = kpi.MeanOf }), nil, true},
		"the highest":           {change(func(i *kpi.Indicator) { i.Units = kpi.Highest }), nil, true},
		"the lowest":            {change(func(i *kpi.Indicator) { i.Units = kpi.Lowest }), nil, true},
		"the unit's own":        {change(func(i *kpi.Indicator) { i.Units = kpi.OwnValue }), nil, true},
		"a flow adds up":        {change(func(i *kpi.Indicator) { i.Kind = kpi.Flow }), nil, true},
		"money adds up":         {change(func(i *kpi.Indicator) { i.Kind = kpi.Money }), nil, true},
		"a ratio is computed":   {change(func(i *kpi.Indicator) { i.Kind = kpi.Ratio }), nil, true},
		"a judgement":           {change(func(i *kpi.Indicator) { i.Kind = kpi.Level }), nil, true},
		"a standard is set":     {change(func(i *kpi.Indicator) { i.Kind = kpi.Standard }), nil, true},
	} {
		if got := MayFall(c.indicator, c.target); got != c.want {
			t.Errorf("%s: may fall %v, want %v", name, got, c.want)
		}
	}
	h, _ := Usual(kpi.Running, true, logged(95, 96, 97))
	for n, want := range map[int64]Doubt{97: "", 90: "", 88: "", 87: DoubtFall, 106: "", 107: DoubtJump} {
		if got := h.Doubt(kpi.Whole(n)); got != want {
			t.Errorf("%d after 97 %% is doubted as %q, want %q", n, got, want)
		}
	}
}
