package intake

import (
	"bytes"
	"strings"
	"testing"
)

// Headings of figures that offices write.
func TestHeadingsOfFigures(t *testing.T) {
	for _, h := range []string{"完成额", "完成金额", "实际数", "实际完成额", "发生额", "次数", "开展次数", "开展场次", "参训人数",
		"走访数", "发放数", "统计数", "报送数", "填报数", "已开展", "10月数据", "10月实际", "现有数", "实有数", "总数",
		"Completed", "Done", "Actual", "This month", "Monthly actual"} {
		if got := readFamilies(t, "2026年10月\n乡镇,指标,"+h+"\n龙溪镇,帮扶家庭,5\n"); got != "C3 helped longxi 2026-10-31 5" {
			t.Errorf("%s: %s", h, got)
		}
	}
	if got := readFamilies(t, "2026年10月\n乡镇,指标,受益人数\n龙溪镇,帮扶家庭,5\n"); !strings.Contains(got, "asked measure:C:户") {
		t.Errorf("people of an indicator of families: %s", got)
	}
	for _, h := range []string{"YTD", "Year to date"} {
		if got := readFamilies(t, "2026年10月\n乡镇,指标,"+h+"\n龙溪镇,帮扶家庭,5\n"); got != "C3 helped longxi 2026-10-31 5 sofar" {
			t.Errorf("%s: %s", h, got)
		}
	}
	for _, h := range []string{"次数", "参训人数", "总数", "现有数"} {
		got := readFamilies(t, "2026年10月\n乡镇,指标,"+h+",完成数\n龙溪镇,帮扶家庭,9,5\n")
		if got != "D3 helped longxi 2026-10-31 5; left C2 import_column_unknown" {
			t.Errorf("%s beside 完成数: %s", h, got)
		}
	}
}

// 率 and its like under a group are the rate of the group.
func TestRatesUnderAGroup(t *testing.T) {
	for _, h := range []string{"率", "%", "比例", "占比"} {
		for _, group := range []string{"帮扶家庭", "完成情况"} {
			rows := [][]any{{"2026年10月"}, {"乡镇", "指标", group, nil, nil}, {nil, nil, "任务", "完成", h},
				{"龙溪镇", "帮扶家庭", 10, 5, 50}}
			r, err := ReadTable(mustGrids(t, rows, "A2:A3", "B2:B3", "C2:E2"), families, Choices{})
			if err != nil {
				t.Errorf("%s, %s: %v", group, h, err)
				continue
			}
			if got := said(r); len(got) != 1 || got[0] != "D4 helped longxi 2026-10-31 5" || len(r.Questions) > 0 {
				t.Errorf("%s, %s: %v, asked %s", group, h, got, askedOf(r))
			}
		}
	}
}

func mustGrids(t *testing.T, rows [][]any, merge ...string) []Grid {
	t.Helper()
	content := workbook(t, sheetSpec{rows: rows, merge: merge})
	grids, err := Grids(t.Context(), "a.xlsx", bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return grids
}
