package app

import (
	"context"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// SetForms changes what a year's forms ask, and nothing else of its rules. base is the mark of the forms that were
// opened ([FormsMark]): the change is refused if they have changed since; "" replaces any. What rows have stated is
// kept, also of rows that are gone. Repeating it does no harm. Refusals: Forbidden for all but administrators,
// NotFound, Conflict for a closed year and forms_changed_since, Invalid with every mistake.
func (a *App) SetForms(ctx context.Context, actor kpi.Actor, y kpi.Year, forms kpi.Forms, base string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	var m kpi.Mistakes
	formsTexts(&m, &forms)
	if m.Err() == nil {
		m.Merge(forms.Check())
	}
	if err := m.Err(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		rules, err := w.Rules(ctx, y)
		if err != nil {
			return err
		}
		if mark := FormsMark(rules.YearForms()); base != "" && base != mark && mark != FormsMark(forms) {
			changed := kpi.T("forms_changed_since")
			return &kpi.Error{Code: kpi.Conflict, Text: changed, Fields: []kpi.Field{{Name: "forms", Text: changed}}}
		}
		if err := keepsMeasures(ctx, &w.Reader, y, forms); err != nil {
			return err
		}
		rules.Forms, rules.Year, rules.SetBy, rules.SetAt = forms, y, actor.Name, a.stamp()
		if err := w.SetRules(ctx, rules); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "report.set_forms", yearSubject(y), forms)
	})
}

// FormsMark identifies a version of forms.
func FormsMark(f kpi.Forms) string {
	body, err := json.Marshal(f)
	if err != nil {
		panic(fmt.Sprintf("forms cannot be written: %v", err)) // strings, numbers and lists of them always can
	}
	return report.Sum(string(body))[:16]
}

// keepsMeasures refuses forms in which an amount that is stated would be read in another measure.
func keepsMeasures(ctx context.Context, r *store.Reader, y kpi.Year, forms kpi.Forms) error {
	before, err := r.Rules(ctx, y)
	if err != nil {
		return err
	}
	stated, err := formValuesOf(ctx, r, y)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	for _, name := range forms.Remeasured(before.YearForms(), stated) {
		m.Add("forms", "forms_measure_kept", name)
	}
	return m.Err()
}

// formsTexts cleans what people typed into forms.
func formsTexts(m *kpi.Mistakes, f *kpi.Forms) {
	readTexts(m, oneLine("forms", &f.Name))
	for i := range f.Basic {
		b := &f.Basic[i]
		readTexts(m, oneLine("forms", &b.Title), oneLine("forms", &b.TitleEn))
		for j := range b.Columns {
			readTexts(m, oneLine("forms", &b.Columns[j].Name), oneLine("forms", &b.Columns[j].NameEn))
		}
		for j := range b.Rows {
			readTexts(m, oneLine("forms", &b.Rows[j].Name), oneLine("forms", &b.Rows[j].NameEn))
		}
	}
}
