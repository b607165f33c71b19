package paper

import (
	"strings"

	"dabiao/internal/kpi"
)

// Run is a piece of text. If it is a number, Ref says where the number comes from.
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
	Aspect    RefAspect  `json:"form"`
	Number    string     `json:"number,omitempty"` // of the figure in the source annex: 2-5
}

// RefAspect says which of a figure's numbers is printed.
type RefAspect string

// Those before RefCount are of indicators, those from RefBudget on of budget lines.
const (
	RefValue       RefAspect = "value"
	RefTarget      RefAspect = "target"
	RefRate        RefAspect = "rate"   // completion
	RefStated      RefAspect = "stated" // the number beside a level
	RefNumerator   RefAspect = "numerator"
	RefDenominator RefAspect = "denominator"
	RefDate        RefAspect = "date" // of the last reading
	RefForecast    RefAspect = "forecast"
	RefCount       RefAspect = "count"
	RefBudget      RefAspect = "budget"
	RefInitial     RefAspect = "initial"
	RefSpent       RefAspect = "spent"
	RefExecution   RefAspect = "execution"
	RefOpening     RefAspect = "opening"
	RefIncome      RefAspect = "income"
	RefClosing     RefAspect = "closing"
	RefDifference  RefAspect = "difference" // of the achievement from its target
	RefWords       RefAspect = "words"      // how the achievement stands to its target
	RefChange      RefAspect = "change"     // year over year
	RefWeight      RefAspect = "weight"     // of an indicator; without one, of the budget's execution
	RefScore       RefAspect = "score"      // of the same
	RefAllWeight   RefAspect = "all_weight" // of execution and all indicators
	RefTotal       RefAspect = "total"      // the points of all of them
	RefPosts       RefAspect = "posts"      // of staff, as the two below
	RefPeople      RefAspect = "people"
	RefInPost      RefAspect = "in_post" // people ÷ posts
	RefLast        RefAspect = "last"    // of an official cost: last year's
)

// Live returns a run that prints a number and refers to its source.
func Live(text string, ref *Ref) Run { return Run{Text: text, Ref: ref} }

// Text returns the text of runs without references.
func Text(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
