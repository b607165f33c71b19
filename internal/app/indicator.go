package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// NewIndicator is an indicator to be added. It refers to other records by code.
type NewIndicator struct {
	Indicator   kpi.Indicator // without ID and references
	Area        string
	Numerator   string
	Denominator string
	SumOf       []string
	PartOf      string
	Years       []kpi.Year // empty: every open year
}

// CreateIndicator adds an indicator at the end and to its years. Refusals: Forbidden; Invalid with
// every mistake by field.
func (a *App) CreateIndicator(ctx context.Context, actor kpi.Actor, n NewIndicator) (kpi.Indicator, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.Indicator{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Indicator, error) { return a.createIndicator(ctx, w, actor, n) })
}

func (a *App) createIndicator(ctx context.Context, w *store.Writer, actor kpi.Actor,
	n NewIndicator) (kpi.Indicator, error) {
	ind := n.Indicator
	trim(&ind.Code)
	var m kpi.Mistakes
	readIndicator(&m, &ind)
	if ind.Direction == "" {
		ind.Direction = kpi.Up
	}
	ind.Starts = max(ind.Starts, 1)
	others, err := w.Indicators(ctx)
	if err != nil {
		return ind, err
	}
	areas, err := w.Areas(ctx)
	if err != nil {
		return ind, err
	}
	if n.Area != "" {
		area, err := areaByCode(areas, n.Area)
		m.Check("area", err)
		ind.Area = area.ID
	}
	ind.Numerator = indicatorRef(&m, others, "numerator", n.Numerator)
	ind.Denominator = indicatorRef(&m, others, "denominator", n.Denominator)
	ind.PartOf = indicatorRef(&m, others, "part_of", n.PartOf)
	ind.SumOf = sumRef(&m, others, n.SumOf)
	defaultFactor(&ind, others)
	for _, o := range others {
		if o.Code == ind.Code {
			m.Add("code", "code_exists", ind.Code)
		}
	}
	m.Merge(ind.Check())
	m.Merge(ind.CheckAdding())
	m.Merge(ind.CheckLinks(others))
	checkIndicatorName(&m, others, ind)
	if err := m.Err(); err != nil {
		return ind, err
	}
	ind.Sort = 1
	for _, o := range others {
		ind.Sort = max(ind.Sort, o.Sort+1)
	}
	if ind.ID, err = w.InsertIndicator(ctx, ind); err != nil {
		return ind, err
	}
	if err := a.putIntoYears(ctx, w, ind.ID, n.Years); err != nil {
		return ind, err
	}
	if ind.SumOf != "" {
		if err := rebuildAll(ctx, w, ind); err != nil {
			return ind, err
		}
	}
	return ind, a.audit(ctx, w, actor, "indicator.create", "indicator "+ind.Code, n)
}

// readIndicator cleans the texts of an indicator.
func readIndicator(m *kpi.Mistakes, i *kpi.Indicator) {
	measure := string(i.Measure)
	readTexts(m, oneLine("name", &i.Name), oneLine("name_en", &i.NameEn), oneLine("measure", &measure),
		oneLine("owner", &i.Owner), oneLine("partners", &i.Partners), longText("definition", &i.Definition),
		longText("source", &i.Source), longText("note", &i.Note))
	// people per session is a rate; 人/次 as a count is 人次
	if i.Measure = kpi.Measure(measure).Spelled(); i.Kind != kpi.Ratio {
		i.Measure = i.Measure.Canonical()
	}
}

// defaultFactor sets the factor that a ratio's measure and parts imply if none was stated.
func defaultFactor(ind *kpi.Indicator, others []kpi.Indicator) {
	if ind.Factor != 0 {
		return
	}
	var denominator kpi.Measure
	for _, o := range others {
		if o.ID == ind.Denominator {
			denominator = o.Measure
		}
	}
	ind.Factor = ind.DefaultFactor(denominator)
}

// indicatorRef finds an indicator in use by its code, or records a mistake.
func indicatorRef(m *kpi.Mistakes, others []kpi.Indicator, field, code string) kpi.IndicatorID {
	if code == "" {
		return 0
	}
	for _, o := range others {
		if o.Code != code {
			continue
		}
		if o.ArchivedAt != 0 {
			m.Add(field, "indicator_archived", o.Names())
		}
		return o.ID
	}
	m.Add(field, "indicator_not_found", code)
	return 0
}

func (a *App) putIntoYears(ctx context.Context, w *store.Writer, id kpi.IndicatorID, years []kpi.Year) error {
	all, err := w.Years(ctx)
	if err != nil {
		return err
	}
	if len(years) == 0 {
		for _, y := range all {
			if y.State == kpi.YearOpen {
				years = append(years, y.Year)
			}
		}
	}
	for _, y := range years {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return asField("years", err)
		}
		if err := w.InsertYearIndicator(ctx, y, id, a.stamp()); err != nil {
			return err
		}
	}
	return nil
}

// AddToYear adds an existing indicator to an open year. Calling it again changes nothing.
func (a *App) AddToYear(ctx context.Context, actor kpi.Actor, y kpi.Year, code string) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		ind, err := w.Indicator(ctx, code)
		if err != nil {
			return err
		}
		if err := ind.CheckActive(); err != nil {
			return err
		}
		if err := w.InsertYearIndicator(ctx, y, ind.ID, a.stamp()); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "year.add_indicator", yearSubject(y), map[string]string{"indicator": code})
	})
}

// Indicators lists all indicators of all years, and the areas they belong to.
func (a *App) Indicators(ctx context.Context) (indicators []kpi.Indicator, areas []kpi.Area, err error) {
	err = a.db.Read(ctx, func(r *store.Reader) error {
		if indicators, err = r.Indicators(ctx); err != nil {
			return err
		}
		areas, err = r.Areas(ctx)
		return err
	})
	return indicators, areas, err
}

// IndicatorByCode returns one indicator's definition. Refusal: NotFound.
func (a *App) IndicatorByCode(ctx context.Context, code string) (kpi.Indicator, error) {
	return read(ctx, a, func(r *store.Reader) (kpi.Indicator, error) { return r.Indicator(ctx, code) })
}

// KnownIndicator is like IndicatorByCode, but uses the cache if an entry was checked against the
// indicator since the structure last changed.
func (a *App) KnownIndicator(ctx context.Context, at Stamp, code string) (kpi.Indicator, error) {
	if ind, ok := store.Lookup[kpi.Indicator](a.db, at, indicatorCode(code)); ok {
		return ind, nil
	}
	return a.IndicatorByCode(ctx, code)
}

// RatioParts returns the two indicators a ratio divides.
func (a *App) RatioParts(ctx context.Context, ratio kpi.Indicator) (numerator, denominator kpi.Indicator, err error) {
	err = a.db.Read(ctx, func(r *store.Reader) error {
		if numerator, err = r.IndicatorByID(ctx, ratio.Numerator); err != nil {
			return err
		}
		denominator, err = r.IndicatorByID(ctx, ratio.Denominator)
		return err
	})
	return numerator, denominator, err
}
