package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

var (
	// eventName matches the name of an event that lasts a while: 三八维权周, 国际档案日.
	eventName = regexp.MustCompile(`(\p{Han}{2,10})(月|周|日|节|季|行动)(期间)?(\p{Han}?)`)
	quoting   = strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", "《", "", "》", "", "·", "")
	// common are words that many events have in their name: two events that share one of them are not the same.
	common = regexp.MustCompile(`^(?:\p{Han}?(?:宣传|教育|活动|主题|服务|文化|学习|实践|体验|集中|公益|健康|科普|普法|安全|开放|纪念|推广|咨询|接待|读书|阅读|行动))$`)
	// leading words of a clause that are no part of a name
	beforeEvent = regexp.MustCompile(`^.*(?:开展|举办|组织|利用|通过|结合|围绕|期间|参加|在|为|的|和|与)`)
	// noEvent matches what stands before 月 and 日 in dates and spans.
	noEvent = regexp.MustCompile(`[一二三四五六七八九十几每本上下当整半个两今明昨次近同]$|(?:工作|节假|生|假|休息|纪念|截止|截至|到期)$`)
)

// events finds one event under two names in a document: 维权月 and 维权周.
func events(passages []passage) (out []Finding) {
	type named struct{ stem, last, written string }
	var seen []named
	for _, p := range passages {
		for _, m := range eventName.FindAllStringSubmatch(quoting.Replace(p.text), -1) {
			within := m[4] == "中" && common.MatchString(lastRunes(m[1], 2)) // 服务月中
			if noEvent.MatchString(m[1]) || !within && m[3] == "" && m[4] != "" &&
				strings.Contains("份度底初末历期岁中报均约点目省能用费志常", m[4]) {
				continue
			}
			stem := strings.TrimLeft(beforeEvent.ReplaceAllString(m[1], ""), "日号月") // 6月9日档案日
			now := named{stem, m[2], stem + m[2]}
			for _, old := range seen {
				shared := sharedEnd(old.stem, now.stem)
				if old.last == now.last || !sameEvent(old.stem, now.stem, shared) {
					continue
				}
				out = append(out, p.found([]Finding{{Code: "event_name", Severity: SeverityWarning,
					Sentence: p.text,
					Quote:    asWritten(p.text, shared+now.last),
					Text:     kpi.T("check.event_name", shared+old.last, shared+now.last)}})...)
				break
			}
			seen = append(seen, now)
		}
	}
	return out
}

// asWritten returns the end of a name that stands in the text as it is: a name may have quotation marks in it.
func asWritten(text, name string) string {
	for !strings.Contains(text, name) && name != "" {
		_, size := utf8.DecodeRuneInString(name)
		name = name[size:]
	}
	return name
}

// sharedEnd returns the characters at the end that two names share.
func sharedEnd(a, b string) string {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[len(x)-1-n] == y[len(y)-1-n] {
		n++
	}
	return string(x[len(x)-n:])
}

// sameEvent reports whether two names are of one event: what they share tells it, and what stands before it in one
// does not name another.
func sameEvent(a, b, shared string) bool {
	n := utf8.RuneCountInString(shared)
	return n >= 4 || n >= 2 && !common.MatchString(shared) && (shared == a || shared == b)
}
