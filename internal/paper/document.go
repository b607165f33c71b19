package paper

import (
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Document is a paper to be written as a file or shown as a page: sections of text, annexes, or both. A
// document without sections is a single annex and has no cover.
type Document struct {
	Language lang.Tag  `json:"language"`
	Year     kpi.Year  `json:"year"`
	Mark     string    `json:"mark"` // the annex mark on the cover, 附件1; "" if the report is no annex
	Title    string    `json:"title"`
	Number   string    `json:"number,omitempty"` // 文号
	Office   string    `json:"office"`           // as the cover says it: 单位名称：…
	Lines    []string  `json:"lines,omitempty"`  // below the office on the cover: 联系人：…
	Dated    string    `json:"dated"`            // the cover's date, or a blank to fill in
	Date     kpi.Date  `json:"date"`
	Author   string    `json:"author"` // in the file's properties
	Sample   bool      `json:"sample"` // the figures are invented; Notice says so on the cover and in every page header
	Notice   string    `json:"notice,omitempty"`
	Sections []Section `json:"sections"` // none if the document is a single annex
	Annexes  []Annex   `json:"annexes"`
	Attached []string  `json:"attached,omitempty"` // the list of annexes below the text (附件说明), line by line
}

// Section is a numbered part of the text.
type Section struct {
	Key     string  `json:"key"`     // unique among the sections; also its anchor
	Heading string  `json:"heading"` // with its numeral: 一、部门基本情况
	Blocks  []Block `json:"blocks"`
}

// Annex is one or more tables behind the text, on pages of their own. Its tables have the same columns, so
// that they fit on one sheet of a workbook.
type Annex struct {
	Key      string  `json:"form"`           // unique among the annexes; also its anchor
	Mark     string  `json:"mark,omitempty"` // 附件2; "" if it is the whole document
	Title    string  `json:"title"`
	Subtitle string  `json:"subtitle"`
	Wide     bool    `json:"wide,omitempty"` // printed in landscape
	Blocks   []Block `json:"blocks"`
}

// Block is a heading, a paragraph, a table, a chart or a QR code. Exactly one is set.
type Block struct {
	Heading   *Heading   `json:"heading,omitempty"`
	Paragraph *Paragraph `json:"paragraph,omitempty"`
	Table     *Table     `json:"table,omitempty"`
	Chart     *Chart     `json:"chart,omitempty"`
	QR        *QR        `json:"qr,omitempty"`
}

// Heading is a heading within a section: level 2 is （一）, level 3 is 1.
type Heading struct {
	Level int    `json:"level"`
	Text  string `json:"text"` // with its numeral
	Place string `json:"-"`    // the key of the place whose words stand below it
}

// Paragraph is running text.
type Paragraph struct {
	Runs []Run `json:"runs"`
	Note bool  `json:"note,omitempty"` // small print below a table
	Own  bool  `json:"-"`              // the office's own words
}

// Text returns the paragraph's text without references.
func (p Paragraph) Text() string { return Text(p.Runs) }

// NewHeading returns a heading as a block. level is at least 2.
func NewHeading(level int, text string) Block {
	return Block{Heading: &Heading{Level: level, Text: text}}
}

// NewParagraph returns running text as a block.
func NewParagraph(runs ...Run) Block { return Block{Paragraph: &Paragraph{Runs: runs}} }

// NewNote returns small print below a table as a block.
func NewNote(runs ...Run) Block { return Block{Paragraph: &Paragraph{Runs: runs, Note: true}} }
