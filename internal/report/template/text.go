package template

import (
	"html"
	"regexp"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/token"
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
func (f *filler) paragraphs(xml string, current *report.Subject) string {
	whole := func(text string) (string, bool) {
		in, ok := f.wholePart(text)
		if ok {
			f.tokens++
		}
		return in, ok
	}
	if f.place != inDocument || f.rows > 0 {
		whole = nil
	}
	find := func(text string) []token.Span {
		spans := token.Spans(text)
		f.tokens += len(spans)
		return spans
	}
	return f.eachPara(xml, find, func(text string) string { return f.prints(text, current) }, whole)
}

// eachPara replaces what find returns in each paragraph. A paragraph inside another (in a text box) is
// handled separately. whole, if not nil, may replace an outermost paragraph as a whole.
func (f *filler) eachPara(xml string, find func(whole string) []token.Span, replace func(string) string,
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
func (p *wordPara) fill(out []string, find func(whole string) []token.Span, replace func(string) string) {
	whole := strings.Join(p.texts, "")
	spans := find(whole)
	if len(spans) == 0 {
		return
	}
	spans = append(spans, token.Span{From: len(whole), To: len(whole)})
	filled := make([]strings.Builder, len(p.texts))
	at := 0 // index in whole
	for _, s := range spans {
		start := 0
		for i, text := range p.texts {
			end := start + len(text)
			if from, to := max(at, start), min(s.From, end); from < to {
				filled[i].WriteString(whole[from:to])
			}
			if s.From >= start && s.From < end {
				filled[i].WriteString(replace(whole[s.From:s.To]))
			}
			start = end
		}
		at = s.To
	}
	for i := range filled {
		out[p.at[i]] = paper.Escape(filled[i].String())
		if open := p.at[i] - 1; !strings.Contains(out[open], "xml:space") {
			out[open] = strings.Replace(out[open], "<w:t", `<w:t xml:space="preserve"`, 1)
		}
	}
}

// prints returns the text for a token, or for a passage of tokens.
func (f *filler) prints(text string, current *report.Subject) string {
	if _, _, ok := sectionToken(text); ok {
		f.wrong(kpi.T("token_section_place", text))
		return ""
	}
	printed, mistakes := f.draft.Print(text, current)
	for _, m := range mistakes {
		f.wrong(m)
	}
	return printed
}

// repeats returns the area that a row is repeated for, and the row without the marks of the repetition;
// ok is false if it is not repeated.
func (f *filler) repeats(xml string) (area, rest string, ok bool) {
	at := f.paragraph
	rest = f.eachPara(xml, func(whole string) []token.Span {
		marks, over := token.RowMarks(whole)
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
