package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mtibben/confusables"
	"golang.org/x/text/unicode/norm"

	"dabiao/internal/kpi"
)

// FoldName returns a sign-in name as it is kept: without space around it, its letters in the width and form of which
// there is one only (NFKC). What an input method types full-width, ａｄｍｉｎ, is admin.
func FoldName(s string) string { return strings.TrimSpace(norm.NFKC.String(s)) }

// AccountName reads a new sign-in name. Refusals: those of Text; Invalid account_name_invisible for one with
// characters that are not seen, or space inside that is none of the keyboard's.
func AccountName(s string, limit int) (string, error) {
	s, err := Text(s, limit)
	if err != nil {
		return "", err
	}
	s = FoldName(s)
	for _, r := range s {
		if kpi.Invisible(r) || r == '\u3164' || r == '\u1160' || r == '\u115F' || r == '\u2800' { // blanks that are letters
			return "", kpi.Refuse(kpi.Invalid, "account_name_invisible")
		}
	}
	return s, nil
}

// Alike reports whether two different names look the same: as written or in small letters, by the table of
// confusable characters of Unicode (UTS 39). Names that differ in width or case only are the same to it, so not alike.
func Alike(a, b string) bool {
	if same(a, b) {
		return false
	}
	return SameLooks(a, b)
}

// SameLooks reports whether two names look the same, or are.
func SameLooks(a, b string) bool { return Look(a) == Look(b) || looks(a) == looks(b) }

// Look returns what a name looks like in small letters: the same for names that are taken for each other.
func Look(s string) string { return looks(strings.ToLower(norm.NFKC.String(s))) }

func same(a, b string) bool {
	return strings.EqualFold(norm.NFKC.String(a), norm.NFKC.String(b))
}

// looks returns what a name looks like: two with the same look are taken for each other. Of two ideographs neither is
// taken for the other: the table has 土 for 士, which any reader tells apart. What is none and looks like one, ロ for 口,
// becomes it.
func looks(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(norm.NFKC.String(s)) {
		look := confusables.Skeleton(string(r))
		switch first, _ := utf8.DecodeRuneInString(look); {
		case kpi.Invisible(r):
		case unicode.Is(unicode.Han, r) && unicode.Is(unicode.Han, first):
			b.WriteRune(r)
		default:
			b.WriteString(look)
		}
	}
	return strings.ToLower(norm.NFC.String(b.String()))
}
