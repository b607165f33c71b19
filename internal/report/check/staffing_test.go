package check

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report/reporttest"
)

func TestTheCheckNamesStaffAndOfficialCosts(t *testing.T) {
	in := yearOf(reporttest.Sample(t), lang.Chinese)
	staff, costs := reporttest.Staff(), reporttest.Costs()
	*staff[0].People = 5
	*costs[1].Spent = kpi.Whole(9_000)
	*costs[3].Spent = kpi.Whole(3_000_000)
	before := reporttest.Costs()
	*before[3].Spent = kpi.Whole(20_000)
	*before[1].Spent = kpi.Whole(9_000)
	basic := progress.Basic(staff, costs, before, in.Board.Budget)
	in.Basic = &basic
	var got []string
	for _, f := range Report(Input{Input: in}) {
		if f.Fix == FixStaffing {
			got = append(got, string(f.Severity)+" "+in.Language.Text(f.Text))
		}
	}
	want := []string{"error “三公”经费执行 300.9 万元，多于全部支出 228.4576 万元。", "warning 行政实有 5 人，多于编制 4 名。",
		"warning 公务接待费执行 0.9 万元，超过全年预算 0.8 万元。",
		"warning 公务用车运行维护费执行 300 万元，超过全年预算 2 万元。", "warning 公务用车运行维护费上年决算数 2.1 万元，上年填报的执行数是 2 万元。"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
