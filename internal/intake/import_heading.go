package intake

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

var (
	fiscalYear = regexp.MustCompile(`(?i)\bfy\s*['’]?\s*(\d{4}|\d{2})(?:\b|$)|\bfiscal\s+(?:year\s+)?(\d{4})`)
	// headings for the period of the title
	ownPeriod = regexp.MustCompile(`[本当这]个?(?:月|期|周)|(?i)this\s*month`)
	ownSeason = regexp.MustCompile(`[本当这]个?季度?`)
	// periods before that of the title
	earlierPeriod = regexp.MustCompile(`上一?个?(?:月|季度?|期|周)|(?i)\b(?:last|previous|prior)\s+(?:month|quarter|week|period|year)`)
	totalRate     = regexp.MustCompile(`率|比例|百分比|比重|占|%|％|(?i)rate|percent`)
)

// heading adds the meaning of one cell above a column. An indicator's name stays a name, whatever period or plan it
// mentions.
func (t *table) heading(c *ImportColumn, cell Cell) {
	if s, ok := t.headingStatement(cell); ok {
		s.row, s.column = t.Header, c.Index
		c.stated = &s
	}
	role := roleOfHeading(cell.Text)
	if c.lower && groupRate[plainName(cell.Text)] {
		role = ColRate
	}
	if ind, why := t.words.indicator(cell.Text); why.Key == "" && !isField(cell.Text) {
		c.Indicator = ind.Code
		if c.why.Key == "import_column_part" { // 其中 above the names of indicators is a list of them
			c.Role, c.why = "", kpi.Text{}
		}
		return
	}
	if ind := t.held(cell.Text); ind != nil && !isField(cell.Text) {
		c.held = ind.Code
		role = t.roleBeside(cell.Text, role)
	}
	if !t.headingPeriod(c, cell) {
		return
	}
	c.ratio = c.ratio || totalRate.MatchString(cell.Text)
	if u, why := t.words.unit(cell.Text); why.Key == "" && role == "" {
		c.Unit = u.Code
		return
	}
	c.plan = c.plan || role == ColPlan
	if why := withoutAchievement(cell.Text); why.Key != "" {
		c.Role, c.why = ColIgnore, why
		return
	}
	if role == ColTotal && ownSeason.MatchString(cell.Text) && c.spanned {
		role = colDone // 本季度累计 is about the quarter
	}
	c.Role = c.Role.under(role, cell.Text)
}

// headingPeriod reads the period of a heading; it reports whether the heading says more.
func (t *table) headingPeriod(c *ImportColumn, cell Cell) bool {
	if year := fiscal(cell.Text); year != 0 {
		c.fiscal = year == t.known.Year
		return c.fiscal || c.otherYear(year)
	}
	text := cell.Text
	if c.held != "" { // a period in the indicator's own name does not date the figures
		text = t.withoutNames(text)
	}
	p := readPeriods(text, t.known.Year)
	s, found, doubt := p.one()
	switch text := p.text; {
	case found && s.year != 0 && s.year != t.known.Year:
		return c.otherYear(s.year)
	case len(p.years) > 0 && !slices.Contains(p.years, t.known.Year):
		return c.otherYear(p.years[0])
	case found && (!c.spanned || s.months() < c.span.months()): // 第一季度 over 1月: the narrower counts
		c.span, c.spanned, c.Month = s, true, s.month
	case found, doubt == "", ownPeriod.MatchString(text):
	case ownSeason.MatchString(text):
		if month, day := t.ownMonth(); month > 0 {
			c.span, c.spanned = span{first: (month-1)/3*3 + 1, month: month, day: day}, true
			c.span.sum = c.span.first == 1
			c.Month = c.span.month
		}
	default:
		c.doubt = doubt
	}
	if isMonthHeading(cell) {
		c.month = true
		return false
	}
	return true
}

// ownMonth returns the month and day up to which 本季度 counts: those of the title, or today; 0 if neither is in the
// year.
func (t *table) ownMonth() (month, day int) {
	switch {
	case t.title.found:
		return t.title.month, t.title.day
	case t.known.Today != "" && t.known.Today.Year() == t.known.Year:
		return t.known.Today.Period().Month, 0
	}
	return 0, 0
}

// otherYear leaves a column of another year out. It returns false: the heading says no more.
func (c *ImportColumn) otherYear(y kpi.Year) bool {
	c.Role, c.why = ColIgnore, kpi.T("import_column_year", int(y))
	return false
}

// fiscal returns the fiscal year in a text; 0 if there is none.
func fiscal(text string) kpi.Year {
	m := fiscalYear.FindStringSubmatch(foldPeriod(text))
	if m == nil {
		return 0
	}
	y := yearOf(m[1] + m[2])
	if y < 100 {
		y += 2000
	}
	return y
}

// isMonthHeading reports whether a heading is only a period: 1月, 2026年1月, 一月份, 1-3月, Q1.
func isMonthHeading(c Cell) bool {
	p := readPeriods(parenthesised.ReplaceAllString(c.Text, ""), anyYear)
	_, found, _ := p.one()
	return found && plainName(p.bare()) == ""
}

// planParts are parts of headings of plans and forecasts.
var planParts = []string{"预计", "预期", "预测", "预估", "拟完成", "拟开展", "拟新增", "拟实施", "拟办", "下月", "下个月", "下季", "下个季",
	"下周", "下步", "下一步", "下阶段",
	"次月", "明年", "下年", "底目标", "末目标", "计划完成", "计划新增", "计划开展", "计划实施", "预完成", "力争", "有望", "待完成", "将完成", "可望",
	"forecast", "projected", "projection", "planned", "expected", "anticipated", "estimate", "outlook",
	"nextmonth", "nextquarter"}

// isPlan reports whether a plain heading is about the future, including targets that were set, but not rates of
// completion.
func isPlan(name string) bool {
	if intended.MatchString(name) {
		return true
	}
	if strings.Contains(name, "计划完成率") || strings.Contains(name, "计划完成比例") || strings.HasSuffix(name, "计划完成进度") {
		return false
	}
	return slices.ContainsFunc(planParts, func(part string) bool { return strings.Contains(name, part) })
}

// intended matches 拟 before an intention; 模拟 and 虚拟 are other words.
var intended = regexp.MustCompile(`(?:^|[^模虚比草])拟`)
