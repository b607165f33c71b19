package intake

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// Headings of days and periods. Days of something else (a birth, a plan, a deadline) do not date the figures;
// ambiguous headings are asked about.
var (
	dayHeading = regexp.MustCompile(`日期|(?:时间段?|时段|年月|月份|月度|季度|季|报告期|所属期|统计期|期间)$|(?:^|[^po])date$|^date|^asof|^when|quarter$|^month$|month$|^period|period$`)
	otherDay   = regexp.MustCompile(`出生|生日|计划|下一?[次步期]|预计|预期|拟|应(?:当|该)?[完办开达]|要求|规定|期限|时限|到期|有效|限期|入职|任职|参加工作|入党|birth|planned|next|due|expected|expiry|deadline`)
	figureDay  = regexp.MustCompile(`^(?:实际|本次|具体)?(?:培训|活动|完成|开展|办结|办理|统计|发生|举办|举行|实施|走访|服务|慰问|宣讲|调解|巡查|巡河|检查|开班|结业|结束|发放|拨付|演出|会议|工作|任务完成|` +
		`填报|填写|上报|报送|报告|更新|汇总|采集|数据|所属|所在|报表|统计所属|截至|统计截[至止]|数据截[至止])(?:起止)?(?:日期|时间段?|时段|年月|月份|月度|季度|季|期间?)|^(?:年月|季度|季|月度|报告期|所属期|统计期)$|^asof|completed|^(?:activity|training|event|report|reporting)(?:date|month|quarter|period)|^quarter$`)
	reportDay = regexp.MustCompile(`填[报写]|上报|报送|报告|更新|汇总|采集|数据|截|统计日期|统计时间|report|asof|updated`)
	// the day on which a row was reported, not of what it counts
	handedIn    = regexp.MustCompile(`^(?:填报|填写|填表|上报|报送|报告|更新|录入)(?:日期|时间)$`)
	periodDay   = regexp.MustCompile(`月|季|期间|所属|报告期|统计期|month|quarter|period`)
	asOfHeading = regexp.MustCompile(`截[至止]|(?i)as\s*of|as\s*at`)
	// done in the quarter of the group above: 第一季度 当季
	ownSeasonEnd = regexp.MustCompile(`[本当这]个?季度?$`)
	thisMonth    = regexp.MustCompile(`(?:this|per|each|last|previous|current|the|next)month$`)
	quarterCell  = regexp.MustCompile(`^[1-4一二三四]$`)
)

// colWhen is a column of days that may or may not date the figures.
const colWhen ColumnRole = "when"

// dayRole returns the role of a plain heading of days; "" for other headings.
func dayRole(name string) ColumnRole {
	switch {
	case !dayHeading.MatchString(name), ownSeasonEnd.MatchString(name), thisMonth.MatchString(name):
		return ""
	case otherDay.MatchString(name):
		return ColIgnore
	case figureDay.MatchString(name):
		return ColDate
	}
	return colWhen
}

// isOtherDay reports whether a heading is about days that do not date the figures.
func isOtherDay(text string) bool {
	name := plainName(text)
	return roleOf[name] == "" && dayRole(name) == ColIgnore
}

// holdsDays reports whether most cells of a column are days or periods and not plain numbers.
func (t *table) holdsDays(c ImportColumn) bool {
	cells, days := t.countDays(c)
	return cells > 0 && 2*days > cells
}

func (t *table) countDays(c ImportColumn) (cells, days int) {
	for _, row := range t.grid.Rows[t.body:min(t.body+50, len(t.grid.Rows))] {
		cell := t.shown(row, c.Index)
		if cell.isNoValue() {
			continue
		}
		cells++
		if _, number := plainAmount(cell.Text); number && cell.Kind != CellDate && !namesDay(cell) {
			continue
		}
		if t.dateCell(cell, c.dayStyle(t.known.Year)).err == nil {
			days++
		}
	}
	return cells, days
}

// settleDays chooses the column of each table that dates its figures: the day of the event before its month, and
// that before the day of the report. It asks about an ambiguous column if there is no other, and about two that do
// not agree.
func (t *table) settleDays() {
	type figures struct {
		block           int
		unit, indicator string
	}
	groups := map[figures][]int{}
	var order []figures
	for i := range t.Columns {
		c := &t.Columns[i]
		name := plainName(c.Heading)
		switch {
		case c.Role == "" || c.Role == ColIgnore && c.why.Key == "" && name != "" && roleOf[name] == "":
			if t.chosen(*c) || dayRole(name) == ColIgnore || !t.holdsDays(*c) {
				continue
			}
			if c.Role = colWhen; otherDay.MatchString(name) {
				c.Role, c.why = ColIgnore, kpi.T("import_column_day")
				continue
			}
		case c.Role == ColDay && !slices.ContainsFunc(t.Columns, func(o ImportColumn) bool { return o.Role == ColDate }) &&
			t.holdsDays(*c):
			c.Role = ColDate
		case c.Role == ColYear && t.holdsDays(*c) && !t.holdsYears(*c):
			c.Role = ColDate
		}
		if c.Role == ColDate && handedIn.MatchString(name) && !t.chosen(*c) {
			c.Role = colWhen
			if t.saysPeriod() {
				c.Role, c.why = ColIgnore, kpi.T("import_column_day")
			}
		}
		if c.Role != ColDate && c.Role != colWhen {
			continue
		}
		if cells, days := t.countDays(*c); roleOf[name] == "" && !periodDay.MatchString(name) && cells > 0 && days == 0 {
			c.Role = ColIgnore // 培训时间 may be how long it took
			continue
		}
		key := figures{c.block, c.Unit, c.Indicator}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], i)
	}
	for _, key := range order {
		t.oneDay(groups[key])
	}
}

// saysPeriod reports whether the title or headings of months date the figures.
func (t *table) saysPeriod() bool {
	return t.title.found || slices.ContainsFunc(t.Columns, func(c ImportColumn) bool {
		return c.spanned && (c.Role.value() || c.Role == colDone || c.Role == "")
	})
}

// chosen reports whether a person chose the role of a column, now or before.
func (t *table) chosen(c ImportColumn) bool {
	_, now := t.choices.Roles[c.Index]
	_, before := t.choices.Remembered[c.Heading]
	return now || before && c.Heading != ""
}

// dayRank orders columns of days by how certainly they date an event.
func dayRank(c ImportColumn) int {
	name := plainName(c.Heading)
	switch {
	case c.Role == colWhen:
		return 0
	case reportDay.MatchString(name):
		return 1
	case periodDay.MatchString(name):
		return 2
	}
	return 3
}

// oneDay keeps one of several columns of days for the same figures.
func (t *table) oneDay(places []int) {
	slices.SortStableFunc(places, func(a, b int) int { return dayRank(t.Columns[b]) - dayRank(t.Columns[a]) })
	leave := func(i int) {
		c := &t.Columns[i]
		if c.Role = ColIgnore; !t.chosen(*c) {
			c.why = kpi.T("import_column_day")
		}
	}
	first := &t.Columns[places[0]]
	if first.Role == colWhen {
		for _, i := range places {
			if !t.choosesDay(i) {
				leave(i)
				continue
			}
			t.Columns[i].Role = ColDate
			for _, j := range places {
				if j > i {
					leave(j)
				}
			}
			return
		}
		return
	}
	equal := places[:1]
	for _, i := range places[1:] {
		if t.Columns[i].Role == ColDate && dayRank(t.Columns[i]) == dayRank(*first) && t.daysDiffer(*first, t.Columns[i]) &&
			!t.chosen(t.Columns[i]) {
			equal = append(equal, i)
			continue
		}
		leave(i)
	}
	if len(equal) == 1 || t.chosen(*first) {
		for _, i := range equal[1:] {
			leave(i)
		}
		return
	}
	q := Question{ID: "day:" + first.Name(), Row: t.Header, Column: first.Index, Text: kpi.T("import_ask_days")}
	for _, i := range equal {
		q.Options = append(q.Options, Option{t.Columns[i].Name(),
			kpi.T("import_column_option", t.Columns[i].Name(), t.Columns[i].Heading)})
	}
	answer := t.ask(q)
	for _, i := range equal {
		if name := t.Columns[i].Name(); name != answer && (answer != "" || i != places[0]) {
			leave(i)
		}
	}
}

// choosesDay asks whether a column dates its figures; it does until that is answered.
func (t *table) choosesDay(i int) bool {
	c := t.Columns[i]
	return t.ask(Question{ID: "day:" + c.Name(), Row: t.Header, Column: c.Index, Text: kpi.T("import_ask_day", c.Heading),
		Options: []Option{{"use", kpi.T("import_day_use")}, {leave, kpi.T("import_day_leave")}}}) != leave
}

// daysDiffer reports whether two columns date some row in different months.
func (t *table) daysDiffer(a, b ImportColumn) bool {
	return slices.ContainsFunc(t.grid.Rows[t.body:], func(r GridRow) bool {
		x, y := t.shown(r, a.Index), t.shown(r, b.Index)
		if x.isNoValue() || y.isNoValue() {
			return y.Kind != CellEmpty && x.Kind == CellEmpty
		}
		p, q := t.dateCell(x, a.dayStyle(t.known.Year)), t.dateCell(y, b.dayStyle(t.known.Year))
		return p.err == nil && q.err == nil && p.day.Period() != q.day.Period()
	})
}

// holdsYears reports whether most cells of a column are years.
func (t *table) holdsYears(c ImportColumn) bool {
	cells, years := 0, 0
	for _, row := range t.grid.Rows[t.body:min(t.body+50, len(t.grid.Rows))] {
		if cell := t.shown(row, c.Index); !cell.isNoValue() {
			cells++
			if yearCell(cell) != 0 {
				years++
			}
		}
	}
	return 2*years >= cells
}

// yearCell returns the year in a cell: 2025, 2025年度, 二〇二五年; 0 for others.
func yearCell(c Cell) kpi.Year {
	p := readPeriods(c.Text, anyYear)
	if len(p.marks) == 0 && len(p.years) == 1 && plainName(p.bare()) == "" {
		return p.years[0]
	}
	return 0
}

// rowYear returns the year of a row; 0: none. ok is false if it cannot be read.
func (t *table) rowYear(f *Figure, row GridRow, c ImportColumn) (year kpi.Year, ok bool) {
	from, found := t.beside(c, ColYear)
	if !found {
		return 0, true
	}
	cell := t.shown(row, from.Index)
	if cell.isNoValue() {
		return 0, true
	}
	f.at["date"] = from.Index
	if year = yearCell(cell); year == 0 {
		f.Refuse("date", kpi.T("date_unreadable", quote(cell.Text)))
		return 0, false
	}
	return year, true
}

// rowDay returns the day of the month of a row that has it beside its month; 0: none. ok is false if it is not a
// day.
func (t *table) rowDay(f *Figure, row GridRow, c ImportColumn) (day int, ok bool) {
	from, found := t.beside(c, ColDay)
	if !found {
		return 0, true
	}
	cell := t.shown(row, from.Index)
	if cell.isNoValue() {
		return 0, true
	}
	day = dayOf(strings.TrimRight(strings.TrimSpace(width.Fold.String(cell.Text)), "日号"))
	if day < 1 || day > 31 {
		f.at["date"] = from.Index
		f.Refuse("date", kpi.T("date_unreadable", quote(cell.Text)))
		return 0, false
	}
	return day, true
}
