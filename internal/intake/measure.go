package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// statement is what a text beside figures says about their measures: 单位：万元、人; 贷款（亿元）; in thousand yuan.
type statement struct {
	measures []kpi.Measure // an indicator uses the one that converts to its own
	scale    string        // 千, 万 … of whatever is measured: "in thousands"
	unknown  string        // a word in the place of a measure that is not a known one
	counts   bool          // the heading of a column of counts: 户数
	label    bool          // it follows a label such as 单位
	of       string        // the figures it applies to: "" for all, ofMoney or ofArea
	row      int           // row of the sheet
	column   int           // -1: above the table
}

// written returns the statement as it was written, for a sentence.
func (s statement) written() string {
	var all []string
	for _, m := range s.measures {
		all = append(all, string(m))
	}
	if also := s.scale + s.unknown; also != "" {
		all = append(all, also)
	}
	return quote(strings.Join(all, "、"))
}

const (
	ofMoney = "money"
	ofArea  = "area"
)

var (
	// labels before a measure; the first group matches labels before an organisation
	measureLabel = regexp.MustCompile(`(?i)((?:填报|报送|上报|责任|主管|实施|编制|制表|承办|牵头|所属|建设|施工|协办|主办|参与|配合)单位)|` +
		`((?:计量|度量|金额|货币|资金|面积|数据|数量|指标|统计)?单位(?:为|是)?|计量|金额|货币|(?:amounts?|figures|currency|measured)\s+in|\bunits?(?: of measure(?:ment)?)?|\bmeasure|\bcurrency|\bamounts?)\s*(:?)\s*`)
	measureEnglish = regexp.MustCompile(`(?i)\bin\s+((?:rmb|cny|usd|us\$|hk\$|\$|¥|€|£|'?000|\d|thousand|million|billion|hundred|ten|yuan|dollars|hectare|mu\b|tonne|sq)[^()\[\]]*)$`)
	measureBracket = regexp.MustCompile(`[(\[【〔{<《〈‹「]\s*([^()\[\]【】〔〕{}<>《》〈〉‹›「」]{1,40}?)\s*[)\]】〕}>》〉›」]`)
	// 以亿元计, 金额均以亿元为单位
	measureBy      = regexp.MustCompile(`([^,。;以]*)以\s*([^,。;以]{1,12}?)\s*(?:为(?:计量|计算|统计|货币|金额)?单位|计(?:量|算|价|列)?(?:$|[\s,。;)]))`)
	measureBetween = regexp.MustCompile(`[\s、;和及与]+|,\D`)
)

// statements returns the measures that a text states: after a label, in brackets, in English after "in". A bracket
// in a title counts only if it can mean nothing else.
func (v *vocabulary) statements(text string) []statement {
	text = countedTimes.Replace(strings.TrimSpace(width.Fold.String(seen(text))))
	var out []statement
	for _, m := range measureBy.FindAllStringSubmatch(text, -1) {
		if s, ok := v.list(m[2]); ok {
			s.of, s.label = limitedTo(m[1]), true
			out = append(out, s)
		}
	}
	rest := text
	for rest != "" {
		m := measureLabel.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		behind := rest[m[1]:]
		if m[4] < 0 { // an organisation follows
			rest = behind
			continue
		}
		label, colon := rest[m[4]:m[5]], m[7] > m[6]
		if s, ok := v.labelled(behind, colon, strings.HasSuffix(label, "单位")); ok {
			s.of, s.label = limitedTo(label), true
			out = append(out, s)
		}
		rest = behind
	}
	if len(out) > 0 {
		return out
	}
	for _, m := range measureBracket.FindAllStringSubmatch(text, -1) {
		if s, _, ok := v.begin(m[1]); ok {
			out = append(out, s)
		}
	}
	if m := measureEnglish.FindStringSubmatch(text); m != nil && len(out) == 0 {
		if s, _, ok := v.begin(m[1]); ok {
			out = append(out, s)
		}
	}
	return out
}

// countedTimes normalises 人（次） to 人/次, and the apostrophe of ’000.
var countedTimes = strings.NewReplacer("人(次)", "人/次", "户(次)", "户/次", "场(次)", "场/次", "车(次)", "车/次", "’", "'", "‘", "'")

// limitedTo returns the figures that a label is limited to: 金额单位 does not apply to people.
func limitedTo(label string) string {
	label = strings.ToLower(label)
	switch {
	case strings.Contains(label, "金额"), strings.Contains(label, "货币"), strings.Contains(label, "资金"),
		strings.Contains(label, "款项"),
		strings.Contains(label, "amount"), strings.Contains(label, "currency"):
		return ofMoney
	case strings.Contains(label, "面积"):
		return ofArea
	}
	return ""
}

// withoutIn drops the words around a measure in English.
func withoutIn(s string) string {
	s = strings.TrimSpace(s)
	for _, word := range []string{"expressed ", "measured ", "figures ", "amounts ", "amount ", "all ", "in "} {
		if len(s) > len(word) && strings.EqualFold(s[:len(word)], word) {
			s = strings.TrimSpace(s[len(word):])
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, " in ", " "), " of ", " ")
}

// labelled reads the text after a label. Without a colon, and after labels other than 单位, it must be a known
// measure: 金额：5000 states none.
func (v *vocabulary) labelled(s string, colon, unit bool) (statement, bool) {
	s = strings.TrimLeft(s, " ([【〔")
	if end := strings.IndexAny(s, "()[]【】〔〕。;|"); end >= 0 {
		s = s[:end]
	}
	stated, rest, ok := v.begin(s)
	if ok {
		for rest = strings.TrimLeft(rest, " 、,和及与"); rest != ""; rest = strings.TrimLeft(rest, " 、,和及与") { // 万元 人
			also, after, known := v.begin(rest)
			if !known || stated.scale+also.scale != "" {
				break
			}
			stated.measures, rest = append(stated.measures, also.measures...), after
		}
		return stated, true
	}
	first := s
	if at := measureBetween.FindStringIndex(s); at != nil {
		first = s[:at[0]]
	}
	if colon && unit && first != "" && mayBeMeasure(first) && v.isNoUnit(first) {
		return statement{unknown: first}, true
	}
	return statement{}, false
}

// begin reads the measures at the beginning of a text, the longest words first: thousand yuan is not thousand.
// After a comma anything may follow (万元，含税).
func (v *vocabulary) begin(s string) (stated statement, rest string, ok bool) {
	s = withoutIn(s)
	if stated, ok = v.list(s); ok {
		return stated, "", true
	}
	for at := len(s) - 1; at > 0; at-- {
		if !utf8.RuneStart(s[at]) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(s[at:])
		if !strings.ContainsRune(" ,、;和及与", r) {
			continue
		}
		if stated, ok = v.list(strings.TrimRight(s[:at], " ,、")); ok && (r == ' ' || !soleSign(stated)) {
			return stated, s[at:], true
		}
	}
	return statement{}, s, false
}

// soleSign reports whether a statement may have another meaning: （村） may say that the table lists villages.
func soleSign(s statement) bool {
	return len(s.measures) == 1 && slices.Contains([]kpi.Measure{"村", "所", "家", "站", "天", "分", "度", "条", "里", "m",
		"t", "g"}, s.measures[0])
}

// list reads several measures: 万元、人; 亿元,%; 万元/人 if that is not a measure of its own.
func (v *vocabulary) list(s string) (statement, bool) {
	if scale := bareScales[strings.ToLower(strings.TrimSpace(s))]; scale != "" {
		return statement{scale: scale}, true
	}
	if m := v.measure(s); m != "" {
		return statement{measures: []kpi.Measure{m}}, true
	}
	for _, between := range []string{"、", ",", "和", "及", "与", "/", " "} {
		parts := strings.Split(s, between)
		if len(parts) == 1 {
			continue
		}
		var out statement
		for _, part := range parts {
			m := v.measure(part)
			if m == "" {
				return statement{}, false
			}
			out.measures = append(out.measures, m)
		}
		return out, true
	}
	return statement{}, false
}

// bareScales are scales without a measure, which apply to whatever an indicator counts.
var bareScales = map[string]string{"千": "千", "万": "万", "百万": "百万", "亿": "亿", "thousand": "千",
	"thousands": "千", "000": "千", "000s": "千",
	"'000": "千", "'000s": "千", "10k": "万", "k": "千", "w": "万", "million": "百万", "millions": "百万",
	"billion": "十亿", "billions": "十亿"}

// isNoUnit reports whether a text is not the name of an organisation.
func (v *vocabulary) isNoUnit(s string) bool {
	_, why := v.unit(s)
	return why.Key != ""
}

// officeEndings are the last characters of the names of organisations.
var officeEndings = "局委办镇乡村街道会所站社区中心公司院校学厅部处科室府队组县市区团联馆园场厂店行"

// mayBeMeasure reports whether an unknown word could be a measure: a short word of letters that does not end like
// the name of an organisation.
func mayBeMeasure(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return utf8.RuneCountInString(s) <= 8 && !strings.ContainsRune(officeEndings, last) &&
		strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("/·%‰", r) }) < 0
}
