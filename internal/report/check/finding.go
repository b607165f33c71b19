package check

import (
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
)

// Severity is the weight of a finding. An error is a contradiction: the report must not be signed with
// it. A warning should be looked at; a note is for information.
type Severity string

const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
)

// Severities lists the severities, the gravest first.
var Severities = []Severity{SeverityError, SeverityWarning, SeverityNote}

// Finding is something wrong or odd in a year's report. Section or Indicator say where; Fix says on
// which page it can be corrected.
type Finding struct {
	Code      string // stable, for programs: two_values
	Severity  Severity
	Text      kpi.Text
	Section   report.SectionKey // the office's text it is in; "" for none
	Indicator string            // code; "" for none
	Quote     string            // the words it is about
	Sentence  string            // the sentence they stand in; "" for none
	Fix       Fix

	ID   string         // a hash of what it says: it changes with the sentence and the figure
	Mark *kpi.CheckMark // set if somebody found it to be no fault
}

// Fix is the page where a finding can be corrected.
type Fix string

const (
	FixText      Fix = "text"
	FixIndicator Fix = "indicator"
	FixPlan      Fix = "plan"
	FixScore     Fix = "score"
	FixBudget    Fix = "budget"
	FixProject   Fix = "project"
	FixOutline   Fix = "outline"
	FixStaffing  Fix = "staffing"
	FixCover     Fix = "cover"
	FixRows      Fix = "rows"
)

// Input is a year's report with what is only needed to check it.
type Input struct {
	report.Input
	Wordings map[kpi.IndicatorID]string   // how the figures that come from a single entry were written
	Before   map[report.SectionKey]string // last year's texts
	Marks    map[string]kpi.CheckMark     // the findings found to be no fault, by ID
}

// Report checks a year's report for the mistakes found in published ones, and returns the findings, the
// gravest first. The same input gives the same findings.
func Report(in Input) []Finding {
	c := newChecker(in)
	var out []Finding
	for _, check := range []func(*checker) []Finding{
		(*checker).stages, (*checker).parts, (*checker).scoring, (*checker).deviations,
		(*checker).prose, (*checker).readings, (*checker).approximate, (*checker).wordings,
		(*checker).unbudgeted, (*checker).projects, (*checker).staffing, (*checker).targets,
		(*checker).missing, (*checker).empty, (*checker).problemsDenied, (*checker).untold,
		(*checker).cover, (*checker).forms,
	} {
		out = append(out, check(c)...)
	}
	return c.identified(sorted(out))
}

func sorted(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return slices.Index(Severities, a.Severity) - slices.Index(Severities, b.Severity)
	})
	return findings
}

// Errors counts the findings that prevent signing. Those that were marked as no fault are not counted.
func Errors(findings []Finding) int { return weighing(findings, SeverityError) }

// Warnings counts the findings that should be looked at.
func Warnings(findings []Finding) int { return weighing(findings, SeverityWarning) }

func weighing(findings []Finding, s Severity) (n int) {
	for _, f := range findings {
		if f.Severity == s && f.Mark == nil {
			n++
		}
	}
	return n
}

// checker is an input with what several checks need.
type checker struct {
	Input
	draft    *report.Draft
	figures  []progress.Figure
	byID     map[kpi.IndicatorID]*progress.Figure
	measures []kpi.Measure
	names    []string                    // names that may contain numbers
	facts    []fact                      // of the indicators
	read     map[string][]intake.Mention // of the sentences of a passage
	told     string                      // the end of the text that was read, which shares may be of
	year     int                         // that the text is of; 0: not known
}

// mostRead is how many sentences' numbers are kept.
const mostRead = 200

// mentions returns the numbers of a text, which many rules ask for. They are not to be changed.
func (c *checker) mentions(s string) []intake.Mention {
	found, ok := c.read[s]
	if !ok {
		if len(c.read) >= mostRead || c.read == nil {
			c.read = map[string][]intake.Mention{}
		}
		found = withShares(s, intake.Mentions(s, c.measures, c.names))
		c.read[s] = found
	}
	return found
}

func newChecker(in Input) *checker {
	c := &checker{Input: in, draft: report.NewDraft(in.Input), figures: in.Board.Figures(),
		byID: map[kpi.IndicatorID]*progress.Figure{}, year: int(in.Board.Year.Year)}
	for i := range c.figures {
		f := &c.figures[i]
		ind := f.Indicator
		c.byID[ind.ID] = f
		if ind.Measure != "" && !slices.Contains(c.measures, ind.Measure) {
			c.measures = append(c.measures, ind.Measure)
		}
		c.names = append(c.names, ind.Name, ind.NameEn)
		if f.Achievement.Ok() && ind.AddsUnits() {
			c.facts = append(c.facts, fact{name: ind.Names(), indicator: ind.Code, core: core(ind.Name),
				stage:  stageOf(ind.Name),
				amount: f.Achievement.Value.Amount, exact: f.Achievement.Value.Precision == kpi.Exact, measure: base(ind.Measure)})
		}
	}
	c.names = append(c.names, in.Office.Name, in.Office.NameEn)
	return c
}

// of returns a finding about an indicator, to be corrected on the indicator's page.
func of(f *progress.Figure, code string, s Severity, args ...any) Finding {
	return Finding{Code: code, Severity: s, Text: kpi.T("check."+code, append([]any{f.Indicator.Names()}, args...)...),
		Indicator: f.Indicator.Code, Fix: FixIndicator}
}

// said returns a figure's value as the report prints it: 6户, 200余人次.
func (c *checker) said(f *progress.Figure) string { return c.draft.Achieved(*f) }

func quantity(a kpi.Amount, m kpi.Measure) kpi.Text { return kpi.T("check.quantity", a, m) }
