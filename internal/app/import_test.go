package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// imports hands in a CSV and gives back what came of it.
func (b *bureau) imports(actor kpi.Actor, csv string, change func(*app.NewImport)) (app.ImportResult, error) {
	b.Helper()
	f, err := b.app.StageImport("表.csv", strings.NewReader(csv))
	b.must(err)
	defer f.Discard()
	n := app.NewImport{File: f, Year: 2026}
	if change != nil {
		change(&n)
	}
	return b.app.Import(ctx, actor, n)
}

func reasons(r app.ImportResult) (out []string) {
	for _, m := range r.Rejected {
		out = append(out, m.Ref()+" "+m.Text.Key)
	}
	return out
}

const threeRows = "指标,乡镇,日期,数值\nscreened,east,2026-03-31,10\nscreened,west,2026-03-31,20\nusers,east,2026-03-31,5\n"

func TestAnImportIsPreviewedThenLogged(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		r, err := b.imports(b.staff, threeRows, func(n *app.NewImport) { n.DryRun = true })
		b.must(err)
		if r.Rows != 3 || r.Accepted != 3 || r.Entries != 3 || r.Stored || len(r.Rejected) != 0 {
			t.Errorf("preview: %+v", r)
		}
		b.wantAchieved("screened", "county", "")
		r, err = b.imports(b.staff, threeRows, nil)
		b.must(err)
		if !r.Stored || r.Entries != 3 {
			t.Errorf("stored: %+v", r)
		}
		b.wantAchieved("screened", "county", "30")
		b.wantAchieved("users", "county", "5")
		b.wantVerified()
		log, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026})
		b.must(err)
		if len(log) != 3 || log[0].Origin != kpi.FromImport || log[0].Author != "clerk" {
			t.Errorf("log: %+v", log)
		}
	})
}

func TestOneBadRowKeepsAllOutUnlessPartIsChosen(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		sheet := threeRows + "screened,north,2026-03-31,1\nscreened,west,2026-12-31,7\nrate,west,2026-03-31,90\nscreened,east,2026-03-31,abc\n"
		r, err := b.imports(b.staff, sheet, nil)
		b.must(err)
		want := []string{"B5 import_unit_unknown", "C6 date_in_future", "D8 number_unreadable"}
		if got := reasons(r); !slices.Equal(got, want) || r.Stored || r.Accepted != 0 {
			t.Errorf("%v, want %v; %+v", got, want, r)
		}
		if len(r.Left) != 1 || r.Left[0].Text.Key != "import_ratio_computed" {
			t.Errorf("left out: %+v", r.Left)
		}
		b.wantAchieved("screened", "county", "")
		r, err = b.imports(b.staff, sheet, func(n *app.NewImport) { n.Partial = true })
		b.must(err)
		if !r.Stored || r.Rows != 7 || r.Accepted != 4 || r.Entries != 3 {
			t.Errorf("part: rows %d accepted %d entries %d", r.Rows, r.Accepted, r.Entries)
		}
		b.wantAchieved("screened", "county", "30")
		b.wantVerified()
	})
}

func TestTheSameFileTwiceIsNoticed(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.imports(b.staff, threeRows, nil)
		b.must(err)
		_, err = b.imports(b.staff, threeRows, nil)
		wantRefusal(t, err, kpi.Conflict, "import_again")
		b.wantAchieved("screened", "county", "30")
		r, err := b.imports(b.staff, threeRows, func(n *app.NewImport) { n.DryRun = true })
		b.must(err)
		if r.Earlier == nil || r.Earlier.Entries != 3 {
			t.Errorf("the preview does not say so: %+v", r.Earlier)
		}
		_, err = b.imports(b.staff, threeRows, func(n *app.NewImport) { n.Again = true })
		b.must(err)
		b.wantAchieved("screened", "county", "60")
		list, err := b.app.Imports(ctx, b.staff, 2026)
		b.must(err)
		if len(list) != 2 || list[0].Rows != 3 {
			t.Errorf("imports: %+v", list)
		}
	})
}

func TestASumSinceJanuaryAddsWhatIsNew(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-01-20", 40)
		b.log("screened", "east", "2026-06-10", 100) // after the month of the table
		sheet := "指标,乡镇,累计完成数\nscreened,east,100\nscreened,west,50\nscreened,county,150\n"
		sheet = "2026年1-3月\n" + sheet
		r, err := b.imports(b.staff, sheet, nil)
		b.must(err)
		if !r.Stored || r.Entries != 2 || !r.Plan[2].Same {
			t.Errorf("%+v", r.Plan)
		}
		b.wantAchieved("screened", "east", "200")
		b.wantAchieved("screened", "county", "250")
		r, err = b.imports(b.staff, strings.Replace(sheet, "screened,east,100", "screened,east,90", 1), nil)
		b.must(err)
		if got := reasons(r); !slices.Equal(got, []string{"C3 import_below_logged"}) {
			t.Error(got)
		}
		b.wantVerified()
	})
}

func TestAColumnOfAQuarterAddsWhatItsMonthsDoNotHold(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.clock = time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)
		b.log("screened", "east", "2026-02-20", 40) // of the first quarter
		b.log("screened", "east", "2026-05-10", 7)  // of the second
		sheet := "指标,乡镇,第一季度,第二季度,第三季度,全年预计\nscreened,east,50,20,5,900\nscreened,west,1,2,3,\n"
		r, err := b.imports(b.staff, sheet, nil)
		b.must(err)
		if !r.Stored || r.Entries != 6 || len(r.Left) != 1 || r.Left[0].Text.Key != "import_column_plan" {
			t.Errorf("%+v", r)
		}
		b.wantAchieved("screened", "east", "75")
		b.wantAchieved("screened", "west", "6")
		if r, err = b.imports(b.staff, sheet+"\n", nil); err != nil || r.Entries != 0 {
			t.Errorf("the same quarters again: %+v, %v", r.Plan, err)
		}
		b.wantAchieved("screened", "county", "81")
		r, err = b.imports(b.staff, strings.Replace(sheet, "50,20,5", "50,20,4", 1), nil)
		b.must(err)
		if got := reasons(r); !slices.Equal(got, []string{"E2 import_below_logged"}) {
			t.Error(got)
		}
		b.wantVerified()
	})
}

func TestWhatTheYearWillComeToGoesToTheMonitoringTable(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		sheet := "2026年1-5月\n指标,乡镇,累计完成数,全年预计完成情况\nscreened,county,50,120\nscreened,east,20,60余人\n"
		asOutlook := func(n *app.NewImport) { n.Choices.Roles = map[int]intake.ColumnRole{3: intake.ColOutlook} }
		r, err := b.imports(b.staff, sheet, asOutlook)
		b.must(err)
		if !r.Stored || r.Entries != 2 || len(r.Expected) != 2 || len(r.Left) != 0 {
			t.Errorf("%+v", r)
		}
		b.wantAchieved("screened", "county", "50") // what is expected is no achievement
		view, err := b.app.Outlooks(ctx, b.staff, app.Query{Year: 2026, AsOf: &kpi.Period{Year: 2026, Month: 5}})
		b.must(err)
		var got []string
		for _, e := range view.Expected {
			got = append(got, fmt.Sprintf("%d %s %s", e.Month, e.Quantity.Amount, e.SetBy))
		}
		if !slices.Equal(got, []string{"5 120 clerk"}) {
			t.Errorf("expected: %v", got)
		}
		trail, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 50)
		b.must(err)
		if !strings.Contains(fmt.Sprint(trail), "Expected") {
			t.Error("what was said is not in the audit log")
		}
		_, err = b.imports(b.staff, strings.Replace(sheet, "120", "130", 1), asOutlook) // said again of the same month
		b.must(err)
		view, err = b.app.Outlooks(ctx, b.staff, app.Query{Year: 2026, AsOf: &kpi.Period{Year: 2026, Month: 5}})
		b.must(err)
		for _, e := range view.Expected {
			if e.Quantity.Amount != 130*kpi.One {
				t.Errorf("said again: %+v", e)
			}
		}
		r, err = b.imports(b.staff, strings.Replace(sheet, "screened,east,20,60余人", "screened,north,20,60", 1), asOutlook)
		b.must(err)
		if r.Stored || len(r.Rejected) == 0 {
			t.Errorf("an unknown unit: %+v", r)
		}
		b.wantVerified()
	})
}

func TestAParentsRowHoldsItsUnits(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		r, err := b.imports(b.staff, "指标,乡镇,月份,完成数\nusers,county,3月,35\nusers,east,3月,10\nusers,west,3月,20\nscreened,county,3月,5\nscreened,east,3月,5\n", nil)
		b.must(err)
		if r.Entries != 4 || len(r.Asks) != 2 {
			t.Errorf("entries %d, asks %+v", r.Entries, r.Asks)
		}
		b.wantAchieved("users", "county", "35")
		b.wantAchieved("screened", "county", "5")
		b.wantVerified()
	})
}

func TestAnImportIsHeldToWhoMayLog(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		r, err := b.imports(b.east, threeRows, nil)
		b.must(err)
		if got := reasons(r); !slices.Equal(got, []string{"B3 unit_not_yours"}) {
			t.Error(got)
		}
		_, err = b.imports(b.account("boss", kpi.Leader, ""), threeRows, nil)
		wantRefusal(t, err, kpi.Forbidden, "role_may_not_log")
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
		_, err = b.imports(b.staff, threeRows, nil)
		wantRefusal(t, err, kpi.Conflict, "year_closed")
	})
}

func TestWhatAColumnSaysIsRememberedByItsHeadings(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		sheet := "截至%d月底\n指标,完成数\nscreened,%d\n"
		r, err := b.imports(b.staff, fmt.Sprintf(sheet, 3, 10), func(n *app.NewImport) {
			n.Learn, n.Choices.Roles = true, map[int]intake.ColumnRole{1: intake.ColValue}
		})
		b.must(err)
		if r.Plan[0].Cumulative {
			t.Error("the choice was not taken")
		}
		r, err = b.imports(b.staff, fmt.Sprintf(sheet, 4, 11), nil)
		b.must(err)
		if r.Plan[0].Cumulative {
			t.Error("the choice was forgotten")
		}
		b.wantAchieved("screened", "county", "21")
	})
}

func TestADraftIsItsOwners(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		f, err := b.app.StageImport("表.csv", strings.NewReader(threeRows))
		b.must(err)
		b.must(b.app.KeepImport(b.Context(), b.staff, f))
		f.Discard()
		again, err := b.app.ImportDraft(b.staff, "表.csv", f.SHA256())
		b.must(err)
		_, err = b.app.Import(ctx, b.staff, app.NewImport{File: again, Year: 2026})
		b.must(err)
		_, err = b.app.ImportDraft(b.east, "表.csv", f.SHA256())
		wantRefusal(t, err, kpi.NotFound, "import_draft_gone")
		_, err = b.app.ImportDraft(b.staff, "表.csv", "../../"+f.SHA256()[6:])
		wantRefusal(t, err, kpi.NotFound, "import_draft_gone")
		bad, err := b.app.StageImport("表.xlsx", strings.NewReader("no workbook"))
		b.must(err)
		defer bad.Discard()
		wantRefusal(t, b.app.KeepImport(b.Context(), b.staff, bad), kpi.Invalid, "import_not_a_workbook")
	})
}

// A ratio in the table is not logged; what it says is held against what its parts come to, with those
// the same table brings.
func TestAStatedRatioIsHeldAgainstItsParts(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("disputes", "east", "2026-01-31", 200)
		b.log("settled", "east", "2026-01-31", 190)
		const head = "指标,乡镇,日期,新增\n"
		for table, want := range map[string]string{
			"rate,east,2026-03-31,95%\n":    "",
			"rate,east,2026-03-31,94.17%\n": "D2 rate 94.17 95",
			"rate,west,2026-03-31,94.17%\n": "", // its parts say nothing yet
			"disputes,east,2026-03-01,23\nsettled,east,2026-03-01,20\nrate,east,2026-03-31,94.17%\n":  "",
			"disputes,east,2026-03-01,23\nsettled,east,2026-03-01,20\nrate,east,2026-03-31,95.00%\n":  "D4 rate 95 94.17",
			"disputes,east,2026-03-01,23\nsettled,east,2026-03-01,20\nrate,county,2026-03-31,94.2%\n": "",
		} {
			r, err := b.imports(b.staff, head+table, func(n *app.NewImport) { n.DryRun = true })
			b.must(err)
			have := ""
			for _, a := range r.Asks {
				have += fmt.Sprintf("%s %v %v %v", a.Ref(), a.Text.Args[0], a.Text.Args[1], a.Text.Args[2])
			}
			if have != want || len(r.Rejected) != 0 {
				b.Errorf("%q: asks %q, want %q; rejected %v", table, have, want, reasons(r))
			}
		}
	})
}

// A figure that is not usual is asked about in the preview, by the rule for single entries, and refused
// for it nowhere.
func TestAnImportAsksAboutAnUnusualFigure(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for month, n := range []int64{10, 12, 14} {
			b.log("screened", "east", kpi.Period{Year: 2026, Month: month + 1}.End(), n)
		}
		table := "指标,乡镇,日期,新增\nscreened,east,2026-05-31,150\nscreened,east,2026-04-30,11\nscreened,west,2026-05-31,150\n"
		r, err := b.imports(b.staff, table, func(n *app.NewImport) { n.DryRun = true })
		b.must(err)
		if len(r.Asks) != 1 || r.Asks[0].Ref() != "D2" || r.Asks[0].Text.Key != "entry_ask_large" || len(r.Rejected) != 0 {
			b.Errorf("asks %+v, rejected %v", r.Asks, reasons(r))
		}
		if r, err = b.imports(b.staff, table, nil); err != nil || !r.Stored || r.Entries != 3 {
			b.Errorf("it is not taken: %v, %+v", err, r)
		}
	})
}
