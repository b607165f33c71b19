package app

import (
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// maxName bounds names and other texts of one line, in characters.
const maxName = 200

// text is a field of words that people wrote.
type text struct {
	field string
	at    *string
	limit int // characters; maxName means one line
}

func line(field string, at *string) text    { return text{field, at, maxName} }
func passage(field string, at *string) text { return text{field, at, kpi.MaxNote} }

// readTexts cleans texts as intake.Text does and notes every one that cannot be kept: whatever the
// door it came through, no name turns the page around it or breaks a document.
func readTexts(m *kpi.Mistakes, texts ...text) {
	for _, t := range texts {
		clean, err := intake.Text(*t.at, t.limit)
		switch {
		case !m.Check(t.field, err):
		case t.limit == maxName && strings.ContainsAny(clean, "\n\t"):
			m.Add(t.field, "text_malformed")
		default:
			*t.at = clean
		}
	}
}
