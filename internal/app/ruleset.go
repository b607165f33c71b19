package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// RulesView is a year's rules as the page and the API show them.
type RulesView struct {
	Year   kpi.YearInfo
	Unit   kpi.Unit // the whole office
	AsOf   kpi.AsOf
	Rules  kpi.YearRules
	MaySet bool // the actor may change them, and the year is open
}

// Rules returns the rules of a year. Refusals: NotFound, Forbidden.
func (a *App) Rules(ctx context.Context, actor kpi.Actor, y kpi.Year) (RulesView, error) {
	if err := actor.MayReport(); err != nil {
		return RulesView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v RulesView, err error) {
		if v.Year, err = r.Year(ctx, y); err != nil {
			return v, err
		}
		if v.Unit, err = r.Root(ctx); err != nil {
			return v, err
		}
		v.AsOf = kpi.AsOfToday(y, a.Today())
		v.Rules, err = r.Rules(ctx, y)
		v.MaySet = v.Year.State == kpi.YearOpen && actor.MayAdminister() == nil
		return v, err
	})
}

// SetRules changes a year's rules; all of the year's figures and scores follow them from then on. The
// audit log keeps the rules and the reason. Refusals: Forbidden for all but administrators, NotFound,
// Conflict for a closed year, Invalid by field, among them points that do not add up to 100.
func (a *App) SetRules(ctx context.Context, actor kpi.Actor, y kpi.Year, rules kpi.RuleSet,
	reason string) (kpi.YearRules, error) {
	set := kpi.YearRules{RuleSet: rules, Year: y, SetBy: actor.Name, SetAt: a.stamp()}
	if err := actor.MayAdminister(); err != nil {
		return set, err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &set.Name), oneLine("place", &set.Place), longText("reason", &reason))
	m.Merge(set.Check())
	m.Merge(kpi.CheckReason(reason))
	if err := m.Err(); err != nil {
		return set, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.YearRules, error) {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return set, err
		}
		if err := keepsMeasures(ctx, &w.Reader, y, set.YearForms()); err != nil {
			return set, err
		}
		if err := w.SetRules(ctx, set); err != nil {
			return set, err
		}
		return set, a.audit(ctx, w, actor, "rules.set", yearSubject(y),
			map[string]any{"rules": set.RuleSet, "reason": reason})
	})
}

// copyRules copies the rules of the year a new one is opened from, or else of the latest year before
// it, so that both are measured alike until someone decides otherwise.
func copyRules(ctx context.Context, w *store.Writer, n NewYear, actor kpi.Actor, at kpi.UnixMilli) error {
	from := n.From
	if from == 0 {
		years, err := w.Years(ctx)
		if err != nil {
			return err
		}
		for _, y := range years { // latest first
			if y.Year < n.Year {
				from = y.Year
				break
			}
		}
	}
	rules, err := w.Rules(ctx, from)
	if err != nil || rules.SetBy == "" {
		return err // the shipped default needs no copy
	}
	rules.Year, rules.SetBy, rules.SetAt = n.Year, actor.Name, at
	return w.SetRules(ctx, rules)
}
