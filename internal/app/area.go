package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Areas lists all areas in order.
func (a *App) Areas(ctx context.Context) ([]kpi.Area, error) {
	return read(ctx, a, func(r *store.Reader) ([]kpi.Area, error) { return r.Areas(ctx) })
}

// CreateArea adds an area at the end, from a year's plan or from none (0). Refusals: Forbidden; NotFound;
// Invalid code, name; Conflict if the plan's year is closed.
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
