package report

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// lines are a text's paragraphs with the figures its tokens stand for. A text that cannot be taken
// apart, and a token nobody knows, print as they are written; the check says so.
func (b *builder) lines(text string) [][]Run {
	pieces, mistakes := parse(text)
	if len(mistakes) > 0 {
		pieces = []piece{{text: text}}
	}
	return lineRuns(b.expand(nil, pieces, nil))
}

// lineRuns cuts runs at line ends; empty lines are none.
func lineRuns(runs []Run) [][]Run {
	var out [][]Run
	var line []Run
	end := func() {
		if strings.TrimSpace(plain(line)) != "" {
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
			line = join(line, Run{strings.TrimRight(text, "\r"), r.Ref})
		}
	}
	end()
	return out
}

func (b *builder) expand(out []Run, pieces []piece, current *Subject) []Run {
	for _, x := range pieces {
		if len(out) > maxRuns {
			return out
		}
		switch {
		case x.token != "":
			m, mistake := b.mean(x.token, current, false)
			if mistake != nil {
				out = addText(out, tokenOpen+x.token+tokenClose)
				continue
			}
			out = join(out, b.say(m)...)
		case x.when != "":
			m, mistake := b.mean(x.when, current, true)
			body := x.other
			if mistake == nil && m.true() {
				body = x.body
			}
			out = b.expand(out, body, current)
		case x.each != "":
			figures, _ := b.area(x.each)
			for i := range figures {
				s := ofFigure(&figures[i])
				out = b.expand(out, x.body, &s)
			}
		default:
			out = addText(out, x.text)
		}
	}
	return out
}

// area is the figures of an area by code or name; all of them for 全部.
func (b *builder) area(name string) (figures []progress.Figure, ok bool) {
	if slices.Contains([]string{"全部", "all", "*"}, name) {
		return b.Board.Figures(), true
	}
	for _, a := range b.Board.Areas {
		if a.Area.Code == name || a.Area.Name == name || a.Area.NameEn != "" && strings.EqualFold(a.Area.NameEn, name) {
			return a.Figures, true
		}
	}
	return nil, false
}

// Preview is a text as it will print.
func (in Input) Preview(text string) []Block {
	b := newBuilder(in)
	var out []Block
	for _, line := range b.lines(text) {
		out = append(out, paragraph(line...))
	}
	return out
}

// Kept is a text with its tokens as they are kept, by code. It refuses what cannot be taken apart
// and tokens that nobody knows or that could mean several things, all at once, in the field "text".
func (in Input) Kept(text string) (string, error) {
	b := newBuilder(in)
	pieces, found := parse(text)
	found = append(found, b.mistakes(pieces, nil)...)
	var m kpi.Mistakes
	for _, t := range found[:min(len(found), 20)] {
		m.Add("text", t.Key, t.Args...)
	}
	if err := m.Err(); err != nil {
		return "", err
	}
	return rewrite(pieces, func(token string, asks bool) string {
		meant, _ := b.meanAnywhere(token, asks)
		return meant.token()
	}, func(area string) string {
		for _, a := range b.Board.Areas {
			if a.Area.Code == area || a.Area.Name == area || strings.EqualFold(a.Area.NameEn, area) && area != "" {
				return a.Area.Code
			}
		}
		return "all"
	}, controlWords[false]), nil
}

// mistakes are the tokens that mean nothing.
func (b *builder) mistakes(pieces []piece, current *Subject) []kpi.Text {
	var out []kpi.Text
	for _, x := range pieces {
		switch {
		case x.token != "":
			if _, mistake := b.mean(x.token, current, false); mistake != nil {
				out = append(out, *mistake)
			}
		case x.when != "":
			if _, mistake := b.mean(x.when, current, true); mistake != nil {
				out = append(out, *mistake)
			}
			out = append(out, b.mistakes(x.body, current)...)
			out = append(out, b.mistakes(x.other, current)...)
		case x.each != "":
			if _, ok := b.area(x.each); !ok {
				out = append(out, kpi.T("token_area_unknown", x.each))
			}
			any := Subject{Forms: slices.Concat(figureForms, moneyForms, ratioForms), figure: &progress.Figure{}}
			out = append(out, b.mistakes(x.body, &any)...)
		}
	}
	return out
}

// meanAnywhere reads a token that was found right before, inside a repetition or not.
func (b *builder) meanAnywhere(token string, asks bool) (meaning, bool) {
	for _, current := range []*Subject{nil, {Forms: slices.Concat(figureForms, moneyForms, ratioForms), figure: &progress.Figure{}}} {
		if m, mistake := b.mean(token, current, asks); mistake == nil {
			return m, true
		}
	}
	return meaning{}, false
}

// Readable is a kept text with its tokens as people read them, by name.
func (in Input) Readable(text string) string {
	b := newBuilder(in)
	pieces, mistakes := parse(text)
	if len(mistakes) > 0 {
		return text
	}
	return rewrite(pieces, b.readable, func(area string) string {
		for _, a := range b.Board.Areas {
			if a.Area.Code == area {
				return b.areaName(a.Area)
			}
		}
		return b.p.T("token.all")
	}, controlWords[b.p.Chinese()])
}

// readable is a token as people read it. A name that several have is left as its code.
func (b *builder) readable(token string, asks bool) string {
	m, ok := b.meanAnywhere(token, asks)
	if !ok {
		return token
	}
	name := b.p.Name(m.Name.Name, m.Name.NameEn)
	if found, _, sure := b.find(name); !sure || found.Code != m.Code {
		name = m.Code
	}
	form := b.p.T("token.form." + string(m.form))
	switch {
	case m.form == "":
		return name
	case m.Code == itself:
		return form
	}
	return name + dot + form
}

// Token is how people write a figure into a text.
func (in Input) Token(s Subject, form TokenForm) string {
	return tokenOpen + newBuilder(in).readable(meaning{s, form}.token(), false) + tokenClose
}

// Says is what a subject's form prints now.
func (in Input) Says(s Subject, form TokenForm) string {
	return plain(newBuilder(in).say(meaning{s, form}))
}
