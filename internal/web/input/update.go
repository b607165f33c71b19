package input

import (
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// UpdateTyped is what a person typed, to be shown again if it is refused.
type UpdateTyped struct {
	Unit, Date, Value, Level, Note, Reason string
}

// ReadUpdate reads an update and collects every mistake in it.
func ReadUpdate(ind kpi.Indicator, typed UpdateTyped, today kpi.Date, m kpi.Mistakes) (kpi.NewUpdate, error) {
	n := kpi.NewUpdate{Indicator: ind.Code, Unit: typed.Unit, Level: kpi.LevelValue(typed.Level)}
	var err error
	if typed.Date != "" {
		n.Dated, err = intake.Date(typed.Date)
		m.Check("date", err)
	}
	switch {
	case ind.Kind == kpi.Level && typed.Value != "":
		n.Quantity, err = besideLevel(typed.Value, ind.Measure)
		m.Check("value", err)
	case ind.Kind != kpi.Level && ind.Kind != kpi.Ratio:
		n.Quantity, err = intake.Quantity(typed.Value, ind.Measure)
		m.Check("value", err)
	}
	n.Note, err = intake.Text(typed.Note, kpi.MaxNote)
	m.Check("note", err)
	m.Merge(n.Check(ind, today))
	return n, m.Err()
}

// besideLevel reads what was written beside a level: a number (100%) or only words (全覆盖).
func besideLevel(text string, measure kpi.Measure) (kpi.Quantity, error) {
	if q, err := intake.Quantity(text, measure); err == nil {
		return q, nil
	}
	words, err := intake.Text(text, maxWords)
	return kpi.Quantity{Wording: words}, err
}

// maxWords bounds the words beside a level, in characters.
const maxWords = 60
