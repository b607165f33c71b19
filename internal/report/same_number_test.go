package report

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// Every format of a paper carries the number that is printed: what is estimated has no digits more in spreadsheets,
// what was entered none less.
func TestFormatsCarryThePrintedNumber(t *testing.T) {
	in := sample(t, lang.Chinese)
	in.Board.Budget.Lines[0].Forecast = progress.Some(kpi.Whole(147_272) + kpi.One*73/100)
	in.Board.Budget.Total.Forecast = in.Board.Budget.Lines[0].Forecast
	d, err := BuildPaper(in, Monitoring)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range d.Annexes[0].Blocks[0].Table.Rows {
		for _, c := range row.Cells {
			if c.Text() == "14.73" {
				seen++
				if c.Value.Amount.String() != "14.73" {
					t.Errorf("spreadsheets have %s, Word has 14.73", c.Value.Amount)
				}
			}
		}
	}
	if csv := string(write(t, in, Monitoring, "csv")); seen != 2 || strings.Contains(csv, "14.727") {
		t.Errorf("%d cells of 14.73 in:\n%s", seen, csv)
	}
}

// What somebody entered is printed as precisely as it was entered, a computed rate with its indicator's decimals, in
// the text as in a spreadsheet's format.
func TestEnteredNumbersAreNotPadded(t *testing.T) {
	for _, c := range []struct {
		ind  kpi.Indicator
		text string
		want string
	}{
		{kpi.Indicator{Kind: kpi.Running, Measure: "%", Units: kpi.OwnValue, Decimals: 2}, "96.5", "#,##0.0"},
		{kpi.Indicator{Kind: kpi.Running, Measure: "%", Units: kpi.OwnValue, Decimals: 2}, "96", "#,##0"},
		{kpi.Indicator{Kind: kpi.Running, Measure: "%", Units: kpi.OwnValue, Decimals: 2}, "96.55", "#,##0.00"},
		{kpi.Indicator{Kind: kpi.Running, Measure: "%", Units: kpi.MeanOf, Decimals: 2}, "96.50", "#,##0.00"},
		{kpi.Indicator{Kind: kpi.Ratio, Measure: "%", Decimals: 2}, "94.10", "#,##0.00"},
		{kpi.Indicator{Kind: kpi.Money, Measure: "万元", Decimals: 2}, "12.5", "#,##0.0"},
	} {
		a, err := kpi.ParseAmount(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := lang.For(lang.Chinese).Amount(c.ind, a); got != c.text {
			t.Errorf("%s of %s is printed %s", c.text, c.ind.Kind, got)
		}
		if got := paper.DecimalFormat(c.ind.Shown(a)); got != c.want {
			t.Errorf("%s of %s has the format %s in spreadsheets", c.text, c.ind.Kind, got)
		}
	}
}

// A paper writes numbers in one way, in its text, its tables and the rules of its points.
func TestAPaperWritesNumbersInOneWay(t *testing.T) {
	for grouped, want := range map[bool][2]string{false: {"12000", "12,000"}, true: {"12,000", "12000"}} {
		in := sample(t, lang.Chinese)
		in.Board.Rules.Grouped = grouped
		for _, p := range []Paper{WholeReport, SelfEvaluation, Bulletin} {
			d, err := BuildPaper(in, p)
			if err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			d.EachRun(func(r *paper.Run) { text.WriteString(r.Text + "\n") })
			if s := text.String(); !strings.Contains(s, want[0]) || strings.Contains(s, want[1]) {
				t.Errorf("grouped %v: %s does not write %s alone", grouped, p, want[0])
			}
		}
	}
}

// An English project form names the office in English, and others as they were typed.
func TestAProjectIsOfTheOfficeInEnglish(t *testing.T) {
	b := NewDraft(Input{Office: Office{Name: "某县妇女联合会", NameEn: "A Women's Federation"}, Language: lang.For(lang.English)})
	if office, other := b.called("某县妇女联合会"), b.called("某县财政局"); office != "A Women's Federation" || other != "某县财政局" {
		t.Errorf("%s, %s", office, other)
	}
}
