package intake

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// A heading may have a word for an achievement (完成, 新增, 累计, 本月) and one that negates it: 应完成, 未完成,
// 累计任务, 其中女性完成数. The second decides.
var (
	undone = regexp.MustCompile(`未(?:完|达|办|开展|实施|落实|建|整改|解决|发放|到位|启动|销号|实现|新增|培训|走访|巡|检|到|报|参|收|缴|兑现|拨|支付|验收|交付|脱)|` +
		`尚[未欠缺差余待需]|没有?完成|还[差欠缺需]|[欠缺短][额少]|欠.{0,2}完成|缺口|差额|差距|余量|剩余|余下|待(?:办|建|发|实施|开展|解决|整改)|` +
		`outstanding|remaining|remainder|shortfall|notdone|notyet|unfinished|incomplete|backlog`)
	due = regexp.MustCompile(`(?:^|[^供相适反响对照])应该?(?:完成|新增|办|达|开展|实施|培训|帮扶|发放|服务|拨付|到位|实现)|` +
		`^due(?:$|to|by|now|number|amount|total|this)|(?:amount|number|total|completion)due$`)
	aim = regexp.MustCompile(`任务|目标|计划|指标[值数]|指标$|target|goal|quota`)
	// words that make a target one of figures; otherwise 重点任务 may head the names of rows
	aimOf = regexp.MustCompile(`累计|序时|至今|月|季|期|年|新增|完成|[数量值]$|cumulative|todate|monthly|quarterly|annual`)
	// the task that is done: 已完成任务数, 任务完成情况
	aimDone = regexp.MustCompile(`(?:完成|达成|实现)的?(?:目标|任务|计划|指标)+|(?:目标|任务|计划|指标)+(?:的|已|实际|累计)?(?:完成|达成|实现)(?:[数量值率比进情百]|户数|人数)|任务完成$`)
	aimName = regexp.MustCompile(`(?:目标|任务|计划|指标)+的?`)
	ofRate  = regexp.MustCompile(`率|比例|占比|百分比|进度|情况|rate|percent|%$`)
	ofPart  = regexp.MustCompile(`其中|超额|超出|超任务|^#\s*\p{Han}|^含[:：]|of\s*which`)
	ofSoFar = regexp.MustCompile(`累计|序时|至今|迄今|为止|(?i)cumulative|to\s*date|so\s*far|ytd`)
	ofMonth = regexp.MustCompile(`[本当][月期季周旬次]|[本当]个月|月度|阶段|季度|(?i)monthly|this\s*(?:month|quarter)`)
)

// qualified returns the role of a plain heading about a plan, what was due or what is missing. Otherwise rest is
// the heading without the words for the task that was done.
func qualified(name string) (role ColumnRole, rest string) {
	name = strings.ReplaceAll(name, "计划生育", "")
	done := aimDone.MatchString(name)
	switch {
	case undone.MatchString(name):
		return ColIgnore, ""
	case isPlan(name):
		return ColPlan, ""
	case ofRate.MatchString(name) && !strings.HasPrefix(name, "序时"):
		return "", name
	case due.MatchString(name):
		return ColTarget, ""
	case done:
		return "", aimName.ReplaceAllString(name, "")
	case aim.MatchString(name) && aimOf.MatchString(name):
		return ColTarget, ""
	}
	return "", name
}

// withoutAchievement returns why a heading's figures are not an achievement despite its words: they are missing, or
// a part of others.
func withoutAchievement(text string) kpi.Text {
	switch name := plainName(text); {
	case isPart(text):
		return kpi.T("import_column_part")
	case isOtherDay(text):
		return kpi.T("import_column_day")
	case roleOf[name] == "" && undone.MatchString(name):
		return kpi.T("import_column_rest")
	}
	return kpi.Text{}
}

// isPart reports whether a heading's figures are a part of others: 其中女性完成数.
func isPart(text string) bool {
	return ofPart.MatchString(strings.ToLower(width.Fold.String(strings.TrimSpace(text))))
}

// under returns the role of a column from its upper heading r and its lower one, which decides in most tables. 累计
// above 完成 stays a sum so far, and 本月 below 计划 a plan.
func (r ColumnRole) under(lower ColumnRole, text string) ColumnRole {
	switch {
	case r.value() && lower == ColIndicator && aim.MatchString(text): // 目标任务 below a name with 新增 in it
		return colTask
	case lower == "" || r == ColIgnore || r != "" && lower == ColIndicator:
		return r
	case r.value() && lower == colDone:
		return r
	case (r == ColTarget || r == colTask) && lower.value() && !strings.Contains(text, "完成"):
		return r
	}
	return lower
}

// ofPeriod returns the part of the year of a target: "total" for a sum so far, "month" for a month or a quarter, ""
// for the year.
func (c ImportColumn) ofPeriod() string {
	switch {
	case c.Role != ColTarget:
		return ""
	case ofSoFar.MatchString(c.Heading), c.spanned && c.span.sum && c.span.month < 12:
		return "total"
	case ofMonth.MatchString(c.Heading), c.spanned && c.span.months() < 12:
		return "month"
	}
	return ""
}

// goesWith reports whether a target is for the same part of the year as a column's figures.
func (c ImportColumn) goesWith(value ImportColumn) bool {
	switch part := c.ofPeriod(); {
	case c.spanned && value.spanned:
		return c.span.first == value.span.first && c.span.month == value.span.month
	case part == "total":
		return value.Role == ColTotal
	case part == "month":
		return value.Role == ColValue
	}
	return true
}
