package check

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/intake"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"
)

// The defects that a careful reader finds in the published report of 2022, in sentences of our own: the numbers are
// the report's, the words are not.
var publishedDefects = []struct{ text, code string }{
	{"在临江市妇联的正确领导下，全市妇女工作稳步向前。", "own_name"},
	{"圆满完成了全年各项目标任务。", "claims_complete"},
	{"2021年，我们围绕中心工作开展了一系列活动。", "last_year"},
	{"“三八”维权月期间走上街头，发放宣传单3000余份。", ""},
	{"在“三八”维权周里，妇联干部入村入户。", "event_name"},
	{"推荐邵阳市最美庭院6户。", ""},
	{"其中获评邵阳市最美庭院8户。", "two_values"},
	{"全年发放两癌救助金31万，救助低收入妇女31人。", "measure"},
	{"三场促销活动销售金额150多万。", "measure"},
	{"走访慰问发放救助金5余万元。", "measure"},
	{"合适未成年人陪同询问12人/次。", "measure"},
	{"提供心理援助和法律援助12人/次。", "measure"},
	{"为孕产妇送去奶粉138厅。", "measure"},
	{"截止到11月底，注册用户10779户。", "stale_reading"},
	{"五、存在的问题及原因分析", "numeral"},
	{"一是基层妇联干部队伍不稳定。", ""},
	{"下一步，要加强村级妇联主席培训。", "mixed"},
	{"三是宣传手段比较单一。", "numeral"},
	{"全市妇联核定编制5名，在职人员6名。", "staffing"},
	{"全年家庭纠纷调处223起，其中涉及家暴236起。", "part_larger"},
	{"调解家庭纠纷223起，调解成功210起，成功率97.17%。", "quotient"},
	{"征集清廉家书近200封。", "approximate"},
}

// What the text says is found in the text, what only the figures say (approximate ones, money without a budget) in
// the year.
func TestTheDefectsOfThePublishedReportAreFound(t *testing.T) {
	year := yearOf(reporttest.Published(t), lang.Chinese)
	year.Office = report.Office{Name: "临江市妇女联合会"}
	in := Input{Input: year}
	lines := []intake.Line{{Text: "一、部门基本情况"}, {Text: "二、支出情况"}, {Text: "三、绩效情况"}}
	before := len(lines)
	for _, d := range publishedDefects {
		lines = append(lines, intake.Line{Text: d.text})
	}
	found := Document(in, lines).Findings
	for _, f := range Report(in) {
		if f.Code == "approximate" || f.Code == "money_without_budget" {
			found = append(found, f)
		}
	}
	wanted := 1
	for i, d := range publishedDefects {
		at := report.ParagraphKey(before + i + 1)
		told := slices.ContainsFunc(found, func(f Finding) bool {
			return f.Code == d.code && (f.Section == at || f.Section == "" && d.code == "approximate")
		})
		if d.code == "" {
			continue
		}
		if wanted++; !told {
			t.Errorf("%s: no %s", d.text, d.code)
		}
	}
	if !slices.ContainsFunc(found, func(f Finding) bool { return f.Code == "money_without_budget" }) {
		t.Error("money without a budget was not found")
	}
	for _, f := range found {
		i := slices.IndexFunc(publishedDefects, func(d struct{ text, code string }) bool {
			return strings.Contains(d.text, f.Quote) && d.code == f.Code
		})
		if f.Section != "" && i < 0 {
			t.Errorf("told of what holds: %s %s %s", f.Section, f.Code, lang.For(lang.Chinese).Text(f.Text))
		}
	}
	if wanted < 18 {
		t.Errorf("only %d defects", wanted)
	}
}
