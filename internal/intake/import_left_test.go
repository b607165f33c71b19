package intake

import (
	"strings"
	"testing"
)

// What is left out, compared or read of tables as they come back.
func TestWhatTotalsAreOf(t *testing.T) {
	for name, c := range map[string]struct {
		lines, want string
		answers     map[string]string
	}{
		"a quarter's subtotal": {"指标|单位名称|7月|8月|9月|三季度小计|10月/trained|荆竹镇|1|3|6|10|9",
			"C2 trained jingzhu 2026-07-31 1; D2 trained jingzhu 2026-08-31 3; E2 trained jingzhu 2026-09-30 6; G2 trained jingzhu 2026-10-31 9; total F2 10 10", nil},
		"subtotals without a period": {"指标|7月|8月|小计|9月|10月|小计|合计/trained|1|3|4|6|9|15|19",
			"B2 trained 2026-07-31 1; C2 trained 2026-08-31 3; E2 trained 2026-09-30 6; F2 trained 2026-10-31 9; total D2 4 4; total G2 15 15; total H2 19 19", nil},
		"a subtotal that is wrong": {"指标|7月|8月|小计|9月/trained|1|3|5|6",
			"B2 trained 2026-07-31 1; C2 trained 2026-08-31 3; E2 trained 2026-09-30 6; total D2 5 4", nil},
		"a sum so far beside one month": {"指标|单位名称|10月完成|1-10月累计完成/trained|荆竹镇|2|20",
			"D2 trained jingzhu 2026-10-31 20 sofar; left C1 import_column_within", nil},
		"a sum so far beside some months": {"指标|9月|10月|1-10月累计/trained|1|2|20",
			"B2 trained 2026-09-30 1; C2 trained 2026-10-31 2; D2 trained 2026-08-31 17 sofar", nil},
		"a sum of all months": {"指标|1月|2月|3月|1-3月累计/trained|1|2|3|6",
			"B2 trained 2026-01-31 1; C2 trained 2026-02-28 2; D2 trained 2026-03-31 3; total E2 6 6", nil},
		"a year that runs, left": {"指标|一季度|上半年|前三季度|全年/trained|1|3|6|7",
			"D2 trained 2026-09-30 6 sofar; left E1 import_left_running; left B1 import_column_within; left C1 import_column_within", map[string]string{"period:E": "leave"}},
		"a year that runs, up to today": {"指标|一季度|上半年|前三季度|全年/trained|1|3|6|7",
			"E2 trained 2026-11-23 7 sofar; left B1 import_column_within; left C1 import_column_within; left D1 import_column_within", map[string]string{"period:E": "today"}},
		"a quarter that runs, left": {"指标|10月|第四季度/trained|1|3", "B2 trained 2026-10-31 1; left C1 import_left_running",
			map[string]string{"period": "leave"}},
		"rows made of others": {"乡镇|trained/荆竹镇|5/文坪镇|7/平均|6/最高|7/平均数|6/占比|5%/上年同期|4/合计|12",
			"B2 trained jingzhu 2026-11-23 5 sofar; B3 trained wenping 2026-11-23 7 sofar; total B9 12 12; left A4 import_row_derived; left A5 import_row_derived; left A6 import_row_derived; left A7 import_row_derived; left A8 import_row_derived", nil},
		"the program's own words": {"指标|完成数/users|14963户（截至11月20日）/users|14963户（截至2026年10月31日）/trained|不足300人/consultations|200人次以上/lectures|200以上场",
			"B2 users 2026-11-20 14963; B3 users 2026-10-31 14963; B4 trained 2026-11-23 300 below sofar; B5 consultations 2026-11-23 200 at_least sofar; B6 lectures 2026-11-23 200 at_least sofar", nil},
		"in English": {"indicator|done/users|14,963 (as of 20 November 2026)/trained|just under 300",
			"B2 users 2026-11-20 14963; B3 trained 2026-11-23 300 below sofar", nil},
		"judgements in English": {"indicator|done/duty|partly met/users|not reported", "B2 duty 2026-11-23 partly", nil},
		"a remark in brackets":  {"指标|完成数/users|14963户（其中新增3户）", "B2 users 2026-11-23 0 !B2 number_unreadable", nil},
	} {
		r, err := ReadTable(grid(t, strings.Split(c.lines, "/")...), knownCounty, Choices{Answers: c.answers})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(said(r), "; "); got != c.want || len(r.OpenQuestions()) > 0 {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %v", name, got, c.want, r.OpenQuestions())
			for _, c := range r.Columns {
				t.Logf("%s %q: %s", c.Name(), c.Heading, c.Role)
			}
		}
	}
}

// Groups of two indicators, each with a month and a sum so far, and quarters with both.
func TestASumSoFarBelongsToItsGroup(t *testing.T) {
	for name, c := range map[string]struct {
		sheet sheetSpec
		want  string
	}{
		"two indicators": {sheetSpec{rows: [][]any{{"乡镇", "trained", nil, nil, "lectures", nil, nil},
			{nil, "10月", nil, "1-10月", "10月", nil, "1-10月"}, {nil, "计划", "完成", "累计完成", "计划", "完成", "累计完成"},
			{"荆竹镇", 3, 2, 20, 5, 1, 9}}, merge: []string{"A1:A3", "B1:D1", "E1:G1", "B2:C2", "E2:F2"}},
			"D4 trained jingzhu 2026-10-31 20 sofar; G4 lectures jingzhu 2026-10-31 9 sofar; left C3 import_column_within; left F3 import_column_within"},
		"quarters": {sheetSpec{rows: [][]any{{"指标", "单位名称", "第一季度", nil, "第二季度", nil, "第三季度", nil},
			{nil, nil, "当季", "累计", "当季", "累计", "当季", "累计"}, {"trained", "荆竹镇", 1, 1, 2, 3, 4, 7}},
			merge: []string{"A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1"}},
			"C3 trained jingzhu 2026-03-31 1 sofar; E3 trained jingzhu 2026-06-30 2 sofar from 4; G3 trained jingzhu 2026-09-30 4 sofar from 7; total D3 1 1; total F3 3 3; total H3 7 7"},
	} {
		r, err := readTable(t, "a.xlsx", workbook(t, c.sheet), Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(said(r), "; "); got != c.want || len(r.OpenQuestions()) > 0 {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %v", name, got, c.want, r.OpenQuestions())
			for _, c := range r.Columns {
				t.Logf("%s %q: %s %+v", c.Name(), c.Heading, c.Role, c.span)
			}
		}
	}
}

// A spreadsheet's text in a CSV, and words that belong to no number.
func TestTextOfASpreadsheetInACSV(t *testing.T) {
	for text, want := range map[string]string{
		"指标,完成数\ntrained,=\"12\"\n": "12", "指标,完成数\ntrained,=\"1,205\"\n": "1205", "指标,完成数\ntrained,\"=\"\"12\"\"\"\n": "12",
		"指标\t完成数\ntrained\t=\"12\"\n": "12",
	} {
		r, err := readTable(t, "a.csv", []byte(text), Choices{})
		if err != nil || len(r.Figures) != 1 || r.Figures[0].Quantity.Amount.String() != want ||
			len(r.Figures[0].Mistakes) > 0 {
			t.Errorf("%q: %+v %v", text, said(r), err)
		}
	}
	r, err := readTable(t, "a.csv", []byte("单位：亿元,\n指标,完成数\nloans,2万\nloans,200余万\nloans,3\n"), Choices{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"2万元 ", "200余万元 200余万元", "3亿元 "} {
		if got := r.Figures[i].Written + " " + r.Figures[i].Quantity.Wording; got != want && i != 1 || i == 1 &&
			!strings.HasSuffix(got, " 200余万元") {
			t.Errorf("%d: %q, want %q", i, got, want)
		}
	}
}
