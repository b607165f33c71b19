package input

import (
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// ReadExplanation reads the month and the planned day; both may be empty.
func ReadExplanation(month, planned string) (n app.NewExplanation, err error) {
	var m kpi.Mistakes
	if month = strings.TrimSpace(month); month != "" {
		p, err := kpi.ParsePeriod(month)
		if m.Check("month", err) {
			n.Month = &p
		}
	}
	if planned = strings.TrimSpace(planned); planned != "" {
		n.Planned, err = intake.Date(planned)
		m.Check("planned", err)
	}
	return n, m.Err()
}
