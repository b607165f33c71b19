package lang

import (
	"fmt"
	"strconv"
	"time"

	"dabiao/internal/kpi"
)

// Date formats a day in full: 2022年12月31日 · 31 December 2022.
func (p Printer) Date(d kpi.Date) string {
	if d == "" {
		return "—"
	}
	t := d.Time()
	if p.Chinese() {
		return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
	}
	return t.Format("2 January 2006")
}

// Day formats a day without its year: 12月31日 · 31 Dec.
func (p Printer) Day(d kpi.Date) string {
	if d == "" {
		return "—"
	}
	t := d.Time()
	if p.Chinese() {
		return strconv.Itoa(int(t.Month())) + "月" + strconv.Itoa(t.Day()) + "日"
	}
	return t.Format("2 Jan")
}

// Month formats a month without its year: 11月 · Nov.
func (p Printer) Month(m int) string {
	if p.Chinese() {
		return strconv.Itoa(m) + "月"
	}
	return time.Month(m).String()[:3]
}

// Period formats a month with its year: 2022年11月 · Nov 2022.
func (p Printer) Period(m kpi.Period) string {
	if p.Chinese() {
		return fmt.Sprintf("%d年%d月", m.Year, m.Month)
	}
	return fmt.Sprintf("%s %d", p.Month(m.Month), m.Year)
}

// AsOf formats the date up to which figures count: 截至2022年12月底 · as of 23 November 2026. If
// entries are reviewed, it says which of them count: 截至2026年11月23日（含待审核数据）. A year to come is 2027年度尚未开始.
func (p Printer) AsOf(a kpi.AsOf) string {
	if !a.Begun() {
		return p.T("as_of_unbegun", int(a.Year))
	}
	text := p.T("as_of", p.Date(a.Date()))
	if p.Chinese() && a.Whole() {
		text = fmt.Sprintf("截至%d年%d月底", a.Year, a.Month)
	}
	if a.Counting.On() {
		text = p.T("as_of_counting", text, p.Counting(a.Counting))
	}
	return text
}

// Counting returns which entries count, in words.
func (p Printer) Counting(r kpi.ReviewRule) string { return p.T("review.counting_" + string(r)) }

// Time formats a moment to the minute in the given zone: 2026-11-23 09:12.
func (p Printer) Time(ms kpi.UnixMilli, zone *time.Location) string {
	return time.UnixMilli(int64(ms)).In(zone).Format("2006-01-02 15:04")
}
