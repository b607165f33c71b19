package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// reportingUnits is the setting of the units that hand up: a list of codes.
const reportingUnits = "reporting_units"

// ReportingUnit is a unit below the office's own, and whether it is an office that hands up.
type ReportingUnit struct {
	kpi.Unit
	Reports bool
}

// ReportingUnits lists the units directly below the root, and says which hand up; set is false while nobody has said.
// Refusal: Forbidden.
func (a *App) ReportingUnits(ctx context.Context, actor kpi.Actor) (units []ReportingUnit, set bool, err error) {
	if err := actor.MayTakeIn(); err != nil {
		return nil, false, err
	}
	err = a.db.Read(ctx, func(r *store.Reader) error {
		root, err := r.Root(ctx)
		if err != nil {
			return err
		}
		children, err := cachedChildren(ctx, r, root.ID)
		if err != nil {
			return err
		}
		var reports []kpi.Unit
		reports, set, err = reporting(ctx, r)
		for _, u := range children {
			units = append(units, ReportingUnit{u, slices.ContainsFunc(reports, func(o kpi.Unit) bool { return o.ID == u.ID })})
		}
		return err
	})
	return units, set, err
}

// SetReportingUnits says which units hand up, by code. Refusals: Forbidden, Invalid units.
func (a *App) SetReportingUnits(ctx context.Context, actor kpi.Actor, codes []string) error {
	if err := actor.MayTakeIn(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		for _, code := range codes {
			if _, err := w.Unit(ctx, code); err != nil {
				return asField("units", err)
			}
		}
		said := append([]string{}, slices.Compact(slices.Sorted(slices.Values(codes)))...) // none is also an answer
		if err := setSetting(ctx, w, reportingUnits, said); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "package.set_units", "office", map[string]any{"units": codes})
	})
}

// reporting returns the units that hand up: those that somebody said, else all directly below the root.
func reporting(ctx context.Context, r *store.Reader) (units []kpi.Unit, set bool, err error) {
	codes, err := settingOr(ctx, r, reportingUnits, []string(nil))
	if err != nil {
		return nil, false, err
	}
	if codes == nil {
		root, err := r.Root(ctx)
		if err != nil {
			return nil, false, err
		}
		units, err = cachedChildren(ctx, r, root.ID)
		return units, false, err
	}
	all, err := cachedUnits(ctx, r)
	for _, u := range all {
		if _, said := slices.BinarySearch(codes, u.Code); said { // they are kept sorted
			units = append(units, u)
		}
	}
	slices.SortFunc(units, func(a, b kpi.Unit) int { return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID)) })
	return units, true, err
}

// HandupDictionary returns what offices below map their indicators to; of the units, an actor who has one sees that
// alone. Refusals: Forbidden, NotFound; Conflict
// dictionary_empty for a year without indicators.
func (a *App) HandupDictionary(ctx context.Context, actor kpi.Actor, y kpi.Year) (handup.Dictionary, error) {
	if err := actor.MayRead([]kpi.UnitID{actor.Unit}); err != nil {
		return handup.Dictionary{}, err
	}
	return read(ctx, a, func(r *store.Reader) (handup.Dictionary, error) {
		d, err := a.dictionary(ctx, r, y)
		if err != nil || actor.Unit == 0 {
			return d, err
		}
		own, err := r.UnitByID(ctx, actor.Unit)
		d.Units = slices.DeleteFunc(d.Units, func(u handup.Unit) bool { return u.Code != own.Code })
		return d, err
	})
}

func (a *App) dictionary(ctx context.Context, r *store.Reader, y kpi.Year) (d handup.Dictionary, err error) {
	if _, err := cachedYear(ctx, r, y); err != nil {
		return d, err
	}
	d.Year = y
	if d.Office, err = handupOffice(ctx, r); err != nil {
		return d, err
	}
	areas, err := cachedAreas(ctx, r)
	if err != nil {
		return d, err
	}
	indicators, err := cachedIndicators(ctx, r, y)
	if err != nil {
		return d, err
	}
	byID, err := cachedIndicatorsByID(ctx, r)
	if err != nil {
		return d, err
	}
	for _, i := range progress.InOrder(areas, indicators) {
		if i.ArchivedAt == 0 {
			d.Indicators = append(d.Indicators, dictionaryEntry(i, byID))
		}
	}
	if len(d.Indicators) == 0 {
		return d, kpi.Clash("dictionary_empty", int(y))
	}
	units, _, err := reporting(ctx, r)
	d.Units = []handup.Unit{}
	for _, u := range units {
		d.Units = append(d.Units, handup.Unit{Code: u.Code, Name: u.Name, NameEn: u.NameEn})
	}
	return handup.NewDictionary(d), err
}

func dictionaryEntry(i kpi.Indicator, byID map[kpi.IndicatorID]kpi.Indicator) handup.Indicator {
	out := handup.Indicator{Code: i.Code, Name: i.Name, NameEn: i.NameEn, Kind: i.Kind, Measure: i.Measure,
		Decimals: i.Decimals, Units: i.Units, Factor: i.Factor, Numerator: byID[i.Numerator].Code,
		Denominator: byID[i.Denominator].Code, Definition: i.Definition}
	for _, id := range i.SumOf.IDs() {
		out.SumOf = append(out.SumOf, byID[id].Code)
	}
	return out
}

// handupOffice returns the office as files name it. Refusal: Conflict handup_no_key while its log is empty.
func handupOffice(ctx context.Context, r *store.Reader) (o handup.Office, err error) {
	names, err := cachedOffice(ctx, r)
	if err != nil {
		return o, err
	}
	first, err := r.FirstAudit(ctx)
	if err == nil && first == "" {
		err = kpi.Clash("handup_no_key")
	}
	return handup.Office{ID: handup.OfficeID(first), Name: names.Name, NameEn: names.NameEn}, err
}
