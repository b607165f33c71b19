package intake

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"dabiao/internal/kpi"
)

// documentReader gathers the text of a document.
type documentReader struct {
	archive
	documentPart
	formats documentFormats
	numbers documentNumbers
	lines   []Line
	size    int
	tables  int
	notes   int
	review  *reviewReader // nil: changes are read as accepted, comments are not
}

// documentPart is the reader's state within a part.
type documentPart struct {
	stack   []string       // the elements around it
	leftOut int            // their number up to the outermost that is left out; 0: none
	choices []bool         // per alternative content around it, whether a choice was read already
	within  []*flow        // the part itself, then the cells and text boxes around it
	rows    []*tableReader // the tables around it
	boxed   []Line         // the text boxes attached to the current paragraph
	fields  []bool         // per field around it, whether its result has begun
	inNote  bool
}

// flow is continuous text: of a part, a cell or a text box.
type flow struct {
	text       strings.Builder
	cell       bool // its paragraphs are lines of a cell
	paragraphs int  // that are open
	joins      bool // the paragraph mark was deleted: the next paragraph continues this one
	hidden     bool // hidden text was left out
}

// tableReader is a table being read.
type tableReader struct {
	number, row, span int
	cells             []string
	hidden            bool
}

// notShown are elements whose text a reader does not see: deleted text, former formatting, field codes, phonetic
// readings.
var notShown = map[string]bool{"del": true, "moveFrom": true, "instrText": true, "rt": true,
	"rPrChange": true, "pPrChange": true,
	"tcPrChange": true, "trPrChange": true, "tblPrChange": true, "tblGridChange": true, "sectPrChange": true}

func (r *documentReader) parent() string      { return r.around(1) }
func (r *documentReader) grandparent() string { return r.around(2) }

func (r *documentReader) around(n int) string {
	if len(r.stack) <= n {
		return ""
	}
	return r.stack[len(r.stack)-1-n]
}

func (r *documentReader) table() *tableReader { return r.rows[len(r.rows)-1] }
func (r *documentReader) flow() *flow         { return r.within[len(r.within)-1] }

func (r *documentReader) start(e xml.StartElement) error {
	name := e.Name.Local
	r.stack = append(r.stack, name)
	if r.leftOut > 0 {
		return nil
	}
	if r.review != nil {
		r.review.start(r, name, e)
	}
	if r.leaves(name, e) {
		r.leftOut = len(r.stack)
		return nil
	}
	r.formats.start(name, e, r.parent() == "rPr" && r.grandparent() == "r")
	r.numbers.start(name, e,
		r.parent() == "numPr" && r.grandparent() == "pPr" || name == "pStyle" && r.parent() == "pPr")
	switch name {
	case "p":
		if r.flow().paragraphs > 0 { // in a text box
			r.within = append(r.within, &flow{})
		}
		r.flow().paragraphs++
	case "tbl":
		r.tables++
		r.rows = append(r.rows, &tableReader{number: r.tables})
	case "fldChar":
		r.field(attr(e, "fldCharType"))
	case "sym":
		return r.write(symbol(attr(e, "font"), attr(e, "char")))
	case "tr", "tc", "gridBefore", "gridSpan":
		r.startInTable(name, e)
	}
	return nil
}

func (r *documentReader) startInTable(name string, e xml.StartElement) {
	if len(r.rows) == 0 {
		return
	}
	t := r.table()
	n, err := strconv.Atoi(attr(e, "val"))
	switch wide := err == nil && n > 0 && n <= maxSpan; {
	case name == "tr":
		t.row, t.cells, t.hidden = t.row+1, nil, false
	case name == "tc":
		t.span = 1
		r.within = append(r.within, &flow{cell: true})
	case name == "gridBefore" && wide:
		t.cells = make([]string, n)
	case name == "gridSpan" && wide:
		t.span = n
	}
}

// leaves reports whether an element is left out. Of alternative contents only the first known choice is read.
func (r *documentReader) leaves(name string, e xml.StartElement) bool {
	n := len(r.choices)
	if r.review.rejects() { // what came in is left out, what went out is read
		switch name {
		case "ins", "moveTo":
			r.flow().joins = r.flow().joins || r.parent() == "rPr" && r.grandparent() == "pPr"
			return true
		case "del", "moveFrom":
			return false
		}
	}
	switch {
	case (name == "del" || name == "moveFrom") && r.parent() == "rPr":
		r.flow().joins = r.flow().joins || r.grandparent() == "pPr"
	case name == "AlternateContent":
		r.choices = append(r.choices, false)
	case (name == "Choice" || name == "Fallback") && n > 0:
		taken := r.choices[n-1]
		r.choices[n-1] = true
		return taken
	case name == "footnote" || name == "endnote":
		kind := attr(e, "type")
		if r.inNote = kind == "" || kind == "normal"; r.inNote {
			r.notes++
		}
		return !r.inNote // the separator above the notes
	}
	return notShown[name]
}

// field records where the result of a field begins; the text before it is its code.
func (r *documentReader) field(kind string) {
	switch n := len(r.fields); {
	case kind == "begin":
		r.fields = append(r.fields, false)
	case n > 0 && kind == "separate":
		r.fields[n-1] = true
	case n > 0 && kind == "end":
		r.fields = r.fields[:n-1]
	}
}

func (r *documentReader) end(name, text string) error {
	depth := len(r.stack)
	if depth == 0 || r.stack[depth-1] != name {
		return errDamaged
	}
	defer func() { r.stack = r.stack[:depth-1] }()
	if r.leftOut > 0 {
		if r.leftOut == depth {
			r.leftOut = 0
		}
		return nil
	}
	defer r.formats.end(name)
	inRun := r.parent() == "r"
	switch {
	case name == "t", name == "delText" && r.review.rejects():
		return r.write(r.formats.set(text))
	case inRun && (name == "tab" || name == "ptab"):
		return r.write("\t")
	case inRun && (name == "br" || name == "cr"):
		return r.write("\n")
	case inRun && name == "noBreakHyphen":
		return r.write("-")
	case name == "num" && r.parent() == "f": // of a fraction
		return r.write("/")
	case name == "AlternateContent":
		r.choices = r.choices[:len(r.choices)-1]
	case name == "p":
		return r.endParagraph()
	case len(r.rows) > 0:
		return r.endInTable(name)
	}
	return nil
}

func (r *documentReader) readStyle(e xml.StartElement) error {
	if err := r.numbers.readStyle(e); err != nil {
		return err
	}
	return r.formats.readStyle(e)
}

// endParagraph completes a paragraph: a line of its own, or a line break within a cell.
func (r *documentReader) endParagraph() error {
	f := r.flow()
	f.paragraphs--
	label := r.numbers.end()
	r.fields = slices.DeleteFunc(r.fields,
		func(begun bool) bool { return !begun }) // a field that never ended hides nothing
	switch joins := f.joins; {
	case f.cell:
		if f.joins = false; !joins {
			return r.write("\n")
		}
	case len(r.within) > 1:
		if text := cleaned(f.text.String()); text != "" || f.hidden {
			r.boxed = append(r.boxed, Line{Text: text, Box: true, Note: r.note(), Hidden: f.hidden})
		}
		r.within = r.within[:len(r.within)-1]
	case joins:
		f.joins = false
		return r.finish(Line{Note: r.note()})
	default:
		l := Line{Text: cleaned(f.text.String()), Label: label, Note: r.note(), Hidden: f.hidden,
			Level: r.formats.level()}
		*f = flow{}
		return r.finish(l)
	}
	return nil
}

func (r *documentReader) endInTable(name string) error {
	t := r.table()
	switch name {
	case "tc":
		cell := r.flow()
		t.cells = append(append(t.cells, strings.ReplaceAll(cleaned(cell.text.String()), "\t", " ")),
			make([]string, max(t.span-1, 0))...)
		t.hidden = t.hidden || cell.hidden
		r.within = r.within[:len(r.within)-1]
	case "tr":
		return r.finish(Line{Text: strings.Join(t.cells, "\t"), Table: t.number, Row: t.row, Cells: t.cells,
			Note: r.note(), Hidden: t.hidden})
	case "tbl":
		r.rows = r.rows[:len(r.rows)-1]
	}
	return nil
}

// note returns the number of the current note; 0 outside notes.
func (r *documentReader) note() int {
	if !r.inNote {
		return 0
	}
	return r.notes
}

// write appends visible text. Refusal: document_unpacks_too_large.
func (r *documentReader) write(text string) error {
	if slices.Contains(r.fields, false) {
		return nil
	}
	if r.formats.hidden() {
		r.flow().hidden = r.flow().hidden || strings.TrimSpace(text) != ""
		return nil
	}
	if r.size += len(text); r.size > maxDocument {
		return kpi.Refuse(kpi.Invalid, "document_unpacks_too_large", quote(r.name))
	}
	r.flow().text.WriteString(text)
	r.review.wrote(text)
	return nil
}

// finish appends a line and the text boxes attached to it.
func (r *documentReader) finish(l Line) error {
	if len(r.lines)+len(r.boxed) >= maxParagraphs {
		return kpi.Refuse(kpi.Invalid, "document_unpacks_too_large", quote(r.name))
	}
	r.lines = append(append(r.lines, l), r.boxed...)
	r.boxed = nil
	return nil
}

// cleaned returns a text without characters that cannot be shown.
func cleaned(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || neverKept(r)) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}
