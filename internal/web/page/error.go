package page

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/lang"
)

// errorPage says in one sentence what went wrong.
type errorPage struct {
	Layout
	Status    int
	Sentence  string
	Details   []string // every mistake, if a refusal has several
	RequestID string   // for faults: to be quoted to the administrator
	Typed     []pageFact
	Again     *SendAgain // what was sent, to be sent again
	GoBack    bool       // it can be sent again only from the page it was sent from
	Unknown   bool       // whether it was saved
	On        layoutLink // the one way on
}

// SendAgain is a form that its page sent, for the error page to send again as it was.
type SendAgain struct {
	To       string
	Fields   []KeptField
	Files    []LostFiles // to be chosen again
	ByItself bool        // the page does so after a moment
}

// LostFiles are the names of files that came with a form in a field, and did not stay.
type LostFiles struct {
	Field string
	Names []string
}

// Several reports whether a form takes more than one file in the field.
func (l LostFiles) Several() bool { return l.Field == "evidence" }

// typedFields are the fields whose content is shown on the error page: text that somebody would have to
// write again. Passwords, keys and choices are not among them.
var typedFields = []string{"value", "date", "score", "name", "name_en", "document", "issuer", "planned", "reason",
	"next", "note", "remark", "text", "title", "title_en", "contact", "phone", "filled_by", "head", "contact_en",
	"filled_by_en", "head_en"}

// TypedWords returns the text typed into a form that can no longer be accepted, to be copied.
func TypedWords(p lang.Printer, f url.Values) (out []pageFact) {
	for _, name := range typedFields {
		if text := strings.TrimSpace(f.Get(name)); text != "" {
			out = append(out, pageFact{p.T("typed." + name), text})
		}
	}
	for _, cell := range slices.Sorted(maps.Keys(f)) { // of a grid, see CellName
		part := strings.Split(cell, ":")
		if text := strings.TrimSpace(f.Get(cell)); text != "" && len(part) == 5 && part[0] == "c" {
			out = append(out, pageFact{part[1] + " · " + part[2] + " · " + part[3], text})
		}
	}
	return out
}

// signInNeeded is the status of an answer to somebody who is not signed in (RFC 9110, 15.5.2).
const signInNeeded = 401

// NewError makes the page of an error: what it is, why, and the one way on.
func NewError(pc Context, status int, sentence string, details []string, requestID string) errorPage {
	p := pc.Printer
	title := p.T("error.title")
	if key := "error.title." + strconv.Itoa(status); p.Has(key) {
		title = p.T(key)
	}
	out := errorPage{
		Layout: NewLayout(pc, title, "", ""), Status: status,
		Sentence: sentence, Details: details, RequestID: requestID,
	}
	out.On = layoutLink{Href: out.Home, Text: p.T("error.home")}
	if status == signInNeeded {
		out.On = layoutLink{Href: "/login", Text: p.T("error.sign_in")}
	}
	return out
}
