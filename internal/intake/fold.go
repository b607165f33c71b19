package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// maxFigure bounds a written figure or date, in bytes: nobody writes a longer one.
const maxFigure = 256

// dashes are the strokes people type for a minus, a hyphen or "no value".
var dashes = strings.NewReplacer("−", "-", "–", "-", "—", "-", "―", "-", "─", "-", "‐", "-", "‑", "-")

// fold brings full-width letters, digits and signs to their plain form. Compatibility forms
// (², ½, ①) are left alone on purpose: NFKC would read 10² as 102.
func fold(s string) (folded string, ok bool) {
	if len(s) > maxFigure || !utf8.ValidString(s) {
		return "", false
	}
	folded = strings.TrimSpace(width.Fold.String(norm.NFC.String(s)))
	return folded, strings.IndexFunc(folded, unicode.IsControl) < 0
}

// quote is s as it may stand in a sentence: valid and not endless.
func quote(s string) string {
	const most = 40
	r := []rune(strings.TrimSpace(strings.ToValidUTF8(s, "�")))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

func refuse(key, written string) *kpi.Error { return kpi.Refuse(kpi.Invalid, key, quote(written)) }
