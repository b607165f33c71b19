package intake

import (
	"io"
	"path"
	"strings"

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
	Text   string   // of a row, its cells parted by tabs
	Table  int      // the table a row stands in, from 1; 0 for a paragraph
	Row    int      // from 1
	Cells  []string // of a row, one for each column: what a cell covers beside itself is empty
	Box    bool     // a text box, which hangs on the line before
	Note   int      // the footnote or endnote it stands in, from 1; 0 for none
	Hidden bool     // it has hidden text, which was not read
}

// Document reads the text of a .docx as somebody sees it who holds the paper, a paragraph or a row of a table
// each: insertions are read, deletions are not; a field is its result; a text box is a paragraph of its own
// behind the one it hangs on; notes come at the end. Raised and lowered digits are read as such (m², 10², CO₂). Hidden text
// is left out and the line says so. Paragraphs without text are kept, so that counting them finds the place again.
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
	if err := r.walk("word/styles.xml", r.looks.readStyle, nothing); err != nil {
		return nil, r.damaged(err)
	}
	for _, part := range []string{"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"} {
		r.documentPart = documentPart{within: []*flow{{}}}
		if err := r.walk(part, r.start, r.end); err != nil {
			return nil, r.damaged(err)
		}
	}
	return r.lines, nil
}
