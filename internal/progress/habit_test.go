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
		h, ok := Usual(c.kind, c.entries)
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
		if _, ok := Usual(kpi.Flow, entries); ok {
			t.Errorf("%s make a habit", name)
		}
	}
	if _, ok := Usual(kpi.Level, logged(1, 2, 3)); ok {
		t.Error("judgements make a habit")
	}
}
