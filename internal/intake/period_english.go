package intake

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// readEnglish reads a month or a part of the year in English.
func readEnglish(s string) (p point, n int) {
	if m := pointWords.FindStringSubmatch(s); m != nil {
		switch k := englishOrder[m[1]]; {
		case m[1] == "":
			return point{periodMark: periodMark{span: span{first: 1, month: 12, sum: true}, whole: true}, ends: true}, len(m[0])
		case m[2] == "quarter":
			return spanPoint(3*k-2, 3*k), len(m[0])
		case k <= 2:
			return spanPoint(6*k-5, 6*k), len(m[0])
		}
		return point{}, 0
	}
	if p, n = readEnglishDay(s); n > 0 {
		return p, n
	}
	m := pointMonthEn.FindStringSubmatch(s)
	if m == nil {
		return point{}, 0
	}
	n = len(m[0])
	if d := pointDayAft.FindStringSubmatch(s[n:]); d != nil && atoi(d[1]) <= 31 {
		p, n = dayPoint(0, englishMonth(m[1]), atoi(d[1])), n+len(d[0])
		if y := pointYearTwo.FindStringSubmatch(s[n:]); y != nil { // Oct 5, 26
			p.year = 2000 + yearOf(y[1])
			n += len(y[0])
		}
		return p, n
	}
	if m[1] == "may" && !pointYearAft.MatchString(s[n:]) && !rangeJoin.MatchString(s[n:]) &&
		strings.TrimSpace(s[n:]) != "" {
		return point{}, 0 // the word
	}
	return monthPoint(0, englishMonth(m[1])), n
}

// readEnglishDay reads a day that stands before its month: 30 September, 5-Oct-26.
func readEnglishDay(s string) (p point, n int) {
	d := pointDayEn.FindStringSubmatch(s)
	tight := d == nil
	if tight {
		if d = pointDayTight.FindStringSubmatch(s); d == nil {
			return point{}, 0
		}
	}
	m := pointMonthEn.FindStringSubmatch(s[len(d[0]):])
	if m == nil {
		return point{}, 0
	}
	p, n = dayPoint(0, englishMonth(m[1]), atoi(d[1])), len(d[0])+len(m[0])
	if y := pointYearTwo.FindStringSubmatch(s[n:]); y != nil {
		p.year = 2000 + yearOf(y[1])
		return p, n + len(y[0])
	}
	if y := pointYearTight.FindStringSubmatch(s[n:]); y != nil && tight {
		p.year = yearOf(y[1])
		n += len(y[0])
	}
	return p, n
}

func englishMonth(name string) int { return slices.Index(englishMonths, name[:3]) }

// readEnded reads a number of months up to a given one: nine months ended 30 September, quarter to March 2026.
func readEnded(s string, base kpi.Year) (m periodMark, n int) {
	w := endedWords.FindStringSubmatch(s)
	if w == nil {
		return periodMark{}, 0
	}
	count := map[string]int{"month": 1, "quarter": 3, "half": 6, "half year": 6, "half-year": 6, "year": 12}[w[2]]
	if w[1] != "" {
		if count = slices.Index(englishCounts, w[1]); count < 1 {
			count = atoi(w[1])
		}
	}
	p, k := readPoint(s[len(w[0]):], base)
	if k == 0 || p.doubt != "" || p.month == 0 {
		return periodMark{}, 0
	}
	m, n = p.periodMark, len(w[0])+k
	m.dated, m.first = false, p.month-count+1
	m.sum = m.first == 1 && m.month > 1
	if count < 1 || m.first < 1 {
		m.doubt = "period_years"
	}
	return m, n
}

var endedWords = regexp.MustCompile(`^(?:the\s+)?(?:(\w+)\s+months?|(month|quarter|half(?:[ -]year)?|year|week))\s+(?:ended|ending|to|up to|through)\s+(?:on\s+)?(?:(?:the\s+)?end(?:-|\s+of\s+))?`)

func latinNext(s string) bool { return s != "" && (s[0] >= 'a' && s[0] <= 'z' || digitNext(s)) }
