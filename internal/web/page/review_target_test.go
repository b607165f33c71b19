package page

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// A reviewer sees that 3 is a limit, not a goal.
func TestAReviewerSeesTheSignOfATarget(t *testing.T) {
	for sign, want := range map[kpi.Sign]string{kpi.AtMostSign: "≤ 3", kpi.LessSign: "< 3", kpi.AtLeastSign: "3",
		kpi.EqualSign: "= 3"} {
		facts := besideFacts(lang.For(lang.Chinese), app.WaitingEntry{
			LogEntry: app.LogEntry{Update: kpi.Update{Dated: "2026-01-05"}, Indicator: kpi.Indicator{Kind: kpi.Flow}},
			Target:   &kpi.Target{Sign: sign, Amount: kpi.Whole(3)}})
		if got := facts[len(facts)-1].Text; got != want {
			t.Errorf("%s: %q, want %q", sign, got, want)
		}
	}
}
