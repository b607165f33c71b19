package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// DocumentCheck is what was found in a report that was written elsewhere. Nothing of it is kept.
type DocumentCheck struct {
	Findings []Finding        // their Section is the paragraph, as [ParagraphKey] names it
	Numbers  []DocumentNumber // in the order of the text
	Proposed []Proposal       // what could be kept as indicators
}

// DocumentNumber is a number of the text that says how many.
type DocumentNumber struct {
	Paragraph int // from 1
	Written   string
	Around    string // the clause it stands in
	Indicator string // code of the indicator that it speaks of, or that holds the same; "" for none
	Holds     string // what that indicator holds
	Agrees    bool
}

// Proposal is an indicator that a document suggests.
type Proposal struct {
	Name    string
	Measure kpi.Measure
	Kind    kpi.Kind
	Written string
}

// ParagraphKey names a paragraph of a document, from 1.
func ParagraphKey(n int) SectionKey { return paragraphPrefix + SectionKey(strconv.Itoa(n)) }

const paragraphPrefix SectionKey = "paragraph/"

// most is how many findings, numbers and proposals of a document are listed, each.
const most = 500

// CheckDocument reads the paragraphs of a report that was written elsewhere and holds them against
// each other and against a year's figures. Rows of tables (with tabs) are not prose and are left out.
func CheckDocument(in CheckInput, paragraphs []string) DocumentCheck {
	c := newChecker(in)
	var out DocumentCheck
	var passages []passage
	proposed := map[string]bool{}
	for i, text := range paragraphs {
		if text == "" || strings.Contains(text, "\t") {
			continue
		}
		p := passage{ParagraphKey(i + 1), text}
		passages = append(passages, p)
		for _, f := range c.passage(p) {
			if f.Code != "bare_number" { // in a document every number is typed
				out.Findings = append(out.Findings, f)
			}
		}
		for _, s := range sentences(text) {
			for _, m := range intake.Mentions(s, c.measures, c.names) {
				n := c.documentNumber(s, m)
				n.Paragraph = i + 1
				out.Numbers = append(out.Numbers, n)
				if proposal, ok := propose(s, m); ok && n.Indicator == "" && !proposed[proposal.Name] {
					proposed[proposal.Name] = true
					out.Proposed = append(out.Proposed, proposal)
				}
			}
		}
	}
	out.Findings = sorted(append(out.Findings, c.twice(passages)...))
	out.Findings = append(out.Findings, numerals(strings.Join(paragraphs, "\n"))...)
	out.Findings, out.Numbers, out.Proposed = first(out.Findings), first(out.Numbers), first(out.Proposed)
	return out
}

func first[T any](list []T) []T { return list[:min(len(list), most)] }

func (c *checker) documentNumber(s string, m intake.Mention) DocumentNumber {
	n := DocumentNumber{Written: m.Written, Around: strings.TrimSpace(s)}
	at, ok := c.spokenOf(clause(s, m), m)
	if !ok {
		same, _ := c.holding(m)
		if len(same) != 1 || m.Measure == "" || m.Amount < kpi.Whole(10) { // small numbers are equal by chance
			return n
		}
		at = same[0]
	}
	n.Indicator, n.Holds, n.Agrees = at.Indicator.Code, c.said(at), !denies(m, at.Achievement.Value)
	if target, ok := c.b.target(*at, false); ok && at.Target.Amount == m.Amount && !n.Agrees {
		n.Holds, n.Agrees = target.Text, true
	}
	return n
}

// leading are words a clause begins with that say nothing of what is counted.
var leading = strings.Fields("全年 今年 本年度 年内 先后 累计 共计 共 已 并 其中 同时 为 对 向 完成 开展 组织")

// propose makes an indicator of the clause a number stands in.
func propose(s string, m intake.Mention) (p Proposal, ok bool) {
	if m.Measure == "" || m.Measure == kpi.PercentSign {
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
	if n := utf8.RuneCountInString(name); general.MatchString(name) || compares(name) || strings.Contains(name, "指标") || n < 3 || n > 40 || strings.ContainsAny(name, "0123456789⟦") {
		return p, false
	}
	p = Proposal{Name: name, Measure: m.Measure, Kind: kpi.Flow, Written: m.Written}
	if m.Measure == kpi.Yuan {
		p.Kind = kpi.Money
	}
	return p, true
}
