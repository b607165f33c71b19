package kpi

import (
	"fmt"
	"time"
)

// Date is a calendar day, "2022-12-31". The zero value "" is no date.
type Date string

// ParseDate reads YYYY-MM-DD and refuses days that do not exist (date_unreadable).
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2999 {
		return "", Refuse(Invalid, "date_unreadable", s)
	}
	return Date(s), nil
}

// DateOf is the day of t in t's own time zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Time is the day's midnight, UTC. It panics on a Date that ParseDate did not make.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		panic("kpi: Date not made by ParseDate: " + string(d))
	}
	return t
}

// Year is the year the day lies in.
func (d Date) Year() Year { return Year(digits(d[:4])) }

// Period is the month the day lies in.
func (d Date) Period() Period { return Period{Year: d.Year(), Month: digits(d[5:7])} }

// Day is the day of the month.
func (d Date) Day() int { return digits(d[8:]) }

// digits reads a part of a Date. A load asks for a million of them, so time.Parse is not.
func digits(part Date) (n int) {
	for _, c := range []byte(part) {
		n = 10*n + int(c-'0')
	}
	return n
}

// Year is a calendar year, such as 2022.
type Year int

// End is the last day of the year.
func (y Year) End() Date { return Period{y, 12}.End() }

// Period is one month of a year.
type Period struct {
	Year  Year
	Month int // 1 to 12
}

// ParsePeriod reads YYYY-MM (month_unreadable).
func ParsePeriod(s string) (Period, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 1900 || t.Year() > 2999 {
		return Period{}, Refuse(Invalid, "month_unreadable", s)
	}
	return Period{Year(t.Year()), int(t.Month())}, nil
}

// String is "2022-11".
func (p Period) String() string { return fmt.Sprintf("%04d-%02d", p.Year, p.Month) }

// Days is how many days the month has.
func (p Period) Days() int {
	return time.Date(int(p.Year), time.Month(p.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// On is a day of the month.
func (p Period) On(day int) Date {
	b := []byte("0000-00-00")
	n := (int(p.Year)*100+p.Month)*100 + day
	for _, at := range [...]int{9, 8, 6, 5, 3, 2, 1, 0} { // a board asks for thousands, so fmt is not
		b[at], n = byte('0'+n%10), n/10
	}
	return Date(b)
}

// Start is the month's first day.
func (p Period) Start() Date { return p.On(1) }

// End is the month's last day.
func (p Period) End() Date { return p.On(p.Days()) }

// Add is the month n months later.
func (p Period) Add(n int) Period {
	i := int(p.Year)*12 + p.Month - 1 + n
	return Period{Year(i / 12), i%12 + 1}
}

// AsOf says up to when figures are taken: all updates of the months up to Month, and the plan up
// to Day. A finished month is taken whole; the running month is taken to today, so that a figure
// logged this morning counts and the plan is not asked for days that have not come.
type AsOf struct {
	Period
	Day      int        // 1 … Days(); the last day for a finished month
	Counting ReviewRule // which entries are in the figures; "" where nothing can wait
}

// MonthEnd takes a month whole.
func MonthEnd(p Period) AsOf { return AsOf{Period: p, Day: p.Days()} }

// Whole reports whether the month is taken to its end.
func (a AsOf) Whole() bool { return a.Day == a.Days() }

// Date is the day figures are taken to.
func (a AsOf) Date() Date { return a.On(a.Day) }

// AsOfToday is the natural "as of" of a year seen from today: today within the year, the year's
// end afterwards, and 1 January before it has begun.
func AsOfToday(y Year, today Date) AsOf {
	switch {
	case today.Year() > y:
		return MonthEnd(Period{y, 12})
	case today.Year() < y:
		return AsOf{Period: Period{y, 1}, Day: 1}
	}
	return AsOf{Period: today.Period(), Day: today.Day()}
}

// AsOfMonth is a chosen month of a year; the running month is taken to today.
func AsOfMonth(p Period, today Date) AsOf {
	if p == today.Period() {
		return AsOfToday(p.Year, today)
	}
	return MonthEnd(p)
}
