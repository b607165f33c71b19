package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// written logs a figure as a person writes it.
func (b *bureau) written(code, unit, date, text string, measure kpi.Measure) kpi.Update {
	b.Helper()
	n := entry(code, unit, kpi.Date(date), 0)
	var err error
	n.Quantity, err = intake.Quantity(text, measure)
	b.must(err)
	u, err := b.app.LogUpdate(ctx, b.staff, n)
	b.must(err)
	return u
}

// Under a ceiling each 余 counts up to its own next number, in every sum that contains it; 以上 has no
// end, so the result is unknown.
func TestACeilingHoldsEachApproximateEntryToItsOwnEnd(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "yuan", Kind: kpi.Money, Measure: "元", Decimals: 2}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "wan", Kind: kpi.Money, Measure: "万元", Decimals: 2}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "both", Kind: kpi.Money, Measure: "万元", Decimals: 2},
			SumOf: []string{"yuan", "wan"}})
		ceiling := func(code string, amount int64) {
			_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: code, Unit: "county", Target: kpi.Target{
				Year: 2026, Sign: kpi.AtMostSign, Amount: kpi.Whole(amount), Reason: "a limit"}})
			b.must(err)
		}
		want := func(code, relied string, light kpi.Light) {
			t.Helper()
			v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026}, code)
			b.must(err)
			got := string(v.Figure.Relied.Reason)
			if v.Figure.Relied.Ok() {
				got = v.Figure.Relied.Value.String()
			}
			if got != relied || v.Figure.Light != light {
				t.Errorf("%s: %s relied on, %s; want %s, %s", code, got, v.Figure.Light, relied, light)
			}
			b.wantVerified()
		}
		ceiling("screened", 250)
		some := b.written("screened", "east", "2026-03-01", "200余", "人")
		want("screened", "299", kpi.Over)
		b.log("screened", "west", "2026-03-02", 5)
		want("screened", "304", kpi.Over)
		n := entry("screened", "east", "2026-03-01", 100)
		n.Quantity.Precision, n.Quantity.Wording = kpi.AtLeast, "100余"
		fixed, err := b.app.CorrectUpdate(ctx, b.staff, some.ID, n, "counted again")
		b.must(err)
		want("screened", "204", kpi.OnPace)
		for _, open := range []string{"100以上", "不少于100", "100+", "至少100人"} {
			u := b.written("screened", "west", "2026-03-03", open, "人")
			want("screened", "approximate", kpi.Unclear)
			_, err = b.app.WithdrawUpdate(ctx, b.staff, u.ID, "not known", "", kpi.FromForm)
			b.must(err)
			want("screened", "204", kpi.OnPace)
		}
		_, err = b.app.WithdrawUpdate(ctx, b.staff, fixed.ID, "not known", "", kpi.FromForm)
		b.must(err)
		want("screened", "5", kpi.OnPace)

		ceiling("both", 8)
		b.written("yuan", "east", "2026-03-01", "3万余元", "元")
		want("both", "3.999999", kpi.OnPace)
		b.written("wan", "west", "2026-03-01", "4余万元", "万元")
		want("both", "8.989999", kpi.Over)
		ceiling("users", 11)
		b.written("users", "east", "2026-03-01", "10余", "户")
		b.written("users", "east", "2026-03-08", "10", "户") // a reading replaces the one before
		want("users", "10", kpi.OnPace)
	})
}
