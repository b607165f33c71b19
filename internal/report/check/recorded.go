package check

import (
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// recorded reports whether a number says what the budget or the staff records hold: 基本支出153.98万元, 执行率96.29%, 编制6名.
// It is typed, but was checked by that; nobody is asked about it.
func (c *checker) recorded(s string, m intake.Mention) bool {
	label := lastClause(s[:m.From])
	switch {
	case m.Measure == kpi.Yuan:
		return c.recordedSum(label, m)
	case m.Measure == kpi.PercentSign && strings.Contains(label, "执行率"):
		return c.recordedRate(m)
	case oneOf(m.Measure) == "人" || m.Measure == "个":
		return c.recordedStaff(s[:m.From], m)
	}
	return false
}

func (c *checker) recordedSum(label string, m intake.Mention) bool {
	least, most := span(m)
	for _, a := range budgetAspects {
		if !a.said.MatchString(label) {
			continue
		}
		for _, whose := range []purse{ofAll, ofBasic, ofProjects} {
			for _, l := range c.linesOf(whose) {
				for _, x := range a.of(l) {
					if x > 0 && x >= least && x <= most {
						return true
					}
				}
			}
		}
	}
	return false
}

func (c *checker) recordedRate(m intake.Mention) bool {
	for _, whose := range []purse{ofAll, ofBasic, ofProjects} {
		for _, l := range c.linesOf(whose) {
			if l.Execution.Ok() {
				if off := m.Amount - l.Execution.Value.Amount(); max(off, -off) <= lastPlace(m)/2 {
					return true
				}
			}
		}
	}
	return false
}

func (c *checker) recordedStaff(before string, m intake.Mention) bool {
	if !c.draft.BasicFigures().StaffStated() {
		return false
	}
	for _, people := range []bool{false, true} {
		f, posts, ok := c.staffOf(lastClause(before), people)
		held := f.People
		if posts {
			held = f.Posts
		}
		if ok && held.Ok() && kpi.Whole(held.Value) == m.Amount {
			return true
		}
	}
	return false
}
