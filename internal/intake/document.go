package intake

import (
	"encoding/xml"
	"io"
	"path"
	"strings"
	"unicode"

	"dabiao/internal/kpi"
)

// The bounds of a document that is read for its text.
const (
	maxParagraphs = 20_000
	maxDocument   = 4 << 20 // bytes of text
)

// Document reads the text of a .docx, a paragraph each; a row of a table is one, its cells parted
// by tabs. Deleted text, fields' codes and drawings are left out. Paragraphs without text are kept,
// so that counting them finds the place again.
//
// Refusals: Invalid document_type, file_not_what_it_says, file_too_large, document_damaged,
// document_macros, document_encrypted, document_unpacks_too_large.
func Document(name string, content io.ReaderAt, size int64) ([]string, error) {
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
	return r.paragraphs, nil
}

// documentReader gathers the text of a document.
type documentReader struct {
	archive
	paragraphs []string
	line       strings.Builder
	size       int
	rows       int // how many table rows stand around what is read
	skipped    int // how many elements stand around it that are left out
}

// leftOut are elements whose text is no part of what a reader sees, or is there twice.
var leftOut = map[string]bool{"Fallback": true, "del": true, "moveFrom": true, "instrText": true}

func (r *documentReader) start(e xml.StartElement) error {
	switch name := e.Name.Local; {
	case leftOut[name]:
		r.skipped++
	case name == "tr":
		r.rows++
	}
	return nil
}

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
	case name == "tc", name == "p" && r.rows > 0:
		return r.write("\t")
	case name == "tr":
		r.rows--
		return r.finish()
	case name == "p":
		return r.finish()
	}
	return nil
}

func (r *documentReader) write(text string) error {
	if r.size += len(text); r.size > maxDocument {
		return kpi.Refuse(kpi.Invalid, "document_unpacks_too_large", quote(r.name))
	}
	r.line.WriteString(text)
	return nil
}

func (r *documentReader) finish() error {
	if len(r.paragraphs) >= maxParagraphs {
		return kpi.Refuse(kpi.Invalid, "document_unpacks_too_large", quote(r.name))
	}
	r.paragraphs = append(r.paragraphs, cleaned(r.line.String()))
	r.line.Reset()
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
