package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// Limits of a document whose text is read.
const (
	maxParagraphs = 20_000
	maxDocument   = 4 << 20 // bytes of text
	maxSpan       = 63      // columns that a cell may span, as in Word
)

// Line is a paragraph of a document, or a row of one of its tables.
type Line struct {
	Text   string   // for a row, its cells separated by tabs
	Label  string   // the number that Word gives the paragraph by itself: （三）
	Table  int      // number of the row's table, from 1; 0 for a paragraph
	Row    int      // from 1
	Cells  []string // of a row, one per column; columns covered by a spanning cell are empty
	Box    bool     // a text box, which is attached to the line before
	Note   int      // number of its footnote or endnote, from 1; 0 for none
	Hidden bool     // it has hidden text, which was not read
	Level  int      // of a heading by its style or outline, from 1; 0 for other paragraphs
}

// Document reads the text of a .docx as it appears on paper, one line per paragraph or table row.
// Insertions are read, deletions are not; of a field the result is read; a text box is a paragraph of
// its own after the one it is attached to; notes come at the end. Superscript and subscript digits are
// read as such (m², 10², CO₂). Hidden text is left out, and its line says so. Paragraphs without text
// are kept, so that a place can be found by counting. The rows of a table inside a cell come before the
// row it is in.
//
// Refusals, all Invalid: file_empty, document_type, document_pdf, document_picture, document_old,
// file_not_what_it_says, file_too_large, document_damaged, document_macros, document_encrypted,
// document_unpacks_too_large.
func Document(ctx context.Context, name string, content io.ReaderAt, size int64) ([]Line, error) {
	r := &documentReader{archive: archive{ctx: ctx, name: name, keys: "document"}}
	if err := r.read(content, size); err != nil {
		return nil, err
	}
	return r.lines, nil
}

// HasText reports whether any line has words: pictures of pages have none.
func HasText(lines []Line) bool {
	return slices.ContainsFunc(lines, func(l Line) bool { return strings.TrimSpace(l.Text) != "" })
}

// notWord refuses what is something else than its name or its reader takes it for, saying what it is.
func notWord(name string, content io.ReaderAt, size int64) error {
	if size == 0 {
		return kpi.Refuse(kpi.Invalid, "file_empty", quote(name))
	}
	head := make([]byte, min(HeadSize, size))
	if _, err := content.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch is := looksLike(head); {
	case is == ".pdf":
		return kpi.Refuse(kpi.Invalid, "document_pdf", quote(name))
	case is != "":
		return kpi.Refuse(kpi.Invalid, "document_picture", quote(name))
	case !with(oldOffice)(head) || size > MaxGridFile:
		return nil
	}
	all, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	switch {
	case err != nil:
		return err
	case bytes.Contains(all, encryptedPart):
		return kpi.Refuse(kpi.Invalid, "document_encrypted", quote(name))
	case strings.EqualFold(path.Ext(name), ".docx"):
		return kpi.Refuse(kpi.Invalid, "document_old", quote(name))
	}
	return nil
}

func (r *documentReader) read(content io.ReaderAt, size int64) error {
	if err := notWord(r.name, content, size); err != nil {
		return err
	}
	switch name := r.name; {
	case !strings.EqualFold(path.Ext(name), ".docx"):
		return kpi.Refuse(kpi.Invalid, "document_type", quote(name))
	case size > MaxGridFile:
		return kpi.Refuse(kpi.Invalid, "file_too_large", quote(name), MaxGridFile>>20)
	}
	if err := r.open(content, size, "word/document.xml"); err != nil {
		return r.damaged(err)
	}
	if err := r.walk("word/styles.xml", r.readStyle, nothing); err != nil {
		return r.damaged(err)
	}
	if err := r.walk("word/numbering.xml", r.numbers.readList, nothing); err != nil {
		return r.damaged(err)
	}
	for _, part := range []string{"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"} {
		r.documentPart = documentPart{within: []*flow{{}}}
		r.numbers.around = nil
		if err := r.walk(part, r.start, r.end); err != nil {
			return r.damaged(err)
		}
	}
	return nil
}
