package intake

import (
	"slices"
	"strings"
	"testing"
)

// A title that gives a period and says up to when is about what both say; where a month may be that month or
// the sum so far, it is asked.
func TestATitleWithABeginningAndAnEnd(t *testing.T) {
	for title, want := range map[string]string{
		"2026年10月（9月26日至10月25日）":              "B trained 2026-10-25 5",
		"2026年第三季度（截至8月底）":                    "B trained 2026-08-31 5 sofar from 7",
		"2026年10月（截至10月25日）":                  "B trained 2026-10-25 5",
		"2026年上半年（截至5月底）":                     "B trained 2026-05-31 5 sofar",
		"2026年10月重点工作进度表（截至10月31日）":           "B trained 2026-10-31 5 sofar ? since",
		"2026年10月进度表|截至10月25日":                "B trained 2026-10-25 5 sofar ? since",
		"截至10月25日|2026年10月进度表":                "B trained 2026-10-25 5 sofar ? since",
		"2026年第三季度|截至8月底":                     "B trained 2026-08-31 5 sofar from 7",
		"截至8月底|2026年第三季度":                     "B trained 2026-08-31 5 sofar from 7",
		"2026年10月通报|截至9月底":                    "B trained 2026-09-30 5 sofar",
		"2026年1-10月|截至10月25日":                 "B trained 2026-10-25 5 sofar",
		"2026年1月（截至1月25日）":                    "B trained 2026-01-25 5",
		"YTD Oct 2026":                        "B trained 2026-10-31 5 sofar",
		"nine months ended 30 September 2026": "B trained 2026-09-30 5 sofar",
		"quarter ended September 30, 2026":    "B trained 2026-09-30 5 sofar from 7",
		"月报（10）":                              "B trained 2026-11-23 5 sofar ? period",
		"2026年10月31日前完成情况":                    "B trained 2026-11-23 5 sofar ? period",
		"数据截止时间：2026年10月31日":                  "B trained 2026-10-31 5 sofar",
		"截止时间：10月31日":                         "B trained 2026-10-31 5 sofar",
		"统计截至：2026年10月31日":                    "B trained 2026-10-31 5 sofar",
		"统计截止:10月底":                           "B trained 2026-10-31 5 sofar",
		"截止日期：2026年10月31日":                    "B trained 2026-10-31 5 sofar",
		"截止日期 2026-10-31":                     "B trained 2026-10-31 5 sofar",
		"2026年10月31日":                         "B trained 2026-10-31 5 sofar ? since",
		"重点工作进度表（2026年10月31日）":                "B trained 2026-10-31 5 sofar ? since",
		"2026年1月31日":                          "B trained 2026-01-31 5",
		"2026年10月进度表|2026年10月31日":             "B trained 2026-10-31 5",
		"2026年10月31日|2026年10月进度表":             "B trained 2026-10-31 5",
		"2026年10月进度表|制表：2026年11月5日":           "B trained 2026-10-31 5",
		"2026年10月进度表|2026年11月5日填报":            "B trained 2026-10-31 5",
		"2026年10月进度表（11月3日上报）":                "B trained 2026-10-31 5",
		"2026年10月报表 填报日期2026-11-03":           "B trained 2026-10-31 5",
		"2026年10月报表（报送截止时间：11月5日）":            "B trained 2026-10-31 5",
		"制表：2026年11月5日":                       "B trained 2026-11-05 5 sofar",
		"2026年11月5日填报":                        "B trained 2026-11-05 5 sofar",
		"报表 填报日期2026-11-03":                   "B trained 2026-11-03 5 sofar",
		"报表（11月3日上报）":                         "B trained 2026-11-03 5 sofar",
		"2026年10月填报":                          "B trained 2026-10-31 5",
		"农历九月":                                "B trained 2026-11-23 5 sofar ? period",
	} {
		var lines []string
		lines = append(lines, strings.Split(title, "|")...)
		r, err := ReadTable(grid(t, append(lines, "指标|完成数", "trained|5")...), knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", title, err)
			continue
		}
		got := strings.Join(said(r), "; ")
		got = "B" + strings.TrimLeft(strings.TrimPrefix(got, "B"), "0123456789")
		for _, q := range r.OpenQuestions() {
			got += " ? " + q.ID
		}
		if got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
	lines := []string{"2026年10月重点工作进度表（截至10月31日）", "指标|完成数", "trained|5"}
	for answer, want := range map[string]string{"month": "B3 trained 2026-10-31 5",
		"year": "B3 trained 2026-10-31 5 sofar"} {
		r, err := ReadTable(grid(t, lines...), knownCounty, Choices{Answers: map[string]string{"since": answer}})
		if err != nil || len(r.OpenQuestions()) > 0 || !slices.Equal(said(r), []string{want}) {
			t.Errorf("%s: %v, %v", answer, said(r), err)
		}
	}
	// columns that say themselves which they are leave nothing to ask
	r, err := ReadTable(grid(t, lines[0], "指标|本月完成|累计完成", "trained|5|9"), knownCounty, Choices{})
	if err != nil || len(r.Questions) > 0 {
		t.Errorf("%v, %v", r.Questions, err)
	}
}
