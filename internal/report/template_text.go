package report

import (
	"html"
	"regexp"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// wordPara is a paragraph of a template while it is read: its pieces of text, each with its index in
// the output.
type wordPara struct {
	begin int // index of its start tag in the output
	texts []string
	at    []int
}

// paragraphs fills the paragraphs of a piece of XML; current is the indicator of the row they are in,
// or nil.
func (f *templateFill) paragraphs(xml string, current *Subject) string {
	whole := f.wholePart
	if f.place != inDocument || f.rows > 0 {
		whole = nil
	}
	return f.eachPara(xml, tokenSpans, func(token string) string { return f.prints(token, current) }, whole)
}

// eachPara replaces what find returns in each paragraph. A paragraph inside another (in a text box) is
// handled separately. whole, if not nil, may replace an outermost paragraph as a whole.
func (f *templateFill) eachPara(xml string, find func(whole string) []span, replace func(string) string,
	whole func(string) (string, bool)) string {
	var out []string
	stack := []*wordPara{{}}
	for {
		begin := strings.IndexByte(xml, '<')
		end := strings.IndexByte(xml, '>')
		if begin < 0 || end < begin {
			break
		}
		tag := xml[begin : end+1]
		out, xml = append(out, xml[:begin], tag), xml[end+1:]
		top := stack[len(stack)-1]
		switch name := tagName(tag); {
		case strings.HasSuffix(tag, "/>"):
		case name == "w:p":
			f.paragraph++
			stack = append(stack, &wordPara{begin: len(out) - 1})
		case name == "/w:p" && len(stack) > 1:
			if whole != nil && len(stack) == 2 {
				if in, ok := whole(strings.Join(top.texts, "")); ok {
					out = append(out[:top.begin], in+endOfPages(strings.Join(out[top.begin:], "")))
					top.texts = nil
				}
			}
			top.fill(out, find, replace)
			stack = stack[:len(stack)-1]
		case name == "w:t":
			text := xml[:max(strings.IndexByte(xml, '<'), 0)]
			top.texts, top.at = append(top.texts, html.UnescapeString(text)), append(top.at, len(out))
			out, xml = append(out, text), xml[len(text):]
		}
	}
	for _, p := range stack {
		p.fill(out, find, replace)
	}
	return strings.Join(append(out, xml), "")
}

var sectionEnd = regexp.MustCompile(`(?s)<w:sectPr.*?</w:sectPr>`)

// endOfPages returns an empty paragraph with the section properties of the given one, or "" if it has
// none.
func endOfPages(paragraph string) string {
	if end := sectionEnd.FindString(paragraph); end != "" {
		return `<w:p><w:pPr>` + end + `</w:pPr></w:p>`
	}
	return ""
}

func tagName(tag string) string {
	name := strings.Trim(tag, "<>")
	if i := strings.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i]
	}
	return name
}

// fill replaces the spans of a paragraph: the replacement goes into the piece of text that the span
// begins in, so that it is formatted like it; the rest of the span is removed from the others.
func (p *wordPara) fill(out []string, find func(whole string) []span, replace func(string) string) {
	whole := strings.Join(p.texts, "")
	spans := find(whole)
	if len(spans) == 0 {
		return
	}
	spans = append(spans, span{len(whole), len(whole)})
	filled := make([]strings.Builder, len(p.texts))
	at := 0 // index in whole
	for _, s := range spans {
		start := 0
		for i, text := range p.texts {
			end := start + len(text)
			if from, to := max(at, start), min(s.from, end); from < to {
				filled[i].WriteString(whole[from:to])
			}
			if s.from >= start && s.from < end {
				filled[i].WriteString(replace(whole[s.from:s.to]))
			}
			start = end
		}
		at = s.to
	}
	for i := range filled {
		out[p.at[i]] = paper.Escape(filled[i].String())
		if open := p.at[i] - 1; !strings.Contains(out[open], "xml:space") {
			out[open] = strings.Replace(out[open], "<w:t", `<w:t xml:space="preserve"`, 1)
		}
	}
}

// prints returns the text for a token, or for a passage of tokens.
func (f *templateFill) prints(text string, current *Subject) string {
	if _, _, ok := sectionToken(text); ok {
		f.wrong(kpi.T("token_section_place", text))
		return ""
	}
	pieces, mistakes := parse(text)
	for _, m := range append(mistakes, f.typed().fill(pieces, current != nil)...) {
		f.wrong(m)
	}
	return strings.ReplaceAll(paper.Text(f.expand(nil, pieces, current)), "\n", " ")
}

// span is the range of a token in a paragraph, or of a passage from its first token to its last.
type span struct{ from, to int }

// tokenSpans returns the tokens and passages of a paragraph in order. It includes closing brackets that
// were never opened, with the text before them, so that they are reported.
func tokenSpans(text string) []span {
	var out []span
	depth := 0
	for at := 0; ; {
		from, width, to := nextToken(text, at)
		before := text[at:max(from, at)]
		if from < 0 {
			before = text[at:]
		}
		if i := strings.Index(before, tokenClose); i >= 0 && depth == 0 {
			out = append(out, span{at, at + i + len(tokenClose)})
		}
		if from < 0 {
			break
		}
		inside := text[from+width : max(to-width, from+width)]
		switch word, _ := control(inside); {
		case word == "each" || word == "if":
			if depth++; depth == 1 {
				out = append(out, span{from, to})
			}
		case depth == 0:
			out = append(out, span{from, to})
		case word == "end":
			depth--
		}
		if depth > 0 || len(out) > 0 && out[len(out)-1].to < to {
			out[len(out)-1].to = to
		}
		at = to
	}
	return out
}

// nextToken returns the range of the first token from at on, and the width of its brackets in bytes. A
// token that is not closed ends with the text. Without a token, from is -1.
func nextToken(text string, at int) (from, width, to int) {
	from = -1
	for _, pair := range [][2]string{{tokenOpen, tokenClose}, {"[[", "]]"}, {"【【", "】】"}} {
		i := strings.Index(text[at:], pair[0])
		if i < 0 || from >= 0 && at+i >= from {
			continue
		}
		from, width, to = at+i, len(pair[0]), len(text)
		if end := strings.Index(text[from:], pair[1]); end >= 0 {
			to = from + end + len(pair[1])
		}
	}
	return from, width, to
}

// repeats returns the area that a row is repeated for, and the row without the marks of the repetition;
// ok is false if it is not repeated.
func (f *templateFill) repeats(xml string) (area, rest string, ok bool) {
	at := f.paragraph
	rest = f.eachPara(xml, func(whole string) []span {
		marks, over := rowMarks(whole)
		if over != "" {
			area, ok = over, true
		}
		return marks
	}, func(string) string { return "" }, nil)
	f.paragraph = at
	if !ok {
		return "", xml, false
	}
	return area, rest, true
}

// rowMarks returns the repetitions that a paragraph begins and does not end, and the ends without a
// beginning. area is that of the last repetition.
func rowMarks(whole string) (marks []span, area string) {
	type opened struct {
		span
		word, argument string
	}
	var open []opened
	for at := 0; ; {
		from, width, to := nextToken(whole, at)
		if from < 0 {
			break
		}
		switch word, argument := control(whole[from+width : max(to-width, from+width)]); {
		case word == "each" || word == "if":
			open = append(open, opened{span{from, to}, word, argument})
		case word == "end" && len(open) > 0:
			open = open[:len(open)-1]
		case word == "end":
			marks = append(marks, span{from, to})
		}
		at = to
	}
	for _, o := range open {
		if o.word == "each" {
			marks, area = append(marks, o.span), o.argument
		}
	}
	return marks, area
}
