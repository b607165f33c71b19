package paper

import (
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Document is a paper ready to be written as a file or shown as a page: sections of text, tables behind
// them, or both. A document without sections is one annex by itself and has no cover.
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
	Sections []Section `json:"sections"` // none in a paper that is one annex
	Annexes  []Annex   `json:"annexes"`
}

// Section is a numbered part of the text.
type Section struct {
	Key     string  `json:"key"`     // names it among the sections, and is its anchor
	Heading string  `json:"heading"` // with its numeral: 一、部门基本情况
	Blocks  []Block `json:"blocks"`
}

// Annex is a table or more behind the text, on a page of its own. Its tables share their columns, so that a
// spreadsheet can hold them on one sheet.
type Annex struct {
	Key      string  `json:"form"`           // names it among the annexes, and is its anchor
	Mark     string  `json:"mark,omitempty"` // 附件2; "" for an annex that is a paper of its own
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

// Text is the paragraph without its references.
func (p Paragraph) Text() string { return Text(p.Runs) }

// NewHeading is a heading as a block; level is at least 2.
func NewHeading(level int, text string) Block {
	return Block{Heading: &Heading{Level: level, Text: text}}
}

// NewParagraph is running text as a block.
func NewParagraph(runs ...Run) Block { return Block{Paragraph: &Paragraph{Runs: runs}} }

// NewNote is small print below a table, as a block.
func NewNote(runs ...Run) Block { return Block{Paragraph: &Paragraph{Runs: runs, Note: true}} }
