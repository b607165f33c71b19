package demo

import (
	"fmt"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
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

// sampleMoney sets the year's budget, adjusts it in June if June has come, and states where the money
// came from.
func (l *loader) sampleMoney(year kpi.Year) error {
	lines, err := sampleBudget(year, l.today)
	if err != nil {
		return err
	}
	first := app.BudgetChange{Document: fmt.Sprintf("示例预〔%d〕1号", year), Dated: kpi.Period{Year: year, Month: 1}.Start()}
	from := kpi.SourceIncome{Source: kpi.FromGeneral}
	for _, line := range lines {
		from.Amount += line.Income
		line.Full = nil // until June the budget is opening + income
		first.Lines = append(first.Lines, line)
	}
	first.Sources = []kpi.SourceIncome{from}
	if first.Others, err = otherMoney(); err != nil {
		return err
	}
	if err := l.app.ChangeBudget(l.ctx, l.actors[kpi.Staff], year, first); err != nil {
		return err
	}
	adjusted := kpi.Date(fmt.Sprintf("%d-06-02", year))
	if l.today < adjusted {
		return nil
	}
	return l.app.ChangeBudget(l.ctx, l.actors[kpi.Staff], year, app.BudgetChange{Lines: lines, Dated: adjusted,
		Document: fmt.Sprintf("示例预〔%d〕41号", year), Reason: "年中追加人员经费和项目经费"})
}

// otherMoney returns the money that no budget line carries.
func otherMoney() ([]kpi.OtherMoney, error) {
	rows, err := table("sample/other-money.csv")
	if err != nil {
		return nil, err
	}
	var out []kpi.OtherMoney
	for _, r := range rows {
		amount, err := r.amount("amount")
		if err != nil {
			return nil, fmt.Errorf("other money: %w", err)
		}
		yuan, _ := kpi.TenThousandY.In(kpi.Yuan, amount)
		out = append(out, kpi.OtherMoney{Name: r["name"], Amount: yuan, Note: r["note"]})
	}
	return out, nil
}

// booked returns the number of months whose books are closed: those of the current month close on the
// 25th.
func booked(today kpi.Date) int {
	if today.Time().Day() < 25 {
		return today.Period().Month - 1
	}
	return today.Period().Month
}

// sampleBudget returns the year's budget with the spending by today, as far as the books are closed.
func sampleBudget(year kpi.Year, today kpi.Date) ([]kpi.BudgetLine, error) {
	rows, err := table("sample/budget.csv")
	if err != nil {
		return nil, err
	}
	months := strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")
	var out []kpi.BudgetLine
	for _, r := range rows {
		line := kpi.BudgetLine{Year: year, Fund: kpi.Fund(r["fund"]), Nature: kpi.Nature(r["nature"])}
		initial, err := r.money("initial")
		if err != nil {
			return nil, err
		}
		full, err := r.money("full")
		if err != nil {
			return nil, err
		}
		for m, month := range months[:booked(today)] {
			if line.Months[m], err = r.money(month); err != nil {
				return nil, err
			}
			line.Spent += line.Months[m]
		}
		line.Initial, line.Full, line.Income, line.Closing = &initial, &full, full, full-line.Spent
		out = append(out, line)
	}
	return out, nil
}

// stories reads how the year goes and adds what is known about each indicator.
func (l *loader) stories(year kpi.Year) ([]story, error) { return readStories(year, l.units) }

func readStories(year kpi.Year, units []row) ([]story, error) {
	rows, err := table("sample/story.csv")
	if err != nil {
		return nil, err
	}
	known, err := knownIndicators()
	if err != nil {
		return nil, err
	}
	all, err := plans(year)
	if err != nil {
		return nil, err
	}
	var out []story
	for _, r := range rows {
		s, err := readStory(r, known[r["indicator"]], units)
		if err != nil {
			return nil, fmt.Errorf("story of %s: %w", r["indicator"], err)
		}
		for _, p := range all {
			if p.indicator == s.indicator {
				s.plans = append(s.plans, p)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// knownIndicators returns the lines of both years' indicators by code.
func knownIndicators() (map[string]row, error) {
	out := map[string]row{}
	for _, name := range []string{"2022/indicators.csv", "sample/indicators.csv"} {
		rows, err := table(name)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r["code"]] = r
		}
	}
	return out, nil
}

func readStory(r, ind row, units []row) (s story, err error) {
	s = story{seed: seed, indicator: r["indicator"], kind: kpi.Kind(ind["kind"]), measure: kpi.Measure(ind["measure"]),
		rough: r["rough"] == "yes", waits: r["waits"] == "yes", readings: r["readings"], note: r["note"]}
	if s.decimals, err = ind.count("decimals"); err != nil {
		return s, err
	}
	if s.starts, err = ind.count("starts"); err != nil {
		return s, err
	}
	s.starts = max(s.starts, 1)
	if s.pace, err = r.amount("pace"); err != nil {
		return s, err
	}
	if s.volume, err = r.amount("volume"); err != nil {
		return s, err
	}
	if whole, part, ok := strings.Cut(r["follows"], " "); ok {
		s.follows = whole
		if s.part, err = intake.Number(part); err != nil {
			return s, err
		}
	}
	s.places, err = places(units, r["by"] == "county")
	return s, err
}

// places returns the units that report: the county, or its townships with their shares.
func places(units []row, county bool) ([]place, error) {
	if county {
		return []place{{code: units[0]["code"], share: 1, sum: 1, county: true}}, nil
	}
	var out []place
	sum := 0
	for _, r := range units[1:] {
		share, err := r.count("share")
		if err != nil {
			return nil, err
		}
		sum += share
		out = append(out, place{code: r["code"], share: int64(share)})
	}
	for i := range out {
		out[i].sum = int64(sum)
	}
	return out, nil
}
