package app_test

import (
	"errors"
	"fmt"
	"strconv"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// form is an entry as a form sends it: asked about unless its amount was confirmed.
func form(code, unit string, day kpi.Date, n int64, sure string) kpi.NewUpdate {
	u := entry(code, unit, day, n)
	u.Ask, u.Sure = true, sure
	return u
}

// doubted returns the question an entry was refused with.
func doubted(t *testing.T, err error) string {
	t.Helper()
	var e *kpi.Error
	if !errors.As(err, &e) {
		if err != nil {
			t.Fatal(err)
		}
		return ""
	}
	if e.Text.Key != "entry_to_confirm" || len(e.Fields) != 1 || e.Fields[0].Name != "sure" {
		t.Fatalf("refused with %v", err)
	}
	return e.Fields[0].Text.Key
}

func TestATotalOfTheUnitsBelowIsAskedAboutAndMarked(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.mustTarget("screened", "county", 1_200)
		b.log("screened", "east", "2026-05-31", 600)
		b.log("screened", "west", "2026-05-31", 507)
		_, err := b.app.SetReview(ctx, b.account("head", kpi.Admin, ""), kpi.SubmittedCount)
		b.must(err)
		nine := form("screened", "county", "2026-06-10", 9_000, "")
		nine.Key = "key"
		_, err = b.app.LogUpdate(ctx, b.staff, nine)
		if q := doubted(b.T, err); q != "entry_ask_below" {
			b.Errorf("9,000 beside 1,107 is asked about as %q", q)
		}
		b.wantAchieved("screened", "county", "1107")
		nine.Sure = "900"
		if _, err = b.app.LogUpdate(ctx, b.staff, nine); doubted(b.T, err) == "" {
			b.Error("another amount's confirmation counts")
		}
		nine.Sure = "9000"
		u, err := b.app.LogUpdate(ctx, b.staff, nine)
		b.must(err)
		again, err := b.app.EnterUpdate(ctx, b.staff, nine)
		b.must(err)
		if again.ID != u.ID || again.Doubt == nil {
			b.Errorf("sent again: entry %d, %v", again.ID, again.Doubt)
		}
		want := kpi.T("entry_ask_below", kpi.Whole(1_107), kpi.Whole(9_000), kpi.Measure("人"), kpi.Whole(10_107))
		e, err := b.app.Entry(ctx, b.east, b.log("screened", "east", "2026-06-01", 500).ID)
		b.must(err)
		if e.Doubt != nil {
			b.Errorf("an ordinary entry is marked: %v", e.Doubt)
		}
		waiting, err := b.app.Waiting(ctx, b.account("boss", kpi.Reviewer, ""), app.Query{Year: 2026}, nil)
		b.must(err)
		if n := len(waiting.Entries); n != 2 || waiting.Entries[1].Doubt == nil ||
			waiting.Entries[1].Doubt.String() != want.String() || waiting.Entries[0].Doubt != nil {
			b.Errorf("the reviewer sees %+v", waiting.Entries)
		}
		b.wantVerified()
	})
}

func TestATownshipUnderTheCountysTotalIsAsked(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "county", "2026-05-31", 600)
		b.log("users", "county", "2026-02-28", 5_000)
		for _, c := range []struct {
			code string
			day  kpi.Date
			n    int64
			want string
		}{
			{"screened", "2026-05-20", 40, "entry_ask_above"},
			{"screened", "2026-05-31", 600, "entry_ask_twin"},
			{"screened", "2026-06-10", 40, ""},
			{"users", "2026-06-10", 300, "entry_ask_above_reading"},
			{"disputes", "2026-06-10", 300, ""},
		} {
			question, _, err := b.app.DoubtOf(ctx, b.east, entry(c.code, "east", c.day, c.n), 0)
			b.must(err)
			if question.Key != c.want {
				b.Errorf("%s on %s, %d: asked %v, want %q", c.code, c.day, c.n, question, c.want)
			}
		}
		_, _, err := b.app.DoubtOf(ctx, b.east, entry("screened", "west", "2026-06-10", 1), 0)
		wantRefusal(b.T, err, kpi.Forbidden, "unit_not_yours")
	})
}

// A correction is held against the log without what it corrects.
func TestACorrectionIsAskedAboutToo(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.mustTarget("screened", "county", 100)
		b.mustTarget("users", "county", 1_000)
		u := b.log("screened", "east", "2026-05-31", 90)
		r := b.log("users", "east", "2026-05-31", 900)
		correct := func(u kpi.Update, code string, n int64, sure string) (string, kpi.Update) {
			b.Helper()
			made, err := b.app.CorrectUpdate(ctx, b.staff, u.ID, form(code, "east", "2026-05-31", n, sure), "a slip")
			return doubted(b.T, err), made
		}
		if q, _ := correct(u, "screened", 900, ""); q != "entry_ask_target" {
			b.Errorf("90 corrected to 900 of 100: %q", q)
		}
		q, made := correct(u, "screened", 140, "")
		if q != "" {
			b.Errorf("90 corrected to 140, not 230, of 100: %q", q)
		}
		if q, made = correct(made, "screened", 900, "900"); q != "" {
			b.Errorf("confirmed, it is asked about again: %q", q)
		}
		e, err := b.app.Entry(ctx, b.staff, made.ID)
		b.must(err)
		if e.Doubt == nil || e.Doubt.Key != "entry_ask_target" {
			b.Errorf("the correction is marked %v", e.Doubt)
		}
		if q, _ := correct(r, "users", 1_400, ""); q != "" {
			b.Errorf("a reading of 1,400 for 900: %q", q)
		}
		b.wantVerified()
	})
}

func TestTheGridAsksTheSameAndMarks(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.mustTarget("screened", "county", 1_200)
		b.log("screened", "east", "2026-05-31", 600)
		save := func(edits ...app.GridEdit) app.GridResult {
			b.Helper()
			out, err := b.app.SaveGrid(ctx, b.staff, app.NewGrid{GridQuery: app.GridQuery{Year: 2026, All: true}, Edits: edits})
			b.must(err)
			return out
		}
		one := app.GridEdit{Unit: "county", Indicator: "screened", Month: 4, Text: "700"}
		two := app.GridEdit{Unit: "county", Indicator: "screened", Month: 6, Text: "600"}
		out := save(one, two)
		if len(out.Asked) != 2 || out.Asked[0].Text.Key != "entry_ask_below" ||
			out.Asked[1].Text.Key != "entry_ask_below_again" {
			b.Fatalf("the grid asks %+v", out.Asked)
		}
		one.Sure, two.Sure = "700", "600"
		if out = save(one, two); out.Logged != 2 {
			b.Fatalf("confirmed: %+v", out)
		}
		log, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026})
		b.must(err)
		if len(log) != 3 || log[0].Doubt == nil || log[1].Doubt == nil || log[2].Doubt != nil {
			b.Errorf("the log: %+v", log)
		}
	})
}

func TestAnImportAsksTheSameAndMarks(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.mustTarget("screened", "county", 100)
		table := "单位,日期,screened\neast,2026-06-10,9000\nwest,2026-06-10,40\n"
		in, err := b.imports(b.staff, table, func(n *app.NewImport) { n.DryRun = true })
		b.must(err)
		if len(in.Asks) != 1 || in.Asks[0].Text.Key != "entry_ask_target" {
			b.Fatalf("the import asks %+v", in.Asks)
		}
		_, err = b.imports(b.staff, table, func(*app.NewImport) {})
		b.must(err)
		log, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026})
		b.must(err)
		if len(log) != 2 || log[1].Doubt == nil || log[0].Doubt != nil {
			b.Errorf("the log: %+v", log)
		}
	})
}

// What does not count yet says nothing: a draft of the county is not its total.
func TestDraftsAreNoTotals(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		draft := entry("screened", "county", "2026-05-31", 600)
		draft.Draft = true
		_, err := b.app.LogUpdate(ctx, b.staff, draft)
		b.must(err)
		question, ask, err := b.app.DoubtOf(ctx, b.east, entry("screened", "east", "2026-05-20", 40), 0)
		b.must(err)
		if ask {
			b.Errorf("asked %v", question)
		}
	})
}

// Of a figure with very many entries the latest are read: what those cannot tell is not asked about, and
// what they can still is; a correction of an older one is held against that one.
func TestOfAVeryLongLogOnlyTheLatestAreReadAndNothingWrongIsAsked(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.mustTarget("screened", "county", 6_000)
		b.log("screened", "east", "2026-01-20", 400)
		var list []kpi.NewUpdate
		for i := range 2 * store.FigureReach {
			n := entry("screened", "county", kpi.Date(fmt.Sprintf("2026-%02d-%02d", 1+i%5, 1+i/5%28)), 5)
			n.Note = strconv.Itoa(i)
			list = append(list, n)
		}
		refused, err := b.app.LogUpdates(ctx, b.staff, "list", list)
		b.must(err)
		if len(refused) > 0 {
			b.Fatalf("refused: %+v", refused[0])
		}
		for name, c := range map[string]struct {
			by      kpi.Actor
			n       kpi.NewUpdate
			want    string
			correct kpi.UpdateID
		}{
			"half of what is below, but not the first": {b.staff, entry("screened", "county", "2026-06-10", 5), "", 0},
			"below a county that has said much":        {b.east, entry("screened", "east", "2026-06-10", 5), "", 0},
			"ten thousand": {b.staff, entry("screened", "county", "2026-06-10", 10_000),
				"entry_ask_target", 0},
			"an old one corrected": {b.staff, entry("screened", "county", "2026-01-01", 6), "", 2},
			"an old one far up": {b.staff, entry("screened", "county", "2026-01-01", 9_500),
				"entry_ask_target", 2},
		} {
			question, _, err := b.app.DoubtOf(ctx, c.by, c.n, c.correct)
			b.must(err)
			if question.Key != c.want {
				b.Errorf("%s: asked %v, want %q", name, question, c.want)
			}
		}
	})
}

// 14,963 users and then 14,000: the form, the grid, a table and a program all say so.
func TestAFallingCountIsAskedAboutWhereverItIsTyped(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("users", "county", "2026-04-30", 14_963)
		_, err := b.app.LogUpdate(ctx, b.staff, form("users", "county", "2026-05-31", 14_000, ""))
		if q := doubted(b.T, err); q != "entry_ask_lower" {
			b.Errorf("the form asks %q", q)
		}
		grid, err := b.app.SaveGrid(ctx, b.staff, app.NewGrid{GridQuery: app.GridQuery{Year: 2026, All: true},
			Edits: []app.GridEdit{{Unit: "county", Indicator: "users", Month: 5, Text: "14000"}}})
		b.must(err)
		if len(grid.Asked) != 1 || grid.Asked[0].Text.Key != "entry_ask_lower" {
			b.Errorf("the grid asks %+v", grid.Asked)
		}
		in, err := b.imports(b.staff, "单位,日期,users\ncounty,2026-05-20,15000\ncounty,2026-05-31,14000\n",
			func(n *app.NewImport) { n.DryRun = true })
		b.must(err)
		want := kpi.T("entry_ask_lower", kpi.Whole(14_000), kpi.Measure("户"), kpi.Whole(15_000), "2026-05-20")
		if len(in.Asks) != 1 || in.Asks[0].Text.String() != want.String() {
			b.Errorf("the import asks %+v, want %v", in.Asks, want)
		}
		u, err := b.app.LogUpdate(ctx, b.staff, entry("users", "county", "2026-05-31", 14_000)) // a program is not asked
		b.must(err)
		if e, err := b.app.Entry(ctx, b.staff, u.ID); err != nil || e.Doubt == nil || e.Doubt.Key != "entry_ask_lower" {
			b.Errorf("the reviewer is told %v, %v", e.Doubt, err)
		}
		_, err = b.app.LogUpdate(ctx, b.staff, form("users", "county", "2026-06-05", 13_900, ""))
		if q := doubted(b.T, err); q != "" {
			b.Errorf("where it has fallen, the next one is asked about as %q", q)
		}
	})
}
