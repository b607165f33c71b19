package intake

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// isField reports whether a text is a word of headings or only a period. It is read as such even if the office has
// an indicator of that name (完成数, 10月).
func isField(text string) bool {
	bare := parenthesised.ReplaceAllString(text, "")
	if _, ok := roleOf[plainName(bare)]; ok {
		return true
	}
	p := readPeriods(bare, anyYear)
	return plainName(p.bare()) == "" && (len(p.marks) > 0 || len(p.years) > 0)
}

// titleName reports whether an indicator's name may stand for it inside other words.
func titleName(name string) bool { return len([]rune(plainName(name))) >= 3 && !isField(name) }

// counted are suffixes of an indicator's name in a heading without a meaning of their own.
var counted = []string{"", "数", "数量", "户数", "人数", "人次", "次数", "场数", "场次", "件数", "起数", "个数", "期数", "总数", "情况", "统计"}

// held returns the one indicator whose name a heading contains beside a period and words of headings: 10月帮扶家庭,
// 帮扶家庭数, 帮扶家庭任务数; nil if there is none, or if the heading says more.
func (t *table) held(text string) *kpi.Indicator {
	found, rest := t.besideName(text)
	if found == nil {
		return nil
	}
	switch role := roleOfHeading(rest); {
	case slices.Contains(counted, rest), role.value(), role == colDone, role == ColTarget, role == colTask,
		role == ColRate, role == ColPlan, role == ColNote:
		return found
	}
	return nil
}

// besideName returns the one indicator whose name a heading contains, and the rest of the heading.
func (t *table) besideName(text string) (found *kpi.Indicator, rest string) {
	bare := parenthesised.ReplaceAllString(t.words.withoutMeasure(text), "")
	if found = t.nameWithin(bare); found == nil {
		return nil, ""
	}
	rest = strings.Replace(plainName(bare), plainName(found.Name), " ", 1)
	return found, strings.TrimPrefix(plainName(readPeriods(rest, t.known.Year).bare()), "年")
}

// roleBeside returns the role of a heading that contains an indicator's name and has a role by its words: 帮扶家庭目标
// and 帮扶家庭（计划） are targets. A word of the name itself does not count: 家庭教育任务数.
func (t *table) roleBeside(text string, role ColumnRole) ColumnRole {
	found, rest := t.besideName(text)
	if found == nil {
		return role
	}
	in := lastParenthesis.FindStringSubmatch(t.words.withoutMeasure(text))
	switch beside := roleOfHeading(rest); {
	case beside == ColTarget, beside == colTask, in != nil && isAim(in[1]):
		return ColTarget
	case role == ColTarget && aim.MatchString(plainName(found.Name)) && slices.Contains(counted, rest):
		return ""
	}
	return role
}

// isAim reports whether a text is only a word for a target: 目标, 年度任务.
func isAim(text string) bool {
	role := roleOfHeading(text)
	return role == ColTarget || role == colTask
}

// countsMeasure returns the measure that a heading counts: 户 for 户数.
func (v *vocabulary) countsMeasure(text string) kpi.Measure {
	if m, ok := strings.CutSuffix(plainName(text), "数"); ok {
		return v.measure(m)
	}
	return ""
}
