// Package token reads the notation in which texts and templates hold figures: what stands between ⟦ and ⟧, what is
// repeated, what depends on a condition. What a token means, it does not know.
package token

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// The office's own words may hold figures, written as tokens:
//
//	⟦两癌免费检查完成人数·完成数⟧   or by code and in English   ⟦two-cancer-screened·value⟧
//	⟦每项：维权关爱⟧⟦名称⟧完成⟦完成数⟧；⟦完⟧                 repeated for each indicator of an area
//	⟦若：two-cancer-screened·完成⟧…⟦否则⟧…⟦完⟧              one or the other
//
// They are kept with codes, so that renaming an indicator changes no text, and shown with names.
const (
	Open  = "⟦"
	Close = "⟧"
	Dot   = "·"
)

// maxTokens is the limit for the tokens of a text.
const maxTokens = 1000

// Piece is a stretch of text, a token, or a passage that is repeated or conditional.
type Piece struct {
	Text  string
	Token string // the inside, as written
	Each  string // what is repeated over: an area
	When  string // the condition's token
	Loop  bool   // a repetition, even over nothing that is named
	Body  []Piece
	Other []Piece // what stands instead when the condition fails
}

var (
	otherDots = strings.NewReplacer("・", Dot, "•", Dot, "‧", Dot, "．", Dot, "|", Dot, "｜", Dot)
	controls  = map[string]string{"每项": "each", "each": "each", "若": "if", "如": "if", "如果": "if", "if": "if",
		"否则": "else", "else": "else", "完": "end", "end": "end"}
)

// Dotted returns a name in the form allowed in a token: with the one dot that parts a name from its aspect.
func Dotted(name string) string { return strings.TrimSpace(otherDots.Replace(name)) }

// IsControl reports whether a word begins, divides or ends a passage, in either language.
func IsControl(word string) bool { return controls[strings.ToLower(word)] != "" }

// typedToken is a token in the brackets that people can type in place of ⟦ and ⟧, or one that is not closed.
// Brackets that close nothing are the writer's own: 【见【附件】】 is no token.
var typedToken = regexp.MustCompile(`\[\[([^\n]*?)(\]\]|$|\n)|【【([^\n]*?)(】】|$|\n)`)

// Bracketed returns a text with ⟦ and ⟧ for the brackets that people typed.
func Bracketed(text string) string {
	return typedToken.ReplaceAllStringFunc(text, func(typed string) string {
		for _, pair := range [][2]string{{"[[", "]]"}, {"【【", "】】"}} {
			if inside, ok := strings.CutPrefix(typed, pair[0]); ok {
				if inside, closed := strings.CutSuffix(inside, pair[1]); closed {
					return Open + inside + Close
				}
				return Open + inside
			}
		}
		return typed
	})
}

// Parse takes a text apart; mistakes name what cannot be: an unclosed token, an end without a
// beginning, a repetition inside another.
func Parse(text string) (pieces []Piece, mistakes []kpi.Text) {
	p := parser{rest: Bracketed(text)}
	pieces, end := p.pieces("")
	if end != "" {
		p.wrong("token_end_alone", Open+end+Close)
	}
	return pieces, p.mistakes
}

type parser struct {
	rest     string
	tokens   int
	mistakes []kpi.Text
}

func (p *parser) wrong(key string, args ...any) { p.mistakes = append(p.mistakes, kpi.T(key, args...)) }

// pieces reads up to the end of the text, or to an 否则 or 完, which it gives back.
func (p *parser) pieces(within string) (out []Piece, end string) {
	for p.rest != "" {
		before, after, found := strings.Cut(p.rest, Open)
		if before != "" {
			out = append(out, Piece{Text: before})
		}
		if at := strings.Index(before, Close); at >= 0 {
			p.wrong("token_not_opened", ending(before[:at])+Close)
		}
		if p.rest = after; !found {
			break
		}
		inside, after, closed := strings.Cut(p.rest, Close)
		if p.tokens++; !closed || strings.ContainsAny(inside, Open+"\n") || p.tokens > maxTokens {
			p.broken(inside)
			return out, ""
		}
		p.rest = after
		switch word, argument := Control(inside); word {
		case "else", "end":
			if within != "" {
				return out, inside
			}
			p.wrong("token_end_alone", Open+inside+Close)
		case "each", "if":
			out = append(out, p.passage(word, argument, within, inside))
		default:
			token := strings.TrimSpace(otherDots.Replace(inside))
			if token == "" {
				p.wrong("token_empty", Open+inside+Close)
			}
			out = append(out, Piece{Token: token})
		}
	}
	if within != "" {
		p.wrong("token_no_end", Open+within+Close)
	}
	return out, ""
}

func (p *parser) broken(inside string) {
	if p.tokens > maxTokens {
		p.wrong("token_too_many", maxTokens)
	} else {
		inside, _, _ = strings.Cut(inside, Open)
		p.wrong("token_not_closed", Open+shorten(inside))
	}
	p.rest = ""
}

// passage reads the body of a repetition or condition. Neither stands inside one of its own sort.
func (p *parser) passage(word, argument, within, inside string) Piece {
	if nested, _ := Control(within); nested == word || strings.Contains(within, "\x00") {
		p.wrong("token_nested", Open+inside+Close)
		p.rest = ""
		return Piece{}
	}
	if within != "" {
		inside += "\x00" // a third level is refused
	}
	body, end := p.pieces(inside)
	out := Piece{Body: body}
	if was, _ := Control(end); was == "else" {
		if word != "if" {
			p.wrong("token_end_alone", Open+end+Close)
		}
		out.Other, end = p.pieces(inside)
		if was, _ := Control(end); was == "else" {
			p.wrong("token_end_alone", Open+end+Close)
		}
	}
	if word == "each" {
		out.Each, out.Loop = argument, true
	} else {
		out.When = argument
	}
	return out
}

// Control returns the control word a token begins with and what follows its colon; "" for figures. What is
// repeated, and when, stands behind a colon; 否则 and 完 have nothing behind them.
func Control(inside string) (word, argument string) {
	inside = strings.TrimSuffix(inside, "\x00")
	head, argument, colon := inside, "", false
	if at := strings.IndexAny(inside, ":："); at >= 0 {
		_, width := utf8.DecodeRuneInString(inside[at:])
		head, colon = inside[:at], true
		argument = strings.TrimSpace(otherDots.Replace(inside[at+width:]))
	}
	word = controls[strings.ToLower(strings.TrimSpace(head))]
	if passage := word == "each" || word == "if"; passage != colon && (passage || argument != "") {
		return "", ""
	}
	return word, argument
}

// ending returns the last few characters of a text.
func ending(s string) string {
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		s = s[i+1:]
	}
	if r := []rune(s); len(r) > 10 {
		return "…" + string(r[len(r)-10:])
	}
	return s
}

func shorten(s string) string {
	if s, _, _ = strings.Cut(s, "\n"); utf8.RuneCountInString(s) > 20 {
		return string([]rune(s)[:20]) + "…"
	}
	return s
}
