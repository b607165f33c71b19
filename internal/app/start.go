package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

const (
	startYear = "start_year" // the year a new office begins with, whose board leads through the first steps
	startAway = "start_away" // the steps that were put away, comma-separated
)

// The first steps of a new office, in their order.
const (
	StartIndicators = "indicators"
	StartTargets    = "targets"
	StartUnits      = "units"
	StartAccounts   = "accounts"
)

// StartSteps lists all.
var StartSteps = []string{StartIndicators, StartTargets, StartUnits, StartAccounts}

// StartStep is a first step and how far it has come.
type StartStep struct {
	Name string
	Have int  // indicators, targets, units below the root, accounts
	Of   int  // of targets: the indicators that could have one
	Done bool // there is what the step is for
	Away bool // somebody said that it is not needed
}

// Start is what stands on the board of a year that is not filled in yet.
type Start struct {
	Empty  bool        // the year has no indicators
	Steps  []StartStep // for administrators; none once each is done or put away
	Admins []string    // whom to ask; for others, while the year is empty
}

// Start says how far a new office has come, beside the board it looks at.
func (a *App) Start(ctx context.Context, actor kpi.Actor, b progress.Board) (Start, error) {
	s := Start{Empty: b.Summary.Indicators == 0}
	admin := actor.MayAdminister() == nil
	if b.Year.CheckOpen() != nil || admin && b.Unit.Parent != 0 || !admin && !s.Empty {
		return s, nil
	}
	return read(ctx, a, func(r *store.Reader) (Start, error) {
		accounts, err := activeAccounts(ctx, r)
		if err != nil || !admin {
			s.Admins = adminNames(accounts)
			return s, err
		}
		year, err := setting(ctx, r, startYear)
		if err != nil || year != strconv.Itoa(int(b.Year.Year)) && !unplanned(b) {
			return s, err
		}
		units, err := r.Units(ctx)
		if err != nil {
			return s, err
		}
		away, err := setting(ctx, r, startAway)
		if err != nil {
			return s, err
		}
		s.Steps = startSteps(b.Summary, len(units)-1, len(accounts), strings.Split(away, ","))
		return s, nil
	})
}

// unplanned reports whether a year of an office that is no longer new begins as a first year does: indicators
// or targets are missing, and nothing was logged yet.
func unplanned(b progress.Board) bool {
	for _, area := range b.Areas {
		for _, f := range area.Figures {
			if f.Entries > 0 {
				return false
			}
		}
	}
	return b.Summary.Indicators == 0 || b.Summary.Count(kpi.NoTarget) > 0
}

// StartPutAway reports whether any first step was put away, so that it can be shown again. Refusal: Forbidden.
func (a *App) StartPutAway(ctx context.Context, actor kpi.Actor) (bool, error) {
	if err := actor.MayAdminister(); err != nil {
		return false, err
	}
	return read(ctx, a, func(r *store.Reader) (bool, error) {
		away, err := setting(ctx, r, startAway)
		return away != "", err
	})
}

func activeAccounts(ctx context.Context, r *store.Reader) ([]kpi.Account, error) {
	accounts, err := r.Accounts(ctx)
	return slices.DeleteFunc(accounts, func(a kpi.Account) bool { return a.Disabled }), err
}

func adminNames(accounts []kpi.Account) (out []string) {
	for _, a := range accounts {
		if a.Role == kpi.Admin {
			out = append(out, a.FullName)
		}
	}
	return out
}

// Admins are the names of the administrators, for those who need to ask one.
func (a *App) Admins(ctx context.Context) ([]string, error) {
	return read(ctx, a, func(r *store.Reader) ([]string, error) {
		accounts, err := activeAccounts(ctx, r)
		return adminNames(accounts), err
	})
}

func startSteps(sum progress.Summary, below, accounts int, away []string) []StartStep {
	targeted := sum.Indicators - sum.Count(kpi.NoTarget)
	steps := []StartStep{
		{Name: StartIndicators, Have: sum.Indicators, Done: sum.Indicators > 0},
		{Name: StartTargets, Have: targeted, Of: sum.Indicators, Done: sum.Indicators > 0 && targeted == sum.Indicators},
		{Name: StartUnits, Have: below, Done: below > 0},
		{Name: StartAccounts, Have: accounts, Done: accounts > 1},
	}
	open := false
	for i := range steps {
		steps[i].Away = slices.Contains(away, steps[i].Name)
		open = open || !steps[i].Done && !steps[i].Away
	}
	if !open {
		return nil
	}
	return steps
}

// PutAwayStart says that first steps are not needed, or with back that they are to be shown again. Refusals:
// Forbidden; Invalid step.
func (a *App) PutAwayStart(ctx context.Context, actor kpi.Actor, back bool, steps ...string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	for _, step := range steps {
		if !slices.Contains(StartSteps, step) {
			var m kpi.Mistakes
			m.Add("step", "start_step_unknown", step)
			return m.Err()
		}
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		kept, err := setting(ctx, &w.Reader, startAway)
		if err != nil {
			return err
		}
		away := strings.FieldsFunc(kept, func(r rune) bool { return r == ',' })
		away = slices.DeleteFunc(away, func(s string) bool { return slices.Contains(steps, s) })
		if !back {
			away = append(away, steps...)
		}
		if now := strings.Join(away, ","); now != kept {
			return w.SetSetting(ctx, startAway, now)
		}
		return nil
	})
}
