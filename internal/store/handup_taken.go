package store

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
)

const takenColumns = `id, unit_id, year, number, first_month, last_month, sha256, key, state, came_by, came_at,
	decided_by, decided_at FROM packages_taken `

func scanTaken(s scanner) (p kpi.TakenPackage, err error) {
	return p, s.Scan(&p.ID, &p.Unit, &p.Year, &p.Number, &p.First, &p.Last, &p.SHA256, &p.Key, &p.State, &p.By, &p.At,
		&p.DecidedBy, &p.DecidedAt)
}

// TakenPackages lists the packages of a year that came from below, without their files, oldest first.
func (r *Reader) TakenPackages(ctx context.Context, y kpi.Year) ([]kpi.TakenPackage, error) {
	return all(ctx, r, scanTaken, `SELECT `+takenColumns+`WHERE year = $1 ORDER BY id`, y)
}

// TakenPackage returns a package that came from below; NotFound.
func (r *Reader) TakenPackage(ctx context.Context, id kpi.PackageID) (kpi.TakenPackage, error) {
	return one(ctx, r, kpi.Missing("package_not_found"), scanTaken, `SELECT `+takenColumns+`WHERE id = $1`, id)
}

// TakenFile returns the file of a package that came from below.
func (r *Reader) TakenFile(ctx context.Context, id kpi.PackageID) ([]byte, error) {
	return one(ctx, r, kpi.Missing("package_not_found"), scanBytes, `SELECT content FROM packages_taken WHERE id = $1`, id)
}

// TakenBefore returns the package with the same content; NotFound if none came.
func (r *Reader) TakenBefore(ctx context.Context, sha256 string) (kpi.TakenPackage, error) {
	return one(ctx, r, kpi.Missing("package_not_found"), scanTaken, `SELECT `+takenColumns+`WHERE sha256 = $1`, sha256)
}

// InsertTakenPackage keeps a package that came from below.
func (w *Writer) InsertTakenPackage(ctx context.Context, p kpi.TakenPackage, file []byte) (kpi.PackageID, error) {
	return insert[kpi.PackageID](ctx, w, `INSERT INTO packages_taken
		(unit_id, year, number, first_month, last_month, sha256, key, content, state, came_by, came_at, decided_by,
		decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, p.Unit, p.Year, p.Number, p.First, p.Last, p.SHA256,
		p.Key, file, p.State, p.By, p.At, p.DecidedBy, p.DecidedAt)
}

// DecidePackage says what became of a package.
func (w *Writer) DecidePackage(ctx context.Context, id kpi.PackageID, state kpi.PackageState, by string,
	at kpi.UnixMilli) error {
	return w.exec(ctx, `UPDATE packages_taken SET state = $1, decided_by = $2, decided_at = $3 WHERE id = $4`, state, by,
		at, id)
}

// InsertPackageEntries says which entries a package made.
func (w *Writer) InsertPackageEntries(ctx context.Context, of kpi.PackageID, ids []kpi.UpdateID) error {
	for _, id := range ids {
		if err := w.exec(ctx, `INSERT INTO package_entries (update_id, package_id) VALUES ($1, $2)`, id, of); err != nil {
			return err
		}
	}
	return nil
}

const entriesAtOnce = 500 // placeholders of a statement are limited

// PackagesOf returns the packages that made the given entries; those that none made are not in the map.
func (r *Reader) PackagesOf(ctx context.Context, ids []kpi.UpdateID) (map[kpi.UpdateID]kpi.PackageID, error) {
	out := make(map[kpi.UpdateID]kpi.PackageID, len(ids))
	type made struct {
		id kpi.UpdateID
		by kpi.PackageID
	}
	for part := range slices.Chunk(ids, entriesAtOnce) {
		marks, args := list(part)
		found, err := all(ctx, r, func(s scanner) (m made, err error) { return m, s.Scan(&m.id, &m.by) },
			`SELECT update_id, package_id FROM package_entries WHERE update_id IN (`+marks+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			out[m.id] = m.by
		}
	}
	return out, nil
}

// UnitsInReview lists the units of which a package of a year made entries that a reviewer has not decided on.
func (r *Reader) UnitsInReview(ctx context.Context, y kpi.Year) ([]kpi.UnitID, error) {
	return all(ctx, r, func(s scanner) (id kpi.UnitID, err error) { return id, s.Scan(&id) },
		`SELECT DISTINCT t.unit_id FROM packages_taken t JOIN package_entries e ON e.package_id = t.id
		JOIN updates u ON u.id = e.update_id WHERE t.year = $1 AND u.state = $2
		AND NOT EXISTS (SELECT 1 FROM updates a WHERE a.answers_id = u.id)`, y, string(kpi.StateSubmitted))
}

// PackageKeys returns whose packages are trusted, by unit.
func (r *Reader) PackageKeys(ctx context.Context) (map[kpi.UnitID]kpi.PackageKey, error) {
	list, err := all(ctx, r, func(s scanner) (k kpi.PackageKey, err error) {
		return k, s.Scan(&k.Unit, &k.Office, &k.Key, &k.By, &k.At)
	}, `SELECT unit_id, office, key, trusted_by, trusted_at FROM package_keys`)
	out := map[kpi.UnitID]kpi.PackageKey{}
	for _, k := range list {
		out[k.Unit] = k
	}
	return out, err
}

// SetPackageKey trusts a key for a unit from now on.
func (w *Writer) SetPackageKey(ctx context.Context, k kpi.PackageKey) error {
	return w.exec(ctx, `INSERT INTO package_keys (unit_id, office, key, trusted_by, trusted_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (unit_id) DO UPDATE SET office = excluded.office, key = excluded.key, trusted_by = excluded.trusted_by,
		trusted_at = excluded.trusted_at`, k.Unit, k.Office, k.Key, k.By, k.At)
}
