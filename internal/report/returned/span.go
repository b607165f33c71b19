package returned

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Span is a stretch of a compared paragraph.
type Span struct {
	Mark Mark
	Text string
}

// Mark says what became of a stretch of text.
type Mark string

// The marks.
const (
	Same Mark = ""
	Ins  Mark = "ins"
	Del  Mark = "del"
)

// spans writes steps for people. A single character that two changes have in common by chance is shown as
// changed too: 完成十项 → 建成六项 is one change, not two around 成.
func spans(was, is []string, steps []op) (out []Span) {
	var del, ins string
	flush := func() {
		for _, s := range []Span{{Del, del}, {Ins, ins}} {
			if s.Text != "" {
				out = append(out, s)
			}
		}
		del, ins = "", ""
	}
	for i, o := range steps {
		switch {
		case o.same() && (del+ins == "" || !byChance(was, steps, i)):
			flush()
			if n := len(out); n > 0 && out[n-1].Mark == Same {
				out[n-1].Text += is[o.is]
			} else {
				out = append(out, Span{Same, is[o.is]})
			}
		case o.same():
			del, ins = del+was[o.was], ins+is[o.is]
		case o.was >= 0:
			del += was[o.was]
		default:
			ins += is[o.is]
		}
	}
	flush()
	return atStops(out)
}

// atStops moves a change behind the stop it begins with where one follows it too: what was added to
// 甲。丙。 in 甲。乙。丙。 is 乙。, not 。乙.
func atStops(list []Span) []Span {
	for i := 1; i+1 < len(list); i++ {
		before, at, behind := &list[i-1], &list[i], &list[i+1]
		for _, stop := range []string{"。", "，", "；", "、", "：", " "} {
			if before.Mark == Same && at.Mark != Same && behind.Mark == Same && strings.HasPrefix(at.Text, stop) &&
				strings.HasPrefix(behind.Text, stop) {
				before.Text, behind.Text = before.Text+stop, behind.Text[len(stop):]
				at.Text = at.Text[len(stop):] + stop
			}
		}
	}
	return slices.DeleteFunc(list, func(s Span) bool { return s.Text == "" })
}

// byChance reports whether a kept word stands alone between changes.
func byChance(was []string, steps []op, i int) bool {
	if i == 0 || i+1 == len(steps) || steps[i-1].same() || steps[i+1].same() {
		return false
	}
	word := was[steps[i].was]
	return !isNumber(word) && utf8.RuneCountInString(word) == 1 && (replaces(steps, i, -1) || replaces(steps, i, 1))
}

// replaces reports whether something went out in the change beside a step.
func replaces(steps []op, i, way int) bool {
	for i += way; i >= 0 && i < len(steps) && !steps[i].same(); i += way {
		if steps[i].was >= 0 {
			return true
		}
	}
	return false
}
