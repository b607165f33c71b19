package demo

import (
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// sample loads the sample year, which is today's, and the year before it unless that is the published
// one.
func (l *loader) sample() error {
	year := l.today.Year()
	open := app.NewYear{Year: year, Sample: true}
	if year-1 > publishedYear {
		if err := l.lastYear(year - 1); err != nil {
			return fmt.Errorf("the year before: %w", err)
		}
		open.From = year - 1
	}
	if _, err := l.app.OpenYear(l.ctx, l.actors[kpi.Admin], open); err != nil {
		return err
	}
	if open.From == 0 {
		if err := l.sampleIndicators(year); err != nil {
			return err
		}
	} else if err := l.closeLastYear(open.From); err != nil {
		return fmt.Errorf("close the year before: %w", err)
	}
	stories, err := l.stories(year)
	if err != nil {
		return err
	}
	if err := l.sampleTargets(year); err != nil {
		return err
	}
	if err := l.sampleMoney(year); err != nil {
		return err
	}
	if _, err := l.app.RecordNotices(l.ctx); err != nil { // records the state before the first entry
		return err
	}
	all, err := entries(stories, year, l.today)
	if err != nil {
		return err
	}
	if err := l.log(all, stories); err != nil {
		return err
	}
	if err := l.owners(year); err != nil {
		return err
	}
	if err := l.projects(year); err != nil {
		return err
	}
	if err := l.staffing(year); err != nil {
		return err
	}
	if err := l.outlooks(year); err != nil {
		return err
	}
	if err := l.explanations(year); err != nil {
		return err
	}
	if err := l.reportTexts(year, "sample/areas"); err != nil {
		return err
	}
	return l.talk(year)
}

// owners assigns the accounts their indicators.
func (l *loader) owners(year kpi.Year) error {
	rows, err := table("sample/owners.csv")
	if err != nil {
		return err
	}
	codes := map[kpi.Role][]string{}
	for _, r := range rows {
		role := kpi.Role(r["account"])
		codes[role] = append(codes[role], r["indicator"])
	}
	for role, own := range codes {
		if err := l.app.SetOwned(l.ctx, l.actors[role], year, own); err != nil {
			return fmt.Errorf("indicators of %s: %w", role, err)
		}
	}
	return l.returned()
}

// returned makes the reviewer return an entry of today for its author to find. It counts nowhere, and
// the office's review rule is restored.
func (l *loader) returned() error {
	before, err := l.app.ReviewSetting(l.ctx)
	if err != nil {
		return err
	}
	if _, err := l.app.SetReview(l.ctx, kpi.Operator, kpi.SubmittedCount); err != nil {
		return err
	}
	u, err := l.app.LogUpdate(l.ctx, l.actors[kpi.Staff],
		kpi.NewUpdate{Indicator: "girls-rights-lectures", Unit: l.root(), Dated: l.today,
			Quantity: kpi.Exactly(kpi.Whole(5)), Note: "学校集中宣讲", Origin: kpi.FromForm})
	if err != nil {
		return fmt.Errorf("an entry to return: %w", err)
	}
	_, err = l.app.Review(l.ctx, l.actors[kpi.Reviewer],
		app.NewReview{Updates: []kpi.UpdateID{u.ID}, Act: kpi.ReviewReturn,
			Reason: "签到表还差一场，请补齐后再交"})
	if err != nil {
		return err
	}
	_, err = l.app.SetReview(l.ctx, kpi.Operator, before.Rule)
	return err
}

// sampleCodes returns the indicators of the sample year in the order of its story, followed by those
// that only a target names.
func sampleCodes() ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, name := range []string{"sample/story.csv", "sample/targets.csv"} {
		rows, err := table(name)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if code := r["indicator"]; !seen[code] {
				seen[code] = true
				out = append(out, code)
			}
		}
	}
	return out, nil
}

// sampleIndicators adds the year's own indicators and takes the others over from 2022.
func (l *loader) sampleIndicators(year kpi.Year) error {
	rows, err := table("sample/indicators.csv")
	if err != nil {
		return err
	}
	own := map[string]bool{}
	for _, r := range rows {
		own[r["code"]] = true
		if err := l.createIndicator(r, year); err != nil {
			return err
		}
	}
	codes, err := sampleCodes()
	if err != nil {
		return err
	}
	for _, code := range codes {
		if own[code] {
			continue
		}
		if err := l.app.AddToYear(l.ctx, l.actors[kpi.Staff], year, code); err != nil {
			return fmt.Errorf("indicator %s: %w", code, err)
		}
	}
	return nil
}

// sampleTargets sets the county's targets and the townships' shares, as far as they were set by today.
func (l *loader) sampleTargets(year kpi.Year) error {
	all, err := plans(year)
	if err != nil {
		return err
	}
	shares := make([]int, len(l.townships()))
	for i, r := range l.townships() {
		if shares[i], err = r.count("share"); err != nil {
			return err
		}
	}
	for _, p := range all {
		if p.target.Dated > l.today {
			continue
		}
		if err := l.setTarget(p, l.root(), p.target); err != nil {
			return err
		}
		if !p.split {
			continue
		}
		part := p.target
		part.Weight = 0 // only the county's table is scored
		for i, amount := range spread(p.target.Amount, shares) {
			part.Amount = amount
			if err := l.setTarget(p, l.townships()[i]["code"], part); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *loader) setTarget(p plan, unit string, t kpi.Target) error {
	_, err := l.app.SetTarget(l.ctx, l.actors[kpi.Staff], app.NewTarget{Indicator: p.indicator, Unit: unit, Target: t})
	if err != nil {
		return fmt.Errorf("target of %s for %s: %w", p.indicator, unit, err)
	}
	return nil
}
