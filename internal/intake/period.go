package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// span is a period as it is written in a title, heading or cell.
type span struct {
	year  kpi.Year // 0: not said
	first int      // its first month; 0: it begins in the year before
	month int      // its last month
	day   int      // the day it ends on; 0: the last of the month
	sum   bool     // it begins with the year: its figures are sums so far
	part  bool     // it begins within a month: 9月26日-10月25日
	maybe bool     // it may be a sum so far or only its last month: 10月进度表（截至10月31日）
}

// months returns the number of months it covers.
func (s span) months() int { return s.month - s.first + 1 }

// several reports whether it covers several whole months.
func (s span) several() bool { return !s.part && s.month > s.first }

// begunBy returns a span of which only the end is stated (截至8月底) with the beginning of another that contains this
// end: 第三季度. Beside a month that ends on that day (截至10月31日) it is this month if the two stand together; else both
// are possible.
func (s span) begunBy(o span, together bool) span {
	switch {
	case o.part || s.part || o.year != s.year && o.year*s.year != 0 || o.first < 1 ||
		o.first > s.month || o.month < s.month:
	case o.first == o.month && !together:
		s.maybe = s.month > 1
	default:
		s.first, s.sum = o.first, o.first == 1 && s.month > 1
	}
	return s
}

// running reports whether a span of several months has begun and its last month has not.
func (s span) running(y kpi.Year, today kpi.Date) bool {
	if s.year != 0 {
		y = s.year
	}
	first, last := kpi.Period{Year: y, Month: max(s.first, 1)}, kpi.Period{Year: y, Month: s.month}
	return s.several() && s.day == 0 && first.Start() <= today && today < last.Start()
}

// end returns the last day of the span, at most today if its month is running; ok is false for a day that does not
// exist.
func (s span) end(y kpi.Year, today kpi.Date) (d kpi.Date, ok bool) {
	if s.year != 0 {
		y = s.year
	}
	p := kpi.Period{Year: y, Month: s.month}
	if s.day == 0 {
		d = monthEnd(p, today)
		_, err := kpi.ParseDate(string(d))
		return d, err == nil
	}
	d, err := kpi.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, s.month, s.day))
	return d, err == nil
}

// periodMark is a period in a text, readable or not.
type periodMark struct {
	span
	from, to int    // in the folded text
	doubt    string // key of the sentence why it cannot be read; "" if it can
	dated    bool   // it names a single day
	until    bool   // it is stated as the end of a period: 截至
	deadline bool   // by when, not when: 10月31日前
	open     bool   // only its end is stated
	whole    bool   // 全年, 年底: often about the target
}

// periods are all statements of a text about time.
type periods struct {
	text  string // folded
	marks []periodMark
	years []kpi.Year // years that stand alone
	at    [][2]int   // where those stand
	vague string     // words about time that are no period: 上月, 第10周, 十四五
}

// foldPeriod normalises a text for the readers of periods.
func foldPeriod(s string) string {
	return periodFolds.Replace(dashes.Replace(strings.ToLower(width.Fold.String(norm.NFC.String(s)))))
}

var periodFolds = strings.NewReplacer("〜", "~", "∼", "~", "’", "'", "‘", "'", "ʼ", "'", "`", "'", "′", "'", "　", " ",
	"\u00a0", " ", "\t", " ",
	"兩", "两", "廿", "二十", "卅", "三十", "○", "〇", "零", "〇")

// readPeriods finds the periods of a text. 去年 and 今年 are relative to base; if that is 0, they are not read.
func readPeriods(text string, base kpi.Year) periods {
	const most = 400 // bytes: no title is longer, and the search is for every place
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	p := periods{text: foldPeriod(text)}
	if !strings.ContainsAny(p.text, "0123456789年月季旬周半截期五节假以abcdefghijklmnopqrstuvwxyz") {
		return p // most cells and headings
	}
	for i := 0; i < len(p.text); {
		_, size := utf8.DecodeRuneInString(p.text[i:])
		if p.within(i) {
			i += size
			continue
		}
		m, n := readPeriod(p.text[i:], base)
		switch {
		case n == 0:
			i += size
			continue
		case m.month == 0 && m.doubt == "":
			p.years, p.at = append(p.years, m.year), append(p.at, [2]int{i, i + n})
		default:
			m.from, m.to = i, i+n
			p.qualify(&m)
			p.marks = append(p.marks, m)
		}
		i += n
	}
	if p.vague = vaguePeriod.FindString(p.text); p.vague == "" {
		p.vague = strings.TrimSpace(vagueDigits.FindString(p.text))
	}
	p.cumulate()
	year := p.year(base)
	for _, m := range p.marks { // 2026年10月通报（截至9月底）
		if year == 0 {
			year = m.year
		}
	}
	for i := range p.marks {
		if p.marks[i].year == 0 {
			p.marks[i].year = year
		}
	}
	return p
}

// year returns the year that stands alone in the text, preferably the one asked for; 0 if there is none.
func (p periods) year(base kpi.Year) kpi.Year {
	switch {
	case len(p.years) == 0:
		return 0
	case slices.Contains(p.years, base):
		return base
	}
	return p.years[0]
}

// within reports whether an index is inside a number or word, where no period begins.
func (p periods) within(i int) bool {
	if i == 0 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(p.text[:i])
	here, _ := utf8.DecodeRuneInString(p.text[i:])
	latin := func(r rune) bool { return r >= 'a' && r <= 'z' }
	zh := func(r rune) bool { return strings.ContainsRune(zhDigits, r) }
	switch {
	case unicode.IsDigit(here):
		return unicode.IsDigit(before) || latin(before) || before == '.' && i >= 2 && unicode.IsDigit(rune(p.text[i-2]))
	case zh(here):
		return zh(before)
	}
	return latin(here) && latin(before)
}

const zhDigits = "〇一二三四五六七八九十百千万"

var (
	untilWords = regexp.MustCompile(`(?:截[至止]到?(?:时间|日期|时点|日)?(?:为|是)?\s*:?|止于|至|到|(?:as of|as at|through|until|till|up to|to|by)(?:\s+(?:the\s+)?end(?:-|\s+of)?)?)\s*$`)
	// by when to hand in: 报送截止时间：11月5日
	handInWords = regexp.MustCompile(`(?:报送|上报|填报|填写|报名|提交|反馈|申报|报表)的?截[至止]到?(?:时间|日期|日)?(?:为|是)?\s*:?\s*$`)
	lunarWords  = regexp.MustCompile(`(?:农历|阴历|旧历|夏历)\s*$`)
	soFarWords  = regexp.MustCompile(`累计|\bytd\b|year[ -]to[ -]date|cumulative`)
	handIn      = regexp.MustCompile(`请|报送|上报|报至|报到|提交|反馈|报名|交至|交回|submit|return|hand in|\bdue\b`)
	afterBefore = regexp.MustCompile(`^\s*(?:之|以)?前`)
	afterStop   = regexp.MustCompile(`^\s*(?:为)?止`)
	afterVague  = regexp.MustCompile(`^\s*(?:前后|左右|上下|以来|起|开始|(?:之|以)?后(?:[^续勤备]|$)|第[0-9一二三四五六]周|第[0-9一二三四五六]个?星期)`)
	vaguePeriod = regexp.MustCompile(`第\s*[0-9一二三四五六七八九十]{1,3}\s*周(?:[^年岁]|$)|[上下本这]一?个?(?:月|季度?|周|旬|星期)|近[0-9一二三四五六七八九十两几]+个?月|近期|十[一二三四五六七]五|正月|腊月|冬月|农历|[上中下]旬|` +
		`第\s*[0-9一二三四五六七八九十]{1,3}\s*(?:旬|期(?:$|[^间培班学]))|(?:^|[^计告属止])期间|寒假|暑[假期]|假[日期]|汛期|黄金周|小长假|节[前后]|以来|` +
		`(?:活动|宣传|主题|服务|安全|学习|专项)[周月季]|\bissue\s*\d|\bholidays?\b|\bfestival\b|` +
		`fy\s*'?\d{2}|[春夏秋冬]季|\bfiscal\s|财年|学年|学期|(?:week|wk)\s*\d|\b(?:last|this|next)\s+(?:month|quarter|week)|截[至止]|半年|季度`)
	// digits that look like a day or a month of a year, and may be neither: 26.10, 26/9/30, 月报（10）
	vagueDigits = regexp.MustCompile(`(?:^|[^\d.])(?:2[4-9]|3\d)[-/.](?:0?[1-9]|1[0-2])(?:[-/.]\d{1,2})?(?:$|[^\d.%万亿元千百])|(?:^|\D)\d{1,2}/20\d{2}(?:$|\D)|月报\D{0,3}\d{1,2}(?:$|\D)`)
)

// cumulate turns a month into a sum so far if the text says so: 9月累计完成情况, YTD October.
func (p *periods) cumulate() {
	if !soFarWords.MatchString(p.text) {
		return
	}
	for i := range p.marks {
		if m := &p.marks[i]; m.doubt == "" && !m.part && m.first == m.month {
			m.first, m.sum = 1, m.month > 1
		}
	}
}

// qualify adds what the words around a period say about it.
func (p periods) qualify(m *periodMark) {
	before, after := p.text[:m.from], p.text[m.to:]
	switch {
	case lunarWords.MatchString(before), afterVague.MatchString(after):
		m.doubt = "period_vague"
	case afterBefore.MatchString(after), handInWords.MatchString(before):
		m.deadline = true
	}
	if m.deadline && handInWords.MatchString(before) {
		return
	}
	if s := untilWords.FindString(before); s != "" || afterStop.MatchString(after) {
		m.until = true
		if m.first > 0 && m.doubt == "" && !m.part {
			m.open = m.first == m.month
			m.first, m.sum = 1, m.month > 1
		}
	}
}

// readPeriod reads the period at the beginning of a folded text and its length in bytes; 0 if there is none. For a
// year alone the month is 0.
func readPeriod(s string, base kpi.Year) (m periodMark, n int) {
	if m, n = readEnded(s, base); n > 0 {
		return m, n
	}
	left, n := readPoint(s, base)
	if n == 0 {
		return left.periodMark, 0
	}
	if left.ends || left.doubt != "" {
		return left.periodMark, n
	}
	join := rangeJoin.FindString(s[n:])
	if join == "" {
		return left.periodMark, n
	}
	rest := s[n+len(join):]
	right, k := readPoint(rest, base)
	if k == 0 || right.month == 0 && left.month != 0 {
		if right, k = left.bareEnd(rest); k == 0 {
			return left.periodMark, n
		}
	}
	if left.month == 0 { // a range of years, or a dash behind one
		if right.month != 0 {
			return left.periodMark, n
		}
		left.periodMark.doubt = "period_years"
		return left.periodMark, n + len(join) + k
	}
	return joined(left, right), n + len(join) + k
}

var rangeJoin = regexp.MustCompile(`^\s*(?:起|开始)?\s*(?:-{1,2}|~{1,2}|至|到|\.{2,3}|…{1,2}|to\b|through\b|thru\b|until\b)\s*`)

// joined returns the range between two points in time.
func joined(left, right point) periodMark {
	m := right.periodMark
	if m.doubt != "" {
		return m
	}
	ly, ry := left.year, right.year
	if ry == 0 {
		ry = ly
	} else if ly == 0 {
		ly = ry
		if left.first > right.month {
			ly--
		}
	}
	m.year, m.dated, m.part = ry, false, left.day > 1
	cycle := left.first == 12 && right.month == 1 && left.dated && right.dated // 12月26日-1月25日
	switch {
	case ly == ry && (left.first < right.month || left.first == right.month &&
		(!left.dated || !right.dated || left.day <= right.day)):
		m.first = left.first
		m.sum = left.first == 1 && left.day <= 1 && right.month > 1
	case cycle && (ly == ry-1 || ly == ry && ly == 0):
		m.first, m.sum = 0, false
	case ly != ry:
		m.doubt = "period_years"
	default:
		m.doubt = "period_reversed"
	}
	return m
}

// bare returns the text without its periods and the words that belong to them.
func (p periods) bare() string {
	var b strings.Builder
	at := 0
	cuts := append([][2]int{}, p.at...)
	for _, m := range p.marks {
		cuts = append(cuts, [2]int{m.from, m.to})
	}
	for i := range p.text {
		for _, c := range cuts {
			if c[0] == i {
				b.WriteString(untilWords.ReplaceAllString(p.text[at:max(at, i)], ""))
				at = max(at, c[1])
				at += len(afterStop.FindString(p.text[at:]))
			}
		}
	}
	if at < len(p.text) {
		b.WriteString(p.text[at:])
	}
	return strings.TrimSpace(b.String())
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
