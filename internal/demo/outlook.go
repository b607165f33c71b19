package demo

import (
	"fmt"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// outlooks states for some indicators whether they can reach their targets: at the end of a past month,
// or, for month 0, now.
func (l *loader) outlooks(year kpi.Year) error {
	rows, err := table("sample/outlooks.csv")
	if err != nil {
		return err
	}
	now := l.today.Period()
	for _, r := range rows {
		month, err := r.count("month")
		if err != nil {
			return err
		}
		if month == 0 {
			month = now.Month
		}
		if month > now.Month {
			continue
		}
		n := app.NewOutlook{Indicator: r["indicator"], Month: kpi.Period{Year: year, Month: month},
			Possibility: kpi.Possibility(r["possibility"]),
			Reason:      r["reason"], Remark: r["remark"]}
		for _, cause := range strings.Fields(r["causes"]) {
			n.Causes = append(n.Causes, kpi.Cause(cause))
		}
		if _, err := l.app.SetOutlook(l.ctx, l.actors[kpi.Staff], year, n); err != nil {
			return fmt.Errorf("outlook of %s: %w", n.Indicator, err)
		}
	}
	return nil
}
