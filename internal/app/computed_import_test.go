package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// A row for a computed indicator is not imported but compared with the value that its parts give after the import, in
// the indicator's own measure.
func TestATablesRowForWhatIsComputedIsCompared(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "all", Kind: kpi.Flow, Measure: "起"},
			SumOf: []string{"disputes", "settled"}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "per-case", Kind: kpi.Ratio, Measure: "户/起", Decimals: 2},
			Numerator: "users", Denominator: "disputes"})
		b.log("disputes", "east", "2026-02-10", 100) // of another month
		for _, c := range []struct{ stated, ratio, asked string }{{"7", "0.05", ""}, {"8", "0.05", "import_sum_differs"},
			{"7", "5", "import_ratio_differs"}} {
			table := "指标,乡镇,日期,新增\ndisputes,east,2026-03-31,4\nsettled,east,2026-03-31,3\nusers,east,2026-03-31,5\nall,east,2026-03-31," + c.stated +
				"\nper-case,east,2026-03-31," + c.ratio + "\n"
			r, err := b.imports(b.staff, table, func(n *app.NewImport) { n.DryRun = true })
			b.must(err)
			var asked []string
			for _, a := range r.Asks {
				asked = append(asked, a.Text.Key)
			}
			if r.Entries != 3 || len(r.Rejected) != 0 || c.asked == "" && len(asked) > 0 || c.asked != "" &&
				(len(asked) != 1 || asked[0] != c.asked) {
				t.Errorf("stated %s and %s: %d entries, rejected %v, asked %v", c.stated, c.ratio, r.Entries, reasons(r), asked)
			}
			left := map[string]bool{}
			for _, l := range r.Left {
				left[l.Text.Key] = true
			}
			if !left["import_sum_computed"] || !left["import_ratio_computed"] {
				t.Errorf("left out: %v", r.Left)
			}
		}
	})
}
