package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

const reviewSetting = "review"

// ReviewSetting returns which entries count in the figures, and who decided so.
func (a *App) ReviewSetting(ctx context.Context) (kpi.ReviewSetting, error) {
	return read(ctx, a, func(r *store.Reader) (kpi.ReviewSetting, error) { return readReview(ctx, r) })
}

func readReview(ctx context.Context, r *store.Reader) (kpi.ReviewSetting, error) {
	return settingOr(ctx, r, reviewSetting, kpi.ReviewSetting{Rule: kpi.ReviewOff})
}

// SetReview sets whether entries are reviewed and which of them count. The figures are updated in the
// same transaction. Refusals: Forbidden; Invalid rule.
func (a *App) SetReview(ctx context.Context, actor kpi.Actor, rule kpi.ReviewRule) (kpi.ReviewSetting, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.ReviewSetting{}, err
	}
	if !rule.Known() {
		var m kpi.Mistakes
		m.Add("rule", "review_rule_unknown", string(rule))
		return kpi.ReviewSetting{}, m.Err()
	}
	return write(ctx, a, func(w *store.Writer) (kpi.ReviewSetting, error) {
		before, err := readReview(ctx, &w.Reader)
		if err != nil || before.Rule == rule {
			return before, err
		}
		s := kpi.ReviewSetting{Rule: rule, SetBy: actor.Name, SetAt: a.stamp()}
		if err := setSetting(ctx, w, reviewSetting, s); err != nil {
			return s, err
		}
		if before.Rule.Counts(kpi.StateSubmitted) != rule.Counts(kpi.StateSubmitted) {
			if err := rebuildReviewed(ctx, w); err != nil {
				return s, err
			}
		}
		return s, a.audit(ctx, w, actor, "review.set", "review", map[string]any{"from": before.Rule, "to": rule})
	})
}

// rebuildReviewed recomputes the figures that entries in review may be part of.
func rebuildReviewed(ctx context.Context, w *store.Writer) error {
	years, err := w.Years(ctx)
	if err != nil {
		return err
	}
	tree, err := w.Tree(ctx)
	if err != nil {
		return err
	}
	for _, y := range years {
		indicators, err := w.IndicatorsInReview(ctx, y.Year)
		if err != nil {
			return err
		}
		for _, id := range indicators {
			ind, err := w.IndicatorByID(ctx, id)
			if err != nil {
				return err
			}
			if err := rebuild(ctx, w, y.Year, ind, tree); err != nil {
				return err
			}
		}
	}
	return nil
}
