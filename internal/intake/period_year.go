package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// plausible reports whether two digits before 年 are a year: 25年 is, 70年 is a duration.
func plausible(year, base kpi.Year) bool { return base != 0 && year >= base-3 && year <= base+1 }

// yearNamed returns the year of a match of pointYear; named reports that it is written with 年, an apostrophe or
// words.
func yearNamed(m []string, base kpi.Year) (year kpi.Year, named bool) {
	switch {
	case m[1] != "":
		if year = yearOf(m[1]); year < 1900 || year > 2999 {
			return 0, false
		}
		return year, strings.Contains(m[0], "年")
	case m[2] != "":
		return 2000 + yearOf(m[2]), true
	case m[3] != "":
		return 2000 + yearOf(m[3]), true
	case m[4] != "":
		for _, r := range m[4] {
			year = 10*year + kpi.Year(digitsZh[r])
		}
		if year < 100 {
			year += 2000
		}
		return year, true
	case base == 0:
		return 0, false
	}
	switch word := strings.TrimSuffix(m[5], "度"); {
	case strings.HasPrefix(word, "前"):
		return base - 2, true
	case strings.HasPrefix(word, "去") || strings.HasPrefix(word, "上"):
		return base - 1, true
	case strings.HasPrefix(word, "明") || strings.HasPrefix(word, "下") || strings.HasPrefix(word, "次"):
		return base + 1, true
	}
	return base, true
}
