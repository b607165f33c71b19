package intake

import (
	"slices"
	"strings"
)

// readPart reads a part of a year: quarters, halves, first months.
func readPart(s string) (p point, n int) {
	if m := pointFirstN.FindStringSubmatch(s); m != nil {
		return firstMonths(m)
	}
	if m := pointTwo.FindString(s); m != "" {
		return point{periodMark: periodMark{doubt: "date_two"}}, len(m)
	}
	for _, read := range []func(string) (point, int){readQuarters, readMonths, readQuarter, readHalf} {
		if p, n = read(s); n > 0 {
			return p, n
		}
	}
	if m := pointWhole.FindString(s); m != "" {
		return point{periodMark: periodMark{span: span{first: 1, month: 12, sum: true}, whole: true}, ends: true}, len(m)
	}
	if p, n = readMonth(s); n > 0 {
		return p, n
	}
	return readEnglish(s)
}

// firstMonths returns the period of a match of pointFirstN: 前9个月, the first nine months.
func firstMonths(m []string) (p point, n int) {
	count := monthOf(m[1])
	if m[2] != "" {
		if count = slices.Index(englishCounts, m[2]); count < 0 {
			count = atoi(m[2])
		}
	}
	if count >= 1 && count <= 12 {
		return spanPoint(1, count), len(m[0])
	}
	return point{}, 0
}

// readQuarters reads a range of quarters: 1-3季度.
func readQuarters(s string) (p point, n int) {
	m := pointQRange.FindStringSubmatch(s)
	if m == nil {
		return point{}, 0
	}
	from, to := monthOf(m[1]), monthOf(m[2])
	p = spanPoint(3*from-2, 3*to)
	p.ends = true
	if from >= to {
		p.doubt = "period_reversed"
	}
	return p, len(m[0])
}

// readMonths reads a range of months with a single 月: 1-9月.
func readMonths(s string) (p point, n int) {
	m := pointMRange.FindStringSubmatch(s)
	if m == nil || monthOf(m[1]) < 1 || monthOf(m[1]) > 12 || strings.Contains(m[0], "月") {
		return point{}, 0
	}
	right := pointMonth.FindStringSubmatch(s[len(m[0]):])
	if right == nil {
		return point{}, 0
	}
	from := monthPoint(0, monthOf(m[1]))
	to, k := readMonth(s[len(m[0]):])
	if k == 0 || to.doubt != "" {
		return to, len(m[0]) + len(right[0])
	}
	p.periodMark = joined(from, to)
	p.ends = true
	return p, len(m[0]) + k
}

// readQuarter reads a quarter, or the first quarters of a year: 前三季度.
func readQuarter(s string) (p point, n int) {
	m := pointQuarter.FindStringSubmatch(s)
	if m == nil {
		return point{}, 0
	}
	n = len(m[0])
	if m[1] != "" {
		k := monthOf(m[2])
		if k < 1 || k > 4 {
			return point{}, 0
		}
		p = spanPoint(1, 3*k)
	} else {
		q := monthOf(m[3] + m[4] + m[5] + m[6])
		p = spanPoint(3*q-2, 3*q)
	}
	n += len(atEnd(s[n:]))
	if m[5] != "" || m[6] != "" {
		return p.tightYear(s, n)
	}
	return p, n
}

// readHalf reads a half of a year.
func readHalf(s string) (p point, n int) {
	m := pointHalf.FindStringSubmatch(s)
	if m == nil {
		return point{}, 0
	}
	n = len(m[0])
	if m[3] != "" || m[4] != "" {
		first := 7
		if m[3]+m[4] == "1" {
			first = 1
		}
		return spanPoint(first, first+5).tightYear(s, n)
	}
	n += len(atEnd(s[n:]))
	if m[1] != "" {
		return spanPoint(1, 6), n
	}
	return spanPoint(7, 12), n
}
