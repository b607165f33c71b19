package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// What titles, headings and brackets say of measures, in the wordings that tables use.
func TestStatementsOfMeasuresAreRead(t *testing.T) {
	v := newVocabulary(knownCounty)
	for text, want := range map[string]string{
		// titles
		"单位：亿元": "亿元", "单位:万元": "万元", "单位： 千元": "千元", "单 位：万元": "", "单位 万元": "万元", "单位万元": "万元", "计量单位：百万元": "百万元",
		"金额单位：千万元": "千万元 money", "金额：万元": "万元 money", "货币单位：人民币万元": "人民币万元 money", "单位：万元人民币": "万元人民币", "单位：人民币元": "人民币元",
		"单位：万元、人": "万元 人", "单位：万元，人": "万元 人", "单位:万元/人次": "万元 人次", "单位：亿元 %": "亿元 %", "单位：万元、人、%": "万元 人 %", "单位：人/次": "人次",
		"单位：万人": "万人", "单位：千户": "千户", "单位：万人次": "万人次", "单位：公顷": "公顷", "单位：亩": "亩", "单位：万亩": "万亩", "单位：平方米": "平方米",
		"单位：平方公里": "平方公里", "单位：吨": "吨", "单位：万吨": "万吨", "单位：公斤": "公斤", "单位：公里": "公里", "单位：角": "角", "单位：万美元": "万美元",
		"面积单位：亩": "亩 area",
		"2026年1-10月主要经济指标（单位：亿元）": "亿元", "主要指标完成情况 单位：万元 2026年10月": "万元", "填报单位：荆竹镇  单位：万元": "万元",
		"填报单位（盖章）：荆竹镇人民政府": "", "填报单位：万元": "", "单位：荆竹镇": "", "单位：某局": "", "单位名称：万元镇": "", "责任单位：办公室": "", "金额：5000": "",
		"单位：万": "*万", "（单位：千）": "*千", "单位：捆": "?捆", "单位：标箱": "?标箱", "单位：人民政府办": "", "2026年培训人数（人）": "人", "贷款发放情况（万元）": "万元",
		"贷款发放情况[亿元]": "亿元", "贷款发放情况【千元】": "千元", "贷款〔百万元〕": "百万元", "2026年工作进度表（1-10月）": "", "工作完成情况（含街道）": "", "（试行）": "",
		"２０２６年　单位：亿元": "亿元", "\u200b单位：\u200b亿元": "亿元", "单位为万元": "万元", "单位：万元。": "万元", "单位：万元；日期：2026年10月": "万元",
		// English
		"Unit: 10,000 yuan": "10,000 yuan", "unit: thousand people": "thousand people", "Units: RMB 10k": "RMB 10k",
		"In thousand yuan":                     "thousand yuan",
		"Loans granted (in thousands of yuan)": "thousands yuan", "(RMB million)": "RMB million",
		"Amounts in RMB million": "RMB million money", "Revenue, in 10,000 yuan": "10,000 yuan",
		"Budget ($000)": "$000", "Spending (US$ million)": "US$ million", "Women trained (in thousands)": "*千",
		"All figures in millions": "*百万", "Unit: hectares": "hectares",
		"Measure: km": "km", "Trained in person": "", "Done in time": "", "Women trained in 2026": "",
		"Progress in March": "", "Currency: RMB": "RMB money",
	} {
		var got []string
		for _, s := range v.statements(text) {
			for _, m := range s.measures {
				got = append(got, string(m))
			}
			if s.scale != "" {
				got = append(got, "*"+s.scale)
			}
			if s.unknown != "" {
				got = append(got, "?"+s.unknown)
			}
			if s.of != "" {
				got = append(got, s.of)
			}
		}
		spaceless := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if said := strings.Join(got, " "); spaceless(said) != spaceless(want) {
			t.Errorf("%q states %q, want %q", text, said, want)
		}
	}
}

// stated reads a sheet with one indicator in a measure under a title and a heading, and gives its
// figure, refusal or question.
func stated(t *testing.T, measure kpi.Measure, title, heading string, value any, answers map[string]string) string {
	t.Helper()
	known := Known{Year: 2026, Today: "2026-11-23",
		Indicators: []kpi.Indicator{{ID: 1, Code: "x", Name: "重点工作完成", Kind: kpi.Flow, Measure: measure, Decimals: 6}}}
	content := workbook(t, sheetSpec{rows: [][]any{{"2026年1-10月主要指标完成情况"}, {title}, {"指标名称", "全年目标", heading},
		{"重点工作完成", 100, value}}})
	grids, err := Grids(t.Context(), "a.xlsx", strings.NewReader(string(content)), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadTable(grids, known, Choices{Answers: answers})
	if err != nil {
		return err.Error()
	}
	for _, q := range r.OpenQuestions() {
		return "asked " + q.ID + " " + q.Text.Args[0].(string)
	}
	if len(r.Figures) != 1 {
		return "left " + string(r.Left[0].Text.Key)
	}
	f := r.Figures[0]
	if len(f.Mistakes) > 0 {
		return f.Mistakes[0].Text.Key
	}
	out := f.Quantity.Amount.String()
	if f.Target != nil && f.Target.Amount != kpi.Whole(100) {
		out += " of " + f.Target.Amount.String()
	}
	if f.Quantity.Wording != "" {
		out += " " + f.Quantity.Wording
	}
	return out
}

func TestFiguresAreTakenInTheStatedMeasure(t *testing.T) {
	for _, c := range []struct {
		measure        kpi.Measure
		title, heading string
		value          any
		want           string
	}{
		{"万元", "单位：亿元", "1-10月完成", 711.91, "7119100 of 1000000"}, // logged 711.91 once
		{"万元", "单位：亿元", "1-10月完成", "711.91", "7119100 of 1000000"},
		{"元", "单位：万元", "完成数", 12.5, "125000 of 1000000"},
		{"元", "单位：千元", "完成数", 12.5, "12500 of 100000"},
		{"万元", "单位：百万元", "完成数", 1.2, "120 of 10000"},
		{"万元", "金额单位：人民币千元", "完成数", 5, "0.5 of 10"},
		{"亿元", "单位：万元", "完成数", 7119, "0.7119 of 0.01"},
		{"万元", "单位：元", "完成数", 31, "0.0031 of 0.01"},
		{"人", "单位：万人", "完成数", 1.2, "12000 of 1000000"},
		{"户", "单位：千户", "完成数", 1.5, "1500 of 100000"},
		{"人次", "单位：万人次", "完成数", 0.35, "3500 of 1000000"},
		{"亩", "单位：公顷", "完成数", 2, "30 of 1500"},
		{"公顷", "单位：万亩", "完成数", 1.5, "1000"},
		{"公斤", "单位：吨", "完成数", 1.25, "1250 of 100000"},
		{"人", "单位：万元、人", "完成数", 12, "12"},
		{"万元", "单位：亿元、人", "完成数", 2, "20000 of 1000000"},
		{"人", "(in thousands)", "完成数", 1.5, "1500 of 100000"},
		{"people", "Unit: thousand people", "完成数", 1.5, "1500 of 100000"},
		{"万元", "In thousand yuan", "完成数", 15, "1.5 of 10"},
		{"元", "RMB 10k", "完成数（RMB 10k）", 1.5, "15000"},
		{"$", "Amounts in US$ million", "完成数", 10.4, "10400000 of 100000000"},

		// headings, in all their forms
		{"元", "", "完成数（万元）", 12.5, "125000"},
		{"元", "", "完成数(单位：千元)", 12.5, "12500"},
		{"元", "", "完成数[亿元]", 0.5, "50000000"},
		{"元", "", "完成数/万元", 12.5, "125000"},
		{"元", "", "完成数，万元", 12.5, "125000"},
		{"元", "", "完成数万元", 12.5, "125000"},
		{"元", "", "完成数\n（百万元）", 1.5, "1500000"},
		{"人", "", "完成数（千人）", 1.5, "1500"},
		{"元", "", "完成数，10,000 yuan", 1.5, "15000"},
		{"千元", "", "完成数 10,000 yuan", 1.5, "15"},
		{"元", "", "完成数 thousand yuan", 1.5, "1500"},
		{"元", "", "完成数, in thousands of yuan", 1.5, "1500"},
		{"元", "", "完成数（万元，含税）", 1.5, "15000"},
		{"元", "", "完成数（万元、含税）", 1.5, "15000"},
		{"元", "Unit: thousand yuan 2026", "完成数", 1.5, "1500 of 100000"},
		{"元", "Figures in thousand yuan, 2026", "完成数", 1.5, "1500 of 100000"},
		{"元", "(in RMB million, unaudited)", "完成数", 1.5, "1500000 of 100000000"},
		{"人", "重点工作完成（村、社区）", "完成数", 15, "15"},
		// the nearer wins: the cell, the heading, the title
		{"元", "单位：亿元", "完成数（千元）", 12.5, "12500 of 10000000000"},
		{"元", "单位：亿元", "完成数（千元）", "3万元", "30000 of 10000000000"},
		{"万元", "单位：亿元", "完成数", "5000元", "0.5 of 1000000"},
		{"万元", "单位：亿元", "完成数", "711.91亿元", "7119100 of 1000000"},
		{"万元", "单位：万元", "完成数", "31万", "31"},
		{"元", "单位：万元", "完成数", "31万", "310000 of 1000000"},
		{"元", "单位：万元", "完成数", "200余", "2000000 of 1000000 200余万元"},
		{"万元", "单位：万元", "完成数", "近200", "200 近200"},
		{"元", "单位：万元", "完成数", "5千", "number_unreadable"},
		{"人", "金额单位：万元", "完成数", 12, "12"}, // says nothing of people
		{"人次", "面积单位：亩", "完成数", 12, "12"},

		// asked, never ignored
		{"人次", "单位：人", "完成数", 12, "asked measure:title:人次 人"},
		{"人次", "", "完成数（人）", 12, "asked measure:C:人次 人"},
		{"人", "单位：万元", "完成数", 12, "asked measure:title:人 万元"},
		{"人", "单位：捆", "完成数", 12, "asked measure:title:人 捆"},
		{"万元", "单位：万美元", "完成数", 12, "asked measure:title:万元 万美元"},
		{"万元", "单位：亿元", "完成数（人）", 12, "asked measure:C:万元 人"},
		{"户", "单位：人", "完成数", 12, "asked measure:title:户 人"},
		{"公顷", "单位：公里", "完成数", 12, "asked measure:title:公顷 公里"},
		{"人次", "单位：人", "完成数", "12人次", "12"}, // its own measure is nearer
		{"万元", "in thousands", "完成数", 12, "asked measure:title:万元 千"},

		// refused, never rounded
		{"万元", "单位：元", "完成数", 0.001, "number_too_precise"},
		{"公顷", "单位：亩", "完成数", 1, "number_inexact_conversion"},
		{"元", "单位：亿元", "完成数", 1001, "number_too_large"},
		{"元", "单位：亿元", "完成数", 1000, "100000000000 of 10000000000"},
	} {
		got := stated(t, c.measure, c.title, c.heading, c.value, nil)
		if got != c.want {
			t.Errorf("%v under %q, %q for %s: %q, want %q", c.value, c.title, c.heading, c.measure, got, c.want)
		}
	}
}

func TestTheAnswerSettlesAMeasure(t *testing.T) {
	for answer, want := range map[string]string{"keep": "12", "leave": "left import_left_measure",
		"万元": "asked measure:title:人次 人"} {
		if got := stated(t, "人次", "单位：人", "完成数", 12, map[string]string{"measure": answer}); got != want {
			t.Errorf("%s: %q, want %q", answer, got, want)
		}
	}
}

// A column of measures, or a bracket behind the indicator's name, is nearer than the title.
func TestARowStatesItsOwnMeasure(t *testing.T) {
	r, err := readTable(t, "a.csv", []byte("2026年10月,单位：亿元,\n指标,单位,本月完成\n妇女创业贷款发放金额,元,310000\n妇女创业贷款发放金额（千元）,,15\n妇女创业贷款发放金额,,0.5\n培训妇女人数,人,7\n接受妇女咨询,人,7\n"), Choices{})
	if err != nil {
		t.Fatal(err)
	}
	wantSaid(t, r, "C3 loans 2026-10-31 31", "C4 loans 2026-10-31 1.5", "C5 loans 2026-10-31 5000",
		"C6 trained 2026-10-31 7",
		"C7 consultations 2026-10-31 0 !C7 measure_mismatch",
		"ask C2 import_measure_converted[元 万元 10000 1]", "ask C2 import_measure_converted[千元 万元 10 1]",
		"ask C2 import_measure_converted[亿元 万元 1 10000]")
}

// The total of a column in another measure is compared as the column writes it.
func TestTotalsStandInTheMeasureOfTheirColumn(t *testing.T) {
	r, err := readTable(t, "a.csv", []byte("单位：亿元,,\n乡镇,指标,本月完成\n荆竹镇,妇女创业贷款发放金额,\"1,000.5\"\n文坪镇,妇女创业贷款发放金额,2\n合计,,\"1,002.5\"\n"), Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Totals) != 1 || !r.Totals[0].Agrees() {
		t.Errorf("%+v", r.Totals)
	}
}
