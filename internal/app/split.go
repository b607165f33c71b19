package app

import (
	"context"
	"errors"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// SplitMethod says how a target is split among the units below.
type SplitMethod string

// The methods.
const (
	SplitByHand   SplitMethod = "hand"
	SplitEqually  SplitMethod = "equal"
	SplitLastYear SplitMethod = "last_year" // by what each unit achieved in the previous year
	SplitPasted   SplitMethod = "paste"
	SplitSame     SplitMethod = "same" // everyone gets the whole target: for rates, judgements and standards
)

// SplitMethods lists all methods in the order shown to people.
var SplitMethods = []SplitMethod{SplitByHand, SplitEqually, SplitLastYear, SplitPasted, SplitSame}

// SplitQuery asks how a target would be split.
type SplitQuery struct {
	Year      kpi.Year
	Indicator string // code
	Unit      string // code; empty: the root
	Method    SplitMethod
	Only      []string // codes of the participating units; empty: all directly below
	Text      string   // SplitPasted: the column
}

// SplitView is a unit's target beside those of the units directly below it.
type SplitView struct {
	Year      kpi.YearInfo
	Indicator kpi.Indicator
	Unit      kpi.Unit
	Target    *kpi.Target // the unit's own target in force; nil: none set
	Rows      []SplitRow
	Adds      bool // the parts should add up to the whole
	Left      kpi.Amount
}

// SplitRow is one unit below. Amount is the proposed target, or the one in force.
type SplitRow struct {
	Unit     kpi.Unit
	Current  *kpi.Target
	LastYear progress.Opt[kpi.Amount] // achieved in the previous year
	Amount   progress.Opt[kpi.Amount]
	Exact    kpi.Amount // the share before rounding; 0 if nothing was divided
	Extra    bool       // it got one step of the remainder
}

// Sum returns the sum of the parts and their number.
func (v SplitView) Sum() (sum kpi.Amount, parts int) {
	for _, row := range v.Rows {
		if row.Amount.Ok() {
			sum += row.Amount.Value
			parts++
		}
	}
	return sum, parts
}

// Difference returns the whole less its parts; absent if there are no parts or they need not add up.
func (v SplitView) Difference() progress.Opt[kpi.Amount] {
	sum, parts := v.Sum()
	switch {
	case v.Target == nil:
		return progress.None[kpi.Amount](progress.ReasonNoTarget)
	case !v.Adds || parts == 0:
		return progress.None[kpi.Amount](progress.ReasonNotAdded)
	}
	return progress.Some(v.Target.Amount - sum)
}

// ProposeSplit computes a split without setting anything. Refusals: Forbidden, NotFound, Invalid by
// field: method, text (line by line), only.
func (a *App) ProposeSplit(ctx context.Context, actor kpi.Actor, q SplitQuery) (SplitView, error) {
	if err := actor.MayPlan(); err != nil {
		return SplitView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (SplitView, error) {
		v, err := splitView(ctx, r, actor, q.Year, q.Indicator, q.Unit)
		if err != nil {
			return v, err
		}
		return v, v.propose(q)
	})
}

// splitView returns the target and the targets in force below it.
func splitView(ctx context.Context, r *store.Reader, actor kpi.Actor, y kpi.Year, code,
	unitCode string) (v SplitView, err error) {
	if v.Year, err = r.Year(ctx, y); err != nil {
		return v, err
	}
	if v.Indicator, err = r.Indicator(ctx, code); err != nil {
		return v, err
	}
	if in, err := r.InYear(ctx, y, v.Indicator.ID); err != nil {
		return v, err
	} else if !in {
		return v, kpi.Missing("indicator_not_in_year", v.Indicator.Name, int(y))
	}
	if v.Unit, _, err = unitFor(ctx, r, actor, unitCode); err != nil {
		return v, err
	}
	v.Adds = v.Indicator.AddsUnits()
	history, err := r.IndicatorTargets(ctx, y, v.Indicator.ID)
	if err != nil {
		return v, err
	}
	targets := holdingUnits(history)
	v.Target = targets[v.Unit.ID]
	units, err := r.Children(ctx, v.Unit.ID)
	if err != nil {
		return v, err
	}
	last, err := r.ChildSeries(ctx, y-1, v.Indicator.ID, v.Unit.ID)
	for _, u := range units {
		row := SplitRow{Unit: u, Current: targets[u.ID], Amount: progress.None[kpi.Amount](progress.ReasonNoTarget),
			LastYear: progress.None[kpi.Amount](progress.ReasonNoValue)}
		if row.Current != nil {
			row.Amount = progress.Some(row.Current.Amount)
		}
		if t := progress.Through(last[u.ID], 12); t.Entries > 0 && v.Adds {
			row.LastYear = progress.Some(t.Amount)
		}
		v.Rows = append(v.Rows, row)
	}
	return v, err
}

func (v *SplitView) propose(q SplitQuery) error {
	var m kpi.Mistakes
	taking := v.takers(&m, q.Only)
	switch {
	case !slices.Contains(SplitMethods, q.Method):
		m.Add("method", "split_method_unknown", string(q.Method))
	case v.Target == nil:
		m.Add("method", "split_no_target", v.Unit.Names())
	case len(v.Rows) == 0:
		m.Add("method", "split_no_units", v.Unit.Names())
	case !v.Adds && (q.Method == SplitEqually || q.Method == SplitLastYear):
		m.Add("method", "split_not_added", v.Indicator.Names())
	}
	if err := m.Err(); err != nil {
		return err
	}
	switch q.Method {
	case SplitEqually:
		v.divide(taking, func(SplitRow) kpi.Amount { return kpi.One })
	case SplitLastYear:
		if !slices.ContainsFunc(taking, func(i int) bool { return v.Rows[i].LastYear.Ok() && v.Rows[i].LastYear.Value > 0 }) {
			m.Add("method", "split_no_last_year", int(v.Year.Year)-1)
			return m.Err()
		}
		v.divide(taking, func(row SplitRow) kpi.Amount { return row.LastYear.Value })
	case SplitSame:
		for _, i := range taking {
			v.Rows[i].Amount = progress.Some(v.Target.Amount)
		}
	case SplitPasted:
		return v.paste(q.Text)
	}
	return nil
}

// takers returns the rows of the given units, or all.
func (v *SplitView) takers(m *kpi.Mistakes, only []string) []int {
	var out []int
	known := map[string]bool{}
	for i, row := range v.Rows {
		known[row.Unit.Code] = true
		if len(only) == 0 || slices.Contains(only, row.Unit.Code) {
			out = append(out, i)
		}
	}
	for _, code := range only {
		if !known[code] {
			m.Add("only", "split_not_below", code, v.Unit.Names())
		}
	}
	return out
}

func (v *SplitView) divide(taking []int, share func(SplitRow) kpi.Amount) {
	shares := make([]kpi.Amount, len(taking))
	for n, i := range taking {
		shares[n] = share(v.Rows[i])
	}
	for i := range v.Rows {
		v.Rows[i].Amount = progress.None[kpi.Amount](progress.ReasonNoTarget)
	}
	parts, left := progress.Split(v.Target.Amount, shares, v.Indicator.Step())
	for n, i := range taking {
		v.Rows[i].Amount, v.Rows[i].Exact, v.Rows[i].Extra = progress.Some(parts[n].Amount), parts[n].Exact, parts[n].Extra
	}
	v.Left = left
}

// paste reads a pasted column: figures in the units' order, or each beside a unit's name or code.
func (v *SplitView) paste(text string) error {
	cells, err := intake.Column(text, "text", v.Indicator.Measure)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	named := slices.ContainsFunc(cells, func(c intake.ColumnCell) bool { return c.Name != "" })
	if !named && len(cells) != len(v.Rows) {
		m.Add("text", "column_length", len(cells), len(v.Rows))
		return m.Err()
	}
	for i := range v.Rows {
		v.Rows[i].Amount = progress.None[kpi.Amount](progress.ReasonNoTarget)
	}
	seen := map[int]bool{}
	for n, c := range cells {
		at := n
		if named {
			at = slices.IndexFunc(v.Rows, func(row SplitRow) bool {
				return c.Name != "" && (c.Name == row.Unit.Code || c.Name == row.Unit.Name || c.Name == row.Unit.NameEn)
			})
		}
		switch {
		case named && c.Name == "" && c.Blank:
		case at < 0:
			m.Add("text", "column_unit_unknown", c.Line, c.Name)
		case seen[at]:
			m.Add("text", "column_unit_twice", c.Line, v.Rows[at].Unit.Names())
		case !c.Blank:
			seen[at] = true
			v.Rows[at].Amount = progress.Some(c.Value)
		}
	}
	return m.Err()
}

// NewSplit is a split to be set: the targets of the units directly below, by code. Other units keep
// what they have.
type NewSplit struct {
	Year      kpi.Year
	Indicator string
	Unit      string
	Values    map[string]kpi.Amount
	Document  string
	Issuer    string
	Dated     kpi.Date
	Reason    string // required if a unit's target changes
}

// SetSplit sets the targets of the units directly below a unit, all or nothing, with the sign, plan and
// weight of the unit's own. Units whose target does not change get no new entry. The parts need not add
// up to the whole: the difference is shown, not hidden.
//
// Refusals: Forbidden, NotFound, Conflict for a closed year or an archived indicator, Invalid by field:
// value.CODE, reason.
func (a *App) SetSplit(ctx context.Context, actor kpi.Actor, n NewSplit) (SplitView, error) {
	if err := actor.MayPlan(); err != nil {
		return SplitView{}, err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("document", &n.Document), oneLine("issuer", &n.Issuer), longText("reason", &n.Reason))
	if err := m.Err(); err != nil {
		return SplitView{}, err
	}
	err := a.db.Write(ctx, func(w *store.Writer) error {
		if _, err := plannable(ctx, &w.Reader, n.Year, n.Indicator); err != nil {
			return err
		}
		v, err := splitView(ctx, &w.Reader, actor, n.Year, n.Indicator, n.Unit)
		if err != nil {
			return err
		}
		targets, err := v.parts(n)
		if err != nil {
			return err
		}
		for i, t := range targets {
			if t != nil {
				if _, err := a.setTarget(ctx, w, actor, v.Indicator, v.Rows[i].Unit, *t); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return SplitView{}, err
	}
	return a.Split(ctx, actor, n.Year, n.Indicator, n.Unit)
}

// Split returns a unit's target beside those in force directly below it. Refusals: NotFound, Forbidden.
func (a *App) Split(ctx context.Context, actor kpi.Actor, y kpi.Year, indicator, unit string) (SplitView, error) {
	return read(ctx, a, func(r *store.Reader) (SplitView, error) {
		v, err := splitView(ctx, r, actor, y, indicator, unit)
		if err != nil {
			return v, err
		}
		lineage, err := r.Lineage(ctx, v.Unit.ID)
		if err != nil {
			return v, err
		}
		return v, actor.MayRead(lineage)
	})
}

// parts returns the new targets row by row; nil if nothing changes.
func (v SplitView) parts(n NewSplit) ([]*kpi.Target, error) {
	var m kpi.Mistakes
	if v.Target == nil {
		m.Add("method", "split_no_target", v.Unit.Names())
		return nil, m.Err()
	}
	known := map[string]bool{}
	var unreasoned kpi.Text // reported once for all rows
	out := make([]*kpi.Target, len(v.Rows))
	for i, row := range v.Rows {
		known[row.Unit.Code] = true
		amount, ok := n.Values[row.Unit.Code]
		if !ok || row.Current != nil && row.Current.Amount == amount && row.Current.Sign == v.Target.Sign {
			continue
		}
		t := kpi.Target{Year: n.Year, Sign: v.Target.Sign, Amount: amount, Level: v.Target.Level, Weight: v.Target.Weight,
			Curve: v.Target.Curve, Document: n.Document, Issuer: n.Issuer, Dated: n.Dated, Reason: n.Reason}
		var e *kpi.Error
		if errors.As(t.CheckRevision(v.Indicator, row.Current), &e) {
			for _, f := range e.Fields {
				switch f.Name {
				case "reason":
					unreasoned = f.Text
					continue
				case "value":
					f.Name = "value." + row.Unit.Code
				}
				m.Add(f.Name, f.Text.Key, f.Text.Args...)
			}
		}
		out[i] = &t
	}
	for code := range n.Values {
		if !known[code] {
			m.Add("value."+code, "split_not_below", code, v.Unit.Names())
		}
	}
	if unreasoned.Key != "" {
		m.Add("reason", unreasoned.Key, unreasoned.Args...)
	}
	return out, m.Err()
}
