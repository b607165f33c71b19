package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Areas lists all areas in order.
func (r *Reader) Areas(ctx context.Context) ([]kpi.Area, error) {
	return all(ctx, r, scanArea, `SELECT id, code, name, name_en, sort FROM areas ORDER BY sort, id`)
}

func scanArea(s scanner) (a kpi.Area, err error) {
	err = s.Scan(&a.ID, &a.Code, &a.Name, &a.NameEn, &a.Sort)
	return a, err
}

// InsertArea adds an area and returns its ID.
func (w *Writer) InsertArea(ctx context.Context, a kpi.Area) (kpi.AreaID, error) {
	return insert[kpi.AreaID](ctx, w, `INSERT INTO areas (code, name, name_en, sort)
		VALUES ($1, $2, $3, $4)`, a.Code, a.Name, a.NameEn, a.Sort)
}

// SetArea stores an area's names.
func (w *Writer) SetArea(ctx context.Context, a kpi.Area) error {
	return w.exec(ctx, `UPDATE areas SET name = $1, name_en = $2 WHERE id = $3`, a.Name, a.NameEn, a.ID)
}

// SetAreaSort sets an area's position.
func (w *Writer) SetAreaSort(ctx context.Context, id kpi.AreaID, sort int) error {
	return w.exec(ctx, `UPDATE areas SET sort = $1 WHERE id = $2`, sort, id)
}
