package store

import (
	"context"
	"errors"

	"dabiao/internal/kpi"
)

const importColumns = `id, year, sha256, name, taken, refused, entries, author, at`

// Imports lists a year's imports, newest first.
func (r *Reader) Imports(ctx context.Context, y kpi.Year, limit int) ([]kpi.Import, error) {
	return all(ctx, r, scanImport, `SELECT `+importColumns+
		` FROM imports WHERE year = $1 ORDER BY id DESC LIMIT $2`, y, limit)
}

// Import returns the import with an ID.
func (r *Reader) Import(ctx context.Context, id kpi.ImportID) (kpi.Import, error) {
	return one(ctx, r, kpi.Missing("import_not_found"), scanImport,
		`SELECT `+importColumns+` FROM imports WHERE id = $1`, id)
}

// ImportOf returns the latest import of a file into a year, or nil if there was none.
func (r *Reader) ImportOf(ctx context.Context, y kpi.Year, sha256 string) (*kpi.Import, error) {
	i, err := one(ctx, r, kpi.Missing("import_not_found"), scanImport, `SELECT `+importColumns+` FROM imports
		WHERE year = $1 AND sha256 = $2 ORDER BY id DESC LIMIT 1`, y, sha256)
	var none *kpi.Error
	if errors.As(err, &none) {
		return nil, nil
	}
	return &i, err
}

func scanImport(s scanner) (i kpi.Import, err error) {
	err = s.Scan(&i.ID, &i.Year, &i.SHA256, &i.Name, &i.Rows, &i.Refused, &i.Entries, &i.Author, &i.At)
	return i, err
}

// InsertImport records an import and returns its ID.
func (w *Writer) InsertImport(ctx context.Context, i kpi.Import) (kpi.ImportID, error) {
	return insert[kpi.ImportID](ctx, w, `INSERT INTO imports (year, sha256, name, taken, refused, entries, author, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, i.Year, i.SHA256, i.Name, i.Rows, i.Refused, i.Entries, i.Author, i.At)
}

type importColumn struct{ heading, role string }

// ImportColumns returns what was decided about the columns of tables of a shape, by heading.
func (r *Reader) ImportColumns(ctx context.Context, shape string) (map[string]string, error) {
	rows, err := all(ctx, r, func(s scanner) (c importColumn,
		err error) {
		err = s.Scan(&c.heading, &c.role)
		return c, err
	},
		`SELECT heading, role FROM import_columns WHERE shape = $1`, shape)
	out := map[string]string{}
	for _, c := range rows {
		out[c.heading] = c.role
	}
	return out, err
}

// SetImportColumn stores the meaning of a column in tables of a shape.
func (w *Writer) SetImportColumn(ctx context.Context, shape, heading, role string) error {
	return w.exec(ctx, `INSERT INTO import_columns (shape, heading, role) VALUES ($1, $2, $3)
		ON CONFLICT (shape, heading) DO UPDATE SET role = excluded.role`, shape, heading, role)
}
