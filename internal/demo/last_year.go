package demo

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// lastYear loads the year before the sample year, for comparison: the same stories, each at a pace of
// its own and complete, and the report's prose.
func (l *loader) lastYear(year kpi.Year) error {
	last := *l
	last.today = year.End()
	if _, err := l.app.OpenYear(l.ctx, l.actors[kpi.Admin], app.NewYear{Year: year, Sample: true}); err != nil {
		return err
	}
	if err := last.sampleIndicators(year); err != nil {
		return err
	}
	if err := last.sampleTargets(year); err != nil {
		return err
	}
	if err := last.sampleMoney(year); err != nil {
		return err
	}
	if err := last.ledger(year); err != nil {
		return err
	}
	if err := last.projects(year); err != nil {
		return err
	}
	if err := last.staffing(year); err != nil {
		return err
	}
	for _, files := range []string{"sample/areas", "sample/report"} {
		if err := last.reportTexts(year, files); err != nil {
			return err
		}
	}
	return l.cover(year, kpi.Period{Year: year + 1, Month: 1}.End())
}

// closeLastYear gives the year before the sample year Hunan's forms, so that the demo shows both these and the
// Ministry's, states what their rows ask, and closes it. The sample year has been opened from it by then.
func (l *loader) closeLastYear(year kpi.Year) error {
	admin := l.actors[kpi.Admin]
	if _, err := l.app.SetRules(l.ctx, admin, year, kpi.HunanRules, "按省财政厅部门整体支出绩效评价表式填报"); err != nil {
		return err
	}
	rows, err := table("sample/form-rows.csv")
	if err != nil {
		return err
	}
	stated := kpi.FormValues{Amounts: map[string]kpi.Amount{}, Texts: map[string]string{}}
	for _, r := range rows {
		if r["text"] != "" {
			stated.Texts[r["row"]] = r["text"]
		}
		for _, column := range []string{"last", "budget", "spent"} {
			if r[column] == "" {
				continue
			}
			if stated.Amounts[r["row"]+"."+column], err = r.money(column); err != nil {
				return fmt.Errorf("form rows: %w", err)
			}
		}
	}
	if err := l.app.SetFormRows(l.ctx, l.actors[kpi.Staff], year, stated); err != nil {
		return err
	}
	return l.app.CloseYear(l.ctx, admin, year, "年度终了，数据已核对")
}

// ledger logs the whole year at once, as an office imports the workbook it used before.
func (l *loader) ledger(year kpi.Year) error {
	stories, err := l.stories(year)
	if err != nil {
		return err
	}
	measures := map[string]kpi.Measure{}
	for i := range stories {
		stories[i].earlier()
		measures[stories[i].indicator] = stories[i].measure
	}
	all, err := entries(stories, year, l.today)
	if err != nil {
		return err
	}
	updates := make([]kpi.NewUpdate, len(all))
	for i, e := range all {
		updates[i] = kpi.NewUpdate{Indicator: e.indicator, Unit: e.unit, Dated: e.dated, Level: e.level,
			Note: e.note, Origin: kpi.FromImport}
		if e.level != "" {
			continue
		}
		if updates[i].Quantity, err = intake.Quantity(e.written, measures[e.indicator]); err != nil {
			return fmt.Errorf("%s, %s, %s: %w", e.indicator, e.unit, e.dated, err)
		}
	}
	refused, err := l.app.LogUpdates(l.ctx, l.actors[kpi.Staff], fmt.Sprintf("%d年台账.xlsx", year), updates)
	if err == nil && len(refused) > 0 {
		return fmt.Errorf("%s of %s: %w", all[refused[0].Row].indicator, all[refused[0].Row].dated, refused[0].Err)
	}
	return err
}

// earlier turns a story into that of the previous year: other random numbers, 88 to 103 % of the pace,
// nothing left to report.
func (s *story) earlier() {
	h := fnv.New64a()
	fmt.Fprint(h, s.indicator)
	percent := 88 + rand.New(rand.NewPCG(seed-1, h.Sum64())).Int64N(16) //nolint:gosec // invented figures, no secret
	s.pace, s.volume = min(s.pace, kpi.One).Times(percent, 100), s.volume.Times(percent, 100)
	s.waits, s.seed = false, seed-1
}
