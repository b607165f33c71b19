package input

import (
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// ReadScore reads a manual score. Without points, the rules' proposal holds.
func ReadScore(indicator, points, reason string) (app.NewScore, error) {
	n := app.NewScore{Indicator: indicator}
	var m kpi.Mistakes
	if points = strings.TrimSpace(points); points != "" {
		if p, ok := ReadPercent(&m, "score", points); ok {
			n.Points = &p
		}
	}
	text, err := intake.Text(reason, kpi.MaxNote)
	if m.Check("reason", err) {
		n.Reason = text
	}
	if m.Err() != nil {
		m.Merge(kpi.CheckReason(n.Reason))
	}
	return n, m.Err()
}
