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
	bare := parenthesised.ReplaceAllString(t.words.withoutMeasure(text), "")
	found := t.nameWithin(bare)
	if found == nil {
		return nil
	}
	rest := strings.Replace(plainName(bare), plainName(found.Name), " ", 1)
	rest = strings.TrimPrefix(plainName(readPeriods(rest, t.known.Year).bare()), "年")
	switch role := roleOfHeading(rest); {
	case slices.Contains(counted, rest), role.value(), role == colDone, role == ColTarget, role == ColRate,
		role == ColPlan, role == ColNote:
		return found
	}
	return nil
}

// countsMeasure reports whether a heading is a measure that is counted: 户数.
func (v *vocabulary) countsMeasure(text string) kpi.Measure {
	if m, ok := strings.CutSuffix(plainName(text), "数"); ok {
		return v.measure(m)
	}
	return ""
}
