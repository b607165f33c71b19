package page

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

func sampleNewImport(t *testing.T) app.NewImport {
	t.Helper()
	return app.NewImport{Year: 2026, File: &app.ImportFile{Name: "6月各乡镇汇总.xlsx"}}
}

// sampleImport is the preview of a table with a bit of everything.
func sampleImport(t *testing.T, pc Context) importPreview {
	t.Helper()
	ind, loans := sampleSpecs[3].indicator(4), sampleSpecs[8].indicator(9)
	soFar := kpi.Whole(900)
	figure := func(row int, of kpi.Indicator, unit string, n int64) app.ImportFigure {
		return app.ImportFigure{Figure: intake.Figure{Row: row, Column: 4, Indicator: of, Unit: unit, Dated: "2026-06-30",
			Quantity: kpi.Exactly(kpi.Whole(n))}, Logged: kpi.Exactly(kpi.Whole(n))}
	}
	figures := []app.ImportFigure{figure(4, ind, "jingzhu", 1086), figure(5, ind, "wenping", 200),
		figure(6, loans, "yantian", 12), figure(7, loans, "dengyuan", 3)}
	figures[0].SoFar, figures[0].Logged = &soFar, kpi.Exactly(kpi.Whole(186))
	figures[1].Quantity = kpi.Quantity{Amount: kpi.Whole(200), Precision: kpi.AtLeast, Wording: "200余"}
	figures[1].Logged, figures[1].Note = figures[1].Quantity, "第二批"
	figures[2].Same = true
	r := app.ImportResult{Plan: figures, Rows: 5, Accepted: 4, Entries: 3,
		Earlier: &kpi.Import{Author: "刘芳", Entries: 38, At: 1780000000000},
		Rejected: []intake.Mistake{{Row: 8, Column: 2, Text: kpi.T("import_unit_unknown", "晏田镇")},
			{Row: 9, Column: 4, Text: kpi.T("number_unreadable", "约多人")}},
		Reading: intake.Reading{Sheets: []string{"汇总", "说明"}, Sheet: 1, Blank: 3, Dated: "2026-06-30",
			Columns: []intake.ImportColumn{{Index: 0, Heading: "序号", Sample: "1", Role: intake.ColIgnore,
				Auto: intake.ColIgnore},
				{Index: 1, Heading: "指标", Sample: ind.Name, Role: intake.ColIndicator, Auto: intake.ColIndicator},
				{Index: 2, Heading: "单位", Sample: "荆竹镇", Role: intake.ColUnit, Auto: intake.ColUnit},
				{Index: 3, Heading: "工作目标", Sample: "1000", Role: intake.ColTarget, Auto: intake.ColTarget},
				{Index: 4, Heading: "已完成数", Sample: "1086", Role: intake.ColTotal, Auto: intake.ColValue},
				{Index: 6, Heading: "荆竹镇", Role: intake.ColValue, Auto: intake.ColValue, Unit: "jingzhu"},
				{Index: 7, Heading: "文坪镇", Role: intake.ColValue, Auto: intake.ColValue, Unit: "wenping"}},
			Totals: []intake.Total{{Row: 10, Column: 4, Stated: kpi.Whole(1301), Computed: kpi.Whole(1298)},
				{Row: 11, Column: 4, Stated: 5, Computed: 5}},
			Asks: []intake.Mistake{{Row: 4, Column: 5, Text: kpi.T("import_rate_differs", ind.Name, "100", "108.60")}},
			Left: []intake.Mistake{{Row: 12, Column: 4, Text: kpi.T("import_ratio_computed", "家庭纠纷调解成功率")}}}}
	r.Plan = append(r.Plan, app.ImportFigure{Figure: intake.Figure{Row: 8}})
	return NewImportPreview(pc, sampleNewImport(t), r, nil)
}
