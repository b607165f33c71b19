package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
	"dabiao/internal/report/token"
)

// Lines returns a text's paragraphs with its tokens replaced by figures. A text that cannot be parsed and
// unknown tokens are printed as written; the check reports them.
func (b *Draft) Lines(text string, as Notation) [][]paper.Run {
	parsed, mistakes := token.Parse(text)
	if len(mistakes) > 0 {
		return lineRuns(addText(nil, text))
	}
	pieces, _ := b.reader(as).resolve(parsed, false)
	lines := lineRuns(b.expand(nil, pieces, nil))
	if !b.p.Chinese() {
		for _, line := range lines {
			capitalize(line)
		}
	}
	return lines
}

// capitalize gives rough numbers that begin a sentence a capital letter: About 300 families.
func capitalize(line []paper.Run) {
	before := ""
	for i, r := range line {
		said := strings.TrimRight(before, " ")
		first, size := utf8.DecodeRuneInString(r.Text)
		begins := said == "" || said != before && strings.ContainsAny(said[len(said)-1:], ".!?")
		if r.Ref != nil && strings.ContainsAny(r.Text, "0123456789") && begins {
			line[i].Text = string(unicode.ToUpper(first)) + r.Text[size:]
		}
		before += r.Text
	}
}

// lineRuns splits runs into lines and drops empty ones.
func lineRuns(runs []paper.Run) [][]paper.Run {
	var out [][]paper.Run
	var line []paper.Run
	end := func() {
		if strings.TrimSpace(paper.Text(line)) != "" {
			out = append(out, line)
		}
		line = nil
	}
	for _, r := range runs {
		for i, text := range strings.Split(r.Text, "\n") {
			if i > 0 {
				end()
			}
			if len(line) == 0 {
				text = strings.TrimLeft(text, " \t\r　")
			}
			line = join(line, paper.Live(strings.TrimRight(text, "\r"), r.Ref))
		}
	}
	end()
	return out
}

// maxRuns is the limit for the runs that repetitions expand to.
const maxRuns = 20_000

func (b *Draft) expand(out []paper.Run, pieces []resolved, current *Subject) []paper.Run {
	for _, x := range pieces {
		if len(out) > maxRuns {
			return out
		}
		switch {
		case x.Token != "" && x.means == nil:
			out = addText(out, token.Open+x.Token+token.Close)
		case x.Token != "":
			out = join(out, b.say(x.means.of(current))...)
		case x.When != "":
			body := x.other
			if x.means != nil && x.means.of(current).true() {
				body = x.body
			}
			out = b.expand(out, body, current)
		case x.Loop:
			for _, f := range b.goesOver(x.over) {
				s := ofFigure(&f)
				out = b.expand(out, x.body, &s)
			}
		default:
			out = addText(out, x.Text)
		}
	}
	return out
}

// of resolves a meaning that refers to the current indicator of a repetition.
func (m meaning) of(current *Subject) meaning {
	if m.Code == itself && current != nil {
		m.Subject = *current
	}
	return m
}

// goesOver returns the figures that a repetition goes over; none if its area is unknown.
func (b *Draft) goesOver(over *areaMeaning) []progress.Figure {
	switch {
	case over == nil:
		return nil
	case over.AreaFigures == nil:
		return b.Board.Figures()
	}
	return over.Figures
}

// Preview returns a text that was just typed as it will print.
func (in Input) Preview(text string) []paper.Block {
	b := NewDraft(in)
	return lineBlocks(b.Lines(text, Typed))
}

// Printed returns a stored text as it prints.
func (in Input) Printed(text string) []paper.Block {
	b := NewDraft(in)
	return lineBlocks(b.Lines(text, Stored))
}

func lineBlocks(lines [][]paper.Run) (out []paper.Block) {
	for _, line := range lines {
		out = append(out, paper.NewParagraph(line...))
	}
	return out
}

// Kept returns a text with its tokens as they are stored, by code. It refuses texts that cannot be parsed
// and tokens that are unknown or ambiguous, with all mistakes at once, in the field "text".
func (in Input) Kept(text string) (string, error) {
	pieces, found := NewDraft(in).typed().read(text)
	var m kpi.Mistakes
	for _, t := range found[:min(len(found), 20)] {
		m.Add("text", t.Key, t.Args...)
	}
	if err := m.Err(); err != nil {
		return "", err
	}
	return toKeep().write(pieces, false), nil
}

// Readable returns a stored text with its tokens as people read them, by name.
func (in Input) Readable(text string) string {
	b := NewDraft(in)
	parsed, mistakes := token.Parse(text)
	if len(mistakes) > 0 {
		return text
	}
	pieces, _ := b.stored().resolve(parsed, false)
	return b.toRead().write(pieces, false)
}

// Token returns the token that people write for a subject's aspect.
func (in Input) Token(s Subject, aspect TokenAspect) string {
	return token.Open + NewDraft(in).spelling(meaning{s, aspect}, tokenPlace{}) + token.Close
}

// Says returns what a subject's aspect prints now.
func (in Input) Says(s Subject, aspect TokenAspect) string {
	return paper.Text(NewDraft(in).say(meaning{s, aspect}))
}
