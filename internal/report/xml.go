package report

import (
	"fmt"
	"strings"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// escape makes text safe inside XML. Characters XML 1.0 cannot carry are dropped: one of them
// would keep Word from opening the whole file.
func escape(s string) string {
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

// xmlText collects XML. Its arguments are escaped, its formats are not.
type xmlText struct {
	strings.Builder
	figures int // how many charts were written
}

func (x *xmlText) add(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = escape(s)
		}
	}
	fmt.Fprintf(&x.Builder, format, args...)
}
