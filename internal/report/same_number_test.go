package report

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

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
