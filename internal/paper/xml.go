package paper

import (
	"fmt"
	"strings"
)

// XMLHead is the line that an XML part begins with.
const XMLHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Escape makes text safe inside XML. Characters XML 1.0 cannot carry are dropped: one of them
// would keep Word from opening the whole file.
func Escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case carried(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func carried(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r != 0xFFFE && r != 0xFFFF
}

// Markup collects XML. Its arguments are escaped, its formats are not.
type Markup struct {
	strings.Builder
	figures int // how many charts were written
}

// Add appends a format with its arguments; the strings among these are escaped.
func (x *Markup) Add(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = Escape(s)
		}
	}
	fmt.Fprintf(&x.Builder, format, args...)
}
