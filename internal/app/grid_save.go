package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// GridEdit is what was typed into one cell. Seen is the entry the cell showed, 0 for none: if there is
// another by now, the edit is refused.
type GridEdit struct {
	Unit, Indicator string // codes
	Month           int
	Seen            kpi.UpdateID
	Text            string
	Sure            string // the amount that somebody was asked about and confirmed; "": none
}

// NewGrid is a filled-in grid.
type NewGrid struct {
	GridQuery
	Edits  []GridEdit
	Reason string // why entries are corrected; required if any is
	Key    string // idempotency key; "": none
}

// GridResult is the result of saving a grid.
type GridResult struct {
	Logged, Corrected int
	Refused           []GridRefusal  // if there are any, nothing was saved
	Asked             []GridQuestion // likewise
}

// GridQuestion is a question about one cell before it is saved, as for a single entry.
type GridQuestion struct {
	Edit   int // position in the list, from 0
	Amount string
	Text   kpi.Text
}

// GridRefusal says why one cell was refused.
type GridRefusal struct {
	Edit int // position in the list, from 0
	Text kpi.Text
}

// SaveGrid saves a grid, all or nothing. An empty cell that was filled in becomes a new entry dated the
// month's last day, or today in the current month. A number in place of a cell's single entry corrects
// that entry, with the reason; its day and note stay. An unchanged cell is left alone, and none can be
// emptied: entries are withdrawn where their history is visible.
//
// A number that is not usual is queried, and saved once its edit says that somebody is sure.
//
// Refusals of the call: those of Grid, and Invalid reason (the result then lists refused cells too).
// Refusals of a cell: those of LogUpdate and CorrectUpdate, and grid_cleared, grid_changed,
// grid_closed.
func (a *App) SaveGrid(ctx context.Context, actor kpi.Actor, n NewGrid) (GridResult, error) {
	trim(&n.Reason)
	key := answerKey{actor.Name, n.Key, n}
	result, err := once(ctx, a, key, func(w *store.Writer) (GridResult, error) { return a.saveGrid(ctx, w, actor, n) },
		func(r GridResult) int64 { return int64(r.Logged)*maxGridCells + int64(r.Corrected) },
		func(_ *store.Writer, kept int64) (GridResult, error) {
			return GridResult{Logged: int(kept / maxGridCells), Corrected: int(kept % maxGridCells)}, nil
		})
	if errors.Is(err, errRowsRefused) {
		err = nil
	}
	return result, err
}

// maxGridCells is more than a form can send.
const maxGridCells = 1_000_000

// gridPlan is what the edits will do.
type gridPlan struct {
	grid       Grid
	units      map[string]kpi.UnitID
	indicators map[string]kpi.Indicator
	bulk       *bulk
	today      kpi.Date
	news       []kpi.Update
	newsOf     []int // the edits they come from
	fixes      []gridFix
	refused    []GridRefusal
	doubts     map[int]kpi.Text // what is asked about new entries, by their place among them
}

type gridFix struct {
	edit  int
	entry kpi.UpdateID
	kpi.NewUpdate
}

func (a *App) saveGrid(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewGrid) (out GridResult, err error) {
	p := gridPlan{units: map[string]kpi.UnitID{}, indicators: map[string]kpi.Indicator{}, today: a.Today(),
		doubts: map[int]kpi.Text{}}
	if p.grid, err = a.grid(ctx, &w.Reader, actor, n.GridQuery); err != nil {
		return out, err
	}
	if p.bulk, err = newBulk(ctx, a, &w.Reader, actor); err != nil {
		return out, err
	}
	for _, u := range p.grid.Units {
		p.units[u.Code] = u.ID
	}
	for _, ind := range p.grid.Indicators {
		p.indicators[ind.Code] = ind
	}
	for i, e := range n.Edits {
		if err := p.plan(i, e); err != nil {
			return out, err
		}
	}
	if len(p.fixes) > 0 {
		var m kpi.Mistakes
		readTexts(&m, longText("reason", &n.Reason))
		m.Merge(kpi.CheckReason(n.Reason))
		if err := m.Err(); err != nil {
			return GridResult{Refused: p.refused}, err
		}
	}
	if len(p.refused) == 0 {
		if out.Asked, err = p.ask(ctx, &w.Reader, n.Edits); err != nil {
			return out, err
		}
		if len(out.Asked) > 0 {
			return out, errRowsRefused
		}
	}
	return a.writeGrid(ctx, w, actor, p, n.Reason)
}

// ask returns what must be confirmed before the grid is saved, and keeps what is asked about new entries.
func (p *gridPlan) ask(ctx context.Context, r *store.Reader, edits []GridEdit) (asked []GridQuestion, err error) {
	changed, of := slices.Clone(p.news), slices.Clone(p.newsOf)
	for i := range changed {
		changed[i].Act = kpi.ActLog
	}
	for _, f := range p.fixes {
		changed = append(changed, kpi.Update{Act: kpi.ActCorrect, Answers: f.entry, Unit: p.units[f.Unit],
			Indicator: p.indicators[f.Indicator].ID, Dated: f.Dated, Quantity: f.Quantity, State: kpi.StateApproved})
		of = append(of, f.edit)
	}
	d, err := readDoubts(ctx, r, p.grid.Year.Year, p.bulk.lineage, changed...)
	if err != nil {
		return nil, err
	}
	for i, u := range changed {
		e, amount := edits[of[i]], u.Quantity.Amount.String()
		said := d.weigh(u, false)
		if said.asks && e.Sure != amount {
			asked = append(asked, GridQuestion{of[i], amount, said.Text})
		}
		if said.marked && i < len(p.news) {
			p.doubts[i] = said.Text
		}
		d.add(u)
	}
	slices.SortFunc(asked, func(a, b GridQuestion) int { return a.Edit - b.Edit })
	return asked, nil
}

// plan decides what to do about one cell.
func (p *gridPlan) plan(i int, e GridEdit) error {
	ind := p.indicators[e.Indicator]
	c, ok := p.grid.Cell(p.units[e.Unit], ind.ID, e.Month)
	text := strings.TrimSpace(e.Text)
	switch {
	case !ok:
		return p.refuse(i, kpi.Missing("grid_no_cell"))
	case c.Entry.ID == e.Seen && text == c.Text():
		return nil
	case intake.SaysNoValue(text) && e.Seen == 0:
		return nil
	case c.State == GridLocked:
		return p.refuse(i, kpi.Clash("grid_locked"))
	case c.Entry.ID != e.Seen || !c.State.Fillable() && c.Entries > 0:
		return p.refuse(i, kpi.Clash("grid_changed"))
	case !c.State.Fillable():
		return p.refuse(i, kpi.Clash("grid_closed"))
	case intake.SaysNoValue(text):
		return p.refuse(i, kpi.Clash("grid_cleared"))
	}
	q, err := intake.Quantity(text, ind.Measure)
	if err != nil {
		return p.refuse(i, err)
	}
	n := kpi.NewUpdate{Indicator: ind.Code, Unit: e.Unit, Quantity: q, Origin: kpi.FromForm}
	if e.Seen != 0 {
		n.Dated, n.Note = c.Entry.Dated, c.Entry.Note
		p.fixes = append(p.fixes, gridFix{i, e.Seen, n})
		return p.refuse(i, n.Check(ind, p.today))
	}
	n.Dated = min(kpi.Period{Year: p.grid.Year.Year, Month: e.Month}.End(), p.today)
	u, err := p.bulk.entry(n)
	p.news, p.newsOf = append(p.news, u), append(p.newsOf, i)
	return p.refuse(i, err)
}

// refuse records a refusal for its cell and returns nil; it returns faults.
func (p *gridPlan) refuse(i int, err error) error {
	var e *kpi.Error
	if !errors.As(err, &e) {
		return err
	}
	text := e.Text
	if len(e.Fields) > 0 {
		text = e.Fields[0].Text
	}
	p.refused = append(p.refused, GridRefusal{i, text})
	return nil
}

func (a *App) writeGrid(ctx context.Context, w *store.Writer, actor kpi.Actor, p gridPlan,
	reason string) (out GridResult, err error) {
	if len(p.refused) == 0 {
		for _, f := range p.fixes {
			if _, err := a.correct(ctx, w, actor, f.entry, f.NewUpdate, reason); p.refuse(f.edit, err) != nil {
				return out, err
			}
		}
	}
	if len(p.refused) > 0 {
		out.Refused = p.refused
		return out, errRowsRefused
	}
	out = GridResult{Logged: len(p.news), Corrected: len(p.fixes)}
	if out.Logged == 0 {
		return out, nil
	}
	if err := p.bulk.add(ctx, w, p.news); err != nil {
		return out, err
	}
	if err := keepDoubts(ctx, w, p.news, p.doubts); err != nil {
		return out, err
	}
	return out, a.audit(ctx, w, actor, "update.load", fmt.Sprintf("updates %d", out.Logged),
		map[string]any{"source": "grid", "updates": out.Logged})
}
