package intake

import (
	"regexp"
	"slices"
)

// one returns the only period that a text is about. doubt is the part that cannot be read, "" if there is none.
func (p periods) one() (s span, found bool, doubt string) {
	var marks []periodMark
	wholes := 0
	for _, m := range p.marks {
		if m.whole {
			wholes++
		}
	}
	for _, m := range p.marks {
		switch {
		case m.deadline || m.whole && wholes < len(p.marks) || m.whole && planned.MatchString(p.text[m.to:]):
		case m.doubt == "period_vague" && p.spelledOut(m): // 10月第4周（10.19-10.25）
		case m.doubt != "":
			return span{}, false, p.text[m.from:m.to]
		default:
			marks = append(marks, m)
		}
	}
	if len(marks) == 0 {
		return span{}, false, p.undecided()
	}
	if until := only(marks, func(m periodMark) bool { return m.until }); until != nil {
		s = until.span
		for _, m := range p.marks {
			if until.open && m.doubt == "" && m.from != until.from {
				together := m.to <= until.from && opening.MatchString(p.text[m.to:until.from])
				s = s.begunBy(m.span, together)
			}
		}
		return s, true, ""
	}
	s = marks[0].span
	for _, m := range marks[1:] {
		if m.month != s.month || m.year != s.year || m.day != s.day && m.day*s.day != 0 {
			return span{}, false, p.text[marks[0].from:m.to]
		}
		day := max(s.day, m.day)
		switch {
		case m.part && s.first == s.month: // 10月（9月26日至10月25日）: how that month is counted
			s.part = true
		case s.part && m.first == m.month:
			s = m.span
			s.part = true
		case m.part != s.part:
			return span{}, false, p.text[marks[0].from:m.to]
		case m.first < s.first:
			s.first, s.sum = m.first, m.sum
		}
		s.day = day
	}
	return s, true, ""
}

// spelledOut reports whether a bracket after a vague period states its days.
func (p periods) spelledOut(vague periodMark) bool {
	return slices.ContainsFunc(p.marks, func(m periodMark) bool {
		return m.doubt == "" && m.from >= vague.to && (m.part || m.day != 0) && (vague.month == 0 || m.month == vague.month ||
			m.first == vague.month) && inBracket.MatchString(p.text[:m.from])
	})
}

// inBracket matches a text that ends with an opening bracket.
var inBracket = regexp.MustCompile(`[(\[【〔]\s*(?:自|从|即|指)?\s*$`)

// opening matches the text between a period and the day up to which it counts.
var opening = regexp.MustCompile(`^\s*[([【〔]?\s*(?:截[至止]到?|至|到|止于|as of|as at|to|by|up to)?\s*$`)

// undecided returns what a text without a period says about time: words, digits, a deadline for the work. Deadlines
// for handing in do not count.
func (p periods) undecided() string {
	if p.vague != "" || handIn.MatchString(p.text) {
		return p.vague
	}
	for _, m := range p.marks {
		if m.deadline {
			return p.text[m.from:m.to]
		}
	}
	return ""
}

// planned matches words after 全年 that refer to the target instead of the achievement.
var planned = regexp.MustCompile(`^\s*(?:的)?(?:总|重点|主要|各项)*(?:工作)?(?:目标|任务|计划|预算|指标|预计|预期)`)

// only returns the one mark for which holds is true; nil if there are none or several.
func only(marks []periodMark, holds func(periodMark) bool) (found *periodMark) {
	for i := range marks {
		if holds(marks[i]) {
			if found != nil {
				return nil
			}
			found = &marks[i]
		}
	}
	return found
}
