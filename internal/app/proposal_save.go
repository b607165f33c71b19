package app

import (
	"context"
	"errors"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// SaveProposal makes a proposal part of its year's plan: areas, indicators, targets and weights, all of it or
// nothing, as one entry of the audit log. With any mistake, which is no refusal but part of the answer, nothing
// is stored. The same key and rows once more give the same answer and make nothing twice.
//
// Refusals: those of CheckProposal; Conflict for a closed year or key_reused.
func (a *App) SaveProposal(ctx context.Context, actor kpi.Actor, p Proposal) (ProposalResult, error) {
	if err := mayPropose(actor, p); err != nil {
		return ProposalResult{}, err
	}
	result, err := once(ctx, a, answerKey{actor.Name, p.Key, p},
		func(w *store.Writer) (ProposalResult, error) { return a.saveProposal(ctx, w, actor, p) },
		func(r ProposalResult) int64 { return int64(r.Created)*maxGridCells + int64(r.Targets) },
		func(_ *store.Writer, kept int64) (ProposalResult, error) {
			return ProposalResult{Created: int(kept / maxGridCells), Targets: int(kept % maxGridCells), Stored: true}, nil
		})
	if errors.Is(err, errRowsRefused) {
		err = nil
	}
	return result, err
}

func (a *App) saveProposal(ctx context.Context, w *store.Writer, actor kpi.Actor, p Proposal) (ProposalResult, error) {
	_, out, err := a.proposed(ctx, w, actor, p)
	return out, err
}

// proposed saves a proposal and tells what was made of it.
func (a *App) proposed(ctx context.Context, w *store.Writer, actor kpi.Actor,
	p Proposal) (*proposalCheck, ProposalResult, error) {
	p.today = a.Today()
	var m kpi.Mistakes
	readTexts(&m, oneLine("document", &p.Document), oneLine("issuer", &p.Issuer), longText("reason", &p.Reason))
	if err := m.Err(); err != nil {
		return nil, ProposalResult{}, err
	}
	c, err := newProposalCheck(ctx, &w.Reader, p)
	if err != nil {
		return nil, ProposalResult{}, err
	}
	if err := c.year.CheckOpen(); err != nil {
		return nil, ProposalResult{}, err
	}
	out := c.run()
	if !out.Fine() {
		return c, out, errRowsRefused
	}
	out.Stored = true
	if err := c.insertAreas(ctx, w); err != nil {
		return c, out, err
	}
	if err := a.insertIndicators(ctx, w, c); err != nil {
		return c, out, err
	}
	if err := a.insertTargets(ctx, w, actor, c); err != nil {
		return c, out, err
	}
	if err := a.insertFigures(ctx, w, actor, c); err != nil {
		return c, out, err
	}
	if out.Created+out.Targets+out.Entries+len(c.order) == 0 && !c.joins() {
		return c, out, nil
	}
	return c, out, a.audit(ctx, w, actor, "plan.propose", yearSubject(p.Year), c.story())
}

// joins reports whether an existing indicator is taken into the year.
func (c *proposalCheck) joins() bool {
	for _, row := range c.rows {
		if row.Do == ProposalTarget && !row.InYear {
			return true
		}
	}
	return false
}

func (c *proposalCheck) insertAreas(ctx context.Context, w *store.Writer) error {
	codes := map[string]bool{}
	for _, area := range c.areas {
		codes[area.Code] = true
	}
	made := map[kpi.AreaID]kpi.AreaID{}
	c.madeAreas = made
	for n, id := range c.order {
		area := kpi.Area{Code: FreshCode("area", codes), Name: c.newArea[id], Sort: len(c.areas) + n + 1}
		codes[area.Code] = true
		real, err := w.InsertArea(ctx, area)
		if err != nil {
			return err
		}
		made[id] = real
	}
	for i := range c.rows {
		if id, ok := made[c.rows[i].ind.Area]; ok {
			c.rows[i].ind.Area = id
		}
	}
	return nil
}

// insertIndicators stores what is new, what ratios divide before the ratios, in the order of the rows.
func (a *App) insertIndicators(ctx context.Context, w *store.Writer, c *proposalCheck) error {
	last := 0
	for _, ind := range c.all {
		last = max(last, ind.Sort)
	}
	made := map[kpi.IndicatorID]kpi.IndicatorID{}
	for left := true; left; { // what others divide or are part of comes before them, wherever it stands
		left = false
		for i := range c.rows {
			row := &c.rows[i]
			waits := row.Do == ProposalCreate && row.Exists == nil && row.ind.ID < 0
			if !waits || made[row.ind.ID] != 0 || !c.has(made, row.ind) {
				continue
			}
			ind := row.ind
			ind.Sort = last + 1 + i
			for _, ref := range []*kpi.IndicatorID{&ind.Numerator, &ind.Denominator, &ind.PartOf} {
				if real, ok := made[*ref]; ok {
					*ref = real
				}
			}
			real, err := w.InsertIndicator(ctx, ind)
			if err != nil {
				return err
			}
			made[ind.ID], ind.ID = real, real
			row.ind, left = ind, true
		}
	}
	for i := range c.rows {
		row := &c.rows[i]
		if row.Do == ProposalLeave || row.InYear {
			continue
		}
		if row.Exists != nil && row.ind.ArchivedAt != 0 {
			if err := a.takeBack(ctx, w, row); err != nil {
				return err
			}
		}
		for _, id := range []kpi.IndicatorID{row.ind.ID, row.ind.Numerator, row.ind.Denominator} {
			if id != 0 {
				if err := w.InsertYearIndicator(ctx, c.Year, id, a.stamp()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// has reports whether all that an indicator refers to is stored.
func (c *proposalCheck) has(made map[kpi.IndicatorID]kpi.IndicatorID, ind kpi.Indicator) bool {
	for _, ref := range []kpi.IndicatorID{ind.Numerator, ind.Denominator, ind.PartOf} {
		if ref < 0 && made[ref] == 0 {
			return false
		}
	}
	return true
}

// takeBack takes an indicator that was put away back into use.
func (a *App) takeBack(ctx context.Context, w *store.Writer, row *ProposalRow) error {
	at := a.restoredAt(row.ind)
	row.ind.ArchivedAt = 0
	if err := w.SetIndicator(ctx, row.ind); err != nil {
		return err
	}
	return w.RestoreIndicator(ctx, row.ind.ID, at)
}

func (a *App) insertTargets(ctx context.Context, w *store.Writer, actor kpi.Actor, c *proposalCheck) error {
	for _, row := range c.rows {
		if row.target == nil || row.Do == ProposalLeave {
			continue
		}
		t := *row.target
		if row.Held == nil { // the reason is that of revisions
			t.Reason = ""
		}
		t.Indicator, t.Unit, t.SetBy, t.SetAt = row.ind.ID, c.root.ID, actor.Name, a.stamp()
		id, err := w.InsertTarget(ctx, t)
		if err != nil {
			return err
		}
		c.targetIDs = append(c.targetIDs, id)
	}
	return nil
}

// proposalStory is what the audit log keeps of a proposal.
type proposalStory struct {
	Areas      []string          `json:"areas,omitempty"`
	Indicators []proposalMade    `json:"indicators,omitempty"`
	Targets    map[string]string `json:"targets"` // by code: sign, value, points
	Document   string            `json:"document,omitempty"`
	Reason     string            `json:"reason,omitempty"`
}

type proposalMade struct {
	Code    string      `json:"code"`
	Name    string      `json:"name"`
	Kind    kpi.Kind    `json:"kind"`
	Measure kpi.Measure `json:"measure,omitempty"`
}

func (c *proposalCheck) story() proposalStory {
	out := proposalStory{Targets: map[string]string{}, Document: c.Document, Reason: c.Reason}
	for _, id := range c.order {
		out.Areas = append(out.Areas, c.newArea[id])
	}
	for _, row := range c.rows {
		if row.Do == ProposalCreate {
			out.Indicators = append(out.Indicators, proposalMade{row.ind.Code, row.ind.Name, row.ind.Kind, row.ind.Measure})
		}
		if t := row.target; t != nil && row.Do != ProposalLeave {
			value := t.Amount.String()
			if t.Sign == kpi.LevelSign {
				value = string(t.Level)
			}
			out.Targets[row.ind.Code] = string(t.Sign) + " " + value + " (" + t.Weight.String() + ")"
		}
	}
	return out
}
