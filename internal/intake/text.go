package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dabiao/internal/kpi"
)

// Text reads a name, a note or a passage of at most limit characters: NFC, with one kind of line
// end, without space around it. Nothing inside is dropped: control characters other than newline
// and tab, characters that turn the direction of text, and what XML cannot hold are refused
// (text_malformed), as is more than limit characters (text_too_long).
func Text(s string, limit int) (string, error) {
	if !utf8.ValidString(s) {
		return "", kpi.Refuse(kpi.Invalid, "text_malformed")
	}
	s = norm.NFC.String(strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")))
	for _, r := range s {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || neverKept(r)) {
			return "", kpi.Refuse(kpi.Invalid, "text_malformed")
		}
	}
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > limit {
		return "", kpi.Refuse(kpi.Invalid, "text_too_long", limit)
	}
	return s, nil
}

// neverKept reports characters that turn or break lines unseen, and those no document format holds.
func neverKept(r rune) bool {
	return unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Noncharacter_Code_Point, r) ||
		r == '\u2028' || r == '\u2029' || r == '\ufeff'
}
