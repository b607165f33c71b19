package app

import (
	"context"
	"maps"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// trails returns what the figures of a board were added up from.
func (s scope) trails(ctx context.Context, r *store.Reader,
	figures []progress.Figure) (map[kpi.IndicatorID]report.Trail, error) {
	var listed []kpi.IndicatorID
	var summed []kpi.IndicatorID
	for _, f := range figures {
		switch {
		case f.Indicator.Computed() || f.Entries == 0:
		case f.Entries > report.TrailLimit:
			summed = append(summed, f.Indicator.ID)
		default:
			listed = append(listed, f.Indicator.ID)
		}
	}
	out := map[kpi.IndicatorID]report.Trail{}
	if err := s.trailEntries(ctx, r, listed, out); err != nil {
		return nil, err
	}
	return out, s.trailUnits(ctx, r, summed, out)
}

func (s scope) trailEntries(ctx context.Context, r *store.Reader, ids []kpi.IndicatorID,
	out map[kpi.IndicatorID]report.Trail) error {
	updates, err := r.EntriesOf(ctx, s.year.Year, s.unit.ID, ids)
	if err != nil {
		return err
	}
	entries, err := withDetails(ctx, r, kpi.Operator, s.then(updates))
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(e LogEntry) bool {
		later := s.until > 0 && e.Review != nil && e.Review.At > s.until // it awaited its approval then
		return !e.Counts || e.Dated > s.asOf.End() || later
	})
	approvers, err := approversOf(ctx, r, entries)
	if err != nil {
		return err
	}
	numbered, err := s.numberedEvidence(ctx, r)
	if err != nil {
		return err
	}
	for i, e := range entries {
		if !e.Indicator.Kind.Sums() && replaced(entries[i+1:], e) {
			continue
		}
		trail := out[e.Update.Indicator]
		trail.Entries = append(trail.Entries, report.TrailEntry{Update: e.Update, Unit: e.Unit.Names(), Author: e.AuthorName,
			Approver: approvers[e.ID], Evidence: numbered[e.ID]})
		out[e.Update.Indicator] = trail
	}
	return nil
}

// then returns a log as it was at the scope's moment: without what was logged later, and unanswered by that.
func (s scope) then(updates []kpi.Update) []kpi.Update {
	if s.until == 0 {
		return updates
	}
	loggedAt := map[kpi.UpdateID]kpi.UnixMilli{}
	for _, u := range updates {
		loggedAt[u.ID] = u.LoggedAt
	}
	updates = slices.DeleteFunc(updates, func(u kpi.Update) bool { return u.LoggedAt > s.until })
	for i := range updates {
		if u := &updates[i]; loggedAt[u.AnsweredBy] > s.until {
			u.AnsweredBy, u.AnsweredState = 0, ""
		}
	}
	return updates
}

// summedEvidence returns the year's evidence up to the date, by indicator, without entries withdrawn in
// the end; for a unit below the root, only that of the units below it.
func (s scope) summedEvidence(ctx context.Context,
	r *store.Reader) (map[kpi.IndicatorID][]progress.NumberedEvidence, error) {
	numbered, err := s.numberedEvidence(ctx, r)
	if err != nil {
		return nil, err
	}
	withdrawn, err := withdrawnEvidence(ctx, r, s.year.Year)
	if err != nil {
		return nil, err
	}
	below, err := belowUnit(ctx, r, s)
	if err != nil {
		return nil, err
	}
	ids := slices.Sorted(maps.Keys(numbered))
	entries, err := r.UpdatesByID(ctx, ids)
	out := map[kpi.IndicatorID][]progress.NumberedEvidence{}
	for _, id := range ids {
		for _, f := range numbered[id] {
			if !withdrawn[id] && below(f.Evidence.Unit) && entries[id].Dated <= s.asOf.End() {
				out[f.Indicator.ID] = append(out[f.Indicator.ID], f)
			}
		}
	}
	return out, err
}

// approversOf returns the full names of those who approved entries.
func approversOf(ctx context.Context, r *store.Reader, entries []LogEntry) (map[kpi.UpdateID]string, error) {
	names := map[string]string{}
	for _, e := range entries {
		if e.Review != nil && e.Review.Act == kpi.ReviewApprove {
			names[e.Review.By] = e.Review.By
		}
	}
	err := r.FillNames(ctx, names)
	out := map[kpi.UpdateID]string{}
	for _, e := range entries {
		if e.Review != nil && e.Review.Act == kpi.ReviewApprove {
			out[e.ID] = names[e.Review.By]
		}
	}
	return out, err
}

// numberedEvidence returns the year's evidence by the entry it belongs to.
func (s scope) numberedEvidence(ctx context.Context,
	r *store.Reader) (map[kpi.UpdateID][]progress.NumberedEvidence, error) {
	areas, err := cachedAreas(ctx, r)
	if err != nil {
		return nil, err
	}
	indicators, err := cachedIndicators(ctx, r, s.year.Year)
	if err != nil {
		return nil, err
	}
	files, err := r.YearEvidence(ctx, s.year.Year)
	out := map[kpi.UpdateID][]progress.NumberedEvidence{}
	for _, f := range progress.NumberEvidence(areas, indicators, files) {
		out[f.Update] = append(out[f.Update], f)
	}
	return out, err
}

// replaced reports whether a later reading of the same unit replaces e.
func replaced(later []LogEntry, e LogEntry) bool {
	for _, l := range later {
		if l.Update.Indicator != e.Update.Indicator {
			return false
		}
		if l.Update.Unit == e.Update.Unit {
			return true
		}
	}
	return false
}

// trailUnits fills in, for figures of many entries, what the units below and the unit itself add to
// them.
func (s scope) trailUnits(ctx context.Context, r *store.Reader, ids []kpi.IndicatorID,
	out map[kpi.IndicatorID]report.Trail) error {
	if len(ids) == 0 {
		return nil
	}
	units, err := r.Children(ctx, s.unit.ID)
	if err != nil {
		return err
	}
	below, err := r.BelowSeries(ctx, s.year.Year, s.unit.ID)
	if err != nil {
		return err
	}
	own, err := r.UnitSeries(ctx, s.year.Year, s.unit.ID)
	if err != nil {
		return err
	}
	files, err := s.summedEvidence(ctx, r)
	if err != nil {
		return err
	}
	for _, id := range ids {
		rest := progress.Through(own[id], s.asOf.Month)
		last := rest.LastDate
		trail := report.Trail{Evidence: files[id]}
		for _, u := range units {
			tally := progress.Through(below[store.FigureKey{Unit: u.ID, Indicator: id}], s.asOf.Month)
			if tally.Entries > 0 {
				trail.Units = append(trail.Units, report.TrailUnit{Unit: u.Names(), Tally: tally})
				rest = rest.Minus(tally)
			}
		}
		if rest.LastDate = last; rest.Entries > 0 {
			trail.Units = append(trail.Units, report.TrailUnit{Unit: s.unit.Names(), Tally: rest})
		}
		out[id] = trail
	}
	return nil
}
