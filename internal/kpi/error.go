package kpi

import (
	"errors"
	"fmt"
	"strings"
)

// Code is the sort of refusal an [Error] is. Any error that is not an Error is a fault of the program.
type Code string

// The four sorts of refusal and their HTTP status.
const (
	Invalid   Code = "invalid"   // 422: the input cannot be accepted as it is
	NotFound  Code = "not_found" // 404
	Forbidden Code = "forbidden" // 403
	Conflict  Code = "conflict"  // 409: valid in itself, but not in the present state
)

// Text is a sentence independent of language: a key of the catalogue and the values for its
// placeholders {0}, {1} …. The key is stable and serves as the machine-readable code of a mistake.
type Text struct {
	Key  string
	Args []any
}

// T returns the Text with the given key and arguments.
func T(key string, args ...any) Text { return Text{Key: key, Args: args} }

// Name is a name in both languages, used as an argument of a Text.
type Name struct{ Name, NameEn string }

// String returns the Chinese name.
func (n Name) String() string { return n.Name }

// String formats t for logs and tests; people see the catalogue's sentence.
func (t Text) String() string {
	if len(t.Args) == 0 {
		return t.Key
	}
	return fmt.Sprintf("%s%v", t.Key, t.Args)
}

// Field is one mistake in one named field of the input.
type Field struct {
	Name string // the name of the form or JSON field
	Text Text
}

// Error is a refusal: something the person can put right. Nothing was changed.
type Error struct {
	Code   Code
	Text   Text
	Fields []Field // all mistakes, in the order of the form
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Code, e.Text)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Name, f.Text)
	}
	return b.String()
}

// Refuse returns a refusal of the given sort.
func Refuse(code Code, key string, args ...any) *Error {
	return &Error{Code: code, Text: T(key, args...)}
}

// Missing returns a refusal because what was asked for does not exist.
func Missing(key string, args ...any) *Error { return Refuse(NotFound, key, args...) }

// Denied returns a refusal because the actor may not do this.
func Denied(key string, args ...any) *Error { return Refuse(Forbidden, key, args...) }

// Clash returns a refusal because of the present state.
func Clash(key string, args ...any) *Error { return Refuse(Conflict, key, args...) }

// Mistakes collects the mistakes in the fields of one form, so that all can be reported at once.
type Mistakes struct{ fields []Field }

// Add records a mistake.
func (m *Mistakes) Add(field, key string, args ...any) {
	m.fields = append(m.fields, Field{Name: field, Text: T(key, args...)})
}

// Check records err under field if it is a refusal, and reports whether err was nil. A refusal with
// fields of its own keeps them.
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

// Merge adds the mistakes of a refusal for fields that have none yet: a field that could not be read
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

// Err returns nil if there are no mistakes, else one refusal with all of them.
func (m *Mistakes) Err() error {
	if len(m.fields) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Text: T("form_invalid", len(m.fields)), Fields: m.fields}
}
