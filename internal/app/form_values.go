package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// formValuesOf returns what the rows of a year's forms state, empty if nothing was stated.
func formValuesOf(ctx context.Context, r *store.Reader, y kpi.Year) (v kpi.FormValues, err error) {
	body, ok, err := r.FormValues(ctx, y)
	err = stored(&v, body, ok, err, "form values", y)
	return v, err
}

// SetFormRows states the rows of a year's forms: what it names of the rows that the forms have takes the place of what
// they stated, what it does not name is no longer stated. Repeating it does no harm. Refusals: Forbidden, NotFound,
// Conflict for a closed year, Invalid with every mistake by field.
func (a *App) SetFormRows(ctx context.Context, actor kpi.Actor, y kpi.Year, n kpi.FormValues) error {
	if err := actor.MayPlan(); err != nil {
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
		kept, err := formValuesOf(ctx, &w.Reader, y)
		if err != nil {
			return err
		}
		if err := replaceRows(rules.YearForms(), &kept, n); err != nil {
			return err
		}
		body, err := json.Marshal(kept)
		if err != nil {
			return fmt.Errorf("store the form values of %d: %w", y, err)
		}
		if err := w.SetFormValues(ctx, y, string(body), actor.Name, a.stamp()); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "report.set_rows", yearSubject(y), n)
	})
}

// replaceRows replaces what rows state by what is new, and refuses what no row of the forms is or cannot hold.
func replaceRows(forms kpi.Forms, kept *kpi.FormValues, n kpi.FormValues) error {
	var m kpi.Mistakes
	amounts, texts := maps.Clone(n.Amounts), maps.Clone(n.Texts)
	if kept.Amounts == nil {
		kept.Amounts = map[string]kpi.Amount{}
	}
	if kept.Texts == nil {
		kept.Texts = map[string]string{}
	}
	for _, b := range forms.Basic {
		for _, row := range b.Rows {
			for _, c := range b.Columns {
				key := row.Key + "." + c.Key
				delete(kept.Amounts, key)
				if amount, ok := amounts[key]; ok && len(c.Of) == 0 {
					kept.Amounts[key] = amount
					delete(amounts, key)
					switch {
					case amount < 0 && row.Key != "adjustment":
						m.Add(key, "number_negative")
					case amount > kpi.MaxAmount || amount < -kpi.MaxAmount:
						m.Add(key, "number_too_large", amount.String())
					}
				}
			}
			delete(kept.Texts, row.Key)
			if text, ok := texts[row.Key]; ok && (row.Named || b.Kind == kpi.BlockText) {
				readTexts(&m, longText(row.Key, &text))
				if text != "" {
					kept.Texts[row.Key] = text
				}
				delete(texts, row.Key)
			}
		}
	}
	for key := range amounts {
		m.Add(key, "form_row_unknown", key)
	}
	for key := range texts {
		m.Add(key, "form_row_unknown", key)
	}
	return m.Err()
}
