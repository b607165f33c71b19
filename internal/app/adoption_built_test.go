package app_test

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

const smallReport = `2022年度自评报告
一、部门概况
本会下辖城关镇、水西乡。行政编制5名，实有行政人员4人。
二、绩效情况
（一）技能培训
全年培训妇女1259人次，举办培训20期。
（二）宣传
发放宣传单3000份。`

func (b *bureau) smallReport() app.AdoptionBody {
	b.Helper()
	body, err := app.ReadAdoption(b.Context(), "报告.txt", []byte(smallReport), 2022)
	b.must(err)
	return body
}

// What people did since an old report was taken over is not removed with it: it cannot be undone then, and one sentence
// says all that was done.
func TestUndoingSaysAllThatWasBuiltOnAnAdoption(t *testing.T) {
	for _, c := range []struct {
		name, kind, key string
		build           func(*bureau, string)
	}{
		{"entry", "updates", "adoption_built_entry", func(b *bureau, code string) {
			_, err := b.app.LogUpdate(ctx, b.staff, kpi.NewUpdate{Indicator: code, Dated: "2022-12-01", Origin: kpi.FromForm,
				Quantity: kpi.Quantity{Amount: kpi.Whole(3), Precision: kpi.Exact}})
			b.must(err)
		}},
		{"target", "targets", "adoption_built_target", func(b *bureau, code string) {
			_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: code,
				Target: kpi.Target{Year: 2022, Sign: kpi.AtLeastSign, Amount: kpi.Whole(2000)}})
			b.must(err)
		}},
		{"explanation", "explanations", "adoption_built_explanation", func(b *bureau, code string) {
			_, err := b.app.ExplainIndicator(ctx, b.staff, 2022, app.NewExplanation{Indicator: code,
				Reason: "疫情", Next: "补办"})
			b.must(err)
		}},
		{"question", "questions", "adoption_built_question", func(b *bureau, code string) {
			_, err := b.app.AskQuestion(ctx, kpi.Actor{Name: "boss", Role: kpi.Leader},
				app.NewQuestion{Query: app.Query{Year: 2022}, Indicator: code, Text: "怎么算的？"})
			b.must(err)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2022})
				b.must(err)
				body := b.smallReport()
				id, made := b.adopted(body)
				code := made.Result.Rows[0].Indicator().Code
				c.build(b, code)
				err = b.app.UndoAdoption(ctx, b.staff, 2022, id, "重来", "")
				wantRefusal(b.T, err, kpi.Conflict, "adoption_built", c.key)
				b.wantVerified()
			})
		})
	}
}

// The units that a report lists are made with it by who may make units, and taken out again; others leave them out.
func TestUnitsOfAnOldReportAreMadeAndUndone(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2022})
		b.must(err)
		before, err := b.app.Units(ctx, kpi.Operator)
		b.must(err)
		body := b.smallReport()
		if len(body.Units) != 2 {
			b.Fatalf("read %v", body.Units)
		}
		made, err := b.app.Adopt(ctx, kpi.Operator, 2022, app.NewAdoption{Source: "报告.txt", Body: body})
		b.must(err)
		units, err := b.app.Units(ctx, kpi.Operator)
		b.must(err)
		if len(units) != len(before)+2 || units[len(units)-1].Name != "水西乡" || units[len(units)-1].Parent != before[0].ID {
			b.Fatalf("units %v", units)
		}
		again, err := b.app.CheckAdoption(ctx, kpi.Operator, 2022, body)
		b.must(err)
		if len(again.Units.New) != 0 || len(again.Units.Known) != 2 {
			b.Errorf("again: %+v", again.Units)
		}
		b.must(b.app.UndoAdoption(ctx, kpi.Operator, 2022, made.ID, "重来", ""))
		units, err = b.app.Units(ctx, kpi.Operator)
		b.must(err)
		if len(units) != len(before) {
			b.Errorf("left: %v", units)
		}
		made, err = b.app.Adopt(ctx, kpi.Operator, 2022, app.NewAdoption{Source: "报告.txt", Body: body})
		b.must(err)
		child := made.MadeOf().Units[0]
		for _, u := range mustUnits(b) {
			if u.ID == child {
				_, err = b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "v1", Name: "东门社区", Parent: u.Code})
				b.must(err)
			}
		}
		err = b.app.UndoAdoption(ctx, kpi.Operator, 2022, made.ID, "重来", "")
		wantRefusal(b.T, err, kpi.Conflict, "adoption_built", "adoption_built_unit")
		b.wantVerified()
	})
}

// Who may not make units takes the rest over.
func TestStaffTakeAReportOverWithoutItsUnits(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2022})
		b.must(err)
		before := mustUnits(b)
		_, err = b.app.Adopt(ctx, b.staff, 2022, app.NewAdoption{Source: "报告.txt", Body: b.smallReport()})
		b.must(err)
		if after := mustUnits(b); len(after) != len(before) {
			b.Errorf("staff made units: %v", after)
		}
	})
}

func mustUnits(b *bureau) []kpi.Unit {
	b.Helper()
	units, err := b.app.Units(ctx, kpi.Operator)
	b.must(err)
	return units
}

// The same key once more makes nothing and says the same; another text under the key is refused; nothing is undone
// twice.
func TestAnAdoptionIsMadeOnceUnderItsKey(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2022})
		b.must(err)
		n := app.NewAdoption{Source: "报告.txt", Body: b.smallReport(), Key: "k1"}
		first, err := b.app.Adopt(ctx, b.staff, 2022, n)
		b.must(err)
		again, err := b.app.Adopt(ctx, b.staff, 2022, n)
		b.must(err)
		if first.ID != again.ID || again.State != kpi.AdoptionMade || again.Result.Created != 3 || again.Result.Entries != 3 {
			b.Errorf("%d %d %s, %d, %d", first.ID, again.ID, again.State, again.Result.Created, again.Result.Entries)
		}
		all, err := b.app.Adoptions(ctx, b.staff, 2022)
		b.must(err)
		if len(all) != 1 {
			b.Errorf("%d adoptions", len(all))
		}
		other := n
		other.Source = "别的.txt"
		_, err = b.app.Adopt(ctx, b.staff, 2022, other)
		wantRefusal(b.T, err, kpi.Conflict, "key_reused")
		b.must(b.app.UndoAdoption(ctx, b.staff, 2022, first.ID, "重来", "u1"))
		b.must(b.app.UndoAdoption(ctx, b.staff, 2022, first.ID, "重来", "u1"))
		wantRefusal(b.T, b.app.UndoAdoption(ctx, b.staff, 2022, first.ID, "重来", ""), kpi.Conflict, "adoption_not_made")
		again, err = b.app.Adopt(ctx, b.staff, 2022, n)
		b.must(err)
		if again.State != kpi.AdoptionUndone {
			b.Errorf("a repeated call made what was undone: %s", again.State)
		}
	})
}

// Rows that say the same are merged: what one lacks comes from the other, texts and references follow, and where
// figures differ the text keeps what it said.
func TestRowsThatSayTheSameAreMerged(t *testing.T) {
	body := app.AdoptionBody{Rows: []app.ProposedIndicator{
		{Row: 1, Name: "培训妇女", Measure: "人次", Figure: "1259人次"},
		{Row: 2, Name: "举办培训", Measure: "期", Figure: "20期"},
		{Row: 3, Name: "全年培训妇女", Measure: "人次", Figure: "1,259人次", Value: "1000人次", Owner: "组宣部"},
		{Row: 4, Name: "举办培训 ", Measure: "期", Figure: "21期"},
		{Row: 5, Name: "合格率", Numerator: "全年培训妇女", PartOf: "举办培训 "},
	}, Texts: []app.AdoptedText{{Body: "培训⟦#1⟧，又说⟦#3⟧，任务⟦#3·target⟧，办班⟦#2⟧、⟦#4⟧",
		Written: map[string]string{"1": "1259人次", "3": "1,259人次", "3·target": "1000人次", "2": "20期", "4": "21期"}}}}
	twins := body.Twins()
	if len(twins) != 2 || twins[3] != 1 || twins[4] != 2 {
		t.Fatalf("twins %v", twins)
	}
	merged := body.Merged(0)
	var names []string
	for _, row := range merged.Rows {
		names = append(names, row.Name+"="+row.Figure+"/"+row.Value+"/"+row.Owner+"/"+row.Numerator+"/"+row.PartOf)
	}
	want := "培训妇女=1259人次/1000人次/组宣部//|举办培训=20期/////|合格率=///培训妇女/举办培训"
	if got := strings.Join(names, "|"); got != strings.ReplaceAll(want, "/////", "////") {
		t.Errorf("rows %s", got)
	}
	if got := merged.Texts[0].Body; got != "培训⟦#1⟧，又说⟦#1⟧，任务1000人次，办班⟦#2⟧、21期" {
		t.Errorf("text %s", got)
	}
	retold := app.AdoptionBody{Rows: []app.ProposedIndicator{{Row: 1, Name: "发放资料", Figure: "3000份"},
		{Row: 2, Name: "发放资料 2", Figure: "3500份"}, {Row: 3, Name: "发放资料3册", Figure: "3000份"}}}
	if twins := retold.Twins(); len(twins) != 2 || twins[2] != 1 || twins[3] != 1 {
		t.Errorf("one thing with two figures: %v", twins)
	}
	if one := body.Merged(4); len(one.Rows) != 4 || len(body.Rows) != 5 {
		t.Errorf("one merge left %d rows, and %d of the old", len(one.Rows), len(body.Rows))
	}
}

// Everything that can stand on an adoption is said, all of it in one sentence, and none of it is lost.
func TestUndoingSaysEveryKindThatWasBuilt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db)
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2022})
		b.must(err)
		full, spent := kpi.Whole(160_000), kpi.Whole(150_000)
		body := b.smallReport()
		body.Budget = []kpi.BudgetLine{{Year: 2022, Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Full: &full,
			Income: full, Spent: spent, Closing: full - spent}}
		id, adopted := b.adopted(body)
		made, code := adopted.MadeOf(), adopted.Result.Rows[0].Indicator().Code
		if len(made.Budget) != 1 || len(made.Staff) == 0 || len(made.Texts) == 0 {
			b.Fatalf("made %+v", made)
		}
		_, areas, err := b.app.Indicators(ctx)
		b.must(err)
		area := areas[slices.IndexFunc(areas, func(a kpi.Area) bool { return a.ID == made.Areas[0] })]
		_, err = b.app.AttachEvidence(ctx, b.staff, made.Entries[0], app.NewEvidence{Name: "签到表.pdf",
			Content: strings.NewReader("%PDF-1")})
		b.must(err)
		_, err = b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: code,
			Target: kpi.Target{Year: 2022, Sign: kpi.AtLeastSign, Amount: kpi.Whole(2000), Weight: 20_00}})
		b.must(err)
		points := kpi.Percent(15_00)
		_, err = b.app.ScoreIndicator(ctx, b.staff, 2022, app.NewScore{Indicator: code, Points: &points, Reason: "有一期未办"})
		b.must(err)
		june := kpi.Period{Year: 2022, Month: 6}
		_, err = b.app.SetOutlook(ctx, b.staff, 2022, app.NewOutlook{Indicator: code, Month: june, Possibility: kpi.Possible,
			Causes: []kpi.Cause{kpi.CauseFunds}, Reason: "经费迟到"})
		b.must(err)
		b.must(db.Write(ctx, func(w *store.Writer) error {
			return w.SetExpectation(ctx, kpi.Expectation{Year: 2022, Month: 6, Indicator: made.Indicators[0],
				Unit: mustUnits(b)[0].ID, Quantity: kpi.Quantity{Amount: kpi.Whole(1500), Precision: kpi.Exact},
				SetAt: kpi.UnixMilli(b.clock.UnixMilli() + 1)})
		}))
		name, fund := "技能培训", kpi.GeneralBudget
		_, err = b.app.CreateProject(ctx, b.staff, 2022, "p", app.ProjectEdit{Name: &name, Fund: &fund,
			Money:      []kpi.ProjectMoney{{Source: kpi.FromAppropriation, Full: full, Spent: spent}},
			Indicators: []app.NewProjectIndicator{{Code: code, Weight: 80_00}}}, "")
		b.must(err)
		text := made.Texts[0]
		section := report.SectionKey(text.Section)
		_, err = b.app.WriteText(ctx, b.staff, 2022, app.NewText{Section: section, Language: "zh-CN", Text: "改写过。",
			Base: text.ID})
		b.must(err)
		b.must(b.app.KeepTextDraft(ctx, b.staff, 2022, app.NewText{Section: section, Language: "zh-CN", Text: "还在写"}))
		_, err = b.app.WriteText(ctx, b.staff, 2022, app.NewText{Section: report.Publication, Language: "zh-CN",
			Text: "培训⟦" + adopted.Result.Rows[0].Indicator().Name + "⟧。"})
		b.must(err)
		n := int64(9)
		b.must(b.app.SetStaffing(ctx, b.staff, 2022, app.StaffingChange{Staff: []kpi.StaffCount{{Kind: kpi.Administrative,
			Posts: &n, People: &n}}}))
		changed := body.Budget[0]
		changed.Spent, changed.Closing = full, 0
		b.must(b.app.SetBudget(ctx, b.staff, 2022, []kpi.BudgetLine{changed}))
		_, err = b.app.CreateIndicator(ctx, b.staff, app.NewIndicator{Indicator: kpi.Indicator{Code: "part", Name: "其中农村妇女",
			Kind: kpi.Flow, Measure: "人次"}, PartOf: code, Area: area.Code})
		b.must(err)
		err = b.app.UndoAdoption(ctx, b.staff, 2022, id, "重来", "")
		wantRefusal(b.T, err, kpi.Conflict, "adoption_built", "adoption_built_evidence", "adoption_built_target",
			"adoption_built_score", "adoption_built_outlook", "adoption_built_expectation", "adoption_built_project",
			"adoption_built_text", "adoption_built_draft", "adoption_built_cited", "adoption_built_staff",
			"adoption_built_budget", "adoption_built_part", "adoption_built_area")
	})
}
