package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// families is a county whose offices write 帮扶家庭 in many ways.
var families = Known{Year: 2026, Today: "2026-11-23",
	Indicators: []kpi.Indicator{
		{ID: 1, Code: "helped", Name: "帮扶家庭", Kind: kpi.Flow, Measure: "户"},
		{ID: 2, Code: "model", Name: "最美家庭评选", Kind: kpi.Flow, Measure: "户"},
		{ID: 3, Code: "task", Name: "家庭教育任务", Kind: kpi.Flow, Measure: "件"},
	},
	Units: []kpi.Unit{{ID: 1, Code: "city", Name: "武冈市"}, {ID: 2, Code: "longxi", Name: "龙溪镇", Parent: 1},
		{ID: 3, Code: "dengjiapu", Name: "邓家铺镇", Parent: 1}}}

// readFamilies is what a table comes to: its figures, what it leaves out and asks, or why it is refused.
func readFamilies(t *testing.T, table string) string {
	t.Helper()
	grids, err := Grids(t.Context(), "a.csv", strings.NewReader(table), int64(len(table)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadTable(grids, families, Choices{})
	if err != nil {
		return keyOf(t, err)
	}
	var got []string
	for _, s := range said(r) {
		if !strings.HasPrefix(s, "ask") {
			got = append(got, s)
		}
	}
	for _, q := range r.Questions {
		got = append(got, "asked "+q.ID)
	}
	return strings.Join(got, "; ")
}

// A total across different indicators is of none of them.
func TestATotalAcrossIndicatorsIsLeftOut(t *testing.T) {
	for table, want := range map[string]string{
		"2026年10月\n乡镇,最美家庭评选,帮扶家庭,合计\n龙溪镇,3,5,8\n":   "B3 model longxi 2026-10-31 3; C3 helped longxi 2026-10-31 5; left D2 import_column_across",
		"2026年10月\n乡镇,最美家庭评选,帮扶家庭,小计\n龙溪镇,3,5,8\n":   "B3 model longxi 2026-10-31 3; C3 helped longxi 2026-10-31 5; left D2 import_column_across",
		"2026年10月\n乡镇,合计,最美家庭评选数,帮扶家庭数\n龙溪镇,8,3,5\n": "C3 model longxi 2026-10-31 3; D3 helped longxi 2026-10-31 5; left B2 import_column_across",
		"2026年10月\n乡镇,帮扶家庭完成数,合计\n龙溪镇,5,8\n":         "B3 helped longxi 2026-10-31 5; total C3 8 5",
		"2026年10月\n乡镇,指标,8月,9月,合计\n龙溪镇,帮扶家庭,3,5,8\n": "C3 helped longxi 2026-08-31 3; D3 helped longxi 2026-09-30 5; total E3 8 8",
		"2026年10月\n指标,龙溪镇,邓家铺镇,合计\n帮扶家庭,3,5,8\n":     "B3 helped longxi 2026-10-31 3; C3 helped dengjiapu 2026-10-31 5; total D3 8 8",
	} {
		if got := readFamilies(t, table); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", table, got, want)
		}
	}
}

// An indicator's name beside the word of a plan is its target column, unless its own name ends so.
func TestAnIndicatorsTargetIsNoAchievement(t *testing.T) {
	for _, h := range []string{"帮扶家庭目标", "帮扶家庭计划", "帮扶家庭任务", "帮扶家庭（计划）", "帮扶家庭（目标）",
		"帮扶家庭(任务)", "帮扶家庭目标值", "计划帮扶家庭", "目标帮扶家庭数", "帮扶家庭年度目标", "帮扶家庭（年度任务）",
		"10月帮扶家庭计划", "帮扶家庭计划（户）", "家庭教育任务目标"} {
		if got := readFamilies(t, "2026年10月\n乡镇,"+h+"\n龙溪镇,50\n"); got != "import_no_values" {
			t.Errorf("%s alone: %s", h, got)
		}
		if h == "家庭教育任务目标" {
			continue
		}
		got := readFamilies(t, "2026年10月\n乡镇,"+h+",帮扶家庭完成数\n龙溪镇,50,7\n")
		if got != "C3 helped longxi 2026-10-31 7" {
			t.Errorf("%s beside: %s", h, got)
		}
	}
	for _, h := range []string{"家庭教育任务", "家庭教育任务（件）", "家庭教育任务数", "家庭教育任务完成数"} {
		if got := readFamilies(t, "2026年10月\n乡镇,"+h+"\n龙溪镇,50\n"); got != "B3 task longxi 2026-10-31 50" {
			t.Errorf("%s: %s", h, got)
		}
	}
}
