package report

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// MaxTemplate bounds an office's own Word file, in bytes; maxFilled what one part of it may grow to.
const (
	MaxTemplate = 4 << 20
	maxFilled   = 32 << 20
)

// FillTemplate writes an office's own .docx with its tokens filled, everything else as it is. Tokens
// are those of the report's texts, also where Word has split one over runs, in tables, page heads and
// feet, notes and text boxes. A row of a table that begins a repetition in one cell and does not end
// it there is repeated whole, once for each indicator. A paragraph of the body that is one token for a
// section or a table of the report becomes what stands there.
//
// What a token prints is never read again, so that a name that looks like one prints as it is.
// Refusals: Invalid form_invalid with every token nobody knows and its place, and with all that the file
// would fetch from elsewhere or run; template_grows, file_not_what_it_says.
func FillTemplate(w io.Writer, in Input, file []byte) error {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return kpi.Refuse(kpi.Invalid, "file_not_what_it_says", "docx")
	}
	f := &templateFill{Draft: NewDraft(in), told: map[string]bool{}}
	var parts []paper.Part
	for _, e := range z.File {
		content, err := paper.ReadPart(e)
		if err != nil {
			return fmt.Errorf("read the template's %s: %w", e.Name, err)
		}
		if err := f.foreign(e.Name, content); err != nil {
			return err
		}
		if place, ok := holdsText(e.Name); ok {
			if f.place, f.paragraph = place, 0; place == inDocument {
				f.width = widthOf(content)
			}
			content = f.fill(content)
		}
		parts = append(parts, paper.Part{Name: e.Name, Content: content})
	}
	if err := errors.Join(f.grown, f.mistakes.Err()); err != nil {
		return err
	}
	for i, p := range parts {
		if f.styled && p.Name == "word/styles.xml" {
			parts[i].Content = paper.DocxStyles(p.Content, f.p.Tag())
		}
	}
	return paper.WriteZip(w, parts)
}

// inDocument is the place of the part that is neither head nor foot nor note.
const inDocument = "template.in.document"

// holdsText says what a part of a document is called where people read it; ok is false for parts
// without running text.
func holdsText(name string) (place string, ok bool) {
	base := strings.TrimSuffix(path.Base(name), ".xml")
	if path.Dir(name) != "word" || base == path.Base(name) {
		return "", false
	}
	switch kind := strings.TrimRight(base, "0123456789"); kind {
	case "document", "header", "footer", "footnotes", "endnotes":
		return "template.in." + kind, true
	}
	return "", false
}

// templateFill fills the parts of one template.
type templateFill struct {
	*Draft
	place     string // the part's, by its catalogue key
	paragraph int    // how many of it were begun
	mistakes  kpi.Mistakes
	told      map[string]bool
	grown     error
	rows      int  // how many table rows stand around what is filled
	width     int  // of the page, between its margins
	styled    bool // a section or table was put in: its styles are needed
}

// wrong notes a token that means nothing, with where it stands.
func (f *templateFill) wrong(mistake kpi.Text) {
	f.tell("template_token", kpi.T(f.place, f.paragraph), mistake)
}

// tell notes what is wrong with the file, once however often a row repeats it. The first twenty are told.
func (f *templateFill) tell(key string, args ...any) {
	said := kpi.T(key, args...).String()
	if f.told[said] || len(f.told) == 20 {
		return
	}
	f.told[said] = true
	f.mistakes.Add("file", key, args...)
}

// foreign notes what a part would fetch from elsewhere, or run.
func (f *templateFill) foreign(name, content string) error {
	var found []kpi.Text
	var err error
	switch path.Ext(name) {
	case ".rels":
		found, err = foreignRelations(content)
	case ".xml":
		found = foreignFields(content)
	}
	for _, x := range found {
		f.tell(x.Key, x.Args...)
	}
	return err
}

// fill goes through a part row by row; what stands between rows goes paragraph by paragraph.
func (f *templateFill) fill(xml string) string {
	var out strings.Builder
	for f.grown == nil {
		begin := element(xml, "w:tr")
		if begin < 0 {
			break
		}
		end := closing(xml[begin:], "w:tr")
		if end < 0 {
			break
		}
		out.WriteString(f.paragraphs(xml[:begin], nil))
		filled, taken := f.row(xml[begin:], end)
		out.WriteString(filled)
		if xml = xml[begin+taken:]; out.Len() > maxFilled {
			f.grown = kpi.Refuse(kpi.Invalid, "template_grows", maxFilled>>20)
		}
	}
	out.WriteString(f.paragraphs(xml, nil))
	return out.String()
}

// row fills the row that rest begins with once or, when it is to be repeated, for each indicator, with the rows that go
// with it; taken is how much of rest that was.
func (f *templateFill) row(rest string, end int) (filled string, taken int) {
	f.rows++
	defer func() { f.rows-- }()
	xml := rest[:end]
	head, tail := strings.IndexByte(xml, '>')+1, len(xml)-len("</w:tr>")
	if head > tail {
		return xml, end // no row at all
	}
	if inner := xml[head:tail]; element(inner, "w:tr") >= 0 { // the tables inside have rows of their own
		return xml[:head] + f.fill(inner) + xml[tail:], end
	}
	if _, _, ok := f.repeats(xml); !ok {
		return f.paragraphs(xml, nil), end
	}
	end = together(rest, end)
	each, rows, _ := f.repeats(rest[:end])
	return f.repeat(rows, rest[end:], each), end
}

// ownMarks are what a document may hold once: bookmarks, and the numbers Word gives rows and paragraphs.
var ownMarks = regexp.MustCompile(`<w:bookmark(?:Start|End)\s[^>]*/>| w14:(?:paraId|textId)="[^"]*"`)

// element is where an element of a name begins in xml, -1 for nowhere.
func element(xml, name string) int {
	from := 0
	for {
		i := strings.Index(xml[from:], "<"+name)
		if i < 0 {
			return -1
		}
		i += from
		after := i + 1 + len(name)
		if after < len(xml) && strings.IndexByte(" >\t\r\n", xml[after]) >= 0 {
			return i
		}
		from = after
	}
}

// closing is where the element that xml begins with ends, -1 when it does not.
func closing(xml, name string) int {
	depth, at := 0, 0
	for {
		end := strings.Index(xml[at:], "</"+name+">")
		if end < 0 {
			return -1
		}
		end += at
		for begin := element(xml[at:end], name); begin >= 0; begin = element(xml[at:end], name) {
			depth++
			at += begin + 1
		}
		depth--
		if at = end + len("</"+name+">"); depth == 0 {
			return at
		}
	}
}
