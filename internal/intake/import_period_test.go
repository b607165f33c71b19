package intake

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// grid is a table written as lines of cells with | between them; a number is one.
func grid(t *testing.T, lines ...string) []Grid {
	t.Helper()
	var rows [][]any
	for _, line := range lines {
		var row []any
		for _, cell := range strings.Split(line, "|") {
			cell = strings.TrimSpace(cell)
			switch a, err := strconv.ParseFloat(cell, 64); {
			case cell == "":
				row = append(row, nil)
			case err == nil:
				row = append(row, a)
			default:
				row = append(row, cell)
			}
		}
		rows = append(rows, row)
	}
	content := workbook(t, sheetSpec{rows: rows})
	grids, err := Grids(t.Context(), "表.xlsx", strings.NewReader(string(content)), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return grids
}

// asked is what a reading says with what it asks.
func asked(r Reading) (out []string) {
	out = said(r)
	for _, q := range r.Questions {
		out = append(out, "? "+q.ID+" "+q.Ref())
	}
	return out
}

func TestHeadingsNameTheirPeriod(t *testing.T) {
	for name, c := range map[string]struct {
		lines, want []string
	}{
		"quarters side by side": {
			[]string{"指标|单位|第一季度|第二季度|第三季度", "trained|荆竹镇|1|2|3"},
			[]string{"C2 trained jingzhu 2026-03-31 1 sofar", "D2 trained jingzhu 2026-06-30 2 sofar from 4",
				"E2 trained jingzhu 2026-09-30 3 sofar from 7"},
		},
		"quarters in digits and in English": {
			[]string{"指标|1季度|Q2|第3季度完成数", "trained|1|2|3"},
			[]string{"B2 trained 2026-03-31 1 sofar", "C2 trained 2026-06-30 2 sofar from 4",
				"D2 trained 2026-09-30 3 sofar from 7"},
		},
		"halves, of which the second runs": {
			[]string{"指标|上半年完成|下半年完成", "trained|10|4"},
			[]string{"B2 trained 2026-06-30 10 sofar", "C2 trained 2026-11-23 4 sofar from 7", "? period:C C1"},
		},
		"a quarter that runs and one that is empty": {
			[]string{"指标|三季度|四季度", "trained|10|4", "lectures|3|"},
			[]string{"B2 trained 2026-09-30 10 sofar from 7", "C2 trained 2026-11-23 4 sofar from 10",
				"B3 lectures 2026-09-30 3 sofar from 7", "? period:C C1"},
		},
		"quarters beside their months": {
			[]string{"指标|1月|2月|3月|一季度|4月", "trained|1|2|3|6|4"},
			[]string{"B2 trained 2026-01-31 1", "C2 trained 2026-02-28 2", "D2 trained 2026-03-31 3", "F2 trained 2026-04-30 4",
				"left E1 import_column_covered"},
		},
		"half beside its quarters": {
			[]string{"指标|一季度|二季度|上半年", "trained|1|2|3"},
			[]string{"B2 trained 2026-03-31 1 sofar", "C2 trained 2026-06-30 2 sofar from 4", "left D1 import_column_covered"},
		},
		"the year beside the months that are over": {
			[]string{"指标|9月|10月|全年", "trained|1|2|30"},
			[]string{"B2 trained 2026-09-30 1", "C2 trained 2026-10-31 2", "left D1 import_column_covered"},
		},
		"the month beside the sum so far": {
			[]string{"指标|9月完成数|1-9月完成数", "trained|1|30"},
			[]string{"C2 trained 2026-09-30 30 sofar", "left B1 import_column_within"},
		},
		"last year in every wording": {
			[]string{"指标|2025年1-9月|25年完成数|去年完成|上年1-9月|本年1-9月", "trained|1|2|3|4|5"},
			[]string{"F2 trained 2026-09-30 5 sofar", "left B1 import_column_year", "left C1 import_column_year",
				"left D1 import_column_year", "left E1 import_column_year"},
		},
		"this year as 今年": {
			[]string{"截至10月底", "指标|今年任务数|今年完成数", "trained|10|5"},
			[]string{"C3 trained 2026-10-31 5 sofar"},
		},
		"the months before": {
			[]string{"2026年9月", "指标|上月完成|本月完成", "trained|1|5"},
			[]string{"C3 trained 2026-09-30 5", "left B2 import_column_earlier"},
		},
		"this quarter": {
			[]string{"2026年9月", "指标|本季度完成", "trained|5"},
			[]string{"B3 trained 2026-09-30 5 sofar from 7"},
		},
		"a week is left out": {
			[]string{"指标|1-9月完成数|第40周完成数", "trained|5|1"},
			[]string{"B2 trained 2026-09-30 5 sofar", "left C1 import_column_period"},
		},
		"fiscal years": {
			[]string{"indicator|FY2025 Actual|FY2026 Goal|FY2026 Actual", "trained|1|2|3"},
			[]string{"D2 trained 2026-11-23 3 sofar", "left B1 import_column_year", "? period "},
		},
		"English months and quarters": {
			[]string{"indicator|Jan|Feb|Mar 2026|Q2 2026|Jan 2025", "trained|1|2|3|4|9"},
			[]string{"B2 trained 2026-01-31 1", "C2 trained 2026-02-28 2", "D2 trained 2026-03-31 3",
				"E2 trained 2026-06-30 4 sofar from 4", "left F1 import_column_year"},
		},
		"an indicator keeps its name": {
			[]string{"截至10月底", "单位|百场宣讲进基层活动|培训妇女人数", "荆竹镇|1|2"},
			[]string{"B3 lectures jingzhu 2026-10-31 1 sofar", "C3 trained jingzhu 2026-10-31 2 sofar"},
		},
		"the title's year holds for months": {
			[]string{"2025年度进度表", "指标|1-9月完成数|完成数", "trained|5|6"},
			[]string{"B3 trained 2025-09-30 5 sofar !B3 date_outside_year",
				"C3 trained 2025-12-31 6 sofar !C3 date_outside_year"},
		},
	} {
		r, err := ReadTable(grid(t, c.lines...), knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := asked(r)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n  %s\nwant\n  %s", name, strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
		}
	}
}

func TestPlansAreNoAchievements(t *testing.T) {
	for heading, left := range map[string]string{
		"全年预计": "plan", "预计完成": "plan", "计划完成": "plan", "下月计划": "plan", "拟完成数": "plan", "预期": "plan", "年底目标完成": "plan",
		"12月底目标完成": "plan",
		"全年预计完成情况": "plan", "全年预计完成数": "plan", "预计全年可完成": "plan", "下季度计划完成": "plan", "forecast": "plan", "Planned": "plan",
		"year-end forecast": "plan",
		"预计12月底完成":          "plan", "11月计划完成数": "plan", "下步打算": "plan", "次月计划": "plan", "力争完成": "plan", "预测值": "plan",
		"计划完成率": "",
		"预期目标":  "", "全年任务数": "", "计划数": "",
		"年度目标值": "", "projected total": "plan", "明年计划": "year",
	} {
		r, err := ReadTable(grid(t, "截至9月底", "指标|1-9月完成数|"+heading, "trained|5|77"), knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", heading, err)
			continue
		}
		want := []string{"B3 trained 2026-09-30 5 sofar"}
		if left != "" {
			want = append(want, "left C2 import_column_"+left)
		}
		got := slices.DeleteFunc(said(r), func(s string) bool { return strings.HasPrefix(s, "ask ") })
		if !slices.Equal(got, want) {
			t.Errorf("%s: %s, want %s", heading, strings.Join(got, "; "), strings.Join(want, "; "))
		}
	}
	for _, heading := range []string{"计划生育宣传完成数", "累计完成数", "目标完成情况", "实际完成", "模拟演练完成数"} {
		if isPlan(plainName(heading)) {
			t.Errorf("%s is no plan", heading)
		}
	}
}

func TestATitleThatCannotBeReadIsAskedAbout(t *testing.T) {
	for _, title := range []string{"2026年10月第2周工作进度", "第10周工作进度", "三季度末前后完成情况", "“十三五”重点指标", "FY26 report", "2026年下半年进度",
		"2026年全年工作进度", "截至目前进度", "本月进度"} {
		grids := grid(t, title, "指标|完成数", "trained|5")
		r, err := ReadTable(grids, knownCounty, Choices{Date: "2026-11-23"}) // what an earlier page sent is no answer
		if err != nil {
			t.Errorf("%s: %v", title, err)
			continue
		}
		if open := r.OpenQuestions(); len(open) != 1 || open[0].ID != "period" || open[0].Options[0].Value != "2026-11" ||
			len(open[0].Options) != 12 {
			t.Errorf("%s: %+v", title, r.Questions)
		}
		if r, err = ReadTable(grids, knownCounty, Choices{Answers: map[string]string{"period": "2026-09"}}); err != nil ||
			len(r.OpenQuestions()) > 0 || r.Figures[0].Dated != "2026-09-30" {
			t.Errorf("%s: %+v, %v", title, r.Figures, err)
		}
		if r, err = ReadTable(grids, knownCounty, Choices{Answers: map[string]string{"period": "leave"}}); err != nil ||
			len(r.Figures) > 0 || len(r.Left) != 1 || len(r.OpenQuestions()) > 0 {
			t.Errorf("%s: %+v, %+v, %v", title, r.Figures, r.Left, err)
		}
	}
	// rows with days of their own leave nothing to ask
	r, err := ReadTable(grid(t, "第10周工作进度", "指标|日期|完成数", "trained|3月5日|5"), knownCounty, Choices{})
	if err != nil || len(r.Questions) > 0 || r.Figures[0].Dated != "2026-03-05" {
		t.Errorf("%+v, %+v, %v", r.Figures, r.Questions, err)
	}
	r, err = ReadTable(grid(t, "2026年10月通报", "2026年9月重点工作", "指标|完成数", "trained|5"), knownCounty, Choices{})
	if err != nil || len(r.OpenQuestions()) != 1 {
		t.Errorf("two titles that do not agree: %+v, %v", r.Questions, err)
	}
}

func TestTheDayATableWasFilledInIsNotItsPeriod(t *testing.T) {
	for title, want := range map[string]string{
		"2026年9月进度表 填报日期：2026年10月8日": "2026-09-30", "填表时间：2026 年 10 月 8 日": "2026-10-08",
		"统计时间：2026年1月1日至9月30日":   "2026-09-30",
		"进度表（请于10月31日前报送） 截至9月底": "2026-09-30", "制表日期：2026/10/8 1-9月": "2026-09-30", "截至2026年10月15日": "2026-10-15",
		"云妇发〔2026〕3号文件 9月": "2026-09-30",
	} {
		r, err := ReadTable(grid(t, title, "指标|完成数", "trained|5"), knownCounty, Choices{})
		if err != nil || len(r.Questions) > 0 || string(r.Figures[0].Dated) != want {
			t.Errorf("%s: %+v, %+v, %v", title, r.Figures, r.Questions, err)
		}
	}
}

// targets is each figure with its own target and note.
func targets(r Reading) (out []string) {
	for _, f := range r.Figures {
		line := cellName(f.Column, f.Row) + " " + f.Indicator.Code + " " + f.Unit + " " + f.Quantity.Amount.String()
		if f.Target != nil {
			line += " of " + f.Target.Amount.String()
		}
		if f.Note != "" {
			line += " " + f.Note
		}
		out = append(out, line)
	}
	for _, m := range r.Asks {
		out = append(out, "ask "+m.Ref()+" "+m.Text.Key)
	}
	return out
}

func TestEveryGroupKeepsItsOwnTargetRateAndNote(t *testing.T) {
	for name, c := range map[string]struct {
		sheet sheetSpec
		want  []string
	}{
		"two rows of merged headings": {
			sheetSpec{merge: []string{"A1:A2", "B1:E1", "F1:I1"}, rows: [][]any{
				{"乡镇", "培训妇女人数", nil, nil, nil, "接受妇女咨询", nil, nil, nil},
				{nil, "任务数", "完成数", "完成率", "备注", "任务数", "完成数", "完成率", "备注"},
				{"荆竹镇", 800, 700, "87.5%", "甲", 100, 90, "90%", "乙"},
				{"文坪镇", 380, 350, "92.1%", nil, 100, 80, "81%", "丙"},
			}},
			[]string{"C3 trained jingzhu 700 of 800 甲", "G3 consultations jingzhu 90 of 100 乙", "C4 trained wenping 350 of 380",
				"G4 consultations wenping 80 of 100 丙", "ask H4 import_rate_differs"},
		},
		"without merged cells, as in a CSV": {
			sheetSpec{rows: [][]any{
				{"乡镇", "培训妇女人数", nil, nil, "接受妇女咨询", nil, nil, "备注"},
				{nil, "任务数", "完成数", "完成率", "任务数", "完成数", "完成率", nil},
				{"荆竹镇", 800, 700, "87.5%", 100, 90, "90%", "共用"},
			}},
			[]string{"C3 trained jingzhu 700 of 800 共用", "F3 consultations jingzhu 90 of 100 共用"},
		},
		"units across, each with target and value": {
			sheetSpec{merge: []string{"A1:A2", "B1:C1", "D1:E1"}, rows: [][]any{
				{"指标", "荆竹镇", nil, "文坪镇", nil}, {nil, "目标", "完成", "目标", "完成"}, {"trained", 10, 5, 20, 6},
			}},
			[]string{"C3 trained jingzhu 5 of 10", "E3 trained wenping 6 of 20"},
		},
		"units across, indicators within": {
			sheetSpec{merge: []string{"A1:A3", "B1:E1", "F1:I1", "B2:C2", "D2:E2", "F2:G2", "H2:I2"}, rows: [][]any{
				{"月份", "荆竹镇", nil, nil, nil, "文坪镇", nil, nil, nil},
				{nil, "培训妇女人数", nil, "接受妇女咨询", nil, "培训妇女人数", nil, "接受妇女咨询", nil},
				{nil, "任务数", "完成数", "任务数", "完成数", "任务数", "完成数", "任务数", "完成数"},
				{"9月", 10, 1, 20, 2, 30, 3, 40, 4},
			}},
			[]string{"C4 trained jingzhu 1 of 10", "E4 consultations jingzhu 2 of 20", "G4 trained wenping 3 of 30",
				"I4 consultations wenping 4 of 40"},
		},
		"a list in two halves side by side": {
			sheetSpec{rows: [][]any{
				{"序号", "指标", "任务数", "完成数", "序号", "指标", "任务数", "完成数"},
				{1, "trained", 10, 5, 3, "consultations", 30, 7}, {2, "lectures", 20, 6, nil, nil, nil, nil},
			}},
			[]string{"D2 trained  5 of 10", "H2 consultations  7 of 30", "D3 lectures  6 of 20"},
		},
		"three rows of headings with who is in charge between": {
			sheetSpec{merge: []string{"A1:I1", "A2:A5", "B2:I2", "B3:D3", "E3:F3", "G3:I3", "B4:F4", "G4:I4"}, rows: [][]any{
				{"2026年10月民生工程完成情况表"}, {"地区", "就业促进工程"},
				{nil, "培训妇女人数（人）", nil, nil, "服务对象满意度（%）", nil, "接受妇女咨询（人次）"},
				{nil, "市人力资源局", nil, nil, nil, nil, "市妇联"},
				{nil, "目标任务", "进度", "完成比例（%）", "目标任务", "进度", "目标任务", "进度", "完成比例（%）"},
				{"荆竹镇", 800, 2292, 286.5, 4.3, 3.48, 100, 106, 106},
			}},
			[]string{"C6 trained jingzhu 2292 of 800", "F6 satisfaction jingzhu 3.48 of 4.3",
				"H6 consultations jingzhu 106 of 100"},
		},
		"halves of the year, each with its target": {
			sheetSpec{merge: []string{"A1:A2", "B1:C1", "D1:E1"}, rows: [][]any{
				{"指标", "一季度", nil, "三季度", nil}, {nil, "任务数", "完成数", "任务数", "完成数"}, {"trained", 10, 5, 20, 6},
			}},
			[]string{"C3 trained  5 of 10", "E3 trained  6 of 20"},
		},
		"headings printed again on each page": {
			sheetSpec{merge: []string{"A1:A2", "B1:C1"}, rows: [][]any{
				{"乡镇", "培训妇女人数", nil, "备注"}, {nil, "任务数", "完成数", nil}, {"荆竹镇", 10, 5, nil},
				{"乡镇", "培训妇女人数", nil, "备注"}, {nil, "任务数", "完成数", nil}, {"文坪镇", 20, 6, nil},
			}},
			[]string{"C3 trained jingzhu 5 of 10", "C6 trained wenping 6 of 20"},
		},
		"one target for all units across is none of theirs": {
			sheetSpec{rows: [][]any{{"指标", "任务数", "荆竹镇", "文坪镇"}, {"trained", 10, 5, 6}}},
			[]string{"C2 trained jingzhu 5", "D2 trained wenping 6"},
		},
	} {
		content := workbook(t, c.sheet)
		r, err := readTable(t, "表.xlsx", content, Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := targets(r); !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n  %s\nwant\n  %s", name, strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			for _, col := range r.Columns {
				t.Logf("%s %q: %s %s %s", col.Name(), col.Heading, col.Role, col.Unit, col.Indicator)
			}
		}
	}
}

func TestATableOfAnotherKindBelowIsSaid(t *testing.T) {
	r, err := ReadTable(grid(t, "截至9月底", "指标|任务数|完成数", "trained|10|5", "单位|本月完成|备注", "荆竹镇|7|"), knownCounty, Choices{})
	if err != nil {
		t.Fatal(err)
	}
	wantSaid(t, r, "C3 trained 2026-09-30 5 sofar", "left A4 import_other_headings")
}

func TestABookThatCountsFrom1904(t *testing.T) {
	content := workbook(t, sheetSpec{from1904: true, formats: map[string]string{"B2:B2": "yyyy-mm-dd"}, rows: [][]any{
		{"指标", "日期", "本月完成"}, {"trained", 44864, 5}, {"lectures", 44864, 6},
	}})
	r, err := readTable(t, "表.xlsx", content, Choices{})
	if err != nil {
		t.Fatal(err)
	}
	wantSaid(t, r, "C2 trained 2026-10-31 5", "C3 lectures 2026-10-31 6")
}

func TestWhatTheYearWillComeToIsReadWhenAPersonSaysSo(t *testing.T) {
	grids := grid(t, "2026年度进度表", "指标|单位|任务数|1-9月完成数|全年预计完成数", "trained|荆竹镇|100|40|77", "consultations|文坪镇|10|4|10余人次",
		"settled-rate|文坪镇|90%||95%")
	r, err := ReadTable(grids, knownCounty, Choices{Roles: map[int]ColumnRole{4: ColOutlook}})
	if err != nil {
		t.Fatal(err)
	}
	wantSaid(t, r, "D3 trained jingzhu 2026-09-30 40 sofar", "D4 consultations wenping 2026-09-30 4 sofar",
		"left E5 import_ratio_computed")
	r.Figures, r.Left = r.Outlooks, nil
	wantSaid(t, r, "E3 trained jingzhu 2026-09-30 77", "E4 consultations wenping 2026-09-30 10 at_least")
	r, err = ReadTable(grids, knownCounty, Choices{})
	if err != nil || len(r.Outlooks) > 0 || len(r.Left) != 1 || r.Left[0].Text.Key != "import_column_plan" {
		t.Errorf("nobody said so: %+v, %+v, %v", r.Outlooks, r.Left, err)
	}
}
