package check

import (
	"strings"
	"unicode/utf8"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// Found is the result of checking a report that was written elsewhere. None of it is stored.
type Found struct {
	Findings []Finding  // their Section is a paragraph, row or note, as named by [report.ParagraphKey] and its kin
	Numbers  []Number   // in the order of the text
	Proposed []Proposal // what could be kept as indicators
}

// Number is a number in the text that states how many.
type Number struct {
	Section   report.SectionKey // its paragraph or row
	Written   string
	Around    string // the clause it is in
	Indicator string // code of the indicator that it is about, or that has the same value; "" for none
	Holds     string // that indicator's value
	Agrees    bool
}

// Proposal is an indicator that a document suggests.
type Proposal struct {
	Name    string
	Measure kpi.Measure
	Kind    kpi.Kind
	Written string
}

// lineKey identifies the place of a line; at is the number of its paragraph, or of the paragraph a text
// box is attached to.
func lineKey(l intake.Line, at int) report.SectionKey {
	switch {
	case l.Table > 0:
		return report.RowKey(l.Table, l.Row)
	case l.Note > 0:
		return report.NoteKey(l.Note)
	}
	return report.ParagraphKey(at)
}

// most is the limit for the findings, the numbers and the proposals listed of a document, each.
const most = 500

// Document checks a report that was written elsewhere: its text and tables against each other and
// against a year's figures.
func Document(in Input, lines []intake.Line) Found {
	d := documentCheck{checker: newChecker(in), proposed: map[string]bool{}}
	if named := intake.YearOf(lines); named != 0 {
		d.year = int(named)
	}
	d.measures = append(d.measures, learned(textOf(lines), d.measures)...)
	var passages []passage
	var numbered []passage // with the numbers that Word gives them
	about, money := anyTopic, ofAll
	at := 0 // number of the paragraph, counted as a reader would: without text boxes and notes
	for _, l := range lines {
		if !l.Box && l.Note == 0 {
			at++
		}
		key := lineKey(l, at)
		if l.Hidden {
			d.Findings = append(d.Findings, Finding{Code: "hidden_text", Severity: SeverityNote, Section: key, Fix: FixText,
				Text: kpi.T("check.hidden_text")})
		}
		if l.Table > 0 || l.Text == "" {
			continue
		}
		if t, is := topicOf(l.Label + l.Text); is {
			about, money = t, headPurse(l.Text)
		}
		p := passage{key, l.Text, about, money}
		passages = append(passages, p)
		numbered = append(numbered, passage{section: key, text: l.Label + l.Text})
		for _, f := range d.passage(p, report.Typed) {
			if f.Code != "bare_number" { // every number in a document is typed
				d.Findings = append(d.Findings, f)
			}
		}
		for _, s := range sentences(l.Text) {
			for _, m := range intake.Mentions(s, d.measures, d.names) {
				d.note(p.section, s, m)
			}
		}
	}
	for _, t := range tables(lines) {
		d.table(t)
	}
	d.Findings = append(d.Findings, d.twice(passages, d.Findings)...)
	d.Findings = sorted(append(d.Findings, events(passages)...))
	d.Findings = append(d.Findings, numerals(numbered)...)
	return Found{first(d.Findings), first(d.Numbers), first(d.Proposed)}
}

func textOf(lines []intake.Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

type documentCheck struct {
	*checker
	Found
	proposed map[string]bool
}

// note records a number of the text or of a table row, and proposes an indicator for it if none fits.
func (d *documentCheck) note(at report.SectionKey, s string, m intake.Mention) {
	n := d.documentNumber(s, m)
	n.Section = at
	d.Numbers = append(d.Numbers, n)
	if proposal, ok := propose(s, m); ok && n.Indicator == "" && !d.proposed[proposal.Name] {
		d.proposed[proposal.Name] = true
		d.Proposed = append(d.Proposed, proposal)
	}
}

// table records what does not add up in a table, and the achievements its rows state.
func (d *documentCheck) table(t *docTable) {
	d.Findings = append(d.Findings, t.findings()...)
	for _, row := range t.rows {
		for _, s := range t.statements(row) {
			for _, m := range intake.Mentions(s, d.measures, nil) {
				if m.To != len(s) { // part of the name
					continue
				}
				d.note(row.section, s, m)
				if f := d.number(s, m, anyTopic); f.Code == "two_values" {
					d.Findings = append(d.Findings, passage{section: row.section, text: s}.found([]Finding{f})...)
				}
			}
		}
	}
}

func first[T any](list []T) []T { return list[:min(len(list), most)] }

func (c *checker) documentNumber(s string, m intake.Mention) Number {
	n := Number{Written: m.Written, Around: strings.TrimSpace(s)}
	at, ok := c.spokenOf(s, m)
	if !ok {
		same, _ := c.holding(m)
		if len(same) != 1 || m.Measure == "" || m.Amount < kpi.Whole(10) { // small numbers match by chance
			return n
		}
		at = same[0]
	}
	n.Indicator, n.Holds, n.Agrees = at.Indicator.Code, c.said(at), !denies(m, at.Achievement.Value)
	if target, ok := c.draft.Target(*at, false); ok && at.Target.Amount == m.Amount && !n.Agrees {
		n.Holds, n.Agrees = target.Text, true
	}
	return n
}

// leading lists words at the beginning of a clause that do not say what is counted.
var leading = strings.Fields("全年 今年 本年度 年内 先后 累计 共计 共 已 并 其中 同时 为 对 向 完成 开展 组织")

// propose proposes an indicator named after the clause that a number is in.
func propose(s string, m intake.Mention) (p Proposal, ok bool) {
	if m.Measure == "" || m.Measure.IsRate() {
		return p, false
	}
	name := strings.TrimRight(strings.TrimSpace(clause(s, m)), "：: ")
	for cut := true; cut; {
		cut = false
		for _, w := range leading {
			if rest, found := strings.CutPrefix(name, w); found {
				name, cut = strings.TrimSpace(rest), true
			}
		}
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, "完成"), "：")
	if n := utf8.RuneCountInString(name); general.MatchString(name) || compares(name) || strings.Contains(name, "指标") ||
		n < 3 || n > 40 || strings.ContainsAny(name, "0123456789⟦") {
		return p, false
	}
	p = Proposal{Name: name, Measure: m.Measure, Kind: kpi.Flow, Written: m.Written}
	if m.Measure == kpi.Yuan {
		p.Kind = kpi.Money
	}
	return p, true
}
