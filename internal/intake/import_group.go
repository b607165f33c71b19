package intake

import "slices"

// blocks numbers tables that stand side by side: a column of names whose heading occurs again begins the next one
// (指标 | 任务数 | 完成数 | 指标 | 任务数 | 完成数).
func (t *table) blocks() {
	block := 0
	var begun []string
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Role == ColIndicator || c.Role == ColCode || c.Role == ColUnit {
			if name := plainName(c.Heading); slices.Contains(begun, name) {
				block, begun = block+1, []string{name}
			} else {
				begun = append(begun, name)
			}
		}
		c.block = block
	}
}

// carried returns the cell above a column. In a table without merged cells, such as a CSV, a group's heading is
// above its first column only and applies to the following ones.
func (t *table) carried(at, column int) Cell {
	row := t.grid.Rows[at]
	c := t.shown(row, column)
	last := t.grid.Rows[t.body-1]
	if c.Kind != CellEmpty || at == t.body-1 || len(t.grid.merges) > 0 || last.Cell(column).Kind == CellEmpty {
		return c
	}
	for j := column - 1; j >= 0 && last.Cell(j).Kind != CellEmpty; j-- {
		if left := row.Cell(j); left.Kind != CellEmpty {
			if t.groups(left) {
				return left
			}
			return c
		}
	}
	return c
}

// groups reports whether a heading may apply to several columns: an indicator, a unit, a period.
func (t *table) groups(c Cell) bool {
	if isMonthHeading(c) {
		return true
	}
	if _, why := t.words.indicator(c.Text); why.Key == "" {
		return true
	}
	_, why := t.words.unit(c.Text)
	return why.Key == ""
}

// beside returns the column of a role that belongs to a column of figures: in the same block and under the same
// indicator, unit and period. A column under no such heading applies to all, but a target or rate only to figures
// under none.
func (t *table) beside(value ImportColumn, role ColumnRole) (found ImportColumn, ok bool) {
	at, known := t.besides[value.Index][role]
	if !known {
		at = t.findBeside(value, role)
		if t.besides[value.Index] == nil {
			t.besides[value.Index] = map[ColumnRole]int{}
		}
		t.besides[value.Index][role] = at
	}
	if at < 0 {
		return ImportColumn{}, false
	}
	return t.Columns[at], true
}

func (t *table) findBeside(value ImportColumn, role ColumnRole) (at int) {
	at, best := -1, -1
	for i, o := range t.Columns {
		if o.Role != role || o.Index == value.Index ||
			o.Indicator != "" && o.Indicator != value.Indicator || o.Unit != "" && o.Unit != value.Unit {
			continue
		}
		near := 0
		if o.block == value.block {
			near += 16
		}
		if o.Indicator == value.Indicator {
			near += 4
		}
		if o.Unit == value.Unit {
			near += 4
		}
		if o.spanned && value.spanned && o.span.month == value.span.month && o.span.first == value.span.first {
			near += 2
		}
		if o.ofPeriod() == "" {
			near++
		}
		if role == ColRate && t.follows(o, value) {
			near++
		}
		compared := role == ColTarget || role == ColRate
		if compared && !o.goesWith(value) {
			continue
		}
		if compared && (o.Unit != value.Unit || o.block != value.block || o.Indicator != value.Indicator &&
			t.figuresOf(value.block) > 1) {
			continue
		}
		if compared && role == ColRate && value.month && !o.spanned {
			continue // the rate of the year beside figures of single months
		}
		if near > best {
			at, best = i, near
		}
	}
	return at
}

// follows reports whether a column stands after one of values without another in between.
func (t *table) follows(o, value ImportColumn) bool {
	if o.Index < value.Index {
		return false
	}
	return !slices.ContainsFunc(t.Columns, func(c ImportColumn) bool {
		figures := c.Role.value() || c.why.Key == "import_column_within" || c.why.Key == "import_column_second"
		return figures && value.Index < c.Index && c.Index < o.Index
	})
}

// figuresOf counts the columns of figures in a block.
func (t *table) figuresOf(block int) (n int) {
	for _, c := range t.Columns {
		if c.Role.value() && c.block == block {
			n++
		}
	}
	return n
}
