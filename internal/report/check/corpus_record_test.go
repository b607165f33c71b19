package check

import (
	"strconv"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"
)

// recordedYear is the year of an office whose records stand before its text:
//
//	@office name
//	@indicator code|name|measure|value|target|last year's|kind|code of its whole
//	@budget basic or project|initial|full|spent, in 万元
//	@staff kind|posts|people
func recordedYear(t testing.TB, records []string) Input {
	t.Helper()
	at := kpi.MonthEnd(kpi.Period{Year: 2025, Month: 12})
	in := plainYear()
	ids := map[string]kpi.IndicatorID{}
	var figures []progress.Figure
	var lines []kpi.BudgetLine
	var staff []kpi.StaffCount
	for _, record := range records {
		what, said, _ := strings.Cut(record, " ")
		cells := append(strings.Split(said, "|"), make([]string, 8)...)
		switch what {
		case "office":
			in.Office = report.Office{Name: said}
		case "indicator":
			ids[cells[0]] = kpi.IndicatorID(len(ids) + 1)
			figures = append(figures, counted{code: cells[0], name: cells[1], measure: kpi.Measure(cells[2]),
				value: cells[3], target: cells[4], before: cells[5], kind: kpi.Kind(cells[6]),
				partOf: cells[7]}.figure(t, at, ids))
		case "budget":
			lines = append(lines, recordedLine(t, cells))
		case "staff":
			staff = append(staff, kpi.StaffCount{Kind: kpi.StaffKind(cells[0]), Posts: persons(t, cells[1]),
				People: persons(t, cells[2])})
		default:
			t.Fatalf("no record: %s", record)
		}
	}
	in.Dated = "2026-01-20"
	in.Board = progress.Board{Year: kpi.YearInfo{Year: 2025}, AsOf: at, Summary: progress.Summarize(figures),
		Areas: progress.Arrange(reporttest.Areas, figures), Budget: progress.Execute(lines, at, kpi.DefaultRules)}
	basic := progress.Basic(staff, nil, nil, in.Board.Budget)
	in.Basic = &basic
	in.Board = reporttest.Scored(in.Board, nil)
	return in
}

func recordedLine(t testing.TB, cells []string) kpi.BudgetLine {
	t.Helper()
	yuan := func(s string) kpi.Amount {
		return reporttest.Amount(t, s).Times(10_000, 1)
	}
	initial, full, spent := yuan(cells[1]), yuan(cells[2]), yuan(cells[3])
	nature := kpi.BasicSpend
	if cells[0] == "project" {
		nature = kpi.ProjectSpend
	}
	return kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: nature, Initial: &initial, Full: &full, Income: full,
		Spent: spent, Closing: full - spent}
}

func persons(t testing.TB, s string) *int64 {
	t.Helper()
	if s == "" {
		return nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return &n
}
