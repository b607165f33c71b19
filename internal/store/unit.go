package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

const unitColumns = `u.id, u.code, u.name, u.name_en, u.parent_id, u.sort, u.added_at`

// Units lists all units; siblings are in order.
func (r *Reader) Units(ctx context.Context) ([]kpi.Unit, error) {
	return all(ctx, r, scanUnit, `SELECT `+unitColumns+` FROM units u ORDER BY u.sort, u.id`)
}

// Unit returns the unit with a code.
func (r *Reader) Unit(ctx context.Context, code string) (kpi.Unit, error) {
	return one(ctx, r, kpi.Missing("unit_not_found", code), scanUnit,
		`SELECT `+unitColumns+` FROM units u WHERE u.code = $1`, code)
}

// UnitByID returns the unit with an ID.
func (r *Reader) UnitByID(ctx context.Context, id kpi.UnitID) (kpi.Unit, error) {
	return one(ctx, r, kpi.Missing("unit_not_found", int64(id)), scanUnit,
		`SELECT `+unitColumns+` FROM units u WHERE u.id = $1`, id)
}

// Root returns the unit above all others.
func (r *Reader) Root(ctx context.Context) (kpi.Unit, error) {
	return one(ctx, r, kpi.Missing("no_units"), scanUnit,
		`SELECT `+unitColumns+` FROM units u WHERE u.parent_id IS NULL ORDER BY u.sort, u.id LIMIT 1`)
}

// Children lists the units directly below parent, in order.
func (r *Reader) Children(ctx context.Context, parent kpi.UnitID) ([]kpi.Unit, error) {
	return all(ctx, r, scanUnit, `SELECT `+unitColumns+
		` FROM units u WHERE u.parent_id = $1 ORDER BY u.sort, u.id`, parent)
}

// Lineage returns a unit followed by its ancestors, nearest first.
func (r *Reader) Lineage(ctx context.Context, id kpi.UnitID) ([]kpi.UnitID, error) {
	return all(ctx, r, func(s scanner) (id kpi.UnitID, err error) { err = s.Scan(&id); return id, err },
		`WITH RECURSIVE line (id, parent_id, step) AS (
		SELECT id, parent_id, 0 FROM units WHERE id = $1
		UNION ALL SELECT u.id, u.parent_id, l.step + 1 FROM units u JOIN line l ON u.id = l.parent_id)
		SELECT id FROM line ORDER BY step`, id)
}

// FillUnits sets the values of m to the units with its keys as IDs.
func (r *Reader) FillUnits(ctx context.Context, m map[kpi.UnitID]kpi.Unit) error {
	return fill(ctx, r, m, scanUnit, func(v kpi.Unit) (kpi.UnitID, kpi.Unit) { return v.ID, v },
		`SELECT `+unitColumns+` FROM units u WHERE u.id IN (%s)`)
}

func scanUnit(s scanner) (u kpi.Unit, err error) {
	var parent sql.NullInt64
	err = s.Scan(&u.ID, &u.Code, &u.Name, &u.NameEn, &parent, &u.Sort, &u.AddedAt)
	u.Parent = kpi.UnitID(parent.Int64)
	return u, err
}

// InsertUnit adds a unit and returns its ID.
func (w *Writer) InsertUnit(ctx context.Context, u kpi.Unit) (kpi.UnitID, error) {
	return insert[kpi.UnitID](ctx, w, `INSERT INTO units (code, name, name_en, parent_id, sort, added_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, u.Code, u.Name, u.NameEn, ref(u.Parent), u.Sort, u.AddedAt)
}
