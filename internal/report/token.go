package report

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
// They are kept with codes, so that renaming an indicator changes no text, and shown with names. A text
// is taken apart by [parse], its tokens get their meaning once, in token_read.go, and whatever is done
// with it then (printed, kept, shown again, checked) goes by that meaning.
const (
	tokenOpen  = "⟦"
	tokenClose = "⟧"
	dot        = "·"
)

// The bounds of a text with tokens: nobody writes more, and no text can be made to run away.
const (
	maxTokens = 1000
	maxRuns   = 20_000 // a repeated passage may come to
)

// piece is a stretch of text, a token, or a passage that is repeated or conditional.
type piece struct {
	text  string
	token string // the inside, as written
	each  string // what is repeated over: an area
	when  string // the condition's token
	loop  bool   // a repetition, even over nothing that is named
	body  []piece
	other []piece // what stands instead when the condition fails

	means *meaning // of the token or the condition, once it was read; nil for none
	over  *areaMeaning
}

var (
	otherDots = strings.NewReplacer("・", dot, "•", dot, "‧", dot, "．", dot, "|", dot, "｜", dot)
	controls  = map[string]string{"每项": "each", "each": "each", "若": "if", "如": "if", "如果": "if", "if": "if",
		"否则": "else", "else": "else", "完": "end", "end": "end"}
)

// typedToken is a token in the brackets that people can type in place of ⟦ and ⟧, or one that is not closed.
// Brackets that close nothing are the writer's own: 【见【附件】】 is no token.
var typedToken = regexp.MustCompile(`\[\[([^\n]*?)(\]\]|$|\n)|【【([^\n]*?)(】】|$|\n)`)

// tokened is a text with ⟦ and ⟧ for the brackets that people typed.
func tokened(text string) string {
	return typedToken.ReplaceAllStringFunc(text, func(typed string) string {
		for _, pair := range [][2]string{{"[[", "]]"}, {"【【", "】】"}} {
			if inside, ok := strings.CutPrefix(typed, pair[0]); ok {
				if inside, closed := strings.CutSuffix(inside, pair[1]); closed {
					return tokenOpen + inside + tokenClose
				}
				return tokenOpen + inside
			}
		}
		return typed
	})
}

// parse takes a text apart; mistakes name what cannot be: an unclosed token, an end without a
// beginning, a repetition inside another.
func parse(text string) (pieces []piece, mistakes []kpi.Text) {
	p := parser{rest: tokened(text)}
	pieces, end := p.pieces("")
	if end != "" {
		p.wrong("token_end_alone", tokenOpen+end+tokenClose)
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
func (p *parser) pieces(within string) (out []piece, end string) {
	for p.rest != "" {
		before, after, found := strings.Cut(p.rest, tokenOpen)
		if before != "" {
			out = append(out, piece{text: before})
		}
		if at := strings.Index(before, tokenClose); at >= 0 {
			p.wrong("token_not_opened", ending(before[:at])+tokenClose)
		}
		if p.rest = after; !found {
			break
		}
		inside, after, closed := strings.Cut(p.rest, tokenClose)
		if p.tokens++; !closed || strings.ContainsAny(inside, tokenOpen+"\n") || p.tokens > maxTokens {
			p.broken(inside)
			return out, ""
		}
		p.rest = after
		switch word, argument := control(inside); word {
		case "else", "end":
			if within != "" {
				return out, inside
			}
			p.wrong("token_end_alone", tokenOpen+inside+tokenClose)
		case "each", "if":
			out = append(out, p.passage(word, argument, within, inside))
		default:
			token := strings.TrimSpace(otherDots.Replace(inside))
			if token == "" {
				p.wrong("token_empty", tokenOpen+inside+tokenClose)
			}
			out = append(out, piece{token: token})
		}
	}
	if within != "" {
		p.wrong("token_no_end", tokenOpen+within+tokenClose)
	}
	return out, ""
}

func (p *parser) broken(inside string) {
	if p.tokens > maxTokens {
		p.wrong("token_too_many", maxTokens)
	} else {
		inside, _, _ = strings.Cut(inside, tokenOpen)
		p.wrong("token_not_closed", tokenOpen+shorten(inside))
	}
	p.rest = ""
}

// passage reads the body of a repetition or condition. Neither stands inside one of its own sort.
func (p *parser) passage(word, argument, within, inside string) piece {
	if nested, _ := control(within); nested == word || strings.Contains(within, "\x00") {
		p.wrong("token_nested", tokenOpen+inside+tokenClose)
		p.rest = ""
		return piece{}
	}
	if within != "" {
		inside += "\x00" // a third level is refused
	}
	body, end := p.pieces(inside)
	out := piece{body: body}
	if was, _ := control(end); was == "else" {
		if word != "if" {
			p.wrong("token_end_alone", tokenOpen+end+tokenClose)
		}
		out.other, end = p.pieces(inside)
		if was, _ := control(end); was == "else" {
			p.wrong("token_end_alone", tokenOpen+end+tokenClose)
		}
	}
	if word == "each" {
		out.each, out.loop = argument, true
	} else {
		out.when = argument
	}
	return out
}

// control is the control word a token begins with and what follows its colon; "" for figures. What is
// repeated, and when, stands behind a colon; 否则 and 完 have nothing behind them.
func control(inside string) (word, argument string) {
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

// ending is the last few characters of a text.
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
