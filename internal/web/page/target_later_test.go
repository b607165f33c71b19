package page

import (
	"strings"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// The page of an earlier month says when it measures by a target that was revised later.
func TestAnEarlierMonthSaysThatItsTargetWasRevisedLater(t *testing.T) {
	pc := Context{Printer: lang.For(lang.Chinese)}
	set := kpi.UnixMilli(time.Date(2026, 6, 20, 9, 0, 0, 0, time.UTC).UnixMilli())
	first := progress.Figure{Target: &kpi.Target{SetAt: set}}
	undated := progress.Figure{Target: &kpi.Target{SetAt: set, Reason: "more"}}
	dated := progress.Figure{Target: &kpi.Target{SetAt: set, Reason: "more", Dated: "2026-03-10"}}
	march, june := kpi.MonthEnd(kpi.Period{Year: 2026, Month: 3}), kpi.MonthEnd(kpi.Period{Year: 2026, Month: 6})
	february := kpi.MonthEnd(kpi.Period{Year: 2026, Month: 2})
	for name, c := range map[string]struct {
		at      kpi.AsOf
		figures []progress.Figure
		want    string
	}{
		"no target":          {march, []progress.Figure{{}}, ""},
		"the year's first":   {march, []progress.Figure{first}, ""},
		"revised in June":    {march, []progress.Figure{undated}, " · 目标于2026年6月20日调整，本页按调整后的目标计算"},
		"and seen from June": {june, []progress.Figure{undated}, ""},
		"the document's day": {march, []progress.Figure{dated}, ""},
		"before that day":    {february, []progress.Figure{dated}, " · 目标于2026年3月10日调整，本页按调整后的目标计算"},
		"several":            {february, []progress.Figure{first, undated, dated}, " · 2 项目标在此之后调整，按调整后的目标计算"},
	} {
		if got := strings.TrimPrefix(pc.asOf(c.at, c.figures), pc.Printer.AsOf(c.at)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
