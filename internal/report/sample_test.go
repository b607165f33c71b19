package report

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report/reporttest"
)

// sample is an invented year still running, with one indicator for every way a figure can stand.
func sample(t *testing.T, tag lang.Tag) Input {
	t.Helper()
	in := inputOf(reporttest.Sample(t), tag)
	in.Trails = sampleTrails()
	return in
}

// facts is the real year 2022 as the program would compute it.
func facts(t testing.TB, tag lang.Tag) Input {
	t.Helper()
	return inputOf(reporttest.Published(t), tag)
}

func inputOf(y reporttest.Year, tag lang.Tag) Input {
	texts := map[SectionKey]string{}
	for key, text := range y.Texts {
		texts[SectionKey(key)] = text
	}
	return Input{Office: Office{Name: y.Office.Name, NameEn: y.Office.NameEn}, Board: y.Board, Texts: texts,
		Outlooks: y.Outlooks,
		Incomes:  y.Incomes, Others: y.Others, Projects: y.Projects, Basic: y.Basic, Dated: y.Dated, Language: lang.For(tag)}
}

// sampleTrails are one entry with evidence, and one figure of many entries.
func sampleTrails() map[kpi.IndicatorID]Trail {
	entry := TrailEntry{Update: kpi.Update{ID: 1, Dated: "2026-03-01", Quantity: kpi.Exactly(kpi.Whole(12000))},
		Unit: kpi.Name{Name: "某县"}, Author: "张三", Approver: "李四", Evidence: []progress.NumberedEvidence{
			{Evidence: kpi.Evidence{Name: "签到表.pdf", SHA256: strings.Repeat("a", 64)}, Number: progress.EvidenceNumber{Area: 1,
				Indicator: 1, File: 1}},
			{Evidence: kpi.Evidence{Name: "名单.pdf", SHA256: strings.Repeat("b", 64), Sensitive: true},
				Number: progress.EvidenceNumber{Area: 1, Indicator: 1, File: 2}}}}
	return map[kpi.IndicatorID]Trail{
		1: {Entries: []TrailEntry{entry}},
		3: {Units: []TrailUnit{{Unit: kpi.Name{Name: "东乡"}, Tally: kpi.Tally{Amount: kpi.Whole(20), Entries: 70,
			LastDate: "2026-10-01"}},
			{Unit: kpi.Name{Name: "西乡"}, Tally: kpi.Tally{Amount: kpi.Whole(10), Entries: 9, LastDate: "2026-11-01"}}}},
	}
}
