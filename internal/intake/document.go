package intake

import (
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode"

	"dabiao/internal/kpi"
)

// The bounds of a document that is read for its text.
const (
	maxParagraphs = 20_000
	maxDocument   = 4 << 20 // bytes of text
	maxSpan       = 63      // columns a cell may cover, as in Word
)

// Line is a paragraph of a document or a row of one of its tables.
type Line struct {
	Text  string   // of a row, its cells parted by tabs
	Table int      // the table a row stands in, from 1; 0 for a paragraph
	Row   int      // from 1
	Cells []string // of a row, one for each column: what a cell covers beside itself is empty
}

// Document reads the text of a .docx, a paragraph or a row of a table each. Deleted text, fields' codes and
// drawings are left out. Paragraphs without text are kept, so that counting them finds the place again.
// A table in a cell has its rows before the one it stands in.
//
// Refusals: Invalid document_type, file_not_what_it_says, file_too_large, document_damaged,
// document_macros, document_encrypted, document_unpacks_too_large.
func Document(name string, content io.ReaderAt, size int64) ([]Line, error) {
	switch {
	case !strings.EqualFold(path.Ext(name), ".docx"):
		return nil, kpi.Refuse(kpi.Invalid, "document_type", quote(name))
	case size > MaxGridFile:
		return nil, kpi.Refuse(kpi.Invalid, "file_too_large", quote(name), MaxGridFile>>20)
	}
	r := &documentReader{archive: archive{name: name, keys: "document"}}
	if err := r.open(content, size, "word/document.xml"); err != nil {
		return nil, r.damaged(err)
	}
	if err := r.walk("word/document.xml", r.start, r.end); err != nil {
		return nil, r.damaged(err)
	}
	return r.lines, nil
}

// documentReader gathers the text of a document.
type documentReader struct {
	archive
	lines   []Line
	text    strings.Builder // of a paragraph outside of tables
	size    int
	tables  int
	within  []*tableReader // the tables around what is read
	skipped int            // how many elements stand around it that are left out
}

// tableReader is a table being read.
type tableReader struct {
	number, row, span int
	cells             []string
	cell              strings.Builder
}

// leftOut are elements whose text is no part of what a reader sees, or is there twice.
var leftOut = map[string]bool{"Fallback": true, "del": true, "moveFrom": true, "instrText": true}

func (r *documentReader) start(e xml.StartElement) error {
	switch name := e.Name.Local; {
	case leftOut[name]:
		r.skipped++
	case r.skipped > 0:
	case name == "tbl":
		r.tables++
		r.within = append(r.within, &tableReader{number: r.tables})
	case len(r.within) == 0:
	case name == "tr":
		t := r.table()
		t.row, t.cells = t.row+1, nil
	case name == "tc":
		r.table().span = 1
		r.table().cell.Reset()
	case name == "gridSpan":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n > 1 && n <= maxSpan {
			r.table().span = n
		}
	}
	return nil
}

func (r *documentReader) table() *tableReader { return r.within[len(r.within)-1] }

func (r *documentReader) end(name, text string) error {
	switch {
	case leftOut[name]:
		r.skipped--
	case r.skipped > 0:
	case name == "t":
		return r.write(text)
	case name == "tab":
		return r.write("\t")
	case name == "br", name == "cr":
		return r.write("\n")
	case name == "p" && len(r.within) == 0:
		text := cleaned(r.text.String())
		r.text.Reset()
		return r.finish(Line{Text: text})
	case len(r.within) == 0:
	case name == "p":
		return r.write("\n")
	case name == "tc":
		t := r.table()
		t.cells = append(append(t.cells, strings.ReplaceAll(cleaned(t.cell.String()), "\t", " ")), make([]string, max(t.span-1, 0))...)
		t.cell.Reset()
	case name == "tr":
		t := r.table()
		return r.finish(Line{Text: strings.Join(t.cells, "\t"), Table: t.number, Row: t.row, Cells: t.cells})
	case name == "tbl":
		r.within = r.within[:len(r.within)-1]
	}
	return nil
}

func (r *documentReader) write(text string) error {
	if r.size += len(text); r.size > maxDocument {
		return kpi.Refuse(kpi.Invalid, "document_unpacks_too_large", quote(r.name))
	}
	if len(r.within) > 0 {
		r.table().cell.WriteString(text)
	} else {
		r.text.WriteString(text)
	}
	return nil
}

func (r *documentReader) finish(l Line) error {
	if len(r.lines) >= maxParagraphs {
		return kpi.Refuse(kpi.Invalid, "document_unpacks_too_large", quote(r.name))
	}
	r.lines = append(r.lines, l)
	return nil
}

// cleaned is a text without what cannot be shown: a document is looked at, not kept.
func cleaned(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || neverKept(r)) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}
