package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Memberships lists where units belonged before they moved, by unit and time. It is empty unless some
// move left counts with the old parent.
func (r *Reader) Memberships(ctx context.Context) ([]kpi.Membership, error) {
	return all(ctx, r, func(s scanner) (m kpi.Membership, err error) {
		err = s.Scan(&m.Unit, &m.Parent, &m.Since, &m.Until)
		return m, err
	}, `SELECT unit_id, parent_id, since, until FROM unit_parents ORDER BY unit_id, until`)
}

// Tree returns the hierarchy of all units, now and in the past.
func (r *Reader) Tree(ctx context.Context) (kpi.Tree, error) {
	units, err := r.Units(ctx)
	if err != nil {
		return kpi.Tree{}, err
	}
	past, err := r.Memberships(ctx)
	return kpi.NewTree(units, past), err
}

// SetParent moves a unit below another, at the given position among its siblings, and replaces its past
// memberships.
func (w *Writer) SetParent(ctx context.Context, unit, parent kpi.UnitID, sort int, past []kpi.Membership) error {
	if err := w.exec(ctx, `UPDATE units SET parent_id = $1, sort = $2 WHERE id = $3`, parent, sort, unit); err != nil {
		return err
	}
	if err := w.exec(ctx, `DELETE FROM unit_parents WHERE unit_id = $1`, unit); err != nil {
		return err
	}
	for _, m := range past {
		if err := w.exec(ctx, `INSERT INTO unit_parents (unit_id, parent_id, since, until) VALUES ($1, $2, $3, $4)`,
			m.Unit, m.Parent, m.Since, m.Until); err != nil {
			return err
		}
	}
	return nil
}

// SetUnitNames stores a unit's names.
func (w *Writer) SetUnitNames(ctx context.Context, id kpi.UnitID, name, nameEn string) error {
	return w.exec(ctx, `UPDATE units SET name = $1, name_en = $2 WHERE id = $3`, name, nameEn, id)
}

// ever lists the units that are or were directly below unit $1.
const ever = `(SELECT id FROM units WHERE parent_id = $1 UNION SELECT unit_id FROM unit_parents WHERE parent_id = $1)`

// FamilySeries returns the twelve months of every indicator in one year for the units that are or were
// directly below parent.
func (r *Reader) FamilySeries(ctx context.Context, y kpi.Year, parent kpi.UnitID) (map[FigureKey]kpi.Series, error) {
	return collect(ctx, r, func(k FigureKey) FigureKey { return k },
		`WHERE unit_id IN `+ever+` AND year = $2`, parent, y)
}

// spans is a table (id, since, until) of the units from unit $1 downwards and the days they belonged
// there, one row for each period. Days are compared as text; "9999" is after all of them.
const spans = `WITH RECURSIVE members (unit_id, parent_id, since, until) AS MATERIALIZED (
	SELECT unit_id, parent_id, since, until FROM unit_parents
	UNION ALL SELECT u.id, u.parent_id,
		COALESCE((SELECT MAX(p.until) FROM unit_parents p WHERE p.unit_id = u.id), ''), '9999' FROM units u),
	below (id, since, until) AS (
	SELECT CAST($1 AS BIGINT), '', '9999'
	UNION ALL SELECT m.unit_id,
		CASE WHEN m.since > b.since THEN m.since ELSE b.since END,
		CASE WHEN m.until < b.until THEN m.until ELSE b.until END
	FROM members m JOIN below b ON m.parent_id = b.id WHERE m.since < b.until AND m.until > b.since)
`
