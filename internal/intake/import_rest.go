package intake

import (
	"slices"

	"dabiao/internal/kpi"
)

// monthsUpTo returns the first of the single months among columns; ok is true if there are two or more without a
// gap, after January, up to the last month of a sum.
func (t *table) monthsUpTo(s span, places []int) (first int, ok bool) {
	var months [13]bool
	first = 13
	for _, i := range places {
		c := t.Columns[i]
		if !c.month || c.Role != ColValue || c.span.day != 0 || c.span.first != c.span.month || months[c.span.month] {
			return 0, false
		}
		months[c.span.month], first = true, min(first, c.span.month)
	}
	return first, len(places) > 1 && first > 1 && s.month-first+1 == len(places) && !t.notOver(s)
}

// keepRest turns a sum since January beside its last months into what was done before them: 累计 beside 8月, 9月 and
// 10月 gives 1-7月. ok is false if they do not fit.
func (t *table) keepRest(c *ImportColumn, inside []int) (ok bool) {
	s := t.covers(*c)
	first, ok := t.monthsUpTo(s, inside)
	if !ok || c.Role != ColTotal || s.first > 1 || s.day != 0 || t.choices.Roles[c.Index] != "" {
		return false
	}
	for _, i := range inside {
		c.less = append(c.less, t.Columns[i].Index)
	}
	c.upTo = s.month
	c.span, c.spanned, c.since = span{first: 1, month: first - 1, sum: true}, true, 1
	c.Month = c.span.month
	return true
}

// askSinceMonths asks whether a 累计 without a period that exceeds the months beside it is since January, and if so
// gives it that period.
func (t *table) askSinceMonths(c *ImportColumn) {
	if c.Role != ColSum || c.spanned || t.title.found || !ofSoFar.MatchString(c.Heading) {
		return
	}
	var places, columns []int
	last := 0
	for i, o := range t.Columns {
		if o.month && (o.Role == colDone || o.Role == ColValue) && o.Unit == c.Unit && o.Indicator == c.Indicator {
			places, columns, last = append(places, i), append(columns, o.Index), max(last, o.span.month)
			if o.span.first != o.span.month || o.span.day != 0 {
				return
			}
		}
	}
	s := span{first: 1, month: last, sum: true}
	if len(places) < 2 || last-len(places) < 1 || t.notOver(s) ||
		!slices.ContainsFunc(t.grid.Rows[t.body:], func(r GridRow) bool {
			rest, ok := restOf(r, r.Cell(c.Index), columns)
			return ok && rest > 0
		}) {
		return
	}
	before := last - len(places)
	answer := t.ask(Question{ID: "before:" + c.Name(), Row: t.Header, Column: c.Index,
		Text: kpi.T("import_ask_before", c.Heading, before),
		Options: []Option{{"year", kpi.T("import_before_year_option", before)},
			{"months", kpi.T("import_before_months_option")}}})
	if answer == "year" {
		c.Role, c.span, c.spanned = ColTotal, s, true
	}
}

// restOf returns the difference between a sum in a cell and the columns beside it.
func restOf(row GridRow, cell Cell, less []int) (rest kpi.Amount, ok bool) {
	if rest, ok = plainAmount(cell.Text); !ok {
		return 0, false
	}
	for _, column := range less {
		o := row.Cell(column)
		if o.isNoValue() {
			continue
		}
		a, ok := plainAmount(o.Text)
		if !ok {
			return 0, false
		}
		rest -= a
	}
	return rest, true
}

// wholeSum returns the column as one of sums up to its last month, for a row without figures in the months beside
// it; ok is false if it has any.
func (c ImportColumn) wholeSum(row GridRow) (whole ImportColumn, ok bool) {
	if slices.ContainsFunc(c.less, func(column int) bool { return !row.Cell(column).isNoValue() }) {
		return c, false
	}
	c.span.month, c.Month = c.upTo, c.upTo
	c.less = nil
	return c, true
}

// takeRest returns the cell of a sum less the months beside it; ok is false if nothing remains to be logged. A sum
// that is less than they are is reported.
func (t *table) takeRest(row GridRow, c ImportColumn, cell Cell) (Cell, bool) {
	rest, ok := restOf(row, cell, c.less)
	switch {
	case !ok:
		t.Left = append(t.Left, Skip{row.Number, c.Index, kpi.T("import_column_covered", c.Heading)})
		return cell, false
	case rest < 0:
		stated, _ := plainAmount(cell.Text)
		t.Totals = append(t.Totals, Total{row.Number, c.Index, stated, stated - rest, false})
	}
	cell.Text = rest.String()
	return cell, rest > 0
}
