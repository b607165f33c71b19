package store

import (
	"context"

	"dabiao/internal/kpi"
)

const reportNoteQuery = `SELECT id, year, section, language, author, written, quote, body, file, added_by, added_at,
	done_by, done_at FROM report_notes`

func scanReportNote(s scanner) (n kpi.ReportNote, err error) {
	err = s.Scan(&n.ID, &n.Year, &n.Section, &n.Language, &n.Author, &n.Written, &n.Quote, &n.Body, &n.File,
		&n.AddedBy, &n.AddedAt, &n.DoneBy, &n.DoneAt)
	return n, err
}

// ReportNotes lists the notes on a year's report in order.
func (r *Reader) ReportNotes(ctx context.Context, y kpi.Year) ([]kpi.ReportNote, error) {
	return all(ctx, r, scanReportNote, reportNoteQuery+` WHERE year = $1 ORDER BY id`, y)
}

// ReportNote returns a note, or NotFound.
func (r *Reader) ReportNote(ctx context.Context, id kpi.ReportNoteID) (kpi.ReportNote, error) {
	return one(ctx, r, kpi.Missing("report_note_not_found", int64(id)), scanReportNote,
		reportNoteQuery+` WHERE id = $1`, id)
}

// InsertReportNote adds a note.
func (w *Writer) InsertReportNote(ctx context.Context, n kpi.ReportNote) (kpi.ReportNoteID, error) {
	return insert[kpi.ReportNoteID](ctx, w, `INSERT INTO report_notes
		(year, section, language, author, written, quote, body, file, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, n.Year, n.Section, n.Language, n.Author, n.Written, n.Quote,
		n.Body, n.File, n.AddedBy, n.AddedAt)
}

// SetReportNoteDone records who settled a note, or with 0 that it is open again.
func (w *Writer) SetReportNoteDone(ctx context.Context, id kpi.ReportNoteID, by string, at kpi.UnixMilli) error {
	return w.exec(ctx, `UPDATE report_notes SET done_by = $1, done_at = $2 WHERE id = $3`, by, at, id)
}
