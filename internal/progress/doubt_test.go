package progress

import (
	"testing"

	"dabiao/internal/kpi"
)

// around is a county's flow of people with nothing in it; each case sets what it is about.
type around struct {
	kind     kpi.Kind
	measure  kpi.Measure
	units    kpi.UnitsRule
	own      []kpi.Update // of the unit itself
	below    kpi.Amount   // reported below, in June
	above    []kpi.Update // the own entries of the unit above
	sign     kpi.Sign     // of the unit's target
	target   int64        // -1: none
	parent   int64        // the target of the unit above; 0: none
	last     [12]int64    // the figure of last year by month
	twin     []kpi.Update
	decimals int
	settled  bool
	ratios   []AroundRatio
}

func on(day kpi.Date, n int64) kpi.Update {
	return kpi.Update{ID: 1, Dated: day, Quantity: kpi.Exactly(kpi.Whole(n)), Act: kpi.ActLog, State: kpi.StateApproved}
}

func (c around) around() Around {
	ind := kpi.Indicator{ID: 7, Kind: c.kind, Measure: c.measure, Units: c.units, Decimals: c.decimals, Direction: kpi.Up}
	if ind.Kind == "" {
		ind.Kind = kpi.Flow
	}
	if ind.Measure == "" {
		ind.Measure = "人"
	}
	a := Around{Indicator: ind, Log: c.own, Before: c.own, Settled: c.settled, Ratios: c.ratios}
	unit := AroundUnit{Name: kpi.Name{Name: "unit"}, Own: c.own, This: a.tally(ofYear(c.own, 2026), nil)}
	if c.below != 0 {
		unit.This[5] = unit.This[5].Plus(kpi.Tally{Amount: c.below, Entries: 1, LastDate: "2026-06-30"})
	}
	for m, n := range c.last {
		if n != 0 {
			unit.Last[m] = kpi.Tally{Amount: kpi.Whole(n), Entries: 1, LastDate: kpi.Period{Year: 2025, Month: m + 1}.End()}
		}
	}
	if c.target >= 0 {
		sign := c.sign
		if sign == "" {
			sign = kpi.AtLeastSign
		}
		unit.Target = &kpi.Target{Sign: sign, Amount: kpi.Whole(c.target)}
	}
	up := AroundUnit{Name: kpi.Name{Name: "above"}, Own: c.above, This: unit.This}
	for m, t := range a.tally(ofYear(c.above, 2026), nil) {
		up.This[m] = up.This[m].Plus(t)
	}
	if c.parent > 0 {
		up.Target = &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(c.parent)}
	}
	for _, u := range c.twin {
		a.Beneath = append(a.Beneath, Twin{kpi.Name{Name: "below"}, u})
	}
	a.Units = []AroundUnit{unit, up}
	return a
}

func TestWhatIsOutOfProportionIsAskedAbout(t *testing.T) {
	none := int64(-1)
	day := kpi.Date("2026-06-20")
	for name, c := range map[string]struct {
		around
		want map[int64]string
	}{
		"nothing is known": {around{target: none}, map[int64]string{9_000: "", 0: "", 100_000_000: ""}},
		"the county's own beside": {around{target: 1_200, below: kpi.Whole(1_107)}, map[int64]string{9_000: "entry_ask_below",
			12: "entry_ask_below", 0: ""}},
		"a later small part": {around{target: none, below: kpi.Whole(1_000), own: []kpi.Update{on("2026-03-01", 30)}},
			map[int64]string{499: "", 500: "entry_ask_below_again", 1_000: "entry_ask_below_again"}},
		"a habit beside the units": {around{target: none, below: kpi.Whole(60), own: []kpi.Update{on("2026-03-01", 30),
			on("2026-04-01", 31), on("2026-05-01", 32)}}, map[int64]string{64: "", 65: "entry_ask_below_again"}},
		"said to be its own part": {around{target: none, below: kpi.Whole(1_107), settled: true},
			map[int64]string{9_000: ""}},
		"readings beside the units": {around{kind: kpi.Running, target: none, below: kpi.Whole(800)},
			map[int64]string{790: "entry_ask_below"}},
		"a rate beside the units": {around{kind: kpi.Running, measure: "%", units: kpi.MeanOf, target: none,
			below: kpi.Whole(80)}, map[int64]string{90: "", 100: "", 101: "entry_ask_percent"}},
		"the county has logged the month": {around{target: none, above: []kpi.Update{on("2026-06-05", 100)}},
			map[int64]string{100: "entry_ask_above", 7: "entry_ask_above", 101: "", 0: ""}},
		"the county logged another month": {around{target: none, above: []kpi.Update{on("2026-05-05", 100)}},
			map[int64]string{60: ""}},
		"beside the county as ever": {around{target: none, above: []kpi.Update{on("2026-06-05", 100)},
			own: []kpi.Update{on("2026-01-05", 50)}}, map[int64]string{60: ""}},
		"the county has read": {around{kind: kpi.Running, target: none, above: []kpi.Update{on("2026-01-31", 900)}},
			map[int64]string{40: "entry_ask_above_reading"}},
		"the same of the unit above": {around{target: none, above: []kpi.Update{on(day, 40)},
			own: []kpi.Update{on("2026-01-05", 50)}}, map[int64]string{40: "entry_ask_twin", 41: ""}},
		"the same of a unit below": {around{target: none, below: kpi.Whole(40),
			twin: []kpi.Update{on(day, 40), on("2026-06-19", 8)}},
			map[int64]string{40: "entry_ask_twin", 8: "entry_ask_below"}},
		"alone beyond the target": {around{target: 1_200}, map[int64]string{1_800: "", 1_801: "entry_ask_target",
			9_000: "entry_ask_target"}},
		"beyond the target of above": {around{target: none, parent: 1_200},
			map[int64]string{1_800: "", 9_000: "entry_ask_target"}},
		"more than a target of 2": {around{target: 2}, map[int64]string{9: "", 10: "entry_ask_target"}},
		"a ceiling": {around{target: 20, sign: kpi.AtMostSign},
			map[int64]string{20: "", 21: "entry_ask_ceiling"}},
		"less than": {around{target: 20, sign: kpi.LessSign},
			map[int64]string{19: "", 20: "entry_ask_ceiling"}},
		"none at all": {around{target: 0, sign: kpi.AtMostSign}, map[int64]string{0: "", 1: "entry_ask_ceiling"}},
		"a ceiling by steps": {around{target: 3, sign: kpi.AtMostSign, own: []kpi.Update{on("2026-03-01", 2)}},
			map[int64]string{1: "", 2: "entry_ask_ceiling"}},
		"a ceiling exceeded before": {around{target: 3, sign: kpi.AtMostSign, own: []kpi.Update{on("2026-03-01", 4)}},
			map[int64]string{2: ""}},
		"a rate with a ceiling": {around{kind: kpi.Running, measure: "%", units: kpi.OwnValue, target: 5,
			sign: kpi.AtMostSign}, map[int64]string{5: "", 6: "entry_ask_ceiling"}},
		"a share in place of a percentage": {around{kind: kpi.Running, measure: "%", units: kpi.OwnValue, target: 90,
			decimals: 2}, map[int64]string{1: "entry_ask_share", 2: "", 91: ""}},
		"a share of a share": {around{kind: kpi.Standard, measure: "%", target: none, own: []kpi.Update{
			on("2026-05-01", 91)}}, map[int64]string{1: "entry_ask_share", 0: ""}},
		"a percentage that is small": {around{kind: kpi.Running, measure: "%", units: kpi.OwnValue, target: 2},
			map[int64]string{1: ""}},
		"a percentage that should be small": {around{kind: kpi.Running, measure: "%", units: kpi.OwnValue, target: 20,
			sign: kpi.AtMostSign}, map[int64]string{1: ""}},
		"a percentage that began small": {around{kind: kpi.Running, measure: "%", units: kpi.OwnValue, target: 90,
			own: []kpi.Update{on("2026-05-01", 1)}}, map[int64]string{1: ""}},
		"the county's first but for 0": {around{target: 1_300, below: kpi.Whole(1_206),
			own: []kpi.Update{on("2026-05-01", 0)}}, map[int64]string{0: "", 12: "entry_ask_below", 500: "entry_ask_below"}},
		"the county's own reaches the target": {around{target: 1_300, below: kpi.Whole(1_206),
			own: []kpi.Update{on("2026-05-01", 30)}},
			map[int64]string{9: "", 63: "", 64: "entry_ask_below_again", 500: "entry_ask_below_again"}},
		"the target was reached before": {around{target: 1_200, below: kpi.Whole(1_206),
			own: []kpi.Update{on("2026-05-01", 30)}}, map[int64]string{64: "", 500: ""}},
		"a township's first but for 0": {around{target: none, above: []kpi.Update{on("2026-06-05", 100)},
			own: []kpi.Update{on("2026-05-01", 0)}}, map[int64]string{7: "entry_ask_above"}},
		"exactly": {around{target: 20, sign: kpi.EqualSign},
			map[int64]string{30: "", 31: "entry_ask_target"}},
		"a target of 0": {around{target: 0}, map[int64]string{9_000: ""}},
		"money in the smaller measure": {around{kind: kpi.Money, measure: "万元", target: 500},
			map[int64]string{750: "", 5_000_000: "entry_ask_target"}},
		"money of a few": {around{kind: kpi.Money, measure: "万元", target: 2},
			map[int64]string{3: "", 4: "entry_ask_target"}},
		"the total crosses the line": {around{target: 100, own: []kpi.Update{on("2026-05-01", 120)}},
			map[int64]string{30: "", 31: "entry_ask_target_total"}},
		"the total was over it before": {around{target: 100, own: []kpi.Update{on("2026-05-01", 151)}},
			map[int64]string{149: ""}},
		"over it by usual steps": {around{target: 100, own: []kpi.Update{on("2026-03-01", 40), on("2026-04-01", 40),
			on("2026-05-01", 60)}}, map[int64]string{50: "", 120: "", 121: "entry_ask_target_total", 151: "entry_ask_target"}},
		"a standard": {around{kind: kpi.Standard, measure: "元", target: 600},
			map[int64]string{900: "", 6_500: "entry_ask_target"}},
		"a reading beyond the target": {around{kind: kpi.Running, target: 1_000, own: []kpi.Update{on("2026-05-01", 900)}},
			map[int64]string{1_500: "", 1_501: "entry_ask_target"}},
		"ten usual months": {around{target: none, last: [12]int64{9: 10, 10: 20, 11: 30}},
			map[int64]string{200: "", 201: "entry_ask_month"}},
		"two months are not usual": {around{target: none, last: [12]int64{10: 10, 11: 10}}, map[int64]string{500: ""}},
		"five times last year": {around{target: none, last: [12]int64{0: 10, 5: 10}},
			map[int64]string{100: "", 101: "entry_ask_year_more"}},
		"a campaign that began earlier": {around{target: none, last: [12]int64{0: 10, 8: 500}},
			map[int64]string{510: "", 511: "entry_ask_year_more"}},
		"a reading beside last year's": {around{kind: kpi.Running, target: none, last: [12]int64{5: 100}},
			map[int64]string{500: "", 501: "entry_ask_year_more", 20: "", 19: "entry_ask_year_less"}},
		"a reading below the last": {around{kind: kpi.Running, target: none, own: []kpi.Update{on("2026-05-01", 14_963)}},
			map[int64]string{14_963: "", 14_962: "entry_ask_lower", 14_000: "entry_ask_lower", 0: "entry_ask_lower"}},
		"below last year's last": {around{kind: kpi.Running, target: none, own: []kpi.Update{on("2025-12-31", 14_963)}},
			map[int64]string{14_963: "", 14_000: "entry_ask_lower"}},
		"the reading of the same day": {around{kind: kpi.Running, target: none, own: []kpi.Update{on(day, 300)}},
			map[int64]string{301: "", 299: "entry_ask_lower"}},
		"above a later one": {around{kind: kpi.Running, target: none, own: []kpi.Update{on("2026-05-01", 100),
			on("2026-07-01", 120)}}, map[int64]string{100: "", 120: "", 121: "entry_ask_higher", 99: "entry_ask_lower"}},
		"readings that fell once": {around{kind: kpi.Running, target: none, own: []kpi.Update{on("2026-04-01", 110),
			on("2026-05-01", 100)}}, map[int64]string{80: "", 79: "entry_ask_lower"}},
		"a long habit of rising": {around{kind: kpi.Running, target: none, own: []kpi.Update{on("2026-03-01", 100),
			on("2026-04-01", 110), on("2026-05-01", 120)}}, map[int64]string{120: "", 119: "entry_ask_lower"}},
		"a stock that should shrink": {around{kind: kpi.Running, target: 500, sign: kpi.AtMostSign,
			own: []kpi.Update{on("2026-05-01", 300)}}, map[int64]string{200: "", 12: ""}},
		"a rate goes up and down": {around{kind: kpi.Running, measure: "%", units: kpi.OwnValue, target: none,
			own: []kpi.Update{on("2026-03-01", 95), on("2026-04-01", 96), on("2026-05-01", 97)}},
			map[int64]string{90: "", 80: "entry_ask_fall"}},
		"what adds up does not fall": {around{target: none, own: []kpi.Update{on("2026-05-01", 300)}},
			map[int64]string{12: ""}},
		"no last year": {around{target: none, last: [12]int64{11: 10}}, map[int64]string{5_000: ""}},
		"a percentage whose target is higher": {around{kind: kpi.Running, measure: "%", units: kpi.OwnValue, target: 120},
			map[int64]string{118: "", 181: "entry_ask_target"}},
		"per mille": {around{kind: kpi.Running, measure: "‰", units: kpi.OwnValue, target: none}, map[int64]string{400: ""}},
		"few pieces beside the habit": {around{target: none, own: []kpi.Update{on("2026-03-01", 1), on("2026-04-01", 2),
			on("2026-05-01", 1)}}, map[int64]string{0: "", 9: "", 10: "entry_ask_large"}},
	} {
		a := c.around.around()
		for n, want := range c.want {
			u := on(day, n)
			u.ID = 99
			question, _, ask := a.Doubt(u)
			if _, known := questions[want]; want != "" && !known {
				t.Errorf("%s: nobody knows what %s compares", name, want)
			}
			if question.Key != want || ask != (want != "") {
				t.Errorf("%s: %d is asked about as %v, want %q", name, n, question, want)
			}
		}
	}
}

func TestBothNumbersAreInTheQuestion(t *testing.T) {
	a := around{target: 1_200, below: kpi.Whole(1_107)}.around()
	question, _, _ := a.Doubt(on("2026-06-20", 9_000))
	if want := kpi.T("entry_ask_below", kpi.Whole(1_107), kpi.Whole(9_000), kpi.Measure("人"),
		kpi.Whole(10_107)); question.String() != want.String() {
		t.Errorf("asked %v, want %v", question, want)
	}
	own := []kpi.Update{on("2026-05-01", 110), on("2026-06-02", 20)}
	question, _, _ = around{target: -1, below: kpi.Whole(190), own: own}.around().Doubt(on("2026-06-20", 110))
	if want := kpi.T("entry_ask_below_again", kpi.Whole(190), kpi.Whole(110), kpi.Measure("人"), kpi.Whole(430),
		kpi.Whole(130)); question.String() != want.String() {
		t.Errorf("beside entries of its own, asked %v, want %v", question, want)
	}
	question, _, _ = around{target: -1, kind: kpi.Running, below: kpi.Whole(190), own: own}.around().
		Doubt(on("2026-06-20", 110))
	if want := kpi.T("entry_ask_below", kpi.Whole(190), kpi.Whole(110), kpi.Measure("人"),
		kpi.Whole(300)); question.String() != want.String() {
		t.Errorf("a reading beside one of its own, asked %v, want %v", question, want)
	}
	question, _, _ = around{target: 1_200}.around().Doubt(on("2026-06-20", 9_000))
	if question.Args[4] != kpi.Whole(750) {
		t.Errorf("9,000 of 1,200 are %v %%", question.Args[4])
	}
}

// What is no ordinary new entry: approximate, corrections, judgements, withdrawals.
func TestKindsOfEntriesThatAreAskedAbout(t *testing.T) {
	a := around{target: 1_200, below: kpi.Whole(1_107), own: []kpi.Update{on("2026-06-20", 30)}}.around()
	for name, c := range map[string]struct {
		change func(*kpi.Update)
		want   string
	}{
		"the same again":           {func(*kpi.Update) {}, "entry_ask_same"},
		"a correction to the same": {func(u *kpi.Update) { u.Act = kpi.ActCorrect }, ""},
		"a withdrawal":             {func(u *kpi.Update) { u.Act = kpi.ActWithdraw }, ""},
		"a judgement":              {func(u *kpi.Update) { u.Level = kpi.LevelMet }, ""},
		"about 9,000": {func(u *kpi.Update) {
			u.Quantity = kpi.Quantity{Amount: kpi.Whole(9_000), Precision: kpi.About, Wording: "约9000"}
		}, "entry_ask_below_again"},
		"a correction to the total": {func(u *kpi.Update) {
			u.Act, u.Quantity = kpi.ActCorrect, kpi.Exactly(kpi.Whole(1_107))
		}, "entry_ask_below_again"},
		"about 30": {func(u *kpi.Update) { u.Quantity.Precision = kpi.About }, ""},
	} {
		u := on("2026-06-20", 30)
		u.ID = 99
		c.change(&u)
		if question, _, _ := a.Doubt(u); question.Key != c.want {
			t.Errorf("%s: asked %v, want %q", name, question, c.want)
		}
	}
	draft := around{target: -1, own: nil}.around()
	draft.Log = []kpi.Update{{ID: 1, Dated: "2026-06-20", Quantity: kpi.Exactly(kpi.Whole(30)), State: kpi.StateDraft}}
	if question, _, ask := draft.Doubt(on("2026-06-20", 30)); ask {
		t.Errorf("a draft of the same: asked %v", question)
	}
}

func TestAQuotientAboveItsWholeIsAskedAbout(t *testing.T) {
	ratio := kpi.Indicator{Name: "rate", Kind: kpi.Ratio, Measure: "%", Factor: 100, Numerator: 7, Denominator: 8}
	perPeriod := ratio
	perPeriod.Measure = "人/期"
	month := func(m int, n int64) (s kpi.Series) {
		s[m-1] = kpi.Tally{Amount: kpi.Whole(n), Entries: 1}
		return s
	}
	divides := ratio
	divides.Numerator, divides.Denominator = 8, 7
	for name, c := range map[string]struct {
		ratio AroundRatio
		own   []kpi.Update
		want  map[int64]string
	}{
		"more settled than there were": {AroundRatio{ratio, month(6, 20)}, nil,
			map[int64]string{20: "", 21: "entry_ask_ratio"}},
		"with those before": {AroundRatio{ratio, month(6, 20)}, []kpi.Update{on("2026-02-01", 15)},
			map[int64]string{5: "", 6: "entry_ask_ratio"}},
		"the whole comes later":    {AroundRatio{ratio, month(5, 20)}, nil, map[int64]string{21: ""}},
		"nothing of the whole yet": {AroundRatio{Indicator: ratio}, nil, map[int64]string{21: ""}},
		"it was over before": {AroundRatio{ratio, month(6, 20)}, []kpi.Update{on("2026-02-01", 25)},
			map[int64]string{5: ""}},
		"no percentage": {AroundRatio{perPeriod, month(6, 20)}, nil, map[int64]string{900: ""}},
		"fewer than were settled": {AroundRatio{divides, month(6, 20)}, nil,
			map[int64]string{20: "", 19: "entry_ask_ratio"}},
	} {
		a := around{target: -1, own: c.own, ratios: []AroundRatio{c.ratio}}.around()
		for n, want := range c.want {
			if question, _, _ := a.Doubt(on("2026-06-20", n)); question.Key != want {
				t.Errorf("%s: %d is asked about as %v, want %q", name, n, question, want)
			}
		}
	}
}
