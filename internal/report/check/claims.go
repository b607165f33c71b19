package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

var (
	// verdicts match what is said of a target: reached, exceeded, missed.
	missedSaid  = regexp.MustCompile(`(?:未|没有|未能|没能|尚未)(?:能|如期|全部|全面)?(?:完成|达到|达标|实现)|未达|离\p{Han}{0,6}目标|没有完成|差距|比\p{Han}{0,6}(?:目标|任务|计划)\p{Han}{0,2}[少低差]|(?:未|没有?|不)\p{Han}{0,4}(?:目标|任务|计划|要求)`)
	beyondSaid  = regexp.MustCompile(`超额(?:完成)?|(?:超[过出]|高于|好于|突破)\p{Han}{0,6}(?:目标|任务|计划)|超目标|超任务`)
	reachedText = regexp.MustCompile(`(?:全面|圆满|全部|如期|均已|顺利|按期|提前|保质保量|高质量|按计划|按要求|按时)+(?:地)?(?:完(?:成|工|毕)|达标)|(?:全部|均|已|都)(?:达标|达到|实现)|全部达标|` +
		`(?:悉数|全数|逐项|一一|逐一|无一例外|一项不[落少漏]|一个不[落少漏])\p{Han}{0,2}(?:完成|实现|达标|达到|兑现|落实)|` +
		`(?:完成|达到|达成|实现|兑现)了?\p{Han}{0,4}(?:目标|任务|计划|指标|要求)(?:值|数)?$`)
	// goalsSaid matches what an office is held to; without it a claim is about something else.
	goalsSaid  = regexp.MustCompile(`目标|指标|任务|计划|达标`)
	wholeClaim = regexp.MustCompile(`全|各|均|都|所有|一一|逐|悉|总|超额`)
	assigned   = regexp.MustCompile(`交办|交给|交付|党委政府|上级部署|合同|工程|改造|建设项目`)
	excepting  = regexp.MustCompile(`除\p{Han}{0,30}外|除了|其他|其余|另外|之外`)
	// generic lists the words of a claim about everything.
	generic = strings.NewReplacer(blanked(strings.Fields("2021年 2022年 2023年 2024年 2025年 2026年 全年 年度 本年 今年 " +
		"年初 确定 制定 明确 设立 综上 总体 来看 总的 各项 各类 全部 所有 工作 绩效 目标 任务 指标 预期 既定 预定 设定 下达 我们 我单位 本单位 单位 部门 整体 支出 " +
		"完成 全面 圆满 如期 均已 顺利 按期 提前 超额 达标 达到 实现 基本 较好 悉数 全数 逐项 一一 逐一 离 距 还有 还 仍 尚 存在 一定 较大 差距 未 没有 地 了 的 均 都 已 各 项 值 数 并 且 好 情况 也 " +
		"就 以 上 与 和 ， 。 、 “ ” 年"))...)
	bodySaid = regexp.MustCompile(`^(?:我|本|全)?\p{Han}{0,6}(?:联|局|委|办|会|馆|中心|院|厅|站|所|县|市|区|系统)$`)
)

// claims holds each claim of a sentence against its own indicator: "X超额完成" judges X, "各项任务全面完成" all of them.
// What is planned or excepted judges nothing.
func (c *checker) claims(s string) []Finding {
	var out []Finding
	general := false
	from := 0
	var about []*progress.Figure // of the clause before, for one that only goes on
	for _, end := range append(clauseEnd.FindAllStringIndex(s, -1), []int{len(s), len(s)}) {
		part := s[from:end[0]]
		before := s[:from]
		from = end[1]
		named := c.named(part)
		if len(named) == 0 && generic.Replace(withoutNumbers(part)) == "" {
			named = about
		}
		about = named
		said, verdict := claimed(part)
		if said == "" || c.future(before+part[:strings.Index(part, said)]) {
			continue
		}
		switch {
		case len(named) > 0:
			out = append(out, c.judge(named, said, verdict)...)
		case general || verdict == claimMissed || verdict == claimBeyond && !wholeClaim.MatchString(part),
			!c.aboutAll(part) || excepting.MatchString(s):
		default:
			found := c.allDone(said)
			general = found != nil
			out = append(out, found...)
		}
	}
	return out
}

// verdict is what a claim says of a target.
type verdict int

const (
	claimReached verdict = iota
	claimBeyond
	claimMissed
)

func claimed(part string) (said string, v verdict) {
	if said = missedSaid.FindString(part); said != "" {
		return said, claimMissed
	}
	if said = beyondSaid.FindString(part); said != "" {
		return said, claimBeyond
	}
	return reachedText.FindString(part), claimReached
}

var numbersIn = regexp.MustCompile(`[\d,.]+\s*[%％]?\p{Han}?`)

func withoutNumbers(s string) string { return numbersIn.ReplaceAllString(s, "") }

// aboutAll reports whether a clause with a claim speaks of all that the office is held to.
func (c *checker) aboutAll(part string) bool {
	if !goalsSaid.MatchString(part) || assigned.MatchString(part) ||
		numbersIn.MatchString(yearSaid.ReplaceAllString(part, "")) {
		return false
	}
	rest := strings.NewReplacer(c.Office.Name, "", shortName(c.Office.Name, part), "").Replace(part)
	said, _ := claimed(rest)
	rest = strings.TrimSpace(generic.Replace(yearSaid.ReplaceAllString(strings.Replace(rest, said, "", 1), "")))
	return utf8.RuneCountInString(rest) <= 1 || bodySaid.MatchString(rest)
}

// judge holds a claim against the indicators it names.
func (c *checker) judge(named []*progress.Figure, said string, v verdict) (out []Finding) {
	for _, f := range named {
		if f.Target == nil || !f.Achievement.Ok() || f.Light == kpi.Unclear {
			continue
		}
		key := ""
		switch {
		case v == claimMissed && f.Met:
			key = "check.claim_is_met"
		case v == claimReached && !f.Met:
			key = "check.claim_is_missed"
		case v == claimBeyond && !f.Met:
			key = "check.claim_is_missed"
		case v == claimBeyond && !f.Exceeded() && !f.Target.Sign.Ceiling():
			key = "check.claim_is_even"
		}
		if key == "" {
			continue
		}
		target, _ := c.draft.Target(*f, true)
		out = append(out, Finding{Code: "claim", Severity: SeverityError, Quote: said, Indicator: f.Indicator.Code,
			Text: kpi.T(key, said, f.Indicator.Names(), target.Text, c.said(f))})
	}
	return out
}

// allDone finds "all done" while indicators have missed their target or have none.
func (c *checker) allDone(said string) []Finding {
	without, late := 0, 0
	for i := range c.figures {
		switch f := &c.figures[i]; {
		case f.Target == nil:
			without++
		case !f.Met:
			late++
		}
	}
	switch {
	case late > 0:
		return []Finding{{Code: "claims_complete", Severity: SeverityError, Quote: said,
			Text: kpi.T("check.claims_missed", said, late)}}
	case without > 0:
		return []Finding{{Code: "claims_complete", Severity: SeverityWarning, Quote: said,
			Text: kpi.T("check.claims_complete", said, without)}}
	}
	return nil
}

// named returns the indicators that a clause names, in any order of their words: 最美家庭评选 is 评选最美家庭.
func (c *checker) named(part string) (out []*progress.Figure) {
	said := runesOf(generic.Replace(withoutNumbers(part)))
	for i := range c.figures {
		f := &c.figures[i]
		name := runesOf(carriers.Replace(counting.Replace(f.Indicator.Name)))
		if len(name) >= 4 && covered(name, said)*10 >= len(name)*8 && (covered(said, name)*10 >= len(said)*6 ||
			strings.Contains(part, f.Indicator.Name)) {
			out = append(out, f)
		}
	}
	if len(out) == 0 && goalsSaid.MatchString(part) {
		rest := counting.Replace(missedSaid.ReplaceAllString(withoutNumbers(part), ""))
		out = c.onlyEnding(generic.Replace(rest))
	}
	return out
}

// onlyEnding returns the one indicator whose name ends with a word: 培训期数未完成目标 is of 家政服务等培训.
func (c *checker) onlyEnding(word string) (out []*progress.Figure) {
	for i := range c.figures {
		f := &c.figures[i]
		if utf8.RuneCountInString(word) >= 2 && strings.HasSuffix(counting.Replace(f.Indicator.Name), word) {
			out = append(out, f)
		}
	}
	if len(out) != 1 {
		return nil
	}
	return out
}

// counting drops what only says that something was counted.
var counting = strings.NewReplacer(blanked(strings.Fields("完成人数 人数 户数 次数 场次 期数 个数 数量 总数 金额 完成 达成 开展 举办 " +
	"其中 并"))...)

func runesOf(s string) map[rune]bool {
	out := map[rune]bool{}
	for _, r := range s {
		if r > 127 {
			out[r] = true
		}
	}
	return out
}

// covered counts the characters of a that stand in b.
func covered(a, b map[rune]bool) (n int) {
	for r := range a {
		if b[r] {
			n++
		}
	}
	return n
}
