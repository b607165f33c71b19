package template

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"
)

// sample is an invented year still running, with one indicator for every way a figure can stand.
func sample(t *testing.T, tag lang.Tag) report.Input {
	t.Helper()
	return inputOf(reporttest.Sample(t), tag)
}

func inputOf(y reporttest.Year, tag lang.Tag) report.Input {
	texts := map[report.SectionKey]string{}
	for key, text := range y.Texts {
		texts[report.SectionKey(key)] = text
	}
	return report.Input{Office: report.Office{Name: y.Office.Name, NameEn: y.Office.NameEn}, Board: y.Board,
		Texts: texts, Outlooks: y.Outlooks, Incomes: y.Incomes, Others: y.Others, Projects: y.Projects, Basic: y.Basic,
		Dated: y.Dated, Language: lang.For(tag)}
}

// years are the real year 2022, an invented one and one without anything, in both languages.
func years(t *testing.T) map[string]report.Input {
	t.Helper()
	out := map[string]report.Input{}
	for _, tag := range lang.Tags {
		out["2022-"+string(tag)] = inputOf(reporttest.Published(t), tag)
		out["sample-"+string(tag)] = sample(t, tag)
		out["empty-"+string(tag)] = report.Input{Office: report.Office{Name: "某单位"}, Language: lang.For(tag),
			Board: progress.Board{Year: kpi.YearInfo{Year: 2027}, AsOf: kpi.AsOfToday(2027, "2026-11-23")}}
	}
	return out
}

// twoAreas is an office with the areas that the templates name; every figure has a value of its own.
func twoAreas(t *testing.T) report.Input {
	t.Helper()
	at := kpi.AsOf{Period: kpi.Period{Year: 2026, Month: 12}, Day: 31}
	areas := []kpi.Area{{ID: 1, Code: "ideology", Name: "思想引领"}, {ID: 2, Code: "organisation", Name: "组织建设"}}
	var figures []progress.Figure
	for i, name := range []string{"宣讲", "培训", "妇女", "妇女之家", "干部"} {
		in := progress.Input{AsOf: at, Rules: kpi.DefaultRules, Indicator: kpi.Indicator{ID: kpi.IndicatorID(i + 1),
			Code: "indicator-" + string(rune('1'+i)), Area: kpi.AreaID(1 + i/3), Name: name, Kind: kpi.Flow, Measure: "人",
			Direction: kpi.Up, Starts: 1}}
		if i == 2 {
			in.Indicator.Kind, in.Indicator.Measure = kpi.Money, "万元"
		}
		if i%2 == 0 {
			in.Target = &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(int64(500 + i))}
		}
		u := kpi.Update{ID: 1, Dated: "2026-03-01", Quantity: kpi.Exactly(kpi.Whole(int64(1000 + i))), Act: kpi.ActLog,
			State: kpi.StateApproved}
		in.Entries = map[kpi.UpdateID]kpi.Update{1: u}
		in.Series = progress.Tally(in.Indicator.Kind, kpi.ReviewOff, []kpi.Update{u}, nil)
		figures = append(figures, progress.Measure(in))
	}
	return report.Input{Office: report.Office{Name: "某县"}, Language: lang.For(lang.Chinese),
		Board: progress.Board{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, AsOf: at,
			Areas: progress.Arrange(areas, figures)}}
}
