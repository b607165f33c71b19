package demo

import (
	"fmt"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// explanations explains why some figures of the sample year lag. The column month is relative to
// today's month, days relative to today for the planned day.
func (l *loader) explanations(year kpi.Year) error {
	rows, err := table("sample/explanations.csv")
	if err != nil {
		return err
	}
	for _, r := range rows {
		back, err := r.amount("month")
		if err != nil {
			return err
		}
		days, err := r.count("days")
		if err != nil {
			return err
		}
		month := l.today.Period().Add(int(back / kpi.One))
		if month.Year != year {
			continue
		}
		planned := kpi.DateOf(l.today.Time().Add(time.Duration(days) * 24 * time.Hour))
		_, err = l.app.ExplainIndicator(l.ctx, l.actors[kpi.Staff], year,
			app.NewExplanation{Indicator: r["indicator"], Unit: l.root(),
				Month: &month, Reason: r["reason"], Next: r["next"], Planned: planned})
		if err != nil {
			return fmt.Errorf("explain %s: %w", r["indicator"], err)
		}
	}
	return nil
}
