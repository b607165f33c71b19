package paper

import (
	"strings"

	"dabiao/internal/kpi"
)

// Run is a stretch of text. One that prints a number names where the number comes from.
type Run struct {
	Text string `json:"text"`
	Ref  *Ref   `json:"ref,omitempty"`
}

// Ref traces a printed number: to an indicator by its code, to a budget line by its fund and
// nature, to a project by its code (its points of an indicator by both), to a row of the
// basic data, or, with none of them, to the count of the year's indicators.
type Ref struct {
	Indicator string     `json:"indicator,omitempty"`
	Fund      kpi.Fund   `json:"fund,omitempty"`
	Nature    kpi.Nature `json:"nature,omitempty"`
	Project   string     `json:"project,omitempty"` // code, of a project's money and points
	Basic     string     `json:"basic,omitempty"`   // a row of the basic data: staff:retired, costs:abroad
	Form      RefForm    `json:"form"`
	Number    string     `json:"number,omitempty"` // of the figure in the source annex: 2-5
}

// RefForm says which of a figure's numbers is printed.
type RefForm string

// The forms. Those before RefCount are of indicators, those from RefBudget on of budget lines.
const (
	RefValue       RefForm = "value"
	RefTarget      RefForm = "target"
	RefRate        RefForm = "rate"   // completion
	RefStated      RefForm = "stated" // the number beside a judgement
	RefNumerator   RefForm = "numerator"
	RefDenominator RefForm = "denominator"
	RefDate        RefForm = "date" // of the last reading
	RefForecast    RefForm = "forecast"
	RefCount       RefForm = "count"
	RefBudget      RefForm = "budget"
	RefInitial     RefForm = "initial"
	RefSpent       RefForm = "spent"
	RefExecution   RefForm = "execution"
	RefOpening     RefForm = "opening"
	RefIncome      RefForm = "income"
	RefClosing     RefForm = "closing"
	RefDifference  RefForm = "difference" // of the achievement from its target
	RefWords       RefForm = "words"      // how the achievement stands to its target
	RefChange      RefForm = "change"     // year over year
	RefWeight      RefForm = "weight"     // of an indicator; without one, of the budget's execution
	RefScore       RefForm = "score"      // of the same
	RefAllWeight   RefForm = "all_weight" // of execution and all indicators
	RefTotal       RefForm = "total"      // the points of all of them
	RefPosts       RefForm = "posts"      // of staff, as the two below
	RefPeople      RefForm = "people"
	RefInPost      RefForm = "in_post" // people ÷ posts
	RefLast        RefForm = "last"    // of an official cost: last year's
)

// Live is a run that prints a number, with where it comes from.
func Live(text string, ref *Ref) Run { return Run{Text: text, Ref: ref} }

// Text is what runs say, without their references.
func Text(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
