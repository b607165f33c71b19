package report

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
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

// tokenPlace is where a token stands. Inside a repetition an aspect alone refers to the current indicator.
// Conditions ask; other tokens print.
type tokenPlace struct{ inLoop, asks bool }

// reader resolves tokens, either as people write them or as they are stored.
type reader struct {
	token func(token string, at tokenPlace) (meaning, *kpi.Text)
	area  func(name string) (areaMeaning, *kpi.Text)
}

// typed resolves what people write: by name or by code.
func (b *Draft) typed() reader { return reader{b.byName, b.areaByName} }

// stored resolves what was stored: by code only, so that no name chosen later changes a text.
func (b *Draft) stored() reader { return reader{b.byCode, b.areaByCode} }

// read parses a text and resolves its tokens. A token that cannot be resolved is a mistake.
func (r reader) read(text string) (pieces []piece, mistakes []kpi.Text) {
	pieces, mistakes = parse(text)
	return pieces, append(mistakes, r.fill(pieces, false)...)
}

func (r reader) fill(pieces []piece, inLoop bool) (mistakes []kpi.Text) {
	for i := range pieces {
		x := &pieces[i]
		switch {
		case x.token != "" || x.when != "":
			m, mistake := r.token(x.token+x.when, tokenPlace{inLoop, x.when != ""})
			if mistake != nil {
				mistakes = append(mistakes, *mistake)
			} else {
				x.means = &m
			}
		case x.loop:
			over, mistake := r.area(x.each)
			if mistake != nil {
				mistakes = append(mistakes, *mistake)
			} else {
				x.over = &over
			}
		}
		mistakes = append(mistakes, r.fill(x.body, inLoop || x.loop)...)
		mistakes = append(mistakes, r.fill(x.other, inLoop || x.loop)...)
	}
	return mistakes
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
func (b *Draft) byCode(token string, at tokenPlace) (meaning, *kpi.Text) {
	if at.inLoop {
		if m, ok := (Subject{Code: itself}).with(TokenAspect(token), at); ok {
			return m, nil
		}
	}
	code, aspect, _ := strings.Cut(token, dot)
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
		return meaning{}, wrongAspect(token, named.Name, named.says(at))
	}
	return meaning{}, b.unknown(token, code)
}

// byName reads a token as people write it. A word for an aspect alone is that aspect and never a name; what could
// mean several things means none.
func (b *Draft) byName(token string, at tokenPlace) (meaning, *kpi.Text) {
	if aspect, ok := aspectWords[strings.ToLower(token)]; ok {
		return b.aspectAlone(token, aspect, at)
	}
	if word := controls[strings.ToLower(token)]; word != "" {
		return meaning{}, b.alone("token_passage_alone", token, at)
	}
	name, word := token, ""
	if i := strings.LastIndex(token, dot); i >= 0 {
		name, word = strings.TrimSpace(token[:i]), strings.TrimSpace(token[i+len(dot):])
	}
	aspect, isAspect := aspectWords[strings.ToLower(word)]
	for _, s := range b.subjects() { // a marked code is that code, whatever names there are
		if s.marked() == token || isAspect && s.marked() == name {
			if m, ok := s.with(aspect, at); ok {
				return m, nil
			}
			return meaning{}, wrongAspect(token, s.Name, s.says(at))
		}
	}
	for _, same := range []func(Subject, string) bool{Subject.isExactly, Subject.isInOtherWidth} {
		var fits []meaning
		var wrong []Subject
		for _, s := range b.subjects() {
			if m, ok := s.with("", at); ok && same(s, token) {
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
			return meaning{}, unsure(token, subjectsOf(fits))
		case len(wrong) > 0:
			return meaning{}, wrongAspect(token, wrong[0].Name, wrong[0].says(at))
		}
	}
	return b.byPart(token, name, word, at)
}

// aspectAlone is a word for an aspect: inside a repetition it speaks of its indicator, outside it says nothing.
func (b *Draft) aspectAlone(token string, aspect TokenAspect, at tokenPlace) (meaning, *kpi.Text) {
	own := Subject{Code: itself}
	if !at.inLoop {
		return meaning{}, b.alone("token_form_alone", token, at)
	}
	m, ok := own.with(aspect, at)
	if !ok {
		return m, wrongAspect(token, inBoth("token.subject.each"), own.says(at))
	}
	return m, nil
}

// alone says that a word is none for an indicator, and how one of that name is written.
func (b *Draft) alone(key, token string, at tokenPlace) *kpi.Text {
	for _, s := range b.subjects() {
		if m, ok := s.with("", at); ok && s.isExactly(token) {
			t := kpi.T(key+"_named", tokenOpen+token+tokenClose, s.Name, tokenOpen+b.spelling(m, at)+tokenClose)
			return &t
		}
	}
	t := kpi.T(key, tokenOpen+token+tokenClose)
	return &t
}

// byPart reads a token whose name nobody has: a part of a name that only one has is enough. Inside a repetition
// it is not: there whoever writes thinks of the indicator at hand.
func (b *Draft) byPart(token, name, word string, at tokenPlace) (meaning, *kpi.Text) {
	aspect, isAspect := aspectWords[strings.ToLower(word)]
	if word != "" && !isAspect {
		name, aspect = token, "" // the point stands in the name, or the word is none
		for _, s := range b.subjects() {
			if before, _, _ := strings.Cut(token, dot); s.isExactly(strings.TrimSpace(before)) {
				return meaning{}, wrongAspect(token, s.Name, s.says(at))
			}
		}
	}
	_, field := aspectWords[strings.ToLower(name)]
	fits := b.alike(name)
	if _, gone := b.gone(name); gone || field || at.inLoop || len(fits) != 1 {
		return meaning{}, b.unknown(token, name)
	}
	m, ok := fits[0].with(aspect, at)
	if !ok {
		return m, wrongAspect(token, fits[0].Name, fits[0].says(at))
	}
	return m, nil
}

// codeMark before a code says that it is one: what people write where a name would be taken for something else.
const codeMark = "#"

// marked is the subject's code, marked; what is no indicator has a mark of its own, as a code may be its word.
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

// dotted returns a name in the form allowed in a token.
func dotted(name string) string { return strings.TrimSpace(otherDots.Replace(name)) }

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
		case a.Area.Code == name || dotted(a.Area.Name) == name || a.Area.NameEn != "" &&
			strings.EqualFold(dotted(a.Area.NameEn), name):
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
	t := kpi.T("token_area_unsure", name, listed(called))
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
