package app_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report/logbook"
)

func asked(r app.ImportResult) (out []string) {
	for _, q := range r.Questions {
		out = append(out, q.ID+"="+q.Answer)
	}
	return out
}

func answers(pairs ...string) func(*app.NewImport) {
	return func(n *app.NewImport) {
		n.Choices.Answers = map[string]string{}
		for i := 0; i+1 < len(pairs); i += 2 {
			n.Choices.Answers[pairs[i]] = pairs[i+1]
		}
	}
}

// A month that has figures is asked about row by row; each answer gives the sum that a person would
// expect.
func TestTheSameFactsAgainAreAskedAbout(t *testing.T) {
	const march = "2026年3月月报\n指标,乡镇,本月完成\n"
	for name, c := range map[string]struct {
		before func(*bureau)
		table  string
		ask    string // the questions, with their answers
		give   []string
		east   string // achieved afterwards in screened; "": refused or nothing there
		county string
	}{
		"an empty month": {nil, march + "screened,east,10\n", "", nil, "10", "10"},
		"another month": {func(b *bureau) { b.log("screened", "east", "2026-02-10", 7) }, march + "screened,east,10\n",
			"", nil, "17", "17"},
		"another unit": {func(b *bureau) { b.log("screened", "west", "2026-03-10", 7) }, march + "screened,east,10\n",
			"", nil, "10", "17"},
		"another indicator": {func(b *bureau) { b.log("disputes", "east", "2026-03-10", 7) }, march + "screened,east,10\n",
			"", nil, "10", "10"},
		"the month, open": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) }, march + "screened,east,10\n",
			"had:C3=", nil, "7", "7"},
		"the month, replaced": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) }, march + "screened,east,10\n",
			"had:C3=replace", []string{"had:C3", "replace"}, "10", "10"},
		"the month, left": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) }, march + "screened,east,10\n",
			"had:C3=leave", []string{"had", "leave"}, "7", "7"},
		"the month, added": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) }, march + "screened,east,10\n",
			"had:C3=add", []string{"had", "add"}, "17", "17"},
		"the same, replaced": {func(b *bureau) { b.log("screened", "east", "2026-03-31", 10) }, march + "screened,east,10\n",
			"had:C3=replace", []string{"had", "replace"}, "10", "10"},
		"several entries, replaced": {func(b *bureau) {
			b.log("screened", "east", "2026-03-01", 3)
			b.log("screened", "east", "2026-03-02", 4)
		}, march + "screened,east,10\n", "had:C3=replace", []string{"had", "replace"}, "10", "10"},
		"several, smaller": {func(b *bureau) {
			b.log("screened", "east", "2026-03-01", 30)
			b.log("screened", "east", "2026-03-02", 4)
		}, march + "screened,east,10\n", "had:C3=replace", []string{"had", "replace"}, "10", "10"},
		"to nought": {func(b *bureau) { b.log("screened", "east", "2026-03-01", 30) },
			march + "screened,east,0\n", "had:C3=replace", []string{"had", "replace"}, "0", "0"},
		"by a day, another day": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			"指标,乡镇,日期,本月完成\nscreened,east,2026-03-11,10\n", "", nil, "17", "17"},
		"by a day, the day": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			"指标,乡镇,日期,本月完成\nscreened,east,2026年3月10日,10\n", "had:D2=replace", []string{"had", "replace"}, "10", "10"},
		"by a month in a column": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			"指标,乡镇,月份,新增\nscreened,east,3月,10\n", "had:D2=replace", []string{"had", "replace"}, "10", "10"},
		"months side by side": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			"指标,乡镇,2月,3月\nscreened,east,1,10\n", "had:D2=replace", []string{"had", "replace"}, "11", "11"},
		"a sum so far is not asked": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			"2026年1-3月\n指标,乡镇,累计完成\nscreened,east,10\n", "", nil, "10", "10"},
		"what the units below have": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			march + "screened,county,10\n", "had:C3=replace", []string{"had", "replace"}, "7", "10"},
		"on top of the units below": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			march + "screened,county,10\n", "had:C3=add", []string{"had", "add"}, "7", "17"},
		"less than the units below": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			march + "screened,county,5\n", "had:C3=replace", []string{"had", "replace"}, "7", "7"},
		"a parent and units, again": {func(b *bureau) { b.took(march+"screened,county,35\nscreened,east,10\nscreened,west,20\n", nil) }, march + "screened,county,40\nscreened,east,12\nscreened,west,20\n", "had:C3=replace had:C4=replace had:C5=replace", []string{"had", "replace"}, "12", "40"},
		"a parent, one unit is new": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			march + "screened,county,40\nscreened,east,7\nscreened,west,20\n", "had:C3=replace had:C4=leave", []string{"had:C3",
				"replace", "had:C4", "leave"}, "7", "40"},
		"withdrawn before": {func(b *bureau) {
			u := b.log("screened", "east", "2026-03-10", 7)
			_, err := b.app.WithdrawUpdate(ctx, b.staff, u.ID, "x", "", kpi.FromForm)
			b.must(err)
		}, march + "screened,east,10\n", "", nil, "10", "10"},
		"twice in the table": {nil, march + "screened,east,10\nscreened,east,10\n", "twice:C4=leave",
			[]string{"twice", "leave"}, "10", "10"},
		"twice, both count": {nil, march + "screened,east,10\nscreened,east,10\n", "twice:C4=add",
			[]string{"twice", "add"}, "20", "20"},
		"twice with other numbers": {nil, march + "screened,east,10\nscreened,east,12\n", "twice:C4=leave",
			[]string{"twice", "leave"}, "10", "10"},
		"twice with other notes": {nil, "2026年3月\n指标,乡镇,本月完成,备注\nscreened,east,10,甲\nscreened,east,12,乙\n", "", nil,
			"22", "22"},
		"a day's two events": {nil, "指标,乡镇,日期,新增\nscreened,east,2026-03-03,10\nscreened,east,2026-03-03,12\n", "",
			nil, "22", "22"},
		"a day's same event twice": {nil, "指标,乡镇,日期,新增\nscreened,east,2026-03-03,10\nscreened,east,2026-03-03,10\n",
			"twice:D3=leave", []string{"twice", "leave"}, "10", "10"},
		"both of a table and before": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 7) },
			march + "screened,east,10\nscreened,east,10\n", "had:C3=replace twice:C4=add", []string{"had", "replace", "twice",
				"add"}, "20", "20"},
	} {
		t.Run(name, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				if c.before != nil {
					c.before(b)
				}
				r, err := b.imports(b.staff, c.table, answers(c.give...))
				b.must(err)
				got := strings.Join(asked(r), " ")
				if got != c.ask {
					t.Errorf("asked %s, want %s", got, c.ask)
				}
				b.wantAchieved("screened", "east", c.east)
				b.wantAchieved("screened", "county", c.county)
				b.wantVerified()
			})
		})
	}
}

// The second sheet of a workbook is no repetition of the first; each is one of itself.
func TestTheSheetsOfAFileAreImportedSeparately(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		book := excelize.NewFile()
		defer book.Close()
		b.must(book.SetSheetName("Sheet1", "说明"))
		b.must(book.SetCellStr("说明", "A1", "请按月填报"))
		for i, unit := range []string{"east", "west"} {
			_, err := book.NewSheet(unit)
			b.must(err)
			for at, row := range [][]any{{"2026年3月"}, {"指标", "乡镇", "本月完成"}, {"screened", unit, 10 * (i + 1)}} {
				b.must(book.SetSheetRow(unit, fmt.Sprintf("A%d", at+1), &row))
			}
		}
		var content bytes.Buffer
		b.must(book.Write(&content))
		sheet := func(n int, again bool) (app.ImportResult, error) {
			f, err := b.app.StageImport("表.xlsx", bytes.NewReader(content.Bytes()))
			b.must(err)
			defer f.Discard()
			return b.app.Import(ctx, b.staff, app.NewImport{File: f, Year: 2026, Again: again,
				Choices: intake.Choices{Sheet: n, Answers: map[string]string{"had": "add"}}, Stale: true})
		}
		for _, n := range []int{2, 3} {
			r, err := sheet(n, false)
			if b.must(err); !r.Stored || r.Earlier != nil || r.NeedsAgain() {
				t.Errorf("sheet %d: %+v", n, r)
			}
		}
		b.wantAchieved("screened", "county", "30")
		for _, n := range []int{2, 3} {
			_, err := sheet(n, false)
			wantRefusal(t, err, kpi.Conflict, "import_again")
			if r, err := sheet(n, true); err != nil || !r.Stored || r.Earlier == nil {
				t.Errorf("sheet %d again: %+v %v", n, r, err)
			}
		}
		b.wantAchieved("screened", "county", "60")
	})
}

// took imports a table that must go in.
func (b *bureau) took(csv string, change func(*app.NewImport)) {
	b.Helper()
	r, err := b.imports(b.staff, csv, change)
	b.must(err)
	if !r.Stored {
		b.Fatalf("not stored: asked %v, refused %v", asked(r), reasons(r))
	}
}

// The corrected table of a month corrects one entry and leaves the others alone.
func TestACorrectedTableCorrects(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		const head = "2026年3月月报\n指标,单位,本月完成\n"
		b.took(head+"screened,east,10\ndisputes,east,20\nsettled,east,30\n", nil)
		corrected := head + "screened,east,10\ndisputes,east,25\nsettled,east,30\n"
		r, err := b.imports(b.staff, corrected, nil)
		b.must(err)
		if r.Stored || len(r.Questions) != 3 || *r.Plan[1].SoFar != kpi.Whole(20) {
			t.Errorf("asked %v, stored %v", asked(r), r.Stored)
		}
		r, err = b.imports(b.staff, corrected, func(n *app.NewImport) { answers("had", "replace")(n); n.Reason = "按更正表" })
		b.must(err)
		if !r.Stored || r.Entries != 1 || r.Corrected != 1 {
			t.Errorf("entries %d, of them corrections %d", r.Entries, r.Corrected)
		}
		b.wantAchieved("screened", "county", "10")
		b.wantAchieved("disputes", "county", "25")
		b.wantAchieved("settled", "county", "30")
		log, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026})
		b.must(err)
		if len(log) != 4 || log[0].Act != kpi.ActCorrect || log[0].Reason != "按更正表" || log[0].Origin != kpi.FromImport {
			t.Errorf("the log: %+v", log[0])
		}
		b.wantVerified()
	})
}

// The same reading again is nothing new; another of the same day is asked about.
func TestAReadingAgainIsAskedAboutOnItsDay(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("users", "east", "2026-03-31", 40)
		table := "2026年3月\n指标,乡镇,累计完成\nusers,east,%d\n"
		r, err := b.imports(b.staff, fmt.Sprintf(table, 40), nil)
		b.must(err)
		if len(r.Questions) != 0 || r.Entries != 0 || !r.Plan[0].Same {
			t.Errorf("the same reading: asked %v, %d entries", asked(r), r.Entries)
		}
		r, err = b.imports(b.staff, fmt.Sprintf(table, 45), answers("had", "replace"))
		b.must(err)
		if r.Entries != 1 || r.Corrected != 1 {
			t.Errorf("another reading: %d entries", r.Entries)
		}
		b.wantAchieved("users", "east", "45")
		b.took("2026年2月\n指标,乡镇,累计完成\nusers,east,30\n", nil)
		b.wantAchieved("users", "east", "45")
		b.wantVerified()
	})
}

// A table that waits for its review is there, too.
func TestFiguresUnderReviewAreThere(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.SetReview(ctx, kpi.Operator, kpi.ApprovedCount)
		b.must(err)
		const table = "2026年3月\n指标,乡镇,本月完成\nscreened,east,10\n"
		b.took(table, nil)
		r, err := b.imports(b.staff, table+"disputes,east,1\n", nil)
		b.must(err)
		if got := strings.Join(asked(r), " "); got != "had:C3=" {
			t.Errorf("asked %s", got)
		}
	})
}

// More than a person can look at one by one is asked once for the rest.
func TestManyDoubledRowsAreOneQuestionMore(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		table := "指标,乡镇,日期,新增\n" + strings.Repeat("screened,east,2026-03-03,1\n", 300)
		r, err := b.imports(b.staff, table, nil)
		b.must(err)
		if len(r.Questions) != 201 || r.Questions[0].ID != "twice" || r.Questions[0].Row != 0 ||
			r.Questions[0].Text.Args[0] != 99 {
			t.Errorf("%d questions, the first %+v", len(r.Questions), r.Questions[0])
		}
		b.took(table, answers("twice", "leave"))
		b.wantAchieved("screened", "east", "1")
	})
}

// The program's own export of its log comes back without counting anything twice.
func TestAnExportedLogIsKnown(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-03-03", 10)
		b.log("screened", "east", "2026-03-03", 10)
		gone := b.log("screened", "east", "2026-03-04", 5)
		_, err := b.app.WithdrawUpdate(ctx, b.staff, gone.ID, "错了", "", kpi.FromForm)
		b.must(err)
		fixed := b.log("users", "west", "2026-03-05", 30)
		_, err = b.app.CorrectUpdate(ctx, b.staff, fixed.ID,
			kpi.NewUpdate{Dated: "2026-03-05", Quantity: kpi.Exactly(kpi.Whole(31)), Origin: kpi.FromForm}, "错了")
		b.must(err)
		b.lock(3)
		for _, tag := range []lang.Tag{lang.Chinese, lang.English} {
			for kind, writer := range logbook.Writers {
				book, err := b.app.LogBook(ctx, b.staff, app.LogQuery{Year: 2026})
				b.must(err)
				book.Language = lang.For(tag)
				var file bytes.Buffer
				b.must(writer.To(&file, book))
				f, err := b.app.StageImport("台账."+kind, bytes.NewReader(file.Bytes()))
				b.must(err)
				r, err := b.app.Import(ctx, b.staff, app.NewImport{File: f, Year: 2026})
				b.must(err)
				f.Discard()
				if !r.Stored || r.Entries != 0 || len(r.Questions) != 0 || len(r.Rejected) != 0 || r.Rows != 3 {
					t.Errorf("%s %s: %d entries of %d rows, asked %v, refused %v", tag, kind, r.Entries, r.Rows, asked(r), reasons(r))
				}
				left := 0
				for _, m := range r.Left {
					if m.Text.Key == "import_book_uncounted" {
						left++
					}
				}
				if left != 3 {
					t.Errorf("%s %s: %d rows that do not count are said to be left out, want the withdrawn, its withdrawal and the corrected: %+v", tag, kind, left, r.Left)
				}
			}
		}
		b.wantAchieved("screened", "county", "20")
		b.wantAchieved("users", "county", "31")
		b.must(b.app.UnlockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: 3}, "x"))
		changed := "编号,日期,单位代码,单位,指标代码,指标,数值,计量单位,填报原文,类型,对应编号,计入,审核状态,说明,更正或撤回原因\n" +
			"1,2026-03-03,east,荆竹镇,screened,筛查,11,人,11,填报,,是,已审核,,\n"
		r, err := b.imports(b.staff, changed, nil)
		b.must(err)
		if got := strings.Join(asked(r), " "); !strings.HasPrefix(got, "had:G2=") {
			t.Errorf("a changed number: asked %q, refused %v, %+v", got, reasons(r), r.Columns)
		}
		b.wantVerified()
	})
}
