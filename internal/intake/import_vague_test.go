package intake

import (
	"strings"
	"testing"
)

// A title with a period that can be read dates its figures; any other is asked about, and none is dated today in
// silence.
func TestATitleWithoutAPeriodIsAskedAbout(t *testing.T) {
	for title, want := range map[string]string{
		"10月上旬":                       "2026-10-10",
		"10月上中旬统计":                    "2026-10-20",
		"10月中旬统计":                     "2026-10-20",
		"2026年10月第二旬":                 "2026-10-20",
		"10月下旬统计":                     "2026-10-31",
		"10月中下旬":                      "2026-10-31",
		"2026年10月第三旬":                 "2026-10-31",
		"2026年10月第4周（10.19-10.25）":    "2026-10-25",
		"10月第4周工作统计（10月19日至25日）":      "2026-10-25",
		"2026年10月第4周工作表【10.19-10.25】": "2026-10-25",
		"第43周（10.19-10.25）":           "2026-10-25",
		"活动周（10.19-10.25）":            "2026-10-25",
		"国庆期间（10月1日-7日）":              "2026-10-07",
		"第十期（2026年10月）":               "2026-10-31",
		"Week 43 (19-25 Oct 2026)":    "2026-10-25",
		"工作台账;2026年10月":               "2026-10-31",
		"工作台账;填报日期：2026年11月2日":        "2026-11-02",
		"10月第4周（9.19-9.25）":           "?",
		"国庆期间统计表":                     "?",
		"2026年第10期":                   "?",
		"第10期工作通报":                    "?",
		"第3旬":                         "?",
		"上旬":                          "?",
		"春节期间":                        "?",
		"三八维权周":                       "?",
		"2026年宣传月":                    "?",
		"暑期":                          "?",
		"国庆节前":                        "?",
		"换届以来":                        "?",
		"工作统计表":                       "?",
		"妇联工作台账2026":                  "?",
		"2026年度工作":                    "?",
		"单位：人":                        "2026-11-23",
		"填报单位：荆竹镇":                    "2026-11-23",
		"Issue 10":                    "?",
		"National Day holiday":        "?",
		"Spring Festival 2026":        "?",
		"Progress report":             "?",
		"2025年度工作":                    "2025-12-31",
	} {
		r, err := ReadTable(grid(t, append(strings.Split(title, ";"), "指标|单位|本月完成", "trained|荆竹镇|50")...),
			knownCounty, Choices{})
		if err != nil || len(r.Figures) != 1 {
			t.Errorf("%s: %v %+v", title, err, r.Figures)
			continue
		}
		got := string(r.Figures[0].Dated)
		for _, q := range r.OpenQuestions() {
			if got = ""; q.ID == "period" && len(q.Options) > 10 {
				got = "?"
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
	lines := []string{"国庆期间统计表", "指标|单位|本月完成", "trained|荆竹镇|50"}
	for answer, want := range map[string]string{
		"2026-10": "C3 trained jingzhu 2026-10-31 50; ? period ", "leave": "left C2 import_left_period; ? period ",
	} {
		r, err := ReadTable(grid(t, lines...), knownCounty, Choices{Answers: map[string]string{"period": answer}})
		if got := strings.Join(asked(r), "; "); err != nil || got != want || len(r.OpenQuestions()) > 0 {
			t.Errorf("%s: %s, %v", answer, got, err)
		}
	}
	known := knownCounty
	known.Year = 2025
	for title, want := range map[string]int{"2025年度工作": 0, "工作台账": 1} {
		r, err := ReadTable(grid(t, title, "指标|单位|完成数", "trained|荆竹镇|50"), known, Choices{})
		if err != nil || r.Figures[0].Dated != "2025-12-31" || len(r.OpenQuestions()) != want {
			t.Errorf("%s, of a year that is over: %v %v %+v", title, asked(r), err, r.Figures)
		}
	}
	r, err := ReadTable(grid(t, "指标|单位|本月完成", "trained|荆竹镇|50"), knownCounty, Choices{})
	if err != nil || len(r.Questions) > 0 || r.Dated != knownCounty.Today { // the page shows the day, to be changed
		t.Errorf("no title: %v %v", asked(r), err)
	}
	if r, err = ReadTable(grid(t, lines...), knownCounty, Choices{Date: "2026-09-30"}); err != nil ||
		len(r.Questions) != 1 {
		t.Errorf("with a day for what has none, a period that cannot be read is still asked about: %v %v", asked(r), err)
	}
}

// Columns headed by such a period are left out, and said.
func TestAHeadingWithoutAPeriodIsLeftOut(t *testing.T) {
	for heading, want := range map[string]string{
		"国庆期间完成数": "left D2 import_column_period", "第10期完成数": "left D2 import_column_period",
		"第3旬完成数": "left D2 import_column_period", "暑期完成数": "left D2 import_column_period",
		"宣传月完成数": "left D2 import_column_period", "换届以来完成数": "left D2 import_column_period",
	} {
		r, err := ReadTable(grid(t, "2026年10月", "指标|单位|10月完成数|"+heading, "trained|荆竹镇|50|3"), knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", heading, err)
			continue
		}
		wantAsked(t, heading, r, "C3 trained jingzhu 2026-10-31 50", want)
	}
}
