// Package template fills an office's own Word file with a year's figures, in its own XML: where Word has put a token,
// which rows are repeated, what the file must not fetch. What a token says is the report's.
package template

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
	"dabiao/internal/report"
)

// MaxSize is the limit for an office's own Word file, in bytes; maxFilled the limit for one part of it once filled.
const (
	MaxSize   = 4 << 20
	maxFilled = 32 << 20
)

// Fill writes an office's own .docx with its tokens replaced and everything else unchanged.
// Tokens are those of the report's texts. They are also found where Word has split one over runs, and
// in tables, headers, footers, notes and text boxes. A table row that begins a repetition in one cell
// and does not end it there is repeated whole, once for each indicator. A paragraph of the body that is
// one token for a section or a table of the report is replaced by its content.
//
// The output of a token is not scanned for tokens, so a name that looks like one prints unchanged.
// Refusals: Invalid form_invalid, listing every unknown token with its place and everything the file
// would fetch from elsewhere or run; template_grows, file_not_what_it_says.
func Fill(w io.Writer, in report.Input, file []byte) error {
	_, err := fill(w, in, file)
	return err
}

// Accept refuses what is no template: what Fill refuses, and a file without any token, which would print the same
// words for ever: a scan, or a report of some year as it was handed in. Refusals: those of Fill; template_no_token.
func Accept(in report.Input, file []byte) error {
	tokens, err := fill(io.Discard, in, file)
	if err == nil && tokens == 0 {
		err = kpi.Refuse(kpi.Invalid, "template_no_token")
	}
	return err
}

// fill fills a file and returns how many tokens it has.
func fill(w io.Writer, in report.Input, file []byte) (tokens int, err error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return 0, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", "docx")
	}
	f := &filler{draft: report.NewDraft(in), told: map[string]bool{}}
	var parts []paper.Part
	for _, e := range z.File {
		content, err := paper.ReadPart(e)
		if err != nil {
			return 0, fmt.Errorf("read the template's %s: %w", e.Name, err)
		}
		if err := f.foreign(e.Name, content); err != nil {
			return 0, err
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
		return 0, err
	}
	for i, p := range parts {
		if f.styled && p.Name == "word/styles.xml" {
			parts[i].Content = paper.DocxStyles(p.Content, in.Language.Tag())
		}
	}
	return f.tokens, paper.WriteZip(w, parts)
}

// inDocument is the place of the main part: neither header, footer nor notes.
const inDocument = "template.in.document"

// holdsText returns the catalogue key of the name of a document's part, such as page header; ok is
// false for parts without running text.
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

// filler fills the parts of one file.
type filler struct {
	draft     *report.Draft
	place     string // catalogue key of the part
	paragraph int    // number of its paragraphs begun so far, to say where a mistake is
	mistakes  kpi.Mistakes
	told      map[string]bool
	grown     error
	rows      int  // depth of nested table rows
	width     int  // of the text area, in twentieths of a point
	styled    bool // whether a section or table was inserted: its styles are needed
	tokens    int  // seen so far
}

// wrong records an invalid token with its place.
func (f *filler) wrong(mistake kpi.Text) {
	f.tell("template_token", kpi.T(f.place, f.paragraph), mistake)
}

// tell records a mistake in the file, once even if a row repeats it, and at most twenty.
func (f *filler) tell(key string, args ...any) {
	said := kpi.T(key, args...).String()
	if f.told[said] || len(f.told) == 20 {
		return
	}
	f.told[said] = true
	f.mistakes.Add("file", key, args...)
}

// foreign records what a part would fetch from elsewhere or run.
func (f *filler) foreign(name, content string) error {
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

// fill fills a part row by row; between rows, paragraph by paragraph.
func (f *filler) fill(xml string) string {
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

// row fills the row that rest begins with: once, or for each indicator if it is to be repeated, along
// with the rows that are repeated with it. taken is the length of what was filled, in bytes of rest.
func (f *filler) row(rest string, end int) (filled string, taken int) {
	f.rows++
	defer func() { f.rows-- }()
	xml := rest[:end]
	head, tail := strings.IndexByte(xml, '>')+1, len(xml)-len("</w:tr>")
	if head > tail {
		return xml, end // malformed
	}
	if inner := xml[head:tail]; element(inner, "w:tr") >= 0 { // filled row by row, like a part
		return xml[:head] + f.fill(inner) + xml[tail:], end
	}
	if _, _, ok := f.repeats(xml); !ok {
		return f.paragraphs(xml, nil), end
	}
	f.tokens++ // a year may have no indicator to repeat it for
	end = together(rest, end)
	each, rows, _ := f.repeats(rest[:end])
	return f.repeat(rows, rest[end:], each), end
}

// ownMarks matches what must be unique in a document: bookmarks and Word's IDs of rows and paragraphs.
var ownMarks = regexp.MustCompile(`<w:bookmark(?:Start|End)\s[^>]*/>| w14:(?:paraId|textId)="[^"]*"`)

// element returns the index of the first element with that name in xml, or -1.
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

// closing returns the index after the end of the element that xml begins with, or -1 if it is not
// closed.
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
