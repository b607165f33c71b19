package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Document is the year-end report, ready to be written as a file or shown as a page.
type Document struct {
	Language lang.Tag  `json:"language"`
	Year     kpi.Year  `json:"year"`
	Mark     string    `json:"mark"` // the annex mark on the cover: 附件1
	Title    string    `json:"title"`
	Office   string    `json:"office"` // as the cover says it: 单位名称：…
	Dated    string    `json:"dated"`  // the cover's date; "" when the input has none
	Date     kpi.Date  `json:"date"`
	Author   string    `json:"author"` // who keeps the figures, for the file's properties
	Sample   bool      `json:"sample"` // invented figures; Notice then says so, on the cover and in every page head
	Notice   string    `json:"notice,omitempty"`
	Sections []Section `json:"sections"` // always the ten
	Annexes  []Annex   `json:"annexes"`
}

// Section is one of the ten.
type Section struct {
	Key     string  `json:"key"`     // names it among the sections, and is its anchor
	Heading string  `json:"heading"` // with its numeral: 一、部门基本情况
	Blocks  []Block `json:"blocks"`
}

// Annex is a form behind the text, on a page of its own. Its tables share their columns, so that a
// spreadsheet can hold them on one sheet.
type Annex struct {
	Form     string  `json:"form"`           // names it among the forms, and is its anchor
	Mark     string  `json:"mark,omitempty"` // 附件2; "" for a form that is a paper of its own
	Title    string  `json:"title"`
	Subtitle string  `json:"subtitle"`
	Wide     bool    `json:"wide,omitempty"` // printed across the page
	Blocks   []Block `json:"blocks"`
}

// Block is a heading, a paragraph, a table or a chart: exactly one of them is set.
type Block struct {
	Heading   *Heading   `json:"heading,omitempty"`
	Paragraph *Paragraph `json:"paragraph,omitempty"`
	Table     *Table     `json:"table,omitempty"`
	Chart     *Chart     `json:"chart,omitempty"`
}

// Heading stands below a section's own: level 2 is （一）, level 3 is 1.
type Heading struct {
	Level int    `json:"level"`
	Text  string `json:"text"` // with its numeral
}

// Paragraph is running text.
type Paragraph struct {
	Runs []Run `json:"runs"`
	Note bool  `json:"note,omitempty"` // small print below a table
}

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

// Text is the paragraph without its references.
func (p Paragraph) Text() string { return plain(p.Runs) }

func plain(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

func heading(level int, text string) Block {
	return Block{Heading: &Heading{Level: level, Text: text}}
}

func paragraph(runs ...Run) Block { return Block{Paragraph: &Paragraph{Runs: runs}} }

// note is small print below a table.
func note(runs ...Run) Block { return Block{Paragraph: &Paragraph{Runs: runs, Note: true}} }
