package intake

import (
	"fmt"
	"testing"

	"dabiao/internal/kpi"
)

// inTitle is a title's period as one text: "1-9", "7-9 !" for one that is no sum so far, with the year
// and the day where they are said; "?" when it has to be asked about, "" when it names none.
func inTitle(text string) string {
	p := readPeriods(text, 2026)
	s, found, doubt := p.one()
	switch {
	case !found && doubt != "":
		return "?"
	case !found:
		return ""
	}
	out := fmt.Sprintf("%d-%d", s.first, s.month)
	if s.day != 0 {
		out += fmt.Sprintf("/%d", s.day)
	}
	if s.year != 0 {
		out = fmt.Sprintf("%d ", s.year) + out
	}
	if s.sum {
		out += " sofar"
	}
	return out
}

func TestATitleNamesOnePeriodOrIsAskedAbout(t *testing.T) {
	for text, want := range map[string]string{
		// a range means its end
		"2026年1月1日至9月30日工作进度表": "2026 1-9/30 sofar", "2026年1-9月主要指标完成情况": "2026 1-9 sofar", "2026年1—10月": "2026 1-10 sofar",
		"2026.1-9": "2026 1-9 sofar", "2026.01-2026.09": "2026 1-9 sofar", "2026年1月～9月": "2026 1-9 sofar",
		"2026年元月至九月": "2026 1-9 sofar",
		"一至三季度工作情况":  "1-9 sofar", "1-3季度": "1-9 sofar", "第一至第三季度": "1-9 sofar", "前三季度": "1-9 sofar", "前9个月": "1-9 sofar",
		"前九个月": "1-9 sofar", "头十个月": "1-10 sofar",
		"9月26日-10月25日进度": "9-10/25", "2026年9月26日至10月25日": "2026 9-10/25", "2025年12月26日-2026年1月25日": "2026 0-1/25",
		"12月26日-1月25日": "0-1/25",
		"5-8月":         "5-8", "5月至8月": "5-8", "七至九月": "7-9", "10月5日-10日": "10-10/10",
		"2026-01-01~2026-10-31": "2026 1-10/31 sofar",
		"2026/1/1-9/30":         "2026 1-9/30 sofar",
		"202601-202609":         "2026 1-9 sofar", "2026年1月1日——9月30日": "2026 1-9/30 sofar", "1月份至9月份": "1-9 sofar",
		"１－９月": "1-9 sofar",
		// quarters and halves
		"2026年第三季度": "2026 7-9", "三季度": "7-9", "3季度": "7-9", "Q3": "7-9", "2026Q3": "2026 7-9", "2026年Q3": "2026 7-9",
		"Q3 2026": "2026 7-9", "3Q 2026": "2026 7-9",
		"第3季度末": "7-9", "截至三季度末": "1-9 sofar", "上半年": "1-6 sofar", "2026年上半年工作总结": "2026 1-6 sofar", "下半年": "7-12",
		"H1": "1-6 sofar", "2026 H2": "2026 7-12",
		"一季度": "1-3 sofar", "first half of 2026": "2026 1-6 sofar", "Third quarter 2026": "2026 7-9",
		// up to
		"截至10月底": "1-10 sofar", "截止10月31日": "1-10/31 sofar", "截至2026年10月底": "2026 1-10 sofar", "截至十月末": "1-10 sofar",
		"10月底止": "1-10 sofar", "至10月底": "1-10 sofar",
		"2026年妇联重点工作进度表（截至10月底）": "2026 1-10 sofar", "截至2026.10.31": "2026 1-10/31 sofar",
		"as of 30 September 2026": "2026 1-9/30 sofar", "through September 2026": "2026 1-9 sofar",
		"2026年10月通报（截至9月底）": "2026 1-9 sofar",
		// months
		"2026年10月月报": "2026 10-10", "十月份": "10-10", "2026年元月": "2026 1-1", "二〇二六年十月": "2026 10-10", "10月上旬": "10-10/10",
		"10月中旬": "10-10/20", "10月下旬": "10-10",
		"Jan-Sep 2026": "2026 1-9 sofar", "January to September 2026": "2026 1-9 sofar", "September 2026": "2026 9-9",
		"Sept. 2026": "2026 9-9", "2026年9月（1-9月）": "2026 1-9 sofar",
		"first nine months of 2026": "2026 1-9 sofar", "31/10/2026": "2026 10-10/31", "October 31, 2026": "2026 10-10/31",
		// years
		"25年10月": "2025 10-10", "’25年10月": "2025 10-10", "'25年1-9月": "2025 1-9 sofar", "去年10月": "2025 10-10",
		"上年10月": "2025 10-10", "今年1-9月": "2026 1-9 sofar",
		"本年三季度": "2026 7-9", "26年上半年": "2026 1-6 sofar", "前年6月": "2024 6-6", "明年1月": "2027 1-1", "本年度前三季度": "2026 1-9 sofar",
		"2026年全年目标任务完成情况（截至10月底）": "2026 1-10 sofar", "2026年全年目标任务分解表": "",
		// a month and how it is counted, a season and up to when
		"2026年10月（9月26日至10月25日）": "2026 10-10/25", "2026年9月26日至10月25日（10月报表）": "2026 10-10/25",
		"10月份（9.26-10.25）": "10-10/25", "2026年1-10月（9月26日至10月25日）": "?",
		"2026年10月（9月26日-10月25日）进度": "2026 10-10/25", "第三季度（截至8月底）": "7-8", "2026年第三季度工作进度表（截至8月25日）": "2026 7-8/25",
		"第三季度（截至9月底）": "7-9",
		"一季度（截至2月底）":  "1-2 sofar", "下半年（截至10月底）": "7-10", "上半年（截至5月底）": "1-5 sofar", "10月（截至10月25日）": "10-10/25",
		"2026年10月 截至10月25日": "2026 10-10/25",
		"2026年10月（至10月25日）": "2026 10-10/25", "第三季度（截至10月底）": "1-10 sofar", "2026年1-10月（截至10月25日）": "2026 1-10/25 sofar",
		"7-9月（截至8月底）": "7-8", "1月（截至1月25日）": "1-1/25",
		"2026年1月1日起至2026年9月30日止": "2026 1-9/30 sofar", "自2026年1月1日起至2026年9月30日止": "2026 1-9/30 sofar",
		"自1月1日至9月底": "1-9 sofar", "9月26日起至10月25日": "9-10/25", "9月26日起": "?",
		// sums in words
		"YTD Oct 2026": "2026 1-10 sofar", "Oct 2026 YTD": "2026 1-10 sofar", "Year to date October": "1-10 sofar",
		"Year-to-date: 31 October 2026": "2026 1-10/31 sofar", "year to date October 2026": "2026 1-10 sofar",
		"nine months ended 30 September 2026": "2026 1-9/30 sofar", "9 months to September 2026": "2026 1-9 sofar",
		"quarter ended September 30, 2026": "2026 7-9/30", "the three months ended 30 June": "4-6/30",
		"six months ended 30 June 2026": "2026 1-6/30 sofar", "month ended 31 October 2026": "2026 10-10/31",
		"half year ended 30 June 2026": "2026 1-6/30 sofar", "quarter to March 2026": "2026 1-3 sofar",
		"twelve months ended 30 September 2026": "?", "week ended 27 September 2026": "?", "as at end-September": "1-9 sofar",
		"as at the end of September 2026": "2026 1-9 sofar", "to end of June": "1-6 sofar",
		"到10月底": "1-10 sofar", "截止到10月": "1-10 sofar", "2026年9月累计完成情况": "2026 1-9 sofar", "9月底累计数": "1-9 sofar",
		"2026年9月份（累计）": "2026 1-9 sofar", "1-9月累计": "1-9 sofar", "累计至9月": "1-9 sofar", "2026年9月当月": "2026 9-9",
		"cumulative, October 2026": "2026 1-10 sofar",
		// digits
		"10/2026": "2026 10-10", "10.2026": "2026 10-10", "统计表 09-2026": "2026 9-9", "10.1-10.31": "10-10/31",
		"9.26-10.25": "9-10/25", "9.26至10.25": "9-10/25", "1H26": "2026 1-6 sofar", "2H26": "2026 7-12", "3Q26": "2026 7-9",
		"Q326": "2026 7-9", "3Q2026": "2026 7-9", "26.10": "?", "26/9/30": "?", "26-9": "?", "Q3FY26": "?", "月报（10）": "?",
		"月报10": "?", "2026年冬季": "?", "2026年春季工作": "?", "2026年10月31日前": "?", "2026年10月31日前完成情况": "?",
		"农历九月": "?", "2026年农历九月": "?", "阴历九月初三": "?", "表1-2": "", "附件1-1": "", "比例1.5-2.5": "", "26.1万元": "", "2026年工作月报": "",
		"13/2026": "?",
		// nothing
		"百场宣讲进基层": "", "三八维权周": "", "2026年度重点工作": "", "12345热线": "", "建党105周年": "", "第3期培训班": "", "近10年": "", "工作月报": "",
		"请于11月5日前报送":  "",
		"2026年妇联工作周报": "", "may be revised": "",
		// asked about
		"2026年10月第2周": "?", "第10周": "?", "三季度末前后": "?", "“十三五”时期": "?", "十四五规划指标": "?", "FY26": "?", "FY2026 report": "?",
		"3月、6月": "?", "3月8日、10月9日": "?",
		"9月至3月": "?", "2025年10月至2026年3月": "?", "2021-2025年": "?", "1/2/2026": "?", "腊月": "?", "正月": "?", "本月完成情况": "?",
		"上季度": "?", "近3个月": "?", "截至目前": "?",
		"10月初": "?", "3月以来": "?", "2025-2026学年": "?", "半年报": "?", "季度报表": "?", "2025年9月和2026年9月": "?", "13月": "?",
		"week 42": "?", "last month": "?", "一、二季度": "?", "3、6月": "?", "3和6月份": "?",
	} {
		if got := inTitle(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestACellHoldsOneDayOrIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"2026/1/31": "2026-01-31", "31/1/2026": "2026-01-31", "1/31/2026": "2026-01-31", "20260131": "2026-01-31",
		"2026-1": "2026-01-31", "2026年元月": "2026-01-31", "元月": "2026-01-31",
		"10月31": "2026-10-31", "2026年10月31": "2026-10-31", "10月 31日": "2026-10-31", "２０２６年１０月３１日": "2026-10-31",
		"二〇二六年十月三十一日": "2026-10-31", "十月三十一日": "2026-10-31",
		"十月二十日": "2026-10-20", "十月廿五日": "2026-10-25", "26年10月31日": "2026-10-31", "10月31号": "2026-10-31",
		"2026-10-31 08:30": "2026-10-31", "2026-10-31（星期六）": "2026-10-31",
		"9月26日-10月25日": "2026-10-25", "9月26日至10月25日": "2026-10-25", "5月-8月": "2026-08-31", "10月5日至10日": "2026-10-10",
		"2026-10-31~2026-11-02": "2026-11-02", "2026/10/31-11/2": "2026-11-02",
		"10.1-10.31": "2026-10-31", "10/31": "2026-10-31", "10.31": "2026-10-31", "Q3": "2026-09-30", "2026Q3": "2026-09-30",
		"2026年第3季度": "2026-09-30", "一至十月": "2026-10-31", "1—10月": "2026-10-31",
		"1－10月": "2026-10-31", "1~9月": "2026-09-30", "前9个月": "2026-09-30", "上半年": "2026-06-30", "10月底": "2026-10-31",
		"截至10月底": "2026-10-31", "10月份": "2026-10-31", "10": "2026-10-31",
		"11月": "2026-11-29", "Jan-Sep 2026": "2026-09-30", "31 Oct 2026": "2026-10-31", "2026.10": "2026-10-31",
		"202610": "2026-10-31", "4/4": "2026-04-04", "5月期间": "2026-05-31",
		// another year: the day is read, and refused by name where the year is known
		"25年10月31日": "2025-10-31", "25年10月": "2025-10-31", "’25年10月": "2025-10-31", "去年10月": "2025-10-31",
		"上年10月": "2025-10-31", "2025年四季度": "2025-12-31",
		// not come yet: refused by name as well
		"11月30日": "2026-11-30", "12月": "2026-12-31", "下半年": "2026-12-31",
		"3月、6月": "date_two", "3、6月": "date_two", "3月8日、10月9日": "date_two", "3月8日和9日": "date_unreadable",
		"2026-03-08 2026-10-09": "date_two", "3月 6月": "date_two",
		"10月31日前": "date_deadline", "2026年10月31日前完成": "date_deadline", "10月底以前": "date_deadline",
		"第10周": "date_unreadable", "10月第2周": "date_unreadable", "腊月": "date_lunar", "正月初五": "date_lunar",
		"农历八月十五": "date_lunar", "上月": "date_unreadable", "本月": "date_unreadable",
		"国庆期间": "date_unreadable", "农历九月": "date_lunar", "2026-09-03T12:30": "2026-09-03",
		"2026-09-03T12:30:05.5": "2026-09-03", "10/2026": "2026-10-31", "3Q26": "2026-09-30",
		"自2026年1月1日起至2026年9月30日": "2026-09-30", "9月26日起": "date_unreadable", "1/2/2026": "date_ambiguous",
		"3/8": "date_ambiguous", "2026-02-30": "date_unreadable", "2月30日": "date_unreadable", "十三月": "date_unreadable",
		"10月培训3次": "date_unreadable", "10月初": "date_unreadable", "三季度前后": "date_unreadable", "—": "date_missing",
		"2026年": "date_unreadable", "9月至3月": "date_unreadable",
	} {
		d, err := dateCell(Cell{Text: text, Kind: CellText}, 2026, "2026-11-29", false)
		if key := keyOf(t, err); string(d) != want && key != want {
			t.Errorf("%s: %s %s, want %s", text, d, key, want)
		}
	}
}

func TestANumberInADateColumnIsASerialOrAMonth(t *testing.T) {
	for _, c := range []struct {
		text     string
		from1904 bool
		want     string
	}{
		{"46326", false, "2026-10-31"}, {"44864", true, "2026-10-31"}, {"46326.5", false, "2026-10-31"}, {"10", false,
			"2026-10-31"}, {"20261031", false, "2026-10-31"},
		{"202610", false, "2026-10-31"}, {"2026.1", false, "date_as_number"}, {"10.1", false, "date_as_number"}, {"13", false,
			"date_unreadable"}, {"0", false, "date_unreadable"},
	} {
		d, err := dateCell(Cell{Text: c.text, Kind: CellNumber}, 2026, "2026-11-29", c.from1904)
		if key := keyOf(t, err); string(d) != c.want && key != c.want {
			t.Errorf("%s: %s %s, want %s", c.text, d, key, c.want)
		}
	}
}

func TestADayInAFormMayBeWrittenInMoreWays(t *testing.T) {
	for text, want := range map[string]string{
		"30/06/2026": "2026-06-30", "26年6月30日": "2026-06-30", "'26年6月30日": "2026-06-30", "2026年6月30": "2026-06-30",
		"June 30, 2026": "2026-06-30", "30 June 2026": "2026-06-30",
		"01/02/2026": "date_ambiguous", "6月30日": "date_unreadable", "2026年6月": "date_unreadable",
		"去年6月30日": "date_unreadable", "2026年6月1日至30日": "date_unreadable",
		"6月1日、6月30日": "date_two", "截至2026年6月30日": "date_unreadable", "腊月三十": "date_lunar", "2026年6月30日前": "date_deadline",
		"FY26": "date_unreadable",
	} {
		d, err := Date(text)
		if key := keyOf(t, err); string(d) != want && key != want {
			t.Errorf("%s: %s %s, want %s", text, d, key, want)
		}
	}
}

// dateCell is the day a cell gives: the end of what spanCell reads.
func dateCell(c Cell, y kpi.Year, today kpi.Date, from1904 bool) (kpi.Date, error) {
	_, d, err := spanCell(c, y, today, from1904)
	return d, err
}
