package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

const displayQuery = `SELECT d.id, d.name, d.made_by, d.made_at, d.seen_at, COALESCE(d.ended_at, 0), d.language, ` +
	unitColumns + `
	FROM displays d JOIN units u ON u.id = d.unit_id `

func scanDisplay(s scanner) (d kpi.Display, err error) {
	var parent sql.NullInt64
	err = s.Scan(&d.ID, &d.Name, &d.MadeBy, &d.MadeAt, &d.SeenAt, &d.EndedAt, &d.Language,
		&d.Unit.ID, &d.Unit.Code, &d.Unit.Name, &d.Unit.NameEn, &parent, &d.Unit.Sort, &d.Unit.AddedAt)
	d.Unit.Parent = kpi.UnitID(parent.Int64)
	return d, err
}

// Displays lists all displays, newest first, including ended ones.
func (r *Reader) Displays(ctx context.Context) ([]kpi.Display, error) {
	return all(ctx, r, scanDisplay, displayQuery+`ORDER BY d.id DESC`)
}

// Display returns the display with an ID.
func (r *Reader) Display(ctx context.Context, id kpi.DisplayID) (kpi.Display, error) {
	return one(ctx, r, kpi.Missing("display_not_found"), scanDisplay, displayQuery+`WHERE d.id = $1`, id)
}

// OpenDisplay returns the display whose secret has the given hash; NotFound once it was ended.
func (r *Reader) OpenDisplay(ctx context.Context, hash string) (kpi.Display, error) {
	return one(ctx, r, kpi.Missing("display_unknown"), scanDisplay,
		displayQuery+`WHERE d.hash = $1 AND d.ended_at IS NULL`, hash)
}

// InsertDisplay adds a display and returns its ID.
func (w *Writer) InsertDisplay(ctx context.Context, d kpi.Display, hash string) (kpi.DisplayID, error) {
	return insert[kpi.DisplayID](ctx, w, `INSERT INTO displays (hash, name, unit_id, made_by, made_at, seen_at, language)
		VALUES ($1, $2, $3, $4, $5, 0, $6)`, hash, d.Name, d.Unit.ID, d.MadeBy, d.MadeAt, d.Language)
}

// EndDisplay invalidates a display's link.
func (w *Writer) EndDisplay(ctx context.Context, id kpi.DisplayID, at kpi.UnixMilli) error {
	return w.exec(ctx, `UPDATE displays SET ended_at = $1 WHERE id = $2`, at, id)
}

// SetDisplayLanguage sets the language that a display shows.
func (w *Writer) SetDisplayLanguage(ctx context.Context, id kpi.DisplayID, language string) error {
	return w.exec(ctx, `UPDATE displays SET language = $1 WHERE id = $2`, language, id)
}

// TouchDisplay records that a display was used.
func (w *Writer) TouchDisplay(ctx context.Context, id kpi.DisplayID, at kpi.UnixMilli) error {
	return w.touch(ctx, `UPDATE displays SET seen_at = $1 WHERE id = $2`, at, id)
}

// PublicYears lists the years that anyone may read.
func (r *Reader) PublicYears(ctx context.Context) ([]kpi.PublicYear, error) {
	return all(ctx, r, func(s scanner) (y kpi.PublicYear, err error) {
		var indexed int
		err = s.Scan(&y.Year, &indexed)
		y.Indexed = indexed == 1
		return y, err
	}, `SELECT year, indexed FROM public_years ORDER BY year DESC`)
}

// SetPublicYear makes a year public.
func (w *Writer) SetPublicYear(ctx context.Context, y kpi.PublicYear, by string, at kpi.UnixMilli) error {
	indexed := 0
	if y.Indexed {
		indexed = 1
	}
	return w.exec(ctx, `INSERT INTO public_years (year, indexed, set_by, set_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year) DO UPDATE SET indexed = excluded.indexed, set_by = excluded.set_by, set_at = excluded.set_at`,
		y.Year, indexed, by, at)
}

// DeletePublicYear makes a year private again.
func (w *Writer) DeletePublicYear(ctx context.Context, y kpi.Year) error {
	return w.exec(ctx, `DELETE FROM public_years WHERE year = $1`, y)
}
