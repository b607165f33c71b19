package input

import (
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// UpdateTyped is what a person typed, kept when the form comes back.
type UpdateTyped struct {
	Unit, Date, Value, Level, Note, Reason string
}

// ReadUpdate turns what was typed into an update and collects everything that is wrong with it.
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

// besideLevel is what was written beside a judgement: a number (100%), or only words (全覆盖).
func besideLevel(text string, measure kpi.Measure) (kpi.Quantity, error) {
	if q, err := intake.Quantity(text, measure); err == nil {
		return q, nil
	}
	words, err := intake.Text(text, maxWords)
	return kpi.Quantity{Wording: words}, err
}

// maxWords bounds the words beside a judgement, in characters.
const maxWords = 60
