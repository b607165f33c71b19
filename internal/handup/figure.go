package handup

import (
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// NewFigure returns a figure as it is handed up: the months from the office's own sums, the entries as they stand in
// its log. own is the office's indicator, series its months, entries those that count, of all months up to last.
func NewFigure(i Indicator, own kpi.Indicator, series kpi.Series, entries []Entry, first, last int) Figure {
	f := Figure{Indicator: i, Own: Own{own.Code, own.Name, own.NameEn, own.Measure, own.Units}, Months: []Month{},
		Entries: []Entry{}}
	for _, e := range entries {
		month := e.Dated.Period().Month
		if !reads(e.Wording, e.Measure, e.Amount, e.Precision, i.Kind) {
			e.Wording = "" // it does not say the amount, so nobody above is told it
		}
		if month <= last && (month >= first || !i.Kind.Sums()) {
			f.Entries = append(f.Entries, e)
		}
	}
	for month := first; month <= last; month++ {
		if lines := f.lines(own, series, month); len(lines) > 0 {
			f.Months = append(f.Months, Month{month, lines})
		}
	}
	return f
}

// lines returns a month's lines from the office's own sums.
func (f Figure) lines(own kpi.Indicator, series kpi.Series, month int) (lines []Line) {
	t := series[month-1]
	if !f.Kind.Sums() {
		if t.LastDate == "" {
			return nil // no reading of this month: the one before stands
		}
		return []Line{f.reading(own, progress.Through(series, month), t.LastDate)}
	}
	var exactOn kpi.Date
	rest, exact := t.Amount, t.Entries
	for _, e := range f.Entries {
		if e.Dated.Period().Month != month {
			continue
		}
		if e.Precision == "" {
			exactOn = max(exactOn, e.Dated)
			continue
		}
		amount := f.ownAmount(own, e)
		rest, exact = rest-amount, exact-1
		q := quantityOf(Number(f.converted(own.Measure, amount)), e.Precision, f.wording(e))
		lines = append(lines, NewLine(e.Dated, q, ""))
	}
	if exact > 0 {
		lines = slices.Insert(lines, 0, NewLine(exactOn, kpi.Exactly(f.converted(own.Measure, rest)), ""))
	}
	return lines
}

// reading returns the reading that stands after a month, on the day of the month's last.
func (f Figure) reading(own kpi.Indicator, t kpi.Tally, day kpi.Date) Line {
	q := progress.Stated(t)
	if f.Kind == kpi.Level {
		return NewLine(day, kpi.Exactly(0), kpi.LevelOfRank(q.Amount))
	}
	q.Amount = f.converted(own.Measure, q.Amount)
	if id, sole := progress.SoleEntry(t); sole {
		for _, e := range f.Entries {
			if e.ID == id {
				q.Wording = f.wording(e)
			}
		}
	}
	if !reads(q.Wording, f.Measure, Number(q.Amount), q.Precision, f.Kind) {
		q.Wording = ""
	}
	return NewLine(day, q, "")
}

// ownAmount returns an entry's amount in the measure of the office's indicator: the parts of a sum may have others.
func (f Figure) ownAmount(own kpi.Indicator, e Entry) kpi.Amount {
	a, _ := e.Measure.In(own.Measure, kpi.Amount(e.Amount))
	return a
}

// wording returns how an entry was written, where that says the same in the dictionary's measure.
func (f Figure) wording(e Entry) string {
	if e.Measure != f.Measure {
		return ""
	}
	return e.Wording
}
