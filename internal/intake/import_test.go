package intake

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"dabiao/internal/kpi"
)

var knownCounty = Known{Year: 2026, Today: "2026-11-23",
	Indicators: []kpi.Indicator{
		{ID: 1, Code: "trained", Name: "培训妇女人数", NameEn: "Women trained", Kind: kpi.Flow, Measure: "人"},
		{ID: 2, Code: "lectures", Name: "百场宣讲进基层活动", Kind: kpi.Flow, Measure: "场"},
		{ID: 3, Code: "loans", Name: "妇女创业贷款发放金额", Kind: kpi.Money, Measure: kpi.TenThousandY, Decimals: 2},
		{ID: 4, Code: "users", Name: "注册用户", Kind: kpi.Running, Measure: "户"},
		{ID: 5, Code: "settled-rate", Name: "调解成功率", Kind: kpi.Ratio, Measure: "%", Factor: 100, Decimals: 2},
		{ID: 6, Code: "duty", Name: "执委述职制度落实", Kind: kpi.Level},
		{ID: 7, Code: "consultations", Name: "接受妇女咨询", Kind: kpi.Flow, Measure: "人次"},
		{ID: 8, Code: "satisfaction", Name: "服务对象满意度", Kind: kpi.Standard, Measure: "%", Decimals: 2},
		{ID: 9, Code: "lectures-2", Name: "百场宣讲进基层活动（扩展）", Kind: kpi.Flow, Measure: "场"},
	},
	Units: []kpi.Unit{{ID: 1, Code: "county", Name: "云溪县"}, {ID: 2, Code: "jingzhu", Name: "荆竹镇", Parent: 1},
		{ID: 3, Code: "wenping", Name: "文坪镇", Parent: 1}, {ID: 4, Code: "yantian", Name: "晏田乡", Parent: 1}},
}

// sheetSpec is a workbook to be made: rows of cells from A1, merged ranges, number formats by range.
type sheetSpec struct {
	rows    [][]any
	merge   []string // "A1:E1"
	formats map[string]string

	from1904 bool
}

func workbook(t testing.TB, s sheetSpec) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if s.from1904 {
		must(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &s.from1904}))
	}
	for i, row := range s.rows {
		for j, v := range row {
			if v != nil {
				must(f.SetCellValue("Sheet1", cellName(j, i+1), v))
			}
		}
	}
	for _, m := range s.merge {
		from, to, _ := strings.Cut(m, ":")
		must(f.MergeCell("Sheet1", from, to))
	}
	for cells, format := range s.formats {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(err)
		from, to, _ := strings.Cut(cells, ":")
		must(f.SetCellStyle("Sheet1", from, to, style))
	}
	var b bytes.Buffer
	_, err := f.WriteTo(&b)
	must(err)
	return b.Bytes()
}

func readTable(t testing.TB, name string, content []byte, choices Choices) (Reading, error) {
	t.Helper()
	grids, err := Grids(t.Context(), name, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return Reading{}, err
	}
	return ReadTable(grids, knownCounty, choices)
}

// said is every figure as one line: "C4 trained jingzhu 2026-10-31 320人 so far".
func said(r Reading) (out []string) {
	for _, f := range r.Figures {
		line := fmt.Sprintf("%s %s %s %s ", cellName(f.Column, f.Row), f.Indicator.Code, f.Unit, f.Dated)
		if f.Level != "" {
			line += string(f.Level)
		} else {
			line += f.Quantity.Amount.String()
		}
		if f.Quantity.Precision != kpi.Exact && f.Quantity.Precision != "" {
			line += " " + string(f.Quantity.Precision)
		}
		if f.Cumulative {
			line += " sofar"
			if f.Since > 1 {
				line += " from " + itoa(f.Since)
			}
		}
		for _, m := range f.Mistakes {
			line += " !" + m.Ref() + " " + m.Text.Key
		}
		out = append(out, strings.Join(strings.Fields(line), " "))
	}
	for _, total := range r.Totals {
		out = append(out, fmt.Sprintf("total %s %s %s", total.Ref(), total.Stated, total.Computed))
	}
	for _, m := range r.Asks {
		out = append(out, fmt.Sprintf("ask %s %s", m.Ref(), m.Text))
	}
	for _, m := range r.Left {
		out = append(out, fmt.Sprintf("left %s %s", m.Ref(), m.Text.Key))
	}
	return out
}

func wantSaid(t *testing.T, r Reading, want ...string) {
	t.Helper()
	if got := said(r); !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		for _, c := range r.Columns {
			t.Logf("%s %q: %s month %d unit %s indicator %s", c.Name(), c.Heading, c.Role, c.Month, c.Unit, c.Indicator)
		}
	}
}

func TestReadTableReadsRealWorldSheets(t *testing.T) {
	for name, c := range map[string]struct {
		sheet sheetSpec
		want  []string
	}{
		"bulletin with title, rates and approximate figures": {
			sheetSpec{rows: [][]any{
				{"2026年妇联重点工作进度表（截至10月底）"},
				{"填报单位：云溪县", nil, nil, nil, nil, "填报日期：2026年11月2日"},
				{"序号", "指标", "单位", "工作目标", "已完成数", "完成率", "备注"},
				{1, "培训妇女人数", "人", 1000, 1086, 1, "含家政培训"},
				{2, "百场宣讲进基层活动", "场", 100, 94, 0.94, nil},
				{3, "接受妇女咨询", "人次", 200, "200余", "100%", nil},
				{4, "调解成功率", "%", 0.9, 0.9417, 1.0463, nil},
				{5, "注册用户", "户", 10000, "10,779", "107.79%", nil},
				{6, "执委述职制度落实", nil, "达成", "部分达成", "—", "—"},
				{7, "妇女创业贷款发放金额", "元", nil, "310,000", nil, nil},
				{"填表人：王某", nil, nil, nil, "审核：李某"},
			}, merge: []string{"A1:G1"}, formats: map[string]string{"F4:F5": "0.00%", "D7:F7": "0.00%"}},
			[]string{
				"E4 trained county 2026-10-31 1086 sofar", "E5 lectures county 2026-10-31 94 sofar",
				"E6 consultations county 2026-10-31 200 at_least sofar", "E8 users county 2026-10-31 10779",
				"E9 duty county 2026-10-31 partly", "E10 loans county 2026-10-31 31 sofar",
				"ask F4 import_rate_differs[培训妇女人数 100 108.60]", "ask E3 import_measure_converted[元 万元 10000 1]",
				"left E7 import_ratio_computed", "left A11 import_row_no_data",
			},
		},
		"two rows of merged headings, units down, totals": {
			sheetSpec{rows: [][]any{
				{"2026年1-6月各乡镇工作完成情况统计表"},
				{"单位名称", "培训妇女人数（人）", nil, "百场宣讲进基层活动", nil, "备注"},
				{nil, "任务数", "完成数", "任务数", "完成数", nil},
				{"荆竹镇", 300, 120, 20, 12},
				{"文坪", "300", "１３０", 20, "—"},
				{"晏田乡", 200, "约80人", 10, 5},
				{"合 计", 800, 331, 50, 17},
			}, merge: []string{"A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"}},
			[]string{
				"C4 trained jingzhu 2026-06-30 120 sofar", "E4 lectures jingzhu 2026-06-30 12 sofar",
				"C5 trained wenping 2026-06-30 130 sofar",
				"C6 trained yantian 2026-06-30 80 about sofar", "E6 lectures yantian 2026-06-30 5 sofar",
				"total C7 331 330", "total E7 17 17",
			},
		},
		"months across": {
			sheetSpec{rows: [][]any{
				{"培训妇女人数2026年分月统计"},
				{"乡镇", "1月", "2月", "三月份", "合计"},
				{"荆竹镇", 10, 20, nil, 30},
				{"文坪镇", 5, nil, 7, 13},
				{"小计", 15, 20, 7, 43},
			}, merge: []string{"A1:E1"}},
			[]string{
				"B3 trained jingzhu 2026-01-31 10", "C3 trained jingzhu 2026-02-28 20",
				"B4 trained wenping 2026-01-31 5", "D4 trained wenping 2026-03-31 7",
				"total E3 30 30", "total E4 13 12", "total B5 15 15", "total C5 20 20", "total D5 7 7",
			},
		},
		"units across, money in the title's measure": {
			sheetSpec{rows: [][]any{
				{"2026年9月 资金发放表", nil, nil, nil, "单位：万元"},
				{"项目", "荆竹镇", "文坪镇", "晏田乡", "合计"},
				{"妇女创业贷款发放金额", 12.5, "3.25", 0, 15.75},
			}},
			[]string{"B3 loans jingzhu 2026-09-30 12.5", "C3 loans wenping 2026-09-30 3.25", "D3 loans yantian 2026-09-30 0",
				"total E3 15.75 15.75"},
		},
		"long list with dates of every kind": {
			sheetSpec{rows: [][]any{
				{"日期", "填报单位", "项目", "数量", "单位", "备注"},
				{46022 + 181, "荆竹镇", "培训妇女人数", "15", "人", "第一期"},
				{46203, "文坪镇", "培训妇女人数", 16, "人"},
				{"2026.7.1", "晏田乡", "1. 百场宣讲进基层活动", "三场", "场"},
				{"7月3日", "晏田乡", "接受妇女咨询", 12, "人"},
				{"2025-07-03", "晏田乡", "接受妇女咨询", 12, "人次"},
				{"2026-07-04", "某某镇", "不存在的指标", "abc", "人次"},
			}, formats: map[string]string{"A2:A2": "yyyy/m/d"}},
			[]string{
				"D2 trained jingzhu 2026-06-30 15", "D3 trained wenping 2026-06-30 16", "D4 lectures yantian 2026-07-01 3",
				"D5 consultations yantian 2026-07-03 0 !D5 measure_mismatch",
				"D6 consultations yantian 2025-07-03 12 !A6 date_outside_year",
				"D7 2026-07-04 0 !C7 import_indicator_unknown !B7 import_unit_unknown",
			},
		},
		"indicator cells merged over their units": {
			sheetSpec{rows: [][]any{
				{"指标名称", "乡镇", "月份", "本月完成"},
				{"培训妇女人数", "荆竹镇", "6月", 10}, {nil, "文坪镇", "6月", 20}, {"接受妇女咨询", "荆竹镇", "2026年6月", "近20人次"},
			}, merge: []string{"A2:A3"}},
			[]string{"D2 trained jingzhu 2026-06-30 10", "D3 trained wenping 2026-06-30 20",
				"D4 consultations jingzhu 2026-06-30 20 below"},
		},
		"values that are errors": {
			sheetSpec{rows: [][]any{{"指标", "完成数"}, {"培训妇女人数", "#REF!"}, {"接受妇女咨询", "1e3"}, {"百场宣讲", 3}}},
			[]string{"B2 trained 2026-11-23 0 sofar !B2 number_unreadable",
				"B3 consultations 2026-11-23 0 sofar !B3 number_unreadable", "B4 2026-11-23 0 !A4 import_indicator_near"},
		},
		"this year beside last year, month beside sum": {
			sheetSpec{rows: [][]any{
				{"截至10月底"},
				{"指标", "2025年完成数", "2026年任务数", "本月完成数", "累计完成数", "同比"},
				{"培训妇女人数", 900, 1000, 20, 500, "-5%"},
			}},
			[]string{"E3 trained 2026-10-31 500 sofar", "left B2 import_column_year", "left D2 import_column_within"},
		},
		"decimals as a spreadsheet stores them": {
			sheetSpec{rows: [][]any{{"指标", "数值"}, {"服务对象满意度", 0.9417}, {"妇女创业贷款发放金额", 0.1 + 0.2}},
				formats: map[string]string{"B2:B2": "0.00%"}},
			[]string{"B2 satisfaction 2026-11-23 94.17", "B3 loans 2026-11-23 0.3"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := readTable(t, "表.xlsx", workbook(t, c.sheet), Choices{})
			if err != nil {
				t.Fatal(err)
			}
			wantSaid(t, r, c.want...)
		})
	}
}

func TestCSVInEveryEncodingAndSeparator(t *testing.T) {
	text := "指标,单位,日期,完成数,备注\n培训妇女人数,荆竹镇,2026-06-30,\"1,280\",\"两行\n备注\"\n接受妇女咨询,文坪镇,2026/7/1,200余,\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"utf-8": text, "with BOM": "\ufeff" + text, "GB18030": gb, "tabs": strings.NewReplacer(",", "\t", "1,280",
			"1,280").Replace(text),
		"semicolons": strings.ReplaceAll(text, ",", ";"), "CRLF": strings.ReplaceAll(text, "\n", "\r\n"),
	} {
		if name == "tabs" || name == "semicolons" {
			content = strings.NewReplacer("1\t280", "1280", "1;280", "1280").Replace(content)
		}
		r, err := readTable(t, "a.csv", []byte(content), Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		wantSaid(t, r, "D2 trained jingzhu 2026-06-30 1280", "D3 consultations wenping 2026-07-01 200 at_least")
	}
}

func TestHeadingsInEnglishHaveTheirRoles(t *testing.T) {
	r, err := readTable(t, "a.csv", []byte("indicator,unit,date,value,note\ntrained,jingzhu,2026-06-30,12,first\nWomen trained,wenping,2026-06-30,13,\n"), Choices{})
	if err != nil {
		t.Fatal(err)
	}
	wantSaid(t, r, "D2 trained jingzhu 2026-06-30 12", "D3 trained wenping 2026-06-30 13")
}

func TestAChoiceChangesWhatAColumnSays(t *testing.T) {
	content := workbook(t, sheetSpec{rows: [][]any{{"截至6月底"}, {"指标", "完成数"}, {"培训妇女人数", 12}}})
	r, err := readTable(t, "a.xlsx", content, Choices{Roles: map[int]ColumnRole{1: ColValue}})
	if err != nil {
		t.Fatal(err)
	}
	wantSaid(t, r, "B3 trained 2026-06-30 12")
	if r, err = readTable(t, "a.xlsx", content, Choices{Remembered: map[string]ColumnRole{"完成数": ColValue}}); err != nil ||
		r.Figures[0].Cumulative {
		t.Errorf("remembered: %+v, %v", r.Figures, err)
	}
	_, err = readTable(t, "a.xlsx", content, Choices{Roles: map[int]ColumnRole{1: ColIgnore}})
	if keyOf(t, err) != "import_no_values" {
		t.Error(err)
	}
}

func TestPlainNamesIgnoreWhatPeopleWriteDifferently(t *testing.T) {
	for a, b := range map[string]string{
		" 培训 妇女人数 ": "培训妇女人数", "１．培训妇女人数": "培训妇女人数", "（一）培训妇女人数": "培训妇女人数", "其中：培训妇女人数": "培训妇女人数",
		"Women  Trained": "women trained", "“百场宣讲”进基层活动": "百场宣讲进基层活动", "1.2、培训妇女人数": "培训妇女人数",
	} {
		if plainName(a) != plainName(b) {
			t.Errorf("%q is %q, %q is %q", a, plainName(a), b, plainName(b))
		}
	}
	for _, kept := range []string{"三八维权周", "12345热线", "百场宣讲"} {
		if plainName(kept) != kept {
			t.Errorf("%q became %q", kept, plainName(kept))
		}
	}
}
