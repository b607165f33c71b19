package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// Date reads a day as people write it: 2026-06-30, 2026/6/30, 2026.6.30, 2026年6月30日, 26年6月30日,
// 20260630, 二〇二六年六月三十日, 30/6/2026, June 30, 2026, also in full-width digits. A day that does
// not exist is refused, as is anything without a year (date_unreadable), what may be two days
// (date_ambiguous: 1/2/2026), several days (date_two) and days of the lunar calendar (date_lunar);
// nothing at all is date_missing.
func Date(s string) (kpi.Date, error) {
	text, ok := fold(s)
	if !ok {
		return "", refuse("date_unreadable", s)
	}
	if isNoValue(text) {
		return "", refuse("date_missing", s)
	}
	m, err := cellPeriod(text, 0)
	switch {
	case err != nil:
		return "", err
	case !m.dated || m.until || m.year == 0 || besideDay.MatchString(text) && strings.Contains(text, ":"):
		return "", refuse("date_unreadable", s)
	}
	d, ok := m.end(m.year, "")
	if !ok {
		return "", refuse("date_unreadable", s)
	}
	return d, nil
}
