package page

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"dabiao/internal/lang"
)

// errorPage says in one sentence what happened.
type errorPage struct {
	Layout
	Status    int
	Sentence  string
	Details   []string // every mistake, where a refusal carries several
	RequestID string   // for faults: what to tell the administrator
	Typed     []pageFact
}

// typedFields are the fields whose content is told on the error page: what somebody wrote and would have
// to write again. Passwords, keys and choices are none of it.
var typedFields = []string{"value", "date", "score", "name", "name_en", "document", "issuer", "planned", "reason",
	"next", "note", "remark", "text"}

// TypedWords is what a form that has no place any more said, to be copied.
func TypedWords(p lang.Printer, f url.Values) (out []pageFact) {
	for _, name := range typedFields {
		if text := strings.TrimSpace(f.Get(name)); text != "" {
			out = append(out, pageFact{p.T("typed." + name), text})
		}
	}
	for _, cell := range slices.Sorted(maps.Keys(f)) { // of a grid, see cellName
		part := strings.Split(cell, ":")
		if text := strings.TrimSpace(f.Get(cell)); text != "" && len(part) == 5 && part[0] == "c" {
			out = append(out, pageFact{part[1] + " · " + part[2] + " · " + part[3], text})
		}
	}
	return out
}

func NewError(pc Context, status int, sentence string, details []string, requestID string) errorPage {
	return errorPage{
		Layout: NewLayout(pc, pc.Printer.T("error.title"), "", ""), Status: status,
		Sentence: sentence, Details: details, RequestID: requestID,
	}
}
