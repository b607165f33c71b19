package lang_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

func TestPapersWriteMoneyInOneWay(t *testing.T) {
	p := lang.For(lang.Chinese).Ungrouped().InWan()
	money := kpi.Indicator{Kind: kpi.Money, Measure: kpi.Yuan}
	for _, c := range []struct {
		ind  kpi.Indicator
		q    kpi.Quantity
		want string
	}{
		{money, kpi.Exactly(kpi.Whole(310_000)), "31万元"},
		{money, kpi.Exactly(kpi.Whole(121_931)), "12.1931万元"},
		{money, kpi.Exactly(kpi.Whole(10_000)), "1万元"},
		{money, kpi.Exactly(kpi.Whole(9_999)), "9999元"},
		{money, kpi.Exactly(kpi.Whole(-20_000)), "-2万元"},
		{money, kpi.Exactly(kpi.Whole(12_345) + kpi.One/100), "1.234501万元"},
		{kpi.Indicator{Kind: kpi.Money, Measure: kpi.Yuan, Decimals: 3}, kpi.Exactly(kpi.Whole(12_345) + kpi.One/1000),
			"12345.001元"}, // beyond the last decimal of 万元
		{money, kpi.Quantity{Amount: kpi.Whole(121_931), Precision: kpi.AtLeast}, "不少于12.1931万元"},
		{money, kpi.Quantity{Amount: kpi.Whole(1_500_000), Precision: kpi.AtLeast, Wording: "150多万"}, "150多万元"},
		{kpi.Indicator{Kind: kpi.Money, Measure: kpi.TenThousandY, Decimals: 2}, kpi.Exactly(kpi.Whole(190)), "190万元"},
		{kpi.Indicator{Kind: kpi.Flow, Measure: "份"}, kpi.Exactly(kpi.Whole(80_000)), "80000份"},
	} {
		if got := p.Quantity(c.ind, c.q); got != c.want {
			t.Errorf("%+v: %q, want %q", c.q, got, c.want)
		}
	}
	if got := p.InOwnMeasure().Quantity(money, kpi.Exactly(kpi.Whole(310_000))); got != "310000元" {
		t.Errorf("in its own measure: %q", got)
	}
	if got := lang.For(lang.English).InWan().Quantity(money, kpi.Exactly(kpi.Whole(310_000))); got != "¥310,000" {
		t.Errorf("in English: %q", got)
	}
}
