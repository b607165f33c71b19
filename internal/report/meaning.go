package report

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report/token"
)

// meaning is a token's subject and aspect.
type meaning struct {
	Subject
	aspect TokenAspect
}

// areaMeaning is what a repetition goes over: an area, or all areas if nil.
type areaMeaning struct {
	*progress.AreaFigures
}

// resolved is a piece of a text with its meaning. Whatever is done with the text (printed, kept, shown again, checked)
// goes by it.
type resolved struct {
	token.Piece
	body, other []resolved
	means       *meaning     // of the token or the condition; nil if it could not be resolved
	over        *areaMeaning // of the repetition; nil likewise
}

// tokenPlace is where a token stands. Inside a repetition an aspect alone refers to the current indicator.
// Conditions ask; other tokens print.
type tokenPlace struct{ inLoop, asks bool }

// reader resolves tokens, either as people write them or as they are stored.
type reader struct {
	token func(written string, at tokenPlace) (meaning, *kpi.Text)
	area  func(name string) (areaMeaning, *kpi.Text)
}

// typed resolves what people write: by name or by code.
func (b *Draft) typed() reader { return reader{b.byName, b.areaByName} }

// stored resolves what was stored: by code only, so that no name chosen later changes a text.
func (b *Draft) stored() reader { return reader{b.byCode, b.areaByCode} }

// read parses a text and resolves its tokens. A token that cannot be resolved is a mistake.
func (r reader) read(text string) (pieces []resolved, mistakes []kpi.Text) {
	parsed, mistakes := token.Parse(text)
	pieces, more := r.resolve(parsed, false)
	return pieces, append(mistakes, more...)
}

// resolve gives each piece its meaning. Inside a loop an aspect alone is a token.
func (r reader) resolve(parsed []token.Piece, inLoop bool) (pieces []resolved, mistakes []kpi.Text) {
	for _, p := range parsed {
		x := resolved{Piece: p}
		switch {
		case p.Token != "" || p.When != "":
			m, mistake := r.token(p.Token+p.When, tokenPlace{inLoop, p.When != ""})
			if mistake != nil {
				mistakes = append(mistakes, *mistake)
			} else {
				x.means = &m
			}
		case p.Loop:
			over, mistake := r.area(p.Each)
			if mistake != nil {
				mistakes = append(mistakes, *mistake)
			} else {
				x.over = &over
			}
		}
		var inBody, inOther []kpi.Text
		x.body, inBody = r.resolve(p.Body, inLoop || p.Loop)
		x.other, inOther = r.resolve(p.Other, inLoop || p.Loop)
		pieces, mistakes = append(pieces, x), slices.Concat(mistakes, inBody, inOther)
	}
	return pieces, mistakes
}

// everyAspect is what an aspect alone may say inside a repetition: its indicators are of several kinds.
var everyAspect = slices.Concat(figureAspects, moneyAspects, ratioAspects)

// says returns the aspects of a subject that are allowed at a place.
func (s Subject) says(at tokenPlace) []TokenAspect {
	switch {
	case at.asks && s.figure == nil && s.Code != itself:
		return nil
	case at.asks:
		return conditions
	case s.Code == itself:
		return everyAspect
	}
	return s.Aspects
}

// with returns the subject with an aspect, or with the default one for ""; ok is false if it is not allowed
// at the place.
func (s Subject) with(aspect TokenAspect, at tokenPlace) (m meaning, ok bool) {
	allowed := s.says(at)
	switch {
	case aspect != "":
		return meaning{s, aspect}, slices.Contains(allowed, aspect)
	case len(allowed) > 0:
		return meaning{s, allowed[0]}, true
	}
	return meaning{s, ""}, !at.asks
}

// byCode resolves a token as [meaning.kept] writes it.
func (b *Draft) byCode(written string, at tokenPlace) (meaning, *kpi.Text) {
	if at.inLoop {
		if m, ok := (Subject{Code: itself}).with(TokenAspect(written), at); ok {
			return m, nil
		}
	}
	code, aspect, _ := strings.Cut(written, token.Dot)
	var named *Subject
	for _, s := range b.subjects() {
		if s.Code != code {
			continue
		}
		if m, ok := s.with(TokenAspect(aspect), at); ok && aspect == string(m.aspect) {
			return m, nil
		}
		named = &s
	}
	if named != nil {
		return meaning{}, wrongAspect(written, named.Name, named.says(at))
	}
	return meaning{}, b.unknown(written, code)
}

// byName reads a token as people write it. A word for an aspect alone is that aspect and never a name; what could
// mean several things means none.
func (b *Draft) byName(written string, at tokenPlace) (meaning, *kpi.Text) {
	if aspect, ok := aspectWords[strings.ToLower(written)]; ok {
		return b.aspectAlone(written, aspect, at)
	}
	if token.IsControl(written) {
		return meaning{}, b.alone("token_passage_alone", written, at)
	}
	name, word := written, ""
	if i := strings.LastIndex(written, token.Dot); i >= 0 {
		name, word = strings.TrimSpace(written[:i]), strings.TrimSpace(written[i+len(token.Dot):])
	}
	aspect, isAspect := aspectWords[strings.ToLower(word)]
	for _, s := range b.subjects() { // a marked code is that code, whatever names there are
		if s.marked() == written || isAspect && s.marked() == name {
			if m, ok := s.with(aspect, at); ok {
				return m, nil
			}
			return meaning{}, wrongAspect(written, s.Name, s.says(at))
		}
	}
	for _, same := range []func(Subject, string) bool{Subject.isExactly, Subject.isInOtherWidth} {
		var fits []meaning
		var wrong []Subject
		for _, s := range b.subjects() {
			if m, ok := s.with("", at); ok && same(s, written) {
				fits = append(fits, m)
			}
			if !isAspect || !same(s, name) {
				continue
			}
			if m, ok := s.with(aspect, at); ok {
				fits = append(fits, m)
			} else {
				wrong = append(wrong, s)
			}
		}
		switch {
		case len(fits) == 1:
			return fits[0], nil
		case len(fits) > 1:
			return meaning{}, unsure(written, subjectsOf(fits))
		case len(wrong) > 0:
			return meaning{}, wrongAspect(written, wrong[0].Name, wrong[0].says(at))
		}
	}
	return b.byPart(written, name, word, at)
}

// aspectAlone resolves a word for an aspect: inside a repetition it refers to the current indicator, outside it is
// refused.
func (b *Draft) aspectAlone(written string, aspect TokenAspect, at tokenPlace) (meaning, *kpi.Text) {
	own := Subject{Code: itself}
	if !at.inLoop {
		return meaning{}, b.alone("token_form_alone", written, at)
	}
	m, ok := own.with(aspect, at)
	if !ok {
		return m, wrongAspect(written, inBoth("token.subject.each"), own.says(at))
	}
	return m, nil
}

// alone refuses a word that names no indicator, and says how an indicator of that name is written.
func (b *Draft) alone(key, written string, at tokenPlace) *kpi.Text {
	for _, s := range b.subjects() {
		if m, ok := s.with("", at); ok && s.isExactly(written) {
			t := kpi.T(key+"_named", token.Open+written+token.Close, s.Name, token.Open+b.spelling(m, at)+token.Close)
			return &t
		}
	}
	t := kpi.T(key, token.Open+written+token.Close)
	return &t
}

// byPart reads a token whose name nobody has: a part of a name that only one has is enough. Inside a repetition
// it is not: there whoever writes thinks of the indicator at hand.
func (b *Draft) byPart(written, name, word string, at tokenPlace) (meaning, *kpi.Text) {
	aspect, isAspect := aspectWords[strings.ToLower(word)]
	if word != "" && !isAspect {
		name, aspect = written, "" // the point stands in the name, or the word is none
		for _, s := range b.subjects() {
			if before, _, _ := strings.Cut(written, token.Dot); s.isExactly(strings.TrimSpace(before)) {
				return meaning{}, wrongAspect(written, s.Name, s.says(at))
			}
		}
	}
	_, field := aspectWords[strings.ToLower(name)]
	fits := b.alike(name)
	if _, gone := b.gone(name); gone || field || at.inLoop || len(fits) != 1 {
		return meaning{}, b.unknown(written, name)
	}
	m, ok := fits[0].with(aspect, at)
	if !ok {
		return m, wrongAspect(written, fits[0].Name, fits[0].says(at))
	}
	return m, nil
}

// codeMark before a code says that it is one: what people write where a name would be taken for something else.
const codeMark = "#"

// marked returns the subject's code with its mark; subjects other than indicators have a mark of their own, because
// an indicator's code may be the same word.
func (s Subject) marked() string {
	if s.figure == nil {
		return codeMark + codeMark + s.Code
	}
	return codeMark + s.Code
}

// isExactly reports whether word is the subject's code or name.
func (s Subject) isExactly(word string) bool {
	return s.Code == word || s.inToken.Name == word || s.inToken.NameEn != "" && strings.EqualFold(s.inToken.NameEn, word)
}

// isInOtherWidth is [Subject.isExactly] for those who type ( for （ and : for ：.
func (s Subject) isInOtherWidth(word string) bool {
	word = width.Fold.String(word)
	return strings.EqualFold(width.Fold.String(s.inToken.Name), word) || s.inToken.NameEn != "" &&
		strings.EqualFold(width.Fold.String(s.inToken.NameEn), word)
}

// areaWords are what a repetition over all areas is called; * is no name.
var areaWords = []string{"全部", "all", "*"}

func (b *Draft) areaByName(name string) (areaMeaning, *kpi.Text) {
	var fits []areaMeaning
	if slices.Contains(areaWords, strings.ToLower(name)) {
		fits = append(fits, areaMeaning{})
	}
	for i := range b.Board.Areas {
		a := &b.Board.Areas[i]
		switch {
		case name == "" || name == "*" || a.Area.ID == 0:
		case codeMark+a.Area.Code == name:
			return areaMeaning{a}, nil
		case a.Area.Code == name || token.Dotted(a.Area.Name) == name || a.Area.NameEn != "" &&
			strings.EqualFold(token.Dotted(a.Area.NameEn), name):
			fits = append(fits, areaMeaning{a})
		}
	}
	switch len(fits) {
	case 0:
		t := kpi.T("token_area_unknown", name)
		return areaMeaning{}, &t
	case 1:
		return fits[0], nil
	}
	var called []kpi.Name
	for _, f := range fits {
		called = append(called, f.called())
	}
	t := kpi.T("token_area_unsure", name, Listed(called))
	return areaMeaning{}, &t
}

// called returns an area's name with its code.
func (a areaMeaning) called() kpi.Name {
	if a.AreaFigures == nil {
		return inBoth("token.all_areas")
	}
	return withCode(kpi.Name{Name: a.Area.Name, NameEn: a.Area.NameEn}, codeMark+a.Area.Code)
}

func (b *Draft) areaByCode(code string) (areaMeaning, *kpi.Text) {
	if slices.Contains(areaWords, code) {
		return areaMeaning{}, nil
	}
	for i := range b.Board.Areas {
		if a := &b.Board.Areas[i]; a.Area.ID != 0 && a.Area.Code == strings.TrimPrefix(code, codeMark) {
			return areaMeaning{a}, nil
		}
	}
	t := kpi.T("token_area_unknown", code)
	return areaMeaning{}, &t
}

func subjectsOf(meant []meaning) (out []Subject) {
	for _, m := range meant {
		out = append(out, m.Subject)
	}
	return out
}

// Listed returns names as one, with the marks that part them in each language.
func Listed(names []kpi.Name) kpi.Name {
	var zh, en []string
	for _, n := range names {
		zh, en = append(zh, n.Name), append(en, n.NameEn)
	}
	return kpi.Name{Name: strings.Join(zh, "、"), NameEn: strings.Join(en, ", ")}
}
