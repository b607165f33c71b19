package intake

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

const monthWord = `(\d{1,2}|[一二三四五六七八九十]{1,2})`

var (
	periodRange  = regexp.MustCompile(`(?:(\d{4})年?(?:度)?)?(?:1|一)月?份?\s*[-~至到]\s*` + monthWord + `月`)
	periodUntil  = regexp.MustCompile(`截[至止](?:到)?(?:(\d{4})年)?` + monthWord + `月`)
	periodUntilD = regexp.MustCompile(`截[至止](?:到)?(?:(\d{4})[年.\-/])?(\d{1,2})[月.\-/](\d{1,2})`)
	periodMonth  = regexp.MustCompile(`(?:(\d{4})\s*[年.\-/]\s*)?` + monthWord + `\s*月`)
	periodPlain  = regexp.MustCompile(`^(\d{4})[.\-/](\d{1,2})$`)
	periodYear   = regexp.MustCompile(`(\d{4})\s*年`)
	periodSpans  = []struct {
		words string
		month int
	}{{"一季度", 3}, {"第1季度", 3}, {"上半年", 6}, {"二季度", 6}, {"前三季度", 9}, {"三季度", 9}, {"四季度", 12}, {"全年", 12}}
	periodDay = regexp.MustCompile(`^(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]$`)
)

// span is a period as a title or heading writes it.
type span struct {
	year  kpi.Year // 0: not said
	month int      // the last month of it
	sum   bool     // it begins in January: what it gives is a sum so far
}

// readSpan finds a period in a text: 1-10月, 截至10月底, 2026年6月, 上半年. found is false without.
func readSpan(text string) (s span, found bool) {
	text = dashes.Replace(width.Fold.String(text))
	for _, form := range []struct {
		re  *regexp.Regexp
		sum bool
	}{{periodRange, true}, {periodUntil, true}, {periodUntilD, true}, {periodMonth, false}} {
		if m := form.re.FindStringSubmatch(text); m != nil {
			s.year, s.month, s.sum = yearOf(m[1]), monthOf(m[2]), form.sum
			if s.month < 1 || s.month > 12 {
				return span{}, false
			}
			if s.year == 0 {
				if y := periodYear.FindStringSubmatch(text); y != nil {
					s.year = yearOf(y[1])
				}
			}
			return s, true
		}
	}
	for _, p := range periodSpans {
		if strings.Contains(text, p.words) {
			if y := periodYear.FindStringSubmatch(text); y != nil {
				s.year = yearOf(y[1])
			}
			return span{s.year, p.month, p.words != "二季度" && p.words != "三季度" && p.words != "四季度"}, true
		}
	}
	return span{}, false
}

func yearOf(s string) kpi.Year {
	n, _ := strconv.Atoi(s)
	return kpi.Year(n)
}

var chineseMonths = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}

func monthOf(s string) int {
	if n, ok := chineseMonths[s]; ok {
		return n
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// dateCell reads the day a figure is from: a date, a serial number, a month (its last day, or today
// while it runs), a day without its year.
func dateCell(c Cell, y kpi.Year, today kpi.Date) (kpi.Date, error) {
	text := strings.TrimSpace(width.Fold.String(c.Text))
	if c.Kind == CellNumber {
		if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= 12 {
			return monthEnd(kpi.Period{Year: y, Month: n}, today), nil
		}
		if day, ok := serialDate(text, false); ok && len(text) == 5 {
			return kpi.DateOf(day), nil
		}
	}
	if d, err := Date(text); err == nil {
		return d, nil
	}
	folded := dashes.Replace(text)
	if m := periodDay.FindStringSubmatch(folded); m != nil {
		return Date(itoa(int(y)) + "-" + m[1] + "-" + m[2])
	}
	if day, _, ok := strings.Cut(folded, " "); ok { // a time of day behind the date
		if d, err := Date(day); err == nil {
			return d, nil
		}
	}
	if m := periodPlain.FindStringSubmatch(folded); m != nil {
		if p := (kpi.Period{Year: yearOf(m[1]), Month: monthOf(m[2])}); p.Month >= 1 && p.Month <= 12 && p.Year >= 1900 {
			return monthEnd(p, today), nil
		}
	}
	if s, ok := readSpan(folded); ok && len([]rune(folded)) <= 16 {
		if s.year == 0 {
			s.year = y
		}
		return monthEnd(kpi.Period{Year: s.year, Month: s.month}, today), nil
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= 12 {
		return monthEnd(kpi.Period{Year: y, Month: n}, today), nil
	}
	_, err := Date(text)
	return "", err
}

// monthEnd is the last day of a month, or today while it runs.
func monthEnd(p kpi.Period, today kpi.Date) kpi.Date {
	if today != "" && today.Period() == p {
		return today
	}
	return p.End()
}
