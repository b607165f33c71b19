package demo

import (
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// reviewed is how many of the sample year's last entries are reviewed, waiting how many of them still
// await review.
const (
	reviewed = 24
	waiting  = 9
)

// lateEntry returns the last entry of January at a township, which arrives after the month was locked.
// There is none from January to March, while January is still open.
func (l *loader) lateEntry(all []entry) (i int, ok bool) {
	if l.today.Period().Month < 4 {
		return 0, false
	}
	for i = len(all) - 1; i >= 0; i-- {
		if all[i].dated.Period().Month == 1 && all[i].unit != l.root() && all[i].unit != reportingUnit {
			return i, true
		}
	}
	return 0, false
}

// lockJanuary locks January, reopens it for what was forgotten, and locks it again.
func (l *loader) lockJanuary(forgotten func() error) error {
	january, reviewer := kpi.Period{Year: l.today.Year(), Month: 1}, l.actors[kpi.Reviewer]
	if err := l.app.LockMonth(l.ctx, reviewer, january, "1月进度表已报出"); err != nil {
		return err
	}
	if err := l.app.UnlockMonth(l.ctx, reviewer, january, "一个乡镇的报表迟到，补录后重新锁定"); err != nil {
		return err
	}
	if err := forgotten(); err != nil {
		return err
	}
	return l.app.LockMonth(l.ctx, reviewer, january, "已补录")
}

// review approves all but the last entries awaiting review, returns an entry logged twice, and leaves a
// draft. None of this changes a figure.
func (l *loader) review(all []entry, measures map[string]kpi.Measure) error {
	reviewer := l.actors[kpi.Reviewer]
	log, _, err := l.app.Log(l.ctx, reviewer, app.LogQuery{Year: l.today.Year(), State: kpi.StateSubmitted})
	if err != nil {
		return err
	}
	var ids []kpi.UpdateID
	for _, e := range log[min(len(log), waiting):] {
		ids = append(ids, e.ID)
	}
	if len(ids) > 0 {
		if _, err := l.app.Review(l.ctx, reviewer, app.NewReview{Updates: ids, Act: kpi.ReviewApprove}); err != nil {
			return err
		}
	}
	if err := l.loggedTwice(all, measures); err != nil {
		return err
	}
	draft, found, err := l.again(all, l.root(), measures)
	if err != nil || !found {
		return err
	}
	draft.Dated, draft.Draft, draft.Note = l.today, true, "签到表还差一场，齐后提交"
	_, err = l.app.LogUpdate(l.ctx, l.actors[kpi.Staff], draft)
	return err
}

// loggedTwice makes the reporter log her last entry again, if she has one, and returns it to her.
func (l *loader) loggedTwice(all []entry, measures map[string]kpi.Measure) error {
	again, found, err := l.again(all, reportingUnit, measures)
	if err != nil || !found {
		return err
	}
	u, err := l.app.LogUpdate(l.ctx, l.actors[kpi.Reporter], again)
	if err != nil {
		return err
	}
	_, err = l.app.Review(l.ctx, l.actors[kpi.Reviewer],
		app.NewReview{Updates: []kpi.UpdateID{u.ID}, Act: kpi.ReviewReturn,
			Reason: "与同日另一条重复，请核对；确属重复请撤回"})
	return err
}

// again returns the last numeric entry of a unit, ready to be logged again.
func (l *loader) again(all []entry, unit string,
	measures map[string]kpi.Measure) (n kpi.NewUpdate, found bool, err error) {
	for _, e := range slices.Backward(all) {
		if e.unit != unit || e.level != "" {
			continue
		}
		q, err := intake.Quantity(e.written, measures[e.indicator])
		return kpi.NewUpdate{Indicator: e.indicator, Unit: unit, Dated: e.dated, Quantity: q, Origin: kpi.FromForm}, true, err
	}
	return n, false, nil
}
