package report

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report/token"
)

// writer writes parsed texts.
type writer struct {
	token func(m meaning, at tokenPlace) string
	area  func(a areaMeaning) string
	words map[string]string
}

// controlWords are how control words are written in a language.
var controlWords = map[bool]map[string]string{
	true:  {"each": "每项：", "if": "若：", "else": "否则", "end": "完"},
	false: {"each": "each: ", "if": "if: ", "else": "else", "end": "end"},
}

// toKeep writes texts for storage: with codes and the names of aspects.
func toKeep() writer {
	return writer{func(m meaning, _ tokenPlace) string { return m.kept() }, areaMeaning.kept, controlWords[false]}
}

// toRead writes texts for people: with names.
func (b *Draft) toRead() writer {
	return writer{b.spelling, b.areaSpelling, controlWords[b.p.Chinese()]}
}

// write returns the text of pieces. Unresolved tokens stay as they were written.
func (w writer) write(pieces []resolved, inLoop bool) string {
	var b strings.Builder
	written := func(x resolved, at tokenPlace) string {
		if x.means == nil {
			return x.Token + x.When
		}
		return w.token(*x.means, at)
	}
	for _, x := range pieces {
		switch {
		case x.Token != "":
			b.WriteString(token.Open + written(x, tokenPlace{inLoop, false}) + token.Close)
		case x.Loop || x.When != "":
			head := w.words["each"]
			switch {
			case x.When != "":
				head = w.words["if"] + written(x, tokenPlace{inLoop, true})
			case x.over == nil:
				head += x.Each
			default:
				head += w.area(*x.over)
			}
			b.WriteString(token.Open + head + token.Close + w.write(x.body, inLoop || x.Loop))
			if x.other != nil {
				b.WriteString(token.Open + w.words["else"] + token.Close + w.write(x.other, inLoop || x.Loop))
			}
			b.WriteString(token.Open + w.words["end"] + token.Close)
		default:
			b.WriteString(x.Text)
		}
	}
	return b.String()
}

// kept returns the meaning as it is stored.
func (m meaning) kept() string {
	switch {
	case m.aspect == "":
		return m.Code
	case m.Code == itself:
		return string(m.aspect)
	}
	return m.Code + token.Dot + string(m.aspect)
}

func (a areaMeaning) kept() string {
	switch {
	case a.AreaFigures == nil:
		return "all"
	case slices.Contains(areaWords, a.Area.Code):
		return codeMark + a.Area.Code
	}
	return a.Area.Code
}

// spelling returns a token for people that reads back as the same meaning: by name if that is unambiguous,
// else by code.
func (b *Draft) spelling(m meaning, at tokenPlace) string {
	aspect := b.p.T("token.aspect." + string(m.aspect))
	if m.Code == itself {
		return aspect
	}
	for _, name := range []string{token.Dotted(b.p.Name(m.Name.Name, m.Name.NameEn)), m.Code} {
		if m.aspect != "" {
			name += token.Dot + aspect
		}
		if back, mistake := b.byName(name, at); mistake == nil && back.kept() == m.kept() && standsAlone(name, at) {
			return name
		}
	}
	if m.aspect == "" {
		return m.marked()
	}
	return m.marked() + token.Dot + aspect
}

// standsAlone reports whether a text between brackets is one token, or one condition, and nothing else.
func standsAlone(inside string, at tokenPlace) bool {
	if at.asks {
		pieces, mistakes := token.Parse(token.Open + "if:" + inside + token.Close + token.Open + "end" + token.Close)
		return len(mistakes) == 0 && len(pieces) == 1 && pieces[0].When == inside
	}
	pieces, mistakes := token.Parse(token.Open + inside + token.Close)
	return len(mistakes) == 0 && len(pieces) == 1 && pieces[0].Token == inside
}

func (b *Draft) areaSpelling(a areaMeaning) string {
	names := []string{b.p.T("token.all"), "*"}
	if a.AreaFigures != nil {
		names = []string{token.Dotted(b.areaName(a.Area)), a.Area.Code, codeMark + a.Area.Code}
	}
	for _, name := range names {
		pieces, mistakes := token.Parse(token.Open + "each:" + name + token.Close + token.Open + "end" + token.Close)
		if back, mistake := b.areaByName(name); mistake == nil && back.kept() == a.kept() && len(mistakes) == 0 &&
			len(pieces) == 1 && pieces[0].Each == name {
			return name
		}
	}
	return names[len(names)-1]
}

// unknown returns the mistake that a token names nothing, with the most similar names.
func (b *Draft) unknown(written, name string) *kpi.Text {
	if called, gone := b.gone(name); gone {
		t := kpi.T("token_gone", token.Open+written+token.Close, called, int(b.Board.Year.Year))
		return &t
	}
	return unsure(written, b.likeliest(name))
}

// unsure returns the mistake that a token may name several subjects, of which it lists the first, with their marked
// codes if the names are the same.
func unsure(written string, candidates []Subject) *kpi.Text {
	args := []any{token.Open + written + token.Close}
	for _, s := range candidates[:min(len(candidates), 3)] {
		alike := 0
		for _, o := range candidates {
			if o.Name.Name == s.Name.Name || strings.EqualFold(o.Name.NameEn, s.Name.NameEn) {
				alike++
			}
		}
		if alike > 1 {
			s.Name = withCode(s.Name, s.marked())
		}
		args = append(args, s.Name)
	}
	t := kpi.T([]string{"token_unknown", "token_unknown_1", "token_unknown_2", "token_unknown_3"}[len(args)-1], args...)
	return &t
}

func withCode(name kpi.Name, code string) kpi.Name {
	en := name.NameEn
	if en == "" {
		en = name.Name
	}
	return kpi.Name{Name: name.Name + "（" + code + "）", NameEn: en + " (" + code + ")"}
}

func wrongAspect(written string, name kpi.Name, allowed []TokenAspect) *kpi.Text {
	var zh, en []string
	for _, f := range allowed {
		zh = append(zh, lang.For(lang.Chinese).T("token.aspect."+string(f)))
		en = append(en, lang.For(lang.English).T("token.aspect."+string(f)))
	}
	t := kpi.T("token_form_unknown", token.Open+written+token.Close, name,
		kpi.Name{Name: strings.Join(zh, "、"), NameEn: strings.Join(en, ", ")})
	return &t
}
