package reporttest

import (
	"bytes"
	"embed"
	"encoding/csv"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

//go:embed testdata
var data embed.FS

// table reads a csv of testdata, a map per row.
func table(t testing.TB, file string) []map[string]string {
	t.Helper()
	content, err := data.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, head := range rows[0] {
			record[head] = row[i]
		}
		out = append(out, record)
	}
	return out
}

// Amount returns a decimal.
func Amount(t testing.TB, s string) kpi.Amount {
	t.Helper()
	a, err := kpi.ParseAmount(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Areas are the published year's.
var Areas = []kpi.Area{
	{ID: 1, Code: "ideology", Name: "思想引领", NameEn: "Ideological guidance"},
	{ID: 2, Code: "development", Name: "妇女发展", NameEn: "Women’s development"},
	{ID: 3, Code: "rights", Name: "权益维护", NameEn: "Protection of rights"},
	{ID: 4, Code: "family", Name: "家庭建设", NameEn: "Family building"},
}

// Published returns the real year 2022 as the program would compute it.
func Published(t testing.TB) Year {
	t.Helper()
	at := kpi.MonthEnd(kpi.Period{Year: 2022, Month: 12})
	figures := factFigures(t, at)
	return Year{
		Office: kpi.Name{Name: "某市妇女联合会", NameEn: "A City Women’s Federation"},
		Board: Scored(progress.Board{
			Year:    kpi.YearInfo{Year: 2022, State: kpi.YearClosed},
			AsOf:    at,
			Summary: progress.Summarize(figures),
			Areas:   progress.Arrange(Areas, figures),
			Budget:  progress.Execute(factBudget(t), at, kpi.DefaultRules),
		}, nil),
		Texts: map[string]string{"duties": "团结引导妇女参与发展。\n\n维护妇女儿童合法权益。"},
		Dated: "2023-07-18",
	}
}

func factFigures(t testing.TB, at kpi.AsOf) []progress.Figure {
	rows := table(t, "indicators-2022.csv")
	ids := map[string]kpi.IndicatorID{}
	for i, r := range rows {
		ids[r["code"]] = kpi.IndicatorID(i + 1)
	}
	series := map[string]kpi.Series{}
	var out []progress.Figure
	for i, r := range rows {
		in := progress.Input{Indicator: factIndicator(r, ids), AsOf: at, Rules: kpi.DefaultRules}
		if in.Indicator.Kind == kpi.Ratio {
			in.Indicator.Numerator, in.Indicator.Denominator = ids["mediations-settled"], ids["disputes-mediated"]
			in.Numerator, in.Denominator = series["mediations-settled"], series["disputes-mediated"]
		} else {
			u := factUpdate(t, r, kpi.UpdateID(i+1))
			in.Series = progress.Tally(in.Indicator.Kind, kpi.ReviewOff, []kpi.Update{u}, nil)
			in.Entries = map[kpi.UpdateID]kpi.Update{u.ID: u}
			series[r["code"]] = in.Series
		}
		if r["target"] != "" {
			in.Target = &kpi.Target{Sign: kpi.AtLeastSign, Amount: Amount(t, r["target"])}
		}
		out = append(out, progress.Measure(in))
	}
	return out
}

func factIndicator(r map[string]string, ids map[string]kpi.IndicatorID) kpi.Indicator {
	ind := kpi.Indicator{
		ID: ids[r["code"]], Code: r["code"], Name: r["name_zh"], NameEn: r["name_en"],
		Kind: kpi.Kind(r["kind"]), Measure: kpi.Measure(r["measure"]), Category: kpi.Category(r["category"]),
		PartOf: ids[r["part_of"]], Direction: kpi.Up, Starts: 1,
	}
	for _, a := range Areas {
		if a.Code == r["area"] {
			ind.Area = a.ID
		}
	}
	if ind.Kind == kpi.Ratio {
		ind.Decimals, ind.Factor = 2, 100
	}
	return ind
}

func factUpdate(t testing.TB, r map[string]string, id kpi.UpdateID) kpi.Update {
	q := kpi.Quantity{Amount: Amount(t, r["value"]), Precision: kpi.Precision(r["precision"]), Wording: r["as_written"]}
	u := kpi.Update{ID: id, Dated: kpi.Date(r["as_of"]), Quantity: q, Act: kpi.ActLog, State: kpi.StateApproved}
	if r["kind"] == string(kpi.Level) {
		u.Level = kpi.LevelMet
	}
	return u
}

func factBudget(t testing.TB) []kpi.BudgetLine {
	funds := map[string]kpi.Fund{"general": kpi.GeneralBudget, "government": kpi.GovernmentFunds,
		"state": kpi.StateCapital, "social": kpi.SocialInsurance}
	natures := map[string]kpi.Nature{"": kpi.AnyNature, "basic": kpi.BasicSpend, "project": kpi.ProjectSpend}
	money := func(s string) kpi.Amount {
		yuan, _ := kpi.TenThousandY.In(kpi.Yuan, Amount(t, s))
		return yuan
	}
	var out []kpi.BudgetLine
	for _, r := range table(t, "budget-2022.csv") {
		fund, _, _ := strings.Cut(r["fund"], " ")
		nature, _, _ := strings.Cut(r["nature"], " ")
		out = append(out, kpi.BudgetLine{Year: 2022, Fund: funds[fund], Nature: natures[nature],
			Opening: money(r["opening"]), Income: money(r["income"]), Spent: money(r["spent"]), Closing: money(r["closing"])})
	}
	return out
}
