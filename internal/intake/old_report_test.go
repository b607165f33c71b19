package intake

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// oldFact is a figure of the published year, and the words a name must hold to be its name.
type oldFact struct {
	code, words    string // words separated by spaces; alternatives by |
	kind           kpi.Kind
	measure, value string
	precision      kpi.Precision
}

// oldWords are what the name of each figure must say. The figures themselves are those of the demo's 2022.
var oldWords = map[string]string{
	"womens-day-meeting": "三八 表彰大会", "commended-individuals": "先进个人", "commended-organisations": "先进单位",
	"consultations": "咨询", "market-day-leaflets": "宣传单", "left-behind-children-gifts": "留守儿童 学习用品",
	"childrens-day-villages": "庆祝活动 村", "courtyards-recommended-shaoyang": "推荐 邵阳市 最美庭院",
	"two-cancer-screened": "两癌 检查", "two-cancer-relief": "两癌救助金", "two-cancer-relieved-women": "低收入妇女",
	"training-courses": "举办 培训", "women-trained": "培训妇女|参训妇女", "provincial-pacesetters": "湖南省 巾帼建功标兵",
	"provincial-civilized-posts": "湖南省 巾帼文明岗", "energy-home-pilot-villages": "试点村", "energy-home-users": "注册用户",
	"energy-home-activities": "发布活动", "energy-home-participations": "参与活动", "energy-home-points": "积分",
	"energy-home-redeemers": "群众 兑换", "site-meetings-hosted": "承办 现场", "provincial-demo-sites": "省级示范点",
	"rights-booklets": "维权宣传册", "law-outreach-people": "受益群众", "co-issuing-departments": "部门 联合印发",
	"service-platforms": "维权服务平台 村", "disputes-mediated": "家庭纠纷 调处", "mediations-settled": "达成 协议",
	"disputes-domestic-violence": "家暴", "admonition-letters": "告诫令", "protection-orders": "保护令",
	"girls-rights-lectures": "女童 宣讲", "girls-rights-audience": "女童 师生", "recorded-questioning-coverage": "同步录音录像 覆盖",
	"accompanied-questioning": "陪同", "psych-legal-aid": "心理 法律援助", "child-care-relief": "关爱救助",
	"key-children": "重点儿童", "women-in-difficulty": "困难妇女", "key-families": "重点家庭",
	"visit-relief": "慰问 救助金", "milk-powder-tins": "奶粉", "lives-improved": "困境妇女儿童 生活 改善",
	"donations-raised": "募捐", "subsidy-events": "千万补贴 活动", "subsidy-participants": "千万补贴 参加|参与",
	"subsidy-sales": "千万补贴 销售", "plans-drafted": "编制 规划", "courtyards-awarded-shaoyang": "邵阳 最美庭院",
	"courtyards-awarded-wugang": "武冈 最美庭院", "civilized-families": "文明家庭", "five-good-families": "五好家庭",
	"green-families": "绿色低碳家庭", "best-parents": "最美家长", "civilization-activities": "文明实践活动",
	"family-education-leaflets": "资料", "display-boards": "展板", "parent-schools-urban": "城市社区 家长学校",
	"parent-schools-rural": "农村社区 家长学校", "reading-families": "家庭 亲子诵读", "clean-family-seminars": "廉内助家属座谈会",
	"integrity-letters": "清廉家书", "clean-families": "选树 最美清廉家庭", "clean-families-shaoyang": "获评 邵阳市最美清廉家庭",
	"mediation-success-rate": "成功率",
}

func oldFacts(t *testing.T) []oldFact {
	t.Helper()
	f, err := os.Open("../../data/demo/2022/indicators.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []oldFact
	for _, r := range rows[1:] {
		fact := oldFact{r[0], oldWords[r[0]], kpi.Kind(r[4]), r[5], r[6], kpi.Precision(r[7])}
		if fact.code == "mediation-success-rate" {
			fact.value = "94.17"
		}
		out = append(out, fact)
	}
	return out
}

func (f oldFact) namedBy(name string) bool {
	for word := range strings.FieldsSeq(f.words) {
		any := false
		for alternative := range strings.SplitSeq(word, "|") {
			any = any || strings.Contains(name, alternative)
		}
		if !any {
			return false
		}
	}
	return len([]rune(name)) <= 30 && !strings.ContainsAny(name, "，。；0123456789")
}

// samePeople reports whether a measure is the fact's, where people may be counted as 人 or 名.
func samePeople(m kpi.Measure, want string) bool {
	return string(m) == want || strings.Contains("人 名 个", string(m)) && strings.Contains("人 名 个", want)
}

func readOld(t *testing.T, file string) OldReport {
	t.Helper()
	text, err := os.ReadFile("testdata/report/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []Line
	for line := range strings.SplitSeq(string(text), "\n") {
		lines = append(lines, Line{Text: line})
	}
	r, err := ReadOldReport(lines, 2022)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The facts of the published year, told in four ways, become indicators: named, measured, of their kind, as
// exact as they were written.
// The last text is held out: nothing was mended after it was first read, and its count says what a new style may give.
func TestAnOldReportBecomesIndicators(t *testing.T) {
	for _, c := range []struct {
		file  string
		least int
	}{{"tuned.txt", 60}, {"held.txt", 60}, {"third.txt", 60}, {"fresh.txt", 53}} {
		r := readOld(t, c.file)
		right, used := 0, map[int]bool{}
		for _, f := range oldFacts(t) {
			why := "not found"
			for i, claim := range r.Claims {
				if used[i] || !f.namedBy(claim.Name) || claim.Amount.String() != f.value && why != "not found" {
					continue
				}
				if claim.Amount.String() == f.value && samePeople(claim.Measure, f.measure) && claim.Kind == f.kind &&
					claim.Precision == f.precision {
					right, used[i], why = right+1, true, ""
					break
				}
				why = claim.Name + " " + claim.Amount.String() + string(claim.Measure) + " " + string(claim.Kind) + " " +
					string(claim.Precision)
			}
			if why != "" {
				t.Logf("%s: %s: %s", c.file, f.code, why)
			}
		}
		for i, claim := range r.Claims {
			if !used[i] {
				t.Logf("%s: beside the facts: %s %s %s", c.file, claim.Name, claim.Written, claim.Kind)
			}
		}
		t.Logf("%s: %d of 66 facts, %d claims", c.file, right, len(r.Claims))
		if right < c.least {
			t.Errorf("%s: %d of 66 facts, want %d", c.file, right, c.least)
		}
	}
}

// What is no achievement of the year is no claim; what is stays one in whatever order sections come.
func TestWhatIsNoAchievementIsNoClaim(t *testing.T) {
	read := func(lines ...string) string {
		var text []Line
		for _, l := range lines {
			text = append(text, Line{Text: l})
		}
		r, _ := ReadOldReport(text, 2022) //nolint:errcheck // without claims it is refused
		var out []string
		for _, c := range r.Claims {
			said := c.Area + "/" + c.Name + "=" + c.Written
			if c.Target != "" {
				said += " of " + c.Target
			}
			out = append(out, said)
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct{ text, want string }{
		{"全年培训妇女300人次。", "/培训妇女=300人次"},
		{"明年计划培训妇女500人次。", ""},
		{"培训妇女300人次，同比增长12%。", "/培训妇女=300人次"},
		{"培训妇女目标任务200人次，实际完成300人次，完成率150%。", "/培训妇女=300人次 of 200人次"},
		{"培训妇女300人次。全年培训妇女300人次。", "/培训妇女=300人次"},
		{"我们从两个方面开展工作。", ""},
		{"二、下一步打算\n新建阵地3个。\n一、主要工作\n（一）阵地建设\n新建阵地5个。", "阵地建设/新建阵地=5个"},
		{"一、人员情况\n在职人员6人。\n二、工作成效\n1. 宣传\n发放资料2万份。", "宣传/发放资料=2万份"},
		{"一、存在问题\n仅走访12户。", ""},
		{"城区、乡村分别建设站点3个、4个。", "/城区建设站点=3个 /乡村建设站点=4个"},
	} {
		if got := read(strings.Split(c.text, "\n")...); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
	_, err := ReadOldReport([]Line{{Text: " "}}, 2022)
	wantRefusal(t, "a scan", err, "old_report_empty")
}

// What is done in a year adds up and what is there does not, whatever measure it is counted in.
func TestWhatIsDoneAddsUpAndWhatIsThereDoesNot(t *testing.T) {
	for _, c := range []struct {
		text, name string
		kind       kpi.Kind
	}{
		{"修订县级预案3个。", "修订县级预案", kpi.Flow},
		{"修订县级预案3个、乡镇预案17个。", "乡镇预案", kpi.Flow},
		{"清淤渠道215公里。", "清淤渠道", kpi.Flow},
		{"恢复灌溉面积1.35万亩。", "恢复灌溉面积", kpi.Flow},
		{"消除风险142户。", "消除风险", kpi.Flow},
		{"新增注册商标183件。", "注册商标", kpi.Flow},
		{"全县在用特种设备3408台。", "在用特种设备", kpi.Running},
		{"现有水库63座。", "现有水库", kpi.Running},
		{"开放阅览室12个。", "开放阅览室", kpi.Running},
		{"新型农业主体36家。", "新型农业主体", kpi.Running},
		{"新建基地4家，累计达到17家。", "新建基地 2", kpi.Running},
		{"有效利用系数提高到0.56。", "有效利用系数", kpi.Running},
		{"清运建筑垃圾820车。", "清运建筑垃圾", kpi.Flow},
		{"组建队伍19支。", "组建队伍", kpi.Flow},
		{"受理12345热线工单6873件。", "受理12345热线工单", kpi.Flow},
		{"完成“双随机”抽查任务52批。", "", ""},
		{"开展“双随机”抽查任务52批。", "开展“双随机”抽查任务", kpi.Flow},
	} {
		r, _ := ReadOldReport([]Line{{Text: c.text}}, 2025) //nolint:errcheck // without claims it is refused
		found := c.kind == "" && len(r.Claims) == 0
		for _, claim := range r.Claims {
			found = found || claim.Name == c.name && claim.Kind == c.kind
		}
		if !found {
			t.Errorf("%s: %v, want %s %s", c.text, r.Claims, c.name, c.kind)
		}
	}
}

// The target may stand behind what was achieved, with the rate it makes.
func TestATargetBehindItsFigureIsItsTarget(t *testing.T) {
	for _, text := range []string{"新增就业1386人，完成目标任务1300人的106.62%。", "新增就业1386人，达到任务数（1300人）的106.62%。",
		"新增就业1386人，占任务1300人的106.62%。", "新增就业1386人，为年度任务数1300人的106.62%。"} {
		r, err := ReadOldReport([]Line{{Text: text}}, 2025)
		if err != nil || len(r.Claims) != 1 || r.Claims[0].Target != "1300人" || r.Claims[0].Rate != "106.62%" {
			t.Errorf("%s: %v %v", text, r.Claims, err)
		}
	}
	r, err := ReadOldReport([]Line{{Text: "一、工作完成情况"}, {Text: "（一）产出指标完成情况"}, {Text: "1.供水方面。新建工程4处。"}}, 2025)
	if err != nil || len(r.Claims) != 1 || r.Claims[0].Area != "供水方面" {
		t.Errorf("the groups of finance bureaus are no areas: %v %v", r.Claims, err)
	}
}
