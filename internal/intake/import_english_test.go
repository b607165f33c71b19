package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

func TestHeadingsInEnglishWords(t *testing.T) {
	for heading, want := range map[string]ColumnRole{
		"Actual": colDone, "Achieved": colDone, "Completed": colDone, "No. completed": colDone, "Number delivered": colDone,
		"Result":      colDone,
		"Actual 2026": colDone, "Jan–Oct actual": colDone, "Actual performance": colDone, "Outturn": colDone,
		"Achieved to date": ColTotal, "Completed to date": ColTotal, "Cumulative actual": ColTotal,
		"Actual (year to date)": colDone,
		"Year-to-date actual":   ColTotal, "Achieved so far": ColTotal, "YTD": ColTotal, "Cumulative total": ColTotal,
		"Actual this month": ColValue, "Completed in the month": ColValue, "Value": ColValue, "Amount ($)": ColValue,
		"Quantity": ColValue, "Monthly amount": ColValue,
		"Target": ColTarget, "Annual target": ColTarget, "Full-year target": ColTarget, "Target 2026": ColTarget,
		"Target value":      ColTarget,
		"Cumulative target": ColTarget, "% complete": ColRate, "Achievement rate": ColRate, "% of target achieved": ColRate,
		"Percentage completed": ColRate,
		"Township":             ColUnit, "Town": ColUnit, "Reporting unit": ColUnit, "Responsible department": ColUnit,
		"Village":   ColUnit,
		"Indicator": ColIndicator, "Performance indicator": ColIndicator, "KPI": ColIndicator, "Metric": ColIndicator,
		"Activity": ColIndicator, "Key tasks": ColIndicator,
		"Remarks": ColNote, "Comments": ColNote, "Unit of measurement": ColMeasure, "UoM": ColMeasure,
		"Reporting date": ColDate, "Date completed": ColDate, "Month": ColDate, "Activity date": ColDate,
		"Date of activity": colWhen,
		"Last month":       ColIgnore, "Previous year actual": ColIgnore, "Planned": ColPlan, "Expected to date": ColPlan,
		"Forecast": ColPlan, "Due date": ColIgnore,
		"Outstanding": ColIgnore, "of which online": ColIgnore, "No.": ColIgnore, "Baseline": "", "Variance": "",
		"Women trained": "", "Status": "", "Target achieved": "",
	} {
		if got := roleOfHeading(heading); got != want {
			t.Errorf("%s: %q, want %q", heading, got, want)
		}
	}
}

// Days as English writes them; where month and day in digits could be either, it is asked.
func TestDatesInEnglishAreRead(t *testing.T) {
	for written, want := range map[string]string{
		"5-Oct-26": "2026-10-05", "05-OCT-26": "2026-10-05", "5-Oct-2026": "2026-10-05", "5 Oct 26": "2026-10-05",
		"5 October 2026": "2026-10-05",
		"5/Oct/2026":     "2026-10-05", "2026-Oct-05": "2026-10-05", "Oct 5, 2026": "2026-10-05", "Oct 5, 26": "2026-10-05",
		"October 5th, 2026": "2026-10-05",
		"Oct. 5, 2026":      "2026-10-05", "Mon, Oct 5, 2026": "2026-10-05", "Monday 5 October 2026": "2026-10-05",
		"5 Oct 2026 (Mon)": "2026-10-05", "October 5": "2026-10-05",
		"10/25/2026": "2026-10-25", "25/10/2026": "2026-10-25", "25/10/26": "2026-10-25", "10-25-26": "2026-10-25",
		"10/10/2026": "2026-10-10",
		"Oct 2026":   "2026-10-31", "5-Oct-25": "2025-10-05 date_outside_year", "32-Oct-26": "date_unreadable",
		"13/13/2026": "date_unreadable",
		"10/05/2026": "2026-10-05 ? order:A", "5/10/26": "2026-05-10 ? order:A", "5.10.2026": "2026-05-10 ? order:A",
		"Oct-26": "2026-10-31 ? month_year:A", "Oct 26": "2026-10-31 ? month_year:A",
		"Oct-25": "date_unreadable",
	} {
		oneDate(t, written, want, nil)
	}
	oneDate(t, "10/05/2026", "2026-10-05", map[string]string{"order": "md"})
	oneDate(t, "10/05/2026", "2026-05-10", map[string]string{"order:A": "dm"})
	oneDate(t, "Oct-26", "2026-10-26", map[string]string{"month_year": "md"})
	oneDate(t, "Oct-26", "2026-10-31", map[string]string{"month_year": "my"})
}

// Days in digits in a column of dates: read where the order is plain, asked about where it is not.
func TestDatesInDigitsAreReadOrAsked(t *testing.T) {
	for written, want := range map[string]string{
		"26.9.3": "2026-09-03", "26-9-3": "2026-09-03", "26/9/3": "2026-09-03", "26、9、3": "2026-09-03",
		"'26.9.3": "2026-09-03", "26.09.03.": "2026-09-03",
		"2026、9、3": "2026-09-03", "2026，9，3": "2026-09-03", "2026 9 3": "2026-09-03", "2026. 9. 3": "2026-09-03",
		"２０２６．９．３": "2026-09-03", "2026.9.3.": "2026-09-03",
		"9/30": "2026-09-30", "30/9": "2026-09-30", "9/9": "2026-09-09", "26/9/26": "2026-09-26", "26年9月3日": "2026-09-03",
		"9/3": "2026-09-03 ? order:A", "3/9": "2026-03-09 ? order:A", "9/3/26": "2026-09-03 ? order:A",
		"9-3-2026": "2026-09-03 ? order:A",
		"25.9.3":   "2025-09-03 date_outside_year", "26.13.3": "date_unreadable", "9、3": "date_unreadable",
		"1.2.3": "date_unreadable", "2026.9-3": "date_unreadable",
	} {
		oneDate(t, written, want, nil)
	}
	oneDate(t, "9/3", "2026-03-09", map[string]string{"order": "dm"})
	r, err := ReadTable(grid(t, "日期|单位|指标|数值", "9/3|荆竹镇|trained|1", "9/25|荆竹镇|trained|2", "10/5|荆竹镇|trained|3"),
		knownCounty,
		Choices{Answers: map[string]string{"order": "md"}})
	if err != nil {
		t.Fatal(err)
	}
	wantAsked(t, "a column is asked about once", r, "D2 trained jingzhu 2026-09-03 1", "D3 trained jingzhu 2026-09-25 2",
		"D4 trained jingzhu 2026-10-05 3", "? order:A A2")
}

func oneDate(t *testing.T, written, want string, answers map[string]string) {
	t.Helper()
	var rows []GridRow
	for i, line := range [][]string{{"日期", "单位", "指标", "数值"}, {written, "荆竹镇", "trained", "1"}} {
		rows = append(rows, cellsOf(i+1, line...))
	}
	r, err := ReadTable([]Grid{{Rows: rows}}, knownCounty, Choices{Answers: answers})
	if err != nil || len(r.Figures) != 1 {
		t.Errorf("%s: %v %+v", written, err, r.Figures)
		return
	}
	got := string(r.Figures[0].Dated)
	for _, m := range r.Figures[0].Mistakes {
		got += " " + m.Text.Key
	}
	for _, q := range r.OpenQuestions() {
		got += " ? " + q.ID
	}
	if got = strings.TrimSpace(got); got != want {
		t.Errorf("%s: %s, want %s", written, got, want)
	}
}

// A measure behind an indicator's name, in the table and not in the plan or the other way round, makes it no other.
func TestNamesWithTheirMeasure(t *testing.T) {
	known := knownCounty
	known.Indicators = []kpi.Indicator{
		{ID: 1, Code: "a", Name: "Registered users", Kind: kpi.Running, Measure: "户"},
		{ID: 2, Code: "b", Name: "Women trained (persons)", Kind: kpi.Flow, Measure: "人"},
		{ID: 3, Code: "c", Name: "Loans issued (10,000 yuan)", Kind: kpi.Money, Measure: kpi.TenThousandY, Decimals: 2},
		{ID: 4, Code: "d", Name: "家庭走访（户）", Kind: kpi.Flow, Measure: "户"},
		{ID: 5, Code: "e", Name: "宣讲", Kind: kpi.Flow, Measure: "场"},
		{ID: 6, Code: "f", Name: "Visits (households)", Kind: kpi.Flow, Measure: "户"},
		{ID: 7, Code: "g", Name: "Visits (persons)", Kind: kpi.Flow, Measure: "人"},
	}
	for name, want := range map[string]string{
		"Registered users": "a", "Registered users (households)": "a", "Registered users [households]": "a",
		"Number of registered users": "a", "No. of registered users": "a",
		"# of registered users": "a", "Registered users (number)": "a", "Registered users - households": "a",
		"Registered users, number": "a", "Total number of registered users (households)": "a",
		"Women trained": "b", "women trained (persons)": "b", "Women trained (people)": "b", "Number of women trained": "b",
		"Women trained (no.)": "b", "Women trained – persons": "b",
		"Loans issued": "c", "Loans issued (万元)": "c", "家庭走访": "d", "家庭走访（户数）": "d", "家庭走访(户)": "d", "宣讲（场）": "e",
		"宣讲（场数）": "e", "宣讲（数量）": "e",
		"Visits (households)": "f", "Visits (persons)": "g", "Visits": "import_indicator_ambiguous",
		"Registered users (online)": "import_indicator_near", "Users": "import_indicator_near",
	} {
		ind, why := newVocabulary(known).indicator(name)
		if got := ind.Code + why.Key; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
