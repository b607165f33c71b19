package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Templates lists a year's templates without their content, by paper.
func (r *Reader) Templates(ctx context.Context, y kpi.Year) ([]kpi.Template, error) {
	return all(ctx, r, func(s scanner) (t kpi.Template, err error) {
		err = s.Scan(&t.Year, &t.Paper, &t.Name, &t.SetBy, &t.SetAt)
		return t, err
	}, `SELECT year, form, name, set_by, set_at FROM report_templates WHERE year = $1 ORDER BY form`, y)
}

// TemplateContent returns the file of a year's template.
func (r *Reader) TemplateContent(ctx context.Context, y kpi.Year, form string) ([]byte, error) {
	return one(ctx, r, kpi.Missing("template_missing", int(y)), func(s scanner) (content []byte, err error) {
		err = s.Scan(&content)
		return content, err
	}, `SELECT content FROM report_templates WHERE year = $1 AND form = $2`, y, form)
}

// SetTemplate stores a template file, replacing the year's earlier one for the form.
func (w *Writer) SetTemplate(ctx context.Context, t kpi.Template, content []byte) error {
	return w.exec(ctx, `INSERT INTO report_templates (year, form, name, content, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (year, form) DO UPDATE SET name = excluded.name, content = excluded.content, set_by = excluded.set_by,
		set_at = excluded.set_at`, t.Year, t.Paper, t.Name, content, t.SetBy, t.SetAt)
}

// DropTemplate deletes a year's template.
func (w *Writer) DropTemplate(ctx context.Context, y kpi.Year, form string) error {
	return w.exec(ctx, `DELETE FROM report_templates WHERE year = $1 AND form = $2`, y, form)
}
