package intake

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// escaped matches characters that XML cannot hold, as workbooks write them: _x000D_ is a carriage return, _x005F_
// an underscore before a text that only looks escaped.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape replaces escaped characters once: an escape in the result is literal. Invisible control characters are
// dropped; half of a surrogate pair stays as written.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(code string) string {
		n, err := strconv.ParseUint(code[2:6], 16, 16)
		if err != nil || n >= 0xD800 && n <= 0xDFFF || n >= 0xFFFE {
			return code
		}
		if r := rune(n); !unicode.IsControl(r) || strings.ContainsRune("\t\n\r", r) {
			return string(r)
		}
		return ""
	})
}
