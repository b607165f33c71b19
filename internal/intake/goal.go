package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// Goal is a target as people write it, split into its parts: ≥ 95%, 不低于 1,200 人次, 3件以内.
type Goal struct {
	Sign    kpi.Sign       // "" where none is written
	Value   string         // the number as written, without its measure; all of the text where it is none
	Measure kpi.Measure    // "" where none is written
	Level   kpi.LevelValue // of a judgement: 达成, 按时完成
}

// goalSign is a word for the comparison of a target with the achievement.
type goalSign struct {
	word string
	sign kpi.Sign
}

// Words stand longest first where one begins like another.
var (
	signsBefore = []goalSign{
		{"不得低于", kpi.AtLeastSign}, {"不得少于", kpi.AtLeastSign}, {"不得超过", kpi.AtMostSign}, {"不得高于", kpi.AtMostSign},
		{"不得多于", kpi.AtMostSign}, {"不得突破", kpi.AtMostSign}, {"不突破", kpi.AtMostSign},
		{"大于或等于", kpi.AtLeastSign}, {"大于等于", kpi.AtLeastSign}, {"不低于", kpi.AtLeastSign}, {"不少于", kpi.AtLeastSign},
		{"不小于", kpi.AtLeastSign}, {"不下于", kpi.AtLeastSign}, {"达到", kpi.AtLeastSign}, {"至少", kpi.AtLeastSign},
		{"最少", kpi.AtLeastSign}, {"≥", kpi.AtLeastSign}, {"≧", kpi.AtLeastSign}, {">=", kpi.AtLeastSign},
		{"> =", kpi.AtLeastSign}, {"at least", kpi.AtLeastSign}, {"no less than", kpi.AtLeastSign},
		{"not less than", kpi.AtLeastSign}, {"小于或等于", kpi.AtMostSign}, {"小于等于", kpi.AtMostSign},
		{"不超过", kpi.AtMostSign}, {"不高于", kpi.AtMostSign}, {"不大于", kpi.AtMostSign}, {"不多于", kpi.AtMostSign},
		{"控制在", kpi.AtMostSign}, {"至多", kpi.AtMostSign}, {"最多", kpi.AtMostSign}, {"≤", kpi.AtMostSign},
		{"≦", kpi.AtMostSign}, {"<=", kpi.AtMostSign}, {"< =", kpi.AtMostSign}, {"at most", kpi.AtMostSign},
		{"no more than", kpi.AtMostSign}, {"not more than", kpi.AtMostSign}, {"up to", kpi.AtMostSign},
		{"no fewer than", kpi.AtLeastSign}, {"not fewer than", kpi.AtLeastSign}, {"minimum of", kpi.AtLeastSign},
		{"minimum", kpi.AtLeastSign}, {"not to exceed", kpi.AtMostSign}, {"not exceeding", kpi.AtMostSign},
		{"maximum of", kpi.AtMostSign}, {"maximum", kpi.AtMostSign}, {"max.", kpi.AtMostSign}, {"max", kpi.AtMostSign},
		{"within", kpi.AtMostSign}, {"above", kpi.MoreSign}, {"over", kpi.MoreSign}, {"fewer than", kpi.LessSign},
		{"under", kpi.LessSign}, {"below", kpi.LessSign},
		{"大于", kpi.MoreSign}, {"高于", kpi.MoreSign}, {"多于", kpi.MoreSign}, {"超过", kpi.MoreSign}, {">", kpi.MoreSign},
		{"more than", kpi.MoreSign}, {"小于", kpi.LessSign}, {"低于", kpi.LessSign}, {"少于", kpi.LessSign}, {"<", kpi.LessSign},
		{"less than", kpi.LessSign}, {"等于", kpi.EqualSign}, {"=", kpi.EqualSign},
	}
	signsBehind = []goalSign{
		{"及以上", kpi.AtLeastSign}, {"以上", kpi.AtLeastSign}, {"之上", kpi.AtLeastSign}, {"or more", kpi.AtLeastSign},
		{"and above", kpi.AtLeastSign}, {"+", kpi.AtLeastSign}, {"及以下", kpi.AtMostSign}, {"以下", kpi.AtMostSign},
		{"以内", kpi.AtMostSign}, {"之内", kpi.AtMostSign}, {"之下", kpi.AtMostSign}, {"or less", kpi.AtMostSign},
		{"or fewer", kpi.AtMostSign}, {"or under", kpi.AtMostSign}, {"or below", kpi.AtMostSign},
		{"maximum", kpi.AtMostSign}, {"max", kpi.AtMostSign}, {"or above", kpi.AtLeastSign}, {"or over", kpi.AtLeastSign},
		{"and over", kpi.AtLeastSign}, {"minimum", kpi.AtLeastSign},
	}
	// what forms print in a column of their own
	signNames = map[string]kpi.Sign{"正向": kpi.AtLeastSign, "正向指标": kpi.AtLeastSign, "反向": kpi.AtMostSign,
		"反向指标": kpi.AtMostSign, "逆向": kpi.AtMostSign, "逆向指标": kpi.AtMostSign, "定性": kpi.LevelSign,
		"level": kpi.LevelSign, "up": kpi.AtLeastSign, "down": kpi.AtMostSign}
)

// numberBefore is a number a text begins with; what follows it may be a measure.
var (
	numberBefore = regexp.MustCompile(`^-?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.\d+)?\s*`)
	urging       = regexp.MustCompile(`^(?:全年|年内|力争|争取|确保|完成|实现|a |an )+`)
	deadline     = regexp.MustCompile(`\d\s*[年月日号].*(?:前|底|内|完成|末)|(?:前|底|末)完成`)
)

// What a count is asked for that must not happen at all, and what no number is set for.
var (
	nothingAtAll = regexp.MustCompile(`^(?:保持|实现|确保)?(?:(?:为|是)?零(?:发生|事故|死亡|伤亡|新增|投诉|案件|上访|容忍|违规|违纪|疫情|返贫)?|` +
		`(?:杜绝|不|无|未)(?:发生|出现)|杜绝|zero(?: tolerance)?)$`)
	undecided = regexp.MustCompile(`^(?:据实|按实|按实际|据实填报|据实统计|按需|待定|未定|另定|另行下达|待下达|视情况(?:而定)?|据情|` +
		`不设(?:目标|任务)?|不考核|tb[acd]|to be (?:agreed|confirmed|decided|determined|set)|as needed|as required|` +
		`not set|no target|monitor(?:ing)? only|baseline)$`)
)

// Undecided reports whether a target says in words that no number is set: 据实, 待定, TBC.
func Undecided(text string) bool {
	return undecided.MatchString(strings.ToLower(width.Fold.String(strings.TrimSpace(seen(text)))))
}

// SignOf reads a sign that is alone in a cell: ≥, 不低于, 正向; "" for anything else.
func SignOf(text string) kpi.Sign {
	s := strings.ToLower(width.Fold.String(strings.TrimSpace(seen(text))))
	if sign, ok := signNames[s]; ok {
		return sign
	}
	for _, known := range signsBefore {
		if known.word == s {
			return known.sign
		}
	}
	return ""
}

// ReadGoal splits a target. measure applies if the text states none. Nothing at all of what is counted is at most
// 0 (零发生); what is undecided is no target. A text that is neither a number nor a judgement is returned as Value.
func ReadGoal(text string, measure kpi.Measure) Goal {
	written := strings.TrimSpace(seen(text))
	if SaysNoValue(written) || Undecided(written) {
		return Goal{}
	}
	s := strings.ReplaceAll(strings.ToLower(width.Fold.String(written)), "，", ",")
	if measure != "" && nothingAtAll.MatchString(s) {
		return Goal{Sign: kpi.AtMostSign, Value: "0"}
	}
	if plain := strings.TrimSpace(urging.ReplaceAllString(s, "")); numberBefore.MatchString(plain) || signed(plain) {
		s = plain
	}
	g := Goal{}
	for _, known := range signsBefore {
		if rest, ok := strings.CutPrefix(s, known.word); ok && !runsOn(known.word[len(known.word)-1], rest) {
			g.Sign, s = known.sign, strings.TrimSpace(rest)
			break
		}
	}
	for _, known := range signsBehind {
		if rest, ok := strings.CutSuffix(s, known.word); ok && rest != "" {
			if g.Sign == "" {
				g.Sign = known.sign
			}
			s = strings.TrimSpace(rest)
			break
		}
	}
	if level, ok := levelWords[plainName(s)]; ok {
		return Goal{Sign: kpi.LevelSign, Level: level}
	}
	if g.number(s, measure) {
		return g
	}
	if !strings.ContainsFunc(s, unicode.IsDigit) || deadline.MatchString(s) {
		return Goal{Sign: kpi.LevelSign, Level: kpi.LevelMet, Value: written}
	}
	g.Value = s
	return g
}

// runsOn reports whether an English word goes on: over, and overall.
func runsOn(end byte, rest string) bool {
	letter := func(b byte) bool { return 'a' <= b && b <= 'z' }
	return rest != "" && letter(end) && letter(rest[0])
}

// signed reports whether a text begins with a word for a comparison.
func signed(s string) bool {
	return slices.ContainsFunc(signsBefore, func(known goalSign) bool { return strings.HasPrefix(s, known.word) })
}

// number reads a target that is a number with an optional measure; it reports whether it is one.
func (g *Goal) number(s string, measure kpi.Measure) bool {
	if measure != "" {
		if a, err := Exact(s, measure); err == nil {
			g.Value = a.String()
			return true
		}
	}
	if a, err := Number(s); err == nil {
		g.Value = a.String()
		return true
	}
	at := len(numberBefore.FindString(s))
	if at == 0 {
		return false
	}
	words := newVocabulary(Known{})
	m := words.measure(s[at:])
	if m == "" {
		return false
	}
	a, err := Exact(s, m)
	if err != nil {
		return false
	}
	if base := m.Base(); m.Scale() > 1 && !m.IsMoney() { // 万人次
		a, _ = m.In(base, a)
		m = base
	}
	g.Value, g.Measure = a.String(), m
	return true
}

// kindWords are the kinds of indicators as tables name them.
var kindWords = map[string]kpi.Kind{"累加": kpi.Flow, "求和": kpi.Flow, "增量": kpi.Flow, "流量": kpi.Flow, "flow": kpi.Flow,
	"时点": kpi.Running, "时点数": kpi.Running, "存量": kpi.Running, "累计数": kpi.Running, "期末数": kpi.Running,
	"最近一次": kpi.Running, "running": kpi.Running, "stock": kpi.Running, "比率": kpi.Ratio, "比例": kpi.Ratio,
	"ratio": kpi.Ratio,
	"金额":    kpi.Money, "资金": kpi.Money, "money": kpi.Money, "定性": kpi.Level, "定性指标": kpi.Level, "level": kpi.Level,
	"judgement": kpi.Level, "qualitative": kpi.Level, "标准": kpi.Standard, "standard": kpi.Standard}

// KindOf returns the kind of indicator that a cell names, with or without an explanation after it; "" for anything
// else.
func KindOf(text string) kpi.Kind {
	head, _, _ := strings.Cut(width.Fold.String(text), ":")
	head, _, _ = strings.Cut(head, "(")
	return kindWords[plainName(head)]
}

// categoryWords are the headings of the finance bureau's form under which an indicator is scored.
var categoryWords = map[string]kpi.Category{"数量": kpi.CatQuantity, "质量": kpi.CatQuality, "时效": kpi.CatTimeliness,
	"成本": kpi.CatCost, "经济效益": kpi.CatEconomic, "社会效益": kpi.CatSocial, "生态效益": kpi.CatEcological,
	"可持续影响": kpi.CatSustained, "满意度": kpi.CatSatisfaction, "服务对象满意度": kpi.CatSatisfaction}

// CategoryOf returns the category that a cell names; "" for anything else.
func CategoryOf(text string) kpi.Category {
	name := strings.TrimSuffix(plainName(text), "指标")
	if c := kpi.Category(name); slices.Contains(kpi.Categories, c) {
		return c
	}
	return categoryWords[name]
}

// PlainName returns a name without what people write differently: width, case, spaces, punctuation, list numbers.
// Two names are the same if their plain names are.
func PlainName(s string) string { return plainName(s) }

// MeasureOf returns the measure in brackets at the end of a name: 培训妇女（人次）; "" if there is none.
func MeasureOf(name string) kpi.Measure {
	m := lastParenthesis.FindStringSubmatch(name)
	if m == nil {
		return ""
	}
	return newVocabulary(Known{}).measure(m[1])
}

// Weight reads points from 0 to 100 with at most two decimals. Refusals: those of Exact, weight_decimals,
// weight_out_of_range.
func Weight(text string) (kpi.Percent, error) {
	a, err := Exact(text, kpi.PercentSign, "分", "points")
	switch {
	case err != nil:
		return 0, err
	case a != a.Round(2):
		return 0, refuse("weight_decimals", text)
	case a < 0 || a > kpi.Whole(100):
		return 0, refuse("weight_out_of_range", text)
	}
	return kpi.Percent(a / (kpi.One / 100)), nil
}
