package store

import (
	"context"

	"dabiao/internal/kpi"
)

const evidenceColumns = `id, update_id, indicator_id, unit_id, year, name, media_type, size, sha256, sensitive,
	added_by, added_at, warning, erased_at, erased_by, erased_why`

// Evidence returns the record of a stored file.
func (r *Reader) Evidence(ctx context.Context, id kpi.EvidenceID) (kpi.Evidence, error) {
	return one(ctx, r, kpi.Missing("evidence_not_found", int64(id)), scanEvidence,
		`SELECT `+evidenceColumns+` FROM evidence WHERE id = $1`, id)
}

// EvidenceOf lists the files of the given entries.
func (r *Reader) EvidenceOf(ctx context.Context, ids []kpi.UpdateID) ([]kpi.Evidence, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids)
	return all(ctx, r, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE update_id IN (`+marks+
		`) ORDER BY id`, args...)
}

// EvidenceWith lists the records of all files identical to one of the given, byte for byte.
func (r *Reader) EvidenceWith(ctx context.Context, files []kpi.Evidence) ([]kpi.Evidence, error) {
	sums := make([]string, len(files))
	for i, f := range files {
		sums[i] = f.SHA256
	}
	marks, args := list(sums)
	return all(ctx, r, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE sha256 IN (`+marks+
		`) ORDER BY id`, args...)
}

// YearEvidence lists the files of a year's entries in the order they were added.
func (r *Reader) YearEvidence(ctx context.Context, y kpi.Year) ([]kpi.Evidence, error) {
	return all(ctx, r, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE year = $1 ORDER BY id`, y)
}

// AnsweredEvidence lists a year's entries that have files and were answered by later ones, together
// with all the later ones, oldest first.
func (r *Reader) AnsweredEvidence(ctx context.Context, y kpi.Year) ([]kpi.Update, error) {
	return all(ctx, r, scanUpdate, `WITH RECURSIVE chain (id) AS (
		SELECT u.id FROM updates u JOIN updates later ON later.answers_id = u.id
		WHERE u.id IN (SELECT e.update_id FROM evidence e WHERE e.year = $1)
		UNION SELECT u.id FROM updates u JOIN chain c ON u.answers_id = c.id) `+updateQuery+
		`JOIN chain ON chain.id = u.id ORDER BY u.id`, y)
}

// EvidenceCounts returns the number of files of the entries with IDs between from and to, inclusive.
// Entries without files are not in the map.
func (r *Reader) EvidenceCounts(ctx context.Context, from, to kpi.UpdateID) (map[kpi.UpdateID]int, error) {
	type row struct {
		of kpi.UpdateID
		n  int
	}
	rows, err := all(ctx, r, func(s scanner) (v row, err error) { err = s.Scan(&v.of, &v.n); return v, err },
		`SELECT update_id, COUNT(*) FROM evidence WHERE update_id BETWEEN $1 AND $2 GROUP BY update_id`, from, to)
	out := map[kpi.UpdateID]int{}
	for _, v := range rows {
		out[v.of] = v.n
	}
	return out, err
}

// AllEvidence lists the records of all stored files.
func (r *Reader) AllEvidence(ctx context.Context) ([]kpi.Evidence, error) {
	return all(ctx, r, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence ORDER BY id`)
}

func scanEvidence(s scanner) (e kpi.Evidence, err error) {
	var sensitive int
	err = s.Scan(&e.ID, &e.Update, &e.Indicator, &e.Unit, &e.Year, &e.Name, &e.MediaType, &e.Size, &e.SHA256,
		&sensitive, &e.AddedBy, &e.AddedAt, &e.Warning,
		&e.ErasedAt, &e.ErasedBy, &e.ErasedWhy)
	e.Sensitive = sensitive == 1
	return e, err
}

// InsertEvidence adds a file's record and returns its ID.
func (w *Writer) InsertEvidence(ctx context.Context, e kpi.Evidence) (kpi.EvidenceID, error) {
	return insert[kpi.EvidenceID](ctx, w, `INSERT INTO evidence (update_id, indicator_id, unit_id, year, name,
		media_type, size, sha256, sensitive, added_by, added_at, warning)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, e.Update, e.Indicator, e.Unit, e.Year, e.Name,
		e.MediaType, e.Size, e.SHA256, flag(e.Sensitive), e.AddedBy, e.AddedAt, e.Warning)
}

// SetSensitive sets whether a file is sensitive.
func (w *Writer) SetSensitive(ctx context.Context, id kpi.EvidenceID, sensitive bool) error {
	return w.exec(ctx, `UPDATE evidence SET sensitive = $1 WHERE id = $2`, flag(sensitive), id)
}

// EraseEvidence notes that a file's content is erased.
func (w *Writer) EraseEvidence(ctx context.Context, id kpi.EvidenceID, at kpi.UnixMilli, by, why string) error {
	return w.exec(ctx, `UPDATE evidence SET erased_at = $1, erased_by = $2, erased_why = $3 WHERE id = $4`, at, by, why, id)
}

// ContentErased reports whether a record of the content with a hash is erased.
func (r *Reader) ContentErased(ctx context.Context, sum string) (bool, error) {
	n, err := one(ctx, r, nil, func(s scanner) (n int, err error) { return n, s.Scan(&n) },
		`SELECT COUNT(*) FROM evidence WHERE sha256 = $1 AND erased_at > 0`, sum)
	return n > 0, err
}

// LatestContents lists the hashes of the files that were added last and are not erased, n at most.
func (r *Reader) LatestContents(ctx context.Context, n int) ([]string, error) {
	return all(ctx, r, func(s scanner) (sum string, err error) { err = s.Scan(&sum); return sum, err },
		`SELECT sha256 FROM evidence WHERE erased_at = 0 ORDER BY id DESC LIMIT $1`, n)
}

// AnyEvidence reports whether there is a record of evidence whose content is not erased.
func (r *Reader) AnyEvidence(ctx context.Context) (bool, error) {
	n, err := one(ctx, r, nil, func(s scanner) (n int, err error) { return n, s.Scan(&n) },
		`SELECT COUNT(*) FROM (SELECT 1 FROM evidence WHERE erased_at = 0 LIMIT 1) AS any_of_them`)
	return n > 0, err
}

// ContentInUse reports whether a record that is not erased refers to the content with a hash.
func (r *Reader) ContentInUse(ctx context.Context, sum string) (bool, error) {
	n, err := one(ctx, r, nil, func(s scanner) (n int, err error) { return n, s.Scan(&n) },
		`SELECT COUNT(*) FROM evidence WHERE sha256 = $1 AND erased_at = 0`, sum)
	return n > 0, err
}
