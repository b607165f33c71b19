package store

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// UnitSeries returns the twelve months of every indicator for a unit and all below it.
func (r *Reader) UnitSeries(ctx context.Context, y kpi.Year, unit kpi.UnitID) (map[kpi.IndicatorID]kpi.Series, error) {
	return collect(ctx, r, func(k FigureKey) kpi.IndicatorID { return k.Indicator },
		`WHERE unit_id = $1 AND year = $2`, unit, y)
}

// Months is the stored form of the twelve months of one figure, "" if there are none. Equal strings
// hold equal tallies.
type Months string

// Series parses the months of a year.
func (m Months) Series(y kpi.Year) (kpi.Series, error) {
	if m == "" {
		return kpi.Series{}, nil
	}
	return parseSeries(string(m), y)
}

// UnitMonths returns the stored months of every indicator for a unit and all below it, for a year and
// the previous one.
func (r *Reader) UnitMonths(ctx context.Context, unit kpi.UnitID, y kpi.Year) (this,
	last map[kpi.IndicatorID]Months, err error) {
	rows, err := r.tx.QueryContext(ctx,
		`SELECT indicator_id, year, months FROM rollups WHERE unit_id = $1 AND year IN ($2, $3)`, unit, y, y-1)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	this, last = map[kpi.IndicatorID]Months{}, map[kpi.IndicatorID]Months{}
	for rows.Next() {
		var id kpi.IndicatorID
		var year kpi.Year
		var months Months
		if err := rows.Scan(&id, &year, &months); err != nil {
			return nil, nil, err
		}
		if year == y {
			this[id] = months
		} else {
			last[id] = months
		}
	}
	return this, last, rows.Err()
}

// UnitsSeries is like UnitSeries for several units.
func (r *Reader) UnitsSeries(ctx context.Context, y kpi.Year, units []kpi.UnitID) (map[FigureKey]kpi.Series, error) {
	if len(units) == 0 {
		return nil, nil
	}
	marks, args := list(units)
	return collect(ctx, r, func(k FigureKey) FigureKey { return k },
		fmt.Sprintf(`WHERE unit_id IN (%s) AND year = $%d`, marks, len(args)+1), append(args, y)...)
}

// ChildSeries returns the twelve months of one indicator for each unit directly below parent.
func (r *Reader) ChildSeries(ctx context.Context, y kpi.Year, id kpi.IndicatorID,
	parent kpi.UnitID) (map[kpi.UnitID]kpi.Series, error) {
	return collect(ctx, r, func(k FigureKey) kpi.UnitID { return k.Unit },
		`WHERE indicator_id = $1 AND year = $2 AND unit_id IN (SELECT id FROM units WHERE parent_id = $3)`, id, y, parent)
}

// Sums are the twelve months of figures that have any. Nobody may change them.
type Sums map[FigureKey]*kpi.Series

// Of returns the months of a figure.
func (s Sums) Of(k FigureKey) (out kpi.Series) {
	if series := s[k]; series != nil {
		return *series
	}
	return out
}

// IndicatorSeries returns the twelve months of one indicator for every unit that has any.
func (r *Reader) IndicatorSeries(ctx context.Context, y kpi.Year,
	id kpi.IndicatorID) (map[kpi.UnitID]kpi.Series, error) {
	return collect(ctx, r, func(k FigureKey) kpi.UnitID { return k.Unit }, `WHERE year = $1 AND indicator_id = $2`, y, id)
}

// FiguresSeries returns the twelve months of the given indicators for each of the given units.
func (r *Reader) FiguresSeries(ctx context.Context, y kpi.Year, units []kpi.UnitID,
	indicators []kpi.IndicatorID) (Sums, error) {
	if d := r.wanted(len(units) * len(indicators)); d != nil {
		return r.monthsOf(ctx, d, y, units, indicators)
	}
	where, args := figuresOf(y, units, indicators)
	found, err := collect(ctx, r, func(k FigureKey) FigureKey { return k }, where, args...)
	out := make(Sums, len(found))
	for k, series := range found {
		out[k] = &series
	}
	return out, err
}

// figuresOf returns the condition and arguments that select the given figures of a year.
func figuresOf(y kpi.Year, units []kpi.UnitID, indicators []kpi.IndicatorID) (where string, args []any) {
	marks, args := list(units)
	where = fmt.Sprintf(`WHERE year = $%d AND unit_id IN (%s) AND indicator_id IN (`, len(units)+1, marks)
	args = append(args, y)
	for i, id := range indicators {
		if i > 0 {
			where += `, `
		}
		args = append(args, id)
		where += `$` + strconv.Itoa(len(args))
	}
	return where + `)`, args
}

// FigureKey identifies one unit's figure in one indicator.
type FigureKey struct {
	Unit      kpi.UnitID
	Indicator kpi.IndicatorID
}

// collect reads roll-up rows into a map by the given key.
func collect[K comparable](ctx context.Context, r *Reader, key func(FigureKey) K, where string,
	args ...any) (map[K]kpi.Series, error) {
	rows, err := r.tx.QueryContext(ctx, `SELECT unit_id, indicator_id, year, months FROM rollups `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[K]kpi.Series{}
	var of FigureKey
	var year kpi.Year
	var months string
	for rows.Next() {
		if err := rows.Scan(&of.Unit, &of.Indicator, &year, &months); err != nil {
			return nil, err
		}
		if out[key(of)], err = parseSeries(months, year); err != nil {
			return nil, failed(rows.text, err)
		}
	}
	return out, rows.Err()
}

// SetSeries replaces the twelve months of one figure.
func (w *Writer) SetSeries(_ context.Context, key FigureKey, y kpi.Year, s kpi.Series) error {
	if w.Rehearses() {
		return nil
	}
	own := &w.tx.work.own
	put(&own.months, FigureYear{key, y}, &s)
	delete(own.texts, FigureYear{key, y})
	return nil
}

// formatSeries encodes a series as described at the table (migrations/0001_schema.sql); parseSeries
// decodes it. If approximate entries have an upper end (200余), their number and total room follow the
// day.
func formatSeries(s *kpi.Series) string {
	b := make([]byte, 0, 320)
	for i := range s {
		if m := &s[i]; !m.IsZero() {
			for _, n := range [...]int64{int64(m.Amount), m.Entries, m.AtLeast, m.Below, m.About, m.EntrySum} {
				if n != 0 {
					b = strconv.AppendInt(b, n, 10)
				}
				b = append(b, ',')
			}
			if m.LastDate != "" {
				b = append(b, m.LastDate[len(m.LastDate)-2:]...)
			}
			if m.Ended != 0 || m.Room != 0 {
				b = append(b, ',')
				b = strconv.AppendInt(b, m.Ended, 10)
				b = append(b, ',')
				b = strconv.AppendInt(b, int64(m.Room), 10)
			}
		}
		b = append(b, ';')
	}
	return string(b)
}

func parseSeries(text string, y kpi.Year) (s kpi.Series, err error) {
	p := seriesParser{rest: text}
	for m := range s {
		p.tally(&s[m], kpi.Period{Year: y, Month: m + 1})
		p.take(';')
	}
	if p.failed {
		return s, fmt.Errorf("stored months %q: not twelve, or not of numbers", text)
	}
	return s, nil
}

// seriesParser reads stored months. There are several to be read for each entry, hence neither strconv nor fmt.
type seriesParser struct {
	rest   string
	failed bool
}

func (p *seriesParser) next() byte {
	if p.rest == "" {
		return 0
	}
	return p.rest[0]
}

func (p *seriesParser) take(c byte) {
	if p.next() != c {
		p.failed, p.rest = true, ""
		return
	}
	p.rest = p.rest[1:]
}

// number reads a number, 0 if there is none.
func (p *seriesParser) number() (n int64) {
	negative := p.next() == '-'
	if negative {
		p.take('-')
	}
	digits := 0
	for c := p.next(); c >= '0' && c <= '9'; c = p.next() {
		d := int64(c - '0')
		if digits++; n < (math.MinInt64+d)/10 { // what is negative reaches one further
			p.failed = true
		}
		n, p.rest = 10*n-d, p.rest[1:]
	}
	if negative && digits == 0 || !negative && n == math.MinInt64 {
		p.failed = true
	}
	if negative {
		return n
	}
	return -n
}

func (p *seriesParser) tally(t *kpi.Tally, of kpi.Period) {
	if p.next() == ';' {
		return
	}
	t.Amount = kpi.Amount(p.number())
	for _, n := range [...]*int64{&t.Entries, &t.AtLeast, &t.Below, &t.About, &t.EntrySum} {
		p.take(',')
		*n = p.number()
	}
	p.take(',')
	if c := p.next(); c >= '0' && c <= '9' {
		t.LastDate = of.On(int(p.number()))
	}
	if p.next() == ',' {
		p.take(',')
		t.Ended = p.number()
		p.take(',')
		t.Room = kpi.Amount(p.number())
	}
}

// list returns the placeholders "$1, $2, …" and the arguments for values.
func list[T any](values []T) (marks string, args []any) { return listFrom(1, values) }

// listFrom is list with placeholders numbered from first.
func listFrom[T any](first int, values []T) (marks string, args []any) {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", first+i)
		args = append(args, v)
	}
	return b.String(), args
}
