package page

import (
	"fmt"
	"net/url"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Form is an HTML form of labelled fields. What was typed stands before what is kept, and every
// mistake is told twice: in the summary above the form and at its field. Field names are those of the
// API where there is one.
type Form struct {
	mistakes
	ID, Title, Action, CSRF, Submit, Hint string
	Hidden                                []formOption // name and value
	Groups                                []fieldGroup
	Wide                                  bool // many fields: as many beside one another as fit, not two

	printer lang.Printer
	prefix  string     // of the ids of fields
	typed   url.Values // nil for a fresh form
	fields  []*Field   // all of them, those that stand outside the groups too
}

// fieldGroup is a set of fields, under one legend where it has one.
type fieldGroup struct {
	Legend, Hint string
	Fields       []*Field
}

// Field is one field with what stands in it and what is wrong with that.
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

// form begins a form with the id it has on its page.
func (pc Context) form(id, action, title, submit string) *Form {
	return &Form{ID: id, Action: action, Title: title, Submit: submit, CSRF: pc.CSRF, printer: pc.Printer, prefix: "f-"}
}

// wide is a form of many fields, or of long ones.
func (f *Form) wide() *Form { f.Wide = true; return f }

// keeping is the form with what was typed; ids of its fields begin with prefix.
func (f *Form) keeping(prefix string, typed url.Values) *Form {
	f.prefix, f.typed = prefix, typed
	return f
}

// hide adds a value that is sent unseen.
func (f *Form) hide(name, value string) {
	f.Hidden = append(f.Hidden, formOption{Value: name, Text: value})
}

// field makes a field of the label key, hinted where the catalogue has key_hint. It stands nowhere yet.
func (f *Form) field(name, key, kept string, args ...any) *Field {
	field := f.labelled(name, f.printer.T(key, args...), kept)
	if hint := key + "_hint"; f.printer.Has(hint) {
		field.Hint = f.printer.T(hint)
	}
	return field
}

// labelled makes a field whose label is no sentence of the catalogue. It stands nowhere yet.
func (f *Form) labelled(name, label, kept string) *Field {
	if f.typed != nil {
		kept = f.typed.Get(name)
	}
	field := &Field{ID: f.prefix + name, Name: name, Label: label, Value: kept}
	f.fields = append(f.fields, field)
	return field
}

// add puts fields one below the other.
func (f *Form) add(fields ...*Field) { f.group("", "", fields...) }

// group puts fields under a legend.
func (f *Form) group(legend, hint string, fields ...*Field) {
	f.Groups = append(f.Groups, fieldGroup{legend, hint, fields})
}

// refuse tells what is wrong, also with fields that stand outside the groups.
func (f *Form) refuse(e *kpi.Error) { f.tell(f.printer, e, f.ID, f.fields...) }

func (f *Field) number() *Field { f.Mode = "decimal"; return f }

func (f *Field) measured(m string) *Field { f.Measure = m; return f.number() }

func (f *Field) hinted(hint string) *Field { f.Hint = hint; return f }

func (f *Field) optional() *Field { f.Optional = true; return f }

func (f *Field) wide() *Field { f.Wide = true; return f }

func (f *Field) day() *Field { f.Kind = "date"; return f }

// area is several lines without a limit.
func (f *Field) area() *Field { f.Kind, f.Rows = "area", 3; return f }

// note is a remark or a reason: a line or two, as long as the log takes them.
func (f *Field) note() *Field {
	f.Kind, f.Rows, f.MaxLength = "area", 2, kpi.MaxNote
	return f.wide()
}

// secret is a password, which a page never shows again; autocomplete is "current-password" or "new-password".
func (f *Field) secret(autocomplete string) *Field {
	f.Kind, f.Autocomplete, f.Value = "password", autocomplete, ""
	return f
}

// locked says why the field stays as it is.
func (f *Field) locked(why string) { f.Locked, f.Hint = true, why }

// choice offers values in a list; texts are given in the order of values.
func (f *Field) choice(values, texts []string) *Field { return f.offer("select", values, texts) }

// radio offers values beside one another.
func (f *Field) radio(values, texts []string) *Field { return f.offer("radio", values, texts) }

func (f *Field) offer(kind string, values, texts []string) *Field {
	f.Kind = kind
	for i, v := range values {
		f.Options = append(f.Options, formOption{Value: v, Text: texts[i], Selected: v == f.Value})
	}
	return f
}

// texts are values as a form sends them.
func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// named are the values' names in the catalogue, under prefix.
func named[T ~string](p lang.Printer, prefix string, values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = p.T(prefix + string(v))
	}
	return out
}

// mistakes is what is wrong with a form: a sentence, and each mistake with the way to its field.
type mistakes struct {
	Summary string // "" without mistakes
	Errors  []formError
}

// formError is one line of the error summary.
type formError struct{ Href, Text string }

// tell puts every mistake at its field and into the summary, where those of no field lead to the
// element with the id rest.
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

// sentForm is what a form sent that was refused; nothing for a fresh one.
type sentForm struct {
	typed   url.Values
	refusal *kpi.Error
}

// Number is a figure as a form shows it to be changed: without separators.
func Number(a kpi.Amount) string { return a.String() }

// Nth names the i-th of a row of fields.
func Nth(name string, i int) string { return fmt.Sprintf("%s_%d", name, i+1) }
