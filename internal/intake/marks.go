package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// mark is a word for the precision of a figure, or for the absence of one.
type mark struct {
	word string
	says kpi.Precision // "": the word gives only an upper bound
}

// Where one mark is the beginning of another, the longer stands first.
var (
	// leading stand before the number
	leading = []mark{
		{"不少于", kpi.AtLeast}, {"不低于", kpi.AtLeast}, {"不小于", kpi.AtLeast}, {"不下于", kpi.AtLeast}, {"不下", kpi.AtLeast},
		{"大于等于", kpi.AtLeast}, {"大于", kpi.AtLeast}, {"多于", kpi.AtLeast}, {"高于", kpi.AtLeast},
		{"至少", kpi.AtLeast}, {"最少", kpi.AtLeast}, {"超过", kpi.AtLeast}, {"突破", kpi.AtLeast},
		{"超", kpi.AtLeast}, {"逾", kpi.AtLeast}, {"过", kpi.AtLeast}, {"上", kpi.AtLeast},
		{"≥", kpi.AtLeast}, {">=", kpi.AtLeast}, {">", kpi.AtLeast},
		{"at least", kpi.AtLeast}, {"more than", kpi.AtLeast}, {"over", kpi.AtLeast},
		{"将近", kpi.Below}, {"接近", kpi.Below}, {"近", kpi.Below},
		{"不足", kpi.Below}, // as the program itself prints what is near
		{"nearly", kpi.Below}, {"almost", kpi.Below}, {"just under", kpi.Below},
		{"大约为", kpi.About}, {"大约", kpi.About}, {"约为", kpi.About}, {"约", kpi.About},
		{"大概", kpi.About}, {"大致", kpi.About}, {"≈", kpi.About}, {"~", kpi.About},
		{"about", kpi.About}, {"approximately", kpi.About}, {"around", kpi.About},
		{"不超过", ""}, {"不多于", ""}, {"不高于", ""}, {"不大于", ""}, {"小于等于", ""}, {"小于", ""},
		{"少于", ""}, {"低于", ""}, {"至多", ""}, {"最多", ""}, {"不到", ""}, {"未达到", ""},
		{"未达", ""}, {"≤", ""}, {"<=", ""}, {"<", ""}, {"at most", ""}, {"less than", ""}, {"under", ""},
	}
	// trailing stand after the number, its scale or its measure
	trailing = []mark{
		{"有余", kpi.AtLeast}, {"余", kpi.AtLeast}, {"多", kpi.AtLeast}, {"及以上", kpi.AtLeast},
		{"以上", kpi.AtLeast}, {"之上", kpi.AtLeast}, {"+", kpi.AtLeast},
		{"左右", kpi.About}, {"上下", kpi.About}, {"来", kpi.About},
		{"及以下", ""}, {"以下", ""}, {"以内", ""}, {"之内", ""}, {"不到", ""}, {"不足", ""},
	}
)

// marks are the words around one figure, combined.
type marks struct {
	atLeast, below, about, ceiling bool
	more                           bool // 余 or 多: some, but less than the next
}

func (m *marks) add(k mark) {
	switch k.says {
	case kpi.AtLeast:
		m.atLeast = true
		m.more = m.more || k.word == "余" || k.word == "有余" || k.word == "多"
	case kpi.Below:
		m.below = true
	case kpi.About:
		m.about = true
	default:
		m.ceiling = true
	}
}

func (m marks) any() bool { return m != marks{} }

// takeLeading removes leading marks from the beginning of s.
func (m *marks) takeLeading(s string) string { return m.take(s, leading, cutWord) }

// takeTrailing removes trailing marks from the beginning of s.
func (m *marks) takeTrailing(s string) string { return m.take(s, trailing, cutWord) }

// takeEnd removes trailing marks from the end of s.
func (m *marks) takeEnd(s string) string { return m.take(s, trailing, strings.CutSuffix) }

func (m *marks) take(s string, list []mark, cut func(s, word string) (string, bool)) string {
	for i := 0; i < len(list); i++ {
		if rest, found := cut(s, list[i].word); found {
			m.add(list[i])
			s, i = strings.TrimSpace(rest), -1
		}
	}
	return s
}

// cutWord removes a word from the beginning of s, regardless of case. An English word must end there.
func cutWord(s, word string) (string, bool) {
	if len(s) < len(word) || !strings.EqualFold(s[:len(word)], word) {
		return s, false
	}
	rest := s[len(word):]
	if isASCIILetter(firstRune(word)) && isASCIILetter(firstRune(rest)) {
		return s, false
	}
	return rest, true
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// precision combines the marks. "About" prevails over "at least" (约300余人); with "below" the figure stays below, so
// that it never counts as reached. Refusal: number_contradictory ("nearly 200 and more").
func (m marks) precision(written string) (kpi.Precision, error) {
	switch {
	case m.ceiling:
		return "", refuse("number_ceiling", written)
	case m.below && m.atLeast:
		return "", refuse("number_contradictory", written)
	case m.below:
		return kpi.Below, nil
	case m.about:
		return kpi.About, nil
	case m.atLeast:
		return kpi.AtLeast, nil
	}
	return kpi.Exact, nil
}
