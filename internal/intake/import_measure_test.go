package intake

import (
	"strings"
	"testing"
)

// Measures in the wordings that were passed over, and what does not fit or says two things.
func TestMeasuresInOtherWordings(t *testing.T) {
	for table, want := range map[string]string{
		// titles and feet
		"以亿元计|指标|完成数|loans|2":                 "20000",
		"本表金额均以亿元为单位|指标|完成数|loans|2":          "20000",
		"本表金额均以亿元为单位|指标|完成数|trained|2":        "2",
		"以亿元为单位|指标|完成数|loans|2":               "20000",
		"数据以千元为计量单位|指标|完成数|loans|20":          "2",
		"2026年10月（以千元计）|指标|完成数|loans|20":      "2",
		"指标|完成数|loans|2|表中金额以亿元计|":            "20000",
		"指标|完成数|loans|2|注：金额以亿元为单位|":          "20000",
		"指标|完成数|loans|2|说明：以实际到账计|":           "2",
		"以人计|指标|完成数|consultations|2":          "2 ? measure:title:人次",
		"单位：万元|金额单位：亿元|指标|完成数|loans|2":        "2 ? which:万元",
		"单位：元、万元|指标|完成数|loans|2":              "0.0002 ? which:万元",
		"单位：万元|金额单位：万元|指标|完成数|loans|2":        "2",
		"单位：万元|金额单位：亿元|指标|完成数（元）|loans|20000": "2",
		"(RMB ’000)|指标|完成数|loans|20":          "2",
		"(RMB '000)|指标|完成数|loans|20":          "2",
		"单位：RMB万元|指标|完成数|loans|2":             "2",
		"单位：家|指标|完成数|users|2":                 "2",
		"单位：人（次）|指标|完成数|trained|2":            "2 ? measure:title:人",
		"单位：人（次）|指标|完成数|consultations|2":      "2",
		"单位：村|指标|完成数|users|2":                 "2 ? measure:title:户",
		"2026年帮扶（村）|指标|完成数|users|2":           "2 ? period",
		"币种：人民币 单位：亿元|指标|完成数|loans|2":         "20000", "单位：亿元（人民币）|指标|完成数|loans|2": "20000",
		"货币：人民币|单位：亿元|指标|完成数|loans|2": "20000", "单位：人民币，亿元|指标|完成数|loans|2": "20000",
		"指标|完成数（单位：亿元，人民币）|loans|2": "20000",
		// headings
		"指标|亿元完成数|loans|2":           "20000",
		"指标|单位|完成亿元数|完成数|users||7|5": "5",
		"指标|完成数<亿元>|loans|2":         "20000",
		"指标|完成数＜亿元＞|loans|2":         "20000",
		"指标|完成数《亿元》|loans|2":         "20000",
		"指标|完成数‹亿元›|loans|2":         "20000",
		"指标|完成数「亿元」|loans|2":         "20000",
		"指标|完成数(K)|trained|2":        "2000",
		"指标|完成数（w）|trained|2":        "20000",
		"指标|亿元完成数|trained|2":         "2",
		"指标|万元以上完成数|trained|2":       "2",
		"指标|完成数（千元）|loans|20":        "2",
		// what is counted
		"指标|户数|人数|users|10|30":         "10",
		"指标|人数|户数|users|30|10":         "10",
		"指标|人数|户数|trained|30|":         "30",
		"指标|人数|users|30":               "30 ? measure:B:户",
		"指标|人数|trained|30":             "30",
		"指标|人数|consultations|30":       "30 ? measure:B:人次",
		"指标|人次|consultations|30":       "30",
		"注册用户统计表|乡镇|户数|人数|荆竹镇|10|30":   "10 ? period",
		"指标|完成数（户）|完成数（人）|users|10|30": "10",
		"指标|完成数（人）|完成数（户）|users|30|10": "10",
		"指标|本月完成|累计完成（户）|users|1|9":    "9",
		// a row's own
		"指标|计量单位|完成数|loans|RMB万元|2": "2",
		"指标|计量单位|完成数|loans|（亿元）|2":  "20000",
		"指标|计量单位|完成数|loans|单位：亿元|2": "20000",
		"指标|计量单位|完成数|loans|千|20":    "2",
		"指标|计量单位|完成数|loans|人|20":    "!measure_mismatch",
	} {
		cells := strings.Split(table, "|")
		var lines []string
		for len(cells) > 0 && cells[0] != "指标" && cells[0] != "乡镇" {
			lines, cells = append(lines, cells[0]), cells[1:]
		}
		width := 0 // of the headings: up to the first name of data
		for width < len(cells) && !strings.Contains("loans trained consultations users 荆竹镇", cells[width]) {
			width++
		}
		for ; len(cells) >= width && width > 0; cells = cells[width:] {
			lines = append(lines, strings.Join(cells[:width], "|"))
		}
		r, err := ReadTable(grid(t, lines...), knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", table, err)
			continue
		}
		var got []string
		for _, f := range r.Figures {
			if len(f.Mistakes) > 0 {
				got = append(got, "!"+f.Mistakes[0].Text.Key)
				continue
			}
			got = append(got, f.Quantity.Amount.String())
		}
		for _, q := range r.OpenQuestions() {
			got = append(got, "? "+q.ID)
		}
		if said := strings.Join(got, " "); said != want {
			t.Errorf("%s: %s, want %s", table, said, want)
		}
	}
}
