package input

import (
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// ReadFormAmount reads an amount in a column's measure, as it is kept; ok is false if there is none.
func ReadFormAmount(m *kpi.Mistakes, field, text string, c kpi.FormColumn) (a kpi.Amount, ok bool) {
	if strings.TrimSpace(text) == "" {
		return 0, false
	}
	a, err := intake.Number(text)
	if !m.Check(field, err) {
		return 0, false
	}
	if a, ok = c.Kept(a); !ok {
		m.Add(field, "number_too_precise", text, kpi.AmountDecimals)
	}
	return a, ok
}
