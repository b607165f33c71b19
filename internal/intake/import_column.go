package intake

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// ImportColumn is a column of a sheet as it was understood.
type ImportColumn struct {
	Index     int // from 0
	Heading   string
	Role      ColumnRole
	Auto      ColumnRole // what it would say without the person's choice
	Month     int        // the month its heading names; 0: none
	Unit      string
	Indicator string // code
	Sample    string // the first cell that is not empty

	stated  *statement // measure in its heading
	span    span       // period in its heading
	spanned bool       // whether there is one
	month   bool       // one of its headings is a period and nothing else
	plan    bool       // one of its headings is about a plan or forecast
	ratio   bool       // its heading says that it is a rate, not just progress
	doubt   string     // unreadable period in its heading
	fiscal  bool       // that period is the imported year as a fiscal year
	since   int        // first month of its sums if that is not January
	lower   bool       // its last heading has another above it
	less    []int      // columns of months that are subtracted from its sums
	upTo    int        // last month of its sums before the subtraction
	block   int        // number of its table if several stand side by side
	done    bool       // its heading does not say whether its figures are of a period or sums so far
	held    string     // code of the indicator whose name is part of its heading
	why     kpi.Text   // why it is left out
}

// Across reports whether the column is one of several side by side for months, units or indicators.
func (c ImportColumn) Across() bool { return c.month || c.Unit != "" || c.Indicator != "" }

// Measure returns the measure in the heading as written; "" if there is none.
func (c ImportColumn) Measure() string {
	if c.stated == nil {
		return ""
	}
	return c.stated.written()
}

func (c ImportColumn) Name() string { return ColumnName(c.Index) }

// anyYear lets 今年 and 去年 be read where it does not matter which year they are.
const anyYear = kpi.Year(2000)

// readHeadings determines the role of every column.
func (t *table) readHeadings() {
	t.Header = t.grid.Rows[t.body-1].Number
	for i := range t.grid.width() {
		c := ImportColumn{Index: i}
		var parts []string
		for at, row := range t.grid.Rows[t.head:t.body] {
			cell := t.carried(t.head+at, i)
			if cell.Kind == CellEmpty || slices.Contains(parts, cell.Text) || t.acrossAll(row, i) {
				continue
			}
			parts = append(parts, cell.Text)
			c.lower = len(parts) > 1
			t.heading(&c, cell)
		}
		for _, row := range t.grid.Rows[t.body:min(t.body+50, len(t.grid.Rows))] {
			if c.Sample == "" {
				c.Sample = quote(t.shown(row, i).Text)
			}
		}
		if len(parts) == 0 && c.Sample == "" {
			continue
		}
		c.Heading = quote(strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
		t.Columns = append(t.Columns, c)
	}
	t.Shape = shape(t.Columns)
	named := slices.ContainsFunc(t.Columns,
		func(c ImportColumn) bool { return c.Role == ColIndicator || c.Role == ColCode })
	for i := range t.Columns {
		c := &t.Columns[i]
		if !named && c.Indicator == "" {
			c.Indicator = c.held
		}
	}
	for i := range t.Columns {
		t.resolve(&t.Columns[i])
		if !named {
			t.leaveAcross(&t.Columns[i])
		}
	}
	for i := range t.Columns {
		t.askSinceMonths(&t.Columns[i])
		t.leaveLoose(&t.Columns[i])
	}
	t.leaveHidden()
	t.settle()
	t.findBook()
	for i := range t.Columns {
		c := &t.Columns[i]
		if role, ok := t.choices.Remembered[c.Heading]; ok && role.Known() && c.Heading != "" && !t.grid.hidden[c.Index] {
			c.Role = role
		}
		c.Auto = c.Role
		if role, ok := t.choices.Roles[c.Index]; ok && role.Known() {
			c.Role = role
		}
	}
	t.leftColumns()
}

// acrossAll reports whether a cell is merged over the whole width: a title, no heading.
func (t *table) acrossAll(row GridRow, column int) bool {
	for _, m := range t.grid.merges {
		if m.top <= row.Number && row.Number <= m.bottom && m.left <= column && column <= m.right {
			return m.right-m.left >= 3 && m.right-m.left+2 >= t.grid.width()
		}
	}
	return false
}

// countCells counts the cells of a column by what they could be; totals and what says that there is nothing are none.
func (t *table) countCells(c ImportColumn) (cells, numbers, units, measures, indicators int) {
	for _, row := range t.grid.Rows[t.body:min(t.body+200, len(t.grid.Rows))] {
		cell := t.shown(row, c.Index)
		if cell.Kind == CellEmpty || isTotal(cell.Text) || SaysNoValue(cell.Text) || cell.saysNothing() {
			continue
		}
		cells++
		if cell.Kind == CellNumber || cell.Kind == CellPercent {
			numbers++
			continue
		}
		if _, err := Quantity(cell.Text, ""); err == nil {
			numbers++
		}
		if _, why := t.words.unit(cell.Text); why.Key == "" || why.Key == "import_unit_ambiguous" {
			units++
		}
		if t.words.measure(cell.Text) != "" {
			measures++
		}
		if _, why := t.words.indicator(cell.Text); why.Key == "" {
			indicators++
		}
	}
	return cells, numbers, units, measures, indicators
}

// resolve settles by the cells what the words leave open.
func (t *table) resolve(c *ImportColumn) {
	cells, numbers, units, measures, indicators := t.countCells(*c)
	most := func(n int) bool { return cells > 0 && 2*n >= cells }
	if c.figures() && isReviewed(plainName(c.Heading)) && !t.holdsFigures(*c) { // 审核: 通过
		c.Role = ""
	}
	switch {
	case c.Role == colEither && units > measures:
		c.Role = ColUnit
	case c.Role == colEither:
		c.Role = ColMeasure
	case c.Role == colTask && most(numbers):
		c.Role = ColTarget
	case c.Role == colTask:
		c.Role = ColIndicator
	case c.Role == ColTarget && !most(numbers) && most(indicators):
		c.Role = ColIndicator
	case c.Role == ColUnit && !most(units) && most(indicators):
		c.Role = ColIndicator
	case c.Role == ColIndicator && !most(indicators) && most(units):
		c.Role = ColUnit
	case c.Role == ColIndicator && indicators == 0 && most(numbers): // 目标任务
		c.Role = ColTarget
	case c.Role == "" && (c.Indicator != "" || c.Unit != "" || c.month) &&
		(most(numbers) || cells == 0 || c.Indicator != ""):
		c.Role = colDone
	case c.Role == "" && most(indicators):
		c.Role = ColIndicator
	case c.Role == "" && most(units):
		c.Role = ColUnit
	case c.Role == "" && t.subject != nil && c.Heading != "" && most(numbers) &&
		t.words.countsMeasure(c.Heading) == t.subject.Measure.Canonical():
		c.Role = colDone
	case c.Role == "":
		if c.Role = ColIgnore; c.Heading != "" && c.why.Key == "" && most(numbers) {
			c.why = kpi.T("import_column_unknown")
		}
	}
	if c.Role == ColIgnore && c.why.Key == "" && earlierPeriod.MatchString(c.Heading) {
		c.why = kpi.T("import_column_earlier")
	}
	if (c.Role == ColSum || c.Role == ColTotal) && t.sumsRow(*c) {
		c.Role = ColSum
	} else if c.Role == ColSum {
		c.Role = ColTotal
	}
}
