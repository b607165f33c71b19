package check

import (
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// MarkedRun is a piece of a text as it will print. Mark says what is wrong with it; its key is "" if
// nothing is.
type MarkedRun struct {
	paper.Run
	Mark kpi.Text
}

// Marked returns a text as it will print, one slice per paragraph, with the check's remarks on every
// typed number.
func (in Input) Marked(text string) [][]MarkedRun {
	c := newChecker(in)
	var out [][]MarkedRun
	for _, line := range c.draft.Lines(text, report.Typed) {
		var marked []MarkedRun
		for _, r := range line {
			marked = append(marked, c.marked(r)...)
		}
		out = append(out, marked)
	}
	return out
}

// marked splits a run at its typed numbers.
func (c *checker) marked(r paper.Run) []MarkedRun {
	if r.Ref != nil {
		return []MarkedRun{{Run: r}}
	}
	var out []MarkedRun
	from := 0
	for _, m := range intake.Mentions(r.Text, c.measures, c.names) {
		wrong := c.number(r.Text, m, anyTopic)
		if wrong.Code == "bare_number" && c.recorded(r.Text, m) {
			wrong.Text = kpi.Text{}
		}
		out = append(out, MarkedRun{Run: paper.Run{Text: r.Text[from:m.From]}},
			MarkedRun{paper.Run{Text: m.Written}, wrong.Text})
		from = m.To
	}
	return append(out, MarkedRun{Run: paper.Run{Text: r.Text[from:]}})
}

// Of lists the findings that a section would have with this text, in the notation people type.
func (in Input) Of(section report.SectionKey, text string) []Finding {
	c := newChecker(in)
	p := passage{section, text, sectionTopic(section), sectionPurse(section)}
	return sorted(append(c.passage(p, report.Typed), numerals([]passage{p})...))
}
