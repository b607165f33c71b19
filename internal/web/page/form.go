package page

import (
	"fmt"
	"net/url"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Form is an HTML form of labelled fields. What was typed takes precedence over what is stored. Every
// mistake is shown twice: in the summary above the form and at its field. Field names are those of the API
// if it has the same call.
type Form struct {
	mistakes
	ID, Title, Action, CSRF, Submit, Hint string
	Hidden                                []formOption // name and value
	Groups                                []fieldGroup
	Wide                                  bool // many fields: as many side by side as fit, instead of two

	printer lang.Printer
	prefix  string     // of the ids of fields
	typed   url.Values // nil for a fresh form
	fields  []*Field   // all of them, including those outside the groups
}

// fieldGroup is a set of fields with an optional legend.
type fieldGroup struct {
	Legend, Hint string
	Fields       []*Field
}

// Field is a form field with its value and what is wrong with it.
type Field struct {
	ID, Name, Label, Value, Hint, Error string
	Kind                                string // "" for one line; "area", "select", "radio", "date", "password"
	Options                             []formOption
	Mode                                string // the keyboard a phone shows: "decimal", "numeric"
	Measure                             string // printed behind the field
	Max                                 string // the last date
	Rows, MaxLength                     int    // of an area; 0 for no limit
	Autocomplete                        string // what a browser may fill in; "" for nothing
	Optional                            bool
	Plain                               bool // a name to sign in with: as typed, no capitals, no spelling
	Wide                                bool // as wide as the form
	Locked                              bool // shown and not sent
	Fixed                               bool // shown and sent, not to be changed
}

// formOption is one choice.
type formOption struct {
	Value, Text string
	Selected    bool
}

// form returns a form with the ID it has on its page. IDs of its fields begin with f-.
func (pc Context) form(id, action, title, submit string) *Form {
	return &Form{ID: id, Action: action, Title: title, Submit: submit, CSRF: pc.CSRF, printer: pc.Printer, prefix: "f-"}
}

// wide marks a form with many or long fields.
func (f *Form) wide() *Form { f.Wide = true; return f }

// keeping fills in what was typed. IDs of fields begin with prefix.
func (f *Form) keeping(prefix string, typed url.Values) *Form {
	f.prefix, f.typed = prefix, typed
	return f
}

// hide adds a hidden field.
func (f *Form) hide(name, value string) {
	f.Hidden = append(f.Hidden, formOption{Value: name, Text: value})
}

// field returns a field labelled by the catalogue's key, with a hint if the catalogue has key_hint. It is
// not yet in any group.
func (f *Form) field(name, key, kept string, args ...any) *Field {
	field := f.labelled(name, f.printer.T(key, args...), kept)
	if hint := key + "_hint"; f.printer.Has(hint) {
		field.Hint = f.printer.T(hint)
	}
	return field
}

// labelled returns a field whose label is not from the catalogue. It is not yet in any group.
func (f *Form) labelled(name, label, kept string) *Field {
	if f.typed != nil {
		kept = f.typed.Get(name)
	}
	field := &Field{ID: f.prefix + name, Name: name, Label: label, Value: kept}
	f.fields = append(f.fields, field)
	return field
}

// add adds fields without a legend.
func (f *Form) add(fields ...*Field) { f.group("", "", fields...) }

// group adds fields under a legend.
func (f *Form) group(legend, hint string, fields ...*Field) {
	f.Groups = append(f.Groups, fieldGroup{legend, hint, fields})
}

// refuse shows what is wrong, including with fields outside the groups.
func (f *Form) refuse(e *kpi.Error) { f.tell(f.printer, e, f.ID, f.fields...) }

func (f *Field) number() *Field { f.Mode = "decimal"; return f }

func (f *Field) measured(m string) *Field { f.Measure = m; return f.number() }

func (f *Field) hinted(hint string) *Field { f.Hint = hint; return f }

func (f *Field) optional() *Field { f.Optional = true; return f }

func (f *Field) wide() *Field { f.Wide = true; return f }

func (f *Field) day() *Field { f.Kind = "date"; return f }

// area makes the field a text area without a length limit.
func (f *Field) area() *Field { f.Kind, f.Rows = "area", 3; return f }

// note makes the field a short text area for a remark or reason, up to kpi.MaxNote.
func (f *Field) note() *Field {
	f.Kind, f.Rows, f.MaxLength = "area", 2, kpi.MaxNote
	return f.wide()
}

// secret makes the field a password, which is never filled in again. autocomplete is "current-password" or
// "new-password".
func (f *Field) secret(autocomplete string) *Field {
	f.Kind, f.Autocomplete, f.Value = "password", autocomplete, ""
	return f
}

// locked disables the field and says why.
func (f *Field) locked(why string) { f.Locked, f.Hint = true, why }

// choice offers values in a list. texts has a text for each value, in order.
func (f *Field) choice(values, texts []string) *Field { return f.offer("select", values, texts) }

// radio offers values as radio buttons.
func (f *Field) radio(values, texts []string) *Field { return f.offer("radio", values, texts) }

func (f *Field) offer(kind string, values, texts []string) *Field {
	f.Kind = kind
	for i, v := range values {
		f.Options = append(f.Options, formOption{Value: v, Text: texts[i], Selected: v == f.Value})
	}
	return f
}

// texts returns values as a form sends them.
func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// named returns the catalogue's names of values, whose keys begin with prefix.
func named[T ~string](p lang.Printer, prefix string, values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = p.T(prefix + string(v))
	}
	return out
}

// mistakes is the error summary of a form: a sentence, and each mistake with a link to its field.
type mistakes struct {
	Summary string // "" without mistakes
	Errors  []formError
}

// formError is an item of the error summary.
type formError struct{ Href, Text string }

// tell shows every mistake at its field and in the summary, where those without a field link to the
// element with the ID rest.
func (m *mistakes) tell(p lang.Printer, e *kpi.Error, rest string, fields ...*Field) {
	if e == nil {
		return
	}
	m.Summary = p.Text(e.Text)
	for _, mistake := range e.Fields {
		text, href := p.Text(mistake.Text), "#"+rest
		for _, f := range fields {
			if f.Name == mistake.Name {
				f.Error, href = text, "#"+f.ID
			}
		}
		m.Errors = append(m.Errors, formError{href, text})
	}
}

// sentForm is what a refused form sent; empty for a fresh one.
type sentForm struct {
	typed   url.Values
	refusal *kpi.Error
}

// Number writes a figure for editing in a form: without separators.
func Number(a kpi.Amount) string { return a.String() }

// Nth returns the name of the i-th of several fields.
func Nth(name string, i int) string { return fmt.Sprintf("%s_%d", name, i+1) }
