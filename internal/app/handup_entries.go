package app

import (
	"context"
	"errors"
	"slices"

	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// unitLog is what the log has of one unit's year that packages may speak of.
type unitLog struct {
	at       map[handup.Point]*pointLog
	made     map[kpi.UpdateID]kpi.PackageID
	byID     map[kpi.UpdateID]kpi.Update
	children map[handup.Point][]kpi.Update // of units below, where they reach the unit's figure
}

// pointLog are the entries of a point that stand or may come to stand.
type pointLog struct {
	ours      []kpi.Update // made by packages of this point, or corrected since, also to another month
	withdrawn []kpi.Update // withdrawals of such entries
	typed     []kpi.Update // of other origin
}

// planEntries decides what changes in the log, point by point.
func (a *App) planEntries(ctx context.Context, r *store.Reader, plan *PackagePlan, before handedUp,
	n PackageAnswers) error {
	log, err := readUnitLog(ctx, r, plan)
	if err != nil {
		return err
	}
	var typed, below, corrected []handup.Point
	for _, f := range plan.Content.Figures {
		for month := plan.Content.First; month <= plan.Content.Last; month++ {
			at := handup.Point{Code: f.Code, Month: month}
			there := log.at[at]
			if there == nil {
				there = &pointLog{}
			}
			lines := f.Lines(month)
			pool := slices.Clone(there.ours)
			if unasked := since(there.typed, before.asked[at]); len(lines) > 0 && len(unasked) > 0 {
				typed = append(typed, at)
				if n.Typed == answerReplace {
					pool = append(pool, unasked...)
				}
			}
			if len(lines) > 0 && len(since(log.children[at], before.asked[at])) > 0 {
				below = append(below, at)
			}
			steps := plan.matched(f, lines, pool)
			byHand := len(since(there.withdrawn, before.settled[at])) > 0 ||
				slices.ContainsFunc(there.ours, func(u kpi.Update) bool {
					return log.made[u.ID] == 0 || u.State == kpi.StateReturned
				})
			if len(steps) > 0 && byHand {
				corrected = append(corrected, at)
			}
			plan.steps = append(plan.steps, steps...)
		}
	}
	if len(typed) > 0 {
		plan.ask(AskTyped, plan.pointsText("package_ask_typed", typed))
	}
	if len(below) > 0 {
		plan.ask(AskBelow, plan.pointsText("package_ask_below", below))
	}
	if len(corrected) > 0 {
		plan.ask(AskCorrected, plan.pointsText("package_ask_corrected", corrected))
	}
	return a.holdSteps(ctx, r, plan)
}

// since returns what was logged after a package was taken: nobody has been asked about that.
func since(entries []kpi.Update, taken kpi.UnixMilli) (out []kpi.Update) {
	for _, u := range entries {
		if u.LoggedAt > taken {
			out = append(out, u)
		}
	}
	return out
}

// pointsText names the first of the points that a question is about, and how many there are.
func (p PackagePlan) pointsText(key string, points []handup.Point) kpi.Text {
	f, _ := p.Content.Figure(points[0].Code)
	return kpi.T(key, p.Unit.Names(), f.Names(), points[0].Month, len(points))
}

func readUnitLog(ctx context.Context, r *store.Reader, plan *PackagePlan) (log unitLog, err error) {
	log = unitLog{at: map[handup.Point]*pointLog{}, byID: map[kpi.UpdateID]kpi.Update{},
		children: map[handup.Point][]kpi.Update{}}
	var ids []kpi.IndicatorID
	for _, f := range plan.Content.Figures {
		ids = append(ids, plan.bulk.indicators[f.Code].ID)
	}
	updates, err := r.EntriesOf(ctx, plan.Content.Year, plan.Unit.ID, ids)
	if err != nil {
		return log, err
	}
	all := make([]kpi.UpdateID, len(updates))
	for i, u := range updates {
		all[i], log.byID[u.ID] = u.ID, u
	}
	if log.made, err = r.PackagesOf(ctx, all); err != nil {
		return log, err
	}
	entered, err := enteredAt(ctx, r, updates)
	if err != nil {
		return log, err
	}
	for _, u := range updates {
		u.LoggedAt = max(u.LoggedAt, entered[u.ID])
		from, ours := log.fromPackage(u)
		if u.AnsweredBy != 0 || u.Act == kpi.ActWithdraw && !ours || u.State == kpi.StateDraft {
			continue
		}
		ind := plan.bulk.byID[u.Indicator]
		at := handup.Point{Code: ind.Code, Month: from.Dated.Period().Month}
		if u.Unit != plan.Unit.ID {
			if ind.Reaches() {
				log.children[at] = append(log.children[at], u)
			}
			continue
		}
		if log.at[at] == nil {
			log.at[at] = &pointLog{}
		}
		switch there := log.at[at]; {
		case u.Act == kpi.ActWithdraw && u.State != kpi.StateReturned:
			there.withdrawn = append(there.withdrawn, u)
		case ours:
			there.ours = append(there.ours, u)
		default:
			there.typed = append(there.typed, u)
		}
	}
	return log, nil
}

// readAtOnce is of how many entries the reviews are read at once: placeholders of a statement are limited.
const readAtOnce = 500

// enteredAt returns when entries came to be more than drafts, of those that were: only then does anybody see them.
func enteredAt(ctx context.Context, r *store.Reader, updates []kpi.Update) (map[kpi.UpdateID]kpi.UnixMilli, error) {
	out, drafts := map[kpi.UpdateID]kpi.UnixMilli{}, map[kpi.UpdateID]bool{}
	var ids []kpi.UpdateID
	for _, u := range updates {
		ids = append(ids, u.ID)
	}
	for part := range slices.Chunk(ids, readAtOnce) {
		steps, err := r.Reviews(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, s := range steps {
			if s.Act == kpi.ReviewDraft {
				drafts[s.Update] = true
			} else if _, later := out[s.Update]; drafts[s.Update] && !later {
				out[s.Update] = s.At
			}
		}
	}
	return out, nil
}

// fromPackage returns what a package made of an entry, or of those that it took the place of; itself if none did.
func (l unitLog) fromPackage(u kpi.Update) (made kpi.Update, ok bool) {
	for of := u; of.ID != 0; of = l.byID[of.Answers] {
		if l.made[of.ID] != 0 {
			return of, true
		}
	}
	return u, false
}

// matched returns what makes the entries of a point say what the lines say: what says it already stays, then entries
// are corrected one by one, the rest is withdrawn or logged.
func (p *PackagePlan) matched(f handup.Figure, lines []handup.Line, pool []kpi.Update) (steps []packageStep) {
	says := func(u kpi.Update, l handup.Line) bool {
		stands := u.State != kpi.StateReturned || u.Act == kpi.ActWithdraw // of a withdrawal that was returned, the fact
		return stands && u.Dated == l.Dated && same(u, l.Quantity(), l.Level) && u.Quantity.Wording == l.Wording
	}
	var left []handup.Line
	for _, l := range lines {
		i := slices.IndexFunc(pool, func(u kpi.Update) bool { return says(u, l) })
		if i < 0 {
			left = append(left, l)
			continue
		}
		pool = slices.Delete(pool, i, i+1)
	}
	for i, l := range left {
		step := packageStep{update: kpi.NewUpdate{Indicator: f.Code, Unit: p.Unit.Code, Dated: l.Dated,
			Quantity: l.Quantity(), Level: l.Level, Note: p.reason(), Origin: kpi.FromImport}}
		if i < len(pool) {
			step.entry = pool[i]
		}
		steps = append(steps, step)
	}
	for _, u := range pool[min(len(left), len(pool)):] {
		steps = append(steps, packageStep{entry: u, withdraw: true})
	}
	return steps
}

// holdSteps holds what changes to the rules that every entry is held to, and notes what they refuse, once each.
func (a *App) holdSteps(ctx context.Context, r *store.Reader, plan *PackagePlan) error {
	seen := map[string]bool{}
	for _, s := range plan.steps {
		var err error
		if s.entry.ID != 0 {
			_, err = a.answerable(ctx, r, plan.bulk.actor, s.entry.ID)
		}
		if err == nil && !s.withdraw {
			_, err = plan.bulk.entry(s.update)
		}
		var refusal *kpi.Error
		if errors.As(err, &refusal) {
			text := refusal.Text
			if len(refusal.Fields) > 0 {
				text = refusal.Fields[0].Text
			}
			if !seen[text.String()] {
				seen[text.String()] = true
				plan.Refused = append(plan.Refused, text)
			}
		} else if err != nil {
			return err
		}
	}
	return nil
}
