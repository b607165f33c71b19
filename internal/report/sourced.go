package report

import (
	"strings"

	"dabiao/internal/paper"
	"dabiao/internal/report/token"
)

// Printout is the text of a report as it prints, place by place in order. A place is what stands below a
// heading and above the next.
func (in Input) Printout() []PrintedPlace {
	b := NewDraft(in)
	var out []PrintedPlace
	d := Build(in)
	for _, s := range d.Sections {
		out = append(out, PrintedPlace{Key: SectionKey(s.Key), Level: 1, Heading: s.Heading})
		for _, block := range s.Blocks {
			at := &out[len(out)-1]
			switch {
			case block.Heading != nil && block.Heading.Place != "":
				out = append(out, PrintedPlace{Key: SectionKey(block.Heading.Place), Level: block.Heading.Level,
					Heading: block.Heading.Text})
			case block.Paragraph != nil && !block.Paragraph.Own:
				at.Generated = append(at.Generated, block.Paragraph.Text())
			case block.Paragraph != nil && at.OwnAt == 0:
				at.OwnAt = len(at.Generated) + 1
			}
		}
	}
	for i := range out {
		at := &out[i]
		none := paper.Text(b.unwritten(at.Key))
		if at.Own = b.Sourced(b.Texts[at.Key], Stored); at.OwnAt > 0 {
			at.OwnAt--
		} else if at.OwnAt = len(at.Generated); len(at.Generated) == 1 && at.Generated[0] == none {
			at.Generated, at.OwnAt, at.None = nil, 0, none
		}
	}
	return out
}

// PrintedPlace is a place as it prints.
type PrintedPlace struct {
	Key       SectionKey
	Level     int
	Heading   string // with its numeral
	Own       []SourcedLine
	OwnAt     int      // how many generated paragraphs stand above the office's own
	Generated []string // what the program says itself
	None      string   // what stands there when nothing is written: 本部分未填写。
}

// Title is the heading without its numeral.
func (p PrintedPlace) Title() string {
	for _, mark := range []string{"、", "）", ". ", ") "} {
		if numeral, title, ok := strings.Cut(p.Heading, mark); ok && len([]rune(numeral)) <= 4 {
			return title
		}
	}
	return p.Heading
}

// SourcedLine is a paragraph of a text as it prints, with what it is printed from.
type SourcedLine struct {
	Pieces []SourcedPiece
	// several lines that one passage prints have its whole source with the first; the others follow it
	Passage string
	Follows bool
	Silent  string // lines of the source behind this one that print nothing
}

// SourcedPiece is a stretch of text, a figure, or a passage within a line.
type SourcedPiece struct {
	Printed string
	Source  string // as people write it; of text the text itself
	Figure  *paper.Ref
	Parts   []SourcedPiece // of a passage: what it prints, each with a source of its own
}

// Text is what the line prints.
func (l SourcedLine) Text() string {
	var b strings.Builder
	for _, p := range l.Pieces {
		b.WriteString(p.Printed)
	}
	return b.String()
}

// Sourced returns a text's paragraphs as [Draft.Lines] prints them, with the source of each piece.
func (b *Draft) Sourced(text string, as Notation) []SourcedLine {
	parsed, mistakes := token.Parse(text)
	if len(mistakes) > 0 {
		parsed = []token.Piece{{Text: text}}
	}
	pieces, _ := b.reader(as).resolve(parsed, false)
	var out []SourcedLine
	for _, line := range sourceLines(pieces) {
		printed := b.pieces(line, nil)
		switch lines := brokenUp(printed); {
		case len(lines) == 0 && len(out) == 0:
			if source := b.toRead().write(line, false); strings.TrimSpace(source) != "" {
				out = append(out, SourcedLine{Silent: source})
			}
		case len(lines) == 0:
			if source := b.toRead().write(line, false); strings.TrimSpace(source) != "" {
				out[len(out)-1].Silent += "\n" + source
			}
		case len(lines) == 1:
			out = append(out, SourcedLine{Pieces: lines[0]})
		default:
			for i, l := range lines {
				s := SourcedLine{Pieces: l, Follows: i > 0}
				if i == 0 {
					s.Passage = strings.TrimSpace(b.toRead().write(line, false))
				}
				out = append(out, s)
			}
		}
	}
	return out
}

// sourceLines splits pieces at the line breaks outside of passages.
func sourceLines(pieces []resolved) [][]resolved {
	var out [][]resolved
	var line []resolved
	for _, x := range pieces {
		if x.Token != "" || x.Loop || x.When != "" {
			line = append(line, x)
			continue
		}
		for i, text := range strings.Split(x.Text, "\n") {
			if i > 0 {
				out, line = append(out, line), nil
			}
			if text != "" {
				line = append(line, resolved{Piece: token.Piece{Text: text}})
			}
		}
	}
	return append(out, line)
}

// pieces returns what each piece prints.
func (b *Draft) pieces(pieces []resolved, current *Subject) (out []SourcedPiece) {
	for _, x := range pieces {
		source := b.toRead().write([]resolved{x}, current != nil)
		switch {
		case x.Token != "" && x.means != nil:
			p := SourcedPiece{Printed: paper.Text(b.say(x.means.of(current))), Source: source}
			for _, r := range b.say(x.means.of(current)) {
				p.Figure = r.Ref
			}
			if current != nil { // outside of the repetition it needs a name
				p.Source = token.Open + b.spelling(x.means.of(current), tokenPlace{}) + token.Close
			}
			out = append(out, p)
		case x.When != "":
			p := SourcedPiece{Source: source, Parts: b.pieces(x.other, current)}
			if x.means != nil && x.means.of(current).true() {
				p.Parts = b.pieces(x.body, current)
			}
			out = append(out, p.whole())
		case x.Loop:
			p := SourcedPiece{Source: source}
			for _, f := range b.goesOver(x.over) {
				s := ofFigure(&f)
				p.Parts = append(p.Parts, b.pieces(x.body, &s)...)
			}
			out = append(out, p.whole())
		default:
			text := x.Text
			if x.Token != "" {
				text = source
			}
			out = append(out, SourcedPiece{Printed: text, Source: text})
		}
	}
	return out
}

// whole is a passage that prints what its parts print; passages within it are taken apart.
func (p SourcedPiece) whole() SourcedPiece {
	var parts []SourcedPiece
	for _, part := range p.Parts {
		if part.Parts != nil {
			parts = append(parts, part.Parts...)
		} else if part.Printed != "" {
			parts = append(parts, part)
		}
		p.Printed += part.Printed
	}
	p.Parts = parts
	return p
}

// brokenUp splits what a line of source prints into the lines it prints, and drops empty ones.
func brokenUp(pieces []SourcedPiece) [][]SourcedPiece {
	printed := SourcedLine{Pieces: pieces}.Text()
	if !strings.Contains(printed, "\n") {
		if strings.TrimSpace(printed) == "" {
			return nil
		}
		return [][]SourcedPiece{trimmed(pieces)}
	}
	var out [][]SourcedPiece
	var line []SourcedPiece
	end := func() {
		if strings.TrimSpace(SourcedLine{Pieces: line}.Text()) != "" {
			out = append(out, trimmed(line))
		}
		line = nil
	}
	for _, p := range (SourcedPiece{Parts: pieces}).whole().Parts {
		for i, text := range strings.Split(p.Printed, "\n") {
			if i > 0 {
				end()
			}
			if text == p.Printed {
				line = append(line, p)
			} else if text != "" {
				line = append(line, SourcedPiece{Printed: text, Source: text})
			}
		}
	}
	end()
	return out
}

// trimmed is a line without the space around it, as it prints.
func trimmed(line []SourcedPiece) []SourcedPiece {
	out := append([]SourcedPiece{}, line...)
	if n := len(out); n > 0 {
		if p := &out[0]; p.Source == p.Printed {
			p.Printed = strings.TrimLeft(p.Printed, " \t\r　")
			p.Source = p.Printed
		}
		if p := &out[n-1]; p.Source == p.Printed {
			p.Printed = strings.TrimRight(p.Printed, " \t\r　")
			p.Source = p.Printed
		}
	}
	return out
}
