package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/evidence"
	"dabiao/internal/report/seal"
	"dabiao/internal/store"
)

// SealQuery asks for the sealed package of a signed version.
type SealQuery struct {
	Year      kpi.Year
	Number    int  // of the version; 0: the latest
	Sensitive bool // with sensitive evidence
	Language  string
}

// Seal returns a signed year for packing: what was frozen, the entries behind its figures as they stood when it was
// signed, and the evidence of that time. Refusals: those of Signed and EvidencePack.
func (a *App) Seal(ctx context.Context, actor kpi.Actor, q SealQuery) (p seal.Package, err error) {
	if err := actor.MayReport(); err != nil {
		return p, err
	}
	err = a.db.Read(ctx, func(r *store.Reader) error {
		if q.Number == 0 {
			all, err := r.ReportSignings(ctx, q.Year)
			if err != nil {
				return err
			}
			q.Number = max(1, len(all))
		}
		var frozen report.Snapshot
		if p.Signing, frozen, err = signed(ctx, r, q.Year, q.Number); err != nil {
			return err
		}
		p.Input = frozen.In(q.Language)
		if p.Logged, err = signingEntry(ctx, r, p.Signing); err != nil {
			return err
		}
		p.Entries, err = sealedEntries(ctx, r, p)
		return err
	})
	if err != nil {
		return p, err
	}
	p.Evidence, _, err = a.pack(ctx, actor, EvidenceQuery{Year: q.Year}, evidence.With{Sensitive: q.Sensitive})
	p.Evidence.Language = p.Input.Language
	later := p.Signing.At
	p.Evidence.Files = slices.DeleteFunc(p.Evidence.Files,
		func(f progress.NumberedEvidence) bool { return f.AddedAt > later })
	return p, err
}

// SealGiven notes in the audit log that a sealed package was given out.
func (a *App) SealGiven(ctx context.Context, actor kpi.Actor, p seal.Package) error {
	return a.Given(ctx, actor, "report.seal", yearSubject(p.Signing.Year), map[string]any{
		"version": p.Signing.Number, "sha256": p.Signing.SHA256, "sensitive": p.Evidence.With.Sensitive})
}

// signingEntry returns the audit log's entry of a signing.
func signingEntry(ctx context.Context, r *store.Reader, x kpi.ReportSigning) (kpi.AuditEntry, error) {
	entries, err := r.AuditOf(ctx, "report.sign")
	for _, e := range entries {
		var at signingKey
		if err := json.Unmarshal([]byte(e.Detail), &at); err != nil {
			return e, fmt.Errorf("read audit entry %d: %w", e.ID, err)
		}
		if at == (signingKey{x.Year, x.Number}) {
			return e, nil
		}
	}
	return kpi.AuditEntry{}, err
}

// sealedEntries returns the entries that a signed version's figures are made of, by ID: those that were frozen with
// it, and where there were too many of them, those of the log as it was then.
func sealedEntries(ctx context.Context, r *store.Reader, p seal.Package) ([]seal.Entry, error) {
	in := p.Input
	at := scope{year: in.Board.Year, unit: in.Board.Unit, asOf: in.Board.AsOf}
	trails, counted := map[kpi.IndicatorID]report.Trail{}, map[kpi.IndicatorID]bool{}
	for _, f := range in.Board.Figures() {
		counted[f.Indicator.ID] = true
	}
	var logged []kpi.IndicatorID
	for _, id := range seal.Sources(in) {
		switch trail, frozen := in.Trails[id]; {
		case frozen && len(trail.Units) == 0:
			trails[id] = trail
		case frozen || !counted[id]:
			logged = append(logged, id)
		}
	}
	at.until = p.Signing.At
	if err := at.trailEntries(ctx, r, logged, trails); err != nil {
		return nil, err
	}
	known, err := sealedIndicators(ctx, r, in)
	if err != nil {
		return nil, err
	}
	ids := []kpi.UpdateID{} // what was frozen names an entry's unit, and does not identify it
	for _, trail := range trails {
		for _, e := range trail.Entries {
			ids = append(ids, e.ID)
		}
	}
	rows, err := r.UpdatesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []seal.Entry
	for id, trail := range trails {
		for _, e := range trail.Entries {
			e.Update.Unit = rows[e.ID].Unit
			out = append(out, sealedEntry(e, known[id], in))
		}
	}
	slices.SortFunc(out, func(a, b seal.Entry) int { return int(a.ID - b.ID) })
	return out, nil
}

// sealedIndicators returns the indicators as they were signed.
func sealedIndicators(ctx context.Context, r *store.Reader, in report.Input) (map[kpi.IndicatorID]kpi.Indicator,
	error) {
	out := map[kpi.IndicatorID]kpi.Indicator{}
	indicators, err := r.Indicators(ctx)
	for _, i := range append(indicators, in.Gone...) {
		out[i.ID] = i
	}
	for _, f := range in.Board.Figures() {
		out[f.Indicator.ID] = f.Indicator
	}
	return out, err
}

func sealedEntry(e report.TrailEntry, of kpi.Indicator, in report.Input) seal.Entry {
	out := seal.Entry{ID: e.ID, Indicator: of.Code, Unit: e.Update.Unit,
		UnitName: in.Language.Name(e.Unit.Name, e.Unit.NameEn), Dated: e.Dated,
		Amount: e.Quantity.Amount.String(), Wording: e.Quantity.Wording, Level: string(e.Level)}
	if p := e.Quantity.Precision; p != kpi.Exact && p != "" {
		out.Precision = string(p)
	}
	if most, ok := upperEnd(of, of)(e.Quantity); ok && e.Quantity.Precision == kpi.AtLeast {
		out.Most = most.String()
	}
	for _, f := range e.Evidence {
		out.Evidence = append(out.Evidence, f.Number.String())
	}
	return out
}
