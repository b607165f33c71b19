package intake

import (
	"strings"
	"testing"
)

func saidOf(t *testing.T, table string, choices Choices) (figures, asked string) {
	t.Helper()
	r, err := readTable(t, "a.csv", []byte(table), choices)
	if err != nil {
		return err.Error(), ""
	}
	return strings.Join(said(r), "; "), askedOf(r)
}

// Columns of days and periods date the rows, whatever people call them; those of something else do not.
func TestColumnsOfDatesAreFound(t *testing.T) {
	for _, h := range strings.Fields(`日期 时间 培训时间 活动时间 活动日期 实际完成时间 完成时间 开展时间 办结时间 统计时间 统计日期 发生时间 举办时间
		报告期 所属期 所属月份 填报月份 年月 月份 期间 走访日期 培训日期（2026年） Date Date_completed Activity_date`) {
		got, asked := saidOf(t, "指标,"+strings.ReplaceAll(h, "_", " ")+",完成数\ntrained,2026-09-05,5\n", Choices{})
		if got != "C2 trained 2026-09-05 5" || asked != "" {
			t.Errorf("%s: %s, asked %s", h, got, asked)
		}
	}
	for _, h := range strings.Fields("出生日期 出生年月 计划日期 下次日期 预计完成时间 拟完成时间 应完成时间 计划完成时间 到期日期 入职时间 Birth_date Next_date Due_date") {
		got, asked := saidOf(t, "指标,"+strings.ReplaceAll(h, "_", " ")+",完成数\ntrained,2026-09-05,5\n", Choices{})
		if !strings.HasPrefix(got, "C2 trained 2026-11-23 5 sofar; left B1 import_column_") || asked != "" {
			t.Errorf("%s: %s, asked %s", h, got, asked)
		}
	}
	for _, h := range strings.Fields("填报日期 填报时间 上报日期 上报时间 报送时间 更新时间 截止时间 截止日期 登记时间 签订日期 立项时间 开始时间 建档日期 备查") {
		for answer, want := range map[string]string{"": "C2 trained 2026-09-05 5", "use": "C2 trained 2026-09-05 5",
			"leave": "C2 trained 2026-11-23 5 sofar; left B1 import_column_day"} {
			got, asked := saidOf(t, "指标,"+h+",完成数\ntrained,2026-09-05,5\n", Choices{Answers: map[string]string{"day": answer}})
			if strings.HasPrefix(h, "截") {
				want = strings.Replace(want, "2026-09-05 5", "2026-09-05 5 sofar", 1)
			}
			if got != want || asked != "day:B="+answer+"[use leave]" {
				t.Errorf("%s %s: %s, asked %s", h, answer, got, asked)
			}
		}
	}
}

func TestCellsOfDatesAreRead(t *testing.T) {
	for name, c := range map[string]struct{ table, want, asked string }{
		"sums so far": {"指标,期间,完成数\ntrained,1-3月,10\ntrained,1-6月,25\ntrained,1-9月,40\n",
			"C2 trained 2026-03-31 10 sofar; C3 trained 2026-06-30 25 sofar; C4 trained 2026-09-30 40 sofar", ""},
		"in words": {"指标,时间,完成情况\ntrained,一季度,10\ntrained,上半年,25\ntrained,前三季度,40\n",
			"C2 trained 2026-03-31 10 sofar; C3 trained 2026-06-30 25 sofar; C4 trained 2026-09-30 40 sofar", ""},
		"until": {"指标,日期,完成数\ntrained,截至3月底,10\ntrained,截至9月底,40\n",
			"C2 trained 2026-03-31 10 sofar; C3 trained 2026-09-30 40 sofar", ""},
		"a column of until": {"指标,截至日期,完成数\ntrained,2026-03-31,10\ntrained,2026-09-30,40\n",
			"C2 trained 2026-03-31 10 sofar; C3 trained 2026-09-30 40 sofar", ""},
		"from January": {"指标,期间,完成数\ntrained,2026年1月1日至9月30日,40\n", "C2 trained 2026-09-30 40 sofar", ""},
		"quarters": {"季度,指标,完成数\n一季度,trained,10\n二季度,trained,8\n三季度,trained,7\n",
			"C2 trained 2026-03-31 10 sofar; C3 trained 2026-06-30 8 sofar from 4; C4 trained 2026-09-30 7 sofar from 7", ""},
		"quarters' numbers": {"季度,指标,完成数\n1,trained,10\n2,trained,8\n",
			"C2 trained 2026-03-31 10 sofar; C3 trained 2026-06-30 8 sofar from 4", ""},
		"added in months": {"月份,指标,新增数\n1,trained,10\n2,trained,8\n",
			"C2 trained 2026-01-31 10; C3 trained 2026-02-28 8", ""},
		"added in a span":     {"期间,指标,新增数\n1-3月,trained,10\n", "C2 trained 2026-03-31 10 sofar", ""},
		"this quarter so far": {"指标,本季度累计\ntrained,10\n", "B2 trained 2026-11-23 10 sofar from 10", ""},
		"an event's days": {"日期,指标,数量\n9月5日-9月8日,trained,10\n9月28日至10月3日,trained,4\n",
			"C2 trained 2026-09-08 10; C3 trained 2026-10-03 4", ""},
		"years": {"年份,指标,完成数\n2025,trained,5\n2026,trained,7\n",
			"C2 trained 2025-12-31 5 sofar !A2 date_outside_year; C3 trained 2026-11-23 7 sofar", ""},
		"years in words": {"年度,指标,完成数\n2025年度,trained,5\n2026年,trained,7\n",
			"C2 trained 2025-12-31 5 sofar !A2 date_outside_year; C3 trained 2026-11-23 7 sofar", ""},
		"a year that is none": {"年度,指标,完成数\n今,trained,5\n2026,trained,5\n",
			"C2 trained 5 sofar !A2 date_unreadable; C3 trained 2026-11-23 5 sofar", ""},
		"years and months": {"年度,月份,指标,完成数\n2025,9,trained,5\n2026,9,trained,7\n",
			"D2 trained 2025-12-31 5 !A2 date_outside_year; D3 trained 2026-09-30 7", ""},
		"year, month, day": {"年,月,日,指标,完成数\n2026,9,3,trained,5\n2025,9,5,trained,7\n2026,9,31,trained,1\n2026,9,40,trained,1\n",
			"E2 trained 2026-09-03 5; E3 trained 2025-12-31 7 !A3 date_outside_year; E4 trained 1 !B4 date_unreadable; E5 trained 1 !C5 date_unreadable", ""},
		"days of the title": {"2026年10月\n日,指标,完成数\n3,trained,5\n4日,trained,7\n",
			"C3 trained 2026-10-03 5; C4 trained 2026-10-04 7", ""},
		"a title of 2025": {"2025年\n年份,指标,完成数\n2026,trained,5\n",
			"C3 trained 2025-12-31 5 sofar !A3 date_outside_year", ""},
		"day before report": {"指标,填报日期,活动时间,完成数\ntrained,2026-10-08,2026-09-05,5\n",
			"D2 trained 2026-09-05 5; left B1 import_column_day", ""},
		"month and report": {"指标,填报日期,月份,完成数\ntrained,2026-10-08,9月,5\n",
			"D2 trained 2026-09-30 5; left B1 import_column_day", ""},
		"title and report": {"2026年10月\n指标,上报时间,完成数\ntrained,2026-11-02,5\n",
			"C3 trained 2026-10-31 5; left B2 import_column_day", ""},
		"title and filling in": {"2026年10月\n指标,填报日期,完成数\ntrained,2026-11-02,5\n",
			"C3 trained 2026-10-31 5; left B2 import_column_day", ""},
		"title and doing": {"2026年10月\n指标,活动时间,完成数\ntrained,2026-10-05,5\n", "C3 trained 2026-10-05 5", ""},
		"months and report": {"指标,上报时间,9月,10月\ntrained,2026-11-02,4,5\n",
			"C2 trained 2026-09-30 4; D2 trained 2026-10-31 5; left B1 import_column_day", ""},
		"report, and a year": {"2026年\n指标,更新时间,完成数\ntrained,2026-11-02,5\n", "C3 trained 2026-11-02 5",
			"day:B=[use leave]"},
		"begun and done": {"指标,开始时间,完成时间,完成数\ntrained,2026-09-01,2026-10-05,5\n",
			"D2 trained 2026-10-05 5; left B1 import_column_day", ""},
		"planned and done": {"指标,计划完成时间,实际完成时间,完成数\ntrained,2026-12-31,2026-10-05,5\n",
			"D2 trained 2026-10-05 5; left B1 import_column_day", ""},
		"two that differ": {"指标,培训时间,完成时间,完成数\ntrained,2026-09-05,2026-10-05,5\n",
			"D2 trained 2026-09-05 5; left C1 import_column_day", "day:B=[B C]"},
		"two that agree": {"指标,培训时间,完成时间,完成数\ntrained,2026-09-05,2026-09-06,5\n",
			"D2 trained 2026-09-05 5; left C1 import_column_day", ""},
		"how long it took": {"2026年10月\n指标,培训时间,完成数\ntrained,3,5\n", "C3 trained 2026-10-31 5", ""},
		"how many days":    {"2026年10月\n指标,培训时间,完成数\ntrained,3天,5\n", "C3 trained 2026-10-31 5", ""},
	} {
		if got, asked := saidOf(t, c.table, Choices{}); got != c.want || asked != c.asked {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %s, want %s", name, got, c.want, asked, c.asked)
		}
	}
}

// What was added is no reading of what is there.
func TestWhatWasAddedIsAskedAboutWhereReadingsAreKept(t *testing.T) {
	for name, c := range map[string]struct{ heading, answer, want, asked string }{
		"open": {"本月新增", "", "B3 users 2026-10-31 5; B4 trained 2026-10-31 6", "added:B=[reading leave]"},
		"a reading": {"新增数", "reading", "B3 users 2026-10-31 5; B4 trained 2026-10-31 6",
			"added:B=reading[reading leave]"},
		"left": {"本月新增数", "leave", "B4 trained 2026-10-31 6; left B3 import_left_added",
			"added:B=leave[reading leave]"},
		"net":          {"本月新增（净增）", "", "B3 users 2026-10-31 5; B4 trained 2026-10-31 6", "added:B=[reading leave]"},
		"in English":   {"added", "", "B3 users 2026-10-31 5; B4 trained 2026-10-31 6", "added:B=[reading leave]"},
		"a number":     {"数量", "", "B3 users 2026-10-31 5; B4 trained 2026-10-31 6", ""},
		"in the month": {"本月完成数", "", "B3 users 2026-10-31 5; B4 trained 2026-10-31 6", ""},
	} {
		got, asked := saidOf(t, "2026年10月\n指标,"+c.heading+"\nusers,5\ntrained,6\n",
			Choices{Answers: map[string]string{"added": c.answer}})
		if got != c.want || asked != c.asked {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %s, want %s", name, got, c.want, asked, c.asked)
		}
	}
	got, asked := saidOf(t, "2026年10月\n指标,本月新增,累计\nusers,5,100\n", Choices{})
	if got != "C3 users 2026-10-31 100; left B3 import_column_within" &&
		got != "C3 users 2026-10-31 100; left B2 import_column_within" || asked != "" {
		t.Errorf("beside the reading: %s, asked %s", got, asked)
	}
}

// The first row of data is no heading, whatever words its value has.
func TestTheFirstRowOfDataIsNoHeading(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"a sum in words": {"乡镇,指标,完成数\n荆竹镇,培训妇女人数,累计12人\n文坪镇,培训妇女人数,7\n",
			"C2 trained jingzhu 2026-11-23 0 sofar !C2 number_unreadable; C3 trained wenping 2026-11-23 7 sofar"},
		"a month": {"乡镇,指标,完成数\n荆竹镇,培训妇女人数,10月\n文坪镇,培训妇女人数,7\n",
			"C2 trained jingzhu 2026-11-23 0 sofar !C2 measure_mismatch; C3 trained wenping 2026-11-23 7 sofar"},
		"a judgement": {"指标,完成情况,备注\n执委述职制度落实,已完成,完成\n培训妇女人数,7,完成\n",
			"B2 duty 2026-11-23 met; B3 trained 2026-11-23 7 sofar"},
		"with a code": {"代码,完成数,备注\ntrained,累计12人,累计\nlectures,7,\n",
			"B2 trained 2026-11-23 0 sofar !B2 number_unreadable; B3 lectures 2026-11-23 7 sofar"},
	} {
		if got, asked := saidOf(t, c.table, Choices{}); got != c.want || asked != "" {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %s", name, got, c.want, asked)
		}
	}
}
