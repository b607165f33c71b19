package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dabiao/internal/kpi"
)

// Text reads a name, a note or a passage of at most limit characters: in NFC, with uniform line ends,
// without space around it. Nothing inside is dropped: control characters other than newline and tab,
// characters that change the direction of text, and what XML cannot represent are refused
// (text_malformed), as are texts of more than limit characters (text_too_long).
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

// neverKept reports characters that invisibly change direction or break lines, and those that no
// document format can represent.
func neverKept(r rune) bool {
	return unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Noncharacter_Code_Point, r) ||
		r == '\u2028' || r == '\u2029' || r == '\ufeff'
}
