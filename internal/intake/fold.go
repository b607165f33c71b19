package intake

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// maxFigure is the limit for a written figure or date, in bytes.
const maxFigure = 256

// dashes are the strokes that people type for a minus, a hyphen or "no value".
var dashes = strings.NewReplacer("−", "-", "–", "-", "—", "-", "―", "-", "─", "-", "‐", "-", "‑", "-")

// fold replaces full-width letters, digits and signs by their plain form and drops invisible characters; ok is
// false if the text is too long or not valid. Compatibility forms (², ½, ①) stay: NFKC would read 10² as 102.
func fold(s string) (folded string, ok bool) {
	if len(s) > maxFigure || !utf8.ValidString(s) {
		return "", false
	}
	folded = strings.TrimSpace(width.Fold.String(norm.NFC.String(seen(unescape(s)))))
	folded = pointZh.ReplaceAllString(folded, "$1.$2")
	return folded, strings.IndexFunc(folded, unicode.IsControl) < 0
}

// pointZh matches a number with a Chinese full stop typed for its point: 12。5.
var pointZh = regexp.MustCompile(`^([^.。]*\d)。(\d[^.。]*)$`)

// seen returns a text as a reader sees it: without characters of no width, every kind of space as one.
func seen(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unseen(r):
			return -1
		case r != ' ' && unicode.Is(unicode.Zs, r):
			return ' '
		}
		return r
	}, s)
}

// visible returns a cell's text without characters of no width, but with joiners, which may combine several
// characters into one.
func visible(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unseen(r) && r != '\u200c' && r != '\u200d' && r != '\ufe0f' {
			return -1
		}
		return r
	}, s)
}

// unseen reports whether a character has no width: a direction mark, joiner or soft hyphen.
func unseen(r rune) bool {
	return unicode.Is(unicode.Cf, r) || r >= 0xFE00 && r <= 0xFE0F || r == 0x034F
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// quote returns s as it may be quoted in a sentence: valid UTF-8 of limited length.
func quote(s string) string {
	const most = 40
	r := []rune(kpi.ShowHidden(strings.TrimSpace(strings.ToValidUTF8(s, "�"))))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

func refuse(key, written string) *kpi.Error { return kpi.Refuse(kpi.Invalid, key, quote(written)) }

// narrowDigits returns a text with the digits of ３０余人次 as 30余人次: they are printed beside others. Full-width
// brackets and commas are Chinese punctuation and stay.
func narrowDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		}
		return r
	}, s)
}
