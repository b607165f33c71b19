package intake

import (
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

func yearOf(s string) kpi.Year {
	n, _ := strconv.Atoi(s) //nolint:errcheck // the patterns allow at most four digits; none is year 0
	return kpi.Year(n)
}

var (
	// what a cell may contain beside its day: a time, the day of the week
	besideDay = regexp.MustCompile(`(?:\s+|t)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$|\s*\(?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*\)?$`)
	shortDay  = regexp.MustCompile(`^(\d{1,2})([./])(\d{1,2})(?:\s?(?:-|~|至|到)\s?(?:(\d{1,2})[./])?(\d{1,2}))?$`)
	weekday   = regexp.MustCompile(`^\(?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\)?\.?,?\s+|,?\s*\(?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\)?$`)
	lunar     = regexp.MustCompile(`正月|腊月|冬月|农历|闰.{1,2}月|初[一二三四五六七八九十]`)
	dayWords  = regexp.MustCompile(`^(?:自|于|在|日期[:：]?|止|份|度|期间|内|[()])*$`)
)

// cellPeriod reads a cell that is only a period. Refusals: date_unreadable, date_two, date_deadline,
// date_ambiguous, date_lunar.
func cellPeriod(text string, base kpi.Year) (periodMark, error) {
	folded := besideDay.ReplaceAllString(strings.TrimSpace(foldPeriod(text)), "")
	p := readPeriods(weekday.ReplaceAllString(folded, ""), base)
	if m := shortDay.FindStringSubmatch(p.text); m != nil {
		return shortPeriod(m, text)
	}
	if lunar.MatchString(p.text) {
		return periodMark{}, refuse("date_lunar", text)
	}
	var kept []periodMark
	for _, m := range p.marks {
		switch {
		case m.doubt == "date_ambiguous" || m.doubt == "date_two":
			return m, refuse(m.doubt, text)
		case m.deadline:
			return m, refuse("date_deadline", text)
		case m.doubt != "":
			return m, refuse("date_unreadable", text)
		}
		kept = append(kept, m)
	}
	switch {
	case len(kept) > 1:
		return periodMark{}, refuse("date_two", text)
	case len(kept) == 0 || !dayWords.MatchString(strings.TrimSpace(p.bare())):
		return periodMark{}, refuse("date_unreadable", text)
	}
	return kept[0], nil
}

// shortPeriod reads 10/31, 10.31 and 10.1-10.31 as month and day, as is usual here. 3/8 with a slash is a different
// day elsewhere.
func shortPeriod(m []string, text string) (periodMark, error) {
	from := dayPoint(0, atoi(m[1]), atoi(m[3]))
	to := from
	switch {
	case m[5] == "" && m[2] == "/" && atoi(m[3]) <= 12 && m[1] != m[3]:
		return periodMark{}, refuse("date_ambiguous", text)
	case m[5] != "" && m[4] != "":
		to = dayPoint(0, atoi(m[4]), atoi(m[5]))
	case m[5] != "":
		to = dayPoint(0, from.month, atoi(m[5]))
	}
	out := to.periodMark
	if m[5] != "" {
		out = joined(from, to)
	}
	if from.doubt != "" || out.doubt != "" {
		return out, refuse("date_unreadable", text)
	}
	return out, nil
}

// spanCell reads the period of a figure and its last day: a date, a serial number, a period (today if its last
// month is running), a day without its year.
func spanCell(c Cell, y kpi.Year, today kpi.Date, from1904 bool) (span, kpi.Date, error) {
	text := strings.TrimSpace(foldPeriod(c.Text))
	if n := atoi(text); n >= 1 && n <= 12 {
		return span{first: n, month: n}, monthEnd(kpi.Period{Year: y, Month: n}, today), nil
	}
	if whole, _, point := strings.Cut(text, "."); c.Kind == CellNumber {
		if day, ok := serialDate(text, from1904); ok && len(whole) == 5 {
			d := kpi.DateOf(day)
			return span{first: d.Period().Month, month: d.Period().Month, day: day.Day()}, d, nil
		}
		if point { // a spreadsheet turns 2026.10 and 10.10 into 2026.1 and 10.1
			return span{}, "", refuse("date_as_number", c.Text)
		}
	}
	if SaysNoValue(c.Text) {
		return span{}, "", refuse("date_missing", c.Text)
	}
	m, err := cellPeriod(c.Text, y)
	if err != nil {
		return span{}, "", err
	}
	d, ok := m.end(y, today)
	if !ok {
		return span{}, "", refuse("date_unreadable", c.Text)
	}
	return m.span, d, nil
}

// monthEnd returns the last day of a month, or today if the month is running.
func monthEnd(p kpi.Period, today kpi.Date) kpi.Date {
	if today != "" && today.Period() == p {
		return today
	}
	return p.End()
}
