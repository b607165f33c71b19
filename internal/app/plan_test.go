package app_test

import (
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (b *bureau) target(code, unit string, n int64, reason string) (kpi.Target, error) {
	return b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: code, Unit: unit, Target: kpi.Target{
		Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(n), Reason: reason}})
}

func (b *bureau) mustTarget(code, unit string, n int64) {
	b.Helper()
	_, err := b.target(code, unit, n, "as agreed")
	b.must(err)
}

func to[T any](v T) *T { return &v }

func TestAnIndicatorIsEditedUntilItsFiguresBindIt(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		edit := func(code string, n app.IndicatorEdit) error {
			_, err := b.app.EditIndicator(ctx, b.staff, code, n)
			return err
		}
		b.must(edit("screened", app.IndicatorEdit{Name: to("检查人数"), Measure: to(kpi.Measure("人次")), Decimals: to(1),
			Partners: to("卫健局")}))
		got, err := b.app.IndicatorByCode(ctx, "screened")
		b.must(err)
		if got.Name != "检查人数" || got.Measure != "人次" || got.Decimals != 1 || got.Partners != "卫健局" || got.Kind != kpi.Flow {
			t.Errorf("%+v", got)
		}
		b.mustTarget("screened", "", 100)
		wantRefusal(t, edit("screened", app.IndicatorEdit{Kind: to(kpi.Running)}), kpi.Invalid, "locked_by_targets")
		b.must(edit("screened", app.IndicatorEdit{Decimals: to(0)}))
		b.log("screened", "", "2026-01-10", 3)
		wantRefusal(t, edit("screened", app.IndicatorEdit{Kind: to(kpi.Running), Measure: to(kpi.Measure("户")),
			Decimals: to(2)}),
			kpi.Invalid, "locked_by_updates")
		b.must(edit("screened", app.IndicatorEdit{Definition: to("只计首次")}))
		wantRefusal(t, edit("screened", app.IndicatorEdit{Name: to(" "), PartOf: to("screened")}), kpi.Invalid,
			"name_missing", "part_of_cycle")
		wantRefusal(t, edit("rate", app.IndicatorEdit{Numerator: to("rate")}), kpi.Invalid, "ratio_cycle")
		wantRefusal(t, edit("disputes", app.IndicatorEdit{Kind: to(kpi.Level)}), kpi.Invalid, "kind_divided")
		wantRefusal(t, edit("users", app.IndicatorEdit{Measure: to(kpi.Measure("人")), PartOf: to("screened")}), kpi.Invalid,
			"part_of_measure")
		_, err = b.app.EditIndicator(ctx, b.east, "screened", app.IndicatorEdit{})
		wantRefusal(t, err, kpi.Forbidden)
	})
}

func TestAnArchivedIndicatorKeepsItsHistoryAndTakesNothing(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		u := b.log("screened", "", "2026-01-10", 3)
		archive := func(code string, yes bool) error {
			_, err := b.app.EditIndicator(ctx, b.staff, code, app.IndicatorEdit{Archived: &yes})
			return err
		}
		wantRefusal(t, archive("disputes", true), kpi.Conflict, "archive_divided")
		b.must(archive("screened", true))
		board, err := b.app.Board(ctx, b.staff, app.Query{Year: 2026})
		b.must(err)
		for _, f := range board.Figures() {
			if f.Indicator.Code == "screened" {
				t.Error("it is still on the board")
			}
		}
		b.wantAchieved("screened", "", "3") // its own page still shows it
		_, err = b.app.LogUpdate(ctx, b.staff, entry("screened", "", "2026-02-10", 1))
		wantRefusal(t, err, kpi.Conflict, "indicator_archived")
		_, err = b.app.CorrectUpdate(ctx, b.staff, u.ID, entry("screened", "", "2026-01-10", 1), "wrong")
		wantRefusal(t, err, kpi.Conflict, "indicator_archived")
		_, err = b.target("screened", "", 5, "")
		wantRefusal(t, err, kpi.Conflict, "indicator_archived")
		_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027, From: 2026})
		b.must(err)
		plan, err := b.app.Plan(ctx, b.staff, 2027)
		b.must(err)
		if n := len(plan.Areas[len(plan.Areas)-1].Rows); n != 4 {
			t.Errorf("the new year has %d indicators, want 4", n)
		}
		b.must(archive("screened", false))
		b.log("screened", "", "2026-02-10", 1)
		b.wantVerified()
	})
}

func TestIndicatorsAndAreasAreOrdered(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		codes := func() string {
			plan, err := b.app.Plan(ctx, b.staff, 2026)
			b.must(err)
			var out []string
			for _, area := range plan.Areas {
				for _, row := range area.Rows {
					out = append(out, row.Indicator.Code)
				}
			}
			return strings.Join(out, " ")
		}
		b.must(b.app.MoveIndicator(ctx, b.staff, 2026, "disputes", true))
		if got := codes(); got != "screened disputes users settled rate" {
			t.Error(got)
		}
		b.must(b.app.MoveIndicator(ctx, b.staff, 2026, "screened", true)) // it is already the first
		b.must(b.app.MoveIndicator(ctx, b.staff, 2026, "screened", false))
		if got := codes(); got != "disputes screened users settled rate" {
			t.Error(got)
		}
		for _, code := range []string{"one", "two", "three"} {
			_, err := b.app.CreateArea(ctx, b.staff, 0, kpi.Area{Code: code, Name: code})
			b.must(err)
		}
		b.must(b.app.MoveArea(ctx, b.staff, 2026, "three", true))
		_, err := b.app.EditArea(ctx, b.staff, 2026, "one", "第一", "First")
		b.must(err)
		areas, err := b.app.Areas(ctx)
		b.must(err)
		if areas[0].Name != "第一" || areas[1].Code != "three" || areas[2].Code != "two" {
			t.Errorf("%v", areas)
		}
	})
}

func TestATargetIsRevisedWithAReasonAndKept(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.target("screened", "", 100, "")
		b.must(err)
		_, err = b.target("screened", "", 120, " ")
		wantRefusal(t, err, kpi.Invalid, "revision_reason_missing")
		_, err = b.target("screened", "", 120, "市级调增")
		b.must(err)
		_, err = b.target("screened", "", 120, "市级调增") // sent twice
		b.must(err)
		v, err := b.app.TargetPlan(ctx, b.staff, 2026, "screened", "")
		b.must(err)
		if len(v.History) != 2 || v.History[0].Amount != kpi.Whole(100) || v.Target.Amount != kpi.Whole(120) {
			t.Errorf("%+v", v.History)
		}
		falling := kpi.Curve{0, 50_00, 40_00, 60_00, 60_00, 60_00, 60_00, 60_00, 60_00, 60_00, 60_00, 100_00}
		short := kpi.LinearCurve(1)
		short[11] = 99_00
		for curve, key := range map[kpi.Curve]string{falling: "curve_falls", short: "curve_end"} {
			_, err = b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Target: kpi.Target{Year: 2026,
				Sign: kpi.AtLeastSign, Amount: kpi.Whole(1), Curve: &curve, Reason: "x"}})
			wantRefusal(t, err, kpi.Invalid, key)
		}
	})
}

func TestARevisionKeepsTheWeightAndPlanItDoesNotName(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		late := kpi.LinearCurve(7)
		first := kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(100), Weight: 20_00, Curve: &late}
		_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Target: first})
		b.must(err)
		revised := kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(120), Reason: "市级调增"}
		kept, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Target: revised, KeepWeight: true,
			KeepCurve: true})
		b.must(err)
		if kept.Weight != 20_00 || kept.Curve == nil || *kept.Curve != late {
			t.Errorf("the revision has weight %v and plan %v", kept.Weight, kept.Curve)
		}
		revised.Reason = "改为全年平均"
		plain, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Target: revised})
		b.must(err)
		if plain.Weight != 0 || plain.Curve != nil {
			t.Errorf("said outright, weight is %v and plan %v", plain.Weight, plain.Curve)
		}
	})
}

func amounts(v app.SplitView) string {
	var out []string
	for _, row := range v.Rows {
		if !row.Amount.Ok() {
			out = append(out, "-")
			continue
		}
		out = append(out, row.Amount.Value.String())
	}
	return strings.Join(out, " ")
}

func TestATargetIsDecomposedOverTheUnitsBelow(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.village("north", "county")
		propose := func(q app.SplitQuery) (app.SplitView, error) {
			q.Year, q.Indicator = 2026, "screened"
			return b.app.ProposeSplit(ctx, b.staff, q)
		}
		_, err := propose(app.SplitQuery{Method: app.SplitEqually})
		wantRefusal(t, err, kpi.Invalid, "split_no_target")
		b.mustTarget("screened", "", 100)
		v, err := propose(app.SplitQuery{Method: app.SplitEqually})
		b.must(err)
		if got := amounts(v); got != "34 33 33" || !v.Rows[0].Extra || v.Rows[1].Extra {
			t.Errorf("equally: %s, %+v", got, v.Rows)
		}
		if v, err = propose(app.SplitQuery{Method: app.SplitEqually,
			Only: []string{"east", "north"}}); amounts(v) != "50 - 50" {
			t.Errorf("two of them: %s, %v", amounts(v), err)
		}
		_, err = propose(app.SplitQuery{Method: app.SplitLastYear})
		wantRefusal(t, err, kpi.Invalid, "split_no_last_year")
		_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2025, From: 2026})
		b.must(err)
		b.log("screened", "east", "2025-03-01", 30)
		b.log("screened", "west", "2025-03-01", 10)
		if v, err = propose(app.SplitQuery{Method: app.SplitLastYear}); amounts(v) != "75 25 0" {
			t.Errorf("by last year: %s, %v", amounts(v), err)
		}
		if v, err = propose(app.SplitQuery{Method: app.SplitPasted, Text: "west\t40\neast\t55"}); amounts(v) != "55 40 -" {
			t.Errorf("pasted by name: %s, %v", amounts(v), err)
		}
		if d := v.Difference(); !d.Ok() || d.Value != kpi.Whole(5) {
			t.Errorf("difference %v", d)
		}
		if v, err = propose(app.SplitQuery{Method: app.SplitPasted, Text: "1\n2\n3"}); amounts(v) != "1 2 3" {
			t.Errorf("pasted in order: %s, %v", amounts(v), err)
		}
		_, err = propose(app.SplitQuery{Method: app.SplitPasted, Text: "1\n2"})
		wantRefusal(t, err, kpi.Invalid, "column_length")
		_, err = propose(app.SplitQuery{Method: app.SplitPasted, Text: "east\t1\neast\t2\nsouth\t3\nwest\tmany"})
		wantRefusal(t, err, kpi.Invalid, "column_line")
		_, err = propose(app.SplitQuery{Method: app.SplitPasted, Text: "east\t1\neast\t2\nsouth\t3"})
		wantRefusal(t, err, kpi.Invalid, "column_unit_twice", "column_unit_unknown")

		set := app.NewSplit{Year: 2026, Indicator: "screened", Values: map[string]kpi.Amount{"east": kpi.Whole(55),
			"west": kpi.Whole(40)}}
		v, err = b.app.SetSplit(ctx, b.staff, set)
		b.must(err)
		if d := v.Difference(); amounts(v) != "55 40 -" || d.Value != kpi.Whole(5) {
			t.Errorf("set: %s, difference %v", amounts(v), d)
		}
		plan, err := b.app.Plan(ctx, b.staff, 2026)
		b.must(err)
		if len(plan.Findings) == 0 || plan.Findings[0].Key != "finding_split" {
			t.Errorf("findings %v", plan.Findings)
		}
		set.Values["east"] = kpi.Whole(60)
		_, err = b.app.SetSplit(ctx, b.staff, set)
		wantRefusal(t, err, kpi.Invalid, "revision_reason_missing")
		set.Reason = "the difference goes to east"
		v, err = b.app.SetSplit(ctx, b.staff, set)
		b.must(err)
		if d := v.Difference(); !d.Ok() || d.Value != 0 {
			t.Errorf("difference %v", d)
		}
		history, err := b.app.TargetPlan(ctx, b.staff, 2026, "screened", "west")
		b.must(err)
		if len(history.History) != 1 {
			t.Errorf("west's target did not change and has %d entries", len(history.History))
		}
		set.Values = map[string]kpi.Amount{"east": -kpi.One, "south": 0}
		_, err = b.app.SetSplit(ctx, b.staff, set)
		wantRefusal(t, err, kpi.Invalid, "number_negative", "split_not_below")
	})
}

func TestANewYearIsOpenedFromTheOldInOneStep(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.mustTarget("screened", "", 100)
		b.log("screened", "", "2026-05-10", 80)
		v, err := b.app.Forward(ctx, b.staff, 2026)
		b.must(err)
		if v.Year != 2027 || len(v.Rows) != 5 || v.Rows[0].Figure.Achievement.Value.Amount != kpi.Whole(80) || v.MayClose {
			t.Errorf("%+v", v)
		}
		n := app.NewForward{From: 2026, Year: 2027, Document: "1号", Items: []app.ForwardItem{
			{Code: "screened", Target: &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(110)}},
			{Code: "users", Target: &kpi.Target{Sign: kpi.LevelSign, Amount: -kpi.One}}, {Code: "rate"}}}
		_, err = b.app.RollForward(ctx, b.staff, n)
		wantRefusal(t, err, kpi.Invalid, "sign_level_only", "number_negative")
		if years, err := b.app.Years(ctx); err != nil || len(years) != 1 {
			t.Errorf("a refused step left %v, %v", years, err)
		}
		n.Items[1].Target = nil
		n.CloseFrom = true
		_, err = b.app.RollForward(ctx, b.staff, n)
		wantRefusal(t, err, kpi.Forbidden)
		_, err = b.app.RollForward(ctx, kpi.Operator, n)
		wantRefusal(t, err, kpi.Invalid, "reason_missing")
		n.CloseReason = "2026 is over"
		_, err = b.app.RollForward(ctx, kpi.Operator, n)
		b.must(err)
		plan, err := b.app.Plan(ctx, b.staff, 2027)
		b.must(err)
		rows := plan.Areas[0].Rows
		if len(rows) != 5 || rows[0].Target.Amount != kpi.Whole(110) || rows[0].Target.Document != "1号" ||
			rows[1].Target != nil {
			t.Errorf("%+v", rows)
		}
		_, err = b.app.LogUpdate(ctx, b.staff, entry("screened", "", "2026-05-10", 1))
		wantRefusal(t, err, kpi.Conflict, "year_closed")
		_, err = b.app.RollForward(ctx, kpi.Operator, n)
		wantRefusal(t, err, kpi.Conflict, "year_exists")
	})
}

func TestUnitsAreImportedAllOrNothing(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		load := func(file, content string, dry bool) app.UnitImport {
			rows, err := app.ReadUnits(t.Context(), file, []byte(content))
			b.must(err)
			result, err := b.app.ImportUnits(ctx, kpi.Operator, rows, dry)
			b.must(err)
			return result
		}
		bad := load("units.csv", "代码,名称,上级\nv1,一村,east\nv1,又一村,east\nBad Code,,east\nv2,二村,nowhere\nx,甲,y\ny,乙,x\neast,东镇,county\nwest,west,county\n", false)
		var keys []string
		for _, row := range bad.Rows {
			for _, m := range row.Mistakes {
				keys = append(keys, m.Key)
			}
		}
		want := "unit_row_twice code_malformed name_missing unit_parent_unknown unit_cycle unit_cycle unit_row_differs"
		if got := strings.Join(keys, " "); got != want || bad.New != 1 || bad.Known != 1 {
			t.Errorf("%s (new %d, known %d)", got, bad.New, bad.Known)
		}
		good := "code,name,parent\nv11,一组,v1\nv1,一村,east\n\nv2,二村,west\n"
		if dry := load("units.csv", good, true); dry.New != 3 {
			t.Errorf("%+v", dry)
		}
		units, err := b.app.Units(ctx, b.staff)
		b.must(err)
		if len(units) != 3 {
			t.Fatalf("looking added units: %d", len(units))
		}
		load("units.csv", good, false)
		if again := load("units.csv", good, false); again.Known != 3 || again.New != 0 {
			t.Errorf("%+v", again)
		}
		b.log("screened", "v11", "2026-01-10", 3)
		b.wantAchieved("screened", "east", "3")
		_, err = app.ReadUnits(t.Context(), "units.csv", []byte("a,b\n1,2\n"))
		wantRefusal(t, err, kpi.Invalid, "units_heading")
	})
}

// An office without codes imports its units by name; whatever is alike gets a code of its own, and the same table again
// finds what it made.
func TestUnitsWithoutCodesAreImportedByName(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		load := func(dry bool) string {
			rows, err := app.ReadUnits(ctx, "units.csv", []byte("单位名称,上级单位\n文坪镇,county\n"+
				"高沙镇,county\n中心村,文坪镇\n中心村,高沙镇\n忠心村,文坪镇\n★,文坪镇\nNorth Town,county\n"))
			b.must(err)
			result, err := b.app.ImportUnits(ctx, kpi.Operator, rows, dry)
			b.must(err)
			var out []string
			for _, r := range result.Rows {
				for _, m := range r.Mistakes {
					out = append(out, m.Key)
				}
				out = append(out, fmt.Sprintf("%s<%s %v", r.Code, r.Parent, r.Made))
			}
			return strings.Join(out, ", ")
		}
		const want = "wenpingzhen<county %[1]v, gaoshazhen<county %[1]v, zhongxincun<wenpingzhen %[1]v, " +
			"gaoshazhen-zhongxincun<gaoshazhen %[1]v, wenpingzhen-zhongxincun<wenpingzhen %[1]v, " +
			"unit<wenpingzhen %[1]v, northtown<county %[1]v"
		for _, c := range []struct{ dry, made bool }{{true, true}, {false, true}, {true, false}, {false, false}} {
			if got := load(c.dry); got != fmt.Sprintf(want, c.made) {
				b.Errorf("%+v: %s", c, got)
			}
		}
	})
}
