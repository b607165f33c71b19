package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// doubts knows what the records say around new entries of one year, so that a person can be asked about
// those that do not fit. Forms, the grid, imports and programs all ask it, one entry after the other.
type doubts struct {
	year       kpi.Year
	rule       kpi.ReviewRule
	indicators map[kpi.IndicatorID]kpi.Indicator
	ratios     map[kpi.IndicatorID][]kpi.Indicator // in use, by the indicators that are one part of them
	units      map[kpi.UnitID]kpi.Unit
	above      map[kpi.UnitID]bool // those that others lie below
	lineages   map[kpi.UnitID][]kpi.UnitID
	logs       map[store.FigureKey][]kpi.Update // the latest of the units and those above, see figuresAround
	asked      map[kpi.UpdateID]kpi.Text        // what was asked about those of logs
	this, last store.Sums
	targets    map[store.FigureKey]*kpi.Target
	beneath    map[store.FigureKey][]kpi.Update // by the unit above, of the entries' days
	planned    kpi.UpdateID                     // number of the last entry that is not in the log yet
}

const firstPlanned = progress.FirstPlanned

// readDoubts reads what there is around the given entries, of which unit, indicator and day are set.
// lineage returns a unit followed by those above it.
func readDoubts(ctx context.Context, r *store.Reader, y kpi.Year, lineage func(kpi.UnitID) []kpi.UnitID,
	about ...kpi.Update) (d *doubts, err error) {
	d = &doubts{year: y, lineages: map[kpi.UnitID][]kpi.UnitID{}, targets: map[store.FigureKey]*kpi.Target{},
		beneath: map[store.FigureKey][]kpi.Update{}, planned: firstPlanned}
	if d.rule, err = cachedReviewRule(ctx, r); err != nil {
		return d, err
	}
	if d.indicators, err = cachedIndicatorsByID(ctx, r); err != nil {
		return d, err
	}
	if d.ratios, err = cachedRatios(ctx, r); err != nil {
		return d, err
	}
	if d.units, err = cachedUnits(ctx, r); err != nil {
		return d, err
	}
	if d.above, err = cachedParents(ctx, r); err != nil {
		return d, err
	}
	indicators, units := map[kpi.IndicatorID]bool{}, map[kpi.UnitID]bool{}
	for _, u := range about {
		if d.lineages[u.Unit] != nil && indicators[u.Indicator] {
			continue
		}
		indicators[u.Indicator], d.lineages[u.Unit] = true, lineage(u.Unit)
		for _, at := range d.lineages[u.Unit] {
			units[at] = true
		}
	}
	if len(about) == 0 {
		return d, nil
	}
	return d, d.read(ctx, r, about, keys(indicators), keys(units))
}

func keys[K cmp.Ordered, V any](set map[K]V) []K {
	out := make([]K, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (d *doubts) read(ctx context.Context, r *store.Reader, about []kpi.Update, indicators []kpi.IndicatorID,
	units []kpi.UnitID) (err error) {
	if d.logs, err = r.LatestLogs(ctx, d.figuresAround(about)); err != nil {
		return err
	}
	if err := d.readAnswered(ctx, r, about); err != nil {
		return err
	}
	if d.asked, err = r.Doubts(ctx, d.correctable(about)); err != nil {
		return err
	}
	with := slices.Clone(indicators)
	for _, id := range indicators {
		for _, ratio := range d.ratios[id] {
			with = append(with, ratio.Numerator, ratio.Denominator)
		}
	}
	slices.Sort(with)
	if d.this, err = r.FiguresSeries(ctx, d.year, units, slices.Compact(with)); err != nil {
		return err
	}
	if d.last, err = r.FiguresSeries(ctx, d.year-1, units, indicators); err != nil {
		return err
	}
	history, err := r.FiguresTargets(ctx, d.year, units, indicators)
	if err != nil {
		return err
	}
	for i, t := range history {
		d.targets[store.FigureKey{Unit: t.Unit, Indicator: t.Indicator}] = &history[i]
	}
	return d.readBeneath(ctx, r, about)
}

// figuresAround returns the figures whose own entries say something about the given ones: the unit's of this
// year and the last, and those of the units above of this year.
func (d *doubts) figuresAround(about []kpi.Update) (out []store.FigureYear) {
	seen := map[store.FigureYear]bool{}
	for _, u := range about {
		for i, unit := range d.lineages[u.Unit] {
			if i > 0 && !d.indicators[u.Indicator].Reaches() {
				break
			}
			this := store.FigureYear{FigureKey: store.FigureKey{Unit: unit, Indicator: u.Indicator}, Year: d.year}
			last := this
			last.Year--
			for _, f := range []store.FigureYear{this, last} {
				if !seen[f] && (i == 0 || f == this) {
					seen[f] = true
					out = append(out, f)
				}
			}
		}
	}
	return out
}

// readAnswered reads the entries that others correct where they are older than what was read.
func (d *doubts) readAnswered(ctx context.Context, r *store.Reader, about []kpi.Update) error {
	for _, u := range about {
		key := store.FigureKey{Unit: u.Unit, Indicator: u.Indicator}
		if u.Answers == 0 || slices.ContainsFunc(d.logs[key], func(e kpi.Update) bool { return e.ID == u.Answers }) {
			continue
		}
		answered, err := r.Update(ctx, u.Answers)
		if err != nil {
			return err
		}
		d.logs[key] = append([]kpi.Update{answered}, d.logs[key]...)
	}
	return nil
}

// correctable returns the entries that the given ones may take the place of: of new ones alone none.
func (d *doubts) correctable(about []kpi.Update) (ids []kpi.UpdateID) {
	seen := map[store.FigureKey]bool{}
	for _, u := range about {
		key := store.FigureKey{Unit: u.Unit, Indicator: u.Indicator}
		if u.Act == kpi.ActLog || seen[key] {
			continue
		}
		seen[key] = true
		for _, e := range d.logs[key] {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// partial reports whether a figure has had so many entries this year that not all of them were read.
func (d *doubts) partial(key store.FigureKey) bool {
	return len(ofYear(d.logs[key], d.year)) >= store.FigureReach
}

// readBeneath reads the entries of the units directly below, where those have reported at all.
func (d *doubts) readBeneath(ctx context.Context, r *store.Reader, about []kpi.Update) error {
	days, indicators, parents := map[kpi.Date]bool{}, map[kpi.IndicatorID]bool{}, map[kpi.UnitID]bool{}
	for _, u := range about {
		ind, key := d.indicators[u.Indicator], store.FigureKey{Unit: u.Unit, Indicator: u.Indicator}
		own := tally(ind, ind, d.rule, ofYear(d.logs[key], d.year))
		reported := progress.Through(d.this.Of(key), 12).Entries > progress.Through(own, 12).Entries
		if ind.AddsUnits() && d.above[u.Unit] && (reported || r.Rehearses()) {
			days[u.Dated], indicators[u.Indicator], parents[u.Unit] = true, true, true
		}
	}
	found, err := r.DayUpdates(ctx, d.year, keys(days), keys(indicators), keys(parents))
	for _, u := range kpi.Standing(found, d.rule) {
		key := store.FigureKey{Unit: d.units[u.Unit].Parent, Indicator: u.Indicator}
		d.beneath[key] = append(d.beneath[key], u)
	}
	return err
}

// ofYear returns a year's entries of a log: a part of it, where they lie together.
func ofYear(log []kpi.Update, y kpi.Year) (out []kpi.Update) {
	first, n, last := 0, 0, 0
	for i := range log {
		if log[i].Dated.Year() != y {
			continue
		}
		if n == 0 {
			first = i
		}
		n, last = n+1, i+1
	}
	if n == last-first {
		return log[first:last:last]
	}
	for i := range log {
		if log[i].Dated.Year() == y {
			out = append(out, log[i])
		}
	}
	return out
}

// partsOfRatios is the cache's key of the ratios in use by the indicators that are one part of them, in order.
type partsOfRatios struct{}

func cachedRatios(ctx context.Context, r *store.Reader) (map[kpi.IndicatorID][]kpi.Indicator, error) {
	return store.Cached(ctx, r, partsOfRatios{}, func() (map[kpi.IndicatorID][]kpi.Indicator, error) {
		all, err := cachedIndicatorsByID(ctx, r)
		out := map[kpi.IndicatorID][]kpi.Indicator{}
		for _, id := range keys(all) {
			ind := all[id]
			if ind.Kind != kpi.Ratio || ind.ArchivedAt != 0 {
				continue
			}
			out[ind.Numerator] = append(out[ind.Numerator], ind)
			if ind.Denominator != ind.Numerator {
				out[ind.Denominator] = append(out[ind.Denominator], ind)
			}
		}
		return out, err
	})
}

// doubt is what there is to say of an entry that is about to be saved.
type doubt struct {
	kpi.Text
	marked bool // it is kept with the entry
	asks   bool // a person should be asked first
}

// weigh returns what there is to say of an entry that is about to be saved. settled says that a person
// was asked already how it lies beside others that say the same. See [progress.Around.Doubt], and
// [doubt.withPersonal].
func (d *doubts) weigh(u kpi.Update, settled bool) (out doubt) {
	var answers []progress.Answer
	if u.Level == "" {
		a := d.around(u)
		a.Settled, answers = settled, a.Answers
		out.Text, out.marked, out.asks = a.Doubt(u)
	}
	return out.withPersonal(u, answers)
}

// answers returns what was asked about the entries that u takes the place of, back to the first. Programs
// are not asked.
func (d *doubts) answers(key store.FigureKey, u kpi.Update) (out []progress.Answer) {
	if u.Answers == 0 {
		return nil
	}
	log := map[kpi.UpdateID]kpi.Update{}
	for _, e := range d.logs[key] {
		log[e.ID] = e
	}
	for before, ok := log[u.Answers]; ok; before, ok = log[before.Answers] {
		if question, asked := d.asked[before.ID]; asked && before.Origin != kpi.FromAPI {
			out = append(out, answersIn(before.Quantity.Amount, question)...)
		}
	}
	return out
}

func (d *doubts) around(u kpi.Update) progress.Around {
	ind, key := d.indicators[u.Indicator], store.FigureKey{Unit: u.Unit, Indicator: u.Indicator}
	a := progress.Around{Indicator: ind, Log: d.logs[key], Answers: d.answers(key, u)}
	own, change := d.without(ind, key, u)
	if a.Before = own; d.planned > firstPlanned {
		a.Before = slices.DeleteFunc(slices.Clone(own), func(e kpi.Update) bool { return e.ID > firstPlanned })
	}
	a.Units = make([]progress.AroundUnit, 0, len(d.lineages[u.Unit]))
	for i, unit := range d.lineages[u.Unit] {
		if i > 0 && !ind.Reaches() {
			break
		}
		at := store.FigureKey{Unit: unit, Indicator: ind.ID}
		beside := progress.AroundUnit{Name: nameOf(d.units[unit]), This: d.this.Of(at), Last: d.last.Of(at),
			Target: d.targets[at], Partial: d.partial(at)}
		for m := range change {
			beside.This[m] = beside.This[m].Plus(change[m])
		}
		if beside.Own = own; i > 0 {
			beside.Own = d.standing(d.logs[at])
		}
		a.Units = append(a.Units, beside)
	}
	for _, ratio := range d.ratios[ind.ID] {
		other := ratio.Numerator
		if other == ind.ID {
			other = ratio.Denominator
		}
		a.Ratios = append(a.Ratios, progress.AroundRatio{Indicator: ratio,
			Other: d.this.Of(store.FigureKey{Unit: u.Unit, Indicator: other})})
	}
	for _, below := range d.beneath[key] {
		a.Beneath = append(a.Beneath, progress.Twin{Unit: nameOf(d.units[below.Unit]), Entry: below})
	}
	return a
}

func nameOf(u kpi.Unit) kpi.Name { return kpi.Name{Name: u.Name, NameEn: u.NameEn} }

// without returns a unit's standing entries without what u takes the place of, and how the figure
// changes by that.
func (d *doubts) without(ind kpi.Indicator, key store.FigureKey, u kpi.Update) (own []kpi.Update, change kpi.Series) {
	log := d.logs[key]
	if u.Answers == 0 {
		return d.standing(log), change
	}
	d.planned++
	u.ID, u.State, u.AnsweredBy = d.planned, kpi.StateApproved, 0
	own = slices.DeleteFunc(d.standing(withEntry(log, u)), func(e kpi.Update) bool { return e.ID == u.ID })
	rest := make([]kpi.Update, len(own))
	for i, e := range own {
		e.Act, e.Answers, e.AnsweredBy, e.State = kpi.ActLog, 0, 0, kpi.StateApproved
		rest[i] = e
	}
	was := tally(ind, ind, d.rule, ofYear(log, d.year))
	is := tally(ind, ind, d.rule, ofYear(rest, d.year))
	for m := range is {
		change[m] = is[m].Minus(was[m])
	}
	return own, change
}

// standing returns the entries of a log that count, oldest first.
func (d *doubts) standing(log []kpi.Update) []kpi.Update {
	return progress.InOrderOfDate(kpi.Standing(log, d.rule))
}

// add takes an entry that will be saved for granted when the next ones are asked about.
func (d *doubts) add(u kpi.Update) {
	ind, key := d.indicators[u.Indicator], store.FigureKey{Unit: u.Unit, Indicator: u.Indicator}
	was := tally(ind, ind, d.rule, ofYear(d.logs[key], d.year))
	d.planned++
	u.ID, u.AnsweredBy = d.planned, 0
	d.logs[key] = withEntry(d.logs[key], u)
	is := tally(ind, ind, d.rule, ofYear(d.logs[key], d.year))
	for i, unit := range d.lineages[u.Unit] {
		at := store.FigureKey{Unit: unit, Indicator: ind.ID}
		if i > 0 && !ind.Reaches() {
			return
		}
		series := d.this.Of(at)
		for m := range series {
			series[m] = series[m].Plus(is[m].Minus(was[m]))
		}
		d.this[at] = &series
		if i == 1 && kpi.ReviewRule.Counts(d.rule, u.State) {
			d.beneath[at] = append(d.beneath[at], u)
		}
	}
}

// keepDoubts keeps what was asked about some of the entries just added, by their place among them.
func keepDoubts(ctx context.Context, w *store.Writer, added []kpi.Update, asked map[int]kpi.Text) error {
	doubts := make([]kpi.Doubt, 0, len(asked))
	for i, u := range added {
		if question, ok := asked[i]; ok {
			doubts = append(doubts, kpi.Doubt{Update: u.ID, Question: question})
		}
	}
	return w.InsertDoubts(ctx, doubts...)
}

// doubtOf returns what there is to say of a new entry. It refuses with Invalid sure if somebody is to be
// asked first and nobody has confirmed its amount.
func doubtOf(ctx context.Context, r *store.Reader, lineage []kpi.UnitID, n kpi.NewUpdate,
	u kpi.Update) (out doubt, err error) {
	d := &doubts{}
	if u.Level == "" {
		d, err = readDoubts(ctx, r, u.Dated.Year(), func(kpi.UnitID) []kpi.UnitID { return lineage }, u)
		if err != nil {
			return out, err
		}
	}
	if r.Rehearses() { // there is nothing to weigh
		return out, nil
	}
	if out = d.weigh(u, false); out.asks && n.Ask && n.Sure != u.Quantity.Amount.String() {
		return out, &kpi.Error{Code: kpi.Invalid, Text: kpi.T("entry_to_confirm"),
			Fields: []kpi.Field{{Name: "sure", Text: out.Text}}}
	}
	return out, nil
}

// DoubtOf returns what a person should be asked about a new entry before it is saved, or about one that
// corrects another; ask is false if it is plausible or was confirmed already. Refusals: NotFound, Forbidden.
func (a *App) DoubtOf(ctx context.Context, actor kpi.Actor, n kpi.NewUpdate,
	corrects kpi.UpdateID) (question kpi.Text, ask bool, err error) {
	n.Ask = false
	d, err := read(ctx, a, func(r *store.Reader) (d doubt, err error) {
		ind, err := cachedIndicator(ctx, r, n.Indicator)
		if err != nil {
			return d, err
		}
		at, err := cachedUnit(ctx, r, actor, n.Unit)
		if err != nil {
			return d, err
		}
		if err := actor.MayRead(at.lineage); err != nil {
			return d, err
		}
		u := a.entry(actor, kpi.ReviewOff, ind, at.unit.ID, n)
		if u.Act = kpi.ActLog; corrects != 0 {
			u.Act, u.Answers = kpi.ActCorrect, corrects
		}
		return doubtOf(ctx, r, at.lineage, n, u)
	})
	return d.Text, d.asks, err
}

// Afterwards returns what a unit's figure would be with a new entry in it. Refusals: NotFound, Forbidden.
func (a *App) Afterwards(ctx context.Context, actor kpi.Actor, n kpi.NewUpdate) (progress.Figure, error) {
	return read(ctx, a, func(r *store.Reader) (f progress.Figure, err error) {
		ind, err := cachedIndicator(ctx, r, n.Indicator)
		if err != nil {
			return f, err
		}
		s, err := a.scope(ctx, r, actor, Query{Year: n.Dated.Year(), Unit: n.Unit})
		if err != nil {
			return f, err
		}
		u := a.entry(actor, kpi.ReviewOff, ind, s.unit.ID, n)
		u.Act = kpi.ActLog
		d, err := readDoubts(ctx, r, s.year.Year, func(kpi.UnitID) []kpi.UnitID { return s.lineage }, u)
		if err != nil {
			return f, err
		}
		input, err := s.inputs(ctx, r, []kpi.Indicator{ind})
		if err != nil {
			return f, err
		}
		in, err := input(0)
		if err != nil {
			return f, err
		}
		d.add(u)
		u.ID = d.planned
		in.Series = d.this.Of(store.FigureKey{Unit: u.Unit, Indicator: ind.ID})
		if id, needed := in.NeedsEntry(); needed {
			if in.Entries, err = r.UpdatesByID(ctx, []kpi.UpdateID{id}); err != nil {
				return f, err
			}
			in.Entries[u.ID] = u
		}
		return progress.Measure(in), nil
	})
}
