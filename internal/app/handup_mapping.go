package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// HandupView is what an office hands up in a year: the dictionary of the office above, what it is mapped to, and the
// packages made so far.
type HandupView struct {
	Year       kpi.YearInfo
	Kept       kpi.Dictionary
	Dictionary handup.Dictionary // zero: none was taken in
	Unit       string            // what this office is above: a code; where nobody has said, what its name suggests
	Rows       []MappedIndicator // one for each indicator of the dictionary, in its order
	Candidates []kpi.Indicator   // the office's own, to choose from
	Packages   []kpi.MadePackage // oldest first
	Upward     kpi.Upward        // without its token
	HasToken   bool
	Last       int // the last month that may be handed up today; 0: none yet

	mapping []kpi.Mapped // all there is
}

// MappedIndicator is an indicator of the dictionary and what is handed up as it.
type MappedIndicator struct {
	handup.Indicator
	Own       kpi.Indicator // zero: not handed up
	Held      kpi.Indicator // what was mapped to the code under another name, or for another office: not handed up
	Suggested kpi.Indicator // where nothing is mapped: of equal name, or else of equal code, if it fits
	Problem   *kpi.Error    // why what is mapped does not fit any more, or what is named alike does not fit
	Parts     []string      // of one that is computed: the codes it follows from
	Missing   []string      // of these, those that are not handed up, by name

	anew bool // Held had the same name for another office above
}

// Handup returns what the office hands up in a year. Refusals: Forbidden, NotFound.
func (a *App) Handup(ctx context.Context, actor kpi.Actor, y kpi.Year) (HandupView, error) {
	if err := actor.MayHandUp(); err != nil {
		return HandupView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (HandupView, error) { return a.handup(ctx, r, y) })
}

func (a *App) handup(ctx context.Context, r *store.Reader, y kpi.Year) (v HandupView, err error) {
	if v.Year, err = cachedYear(ctx, r, y); err != nil {
		return v, err
	}
	v.Last = lastMonth(y, a.Today())
	if v.Packages, err = r.MadePackages(ctx, y); err != nil {
		return v, err
	}
	if v.Upward, err = r.Upward(ctx); err != nil && !isRefusal(err, kpi.NotFound) {
		return v, err
	}
	v.HasToken, v.Upward.Token = v.Upward.Token != "", ""
	indicators, err := cachedIndicators(ctx, r, y)
	if err != nil {
		return v, err
	}
	for _, i := range indicators {
		if i.ArchivedAt == 0 && i.Kind != kpi.Ratio {
			v.Candidates = append(v.Candidates, i)
		}
	}
	if v.Kept, err = r.Dictionary(ctx, y); isRefusal(err, kpi.NotFound) {
		return v, nil
	} else if err != nil {
		return v, err
	}
	if v.Dictionary, err = handup.ReadDictionary([]byte(v.Kept.Body)); err != nil {
		return v, err
	}
	if err := v.fillUnit(ctx, r); err != nil {
		return v, err
	}
	if v.mapping, err = r.Mapping(ctx); err != nil {
		return v, err
	}
	v.fillRows()
	return v, nil
}

// lastMonth returns the last month of a year that has begun by today, 0 if none has.
func lastMonth(y kpi.Year, today kpi.Date) int {
	switch {
	case today.Year() > y:
		return 12
	case today.Year() < y:
		return 0
	}
	return today.Period().Month
}

// fillUnit says what the office is above: what somebody said, else what its name is equal to.
func (v *HandupView) fillUnit(ctx context.Context, r *store.Reader) error {
	if v.Unit = v.Kept.Unit; v.Unit != "" {
		return nil
	}
	office, err := cachedOffice(ctx, r)
	if err != nil {
		return err
	}
	root, err := r.Root(ctx)
	for _, u := range v.Dictionary.Units {
		if u.Name == office.Name || u.Name == root.Name {
			v.Unit = u.Code
		}
	}
	return err
}

// is reports whether a mapping is of this very indicator of the dictionary: of its office, under its name.
func (v *HandupView) is(m kpi.Mapped, i handup.Indicator) bool {
	return m.Office == v.Dictionary.Office.ID && m.Code == i.Code && m.Name == i.Name
}

// mappedTo returns what is mapped to an indicator of the dictionary; if nothing is, what last was to its code under
// another name or for another office.
func (v *HandupView) mappedTo(i handup.Indicator) (own kpi.Indicator, held kpi.Mapped) {
	for _, m := range v.mapping {
		at := slices.IndexFunc(v.Candidates, func(o kpi.Indicator) bool { return o.ID == m.Own })
		switch {
		case at < 0 || m.Code != i.Code:
		case v.is(m, i):
			return v.Candidates[at], kpi.Mapped{}
		default:
			held = m
		}
	}
	return own, held
}

func (v *HandupView) fillRows() {
	used := map[kpi.IndicatorID]bool{}
	for _, i := range v.Dictionary.Indicators {
		row := MappedIndicator{Indicator: i}
		own, held := v.mappedTo(i)
		switch {
		case i.Computed():
			row.Parts = i.SumOf
			if i.Kind == kpi.Ratio {
				row.Parts = []string{i.Numerator, i.Denominator}
			}
		case held.Own != 0:
			row.hold(held, v.candidate(held.Own))
		case own.ID != 0 && used[own.ID]: // of two years' mappings, in one dictionary
			as := slices.IndexFunc(v.Rows, func(m MappedIndicator) bool { return m.Own.ID == own.ID })
			row.Problem = asRefusal(kpi.Refuse(kpi.Invalid, "handup_twice", own.Names(), v.Rows[as].Names()))
		case own.ID != 0:
			row.Own, used[own.ID] = own, true
			row.Problem = asRefusal(i.Fits(own))
		}
		v.Rows = append(v.Rows, row)
	}
	v.suggest(used)
	for n := range v.Rows {
		for _, code := range v.Rows[n].Parts {
			part := slices.IndexFunc(v.Rows, func(m MappedIndicator) bool { return m.Code == code })
			if part < 0 || v.Rows[part].Own.ID == 0 && len(v.Rows[part].Parts) == 0 {
				name := code
				if part >= 0 {
					name = v.Rows[part].Name
				}
				v.Rows[n].Missing = append(v.Rows[n].Missing, name)
			}
		}
	}
}

func (v *HandupView) candidate(id kpi.IndicatorID) kpi.Indicator {
	return v.Candidates[slices.IndexFunc(v.Candidates, func(o kpi.Indicator) bool { return o.ID == id })]
}

// hold says that what was mapped is not handed up before somebody says that it is the same indicator.
func (m *MappedIndicator) hold(was kpi.Mapped, own kpi.Indicator) {
	m.Held, m.anew = own, was.Name == m.Name
	refusal := kpi.Refuse(kpi.Conflict, "handup_renamed", own.Names(), was.Name, m.Names())
	if m.anew {
		refusal = kpi.Refuse(kpi.Conflict, "handup_other_office", own.Names(), m.Names())
	}
	m.Problem = asRefusal(refusal)
}

// suggest names, where nothing is mapped, the office's indicator of equal name, or else of equal code: codes are often
// numbers that mean something else in each office. What was mapped for another office under the same name comes first;
// what had another name is not suggested by its code, which is all that they share.
func (v *HandupView) suggest(used map[kpi.IndicatorID]bool) {
	for _, alike := range []func(m MappedIndicator, o kpi.Indicator) bool{
		func(m MappedIndicator, o kpi.Indicator) bool { return m.Held.ID == o.ID && m.anew },
		func(m MappedIndicator, o kpi.Indicator) bool { return o.Name == m.Name },
		func(m MappedIndicator, o kpi.Indicator) bool { return o.Code == m.Code && m.Held.ID == 0 },
	} {
		for n := range v.Rows {
			m := &v.Rows[n]
			for _, o := range v.Candidates {
				if m.Computed() || m.Own.ID != 0 || m.Suggested.ID != 0 || used[o.ID] || !alike(*m, o) {
					continue
				}
				refusal := asRefusal(m.Fits(o))
				if refusal == nil {
					m.Suggested, used[o.ID] = o, true
				}
				if m.Held.ID == 0 {
					m.Problem = refusal
				}
			}
		}
	}
}

func asRefusal(err error) *kpi.Error {
	var e *kpi.Error
	errors.As(err, &e)
	return e
}

// TakeDictionary keeps the dictionary of the office above for its year, from its file. What was mapped before stays,
// and is not handed up where the office above now has another name for the code, or is another office.
// Refusals: Forbidden; those of [handup.ReadDictionary]; Invalid file for a year that is not kept here; Conflict
// dictionary_own for the office's own.
func (a *App) TakeDictionary(ctx context.Context, actor kpi.Actor, file []byte) (handup.Dictionary, error) {
	if err := actor.MayHandUp(); err != nil {
		return handup.Dictionary{}, err
	}
	d, err := handup.ReadDictionary(file)
	if err != nil {
		return d, err
	}
	return d, a.db.Write(ctx, func(w *store.Writer) error {
		if _, err := w.Year(ctx, d.Year); err != nil {
			return asField("file", err)
		}
		own, err := handupOffice(ctx, &w.Reader)
		if err != nil {
			return err
		}
		if own.ID == d.Office.ID {
			return kpi.Clash("dictionary_own")
		}
		kept := kpi.Dictionary{Year: d.Year, Name: d.ID, Body: string(file), SetBy: actor.Name, SetAt: a.stamp()}
		was, err := w.Dictionary(ctx, d.Year)
		if err != nil && !isRefusal(err, kpi.NotFound) {
			return err
		}
		if _, still := d.Unit(was.Unit); still {
			kept.Unit = was.Unit
		}
		if err := w.SetDictionary(ctx, kept); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "package.set_dictionary", yearSubject(d.Year), map[string]any{"office": d.Office,
			"dictionary": d.ID, "indicators": len(d.Indicators)})
	})
}

// NewMapping says what an office is above, and which of its indicators are handed up as which.
type NewMapping struct {
	Unit string            // code above
	Own  map[string]string // own codes by those of the dictionary; "" or absent: not handed up
}

// SetMapping keeps what is handed up as what, for all years in which it has the same name above. Refusals:
// Forbidden, NotFound dictionary_missing; Invalid by field, unit and the dictionary's codes: see
// [handup.Indicator.Fits].
func (a *App) SetMapping(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewMapping) error {
	if err := actor.MayHandUp(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		v, err := a.handup(ctx, &w.Reader, y)
		if err != nil {
			return err
		}
		if v.Dictionary.ID == "" {
			return kpi.Missing("dictionary_missing", int(y))
		}
		var m kpi.Mistakes
		if _, known := v.Dictionary.Unit(n.Unit); !known {
			m.Add("unit", "handup_unit_missing", v.Dictionary.Office.Names())
		}
		want := v.mapped(n, &m)
		if err := m.Err(); err != nil {
			return err
		}
		v.Kept.Unit, v.Kept.SetBy, v.Kept.SetAt = n.Unit, actor.Name, a.stamp()
		if err := w.SetDictionary(ctx, v.Kept); err != nil {
			return err
		}
		if err := a.keepMapping(ctx, w, actor, v, want); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "package.map", yearSubject(y), n)
	})
}

// mapped returns what is to be handed up as each code, and adds what does not fit.
func (v HandupView) mapped(n NewMapping, m *kpi.Mistakes) map[string]kpi.IndicatorID {
	want, used := map[string]kpi.IndicatorID{}, map[string]handup.Indicator{}
	for code, own := range n.Own {
		if _, known := v.Dictionary.Indicator(code); own != "" && !known {
			m.Add("map_"+code, "handup_code_unknown", code)
		}
	}
	for _, i := range v.Dictionary.Indicators {
		code := n.Own[i.Code]
		if code == "" {
			continue
		}
		own := slices.IndexFunc(v.Candidates, func(o kpi.Indicator) bool { return o.Code == code })
		switch before, twice := used[code]; {
		case own < 0:
			m.Add("map_"+i.Code, "indicator_not_found", code)
		case twice:
			m.Add("map_"+i.Code, "handup_twice", v.Candidates[own].Names(), before.Names())
		default:
			if m.Check("map_"+i.Code, i.Fits(v.Candidates[own])) {
				want[i.Code], used[code] = v.Candidates[own].ID, i
			}
		}
	}
	return want
}

// keepMapping changes what differs. What was said for other names, and for other offices, stays.
func (a *App) keepMapping(ctx context.Context, w *store.Writer, actor kpi.Actor, v HandupView,
	want map[string]kpi.IndicatorID) error {
	have := map[string]kpi.IndicatorID{}
	for _, m := range v.mapping {
		i, known := v.Dictionary.Indicator(m.Code)
		if !known || !v.is(m, i) {
			continue
		}
		if have[m.Code] = m.Own; want[m.Code] != m.Own {
			if err := w.DropMapped(ctx, m); err != nil {
				return err
			}
		}
	}
	for code, of := range want {
		if have[code] == of {
			continue
		}
		i, _ := v.Dictionary.Indicator(code)
		if err := w.SetMapped(ctx, kpi.Mapped{Office: v.Dictionary.Office.ID, Code: code, Name: i.Name, Own: of,
			SetBy: actor.Name, SetAt: a.stamp()}); err != nil {
			return err
		}
	}
	return nil
}

// Suggestion returns what is mapped, and where nothing is, what is named alike.
func (v HandupView) Suggestion() NewMapping {
	n := NewMapping{Unit: v.Unit, Own: map[string]string{}}
	for _, row := range v.Rows {
		if is := cmp.Or(row.Own.Code, row.Suggested.Code); is != "" {
			n.Own[row.Code] = is
		}
	}
	return n
}
