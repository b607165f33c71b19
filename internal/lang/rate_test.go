package lang_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Rates are written in their own measure, with all decimals if they are computed and with those that were entered if
// not; how they were derived from several units is stated.
func TestRatesAreWrittenInTheirMeasure(t *testing.T) {
	for _, c := range []struct {
		kind    kpi.Kind
		measure kpi.Measure
		units   kpi.UnitsRule
		amount  string
		of      kpi.UnitsRule
		zh, en  string
	}{
		{kpi.Ratio, "%", "", "94.17", "", "94.17%", "94.17%"},
		{kpi.Ratio, "‰", "", "2.5", "", "2.50‰", "2.50‰"},
		{kpi.Ratio, "天", "", "2", "", "2.00天", "2.00 days"},
		{kpi.Ratio, "人/期", "", "1062.95", "", "1,062.95人/期", "1,062.95 people per course"},
		{kpi.Ratio, "1/10万", "", "4.05", "", "4.05 1/10万", "4.05 per 100,000"},
		{kpi.Ratio, "每10万人", "", "4.05", "", "4.05每10万人", "4.05 per 100,000 people"},
		{kpi.Running, "%", kpi.MeanOf, "85.5", kpi.MeanOf, "平均85.50%", "average 85.50%"},
		{kpi.Running, "%", kpi.MeanOf, "85.5", "", "85.50%", "85.50%"},
		{kpi.Running, "%", kpi.Highest, "90", kpi.Highest, "最高90%", "highest 90%"},
		{kpi.Running, "元/月/人", kpi.Lowest, "610", kpi.Lowest, "最低610元/月/人", "lowest ¥610 per month per person"},
		{kpi.Running, "%", kpi.OwnValue, "96.5", "", "96.5%", "96.5%"},
		{kpi.Running, "%", kpi.OwnValue, "96.5", kpi.AddUnits, "96.5%", "96.5%"},
		{kpi.Flow, "公里", "", "12.5", "", "12.5公里", "12.5 km"},
		{kpi.Flow, "人", "", "12", "", "12人", "12 people"},
	} {
		ind := kpi.Indicator{Kind: c.kind, Measure: c.measure, Units: c.units, Decimals: 2}
		a, err := kpi.ParseAmount(c.amount)
		if err != nil {
			t.Fatal(err)
		}
		q := kpi.Exactly(a)
		q.Of = c.of
		if zh, en := lang.For(lang.Chinese).Quantity(ind, q), lang.For(lang.English).Quantity(ind, q); zh != c.zh ||
			en != c.en {
			t.Errorf("%s of %s: %q, %q; want %q, %q", c.amount, c.measure, zh, en, c.zh, c.en)
		}
	}
}
