package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// A row that is no data is set aside with one line and blocks nothing; a row of data never vanishes.
func TestRowsThatAreNoDataAreSetAside(t *testing.T) {
	known := knownCounty
	known.Indicators = append([]kpi.Indicator{{ID: 20, Code: "brief", Name: "说明会场次", Kind: kpi.Flow, Measure: "场"},
		{ID: 21, Code: "explain", Name: "说明", Kind: kpi.Flow, Measure: "场"}, {ID: 22, Code: "calls", Name: "联系电话回访",
			Kind: kpi.Flow, Measure: "次"},
		{ID: 23, Code: "review", Name: "审核人员培训", Kind: kpi.Flow, Measure: "人"}}, known.Indicators...)
	const head = "2026年10月|||\n指标|任务数|完成数|备注\n培训妇女人数|100|80|甲\n"
	const left = "80 left "
	for name, c := range map[string]struct{ row, want string }{
		"who filled it in":              {"填表人：张三|||", left},
		"in all columns":                {"填表人：张三|审核人：李四|联系电话：0739-8690022|", left},
		"with digits in the values":     {"||联系电话：0739-8690022|", left},
		"a half-width colon":            {"填表人: 张三||电话:13800000000|", left},
		"with blanks":                   {"填 表 人：|||填表日期：2026年11月3日", left},
		"labels and names apart":        {"填表人|张三|审核人|李四", left},
		"labels and numbers apart":      {"联系电话|8690022|填表人|张三", left},
		"a number behind its label":     {"填表人：张三|联系电话|13800000000|", left},
		"the head of the office":        {"单位负责人：王五||制表：赵六|", left},
		"a seal":                        {"某某县妇女联合会（盖章）|||2026年11月3日", left},
		"a seal alone":                  {"（盖章）|||", left},
		"the day of filling in":         {"|||填报日期：2026年11月3日", left},
		"the day in the values":         {"||填报日期：2026年11月3日|", left},
		"a note":                        {"注：1.本表按月报送；2.完成数为1-10月累计数80户，其中困难户12户。|||", left},
		"a numbered note":               {"注1.本表按月报送|||", left},
		"a note in the values":          {"||注：含10月补报12户|", left},
		"an explanation":                {"说明：以上数据截至10月31日|||", left},
		"a remark":                      {"备注：无|||", left},
		"a source":                      {"数据来源：民政系统 2026|||", left},
		"a page":                        {"||第1页 共3页|", left},
		"a stray remark":                {"||以上数据均已核实|", left},
		"a stray remark with a number":  {"||以上12项均已核实|", left},
		"in English":                    {"Prepared by: Zhang|Phone: 555 0100||", left},
		"an English note":               {"Note: 3 of them are estimates|||", left},
		"an indicator called so":        {"说明会场次|10|6|", "80 6"},
		"called so and nothing else":    {"说明|10|6|", "80 6"},
		"begins like a label":           {"联系电话回访|10|6|", "80 6"},
		"begins like another":           {"审核人员培训|10|6|", "80 6"},
		"data with a label in its note": {"百场宣讲进基层活动|10|6|填表人：张三", "80 6"},
		"an unknown name":               {"说明书发放|10|6|", "80 import_indicator_unknown"},
		"an unknown name like a label":  {"来源|10|6|", "80 import_indicator_unknown"},
		"a label in the note only":      {"不存在的指标|10|6|注：补报", "80 import_indicator_unknown"},
		"a number without a name":       {"|10|6|", "80 import_indicator_missing"},
		"a number written, no name":     {"||6人|", "80 import_indicator_missing"},
		"a value that cannot be read":   {"百场宣讲进基层活动|10|约若干|", "80 number_unreadable"},
		"a total":                       {"合计|110|80|", "80"},
		"nothing":                       {"|||", "80"},
	} {
		t.Run(name, func(t *testing.T) {
			content := strings.ReplaceAll(head+c.row+"\n", "|", ",")
			content = strings.ReplaceAll(content, "\n\n", "\n")
			grids, err := Grids(t.Context(), "表.csv", strings.NewReader(content), int64(len(content)))
			if err != nil {
				t.Fatal(err)
			}
			r, err := ReadTable(grids, known, Choices{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range r.Figures {
				if len(f.Mistakes) > 0 {
					got = append(got, f.Mistakes[0].Text.Key)
					continue
				}
				got = append(got, f.Quantity.Amount.String())
			}
			for _, m := range r.Left {
				if m.Text.Key != "import_row_no_data" || m.Row != 4 {
					t.Errorf("left out: %+v", m)
				}
				got = append(got, "left")
			}
			if s := strings.Join(got, " "); s != strings.TrimSpace(c.want) {
				t.Errorf("got %s, want %s", s, c.want)
			}
		})
	}
}

// Such rows may also stand between the data, and none of them hides what is below.
func TestARowThatIsNoDataHidesNothingBelow(t *testing.T) {
	content := "指标,单位,日期,新增\n培训妇女人数,荆竹镇,2026-10-01,1\n说明：以下为补报,,,\n培训妇女人数,文坪镇,2026-10-01,2\n填表人：张三,,,审核人：李四\n"
	r, err := readText("", content)
	if err != nil || len(r.Figures) != 2 || len(r.Left) != 2 || r.Figures[1].Row != 4 {
		t.Errorf("%v %+v %+v", err, r.Figures, r.Left)
	}
}

// A column of names that more than one unit has is one of units, and says so of each.
func TestNamesOfSeveralUnitsAreNoMeasures(t *testing.T) {
	known := knownCounty
	known.Units = append(known.Units[:len(known.Units):len(known.Units)], kpi.Unit{ID: 9, Code: "jingzhu-2", Name: "荆竹镇",
		Parent: 1})
	content := "指标,单位,本月完成\n培训妇女人数,荆竹镇,7\n培训妇女人数,文坪镇,8\n"
	grids, err := Grids(t.Context(), "表.csv", strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadTable(grids, known, Choices{})
	if err != nil || len(r.Figures) != 2 || len(r.Figures[0].Mistakes) != 1 ||
		r.Figures[0].Mistakes[0].Text.Key != "import_unit_ambiguous" || len(r.Figures[1].Mistakes) != 0 {
		t.Errorf("%v %+v", err, r.Figures)
	}
}
