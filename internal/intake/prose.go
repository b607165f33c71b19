package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// Mention is a number in running text that states a quantity, as opposed to dates, ordinals, document
// numbers and numbers in names.
type Mention struct {
	From, To  int    // its range, in bytes
	Written   string // as written, with its marks and measure: 近200封
	Decimals  int    // decimals written: 1 of 12.5%, 12．5％ and 12。5%
	Amount    kpi.Amount
	Precision kpi.Precision
	Measure   kpi.Measure // canonical; 万元 as 元; "" if none was written
	Odd       Oddity
	Spelled   bool // in words: 二十期
}

// Oddity is something odd in the way a number is written.
type Oddity string

const (
	Plain     Oddity = ""
	NoMeasure Oddity = "no_measure" // 31万: of what?
	Slashed   Oddity = "slashed"    // 12人/次
	Sounds    Oddity = "sounds"     // 138厅, which sounds like 听
	Order     Oddity = "order"      // 5余万元, for 5万余元
)

// notCounts match text with digits that is not a quantity.
var notCounts = []*regexp.Regexp{
	regexp.MustCompile(`⟦[^⟧]*⟧`), // a figure, which is not a typed number
	regexp.MustCompile(`[“"「『《][^”"」』》\n]{1,60}[”"」』》]`),
	regexp.MustCompile(`[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*第?\s*\d*\s*号?`),
	regexp.MustCompile(`(\d{4}|[〇零一二三四五六七八九]{4})\s*(年度?|[-—–~至到]\s*\d{4}\s*年度?)`),
	regexp.MustCompile(`\d{1,2}\s*([-—–~至到、]\s*\d{1,2}\s*)?月(份|底|初|末|中旬|上旬|下旬)?(\s*\d{1,2}\s*([-—–~至到]\s*\d{1,2}\s*)?[日号])?`),
	regexp.MustCompile(`\d{1,2}\s*[日号]|\d{1,2}[:：]\d{2}|\d{1,3}\s*年|\d{1,2}\s*周年`),
	regexp.MustCompile(`第\s*[\d一二三四五六七八九十百]+`),
	regexp.MustCompile(`(?m)^\s*\d{1,3}\s*(?:[、)）]|[.．](?:\D|$))`), // a number of a list, but not 99.4%
	regexp.MustCompile(`[（(]\s*[\d一二三四五六七八九十]{1,3}\s*[）)]`),
	regexp.MustCompile(`(附件|附表|(?:^|[^代手水电气仪钟])[表图]|序号|编号|No\.?)\s*[:：]?\s*\d+(-\d+)?`),
	regexp.MustCompile(`(热线|电话|拨打|邮编|传真|联系方式|QQ)(?:号码?)?\s*[是为：:（(]{0,2}\s*[\d-]{3,}`),
	regexp.MustCompile(`\b\d{3,5}\s*(?:政务|便民|服务|市民|投诉|举报|公益|维权|消费)*(?:热线|平台)`), // 12345热线工单
	regexp.MustCompile(`\b[A-Z]{1,5}(/[A-Z]+)?[ -]?\d[\d.—-]*`),
	regexp.MustCompile(`(?i)\b\d{1,2}\s+(january|february|march|april|may|june|july|august|september|october|november|december)(\s+\d{4})?|\b(in|of|for|by|since|until)\s+(19|20)\d{2}\b`),
}

// pointedDate is a date with points: 2022.3, 2022-03-05. Money may look like one: 2012.12万元, 1986.32万元.
var (
	pointedDate = regexp.MustCompile(`(?:19|20)\d{2}\s*[-./]\s*(?:0?[1-9]|1[0-2])(?:\s*[-./]\s*\d{1,2})?(?:\D|$)`)
	moneyBehind = regexp.MustCompile(`^\s*(?:[余多]?[万亿]|元|[%％]|平方|公里|公顷|吨|亩|千|小时)`)
)

const (
	marksBefore = `(?:不少于|不低于|至少|超过|突破|将近|接近|大约|近|约|超|逾)?`
	arabic      = `(?:\d{1,3}(?: \d{3})+\b|\d[\d,]*)(?:\.\d+)?`
	placesAfter = `(?:[余多]?[十百千]?[万亿][余多]?|[余多])?`
	chineseZh   = `[一二两三四五六七八九十][一二两三四五六七八九十百千万零]*(?:点[零〇一二三四五六七八九]+)?`
)

var (
	anyNumber = regexp.MustCompile(marksBefore + `(?:百分之)?(?:` + arabic + placesAfter + `|` + chineseZh + `[余多]?)`)
	twoPlaces = regexp.MustCompile(`^[^\d]*\d余[万亿]`)          // 5余万元; but 10余万元 and 150多万元 are right
	grouping  = regexp.MustCompile(`^[\d０-９]{3}([^\d０-９]|$)`) // after a thousands separator
	// after a full stop that was typed for a decimal point: 12。5万元, but not "…共95。3月"
	pointBefore = regexp.MustCompile(`^[\d０-９]+\s*([%％‰万亿元]|百分点|千元|公里|公顷|平方|亩|吨)`)
	scaledOnly  = regexp.MustCompile(`[万亿][余多]?$`)
)

// Mentions finds the numbers of a text that state a quantity. measures are the office's own in addition
// to the usual ones; names are words that may contain numbers but are not quantities. A spelled number
// counts if it is followed by a measure that is not used in figures of speech: 二十期, but neither
// 两个方面 nor 百场宣讲.
func Mentions(text string, measures []kpi.Measure, names []string) []Mention {
	plain, back := foldRunes(text)
	taken := spans(plain, names)
	words := countables(measures)
	var out []Mention
	for _, at := range anyNumber.FindAllStringIndex(plain, -1) {
		if overlaps(taken, at) || stuck(plain, at) {
			continue
		}
		if m, ok := mention(plain, at, words, measures); ok {
			last := back[m.To-1]
			_, size := utf8.DecodeRuneInString(text[last:])
			m.From, m.To = back[m.From], last+size
			m.Written = text[m.From:m.To]
			out = append(out, m)
		}
	}
	return out
}

// foldRunes normalizes digits, separators, points, percent signs and spaces, and drops invisible
// characters; back maps each byte to its place in s.
func foldRunes(s string) (plain string, back []int) {
	var b strings.Builder
	for at, r := range s {
		behindDigit := b.Len() > 0 && isDigit(b.String()[b.Len()-1])
		switch {
		case unseen(r):
			continue
		case r == '，' && behindDigit && grouping.MatchString(s[at+len("，"):]):
			r = ','
		case behindDigit && IsPoint(s, at):
			r = '.'
		case r >= '０' && r <= '９':
			r = r - '０' + '0'
		case r == '．':
			r = '.'
		case r == '％':
			r = '%'
		case unicode.Is(unicode.Zs, r):
			r = ' '
		}
		b.WriteRune(r)
		for len(back) < b.Len() {
			back = append(back, at)
		}
	}
	return b.String(), append(back, len(s))
}

// IsPoint reports whether the full stop at a place of a text was typed for a decimal point: 12。5%, but
// not “…共95。3月”.
func IsPoint(text string, at int) bool {
	stop, size := utf8.DecodeRuneInString(text[at:])
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text[:at], unseen))
	return (stop == '。' || stop == '｡') && (before >= '0' && before <= '9' || before >= '０' && before <= '９') &&
		pointBefore.MatchString(text[at+size:])
}

// spans returns the ranges of text that are not quantities.
func spans(text string, names []string) [][]int {
	var out [][]int
	for _, re := range notCounts {
		out = append(out, re.FindAllStringIndex(text, -1)...)
	}
	for _, at := range pointedDate.FindAllStringIndex(text, -1) {
		if last, size := utf8.DecodeLastRuneInString(text[:at[1]]); last < '0' || last > '9' {
			at[1] -= size // what stands behind the date
		}
		if !moneyBehind.MatchString(text[at[1]:]) {
			out = append(out, at)
		}
	}
	for _, name := range names {
		if !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsDigit(r) || isNumeral(r) }) {
			continue
		}
		for from := 0; ; {
			i := strings.Index(text[from:], name)
			if i < 0 {
				break
			}
			out = append(out, []int{from + i, from + i + len(name)})
			from += i + len(name)
		}
	}
	return out
}

// thousandOf matches measures that begin with a number: 41.5万千瓦.
var thousandOf = regexp.MustCompile(`^千(?:瓦|克|米|升|伏)`)

func overlaps(taken [][]int, at []int) bool {
	return slices.ContainsFunc(taken, func(s []int) bool { return at[0] < s[1] && s[0] < at[1] })
}

// formalNumerals are written on cheques, and in words before a number that is none of theirs: 队伍19支, 肆意.
const formalNumerals = "壹贰叁肆伍陆柒捌玖拾佰仟"

// stuck reports whether a number is part of a longer word or sequence of digits.
func stuck(text string, at []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
	after, _ := utf8.DecodeRuneInString(text[at[1]:])
	return unicode.IsDigit(before) || before == '.' || isASCIILetter(before) || unicode.IsDigit(after) ||
		strings.ContainsRune(raisedDigits, after) ||
		isNumeral(before) && (at[1] == at[0] || !isDigit(text[at[0]]) || !strings.ContainsRune(formalNumerals, before)) ||
		isNumeral(after) && !unicode.IsDigit(rune(text[at[1]-1])) &&
			!thousandOf.MatchString(text[at[1]:])
}

// countables returns all known measures, the longest first.
func countables(measures []kpi.Measure) []string {
	words := slices.Clone(countWords)
	for _, m := range measures {
		words = append(words, string(m))
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(words)
}

// mention reads the number at a place with the measure after it.
func mention(text string, at []int, words []string, own []kpi.Measure) (m Mention, ok bool) {
	if before, _ := utf8.DecodeLastRuneInString(text[:at[0]]); strings.ContainsRune(endsInAbout, before) {
		if cut, ok := strings.CutPrefix(text[at[0]:at[1]], "约"); ok { // 签约187人
			at = []int{at[1] - len(cut), at[1]}
		}
	}
	number, rest := text[at[0]:at[1]], text[at[1]:]
	rest, m.To = cutSpaces(rest, at[1])
	measure, odd, width := measureAfter(rest, words, own)
	spelled, percent := !strings.ContainsFunc(number, unicode.IsDigit), strings.Contains(number, "百分之")
	if spelled && !percent && (measure == "" || slices.Contains(spoken, measure)) {
		return m, false
	}
	if width == 0 {
		m.To = at[1]
	}
	m.From, m.To, m.Odd = at[0], m.To+width, odd
	switch {
	case odd == Plain && measure == "" && scaledOnly.MatchString(number) && !measuredBy(text, at):
		m.Odd = NoMeasure
	case odd == Plain && twoPlaces.MatchString(number):
		m.Odd = Order
	}
	to := kpi.Measure(measure).Canonical()
	if _, _, ok := to.Conversion(kpi.Yuan); ok {
		to = kpi.Yuan
	}
	if percent {
		to = kpi.PercentSign
	}
	if to == "㎡" {
		to = "平方米"
	}
	q, err := Quantity(number+measure, to)
	if err != nil || spelled && q.Amount < kpi.Whole(2) {
		return m, false
	}
	m.Amount, m.Precision, m.Measure = q.Amount, q.Precision, to
	_, decimals, _ := strings.Cut(number, ".")
	m.Decimals = len(decimals) - len(strings.TrimLeft(decimals, "0123456789"))
	if m.Spelled = spelled; spelled {
		_, decimals, _ = strings.Cut(number, "点")
		m.Decimals = utf8.RuneCountInString(decimals)
	}
	return m, true
}

// moneySaid matches words before a number that is of money, measure or not.
var moneySaid = regexp.MustCompile(`(?:金|款|资金|经费|投入|支出|收入|销售额?|补贴|募捐|拨付)\p{Han}{0,4}\s*$`)

// measuredBy reports whether something follows a number that may be a measure nobody listed: 15.2万卷.
func measuredBy(text string, at []int) bool {
	next, _ := utf8.DecodeRuneInString(text[at[1]:])
	return unicode.Is(unicode.Han, next) && !moneySaid.MatchString(text[:at[0]])
}

// endsInAbout are the characters that make 约 part of a word: 签约187人 is no guess.
const endsInAbout = "签预节公合条契特履违续制"

func cutSpaces(s string, at int) (rest string, from int) {
	rest = strings.TrimLeft(s, " ")
	return rest, at + len(s) - len(rest)
}

// misheard are characters that are typed for a measure they sound like, and are none themselves.
var misheard = map[rune]string{'厅': "听", '启': "起", '佳': "家", '付': "副"}

// measureAfter returns the measure that a text begins with and its width in bytes.
func measureAfter(rest string, words []string, own []kpi.Measure) (measure string, odd Oddity, width int) {
	for _, w := range words {
		if !strings.HasPrefix(rest, w) {
			continue
		}
		if after, ok := strings.CutPrefix(rest[len(w):], "/次"); ok && w != "次" {
			return w + "次", Slashed, len(rest) - len(after)
		}
		width = len(w) + times(w, rest[len(w):])
		return rest[:width], Plain, width + alsoCounted(rest[width:], words)
	}
	r, size := utf8.DecodeRuneInString(rest)
	if heard, ok := misheard[r]; ok {
		if next, _ := utf8.DecodeRuneInString(rest[size:]); !unicode.Is(unicode.Han, next) {
			return heard, Sounds, size
		}
	}
	if !unicode.Is(unicode.Han, r) {
		return "", Plain, 0
	}
	for _, m := range own {
		if utf8.RuneCountInString(string(m)) == 1 && SoundAlike(string(r), string(m)) {
			return string(m), Sounds, size
		}
	}
	return "", Plain, 0
}
