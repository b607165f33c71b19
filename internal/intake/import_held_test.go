package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// What a heading says of an indicator whose name it holds is read; a column of figures nobody knows is
// said to be left out.
func TestColumnsWhoseHeadingHoldsAName(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"a month before it":  {"乡镇,10月培训妇女人数\n荆竹镇,5\n", "B2 trained jingzhu 2026-10-31 5"},
		"a month behind it":  {"乡镇,培训妇女人数10月\n荆竹镇,5\n", "B2 trained jingzhu 2026-10-31 5"},
		"counted":            {"截至10月底\n乡镇,注册用户数\n荆竹镇,5\n", "B3 users jingzhu 2026-10-31 5"},
		"counted by measure": {"截至10月底\n乡镇,注册用户户数\n荆竹镇,5\n", "B3 users jingzhu 2026-10-31 5"},
		"with its measure":   {"截至10月底\n乡镇,注册用户数（户）\n荆竹镇,5\n", "B3 users jingzhu 2026-10-31 5"},
		"target and done":    {"截至10月底\n乡镇,培训妇女人数任务数,培训妇女人数完成数\n荆竹镇,8,5\n", "C3 trained jingzhu 2026-10-31 5 sofar"},
		"its plan alone":     {"截至10月底\n乡镇,培训妇女人数计划数,注册用户\n荆竹镇,8,5\n", "C3 users jingzhu 2026-10-31 5"},
		"something else of it": {"截至10月底\n乡镇,注册用户满意比,注册用户\n荆竹镇,8,5\n",
			"C3 users jingzhu 2026-10-31 5; left B2 import_column_unknown"},
		"unknown": {"截至10月底\n指标,户籍数,完成数\ntrained,8,5\n",
			"C3 trained 2026-10-31 5 sofar; left B2 import_column_unknown"},
		"unknown texts":   {"截至10月底\n指标,牵头科室,完成数\ntrained,权益部,5\n", "C3 trained 2026-10-31 5 sofar"},
		"the title's own": {"2026年10月注册用户统计表\n乡镇,户数\n荆竹镇,5\n", "B3 users jingzhu 2026-10-31 5"},
		"a row's name counts": {"截至10月底\n指标,注册用户数,完成数\ntrained,8,5\n",
			"C3 trained 2026-10-31 5 sofar; left B2 import_column_unknown"},
	} {
		r, err := readTable(t, "a.csv", []byte(c.table), Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(said(r), "; "); got != c.want || len(r.Questions) > 0 {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %s", name, got, c.want, askedOf(r))
		}
	}
}

// In an office with indicators named like the fields of a table a heading is a field first.
func TestNamesThatAreFieldsAreFieldsFirst(t *testing.T) {
	known := knownCounty
	known.Indicators = append([]kpi.Indicator{{ID: 31, Code: "done", Name: "完成数", Kind: kpi.Flow, Measure: "件"},
		{ID: 32, Code: "oct", Name: "10月", Kind: kpi.Flow, Measure: "件"}, {ID: 33, Code: "year", Name: "2026年",
			Kind: kpi.Flow, Measure: "件"},
		{ID: 34, Code: "aim", Name: "目标", Kind: kpi.Flow, Measure: "件"}, {ID: 35, Code: "so-far", Name: "截至10月底",
			Kind: kpi.Flow, Measure: "件"},
		{ID: 36, Code: "note", Name: "备注", Kind: kpi.Flow, Measure: "件"}}, known.Indicators...)
	for name, c := range map[string]struct{ table, want string }{
		"a measure behind it":   {"2026年10月\n指标,完成数（亿元）\nloans,0.5\n", "B3 loans 2026-10-31 5000"},
		"a field":               {"2026年10月\n指标,目标,完成数,备注\ntrained,8,5,好\n", "C3 trained 2026-10-31 5"},
		"a month in a title":    {"2026年10月\n指标,完成数\ntrained,5\n", "B3 trained 2026-10-31 5"},
		"until in a title":      {"截至10月底\n指标,完成数\ntrained,5\n", "B3 trained 2026-10-31 5 sofar"},
		"months across":         {"指标,9月,10月\ntrained,5,6\n", "B2 trained 2026-09-30 5; C2 trained 2026-10-31 6"},
		"the indicator in rows": {"2026年10月\n指标,完成数\n完成数,5\n", "B3 done 2026-10-31 5"},
		"the name in a title":   {"2026年10月培训妇女人数完成数\n乡镇,完成数\n荆竹镇,5\n", "B3 trained jingzhu 2026-10-31 5"},
	} {
		grids, err := Grids(t.Context(), "a.csv", strings.NewReader(c.table), int64(len(c.table)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := ReadTable(grids, known, Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, s := range said(r) {
			if !strings.HasPrefix(s, "ask") {
				got = append(got, s)
			}
		}
		if s := strings.Join(got, "; "); s != c.want || len(r.Questions) > 0 {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %s", name, s, c.want, askedOf(r))
		}
	}
}
