package app

import (
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// maxName is the limit for names and other texts of one line, in characters.
const maxName = 200

// text is a field of text that people wrote.
type text struct {
	field string
	at    *string
	limit int // characters; maxName means one line
}

func oneLine(field string, at *string) text  { return text{field, at, maxName} }
func longText(field string, at *string) text { return text{field, at, kpi.MaxNote} }

// readTexts cleans texts as intake.Text does and records a mistake for each that cannot be stored. It
// serves forms, API and imports alike, so no name can reverse the direction of the page around it or
// break a document.
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

// readReason cleans a compulsory reason. Refusal: Invalid reason.
func readReason(reason *string) error {
	var m kpi.Mistakes
	readTexts(&m, longText("reason", reason))
	m.Merge(kpi.CheckReason(*reason))
	return m.Err()
}
