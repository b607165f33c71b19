package app

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// BudgetView is a year's budget as the page and the API show it.
type BudgetView struct {
	Year      kpi.YearInfo
	Unit      kpi.Unit // the whole office
	AsOf      kpi.AsOf
	Rules     kpi.RuleSet
	Lines     []kpi.BudgetLine // as set
	Budget    progress.Budget  // at AsOf, the same as the board's
	Months    [12]progress.BudgetMonth
	Sources   []kpi.SourceIncome
	Others    []kpi.OtherMoney
	Revisions []kpi.BudgetRevision // oldest first
	Findings  []progress.Finding
	MaySet    bool // the actor may change it, and the year is open
	Locks     kpi.Locks
}

// Budget returns a year's budget and its execution. Refusals: NotFound, Forbidden, Invalid as_of.
func (a *App) Budget(ctx context.Context, actor kpi.Actor, q Query) (BudgetView, error) {
	if err := actor.MayReport(); err != nil {
		return BudgetView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v BudgetView, err error) {
		s, err := a.rootScope(ctx, r, actor, q)
		if err != nil {
			return v, err
		}
		v.Year, v.Unit, v.AsOf, v.Rules = s.year, s.unit, s.asOf, s.rules
		v.MaySet = s.year.State == kpi.YearOpen && actor.MayPlan() == nil
		if v.Lines, err = r.BudgetLines(ctx, q.Year); err != nil {
			return v, err
		}
		if v.Sources, err = r.BudgetSources(ctx, q.Year); err != nil {
			return v, err
		}
		if v.Others, err = r.OtherMoney(ctx, q.Year); err != nil {
			return v, err
		}
		if v.Locks, err = cachedLocks(ctx, r, q.Year); err != nil {
			return v, err
		}
		v.Revisions, err = r.BudgetRevisions(ctx, q.Year)
		v.Budget = progress.Execute(v.Lines, s.asOf, s.rules)
		v.Months = progress.ExecuteMonths(v.Lines, s.asOf, s.rules)
		v.Findings = progress.BudgetFindings(v.Lines, v.Sources, s.asOf, s.rules)
		return v, err
	})
}

// BudgetChange is a change to a year's budget. Lines replace those with the same fund and nature.
// Sources and Others, unless nil, replace all existing ones.
type BudgetChange struct {
	Lines    []kpi.BudgetLine
	Sources  []kpi.SourceIncome
	Others   []kpi.OtherMoney
	Dated    kpi.Date // date of the document; may be empty
	Document string
	Reason   string // required if a stated budget changes
}

// SetBudget stores lines of a year's budget, replacing those with the same fund and nature. Refusals:
// those of [App.ChangeBudget].
func (a *App) SetBudget(ctx context.Context, actor kpi.Actor, y kpi.Year, lines []kpi.BudgetLine) error {
	return a.ChangeBudget(ctx, actor, y, BudgetChange{Lines: lines})
}

// ChangeBudget changes a part of a year's budget. Every new 年初预算数 or 全年预算数 is added to the
// history, with the document and the reason. Refusals: Forbidden, NotFound, Conflict for a closed year
// or a change to a locked month's spending, Invalid by field: opening + income − spent ≠ closing,
// months that do not add up to spent, a changed budget without a reason.
func (a *App) ChangeBudget(ctx context.Context, actor kpi.Actor, y kpi.Year, n BudgetChange) error {
	return a.ReviseBudget(ctx, actor, y, func([]kpi.BudgetLine) (BudgetChange, error) { return n, nil })
}

// ReviseBudget is like ChangeBudget with the change that revise derives from the lines in force, in the
// same transaction, so that a partially stated line keeps the rest. revise may be called more than
// once.
func (a *App) ReviseBudget(ctx context.Context, actor kpi.Actor, y kpi.Year,
	revise func(before []kpi.BudgetLine) (BudgetChange, error)) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		before, err := w.BudgetLines(ctx, y)
		if err != nil {
			return err
		}
		n, err := revise(before)
		if err != nil {
			return err
		}
		if err := n.check(); err != nil {
			return err
		}
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		locks, err := cachedLocks(ctx, &w.Reader, y)
		if err != nil {
			return err
		}
		for _, l := range n.Lines {
			if err := locks.CheckSpending(spentBefore(before, l), l.Months); err != nil {
				return err
			}
			l.Year = y
			if err := a.setLine(ctx, w, actor, n, before, l); err != nil {
				return err
			}
		}
		if n.Sources != nil {
			if err := w.SetBudgetSources(ctx, y, n.Sources); err != nil {
				return err
			}
		}
		if n.Others != nil {
			if err := w.SetOtherMoney(ctx, y, n.Others); err != nil {
				return err
			}
		}
		return a.audit(ctx, w, actor, "budget.set", yearSubject(y), n)
	})
}

func (n *BudgetChange) check() error {
	var m kpi.Mistakes
	readTexts(&m, oneLine("document", &n.Document), longText("reason", &n.Reason))
	seen := map[string]bool{}
	for _, l := range n.Lines {
		m.Merge(l.Check())
		if key := fmt.Sprint(l.Fund, "/", l.Nature); seen[key] {
			m.Add("nature", "budget_line_twice", key)
		} else {
			seen[key] = true
		}
	}
	sources := map[kpi.IncomeSource]bool{}
	for _, s := range n.Sources {
		known := false
		for _, k := range kpi.IncomeSources {
			known = known || k == s.Source
		}
		switch {
		case !known || sources[s.Source]:
			m.Add("sources", "source_unknown", string(s.Source))
		case s.Amount < 0:
			m.Add("sources", "number_negative")
		case s.Amount > kpi.MaxAmount:
			m.Add("sources", "number_too_large", s.Amount.String())
		}
		sources[s.Source] = true
	}
	for i := range n.Others {
		o := &n.Others[i]
		readTexts(&m, oneLine("others", &o.Name), longText("others", &o.Note))
		m.Merge(o.Check())
	}
	return m.Err()
}

// setLine stores a line, and adds to the history if its budget is new or has changed.
func (a *App) setLine(ctx context.Context, w *store.Writer, actor kpi.Actor, n BudgetChange, before []kpi.BudgetLine,
	l kpi.BudgetLine) error {
	var was *kpi.BudgetLine
	for i, b := range before {
		if b.Fund == l.Fund && b.Nature == l.Nature {
			was = &before[i]
		}
	}
	stated := !nothing(l.Initial) || !nothing(l.Full) // a fund the office does not have needs no history
	changed := was == nil && stated
	if was != nil && (!sameAmount(was.Initial, l.Initial) || !sameAmount(was.Full, l.Full)) {
		had := !nothing(was.Initial) || !nothing(was.Full)
		changed = stated || had
		if n.Reason == "" && had {
			return kpi.CheckReason("")
		}
	}
	if changed {
		revision := kpi.BudgetRevision{Year: l.Year, Fund: l.Fund, Nature: l.Nature, Initial: l.Initial, Full: l.Full,
			Dated: n.Dated, Document: n.Document, Reason: n.Reason, SetBy: actor.Name, SetAt: a.stamp()}
		if err := w.InsertBudgetRevision(ctx, revision); err != nil {
			return err
		}
	}
	return w.SetBudgetLine(ctx, l)
}

// spentBefore returns the line's spending by month before the change.
func spentBefore(before []kpi.BudgetLine, l kpi.BudgetLine) (months [12]kpi.Amount) {
	for _, b := range before {
		if b.Fund == l.Fund && b.Nature == l.Nature {
			months = b.Months
		}
	}
	return months
}

func nothing(a *kpi.Amount) bool { return a == nil || *a == 0 }

func sameAmount(a, b *kpi.Amount) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
