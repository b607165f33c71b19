package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// PublicYears lists the years that anyone may read, latest first.
func (a *App) PublicYears(ctx context.Context) ([]kpi.PublicYear, error) {
	return read(ctx, a, func(r *store.Reader) ([]kpi.PublicYear, error) { return r.PublicYears(ctx) })
}

// OpenToPublic lets anyone read a closed year's board. Refusals: Forbidden, NotFound, Conflict
// year_not_closed.
func (a *App) OpenToPublic(ctx context.Context, actor kpi.Actor, y kpi.PublicYear) error {
	return a.setPublic(ctx, actor, y.Year, "year.public", y, func(w *store.Writer, year kpi.YearInfo) error {
		if year.State != kpi.YearClosed {
			return kpi.Clash("year_not_closed", int(year.Year))
		}
		return w.SetPublicYear(ctx, y, actor.Name, a.stamp())
	})
}

// CloseToPublic makes a year private again; if it is not public, nothing changes.
func (a *App) CloseToPublic(ctx context.Context, actor kpi.Actor, y kpi.Year) error {
	return a.setPublic(ctx, actor, y, "year.private", struct{}{}, func(w *store.Writer, year kpi.YearInfo) error {
		return w.DeletePublicYear(ctx, year.Year)
	})
}

func (a *App) setPublic(ctx context.Context, actor kpi.Actor, y kpi.Year, action string, detail any,
	set func(*store.Writer, kpi.YearInfo) error) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		year, err := w.Year(ctx, y)
		if err != nil {
			return err
		}
		if err := set(w, year); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, action, yearSubject(y), detail)
	})
}

// PublicBoard returns the whole office's board of a public year. While such a year is reopened for
// work, nobody outside sees it: NotFound, as for any other year.
func (a *App) PublicBoard(ctx context.Context, y kpi.Year) (b progress.Board, p kpi.PublicYear, err error) {
	b, err = read(ctx, a, func(r *store.Reader) (progress.Board, error) {
		years, err := r.PublicYears(ctx)
		if err != nil {
			return progress.Board{}, err
		}
		for _, p = range years {
			if p.Year == y {
				return a.publicBoard(ctx, r, y)
			}
		}
		return progress.Board{}, kpi.Missing("public_not_found")
	})
	return b, p, err
}

func (a *App) publicBoard(ctx context.Context, r *store.Reader, y kpi.Year) (progress.Board, error) {
	root, err := r.Root(ctx)
	if err != nil {
		return progress.Board{}, err
	}
	s, err := a.scope(ctx, r, kpi.Display{Unit: root}.Actor(), Query{Year: y})
	if err != nil {
		return progress.Board{}, err
	}
	if s.year.State != kpi.YearClosed {
		return progress.Board{}, kpi.Missing("public_not_found")
	}
	return s.board(ctx, r)
}
