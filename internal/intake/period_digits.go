package intake

import (
	"strings"
)

// readNumericDay reads days and months written in digits only.
func readNumericDay(s string) (p point, n int) {
	if m := pointISO.FindStringSubmatch(s); m != nil && m[2] == m[4] && !digitNext(s[len(m[0]):]) {
		return dayPoint(yearOf(m[1]), atoi(m[3]), atoi(m[5])), len(m[0])
	}
	if m := pointCompact.FindStringSubmatch(s); m != nil && !digitNext(s[len(m[0]):]) {
		if year := yearOf(m[1]); year >= 1900 && year < 2100 && atoi(m[2]) >= 1 && atoi(m[2]) <= 12 {
			if m[3] == "" {
				return monthPoint(year, atoi(m[2])), len(m[0])
			}
			return dayPoint(year, atoi(m[2]), atoi(m[3])), len(m[0])
		}
	}
	if m := pointWestern.FindStringSubmatch(s); m != nil && m[2] == m[4] && !digitNext(s[len(m[0]):]) {
		a, b := atoi(m[1]), atoi(m[3])
		switch {
		case a > 12:
			return dayPoint(yearOf(m[5]), b, a), len(m[0])
		case b > 12 || a == b:
			return dayPoint(yearOf(m[5]), a, b), len(m[0])
		}
		return point{periodMark: periodMark{doubt: "date_ambiguous"}}, len(m[0])
	}
	if m := pointMY.FindStringSubmatch(s); m != nil && !digitNext(s[len(m[0]):]) && atoi(m[1]) >= 1 && atoi(m[1]) <= 12 {
		return monthPoint(yearOf(m[2]), atoi(m[1])), len(m[0])
	}
	if p, n = readDays(s); n > 0 {
		return p, n
	}
	if m := pointYM.FindStringSubmatch(s); m != nil && !digitNext(s[len(m[0]):]) {
		year, month := yearOf(m[1]), atoi(m[2])
		rest := s[len(m[0]):]
		n = len(m[0])
		if strings.HasPrefix(rest, "月") {
			n += len("月")
		}
		if month >= 1 && month <= 12 && year >= 1900 && year < 3000 && !strings.HasPrefix(rest, "季") &&
			!strings.HasPrefix(rest, "%") {
			p = monthPoint(year, month)
			p.numeric = true
			return p, n
		}
	}
	return point{}, 0
}

// readDays reads ranges such as 10.1-10.31 and 9.26-10.25. They must begin with a month or end in its second half,
// so that 1.5-2.5 is not a range of days.
func readDays(s string) (p point, n int) {
	m := pointDays.FindStringSubmatchIndex(s)
	if m == nil {
		return point{}, 0
	}
	at := func(i int) int { return atoi(s[m[2*i]:m[2*i+1]]) }
	from, to := dayPoint(0, at(1), at(2)), dayPoint(0, at(3), at(4))
	if from.doubt != "" || to.doubt != "" || at(2) != 1 && at(4) < 16 {
		return point{}, 0
	}
	return point{periodMark: joined(from, to), ends: true}, m[9]
}
