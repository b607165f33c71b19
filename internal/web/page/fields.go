package page

import (
	"net/url"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// fieldForm is a form made of plain fields, one below the other.
type fieldForm struct {
	ID      string // of the form, where the error summary points when no field is to blame
	Title   string
	Action  string
	CSRF    string
	Submit  string
	Summary string // said above everything when there are mistakes
	Errors  []formError
	Fields  []*inputField
}

// inputField is one field of a fieldForm.
type inputField struct {
	formField
	Kind    string // "text", "area", "select", "radio", "date", "password"
	Options []formOption
	Mode    string // the keyboard a phone shows: "decimal", "numeric"
	Measure string // behind the field
	Wide    bool   // as wide as the form
	Locked  bool   // shown, and not to be changed
}

// refuse puts every mistake at its field and at the top.
func (f *fieldForm) refuse(p lang.Printer, e *kpi.Error) {
	if e == nil {
		return
	}
	f.Summary = p.Text(e.Text)
	for _, mistake := range e.Fields {
		text, href := p.Text(mistake.Text), "#"+f.ID
		for i := range f.Fields {
			if f.Fields[i].Name == mistake.Name {
				f.Fields[i].Error, href = text, "#"+f.Fields[i].ID
			}
		}
		f.Errors = append(f.Errors, formError{href, text})
	}
}

// fieldMaker makes the fields of one form: what was typed stands before what is kept.
type fieldMaker struct {
	p      lang.Printer
	prefix string // of the ids
	typed  url.Values
	fields []*inputField
}

func (m *fieldMaker) add(kind, name, key, kept string) *inputField {
	if m.typed != nil {
		kept = m.typed.Get(name)
	}
	f := &inputField{Kind: kind, formField: formField{ID: m.prefix + name, Name: name, Label: m.p.T(key), Value: kept}}
	m.fields = append(m.fields, f)
	if hint := key + "_hint"; m.p.Has(hint) {
		f.Hint = m.p.T(hint)
	}
	return f
}

// choose adds a choice; texts are given in the order of values.
func (m *fieldMaker) choose(kind, name, key, kept string, values, texts []string) *inputField {
	f := m.add(kind, name, key, kept)
	for i, v := range values {
		f.Options = append(f.Options, formOption{Value: v, Text: texts[i], Selected: v == f.Value})
	}
	return f
}
