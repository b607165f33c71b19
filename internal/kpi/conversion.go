package kpi

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The base measures for conversions. A measure not listed in sizes is its own base: 期, 人次.
const (
	baseYuan        = "元"
	baseSquareMetre = "平方米"
	baseGram        = "克"
	baseMetre       = "米"
	baseMinute      = "分钟"
)

// size expresses one of a measure in its base: n ÷ d. scale is the multiplier spelled out in the
// measure's name: 10,000 for 万元, 1 for 公顷.
type size struct {
	base  string
	n, d  int64
	scale int64
	known bool // listed in sizes
}

// sizes maps the names of known measures, in lower case, to their size in the base measure.
var sizes = func() map[string]size {
	out := map[string]size{}
	add := func(base string, n, d int64, names ...string) {
		for _, name := range names {
			out[name] = size{base, n, d, 1, true}
		}
	}
	add(baseYuan, 1, 1, "元", "圆", "元整", "圆整", "yuan", "rmb", "cny", "renminbi", "¥", "rmbyuan")
	add(baseYuan, 1, 10, "角")
	add("美元", 1, 1, "美元", "美金", "usd", "us$", "$", "dollar", "usdollar")
	add("港元", 1, 1, "港元", "港币", "hkd", "hk$")
	add("欧元", 1, 1, "欧元", "eur", "€", "euro")
	add("英镑", 1, 1, "英镑", "gbp", "£")
	add("日元", 1, 1, "日元", "jpy")
	add("人", 1, 1, "people", "person")
	add("户", 1, 1, "household")
	add("%", 1, 1, "%", "百分比", "percent", "percentage", "百分数")
	add("百分点", 1, 1, "百分点", "个百分点", "percentagepoint")
	add(baseSquareMetre, 1, 1, "平方米", "平米", "㎡", "m²", "m2", "sqm", "squaremetre", "squaremeter")
	add(baseSquareMetre, 10_000, 1, "公顷", "hectare", "ha")
	add(baseSquareMetre, 2_000, 3, "亩", "市亩", "mu")
	add(baseSquareMetre, 1_000_000, 1, "平方公里", "平方千米", "km²", "km2", "sqkm", "squarekilometre", "squarekilometer")
	add(baseGram, 1, 1, "克", "g", "gram")
	add(baseGram, 1_000, 1, "千克", "公斤", "kg", "kilogram")
	add(baseGram, 500, 1, "斤", "市斤")
	add(baseGram, 1_000_000, 1, "吨", "t", "tonne", "metricton")
	add(baseMetre, 1, 1, "米", "m", "metre", "meter")
	add(baseMetre, 1_000, 1, "千米", "公里", "km", "kilometre", "kilometer")
	add(baseMetre, 500, 1, "里", "华里")
	add(baseMetre, 1, 100, "厘米", "cm")
	add("立方米", 1, 1, "立方米", "方", "m³", "m3", "cubicmetre", "cubicmeter")
	add("千瓦时", 1, 1, "千瓦时", "度", "kwh")
	add(baseMinute, 1, 1, "分钟", "minute", "min")
	add(baseMinute, 60, 1, "小时", "hour")
	return out
}()

// wholeWords begin with a scale word but are not scaled: 百分比 is not a hundred of anything.
var wholeWords = []string{"百分", "千分", "万分", "十分", "百姓", "千米", "千克", "千瓦时"}

// scalesZh are the words that multiply a measure they precede, longest first.
var scalesZh = []struct {
	word string
	n    int64
}{{"万亿", 1e12}, {"千亿", 1e11}, {"百亿", 1e10}, {"十亿", 1e9}, {"千万", 1e7}, {"百万", 1e6}, {"十万", 1e5},
	{"亿", 1e8}, {"億", 1e8}, {"万", 1e4}, {"萬", 1e4}, {"千", 1e3}, {"百", 100}, {"十", 10}}

// scaleEn matches an English scale: 10,000, 10k, 000s, thousand, hundred million, millions of.
var scaleEn = regexp.MustCompile(`^\(?(?:(10*(?:,000)*)(k)?|('?000'?s?))?(?:(hundred|ten)?(thousand|million|billion|mn|bn)s?|(hundred))?(?:of)?\)?`)

// currencies are the English currency names that may precede a scale: RMB 10k, $m.
var currencies = []string{"rmbyuan", "yuan", "rmb", "cny", "usd", "us$", "hkd", "hk$", "eur", "gbp",
	"dollars", "$", "¥", "€", "£"}

var plainMeasure = strings.NewReplacer(" ", "", "\u00a0", "", "　", "", "人民币", "", "％", "%",
	"＄", "$", "￥", "¥", "／", "/")

// resolve parses m. An unknown measure is its own base.
func (m Measure) resolve() size {
	name := plainMeasure.Replace(strings.ToLower(string(m)))
	if name == "" && m != "" {
		return sizes[baseYuan] // 人民币 alone
	}
	if s, ok := known(name); ok {
		return s
	}
	for _, before := range []string{"rmb", "cny", "¥"} { // RMB万元
		if rest, ok := strings.CutPrefix(name, before); ok && strings.HasSuffix(rest, "元") && !strings.HasSuffix(rest, "美元") {
			name = rest
		}
	}
	if !slices.ContainsFunc(wholeWords, func(w string) bool { return strings.HasPrefix(name, w) }) {
		for _, scale := range scalesZh {
			if rest, ok := strings.CutPrefix(name, scale.word); ok && rest != "" {
				s, found := known(rest)
				if !found {
					s = size{rest, 1, 1, 1, false}
				}
				if s.n > 1e18/scale.n {
					break
				}
				return size{s.base, s.n * scale.n, s.d, scale.n, s.known}
			}
		}
	}
	if s, ok := english(name); ok {
		return s
	}
	return size{singular(name), 1, 1, 1, false}
}

// singular strips the plural s from an English measure.
func singular(name string) string {
	if len(name) > 3 && name[0] >= 'a' && name[0] <= 'z' {
		return strings.TrimSuffix(name, "s")
	}
	return name
}

// known looks up a listed measure, also by its English plural.
func known(name string) (size, bool) {
	s, ok := sizes[name]
	if !ok {
		s, ok = sizes[strings.TrimSuffix(name, "s")]
	}
	return s, ok
}

// english parses a measure with an English scale: thousand people, 10,000 yuan, RMB 10k, $m.
func english(name string) (size, bool) {
	if name == "" || name[0] >= 0x80 && !strings.ContainsAny(name, "¥€£") {
		return size{}, false
	}
	for _, currency := range currencies {
		rest, ok := strings.CutPrefix(name, currency)
		if !ok {
			continue
		}
		n, rest := englishScale(rest)
		if short := map[string]int64{"k": 1e3, "m": 1e6, "b": 1e9}[rest]; short > 0 && n == 1 {
			n, rest = short, ""
		}
		s, found := sizes[currency], rest == ""
		return size{s.base, s.n * n, s.d, n, true}, found && n > 1
	}
	n, rest := englishScale(name)
	s, found := known(rest)
	if !found && len(rest) > 2 && rest[0] >= 'a' && rest[0] <= 'z' { // thousand visits
		s, found = size{singular(rest), 1, 1, 1, false}, true
	}
	if !found || n == 1 || s.n > 1e18/n {
		return size{}, false
	}
	return size{s.base, s.n * n, s.d, n, s.known}, true
}

// englishScale cuts an English scale off the beginning of s; n is 1 if there is none.
func englishScale(s string) (n int64, rest string) {
	m := scaleEn.FindStringSubmatch(s)
	n = 1
	if m[1] != "" {
		digits := strings.ReplaceAll(m[1], ",", "")
		n, _ = strconv.ParseInt(digits, 10, 64) //nolint:errcheck // too long a number is out of the bounds below
	}
	for _, word := range []string{m[2], strings.Trim(m[3], "'s"), m[4], m[5], m[6]} {
		if times := englishTimes[word]; times > 1 && n <= 1e12 {
			n *= times
		}
	}
	if n < 1 || n > 1e12 {
		return 1, s
	}
	return n, s[len(m[0]):]
}

var englishTimes = map[string]int64{"k": 1e3, "000": 1e3, "ten": 10, "hundred": 100, "thousand": 1e3, "million": 1e6,
	"mn": 1e6, "billion": 1e9, "bn": 1e9}

func (s size) isMoney() bool {
	return slices.Contains([]string{baseYuan, "美元", "港元", "欧元", "英镑", "日元"}, s.base)
}

// IsMoney reports whether amounts in m are money, in any currency and scale.
func (m Measure) IsMoney() bool { return m.resolve().isMoney() }

// Known reports whether the program knows what m counts, in any scale: 万元, 公顷, thousand people. It
// does not know measures of an office's own making.
func (m Measure) Known() bool { return m.resolve().known }

// Base returns m without its scale, under its common name: 人次 for 万人次, 元 for RMB million.
func (m Measure) Base() Measure { return Measure(m.resolve().base) }

// Scale returns the multiplier spelled out in m's name: 10,000 for 万元, 1 for 元 and 公顷.
func (m Measure) Scale() int64 { return m.resolve().scale }

// Conversion returns one m in terms of to, as n ÷ d in lowest terms: 1 公顷 is 15 亩, 1 万元 is 10,000
// 元. ok is false for measures that do not convert, such as 人 and 人次, 元 and 美元.
func (m Measure) Conversion(to Measure) (n, d int64, ok bool) {
	if m == to {
		return 1, 1, true
	}
	from, into := m.resolve(), to.resolve()
	if from.base != into.base {
		return 0, 0, false
	}
	upper, lower := divisor(from.n, into.n), divisor(from.d, into.d)
	n, d = from.n/upper*(into.d/lower), into.n/upper*(from.d/lower)
	common := divisor(n, d)
	return n / common, d / common, true
}

func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// In converts an amount from m to another measure, rounded half away from zero to a millionth. ok is
// false for measures that do not convert.
func (m Measure) In(to Measure, a Amount) (converted Amount, ok bool) {
	n, d, ok := m.Conversion(to)
	if !ok {
		return 0, false
	}
	return a.Times(n, d), true
}
