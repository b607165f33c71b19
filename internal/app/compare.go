package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// CompareQuery asks for figures side by side: indicators as rows with units and years as columns, or
// the units below a unit as rows with indicators as columns.
type CompareQuery struct {
	Query
	Second     string   // another unit's code; empty: none
	With       kpi.Year // another year, up to the same month; 0: none
	ByUnit     bool     // units as rows
	Indicators []string // codes; if empty, all as rows, or the worst ones as columns
	Sort       int      // the column, from 1, by whose completion the rows are sorted; 0: not sorted
	Pinned     []string // codes of rows that stay on top, in this order
}

// maxCompared bounds the number of indicators as columns, because more do not fit beside each other.
// defaultColumns is the number shown if none were chosen.
const maxCompared, defaultColumns = 8, 4

// Comparison holds figures in rows and columns.
type Comparison struct {
	Year    kpi.YearInfo
	Unit    kpi.Unit
	AsOf    kpi.AsOf
	Choices []kpi.Indicator // the year's indicators, to choose from
	Columns []CompareColumn
	Rows    []CompareRow
}

// CompareColumn is a unit in a year, or an indicator.
type CompareColumn struct {
	Year      kpi.YearInfo
	Unit      kpi.Unit
	AsOf      kpi.AsOf
	Indicator *kpi.Indicator // set if units are the rows
}

// CompareRow is one indicator or unit; a cell is nil if the column has no such figure.
type CompareRow struct {
	Code      string
	Indicator *kpi.Indicator
	Unit      *kpi.Unit
	Pinned    bool
	Cells     []*progress.Figure
}

// Compare returns figures side by side. Refusals: NotFound, Forbidden, Invalid as_of.
func (a *App) Compare(ctx context.Context, actor kpi.Actor, q CompareQuery) (Comparison, error) {
	return read(ctx, a, func(r *store.Reader) (c Comparison, err error) {
		s, err := a.scope(ctx, r, actor, q.Query)
		if err != nil {
			return c, err
		}
		c.Year, c.Unit, c.AsOf = s.year, s.unit, s.asOf
		if c.Choices, err = cachedIndicators(ctx, r, q.Year); err != nil {
			return c, err
		}
		if q.ByUnit {
			err = c.byUnit(ctx, r, s, q)
		} else {
			err = a.byIndicator(ctx, r, actor, &c, q)
		}
		c.arrange(q)
		return c, err
	})
}

// byIndicator adds a column for each unit and year.
func (a *App) byIndicator(ctx context.Context, r *store.Reader, actor kpi.Actor, c *Comparison, q CompareQuery) error {
	rows := map[kpi.IndicatorID]int{}
	columns := []Query{q.Query}
	if q.Second != "" {
		columns = append(columns, Query{Year: q.Year, Unit: q.Second, AsOf: q.AsOf})
	}
	if q.With != 0 && q.With != q.Year {
		month := kpi.Period{Year: q.With, Month: c.AsOf.Month}
		for _, first := range columns {
			columns = append(columns, Query{Year: q.With, Unit: first.Unit, AsOf: &month})
		}
	}
	for n, at := range columns {
		s, err := a.scope(ctx, r, actor, at)
		if err != nil {
			return err
		}
		indicators, err := cachedIndicators(ctx, r, at.Year)
		if err != nil {
			return err
		}
		figures, err := s.figures(ctx, r, named(indicators, q.Indicators))
		if err != nil {
			return err
		}
		c.Columns = append(c.Columns, CompareColumn{Year: s.year, Unit: s.unit, AsOf: s.asOf})
		for i := range figures {
			f := &figures[i]
			row, ok := rows[f.Indicator.ID]
			if !ok && n > 0 {
				continue // only another year has this indicator
			}
			if !ok {
				row = len(c.Rows)
				rows[f.Indicator.ID] = row
				c.Rows = append(c.Rows, CompareRow{Code: f.Indicator.Code, Indicator: &f.Indicator,
					Cells: make([]*progress.Figure, len(columns))})
			}
			c.Rows[row].Cells[n] = f
		}
	}
	return nil
}

// named returns the indicators with the given codes; all if no codes are given.
func named(all []kpi.Indicator, codes []string) []kpi.Indicator {
	if len(codes) == 0 {
		return all
	}
	var out []kpi.Indicator
	for _, ind := range all {
		if slices.Contains(codes, ind.Code) {
			out = append(out, ind)
		}
	}
	return out
}

// byUnit adds a column for each indicator, with the unit itself in the first row and the units below it
// in the others. If no indicators were chosen, those that a unit below reports are shown.
func (c *Comparison) byUnit(ctx context.Context, r *store.Reader, s scope, q CompareQuery) error {
	among, most := named(c.Choices, q.Indicators), maxCompared
	if len(q.Indicators) == 0 {
		most = defaultColumns
		_, below, err := s.below(ctx, r)
		if err != nil {
			return err
		}
		among = reported(among, below)
	}
	figures, err := s.comparable(ctx, r, among)
	if err != nil {
		return err
	}
	for i := range figures[:min(len(figures), most)] {
		units, err := s.children(ctx, r, figures[i].Indicator)
		if err != nil {
			return err
		}
		c.addColumn(s, figures[i], units)
	}
	return nil
}

// reported returns the indicators of which one of the figures has a value.
func reported(all []kpi.Indicator, figures []progress.Figure) []kpi.Indicator {
	has := map[kpi.IndicatorID]bool{}
	for i := range figures {
		if figures[i].Achievement.Ok() {
			has[figures[i].Indicator.ID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(ind kpi.Indicator) bool { return !has[ind.ID] })
}

func (c *Comparison) addColumn(s scope, whole progress.Figure, units []progress.UnitFigure) {
	if len(c.Columns) == 0 {
		c.Rows = append(c.Rows, CompareRow{Code: s.unit.Code, Unit: &s.unit})
		for _, u := range units {
			c.Rows = append(c.Rows, CompareRow{Code: u.Unit.Code, Unit: &u.Unit})
		}
	}
	c.Columns = append(c.Columns, CompareColumn{Year: s.year, Unit: s.unit, AsOf: s.asOf, Indicator: &whole.Indicator})
	c.Rows[0].Cells = append(c.Rows[0].Cells, &whole)
	for i := range units {
		c.Rows[i+1].Cells = append(c.Rows[i+1].Cells, &units[i].Figure)
	}
}

// comparable returns the figures of the indicators by which units can be compared, late ones first.
func (s scope) comparable(ctx context.Context, r *store.Reader, among []kpi.Indicator) ([]progress.Figure, error) {
	var indicators []kpi.Indicator
	for _, ind := range among {
		if ind.Kind.OverUnits() || ind.Kind == kpi.Ratio {
			indicators = append(indicators, ind)
		}
	}
	figures, err := s.figures(ctx, r, indicators)
	slices.SortStableFunc(figures, func(a, b progress.Figure) int {
		return cmp.Compare(slices.Index(kpi.Lights, a.Light), slices.Index(kpi.Lights, b.Light))
	})
	return figures, err
}

// arrange puts pinned rows on top, in the order they were pinned, and sorts the others.
func (c *Comparison) arrange(q CompareQuery) {
	rate := func(row CompareRow) (done kpi.Quotient, ok bool) {
		if q.Sort < 1 || q.Sort > len(row.Cells) || row.Cells[q.Sort-1] == nil {
			return done, false
		}
		o := row.Cells[q.Sort-1].Quotient()
		return o.Value, o.Ok()
	}
	for i := range c.Rows {
		c.Rows[i].Pinned = slices.Contains(q.Pinned, c.Rows[i].Code)
	}
	slices.SortStableFunc(c.Rows, func(a, b CompareRow) int {
		if a.Pinned || b.Pinned {
			return cmp.Compare(pinnedAt(q.Pinned, a.Code), pinnedAt(q.Pinned, b.Code))
		}
		x, xOk := rate(a)
		y, yOk := rate(b)
		switch {
		case xOk && yOk:
			return y.Compare(x)
		case xOk:
			return -1
		case yOk:
			return 1
		}
		return 0
	})
}

func pinnedAt(pinned []string, code string) int {
	if i := slices.Index(pinned, code); i >= 0 {
		return i
	}
	return len(pinned)
}
