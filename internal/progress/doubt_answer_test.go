package progress

import (
	"testing"

	"dabiao/internal/kpi"
)

// What somebody confirmed is not asked about again until it is worse; what is kept as the entry's mark
// stays. Each case is a correction, beside what was confirmed about the entry it replaces.
func TestWhatWasAnsweredIsNotAskedAgain(t *testing.T) {
	const day = "2026-06-20"
	none := int64(-1)
	total := func(below, n int64) Answer {
		return Answer{kpi.Whole(n), kpi.T("entry_ask_below", kpi.Whole(below), kpi.Whole(n), kpi.Measure("人"),
			kpi.Whole(below+n))}
	}
	ofTarget := func(n, target int64) Answer {
		return Answer{kpi.Whole(n), kpi.T("entry_ask_target", kpi.Whole(n), kpi.Measure("人"), kpi.Name{Name: "unit"},
			kpi.Whole(target), kpi.Whole(0))}
	}
	month := func(n, usual int64) Answer {
		return Answer{kpi.Whole(n), kpi.T("entry_ask_month", kpi.Whole(n), kpi.Measure("人"), kpi.Whole(usual))}
	}
	twin := func(unit string, n int64) Answer {
		return Answer{kpi.Whole(n), kpi.T("entry_ask_twin", kpi.Name{Name: unit}, day, kpi.Whole(n), kpi.Measure("人"))}
	}
	low := func(n, then int64) Answer {
		return Answer{kpi.Whole(n), kpi.T("entry_ask_year_less", kpi.Whole(n), kpi.Measure("人"), kpi.Whole(then))}
	}
	for name, c := range map[string]struct {
		around
		answers []Answer
		want    map[int64]string // asked about; "-key": not asked and marked; "": neither
	}{
		"nobody was asked": {around{target: 1_200}, nil, map[int64]string{9_000: "entry_ask_target"}},
		"the same or less": {around{target: 1_200}, []Answer{ofTarget(9_000, 1_200)},
			map[int64]string{9_000: "-entry_ask_target", 8_000: "-entry_ask_target", 9_001: "entry_ask_target", 1_000: ""}},
		"the target was raised": {around{target: 12_000}, []Answer{ofTarget(9_000, 1_200)},
			map[int64]string{20_000: "-entry_ask_target", 90_001: "entry_ask_target"}},
		"the target was lowered": {around{target: 100}, []Answer{ofTarget(9_000, 1_200)},
			map[int64]string{9_000: "-entry_ask_target", 9_001: "entry_ask_target"}},
		"beside a total, then of the target": {around{target: 1_200, below: kpi.Whole(1_107)}, []Answer{total(1_107, 9_000)},
			map[int64]string{9_000: "-entry_ask_below", 8_000: "-entry_ask_below", 9_001: "entry_ask_below"}},
		"it comes to be the very total": {around{target: none, below: kpi.Whole(1_107)}, []Answer{total(1_107, 9_000)},
			map[int64]string{1_107: "entry_ask_below", 1_108: "-entry_ask_below"}},
		"it was the very total": {around{target: none, below: kpi.Whole(1_107)}, []Answer{total(1_107, 1_107)},
			map[int64]string{1_107: "-entry_ask_below"}},
		"the units below reported since": {around{target: 1_200, below: kpi.Whole(1_107)}, []Answer{ofTarget(9_000, 1_200)},
			map[int64]string{9_000: "entry_ask_below"}},
		"they report more": {around{target: none, below: kpi.Whole(5_000)}, []Answer{total(1_107, 9_000)},
			map[int64]string{9_000: "-entry_ask_below", 50_000: "entry_ask_below"}},
		"they report less": {around{target: none, below: kpi.Whole(10)}, []Answer{total(1_107, 9_000)},
			map[int64]string{9_000: "-entry_ask_below", 9_001: "entry_ask_below"}},
		"an earlier answer of the fact": {around{target: 1_200},
			[]Answer{ofTarget(2_000, 1_200), ofTarget(9_000, 1_200)}, map[int64]string{9_000: "-entry_ask_target"}},
		"a usual month": {around{target: none, last: [12]int64{9: 10, 10: 20, 11: 30}}, []Answer{month(900, 20)},
			map[int64]string{900: "-entry_ask_month", 901: "entry_ask_month"}},
		"a target was set since": {around{target: 100, last: [12]int64{9: 10, 10: 20, 11: 30}}, []Answer{month(900, 20)},
			map[int64]string{900: "entry_ask_target"}},
		"the same of another unit": {around{target: none, below: kpi.Whole(40), twin: []kpi.Update{on(day, 40)}},
			[]Answer{twin("elsewhere", 40)}, map[int64]string{40: "entry_ask_twin"}},
		"the same of the same unit": {around{target: none, below: kpi.Whole(100), twin: []kpi.Update{on(day, 40)}},
			[]Answer{twin("below", 40)}, map[int64]string{40: "-entry_ask_twin"}},
		"less than last year's reading": {around{kind: kpi.Running, target: none, last: [12]int64{5: 1_000}},
			[]Answer{low(100, 1_000)}, map[int64]string{100: "-entry_ask_year_less", 150: "-entry_ask_year_less",
				99: "entry_ask_year_less", 300: ""}},
		"too little confirmed, too much now": {around{kind: kpi.Running, target: none, last: [12]int64{5: 1_000}},
			[]Answer{low(100, 1_000)}, map[int64]string{6_000: "entry_ask_year_more"}},
		"a question of an older version": {around{target: 1_200}, []Answer{{kpi.Whole(9_000), kpi.T("entry_ask_gone")}},
			map[int64]string{9_000: "entry_ask_target"}},
		"one that says less": {around{target: 1_200}, []Answer{{kpi.Whole(9_000), kpi.T("entry_ask_target")}},
			map[int64]string{9_000: "-entry_ask_target", 9_001: "entry_ask_target"}},
	} {
		a := c.around.around()
		a.Answers = c.answers
		for n, want := range c.want {
			u := on(day, n)
			u.ID, u.Act = 99, kpi.ActCorrect
			question, marked, ask := a.Doubt(u)
			got := question.Key
			if marked && !ask {
				got = "-" + got
			}
			if got != want {
				t.Errorf("%s: %d: %v, want %q", name, n, got, want)
			}
		}
	}
}
