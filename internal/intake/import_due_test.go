package intake

import (
	"testing"

	"dabiao/internal/kpi"
)

// Lists of rounds and check-ups head their columns with what was due and what was done.
func TestWhatWasDueIsATargetAndWhatWasDoneAValue(t *testing.T) {
	for heading, want := range map[string]ColumnRole{
		"应巡次数": ColTarget, "应检人数": ColTarget, "应到人数": ColTarget, "应走访户数": ColTarget, "应报件数": ColTarget,
		"实巡次数": colDone, "实检人数": colDone, "实到人数": colDone, "已走访户数": colDone, "已办件数": colDone,
		"巡河总次数": colDone, "巡查总次数": colDone, "培训总人数": colDone,
		"应急演练次数": "", "应届毕业生数": "", "实有人数": "", "户籍总人数": "", "总人口数": "", "已婚人数": "", "实验室数": "",
	} {
		if got := roleOfHeading(heading); got != want {
			t.Errorf("%s: %q, want %q", heading, got, want)
		}
	}
}

func cellsOf(number int, texts ...string) GridRow {
	row := GridRow{Number: number}
	for _, text := range texts {
		cell := textCell(text)
		row.Cells = append(row.Cells, cell)
	}
	return row
}

func TestAListOfRoundsIsRead(t *testing.T) {
	known := Known{Year: 2026, Today: "2026-11-29",
		Indicators: []kpi.Indicator{{ID: 1, Code: "rounds", Name: "巡河次数", Kind: kpi.Flow, Measure: "次"}},
		Units:      []kpi.Unit{{ID: 1, Code: "longxi", Name: "龙溪镇"}, {ID: 2, Code: "shuangpai", Name: "双牌镇"}}}
	grid := Grid{Name: "Sheet1", Rows: []GridRow{cellsOf(1, "巡河次数统计表（2026年10月）"),
		cellsOf(2, "河长", "应巡次数", "巡河总次数", "巡河完成率"),
		cellsOf(3, "龙溪镇", "100", "120", "120%"), cellsOf(4, "双牌镇", "100", "80", "80%")}}
	r, err := ReadTable([]Grid{grid}, known, Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Figures) != 2 || r.Figures[0].Quantity.Amount != kpi.Whole(120) ||
		r.Figures[1].Quantity.Amount != kpi.Whole(80) ||
		r.Figures[0].Unit != "longxi" || r.Figures[1].Dated != "2026-10-31" || r.Figures[0].Target == nil ||
		r.Figures[0].Target.Amount != kpi.Whole(100) {
		t.Errorf("%+v", r.Figures)
	}
}

// The funds above the indicators of a self-evaluation form say 全年执行数: that is no period of the figures.
func TestATableAboveTheHeadingsIsNoTitle(t *testing.T) {
	known := Known{Year: 2026, Today: "2026-11-29",
		Indicators: []kpi.Indicator{{ID: 1, Code: "courses", Name: "培训场次", Kind: kpi.Flow, Measure: "期"}}}
	above := [][]string{{"项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率"},
		{"", "年度资金总额", "", "90", "90", "89.974", "10", "99.97%"}}
	for title, want := range map[string]string{"（2026年度1-9月）": "2026-09", "截至2026年10月底": "2026-10", "培训场次进度表": ""} {
		grid := Grid{Name: "Sheet1", Rows: []GridRow{cellsOf(1, "项目支出绩效自评表"), cellsOf(2, title), cellsOf(3, above[0]...),
			cellsOf(4, above[1]...),
			cellsOf(5, "三级指标", "年度指标值", "实际完成值", "分值", "得分"), cellsOf(6, "培训场次", "≥24期", "20期", "8", "8")}}
		r, err := ReadTable([]Grid{grid}, known, Choices{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if r.Period != nil {
			got = r.Period.String()
		}
		if got != want || len(r.Figures) != 1 || len(r.Questions) > 0 != (want == "") { // without a period it is asked
			t.Errorf("%s: %q, %d figures, asked %v", title, got, len(r.Figures), r.Questions)
		}
	}
}
