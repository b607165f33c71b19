package store

import (
	"context"

	"dabiao/internal/kpi"
)

const evidenceColumns = `id, update_id, name, media_type, size, sha256, sensitive, added_by, added_at`

// Evidence is one stored file's record.
func (r *Reader) Evidence(ctx context.Context, id kpi.EvidenceID) (kpi.Evidence, error) {
	return one(ctx, r, kpi.Missing("evidence_not_found", int64(id)), scanEvidence,
		`SELECT `+evidenceColumns+` FROM evidence WHERE id = $1`, id)
}

// EvidenceOf lists the files of the named entries.
func (r *Reader) EvidenceOf(ctx context.Context, ids []kpi.UpdateID) ([]kpi.Evidence, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids)
	return all(ctx, r, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE update_id IN (`+marks+`) ORDER BY id`, args...)
}

// AllEvidence lists every stored file's record.
func (r *Reader) AllEvidence(ctx context.Context) ([]kpi.Evidence, error) {
	return all(ctx, r, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence ORDER BY id`)
}

func scanEvidence(s scanner) (e kpi.Evidence, err error) {
	var sensitive int
	err = s.Scan(&e.ID, &e.Update, &e.Name, &e.MediaType, &e.Size, &e.SHA256, &sensitive, &e.AddedBy, &e.AddedAt)
	e.Sensitive = sensitive == 1
	return e, err
}

// InsertEvidence adds a file's record and gives it its ID.
func (w *Writer) InsertEvidence(ctx context.Context, e kpi.Evidence) (kpi.EvidenceID, error) {
	return insert[kpi.EvidenceID](ctx, w, `INSERT INTO evidence (update_id, name, media_type, size, sha256, sensitive, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.Update, e.Name, e.MediaType, e.Size, e.SHA256, flag(e.Sensitive), e.AddedBy, e.AddedAt)
}
