package progress_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

func TestAnEntryIsHeldAgainstTheMonthsBeforeAndTheSameMonthLastYear(t *testing.T) {
	for _, c := range []struct {
		kind          kpi.Kind
		soFar, before string
	}{
		{kpi.Flow, "30", "7"},    // the sum; what the month added
		{kpi.Running, "20", "7"}, // the last reading; the reading at the month's end
	} {
		this, _ := logged(t, c.kind, "2022-01-10 10", "2022-02-10 20", "2022-03-10 40")
		last, _ := logged(t, c.kind, "2021-02-10 5", "2021-03-10 7")
		b := progress.NewReviewContext(kpi.Indicator{Kind: c.kind}, this, last, 3)
		if !b.SoFar.Ok() || b.SoFar.Value.Amount != num(t, c.soFar) || !b.LastYear.Ok() ||
			b.LastYear.Value.Amount != num(t, c.before) {
			t.Errorf("%s: %+v", c.kind, b)
		}
	}
	this, _ := logged(t, kpi.Running, "2022-02-10 20")
	b := progress.NewReviewContext(kpi.Indicator{Kind: kpi.Running}, this, kpi.Series{}, 2)
	if b.SoFar.Reason != progress.ReasonNoValue || b.LastYear.Reason != progress.ReasonNoValue {
		t.Errorf("without any: %+v", b)
	}
}
