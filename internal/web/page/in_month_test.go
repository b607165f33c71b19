package page

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

func TestAStockThatShrinksIsAChange(t *testing.T) {
	for _, c := range []struct {
		kind   kpi.Kind
		amount int64
		zh, en string
	}{
		{kpi.Running, -1, "减少1 件", "1 item fewer"}, {kpi.Running, 2, "2 件", "2 items"}, {kpi.Flow, -1, "-1 件", "-1 items"},
	} {
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			ind := kpi.Indicator{Kind: c.kind, Measure: "条"}
			if tag == lang.Chinese {
				ind.Measure = "件"
			}
			got := inMonthCell(lang.For(tag), ind, progress.Some(kpi.Whole(c.amount))).Text
			if got != want {
				t.Errorf("%s %d: %q, want %q", c.kind, c.amount, got, want)
			}
		}
	}
}
