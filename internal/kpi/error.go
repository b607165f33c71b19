package kpi

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what sort of refusal an [Error] is. Whatever is not an Error is a fault of ours.
type Code string

// The four sorts of refusal, with the HTTP status the web gives them.
const (
	Invalid   Code = "invalid"   // 422: what was handed in cannot be accepted as it is
	NotFound  Code = "not_found" // 404
	Forbidden Code = "forbidden" // 403
	Conflict  Code = "conflict"  // 409: right in itself, but not in the present state
)

// Text is a sentence before it is put into a language: a key of the catalogue and what fills its
// {0}, {1} … places. The key is stable and doubles as the machine-readable code of a mistake.
type Text struct {
	Key  string
	Args []any
}

// T makes a Text.
func T(key string, args ...any) Text { return Text{Key: key, Args: args} }

// Name is a name in both languages, to fill a place of a Text.
type Name struct{ Name, NameEn string }

// String is the Chinese name.
func (n Name) String() string { return n.Name }

// String is for logs and tests; people are shown the catalogue's sentence.
func (t Text) String() string {
	if len(t.Args) == 0 {
		return t.Key
	}
	return fmt.Sprintf("%s%v", t.Key, t.Args)
}

// Field is one mistake in one named field of what was handed in.
type Field struct {
	Name string // the name of the form or JSON field
	Text Text
}

// Error is a refusal: the person can do something about it. Nothing was changed.
type Error struct {
	Code   Code
	Text   Text
	Fields []Field // every mistake at once, in the order of the form
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Code, e.Text)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Name, f.Text)
	}
	return b.String()
}

// Refuse makes a refusal of the given sort.
func Refuse(code Code, key string, args ...any) *Error {
	return &Error{Code: code, Text: T(key, args...)}
}

// Missing refuses because what was asked for does not exist.
func Missing(key string, args ...any) *Error { return Refuse(NotFound, key, args...) }

// Denied refuses because the actor may not do this.
func Denied(key string, args ...any) *Error { return Refuse(Forbidden, key, args...) }

// Clash refuses because of the present state.
func Clash(key string, args ...any) *Error { return Refuse(Conflict, key, args...) }

// Mistakes collects what is wrong with the fields of one form, so that all can be told at once.
type Mistakes struct{ fields []Field }

// Add notes a mistake.
func (m *Mistakes) Add(field, key string, args ...any) {
	m.fields = append(m.fields, Field{Name: field, Text: T(key, args...)})
}

// Check notes err under field when it is a refusal, and reports whether err was nil. A refusal
// that carries fields of its own keeps them.
func (m *Mistakes) Check(field string, err error) bool {
	if err == nil {
		return true
	}
	var e *Error
	if !errors.As(err, &e) {
		m.Add(field, "value_unreadable")
		return false
	}
	if len(e.Fields) > 0 {
		m.fields = append(m.fields, e.Fields...)
		return false
	}
	m.fields = append(m.fields, Field{Name: field, Text: e.Text})
	return false
}

// Merge adds the mistakes of a refusal in fields that have none yet: what could not be read at all
// needs no second complaint.
func (m *Mistakes) Merge(err error) {
	var e *Error
	if !errors.As(err, &e) {
		return
	}
	for _, f := range e.Fields {
		if !m.has(f.Name) {
			m.fields = append(m.fields, f)
		}
	}
}

func (m *Mistakes) has(field string) bool {
	for _, f := range m.fields {
		if f.Name == field {
			return true
		}
	}
	return false
}

// Err is nil without mistakes, else one refusal with all of them.
func (m *Mistakes) Err() error {
	if len(m.fields) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Text: T("form_invalid", len(m.fields)), Fields: m.fields}
}
