package intake

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// OldSection is what a section of a report is about, by the keys that outlines have for them.
type OldSection string

// The sections that an old report may have.
const (
	OldNone         OldSection = "" // before the first heading of a report: title, office, date
	OldOverview     OldSection = "overview"
	OldStaffing     OldSection = "staffing"
	OldDuties       OldSection = "duties"
	OldGeneral      OldSection = "general"
	OldBasic        OldSection = "basic"
	OldProject      OldSection = "project"
	OldFunds        OldSection = "government_funds"
	OldCapital      OldSection = "state_capital"
	OldInsurance    OldSection = "social_insurance"
	OldWork         OldSection = "performance"
	OldProblems     OldSection = "problems"
	OldImprovements OldSection = "improvements"
	OldPublication  OldSection = "publication"
	OldOther        OldSection = "other"
)

// oldTitles tell sections by their titles, the surest first. The last ones are titles of what was done.
var oldTitles = []struct {
	words   *regexp.Regexp
	section OldSection
}{
	{regexp.MustCompile(`政府性基金`), OldFunds},
	{regexp.MustCompile(`国有资本`), OldCapital},
	{regexp.MustCompile(`社会保险`), OldInsurance},
	{regexp.MustCompile(`基本支出`), OldBasic},
	{regexp.MustCompile(`项目支出`), OldProject},
	{regexp.MustCompile(`公共预算|预算(执行|支出)情况|资金使用|收支情况|^(部门|单位)?(整体)?(收入|支出|收支)(管理|使用|及|和|与|总体)*情况`), OldGeneral},
	{regexp.MustCompile(`问题|不足|短板|困难和`), OldProblems},
	{regexp.MustCompile(`改进|下一步|下年|明年|打算|今后|工作思路|工作安排|工作计划|建议`), OldImprovements},
	{regexp.MustCompile(`结果.*(应用|公开)|公开情况|^(绩效)?(自评|评价)(结论|结果|得分|等级)`), OldPublication},
	{regexp.MustCompile(`其他.*(说明|情况|事项)`), OldOther},
	{regexp.MustCompile(`职责|职能`), OldDuties},
	{regexp.MustCompile(`人员|机构|编制情况`), OldStaffing},
	{regexp.MustCompile(`(部门|单位)(基本)?(情况|概况)|^基本情况|^概况`), OldOverview},
}

var (
	oldChapter    = regexp.MustCompile(`^([一二三四五六七八九十]{1,3})\s*[、.．]\s*`)
	oldPart       = regexp.MustCompile(`^[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]\s*[、.．]?\s*`)
	oldItem       = regexp.MustCompile(`^(?:\d{1,2}\s*[.．、]|[（(]\d{1,2}[）)])\s*`)
	oldDecimal    = regexp.MustCompile(`^\d{1,2}[.．]\d`)
	oldHeadingEnd = regexp.MustCompile(`[。：:]`)
)

// maxHeading is how long a heading may be, in characters.
const maxHeading = 40

// heading takes a heading off a line, and what stands behind it on the same line is the rest.
func (r *oldReader) heading(text string) (rest string, headed bool) {
	number, level := "", 0
	for i, form := range []*regexp.Regexp{oldChapter, oldPart, oldItem} {
		if number = form.FindString(text); number != "" && !(i == 2 && oldDecimal.MatchString(text)) {
			level = i + 1
			break
		}
	}
	if level == 0 {
		if !r.titled && r.section == OldNone && strings.ContainsAny(text, "。；") { // prose without a chapter above it
			r.section = OldWork
		}
		return text, false
	}
	title, behind := text[len(number):], ""
	if at := oldHeadingEnd.FindStringIndex(title); at != nil {
		title, behind = title[:at[0]], strings.TrimSpace(title[at[1]:])
	}
	if title == "" || utf8.RuneCountInString(title) > maxHeading || strings.ContainsAny(title, "；") {
		return text, false
	}
	below := r.area != "" && r.level < 3
	if level == 3 && (r.section != OldWork || below || behind == "" && strings.HasSuffix(text, "。")) {
		return text, false
	}
	r.enter(level, title)
	return behind, true
}

// enter begins the section a heading names. A heading of what was done is an area where it stands below
// another, or where chapters themselves are the areas.
func (r *oldReader) enter(level int, title string) {
	section := OldWork
	for _, known := range oldTitles {
		if known.words.MatchString(title) {
			section = known.section
			break
		}
	}
	switch {
	case level == 1:
		r.titled, r.title, r.section, r.area, r.level = true, title, section, "", 1
		if section == OldWork && !isWhole(title) {
			r.area = tidyArea(title)
		}
	case r.section == OldWork && levelsOf.MatchString(title): // the bureau's groups; the areas stand below them
		r.area, r.level = "", level
	case r.section == OldWork || r.section == OldNone && section == OldWork:
		r.section, r.area, r.level = OldWork, tidyArea(title), level
		r.titled = r.titled || level == 2
	case section != OldWork:
		r.section, r.title = section, title
	}
}

var wholeTitles = regexp.MustCompile(`绩效(情况|目标|完成)|成效|工作(开展|完成|情况|总结|回顾)|(完成|开展)情况|主要(工作|做法|成绩)|效益`)

// isWhole reports whether a chapter's title is of all the work, not of one area.
func isWhole(title string) bool { return wholeTitles.MatchString(title) }

// tidyArea returns a heading as the name of an area.
func tidyArea(title string) string { return strings.Trim(title, "，。、；：:;, ") }
