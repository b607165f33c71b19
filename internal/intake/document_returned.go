package intake

import (
	"context"
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// ReturnedDocument is a document that came back from people who changed it: its text, what was tracked
// in it, and what they remarked.
type ReturnedDocument struct {
	Lines    []Line
	Tracked  int      // insertions, deletions and moves that wait to be accepted or rejected
	Authors  []string // of these
	Comments []Comment
	Warning  kpi.FileWarning // of what it does when it is opened
}

// Comment is a remark on a document, or one of its footnotes.
type Comment struct {
	Author   string
	At       string // as the file has it, without a time zone; "" for a footnote
	Text     string
	Quote    string // what it is about
	Line     int    // where that begins, among the lines; -1 if it is nowhere
	Resolved bool
	Footnote bool
}

// maxQuote is how much of a commented passage is kept, in characters.
const maxQuote = 60

// Returned reads a .docx with its tracked changes, taken as accepted or, with rejected, as rejected.
// Text, refusals and limits are those of [Document]; footnotes come as comments.
func Returned(ctx context.Context, name string, content io.ReaderAt, size int64,
	rejected bool) (ReturnedDocument, error) {
	v := &reviewReader{rejected: rejected, anchors: map[string]int{}, quotes: map[string]*strings.Builder{}}
	r := &documentReader{archive: archive{ctx: ctx, name: name, keys: "document"}, review: v}
	if err := r.read(content, size); err != nil {
		return ReturnedDocument{}, err
	}
	for _, part := range []string{"word/comments.xml", "word/commentsextended.xml"} { // parts go by lower case
		if err := r.walk(part, v.startComment, v.endComment); err != nil {
			return ReturnedDocument{}, r.damaged(err)
		}
	}
	return v.document(r.lines), nil
}

// reviewReader gathers what people did to a document. A nil one gathers nothing.
type reviewReader struct {
	rejected bool
	tracked  int
	marks    int // of paragraphs, tracked too
	authors  []string
	anchors  map[string]int              // the line a comment or note is attached to, by its id
	quotes   map[string]*strings.Builder // what is commented on
	open     []string                    // comments around the current position
	noteIDs  []string                    // of the notes read, in order
	comments []comment
	resolved map[string]bool // by the id of a comment's paragraph
	text     strings.Builder
}

// comment is one as its part has it; paragraphs are the ids of its own.
type comment struct {
	Comment
	id         string
	paragraphs []string
}

func (v *reviewReader) rejects() bool { return v != nil && v.rejected }

// start follows changes and the places of comments in the text.
func (v *reviewReader) start(r *documentReader, name string, e xml.StartElement) {
	switch name {
	case "ins", "del", "moveFrom", "moveTo":
		if name == "moveTo" { // counted where it came from
			return
		}
		if r.parent() == "rPr" { // the mark of a paragraph, whose text is tracked beside it
			v.marks++
		} else {
			v.tracked++
		}
		if author := cleaned(attr(e, "author")); author != "" && !slices.Contains(v.authors, author) {
			v.authors = append(v.authors, author)
		}
	case "commentRangeStart":
		if v.anchor(attr(e, "id"), len(r.lines)) {
			v.open = append(v.open, attr(e, "id"))
		}
	case "commentRangeEnd":
		v.open = slices.DeleteFunc(v.open, func(id string) bool { return id == attr(e, "id") })
	case "commentReference":
		v.anchor(attr(e, "id"), len(r.lines))
	case "footnoteReference", "endnoteReference":
		v.anchor(name[:3]+attr(e, "id"), len(r.lines))
	case "footnote", "endnote":
		if kind := attr(e, "type"); kind == "" || kind == "normal" {
			v.noteIDs = append(v.noteIDs, name[:3]+attr(e, "id"))
		}
	}
}

// anchor records where a remark stands; it reports whether that is its first place.
func (v *reviewReader) anchor(id string, line int) bool {
	if _, ok := v.anchors[id]; ok {
		return false
	}
	v.anchors[id], v.quotes[id] = line, &strings.Builder{}
	return true
}

// wrote hears of all text that is read.
func (v *reviewReader) wrote(text string) {
	if v == nil {
		return
	}
	for _, id := range v.open {
		if q := v.quotes[id]; q.Len() <= 8*maxQuote {
			q.WriteString(text)
		}
	}
}

func (v *reviewReader) startComment(e xml.StartElement) error {
	switch e.Name.Local {
	case "comment":
		v.text.Reset()
		v.comments = append(v.comments, comment{id: attr(e, "id"), Comment: Comment{
			Author: cleaned(attr(e, "author")), At: cleaned(attr(e, "date"))}})
	case "p":
		if n := len(v.comments); n > 0 {
			v.comments[n-1].paragraphs = append(v.comments[n-1].paragraphs, attr(e, "paraId"))
		}
	case "commentEx":
		if done := attr(e, "done"); done == "1" || done == "true" {
			if v.resolved == nil {
				v.resolved = map[string]bool{}
			}
			v.resolved[attr(e, "paraId")] = true
		}
	}
	return nil
}

func (v *reviewReader) endComment(name, text string) error {
	switch name {
	case "t":
		v.text.WriteString(text)
	case "p", "br", "cr":
		v.text.WriteString("\n")
	case "comment":
		if n := len(v.comments); n > 0 {
			v.comments[n-1].Text = cleaned(v.text.String())
		}
	}
	return nil
}

// document puts together what was read; notes are no lines, they are remarks.
func (v *reviewReader) document(lines []Line) ReturnedDocument {
	out := ReturnedDocument{Tracked: v.tracked, Authors: v.authors}
	if out.Tracked == 0 {
		out.Tracked = v.marks
	}
	for _, c := range v.comments {
		c.Line, c.Quote = v.placeOf(c.id)
		c.Resolved = slices.ContainsFunc(c.paragraphs, func(p string) bool { return p != "" && v.resolved[p] })
		if c.Text != "" {
			out.Comments = append(out.Comments, c.Comment)
		}
	}
	for _, l := range lines {
		if l.Note == 0 {
			out.Lines = append(out.Lines, l)
			continue
		}
		if l.Note <= len(v.noteIDs) && l.Text != "" {
			at, _ := v.placeOf(v.noteIDs[l.Note-1])
			out.Comments = append(out.Comments, Comment{Text: l.Text, Line: at, Footnote: true})
		}
	}
	return out
}

func (v *reviewReader) placeOf(id string) (line int, quote string) {
	line, ok := v.anchors[id]
	if !ok {
		return -1, ""
	}
	runes := []rune(strings.Join(strings.Fields(cleaned(v.quotes[id].String())), " "))
	if len(runes) > maxQuote {
		return line, string(runes[:maxQuote]) + "…"
	}
	return line, string(runes)
}
