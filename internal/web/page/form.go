package page

import (
	"fmt"
	"net/url"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// plainForm is a form of labelled fields in groups: the rules, the budget, a score. Its field names
// are those of the API where there is one.
type plainForm struct {
	ID, Title, Action, CSRF, Submit, Hint string
	Summary                               string // said above everything when there are mistakes
	Errors                                []formError
	Hidden                                []formOption // name and value
	Groups                                []plainGroup
}

// plainGroup is a set of fields under one legend; "" for none.
type plainGroup struct {
	Legend, Hint string
	Fields       []plainField
}

// plainField is one field.
type plainField struct {
	formField
	Measure string       // printed behind the field
	Words   bool         // words, not a number
	Long    bool         // several lines of words
	Day     bool         // a date
	Fixed   bool         // shown and sent, not to be changed
	Secret  bool         // not shown, and not kept by the browser
	Options []formOption // a choice
}

// typed is what a person typed, by field name; nil for a fresh form.
type typed map[string]string

// field makes a field that shows what was typed, or else the value there is.
func (t typed) field(name, label, value string) plainField {
	if t != nil {
		value = t[name]
	}
	return plainField{formField: formField{ID: "f-" + name, Name: name, Label: label, Value: value}}
}

func (f plainField) measured(m string) plainField { f.Measure = m; return f }

func (f plainField) hinted(hint string) plainField {
	f.Hint = hint
	return f
}

func (f plainField) words() plainField { f.Words = true; return f }

func (f plainField) long() plainField { f.Long = true; return f }

func (f plainField) day() plainField { f.Day = true; return f }

func (f plainField) optional() plainField { f.Optional = true; return f }

// choice offers options and marks the one that stands.
func (f plainField) choice(options ...formOption) plainField {
	for _, o := range options {
		o.Selected = o.Value == f.Value
		f.Options = append(f.Options, o)
	}
	return f
}

func (f *plainForm) group(legend, hint string, fields ...plainField) {
	f.Groups = append(f.Groups, plainGroup{legend, hint, fields})
}

// refuse puts every mistake at its field and at the top.
func (f *plainForm) refuse(p lang.Printer, e *kpi.Error) {
	if e == nil {
		return
	}
	f.Summary = p.Text(e.Text)
	for _, mistake := range e.Fields {
		text, href := p.Text(mistake.Text), "#"+f.ID
		if field := f.find(mistake.Name); field != nil {
			field.Error, href = text, "#"+field.ID
		}
		f.Errors = append(f.Errors, formError{href, text})
	}
}

func (f *plainForm) find(name string) *plainField {
	for g := range f.Groups {
		for i := range f.Groups[g].Fields {
			if f.Groups[g].Fields[i].Name == name {
				return &f.Groups[g].Fields[i]
			}
		}
	}
	return nil
}

// Number is a figure as a form shows it to be changed: without separators.
func Number(a kpi.Amount) string { return a.String() }

// Nth names the i-th of a row of fields.
func Nth(name string, i int) string { return fmt.Sprintf("%s_%d", name, i+1) }

// findingView is something to look at, with where it can be put right.
type findingView struct {
	Error      bool
	Word, Text string
	Href       string
}

func TypedForm(values url.Values) typed {
	t := typed{}
	for name := range values {
		t[name] = values.Get(name)
	}
	return t
}
