package app_test

import (
	"testing"

	"dabiao/internal/kpi"
)

// Offices number their indicators each in its own way: names come before codes, and nothing is suggested twice.
func TestIndicatorsOfEqualNameAreSuggestedBeforeThoseOfEqualCode(t *testing.T) {
	t.Parallel()
	above, o := newUpOffice(t, onSQLite(t), "某市某局"), newUpOffice(t, onSQLite(t), "某县某局")
	above.unit("c01", "某县某局")
	for _, i := range [][2]string{{"01", "培训人数"}, {"02", "帮扶人数"}, {"03", "宣讲人数"}, {"04", "受益人数"}} {
		above.indicator(kpi.Indicator{Code: i[0], Name: i[1], Kind: kpi.Flow, Measure: "人"})
	}
	for _, i := range [][2]string{{"01", "帮扶人数"}, {"02", "培训人数"}, {"04", "宣讲人数"}, {"03", "另一人数"}} {
		o.indicator(kpi.Indicator{Code: i[0], Name: i[1], Kind: kpi.Flow, Measure: "人"})
	}
	d, err := above.app.HandupDictionary(ctx, kpi.Operator, 2026)
	o.must(err)
	file, err := d.Encode()
	o.must(err)
	_, err = o.app.TakeDictionary(ctx, kpi.Operator, file)
	o.must(err)
	v, err := o.app.Handup(ctx, kpi.Operator, 2026)
	o.must(err)
	n := v.Suggestion()
	if n.Own["01"] != "02" || n.Own["02"] != "01" || n.Own["03"] != "04" || n.Own["04"] != "" || n.Unit != "c01" {
		t.Errorf("%+v", n)
	}
	o.must(o.app.SetMapping(ctx, kpi.Operator, 2026, n))
}
