package intake

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// point is a point in time or a part of a year: a day, a month, a quarter, a half, a year.
type point struct {
	periodMark
	numeric bool // written as 2026.1, 10/31: after a dash a number alone may follow
	ends    bool // it cannot begin a range
}

const (
	zhMonth = `(?:十[一二]|[一二三四五六七八九十元])`
	zhCount = `(?:十[一二]|[一二三四五六七八九十两])`
	anMonth = `(\d{1,2}|` + zhMonth + `)`
	anDay   = `(\d{1,2}|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])`
)

var (
	pointISO       = regexp.MustCompile(`^(\d{4})([-/.。])(\d{1,2})([-/.。])(\d{1,2})`)
	pointCompact   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?`)
	pointWestern   = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})([-/.])(\d{4})`)
	pointYM        = regexp.MustCompile(`^(\d{4})\s?[-/.]\s?(\d{1,2})`)
	pointMY        = regexp.MustCompile(`^(\d{1,2})[-/.](20\d{2})`)
	pointDays      = regexp.MustCompile(`^(\d{1,2})[./](\d{1,2})\s?(?:-{1,2}|~|至|到)\s?(\d{1,2})[./](\d{1,2})(?:$|[^\d.%‰万亿元千百])`)
	pointTight     = regexp.MustCompile(`^'?(20\d{2}|\d{2})(?:$|[^\da-z])`)
	pointYear      = regexp.MustCompile(`^(?:(\d{4})(?:\s?年度?|\s)?|'(\d{2})(?:\s?年度?|\s)?|(\d{2})\s?年度?|([〇一二三四五六七八九]{4}|[〇一二三四五六七八九]{2})\s?年度?|(去年度?|上一?年度?|前年|今年|本年度?|当年|明年|下一?年度?|次年))\s*`)
	pointMonth     = regexp.MustCompile(`^` + anMonth + `\s?月份?`)
	pointDay       = regexp.MustCompile(`^\s?` + anDay + `\s?[日号]`)
	pointDayBare   = regexp.MustCompile(`^\s?(\d{1,2})`)
	pointTail      = regexp.MustCompile(`^\s?(?:(底|末)|(上旬|第[1一]旬)|(上?中旬|第[2二]旬)|(中?下旬|第[3三]旬)|(初|第[0-9一二三四五六]周|闰))`)
	pointQuarter   = regexp.MustCompile(`^(?:(前|头)\s?(\d|[一二三四两])\s?个?季度?|第\s?([1-4一二三四])\s?个?季度?|([1-4一二三四])\s?季度|q\s?([1-4])|([1-4])q)`)
	pointTwo       = regexp.MustCompile(`^` + anMonth + `\s?[、,和及]\s?第?` + anMonth + `\s?(?:月|季度)`)
	pointQRange    = regexp.MustCompile(`^第?\s?([1-4一二三四])\s?(?:季度?)?(?:-{1,2}|~|至|到)第?([1-4一二三四])\s?季度?`)
	pointHalf      = regexp.MustCompile(`^(?:([上前])半年度?|([下后])半年度?|h\s?([12])|([12])h)`)
	pointFirstN    = regexp.MustCompile(`^(?:(?:前|头)\s?(\d{1,2}|` + zhCount + `)\s?个?月份?|(?:the )?first\s+(\w+)\s+months)`)
	pointMRange    = regexp.MustCompile(`^` + anMonth + `\s?月?份?\s?(?:-{1,2}|~|至|到)\s?`)
	pointWhole     = regexp.MustCompile(`^(?:全年度?|年[底末])`)
	pointWords     = regexp.MustCompile(`^(?:(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th)\s+(quarter|half)(?: of)?|(?:full|whole)\s+year)`)
	pointMonthEn   = regexp.MustCompile(`^(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`)
	pointDayEn     = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?`)
	pointDayTight  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[-/.]`)
	pointYearTight = regexp.MustCompile(`^[-/.](\d{4})\b`)
	pointYearTwo   = regexp.MustCompile(`^(?:[-/.]|,?\s)(\d{2})$`)
	pointDayAft    = regexp.MustCompile(`^\s*(\d{1,2})(?:st|nd|rd|th)?\b`)
	pointYearAft   = regexp.MustCompile(`^\s*[,/-]?\s*(?:of\s+)?(?:(\d{4})\b|'(\d{2})\b)`)
)

var (
	chineseMonths = map[string]int{"元": 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
		"九": 9, "十": 10, "十一": 11, "十二": 12}
	englishCounts = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
		"ten", "eleven", "twelve"}
	englishMonths = []string{"", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	englishOrder  = map[string]int{"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3,
		"3rd": 3, "fourth": 4, "4th": 4}
)

// monthOf returns the number of a month, or a number of months; 0 for anything else.
func monthOf(s string) int {
	if n, ok := chineseMonths[s]; ok {
		return n
	}
	return atoi(s)
}

// dayOf returns the number of a day; 0 for anything else.
func dayOf(s string) int {
	if n := atoi(s); n > 0 {
		return n
	}
	whole, _, _, bare, ok := numeral(s)
	if !ok || bare {
		return 0
	}
	return atoi(whole)
}

func digitNext(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// readPoint reads the point in time at the beginning of a folded text and its length in bytes.
func readPoint(s string, base kpi.Year) (p point, n int) {
	if p, n = readNumericDay(s); n > 0 {
		return p, n
	}
	y := pointYear.FindStringSubmatch(s)
	if y == nil {
		return readInYear(s)
	}
	year, named := yearNamed(y, base)
	if year == 0 || y[2] != "" && digitNext(s[len("'26"):]) || digitNext(s[len(y[0]):]) && y[1] != "" &&
		!strings.ContainsAny(y[0], "年 ") {
		return readInYear(s)
	}
	rest := s[len(y[0]):]
	if y[1] != "" && !named { // 2026 alone is a number unless a part of the year follows
		if p, n = readPart(rest); n > 0 && !p.numeric {
			p.year = year
			return p, len(y[0]) + n
		}
		if strings.TrimSpace(s[4:]) != "" && !rangeJoin.MatchString(s[4:]) && !strings.HasPrefix(s[4:], " ") {
			return point{}, 0
		}
		return point{periodMark: periodMark{span: span{year: year}}}, 4
	}
	after := len(y[0])
	if strings.HasPrefix(rest, "的") {
		after, rest = after+len("的"), rest[len("的"):]
	}
	if p, n = readPart(rest); n > 0 {
		if p.year == 0 {
			p.year = year
		}
		return p, after + n
	}
	if tail := regexp.MustCompile(`^[底末]`).FindString(rest); tail != "" { // 2026年底
		return point{periodMark: periodMark{span: span{year: year, first: 1, month: 12, sum: true}, whole: true},
			ends: true}, len(y[0]) + len(tail)
	}
	if y[3] != "" && !plausible(year, base) {
		return point{}, 0 // 10年, 30年: a duration
	}
	return point{periodMark: periodMark{span: span{year: year}}}, len(strings.TrimRight(y[0], " "))
}

func dayPoint(year kpi.Year, month, day int) point {
	p := point{periodMark: periodMark{span: span{year: year, first: month, month: month, day: day}, dated: true}}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		p.doubt = "date_unreadable"
	}
	return p
}

func monthPoint(year kpi.Year, month int) point {
	p := point{periodMark: periodMark{span: span{year: year, first: month, month: month}}}
	if month < 1 || month > 12 {
		p.doubt = "date_unreadable"
	}
	return p
}

func spanPoint(first, month int) point {
	return point{periodMark: periodMark{span: span{first: first, month: month, sum: first == 1 && month > 1}}}
}

// readInYear reads a part of a year; in English the year may follow.
func readInYear(s string) (p point, n int) {
	if p, n = readPart(s); n > 0 && p.year == 0 && !p.ends {
		if m := pointYearAft.FindStringSubmatch(s[n:]); m != nil && s[0] < 0x80 && !digitFirst(s) {
			p.year = yearOf(m[1])
			if m[2] != "" {
				p.year = 2000 + yearOf(m[2])
			}
			n += len(m[0])
		}
	}
	return p, n
}

func digitFirst(s string) bool { return s[0] >= '0' && s[0] <= '9' && !pointDayEn.MatchString(s) }

// atEnd returns the word for the end of a period at the beginning of a text: 底, 末.
func atEnd(s string) string {
	if tail := pointTail.FindStringSubmatch(s); tail != nil && tail[1] != "" {
		return tail[0]
	}
	return ""
}

// tightYear reads a year directly after a quarter or half: 3Q26. Other letters and digits after it make it
// something else.
func (p point) tightYear(s string, n int) (point, int) {
	if at := pointTight.FindStringSubmatchIndex(s[n:]); at != nil {
		if p.year = yearOf(s[n+at[2] : n+at[3]]); p.year < 100 {
			p.year += 2000
		}
		return p, n + at[3]
	}
	if latinNext(s[n:]) {
		return point{}, 0
	}
	return p, n
}

// readMonth reads a month, with its day or part if stated: 10月, 10月31日, 10月底.
func readMonth(s string) (p point, n int) {
	m := pointMonth.FindStringSubmatch(s)
	if m == nil {
		return point{}, 0
	}
	month := monthOf(m[1])
	if month < 1 || month > 12 {
		return point{periodMark: periodMark{doubt: "date_unreadable"}}, len(m[0])
	}
	n = len(m[0])
	rest := s[n:]
	if d := pointDay.FindStringSubmatch(rest); d != nil {
		return dayPoint(0, month, dayOf(d[1])), n + len(d[0])
	}
	if d := pointDayBare.FindStringSubmatch(rest); d != nil { // 10月31, with nothing behind that it counts
		behind := rest[len(d[0]):]
		if strings.TrimSpace(behind) == "" || rangeJoin.MatchString(behind) || strings.ContainsAny(behind[:1], ",;)( /") {
			return dayPoint(0, month, atoi(d[1])), n + len(d[0])
		}
	}
	p = monthPoint(0, month)
	if tail := pointTail.FindStringSubmatch(rest); tail != nil {
		n += len(tail[0])
		switch {
		case tail[2] != "":
			p.day = 10
		case tail[3] != "":
			p.day = 20
		case tail[5] != "":
			p.doubt = "period_vague"
		}
	}
	return p, n
}

// bareEnd reads the end of a range that leaves out what the beginning states: 10月5日至10日, 2026.1-9, 2026/10/31-11/2.
func (p point) bareEnd(s string) (right point, n int) {
	if p.dated {
		if m := pointShort.FindStringSubmatch(s); m != nil && !digitNext(s[len(m[0]):]) {
			return dayPoint(p.year, atoi(m[1]), atoi(m[2])), len(m[0])
		}
		if m := regexp.MustCompile(`^` + anDay + `\s?[日号]?`).FindStringSubmatch(s); m != nil && dayOf(m[1]) > 0 &&
			!digitNext(s[len(m[0]):]) {
			return dayPoint(p.year, p.month, dayOf(m[1])), len(m[0])
		}
		return point{}, 0
	}
	if m := pointDayBare.FindStringSubmatch(s); m != nil && p.numeric && !digitNext(s[len(m[0]):]) {
		if month := atoi(m[1]); month >= 1 && month <= 12 {
			return monthPoint(p.year, month), len(m[0])
		}
	}
	return point{}, 0
}

var pointShort = regexp.MustCompile(`^(\d{1,2})[./](\d{1,2})`)
