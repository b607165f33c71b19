package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

var (
	dateForms = []*regexp.Regexp{
		regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})[.。](\d{1,2})[.。](\d{1,2})$`),
		regexp.MustCompile(`^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]$`),
		regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`),
	}
	dateChinese = regexp.MustCompile(`^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})[日号]$`)
)

// Date reads a day as people write it: 2026-06-30, 2026/6/30, 2026.6.30, 2026年6月30日, 20260630,
// 二〇二六年六月三十日, also in full-width digits. A day that does not exist is refused, as is
// anything without a year (date_unreadable); nothing at all is date_missing.
func Date(s string) (kpi.Date, error) {
	text, ok := fold(s)
	if !ok {
		return "", refuse("date_unreadable", s)
	}
	if isNoValue(text) {
		return "", refuse("date_missing", s)
	}
	year, month, day, ok := dateParts(dashes.Replace(text))
	if !ok {
		return "", refuse("date_unreadable", s)
	}
	d, err := kpi.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	if err != nil {
		return "", refuse("date_unreadable", s)
	}
	return d, nil
}

func dateParts(s string) (year, month, day int, ok bool) {
	for _, form := range dateForms {
		if m := form.FindStringSubmatch(s); m != nil {
			year, _ = strconv.Atoi(m[1])
			month, _ = strconv.Atoi(m[2])
			day, _ = strconv.Atoi(m[3])
			return year, month, day, true
		}
	}
	m := dateChinese.FindStringSubmatch(strings.ReplaceAll(s, " ", ""))
	if m == nil {
		return 0, 0, 0, false
	}
	var parts [3]int
	for i, text := range m[1:] {
		whole, _, _, bare, readable := numeral(text)
		if !readable || bare {
			return 0, 0, 0, false
		}
		parts[i], _ = strconv.Atoi(whole)
	}
	return parts[0], parts[1], parts[2], true
}
