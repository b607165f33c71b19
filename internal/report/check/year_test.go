package check

import (
	"bytes"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"
)

// years are the published year, the invented one and one without anything, in both languages.
func years(t *testing.T) map[string]report.Input {
	t.Helper()
	out := map[string]report.Input{}
	for _, tag := range lang.Tags {
		out["2022-"+string(tag)] = yearOf(reporttest.Published(t), tag)
		out["sample-"+string(tag)] = yearOf(reporttest.Sample(t), tag)
		out["empty-"+string(tag)] = report.Input{Office: report.Office{Name: "某单位"}, Language: lang.For(tag),
			Board: progress.Board{Year: kpi.YearInfo{Year: 2027}, AsOf: kpi.AsOfToday(2027, "2026-11-23")}}
	}
	return out
}

func yearOf(y reporttest.Year, tag lang.Tag) report.Input {
	texts := map[report.SectionKey]string{}
	for key, text := range y.Texts {
		texts[report.SectionKey(key)] = text
	}
	return report.Input{Office: report.Office{Name: y.Office.Name, NameEn: y.Office.NameEn}, Board: y.Board, Texts: texts,
		Outlooks: y.Outlooks,
		Incomes:  y.Incomes, Others: y.Others, Projects: y.Projects, Basic: y.Basic, Dated: y.Dated, Language: lang.For(tag)}
}

// written is one of a year's papers as a Word file.
func written(t *testing.T, in report.Input, f report.Paper) []byte {
	t.Helper()
	writer, err := report.WriterOf("docx", f)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := writer.To(&b, in, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
