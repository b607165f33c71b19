package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

var (
	kindsSaid = map[kpi.StaffKind]*regexp.Regexp{kpi.Administrative: regexp.MustCompile(`行政|参公|公务员`),
		kpi.Institution: regexp.MustCompile(`事业`), kpi.Worker: regexp.MustCompile(`工勤`)}
	peopleNow = regexp.MustCompile(`实有|在职|在编|在岗|现有(?:人员|干部|职工|工作人员)`)
	// ownStaff lists the words around a count of staff that say nothing else.
	ownStaff = strings.NewReplacer(blanked(strings.Fields("实际 编制总数 编制人数 编制数 核定编制 编制 实有人数 实有 在职在编 在职 在编 在岗 现有 离退休 退休 离休 " +
		"行政 事业 工勤 参公 公务员 人员 干部 职工 工作人员 人数 年末 年底 年初 本年 我单位 本单位 单位 机关 核定 其中 另有 共有 共 总 为 有 数 的 现 和 及 名 人 " +
		"县妇联 我会 截至 末 底"))...)
)

// staffBodies matches the parts of an office that are counted together: 局机关连同两家下属单位.
var staffBodies = regexp.MustCompile(`[我本全]?(?:局|馆|会|委|办|院|校|所|站|镇|乡)?(?:机关|本级|系统)?(?:及|和|与|连同|加上|以及|含)?` +
	`(?:\p{Han}[家个])?(?:下属|所属|直属|二级)(?:事业)?(?:单位|机构)|[我本全](?:局|馆|会|委|办|院|校|所|站|镇|乡|系统|机关)`)

// bodiesTogether matches an office counted with bodies of its own by name: 局本级及所属救助站、福利院共有编制.
var bodiesTogether = regexp.MustCompile(`(?:本级|机关)(?:及|和|与|连同)\p{Han}{0,2}(?:所属|下属|直属)[\p{Han}、]{2,30}共`)

// staffRecord finds counts of posts and people that differ from the records.
func staffRecord(s string, c *checker) (out []Finding) {
	if !c.draft.BasicFigures().StaffStated() || otherPosts.MatchString(s) {
		return nil
	}
	people := false // of the clause before, for the kinds behind it
	for _, m := range c.mentions(s) {
		label := lastClause(afterLast(s[:m.From], "；;"))
		rest := strings.NewReplacer(c.Office.Name, "", shortName(c.Office.Name, label), "").Replace(label)
		rest = ownStaff.Replace(staffBodies.ReplaceAllString(withoutNumbers(yearSaid.ReplaceAllString(rest, "")), ""))
		if bodiesTogether.MatchString(afterLast(s[:m.From], "，,；;。")) {
			rest = ""
		}
		if rest = strings.Trim(rest, " 年：、"); len([]rune(rest)) > 1 &&
			!(len([]rune(rest)) < 4 && retired.MatchString(label)) || m.Precision != kpi.Exact ||
			oneOf(m.Measure) != "人" && m.Measure != "个" || c.roleOf(s, m) != isDone {
			continue
		}
		f, posts, ok := c.staffOf(label, people)
		if !ok {
			continue
		}
		people = !posts
		held := f.People
		if posts {
			held = f.Posts
		}
		if !held.Ok() || kpi.Whole(held.Value) == m.Amount {
			continue
		}
		key := "check.staff_people"
		if posts {
			key = "check.staff_posts"
		}
		out = append(out, Finding{Code: "staffing_said", Severity: SeverityError, Quote: m.Written,
			Text: kpi.T(key, m.Written, int(held.Value))})
	}
	return out
}

// staffOf returns the record that a label names: of posts or of people.
func (c *checker) staffOf(label string, people bool) (f progress.StaffFigure, posts, ok bool) {
	kind := kpi.StaffKind("")
	for k, said := range kindsSaid {
		if said.MatchString(label) {
			kind = k
		}
	}
	switch {
	case retired.MatchString(label):
		kind = kpi.Retired
	case peopleNow.MatchString(label):
	case postsSaid.MatchString(label):
		posts = true
	case kind == "" || kind == kpi.Worker:
		return f, false, false
	default:
		posts = !people
	}
	for _, x := range c.draft.BasicFigures().Staff {
		if x.Kind == kind {
			return x, posts, true
		}
	}
	return f, false, false
}

// afterLast returns what follows the last of some characters; all of s if none is in it.
func afterLast(s, of string) string {
	at := strings.LastIndexAny(s, of)
	if at < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return s[at+size:]
}
