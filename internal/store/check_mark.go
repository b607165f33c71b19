package store

import (
	"context"

	"dabiao/internal/kpi"
)

// CheckMarks returns the findings of a year's check that were marked as no fault, by finding.
func (r *Reader) CheckMarks(ctx context.Context, y kpi.Year) (map[string]kpi.CheckMark, error) {
	marks, err := all(ctx, r, func(s scanner) (m kpi.CheckMark, err error) {
		err = s.Scan(&m.Year, &m.Finding, &m.Code, &m.Said, &m.Reason, &m.Author, &m.At)
		return m, err
	}, `SELECT year, finding, code, said, reason, author, at FROM check_marks WHERE year = $1`, y)
	out := map[string]kpi.CheckMark{}
	for _, m := range marks {
		out[m.Finding] = m
	}
	return out, err
}

// SetCheckMark stores a mark, replacing an earlier one of the same finding.
func (w *Writer) SetCheckMark(ctx context.Context, m kpi.CheckMark) error {
	return w.exec(ctx, `INSERT INTO check_marks (year, finding, code, said, reason, author, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (year, finding) DO UPDATE
		SET said = excluded.said, reason = excluded.reason, author = excluded.author, at = excluded.at`,
		m.Year, m.Finding, m.Code, m.Said, m.Reason, m.Author, m.At)
}

// DropCheckMark removes a mark.
func (w *Writer) DropCheckMark(ctx context.Context, y kpi.Year, finding string) error {
	return w.exec(ctx, `DELETE FROM check_marks WHERE year = $1 AND finding = $2`, y, finding)
}
