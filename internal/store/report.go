package store

import (
	"context"

	"dabiao/internal/kpi"
)

// ReportTexts gives the office's own prose of a year's report in one language, by section.
func (r *Reader) ReportTexts(ctx context.Context, y kpi.Year, language string) (map[string]string, error) {
	type text struct{ section, body string }
	rows, err := all(ctx, r, func(s scanner) (t text, err error) {
		err = s.Scan(&t.section, &t.body)
		return t, err
	}, `SELECT section, body FROM report_texts WHERE year = $1 AND language = $2`, y, language)
	out := map[string]string{}
	for _, t := range rows {
		out[t.section] = t.body
	}
	return out, err
}

// SetReportText keeps the prose of one section in place of an earlier one.
func (w *Writer) SetReportText(ctx context.Context, y kpi.Year, section, language, body string) error {
	return w.exec(ctx, `INSERT INTO report_texts (year, section, language, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year, section, language) DO UPDATE SET body = excluded.body`, y, section, language, body)
}

// ReportSections lists the sections a year's report has prose of in any language, of those whose
// key begins with prefix.
func (r *Reader) ReportSections(ctx context.Context, y kpi.Year, prefix string) ([]string, error) {
	return all(ctx, r, scanString, `SELECT DISTINCT section FROM report_texts
		WHERE year = $1 AND section LIKE $2 AND body <> '' ORDER BY section`, y, prefix+"%")
}
