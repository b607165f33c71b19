package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// topic is what a section is about.
type topic int

const (
	anyTopic topic = iota
	problems
	remedies // what is still to be done
)

var (
	headNumber  = regexp.MustCompile(`^\s*(?:第?[一二三四五六七八九十]{1,3}(?:[、章节篇]|部分)|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、])\s*`)
	topHead     = regexp.MustCompile(`^\s*第?[一二三四五六七八九十]{1,3}(?:[、章节篇]|部分)`)
	problemHead = regexp.MustCompile(`问题|不足|短板|困难`)
	remedyHead  = regexp.MustCompile(`改进|整改|下一步|下步|下阶段|措施|打算|建议|今后|下年|工作思路|工作计划|怎么改|努力方向`)
	remedySaid  = regexp.MustCompile(`^(?:(?:[一二三四五六七八九十]是|[（(].{1,3}[）)]|\d{1,2}[.．、])\s*)?(?:下一步|下步|今后|下阶段|接下来|为此|对此|我们将|我单位将|本单位将)`)
	willDo      = regexp.MustCompile(`将|要|拟|加强|完善|强化|加大|建立|推进|提高|改进|着力`)
	problemSaid = regexp.MustCompile(`存在[\p{Han}、]{0,24}(?:问题|困难|不足|短板|隐患|风险|漏洞|差距)|(?:偏低|偏少|不高|不足|不够|不到位|滞后|薄弱|欠缺|缺乏|不强|较低|较差|紧张|缓慢|较慢|[^减放]慢|困难|老化|单一|脱节|粗放|短缺|流失|不畅|不力|不多|不及时|不规范|不完善|不平衡|不便|不[够太]\p{Han}{1,3}|简陋|陈旧|破旧|失修|超期服役|率(?:较|偏)?低|(?:故障|差错|流失|投诉|空置|流动|失业)率(?:较|偏)?高|不均|不实|不细|不严|不牢|不深|狭小|脱节|流于形式|打折扣|偏慢|偏大|偏高|过长|过高|过慢|[\p{Han}][少弱差慢低旧难乱]|匮乏|不\p{Han}{1,3})$|` +
		`(?:现象|情况|问题|矛盾)(?:仍然?|依然|还|普遍|较为?|比较|时有|不同程度)*(?:存在|突出|明显|发生)$`)
	// an item that begins with what is to be done, and names nothing that is wrong
	measureFirst = regexp.MustCompile(`^(?:(?:[一二三四五六七八九十]是|[（(].{1,3}[）)]|\d{1,2}[.．、])\s*)?` +
		`(?:(?:对|向|把|将|面向|在|给)\p{Han}{1,12}?)?(?:要|应当?|必须)?(?:切实|着力|大力|进一步|不断|继续|积极|主动|持续|深入|全面|严格|认真|及时|尽快)*` +
		`(?:加强|加大|加快|强化|完善|健全|建立|优化|提高|提升|细化|规范|争取|拓宽|推动|推进|组织开展|制定|出台|落实|压实|整合|构建|打造|深化|探索|配齐|补充|引进|培养|培育|拓展|丰富|创新|发挥|对接|协调|严控|压减|充实|招录|做好|抓好|统筹|引导|发动|实行|推行|实施|组建)`)
	wrongSaid = regexp.MustCompile(`[不未缺少难弱慢无没低]|滞后|问题|困难|有待|亟待|亟需|尚需|还需|仍需|单一|老化|紧张|短板|矛盾|差距|打折扣|走过场|流于形式|薄|制约|影响|脱节|晚|差`)
	solving   = regexp.MustCompile(`针对|解决|克服|改变|补齐|改进|加强|提高|提升|着力|避免|防止|推动|确保|围绕|将|逐步|力争|破解|对于|弥补|扭转|如|若|凡|对`)
)

// topicOf returns what a heading says that the text below it is about; ok is false if a line is no heading of a
// section.
func topicOf(line string) (t topic, ok bool) {
	if utf8.RuneCountInString(line) > 30 || strings.ContainsAny(line, "。；，") {
		return anyTopic, false
	}
	words := headNumber.ReplaceAllString(line, "")
	is, remedy := problemHead.MatchString(words), remedyHead.MatchString(words)
	short := utf8.RuneCountInString(words) <= 16
	switch {
	case is && remedy: // 存在的问题及改进措施
		return anyTopic, true
	case is && short:
		return problems, topHead.MatchString(line) || strings.Contains(words, "存在") || words != line
	case remedy && short:
		return remedies, topHead.MatchString(line) || words != line || strings.HasSuffix(words, "？")
	}
	return anyTopic, topHead.MatchString(line) || short && (headPurse(words) != ofAll)
}

// sectionTopic is what a section of the office's own text is about.
func sectionTopic(key report.SectionKey) topic {
	switch key {
	case report.Problems:
		return problems
	case report.Improvements:
		return remedies
	}
	return anyTopic
}

// mixed finds measures among the problems, and problems among the measures.
func mixed(p passage, t topic) []Finding {
	for _, s := range sentences(p.text) {
		s = strings.TrimSpace(s)
		bare := strings.TrimRight(s, "。；;！!")
		switch {
		case t == problems && (remedySaid.MatchString(s) && willDo.MatchString(s) ||
			measureFirst.MatchString(s) && !wrongSaid.MatchString(s)):
			return p.found([]Finding{{Code: "mixed", Severity: SeverityWarning, Quote: bare, Sentence: s,
				Text: kpi.T("check.mixed_measure", bare)}})
		case t == remedies && tellsProblem(bare) && !solving.MatchString(bare):
			return p.found([]Finding{{Code: "mixed", Severity: SeverityWarning, Quote: bare, Sentence: s,
				Text: kpi.T("check.mixed_problem", bare)}})
		}
	}
	return nil
}

// tellsProblem reports whether a clause of a sentence ends with what is wrong: 前期工作滞后，影响了资金支付.
func tellsProblem(s string) bool {
	for _, part := range append(clauseEnd.Split(s, -1), s) {
		if problemSaid.MatchString(strings.TrimSpace(part)) {
			return true
		}
	}
	return false
}
