package intake

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// isField reports whether a text is a word that heads columns, or a period and nothing else. It is that
// first, even in an office with an indicator of that name (完成数, 10月).
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

// counted is what may stand behind an indicator's name in a heading and add nothing to it.
var counted = []string{"", "数", "数量", "户数", "人数", "人次", "次数", "场数", "场次", "件数", "起数", "个数", "期数", "总数", "情况", "统计"}

// held is the one indicator whose name a heading holds beside a period and the words that head columns:
// 10月帮扶家庭, 帮扶家庭数, 帮扶家庭任务数. nil: none, or the heading says something else of it.
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

// besideName is the one indicator whose name a heading holds, and what else the heading says.
func (t *table) besideName(text string) (found *kpi.Indicator, rest string) {
	bare := parenthesised.ReplaceAllString(t.words.withoutMeasure(text), "")
	if found = t.nameWithin(bare); found == nil {
		return nil, ""
	}
	rest = strings.Replace(plainName(bare), plainName(found.Name), " ", 1)
	return found, strings.TrimPrefix(plainName(readPeriods(rest, t.known.Year).bare()), "年")
}

// roleBeside is what a heading says that holds an indicator's name and is role by its words: 帮扶家庭目标 and
// 帮扶家庭（计划） are targets. A word of a plan that belongs to the name says nothing: 家庭教育任务数.
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

// isAim reports whether a text is a word of a target and nothing else: 目标, 年度任务.
func isAim(text string) bool {
	role := roleOfHeading(text)
	return role == ColTarget || role == colTask
}

// countsMeasure reports whether a heading is a measure that is counted: 户数.
func (v *vocabulary) countsMeasure(text string) kpi.Measure {
	if m, ok := strings.CutSuffix(plainName(text), "数"); ok {
		return v.measure(m)
	}
	return ""
}
