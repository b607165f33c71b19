package intake

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// settle decides between values and sums so far, makes each figure count once, and records why columns are left
// out.
func (t *table) settle() {
	t.progressColumns()
	t.blocks()
	t.settleDays()
	t.settleMonthTotals()
	dated := slices.ContainsFunc(t.Columns, func(c ImportColumn) bool {
		role, chosen := t.choices.Roles[c.Index]
		return role == ColDate || c.Role == ColDate && !chosen
	})
	for i := range t.Columns {
		c := &t.Columns[i]
		switch {
		case c.plan && (c.Role.value() || c.Role == colDone || c.Role == ColIgnore && c.why.Key == ""):
			c.Role = ColPlan
		case c.doubt != "" && (c.Role.value() || c.Role == colDone):
			c.Role, c.why = ColIgnore, kpi.T("import_column_period", c.doubt)
			continue
		}
		if c.Role != colDone {
			continue
		}
		c.done = true
		if c.spanned && c.span.maybe {
			c.span.first, c.span.sum = c.span.month, false
		} else if !c.spanned && t.title.found && t.title.maybe {
			t.askSince(c)
		}
		s := t.covers(*c)
		switch {
		case s.sum || s.month == 0 && !dated:
			c.Role = ColTotal
		case s.several() && !dated:
			c.Role, c.since = ColTotal, s.first
		default:
			c.Role = ColValue
		}
	}
	type figures struct {
		block           int
		unit, indicator string
	}
	same := map[figures][]int{}
	var order []figures
	for i, c := range t.Columns {
		if !c.Role.value() {
			continue
		}
		key := figures{c.block, c.Unit, c.Indicator}
		if same[key] == nil {
			order = append(order, key)
		}
		same[key] = append(same[key], i)
	}
	for _, key := range order {
		for _, places := range t.byCount(same[key]) {
			t.countOnce(places)
		}
	}
}

// byCount groups columns for the same figure by what they count if their headings differ in it: 户数 | 人数. One
// without a measure is in the first group.
func (t *table) byCount(places []int) (parted [][]int) {
	var bases []kpi.Measure
	for _, i := range places {
		base := t.Columns[i].counts()
		at := slices.Index(bases, base)
		switch {
		case base == "" && len(parted) > 0:
			at = 0
		case len(bases) > 0 && bases[0] == "":
			bases[0], at = base, 0
		}
		if at < 0 {
			bases, parted = append(bases, base), append(parted, nil)
			at = len(parted) - 1
		}
		parted[at] = append(parted[at], i)
	}
	return parted
}

// counts returns the measure in the heading without its scale; "" if there is none.
func (c ImportColumn) counts() kpi.Measure {
	if c.stated == nil || len(c.stated.measures) != 1 {
		return ""
	}
	return commonCount(c.stated.measures[0].Base())
}

// countsElse reports whether a column counts something other than an indicator that a column beside it counts.
func (t *table) countsElse(c ImportColumn, ind kpi.Indicator) bool {
	fits := func(c ImportColumn) bool {
		_, _, ok := conversion(c.counts(), ind.Measure)
		return ok
	}
	if c.counts() == "" || fits(c) {
		return false
	}
	return slices.ContainsFunc(t.Columns, func(o ImportColumn) bool {
		return o.Index != c.Index && o.Role.value() && o.block == c.block && o.Unit == c.Unit &&
			o.Indicator == c.Indicator && o.span == c.span && o.counts() != "" && fits(o)
	})
}

// askSince asks whether figures under a title with a month and its end (10月进度表，截至10月31日) are that month's or sums
// since January.
func (t *table) askSince(c *ImportColumn) {
	answer := t.ask(Question{ID: "since", Row: t.Header, Column: c.Index, Text: kpi.T("import_ask_since", t.title.month),
		Options: []Option{{"year", kpi.T("import_since_year_option", t.title.month)},
			{"month", kpi.T("import_since_month_option", t.title.month)}}})
	if answer == "month" {
		t.title.first, t.title.sum, t.title.maybe = t.title.month, false, false
	}
}

// covers returns the period of a column's figures according to headings and title.
func (t *table) covers(c ImportColumn) span {
	switch {
	case c.spanned:
		return c.span
	case !t.title.found:
		return span{}
	case c.Role == ColTotal:
		return span{first: 1, month: t.title.month, sum: true}
	case c.Role == ColValue:
		return span{first: t.title.month, month: t.title.month}
	}
	return t.title.span
}

// countOnce leaves out, of several columns for the same figure, those that others include: the quarter beside its
// three months, the month beside the sum so far.
func (t *table) countOnce(places []int) {
	slices.SortStableFunc(places, func(a, b int) int {
		return cmp.Compare(t.covers(t.Columns[a]).months(), t.covers(t.Columns[b]).months())
	})
	leave := func(i int, why string) { t.Columns[i].Role, t.Columns[i].why = ColIgnore, kpi.T(why) }
	var kept []int
	twins := map[int][]int{}
	for _, i := range places {
		c, s := &t.Columns[i], t.covers(t.Columns[i])
		var inside []int
		var months [13]bool
		twin := -1
		for _, j := range kept {
			o := t.covers(t.Columns[j])
			switch {
			case o.first == s.first && o.month == s.month:
				twin = j
			case s.month != 0 && o.first >= s.first && o.month <= s.month:
				inside = append(inside, j)
				for m := max(o.first, 1); m <= o.month; m++ {
					months[m] = true
				}
			}
		}
		all := len(inside) > 0
		for m := max(s.first, 1); m <= s.month; m++ {
			all = all && months[m]
		}
		running := len(inside) > 1 && t.notOver(s)
		switch {
		case twin >= 0 && c.Role == ColTotal && t.Columns[twin].Role == ColValue: // the sum so far includes both
			leave(twin, "import_column_within")
			kept = slices.DeleteFunc(kept, func(j int) bool { return j == twin })
			kept = append(kept, i)
		case twin >= 0 && t.Columns[twin].Role == ColTotal && c.Role == ColValue:
			leave(i, "import_column_within")
		case twin >= 0:
			leave(i, "import_column_second")
			twins[twin] = append(twins[twin], i)
		case all || running:
			leave(i, "import_column_covered")
		case len(inside) > 0 && t.leavesRunning(*c):
			c.Role, c.why = ColIgnore, kpi.Text{}
		case t.keepRest(c, inside):
			kept = append(kept, i)
		default:
			for _, j := range inside {
				leave(j, "import_column_within")
			}
			kept = slices.DeleteFunc(kept, func(j int) bool { return slices.Contains(inside, j) })
			kept = append(kept, i)
		}
	}
	for _, i := range kept {
		if t.Columns[i].Role.value() && len(twins[i]) > 0 {
			t.settleTwins(append([]int{i}, twins[i]...))
		}
	}
}

// leavesRunning reports whether a person leaves out a column whose period is running, so that the columns beside it
// count.
func (t *table) leavesRunning(c ImportColumn) bool {
	year := t.known.Year
	if t.title.year != 0 {
		year = t.title.year
	}
	return c.spanned && c.span.running(year, t.known.Today) && !t.keepsRunning(c)
}

// since returns the first month of a column's sums; 0 if it has none. A sum so far by a person's choice begins in
// January.
func (t *table) since(c ImportColumn) int {
	switch {
	case c.Role != ColTotal:
		return 0
	case c.since > 0 && c.Auto == ColTotal:
		return c.since
	}
	return 1
}

// notOver reports whether a period of the imported year ends after the current month.
func (t *table) notOver(s span) bool {
	return kpi.Period{Year: t.known.Year, Month: s.month}.Start() > t.known.Today
}

// progressColumns finds columns headed 进度 with achievements instead of rates: another column has the rate.
func (t *table) progressColumns() {
	rates := slices.ContainsFunc(t.Columns, func(c ImportColumn) bool { return c.Role == ColRate && c.ratio })
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Role != ColRate || c.ratio || !rates {
			continue
		}
		done := slices.ContainsFunc(t.Columns, func(o ImportColumn) bool {
			return (o.Role.value() || o.Role == colDone) && !o.plan && o.Indicator == c.Indicator && o.Unit == c.Unit
		})
		if !done {
			c.Role = colDone
		}
	}
}

// leftColumns records which columns of figures are left out, and why.
func (t *table) leftColumns() {
	for _, c := range t.Columns {
		why := c.why
		if c.Role == ColPlan {
			why = kpi.T("import_column_plan")
		}
		if why.Key != "" && (c.Role == ColIgnore || c.Role == ColPlan) && t.hasFigures(c) {
			t.Left = append(t.Left, Skip{t.Header, c.Index, kpi.T(why.Key, append([]any{c.Heading}, why.Args...)...)})
		}
	}
}

// hasFigures reports whether any cell of a column has a figure.
func (t *table) hasFigures(c ImportColumn) bool {
	return slices.ContainsFunc(t.grid.Rows[t.body:], func(r GridRow) bool { return !r.Cell(c.Index).isNoValue() })
}
