package paper

import (
	"fmt"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// XMLHead is the first line of an XML part.
const XMLHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Escape makes text safe inside XML. Characters that XML 1.0 cannot represent are dropped: a single one
// would keep Word from opening the file. Those that turn text around are shown (see [kpi.ShowHidden]).
func Escape(s string) string {
	var b strings.Builder
	for _, r := range kpi.ShowHidden(s) {
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

// Markup builds XML. Arguments are escaped, formats are not.
type Markup struct {
	strings.Builder
	letters  letterer   // of a Word file's tables
	text     letterer   // of its running text; sized 0 where it is not followed down the page
	tag      lang.Tag   // of a Word file
	height   int        // of the page's text
	down     int        // how far down the page what was written ends, as it is estimated
	charts   int        // that were asked for
	drawn    []drawing  // what was drawn of them
	pictures []QR       // in the order of their numbers
	ends     *Paragraph // the last of the text, if a list of annexes stands below it
}

// Add appends a format with its arguments; strings among them are escaped.
func (x *Markup) Add(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = Escape(s)
		}
	}
	fmt.Fprintf(&x.Builder, format, args...)
}
