package kpi

import (
	"fmt"
	"time"
)

// Date is a calendar day as YYYY-MM-DD: "2022-12-31". The zero value "" means no date.
type Date string

// ParseDate parses YYYY-MM-DD and refuses days that do not exist or lie outside the years 1900 to 2999
// (date_unreadable).
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2999 {
		return "", Refuse(Invalid, "date_unreadable", s)
	}
	return Date(s), nil
}

// DateOf returns the day of t in t's own time zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Time returns midnight UTC of the day. It panics if d is not a date.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		panic("kpi: Date not made by ParseDate: " + string(d))
	}
	return t
}

// Year returns the year of d.
func (d Date) Year() Year { return Year(digits(d[:4])) }

// Period returns the month of d.
func (d Date) Period() Period { return Period{Year: d.Year(), Month: digits(d[5:7])} }

// Day returns the day of the month.
func (d Date) Day() int { return digits(d[8:]) }

// digits reads a numeric part of a Date. Loading the log does this millions of times, hence not
// time.Parse.
func digits(part Date) (n int) {
	for _, c := range []byte(part) {
		n = 10*n + int(c-'0')
	}
	return n
}

// Year is a calendar year, such as 2022.
type Year int

// End returns the last day of the year.
func (y Year) End() Date { return Period{y, 12}.End() }

// Period is one month of a year.
type Period struct {
	Year  Year
	Month int // 1 to 12
}

// ParsePeriod parses YYYY-MM and refuses months that do not exist or lie outside the years 1900 to 2999
// (month_unreadable).
func ParsePeriod(s string) (Period, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 1900 || t.Year() > 2999 {
		return Period{}, Refuse(Invalid, "month_unreadable", s)
	}
	return Period{Year(t.Year()), int(t.Month())}, nil
}

// String formats p as YYYY-MM: "2022-11".
func (p Period) String() string { return fmt.Sprintf("%04d-%02d", p.Year, p.Month) }

// Days returns the number of days in the month.
func (p Period) Days() int {
	return time.Date(int(p.Year), time.Month(p.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// On returns the given day of the month.
func (p Period) On(day int) Date {
	b := []byte("0000-00-00")
	n := (int(p.Year)*100+p.Month)*100 + day
	for _, at := range [...]int{9, 8, 6, 5, 3, 2, 1, 0} { // a board calls this thousands of times, hence not fmt
		b[at], n = byte('0'+n%10), n/10
	}
	return Date(b)
}

// Start returns the first day of the month.
func (p Period) Start() Date { return p.On(1) }

// End returns the last day of the month.
func (p Period) End() Date { return p.On(p.Days()) }

// Add returns the month n months later.
func (p Period) Add(n int) Period {
	i := int(p.Year)*12 + p.Month - 1 + n
	return Period{Year(i / 12), i%12 + 1}
}

// AsOf is the point up to which figures are computed: all updates of the months up to Month, and the
// plan up to Day. A finished month counts whole; the running month counts up to today, so that a figure
// logged this morning is included and the plan expects nothing for days to come.
type AsOf struct {
	Period
	Day      int        // 1 … Days(); the last day for a finished month; 0 before the year's first day
	Counting ReviewRule // which entries are included in the figures; "" where none can be awaiting review
}

// MonthEnd returns the end of the month p.
func MonthEnd(p Period) AsOf { return AsOf{Period: p, Day: p.Days()} }

// Whole reports whether the month counts to its end.
func (a AsOf) Whole() bool { return a.Day == a.Days() }

// Date returns the day up to which the plan counts, in a year to come its first.
func (a AsOf) Date() Date { return a.On(max(a.Day, 1)) }

// Begun reports whether the year has begun. The plan of one that has not expects nothing, and nothing is as of a day.
func (a AsOf) Begun() bool { return a.Day > 0 }

// AsOfToday returns the AsOf for the year y on the day today: today within the year, the year's end
// afterwards, January without a day before it begins.
func AsOfToday(y Year, today Date) AsOf {
	switch {
	case today.Year() > y:
		return MonthEnd(Period{y, 12})
	case today.Year() < y:
		return AsOf{Period: Period{y, 1}}
	}
	return AsOf{Period: today.Period(), Day: today.Day()}
}

// AsOfMonth returns the AsOf for the month p: today if p is the current month, else its end.
func AsOfMonth(p Period, today Date) AsOf {
	if p == today.Period() {
		return AsOfToday(p.Year, today)
	}
	return MonthEnd(p)
}
