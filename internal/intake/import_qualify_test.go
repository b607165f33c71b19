package intake

import (
	"strings"
	"testing"
)

// A plan, a target, what was due, what is missing and a part of others are no achievement, whatever
// word of one stands beside it.
func TestWordsOfAPlanBeatThoseOfAnAchievement(t *testing.T) {
	for role, headings := range map[ColumnRole][]string{
		ColTarget: {"本月任务", "当月目标", "本月计划", "新增计划数", "累计任务", "累计目标", "累计应完成", "应完成数", "应新增户数", "应办件数", "本季任务数", "月度计划数",
			"序时目标", "序时进度应完成", "全年任务数", "累计计划数", "本期计划", "计划培训数", "目标数（户）", "本月指标", "任务量", "应完成任务数", "Monthly target",
			"Cumulative target", "Number due"},
		ColPlan: {"预计完成", "拟完成数", "年底拟完成", "年内拟新增", "预期完成数", "计划完成数", "计划新增数", "下月计划", "Planned", "Planned number", "预期数"},
		ColIgnore: {"未完成数", "尚未完成数", "未办件数", "尚欠数", "尚差", "还差户数", "欠完成数", "缺口", "缺额", "差额", "剩余任务数", "剩余数", "累计未完成数",
			"本月未完成", "余量",
			"其中女性完成数", "其中：女性", "#妇女", "完成数（其中女性）", "没有完成数", "超额完成数", "未达标户数", "Outstanding", "Remaining number", "Shortfall",
			"of which women"},
		colDone: {"完成数", "已完成数", "已完成任务数", "完成任务数", "任务完成数", "任务完成情况", "目标任务完成情况", "实际完成数", "目标完成情况", "完成目标值",
			"任务完成", "完成户数"},
		ColTotal: {"累计完成任务数", "累计完成数", "累计完成任务"},
		ColValue: {"本月完成任务数", "本月任务完成数", "本月完成数", "新增数"},
		ColRate:  {"任务完成率", "计划完成率", "目标完成率", "累计完成率", "未完成率"},
		"":       {"未成年人救助数", "模拟演练次数", "供应数量", "计划生育家庭数", "应急演练次数", "适应性培训数", "未婚青年联谊数"},
	} {
		for _, h := range headings {
			if got := roleOfHeading(h); got != role && !(h == "未完成率" && got == ColIgnore) {
				t.Errorf("%s: %q, want %q", h, got, role)
			}
		}
	}
}

// What a table of these columns has logged for 培训妇女人数, its questions, and what it says is left out.
func TestPlansAreNotLoggedBesideAchievements(t *testing.T) {
	for name, c := range map[string]struct {
		table string
		want  string
	}{
		"a month's plan":   {"2026年10月\n指标,本月计划,本月完成\ntrained,10,5\n", "C3 trained 2026-10-31 5"},
		"a month's target": {"2026年10月\n指标,当月目标,当月完成\ntrained,10,5\n", "C3 trained 2026-10-31 5"},
		"new ones planned": {"2026年10月\n指标,新增计划数,新增数\ntrained,10,5\n", "C3 trained 2026-10-31 5"},
		"month and sum": {"2026年10月\n指标,本月任务,本月完成,累计任务,累计完成\ntrained,10,5,80,60\n",
			"E3 trained 2026-10-31 60 sofar; left C2 import_column_within"},
		"sum and its target":  {"截至10月底\n指标,累计目标,累计完成\ntrained,80,60\n", "C3 trained 2026-10-31 60 sofar"},
		"what was due so far": {"截至10月底\n指标,累计应完成,累计完成\ntrained,80,60\n", "C3 trained 2026-10-31 60 sofar"},
		"what was due":        {"截至10月底\n指标,应完成数,已完成数\ntrained,100,20\n", "C3 trained 2026-10-31 20 sofar"},
		"what is missing": {"截至10月底\n指标,未完成数,完成数\ntrained,80,20\n",
			"C3 trained 2026-10-31 20 sofar; left B2 import_column_rest"},
		"a part of it": {"截至10月底\n指标,其中女性完成数,完成数\ntrained,3,5\n",
			"C3 trained 2026-10-31 5 sofar; left B2 import_column_part"},
		"the tasks that are done": {"截至10月底\n指标,任务数,已完成任务数,完成率\ntrained,80,20,25%\n", "C3 trained 2026-10-31 20 sofar"},
		"rates of their own targets": {"2026年10月\n指标,本月任务,本月完成,完成率,累计任务,累计完成,累计完成率\ntrained,10,5,50%,80,60,75%\n",
			"F3 trained 2026-10-31 60 sofar; left C2 import_column_within"},
	} {
		r, err := readTable(t, "a.csv", []byte(c.table), Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(said(r), "; "); got != c.want || len(r.Questions) > 0 {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %v", name, got, c.want, r.Questions)
		}
	}
	for _, h := range []string{"应完成数", "未完成数", "本月计划", "累计任务", "其中女性完成数", "缺口", "Outstanding", "Planned"} {
		r, err := readTable(t, "a.csv", []byte("指标,"+h+"\ntrained,80\n"), Choices{})
		if err == nil {
			t.Errorf("%s alone: %v", h, said(r))
		} else if keyOf(t, err) != "import_no_values" {
			t.Errorf("%s alone: %v", h, err)
		}
	}
}

// Of headings above one another the one that takes an achievement away holds, and 累计 above 完成 makes a
// sum so far.
func TestHeadingsAboveOneAnother(t *testing.T) {
	for name, c := range map[string]struct {
		rows  [][]any
		merge []string
		want  string
	}{
		"so far above": {[][]any{{"2026年10月"}, {"指标", "本月", nil, "累计", nil}, {nil, "任务", "完成", "任务", "完成"},
			{"trained", 10, 5, 80, 60}},
			[]string{"A2:A3", "B2:C2", "D2:E2"}, "E4 trained 2026-10-31 60 sofar; left C3 import_column_within"},
		"only so far": {[][]any{{"2026年10月"}, {"指标", "累计", nil}, {nil, "任务", "完成"}, {"trained", 80, 60}},
			[]string{"A2:A3", "B2:C2"}, "C4 trained 2026-10-31 60 sofar"},
		"so far below": {[][]any{{"2026年10月"}, {"指标", "任务", nil, "完成", nil}, {nil, "本月", "累计", "本月", "累计"},
			{"trained", 10, 80, 5, 60}},
			[]string{"A2:A3", "B2:C2", "D2:E2"}, "E4 trained 2026-10-31 60 sofar; left D3 import_column_within"},
		"a plan above": {[][]any{{"2026年10月"}, {"指标", "计划", nil, "完成", nil}, {nil, "本月", "累计", "本月", "累计"},
			{"trained", 10, 80, 5, 60}},
			[]string{"A2:A3", "B2:C2", "D2:E2"}, "E4 trained 2026-10-31 60 sofar; left D3 import_column_within"},
		"what is missing above": {[][]any{{"2026年10月"}, {"指标", "未完成", nil, "完成", nil}, {nil, "本月", "累计", "本月", "累计"},
			{"trained", 10, 80, 5, 60}},
			[]string{"A2:A3", "B2:C2", "D2:E2"},
			"E4 trained 2026-10-31 60 sofar; left B3 import_column_rest; left C3 import_column_rest; left D3 import_column_within"},
		"the year's work above": {[][]any{{"2026年10月"}, {"指标", "年度目标任务", nil, nil}, {nil, "任务数", "完成数", "完成率"},
			{"trained", 80, 60, 0.75}},
			[]string{"A2:A3", "B2:D2"}, "C4 trained 2026-10-31 60"},
		"three levels": {[][]any{{"2026年10月"}, {"指标", "培训情况", nil, nil, nil}, {nil, "本月", nil, "累计", nil},
			{nil, "任务", "完成", "任务", "完成"}, {"trained", 10, 5, 80, 60}},
			[]string{"A2:A4", "B2:E2", "B3:C3", "D3:E3"}, "E5 trained 2026-10-31 60 sofar; left C4 import_column_within"},
		"a name nobody knows above": {[][]any{{"2026年10月"}, {"指标", "新增就业情况", nil}, {nil, "目标任务", "完成数"}, {"trained", 80, 60}},
			[]string{"A2:A3", "B2:C2"}, "C4 trained 2026-10-31 60"},
		"so far in another month": {[][]any{{"指标", "10月", nil, "1-10月", nil}, {nil, "任务", "完成", "任务", "累计"},
			{"trained", 10, 5, 80, 60}},
			[]string{"A1:A2", "B1:C1", "D1:E1"}, "E3 trained 2026-10-31 60 sofar; left C2 import_column_within"},
	} {
		r, err := readTable(t, "a.xlsx", workbook(t, sheetSpec{rows: c.rows, merge: c.merge}), Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(said(r), "; "); got != c.want || len(r.Questions) > 0 {
			t.Errorf("%s:\ngot  %s\nwant %s\nasked %v", name, got, c.want, r.Questions)
			for _, c := range r.Columns {
				t.Logf("%s %q: %s", c.Name(), c.Heading, c.Role)
			}
		}
	}
}

// Columns that say the same figures with other numbers are asked about.
func TestColumnsThatDifferAreAskedAbout(t *testing.T) {
	const head = "2026年10月\n指标,上报数,核定完成数,备注\n"
	for name, c := range map[string]struct {
		table   string
		choices Choices
		asked   string
		want    string
	}{
		"the same": {head + "trained,10,10,\n", Choices{}, "",
			"B3 trained 2026-10-31 10; left C2 import_column_second"},
		"the same written otherwise": {head + "trained,10,10人,\n", Choices{}, "",
			"B3 trained 2026-10-31 10; left C2 import_column_second"},
		"one is empty": {head + "trained,10,,\n", Choices{}, "", "B3 trained 2026-10-31 10"},
		"open": {head + "trained,10,5,\n", Choices{}, "twin:B=[B C]",
			"B3 trained 2026-10-31 10; left C2 import_column_second"},
		"the first": {head + "trained,10,5,\n", Choices{Answers: map[string]string{"twin:B": "B"}},
			"twin:B=B[B C]", "B3 trained 2026-10-31 10; left C2 import_column_second"},
		"the second": {head + "trained,10,5,\n", Choices{Answers: map[string]string{"twin": "C"}},
			"twin:B=C[B C]", "C3 trained 2026-10-31 5; left B2 import_column_second"},
		"only the second": {head + "trained,—,5,\n", Choices{}, "twin:B=[B C]", "left C2 import_column_second"},
		"a person said it": {head + "trained,10,5,\n",
			Choices{Roles: map[int]ColumnRole{1: ColIgnore, 2: ColValue}}, "", "C3 trained 2026-10-31 5"},
		"other measures": {"2026年10月\n指标,户数,人数\ntrained,10,30\n", Choices{}, "",
			"C3 trained 2026-10-31 30; left B2 import_column_counts"},
		"three": {"2026年10月\n指标,上报数,填报值,本月完成\ntrained,1,2,3\n", Choices{Answers: map[string]string{"twin": "D"}},
			"twin:B=D[B C D]",
			"D3 trained 2026-10-31 3; left B2 import_column_second; left C2 import_column_second"},
	} {
		r, err := readTable(t, "a.csv", []byte(c.table), c.choices)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(said(r), "; "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
		if got := askedOf(r); got != c.asked {
			t.Errorf("%s: asked %s, want %s", name, got, c.asked)
		}
	}
}

// askedOf is every question with its answer and what may be answered.
func askedOf(r Reading) string {
	var out []string
	for _, q := range r.Questions {
		var options []string
		for _, o := range q.Options {
			options = append(options, o.Value)
		}
		out = append(out, q.ID+"="+q.Answer+"["+strings.Join(options, " ")+"]")
	}
	return strings.Join(out, " ")
}
