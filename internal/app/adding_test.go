package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

func (b *bureau) define(n app.NewIndicator) {
	b.Helper()
	if n.Indicator.Name == "" {
		n.Indicator.Name = n.Indicator.Code
	}
	_, err := b.app.CreateIndicator(ctx, b.staff, n)
	b.must(err)
}

// rateOf defines a rate that units log themselves.
func (b *bureau) rateOf(code string, rule kpi.UnitsRule) {
	b.Helper()
	b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: code, Kind: kpi.Running, Measure: "%", Decimals: 2,
		Units: rule}})
}

// Rates of units are never added: a unit shows its own, the mean, the highest or the lowest.
func TestARateOfSeveralUnitsFollowsItsRule(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.village("e1", "east")
		rules := map[string]kpi.UnitsRule{"own": kpi.OwnValue, "mean": kpi.MeanOf, "high": kpi.Highest, "low": kpi.Lowest}
		for code, rule := range rules {
			b.rateOf(code, rule)
			b.log(code, "east", "2026-03-10", 80)
			b.log(code, "west", "2026-03-11", 90)
			b.log(code, "e1", "2026-04-10", 61)
		}
		wanted := func(when, unit string, own, mean, high, low string) {
			t.Helper()
			for code, want := range map[string]string{"own": own, "mean": mean, "high": high, "low": low} {
				b.wantAchievedBy(when, code, unit, want)
			}
		}
		wanted("2026-03", "county", "", "85", "90", "80")
		wanted("2026-04", "county", "", "77", "90", "61")
		wanted("2026-04", "east", "80", "70.5", "80", "61")
		b.wantVerified()

		for code := range rules {
			b.log(code, "east", "2026-05-10", 100) // a reading replaces the one before; months never add
		}
		wanted("2026-05", "county", "", "83.67", "100", "61")
		wanted("2026-05", "east", "100", "80.5", "100", "61")
		for code := range rules {
			_, err := b.app.CorrectUpdate(ctx, b.staff, b.log(code, "west", "2026-06-01", 99).ID,
				entry(code, "west", "2026-06-01", 30), "typed wrong")
			b.must(err)
		}
		wanted("2026-06", "county", "", "63.67", "100", "30")
		b.wantVerified()

		b.must(b.move("e1", "west", kpi.HistoryMove, ""))
		wanted("2026-06", "west", "30", "45.5", "61", "30")
		wanted("2026-06", "east", "100", "100", "100", "100")
		wanted("2026-06", "county", "", "63.67", "100", "30")
		b.wantVerified()
	})
}

// A mean is judged by its exact number: two thirds of the units at 90 and one at 89.99 do not reach a
// mean of 90.
func TestAMeanIsDecidedExactly(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.rateOf("mean", kpi.MeanOf)
		b.mustTarget("mean", "county", 90)
		b.village("north", "county")
		for _, unit := range []string{"east", "west"} {
			b.log("mean", unit, "2026-03-10", 90)
		}
		n := entry("mean", "north", "2026-03-10", 90)
		n.Quantity.Amount -= kpi.One / 100
		_, err := b.app.LogUpdate(ctx, b.staff, n)
		b.must(err)
		v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026}, "mean")
		b.must(err)
		f := v.Figure
		if f.Met || f.Light == kpi.Done || f.Achievement.Value.Amount.String() != "89.99" ||
			f.Completion.Value.String() != "99.99" || f.Achievement.Value.Of != kpi.MeanOf {
			t.Errorf("met %v, %s, %s %s, completion %s", f.Met, f.Light, f.Achievement.Value.Of, f.Achievement.Value.Amount,
				f.Completion.Value)
		}
	})
}

// A rate that would be added up is refused, with a way out; counts need no rule.
func TestARateIsRefusedWhereItWouldBeAdded(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for _, c := range []struct {
			kind    kpi.Kind
			measure kpi.Measure
			rule    kpi.UnitsRule
			refused string
		}{
			{kpi.Flow, "%", "", "rate_not_added"}, {kpi.Flow, "％", "", "rate_not_added"}, {kpi.Flow, "‰", "", "rate_not_added"},
			{kpi.Flow, "元/人", "", "rate_not_added"}, {kpi.Flow, "每10万人", "", "rate_not_added"}, {kpi.Flow, "人均元", "",
				"rate_not_added"},
			{kpi.Flow, "people per session", "", "rate_not_added"}, {kpi.Running, "%", "", "rate_not_added"}, {kpi.Running,
				"入学率", "", "rate_not_added"},
			{kpi.Running, "%", kpi.MeanOf, ""}, {kpi.Running, "元/月/人", kpi.OwnValue, ""}, {kpi.Running, "‰", kpi.Lowest, ""},
			{kpi.Flow, "%", kpi.MeanOf, "units_rule_unexpected"}, {kpi.Standard, "元/月", "", ""}, {kpi.Level, "%", "", ""},
			{kpi.Flow, "人/次", "", ""}, {kpi.Flow, "人次", "", ""}, {kpi.Running, "户", "", ""}, {kpi.Running, "户", kpi.Highest, ""},
			{kpi.Running, "户", "median", "units_rule_unknown"},
		} {
			_, err := b.app.CreateIndicator(ctx, b.staff,
				app.NewIndicator{Indicator: kpi.Indicator{Code: "c" + fmt.Sprint(b.clock.Unix()), Name: "c",
					Kind: c.kind, Measure: c.measure, Units: c.rule}})
			b.clock = b.clock.Add(1e9)
			if c.refused == "" {
				b.must(err)
				continue
			}
			wantRefusal(t, err, kpi.Invalid, c.refused)
		}
		measure := kpi.Measure("%")
		_, err := b.app.EditIndicator(ctx, b.staff, "screened", app.IndicatorEdit{Measure: &measure})
		wantRefusal(t, err, kpi.Invalid, "rate_not_added")
	})
}

// An indicator may be the sum of others, over months, units and measures of money, and accepts no
// entries.
func TestASumIsComputedFromItsParts(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.village("e1", "east")
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "all", Kind: kpi.Flow, Measure: "起"},
			SumOf: []string{"disputes", "settled"}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "yuan", Kind: kpi.Money, Measure: kpi.Yuan, Decimals: 2}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "wan", Kind: kpi.Money, Measure: kpi.TenThousandY,
			Decimals: 2}})
		b.log("wan", "east", "2026-02-10", 3)
		b.log("disputes", "e1", "2026-02-10", 10)
		u := b.log("settled", "west", "2026-03-10", 7)
		b.log("yuan", "west", "2026-02-11", 5_000)
		// Parts may have been logged before the sum is made.
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "money", Kind: kpi.Money, Measure: kpi.Yuan, Decimals: 2},
			SumOf: []string{"yuan", "wan"}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "tens", Kind: kpi.Money, Measure: kpi.TenThousandY,
			Decimals: 4}, SumOf: []string{"money"}})
		b.wantAchieved("money", "", "35000")
		b.wantAchieved("tens", "", "3.5")
		b.wantAchieved("all", "", "17")
		b.wantAchieved("all", "east", "10")
		b.wantAchieved("all", "west", "7")
		b.log("disputes", "e1", "2026-05-10", 5)
		_, err := b.app.CorrectUpdate(ctx, b.staff, u.ID, entry("settled", "west", "2026-04-10", 9), "typed wrong")
		b.must(err)
		b.wantAchieved("all", "", "24")
		b.wantAchievedBy("2026-03", "all", "", "10")
		b.log("yuan", "county", "2026-05-11", 1)
		b.wantAchieved("money", "", "35001")
		b.wantAchieved("tens", "", "3.5001")
		b.wantVerified()

		_, err = b.app.LogUpdate(ctx, b.staff, entry("all", "east", "2026-05-01", 1))
		wantRefusal(t, err, kpi.Invalid, "sum_not_logged")
		archived := true
		_, err = b.app.EditIndicator(ctx, b.staff, "settled", app.IndicatorEdit{Archived: &archived})
		if err == nil {
			t.Error("the ratio's part was archived")
		}
		_, err = b.app.EditIndicator(ctx, b.staff, "wan", app.IndicatorEdit{Archived: &archived})
		b.must(err)
		v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026}, "money")
		b.must(err)
		if len(v.Absent) != 1 || v.Absent[0].Code != "wan" || len(v.Inputs) != 1 || len(v.Log) != 3 {
			t.Errorf("absent %v, inputs %v, %d entries", v.Absent, v.Inputs, len(v.Log))
		}
		parts := []string{"disputes"}
		_, err = b.app.EditIndicator(ctx, b.staff, "all", app.IndicatorEdit{SumOf: &parts})
		b.must(err)
		b.wantAchieved("all", "", "15")
		b.wantVerified()
	})
}

// Impossible sums are refused.
func TestSumsThatCannotBeAreRefused(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.indicator("attendances", kpi.Flow, "人次")
		b.indicator("judged", kpi.Level, "")
		b.rateOf("cover", kpi.MeanOf)
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "yuan", Kind: kpi.Money, Measure: kpi.Yuan, Decimals: 2}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "all", Kind: kpi.Flow, Measure: "起"},
			SumOf: []string{"disputes", "settled"}})
		for _, c := range []struct {
			kind    kpi.Kind
			measure kpi.Measure
			rule    kpi.UnitsRule
			parts   []string
			refused string
		}{
			{kpi.Flow, "人", "", []string{"screened", "attendances"}, "sum_part_measure"},
			{kpi.Flow, "人次", "", []string{"screened"}, "sum_part_measure"},
			{kpi.Flow, "户", "", []string{"users"}, "sum_part_kind"},
			{kpi.Running, "人", "", []string{"screened"}, "sum_part_kind"},
			{kpi.Money, kpi.TenThousandY, "", []string{"screened"}, "sum_part_kind"},
			{kpi.Flow, "起", "", []string{"rate"}, "sum_part_rate"},
			{kpi.Running, "%", "", []string{"cover"}, "sum_part_rate"},
			{kpi.Running, "%", kpi.MeanOf, []string{"cover"}, "sum_of_rates"},
			{kpi.Flow, "起", "", []string{"judged"}, "sum_part_rate"},
			{kpi.Level, "", "", []string{"judged"}, "sum_kind"},
			{kpi.Flow, "起", "", []string{"disputes", "disputes"}, "sum_part_twice"},
			{kpi.Flow, "起", "", []string{"all", "disputes"}, "sum_part_twice"},
			{kpi.Flow, "起", "", []string{"nowhere"}, "indicator_not_found"},
		} {
			_, err := b.app.CreateIndicator(ctx, b.staff,
				app.NewIndicator{Indicator: kpi.Indicator{Code: "new", Name: "new", Kind: c.kind,
					Measure: c.measure, Units: c.rule}, SumOf: c.parts})
			wantRefusal(t, err, kpi.Invalid, c.refused)
		}
		edit := func(code string, parts ...string) error {
			_, err := b.app.EditIndicator(ctx, b.staff, code, app.IndicatorEdit{SumOf: &parts})
			return err
		}
		wantRefusal(t, edit("all", "all"), kpi.Invalid, "sum_cycle")
		wantRefusal(t, edit("disputes", "all"), kpi.Invalid, "sum_cycle")
		b.log("disputes", "east", "2026-05-01", 1)
		wantRefusal(t, edit("disputes", "settled"), kpi.Invalid, "locked_by_updates")
		measure := kpi.Measure("件")
		_, err := b.app.EditIndicator(ctx, b.staff, "settled", app.IndicatorEdit{Measure: &measure})
		wantRefusal(t, err, kpi.Invalid, "kind_summed")
		b.must(edit("all", "disputes、settled"))
	})
}

// Any sequence of entries, corrections, withdrawals and moves leaves rates with rules and sums equal to
// the log.
func TestRatesAndSumsEqualTheLogAfterAnySequence(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		units := []string{"county", "east", "west"}
		for _, v := range []struct{ code, parent string }{{"e1", "east"}, {"w1", "west"}, {"e11", "e1"}} {
			b.village(v.code, v.parent)
			units = append(units, v.code)
		}
		codes := []string{"disputes", "settled", "users", "homes"}
		b.indicator("homes", kpi.Running, "户")
		for code, rule := range map[string]kpi.UnitsRule{"own": kpi.OwnValue, "mean": kpi.MeanOf, "high": kpi.Highest,
			"low": kpi.Lowest} {
			b.rateOf(code, rule)
		}
		codes = append(codes, "own", "mean", "high", "low")
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "all", Kind: kpi.Flow, Measure: "起"},
			SumOf: []string{"disputes", "settled"}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "houses", Kind: kpi.Running, Measure: "户"},
			SumOf: []string{"users", "homes"}})
		b.anySequence(rand.New(rand.NewPCG(7, 41)), 160, codes, units)
	})
}

// A rate that an older program added up is absent with the reason, keeps its entries, and is right
// again once a rule is chosen.
func TestARateThatWasAddedUpIsPutRight(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db)
		b.log("screened", "east", "2026-02-10", 80)
		b.log("screened", "east", "2026-03-10", 90)
		b.log("disputes", "west", "2026-03-10", 70)
		b.must(db.Write(ctx, func(w *store.Writer) error {
			for _, code := range []string{"screened", "disputes"} {
				ind, err := w.Indicator(ctx, code)
				if err != nil {
					return err
				}
				ind.Measure = "%"
				if err := w.SetIndicator(ctx, ind); err != nil {
					return err
				}
			}
			return nil
		}))
		reason := func(code, unit string) progress.Reason {
			v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026, Unit: unit}, code)
			b.must(err)
			return v.Figure.Achievement.Reason
		}
		for _, unit := range []string{"", "east"} {
			if got := reason("screened", unit); got != progress.ReasonRateAdded {
				t.Errorf("at %q: absent for %q", unit, got)
			}
		}
		b.wantAchieved("disputes", "west", "70") // one entry is no sum
		name := "覆盖率"
		_, err := b.app.EditIndicator(ctx, b.staff, "screened", app.IndicatorEdit{Name: &name})
		b.must(err)
		kind, rule := kpi.Running, kpi.MeanOf
		_, err = b.app.EditIndicator(ctx, b.staff, "screened", app.IndicatorEdit{Kind: &kind})
		wantRefusal(t, err, kpi.Invalid, "rate_not_added")
		_, err = b.app.EditIndicator(ctx, b.staff, "screened", app.IndicatorEdit{Kind: &kind, Units: &rule})
		b.must(err)
		b.wantAchieved("screened", "east", "90")
		b.wantAchieved("screened", "", "90")
		b.wantVerified()
	})
}
