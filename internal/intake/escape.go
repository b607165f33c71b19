package intake

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// escaped is how workbooks write a character that XML cannot hold: _x000D_ is a carriage return,
// and _x005F_ the underscore of a text that only looks like one.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape puts the characters back, once: what then looks escaped was meant so. Controls nobody sees
// are left out; what no text holds, such as half of a pair, stays as it was written.
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
