package store

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/kpi"
)

// What is asked for each entry that is logged, answered by what the transaction knows and has not sent yet. It asks for
// the rest, in each method's own words.

// mostKnown is how many figures are asked by way of the working set: to know more would cost more than asking again.
const mostKnown = 1000

// wanted returns the working set if it is to answer for so many figures.
func (r *Reader) wanted(figures int) *workingSet {
	if figures > mostKnown {
		return nil
	}
	return r.tx.work
}

// figureYears lists the figures of some units and indicators in a year.
func figureYears(y kpi.Year, units []kpi.UnitID, indicators []kpi.IndicatorID) []FigureYear {
	out := make([]FigureYear, 0, len(units)*len(indicators))
	for _, unit := range units {
		for _, id := range indicators {
			out = append(out, FigureYear{FigureKey{unit, id}, y})
		}
	}
	return out
}

// answer returns what a key was used for.
func (r *Reader) answer(d *workingSet, id answerID, ask func() (answer, error)) (answer, error) {
	for _, l := range []*writeSet{&d.own, &d.base} {
		if a, ok := l.answers[id]; ok {
			return a, nil
		}
	}
	for range missing(d, d.answers, func(w *wants) *[]answerID { return &w.answers }, []answerID{id}) {
		err := r.tx.before(func() (err error) { d.answers[id], err = ask(); return err })
		if err != nil {
			delete(d.answers, id)
			return answer{}, err
		}
	}
	return d.answers[id], nil
}

// monthsOf returns the stored months of some figures of a year.
func (r *Reader) monthsOf(ctx context.Context, d *workingSet, y kpi.Year, units []kpi.UnitID,
	indicators []kpi.IndicatorID) (Sums, error) {
	figures := figureYears(y, units, indicators)
	if len(missing(d, d.months, func(w *wants) *[]FigureYear { return &w.months }, figures)) > 0 {
		found, err := r.storedMonths(ctx, y, units, indicators)
		if err != nil {
			return nil, err
		}
		for _, f := range figures {
			d.months[f] = found[f.FigureKey]
			delete(d.parsed, f)
		}
	}
	out := make(Sums, len(figures))
	for _, f := range figures {
		series, ok := d.own.months[f]
		if !ok {
			series, ok = d.base.months[f]
		}
		if ok {
			out[f.FigureKey] = series
			continue
		}
		if stored, err := d.seriesOf(f); err != nil {
			return nil, err
		} else if stored != nil {
			out[f.FigureKey] = stored
		}
	}
	return out, nil
}

// seriesOf returns the months of a figure that are known, nil if there are none.
func (d *workingSet) seriesOf(f FigureYear) (*kpi.Series, error) {
	if series, ok := d.parsed[f]; ok {
		return series, nil
	}
	months := d.months[f]
	if months == "" {
		return nil, nil //nolint:nilnil // there are none
	}
	series, err := months.Series(f.Year)
	if err != nil {
		return nil, err
	}
	put(&d.parsed, f, &series)
	return &series, nil
}

// storedMonths reads the months of some figures as they were before anything that is not sent yet.
func (r *Reader) storedMonths(ctx context.Context, y kpi.Year, units []kpi.UnitID,
	indicators []kpi.IndicatorID) (map[FigureKey]Months, error) {
	type row struct {
		FigureKey
		months Months
	}
	where, args := figuresOf(y, units, indicators)
	out := map[FigureKey]Months{}
	err := r.tx.before(func() error {
		rows, err := all(ctx, r, func(s scanner) (v row, err error) {
			err = s.Scan(&v.Unit, &v.Indicator, &v.months)
			return v, err
		}, `SELECT unit_id, indicator_id, months FROM rollups `+where, args...)
		for _, v := range rows {
			out[v.FigureKey] = v.months
		}
		return err
	})
	return out, err
}

// latestLogs returns the latest entries of some figures.
func (r *Reader) latestLogs(ctx context.Context, d *workingSet,
	figures []FigureYear) (map[FigureKey][]kpi.Update, error) {
	if absent := missing(d, d.logs, func(w *wants) *[]FigureYear { return &w.logs }, figures); len(absent) > 0 {
		var found map[FigureKey][]kpi.Update
		err := r.tx.before(func() (err error) { found, err = r.storedLogs(ctx, absent); return err })
		if err != nil {
			return nil, err
		}
		for _, f := range absent {
			d.logs[f] = ofYear(found[f.FigureKey], f.Year)
			d.rows += len(d.logs[f])
		}
	}
	out := make(map[FigureKey][]kpi.Update, len(figures))
	for _, f := range figures {
		log := d.own.logWith(d.base.logWith(d.logs[f], f), f)
		switch other := out[f.FigureKey]; {
		case len(log) == 0:
		case len(other) == 0:
			out[f.FigureKey] = slices.Clip(log)
		default:
			if byDate(log[len(log)-1], other[0]) < 0 { // one year lies before the other
				other, log = log, other
			}
			both := slices.Concat(other, log)
			if byDate(other[len(other)-1], log[0]) > 0 {
				slices.SortFunc(both, byDate)
			}
			out[f.FigureKey] = both
		}
	}
	return out, nil
}

func ofYear(log []kpi.Update, y kpi.Year) []kpi.Update {
	return slices.DeleteFunc(slices.Clone(log), func(u kpi.Update) bool { return u.Dated.Year() != y })
}

// wholeLog returns all of a year's entries of a figure, if they are few; ok is false if they are not.
func (r *Reader) wholeLog(ctx context.Context, d *workingSet, f FigureYear) (log []kpi.Update, ok bool, err error) {
	found, err := r.latestLogs(ctx, d, []FigureYear{f})
	return found[f.FigureKey], len(found[f.FigureKey]) < FigureReach, err
}

// targetsOf returns the history of some figures' targets, oldest first.
func (r *Reader) targetsOf(d *workingSet, figures []FigureYear,
	ask func() ([]kpi.Target, error)) (out []kpi.Target, err error) {
	if len(missing(d, d.targets, func(w *wants) *[]FigureYear { return &w.targets }, figures)) > 0 {
		var found []kpi.Target
		if err := r.tx.before(func() (err error) { found, err = ask(); return err }); err != nil {
			return nil, err
		}
		for _, f := range figures {
			d.targets[f] = nil
		}
		for _, t := range found {
			f := FigureYear{FigureKey{t.Unit, t.Indicator}, t.Year}
			d.targets[f] = append(d.targets[f], t)
		}
	}
	for _, f := range figures {
		out = append(out, d.targets[f]...)
	}
	slices.SortFunc(out, func(a, b kpi.Target) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

// dayBelow returns the entries of a day directly below a unit.
func (r *Reader) dayBelow(d *workingSet, k dayBelow, ask func() ([]kpi.Update, error)) ([]kpi.Update, error) {
	for range missing(d, d.days, func(w *wants) *[]dayBelow { return &w.days }, []dayBelow{k}) {
		var found []kpi.Update
		if err := r.tx.before(func() (err error) { found, err = ask(); return err }); err != nil {
			return nil, err
		}
		d.days[k] = found
		d.rows += len(found)
	}
	return slices.Clip(d.own.dayWith(d.base.dayWith(d.days[k], k), k)), nil
}

// number returns the next number of a row.
func (w *Writer) number(ctx context.Context, of func(*lastIDs) *int64) (int64, error) {
	d := w.tx.work
	if !d.last.read && d.rehearsing == nil {
		err := w.tx.before(func() error { return w.tx.one(ctx, w.tx.askNumbers()) })
		if err != nil {
			return 0, err
		}
	}
	n := of(&d.last)
	*n++
	return *n, nil
}

// askNumbers reads the last number that each table gave a row.
func (c *conn) askNumbers() query {
	return query{text: c.dialect.lastNumbers, row: func(s scanner) error {
		n := &c.work.last
		n.read = true
		return s.Scan(&n.updates, &n.reviews, &n.audit)
	}}
}
