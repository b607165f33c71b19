package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Areas lists all areas in order.
func (a *App) Areas(ctx context.Context) ([]kpi.Area, error) {
	return read(ctx, a, func(r *store.Reader) ([]kpi.Area, error) { return r.Areas(ctx) })
}

// CreateArea adds an area at the end. plan is the year on whose plan it is added, which must be open; 0: none.
// Refusals: Forbidden; NotFound; Invalid code, name; Conflict if the plan's year is closed.
func (a *App) CreateArea(ctx context.Context, actor kpi.Actor, plan kpi.Year, area kpi.Area) (kpi.Area, error) {
	if err := actor.MayPlan(); err != nil {
		return area, err
	}
	trim(&area.Code)
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &area.Name), oneLine("name_en", &area.NameEn))
	m.Merge(area.Check())
	if err := m.Err(); err != nil {
		return area, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Area, error) {
		if plan != 0 {
			if err := openYear(ctx, &w.Reader, plan); err != nil {
				return area, err
			}
		}
		areas, err := w.Areas(ctx)
		if err != nil {
			return area, err
		}
		if _, err := areaByCode(areas, area.Code); err == nil {
			var m kpi.Mistakes
			m.Add("code", "code_exists", area.Code)
			return area, m.Err()
		}
		area.Sort = len(areas) + 1
		if area.ID, err = w.InsertArea(ctx, area); err != nil {
			return area, err
		}
		return area, a.audit(ctx, w, actor, "area.create", "area "+area.Code, area)
	})
}

func areaByCode(areas []kpi.Area, code string) (kpi.Area, error) {
	for _, area := range areas {
		if area.Code == code {
			return area, nil
		}
	}
	return kpi.Area{}, kpi.Missing("area_not_found", code)
}

// EditArea renames an area. plan is as in [App.CreateArea]. Refusals: Forbidden, NotFound, Invalid
// name, and the Conflict of EditIndicator.
func (a *App) EditArea(ctx context.Context, actor kpi.Actor, plan kpi.Year, code,
	name, nameEn string) (kpi.Area, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.Area{}, err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &name), oneLine("name_en", &nameEn))
	if err := m.Err(); err != nil {
		return kpi.Area{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Area, error) {
		areas, err := w.Areas(ctx)
		if err != nil {
			return kpi.Area{}, err
		}
		area, err := areaByCode(areas, code)
		if err != nil {
			return area, err
		}
		if err := openPlan(ctx, &w.Reader, plan); err != nil {
			return area, err
		}
		before := area
		area.Name, area.NameEn = name, nameEn
		if err := area.Check(); err != nil || area == before {
			return area, err
		}
		if err := w.SetArea(ctx, area); err != nil {
			return area, err
		}
		return area, a.audit(ctx, w, actor, "area.edit", "area "+code, map[string]kpi.Area{"before": before, "after": area})
	})
}

// MoveArea swaps an area with the one before (up) or after it, on a year's plan. Refusals: Forbidden,
// NotFound, Conflict if the year is closed.
func (a *App) MoveArea(ctx context.Context, actor kpi.Actor, plan kpi.Year, code string, up bool) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		areas, err := w.Areas(ctx)
		if err != nil {
			return err
		}
		if _, err := areaByCode(areas, code); err != nil {
			return err
		}
		if err := openPlan(ctx, &w.Reader, plan); err != nil {
			return err
		}
		slices.SortStableFunc(areas, func(x, y kpi.Area) int { return cmp.Compare(x.Sort, y.Sort) })
		i := slices.IndexFunc(areas, func(x kpi.Area) bool { return x.Code == code })
		j := neighbour(i, up, len(areas))
		if j < 0 {
			return nil
		}
		areas[i], areas[j] = areas[j], areas[i]
		for n, x := range areas {
			if x.Sort != n+1 {
				if err := w.SetAreaSort(ctx, x.ID, n+1); err != nil {
					return err
				}
			}
		}
		return a.audit(ctx, w, actor, "area.order", "area "+code, map[string]bool{"up": up})
	})
}
