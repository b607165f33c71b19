package kpi

import (
	"fmt"
	"strings"
	"unicode"
)

// ShowHidden returns a text with the characters that change the direction of what follows written out, as [U+202E]:
// such a text reads otherwise than it is, and turns around what stands beside it. Nothing else is changed.
func ShowHidden(s string) string {
	if strings.IndexFunc(s, turns) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if turns(r) {
			fmt.Fprintf(&b, "[U+%04X]", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// HasHidden reports whether ShowHidden would change a text.
func HasHidden(s []byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != 0xE2 && s[i] != 0xD8 { // the first byte of every such character
			continue
		}
		for _, r := range string(s[i:min(i+3, len(s))]) {
			if turns(r) {
				return true
			}
			break
		}
	}
	return false
}

func turns(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

// Invisible reports characters that take no room on the screen: two names that differ in them only look the same.
func Invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
		unicode.Is(unicode.Variation_Selector, r)
}

// formulaStarts are what a spreadsheet takes for the beginning of a formula, also full-width: some programs fold
// width when they read a file.
const formulaStarts = "=+-@＝＋－＠"

// LooksLikeFormula reports whether a spreadsheet that reads s from a file could compute it: it begins with a sign of
// formulaStarts, behind blanks and characters that are not seen, or with a tab or a line's end. A plain number with
// its sign is none.
func LooksLikeFormula(s string) bool {
	if s == "" || strings.ContainsRune("\t\r\n", rune(s[0])) {
		return s != ""
	}
	rest := strings.TrimLeftFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || Invisible(r) || unicode.IsControl(r)
	})
	at := strings.IndexAny(rest, formulaStarts)
	return at == 0 && !signedNumber(rest)
}

// signedNumber reports whether s is a number with its sign and nothing else, as -1,259.5 or +3%.
func signedNumber(s string) bool {
	body := strings.TrimSuffix(strings.TrimLeft(s, "+-"), "%")
	return len(s)-len(strings.TrimLeft(s, "+-")) == 1 && body != "" && strings.Trim(body, "0123456789.,") == "" &&
		body[0] >= '0' && body[0] <= '9'
}

// Neutral puts an apostrophe before text that a spreadsheet would read as a formula.
func Neutral(text string) string {
	if LooksLikeFormula(text) {
		return "'" + text
	}
	return text
}
