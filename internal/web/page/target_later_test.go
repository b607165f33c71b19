package page

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// The page of an earlier month says by how much its targets were revised later.
func TestAnEarlierMonthSaysThatItsTargetWasRevisedLater(t *testing.T) {
	figure := func(name string, was, is kpi.Target, on kpi.Date) progress.Figure {
		return progress.Figure{Indicator: kpi.Indicator{Name: name, NameEn: name, Measure: "人"}, Target: &is,
			Revised: &kpi.Revision{On: on, Was: was}}
	}
	target := func(sign kpi.Sign, n int64) kpi.Target { return kpi.Target{Sign: sign, Amount: kpi.Whole(n)} }
	more := figure("培训", target(">=", 1200), target(">=", 1500), "2026-06-20")
	limit := figure("信访", target("<=", 3), target("<=", 5), "2026-05-01")
	judged := progress.Figure{Indicator: kpi.Indicator{Name: "录像", Kind: kpi.Level}, Target: &kpi.Target{Level: "met"},
		Revised: &kpi.Revision{On: "2026-05-02", Was: kpi.Target{Level: "partly"}}}
	plan := target(">=", 10)
	plan.Curve = &kpi.Curve{}
	replanned := figure("宣讲", target(">=", 10), plan, "2026-04-01")
	march := kpi.MonthEnd(kpi.Period{Year: 2026, Month: 3})
	for name, c := range map[string]struct {
		figures []progress.Figure
		want    string
	}{
		"none":       {[]progress.Figure{{}}, ""},
		"one":        {[]progress.Figure{more}, " · 目标于2026年6月20日由 1,200 人调整为 1,500 人，按调整后的目标计算"},
		"a limit":    {[]progress.Figure{limit}, " · 目标于2026年5月1日由 ≤ 3 人调整为 ≤ 5 人，按调整后的目标计算"},
		"a judgment": {[]progress.Figure{judged}, " · 目标于2026年5月2日由 部分达成调整为 达成年度指标，按调整后的目标计算"},
		"the months": {[]progress.Figure{replanned}, " · 计划进度于2026年4月1日调整，按调整后的目标计算"},
		"two of three": {[]progress.Figure{more, {}, limit}, " · 培训：目标于2026年6月20日由 1,200 人调整为 1,500 人；" +
			"信访：目标于2026年5月1日由 ≤ 3 人调整为 ≤ 5 人，按调整后的目标计算"},
		"said once": {[]progress.Figure{more, more}, " · 培训：目标于2026年6月20日由 1,200 人调整为 1,500 人，按调整后的目标计算"},
		"many":      {[]progress.Figure{more, limit, judged, replanned}, " · 4 项目标在此之后调整，按调整后的目标计算"},
	} {
		pc := Context{Printer: lang.For(lang.Chinese)}
		if got := strings.TrimPrefix(pc.asOf(march, c.figures...), pc.Printer.AsOf(march)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	pc := Context{Printer: lang.For(lang.English)}
	if got := pc.asOf(march, more); !strings.HasSuffix(got,
		" · the target was revised on 20 June 2026 from 1,200 people to 1,500 people; counted by the revised target") {
		t.Error(got)
	}
}
