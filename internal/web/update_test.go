package web

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
)

func TestAJudgementKeepsWhatIsWrittenBesideIt(t *testing.T) {
	coverage := kpi.Indicator{Code: "coverage", Kind: kpi.Level, Measure: "%"}
	for written, want := range map[string]kpi.Quantity{
		"":     {},
		"全覆盖":  {Wording: "全覆盖"},
		"100%": {Amount: kpi.Whole(100), Precision: kpi.Exact, Wording: "100%"},
	} {
		typed := input.UpdateTyped{Date: "2026-06-01", Level: "met", Value: written}
		n, err := input.ReadUpdate(coverage, typed, "2026-06-30", kpi.Mistakes{})
		if err != nil || n.Quantity != want {
			t.Errorf("%q: %+v, %v; want %+v", written, n.Quantity, err, want)
		}
	}
}
