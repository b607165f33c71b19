package app_test

import (
	"strings"
	"testing"

	"dabiao/internal/app"
)

// Several rows of one unit, indicator and time are one figure: added up where they are parts, else asked
// about, whether the column holds sums so far, readings or the work of a month.
func TestSeveralRowsOfOneFigure(t *testing.T) {
	const (
		batches  = "指标,乡镇,完成数,备注\n"
		until    = "截至2026年3月底\n指标,乡镇,完成数\n"
		villages = "截至2026年3月底\n乡镇,村,screened\n"
	)
	before := func(amount float64) func(*bureau) {
		return func(b *bureau) { b.log("screened", "east", "2026-02-10", int64(amount)) }
	}
	for name, c := range map[string]struct {
		before    func(*bureau)
		table     string
		give      []string
		ask       string
		indicator string
		east      string
	}{
		"batches, open": {nil, batches + "screened,east,5,第一批\nscreened,east,7,第二批\n", nil, "several:C3=",
			"screened", ""},
		"batches, added up": {nil, batches + "screened,east,5,第一批\nscreened,east,7,第二批\n", []string{"several", "add"},
			"several:C3=add", "screened", "12"},
		"batches, the last": {nil, batches + "screened,east,5,第一批\nscreened,east,7,第二批\n",
			[]string{"several", "last"}, "several:C3=last", "screened", "7"},
		"batches, none": {nil, batches + "screened,east,5,第一批\nscreened,east,7,第二批\n",
			[]string{"several", "leave"}, "several:C3=leave", "screened", ""},
		"the second smaller": {nil, batches + "screened,east,7,第一批\nscreened,east,5,第二批\n", []string{"several", "add"},
			"several:C3=add", "screened", "12"},
		"the second smaller, last": {nil, batches + "screened,east,7,第一批\nscreened,east,5,第二批\n",
			[]string{"several:C3", "last"}, "several:C3=last", "screened", "5"},
		"the same number": {nil, batches + "screened,east,5,第一批\nscreened,east,5,第二批\n", []string{"several", "add"},
			"several:C3=add", "screened", "10"},
		"three": {nil, batches + "screened,east,5,\nscreened,east,5,\nscreened,east,4,\n",
			[]string{"several", "add"}, "several:C4=add", "screened", "14"},
		"until, added to the log": {before(3), until + "screened,east,5\nscreened,east,7\n", []string{"several", "add"},
			"several:C4=add", "screened", "12"},
		"more than the first": {before(6), until + "screened,east,5\nscreened,east,7\n", []string{"several", "add"},
			"several:C4=add", "screened", "12"},
		"other units are no matter": {nil, until + "screened,east,5\nscreened,west,7\n", nil, "", "screened", "5"},
		"other days are no matter": {nil, "指标,乡镇,期间,完成数\nscreened,east,1-2月,5\nscreened,east,1-3月,7\n", nil, "",
			"screened", "7"},
		"readings, open": {nil, until + "users,east,5\nusers,east,7\n", nil, "several:C4=", "users", ""},
		"readings, added up": {nil, until + "users,east,5\nusers,east,7\n", []string{"several", "add"},
			"several:C4=add", "users", "12"},
		"readings, the last": {nil, until + "users,east,5\nusers,east,7\n", []string{"several", "last"},
			"several:C4=last", "users", "7"},
		"villages, open": {nil, villages + "east,甲村,5\neast,乙村,7\n", nil, "part:B=", "screened", ""},
		"villages": {nil, villages + "east,甲村,5\neast,乙村,7\n", []string{"part", "count"}, "part:B=count",
			"screened", "12"},
		"villages, left": {nil, villages + "east,甲村,5\neast,乙村,7\n", []string{"part", "leave"}, "part:B=leave",
			"screened", ""},
		"the village first": {nil, "截至2026年3月底\n村,乡镇,screened\n甲村,east,5\n乙村,east,7\n", []string{"part", "count"},
			"part:A=count", "screened", "12"},
		"a village twice": {nil, villages + "east,甲村,5\neast,甲村,7\n", []string{"part", "count", "several", "add"},
			"part:B=count several:C4=add", "screened", "12"},
		"villages of a month": {nil, "2026年3月\n乡镇,村,指标,完成数\neast,甲村,screened,5\neast,乙村,screened,7\n",
			[]string{"part", "count"}, "part:B=count", "screened", "12"},
		"villages' readings": {nil, "2026年3月\n乡镇,村,指标,完成数\neast,甲村,users,5\neast,乙村,users,7\n",
			[]string{"part", "count"}, "part:B=count", "users", "12"},
		"villages by day": {nil, "日期,乡镇,村,指标,数量\n2026-03-02,east,甲村,screened,5\n2026-03-02,east,乙村,screened,5\n",
			[]string{"part", "count"}, "part:C=count", "screened", "10"},
		"villages, had, replaced": {func(b *bureau) { b.log("screened", "east", "2026-03-10", 20) },
			"2026年3月\n乡镇,村,指标,完成数\neast,甲村,screened,5\neast,乙村,screened,7\n", []string{"part", "count", "had",
				"replace"}, "part:B=count had:D4=replace", "screened", "12"},
		"a unit below another": {nil, "2026年3月\n指标,责任单位,乡镇,完成数\nscreened,county,east,5\n", nil, "", "screened", "5"},
		"units apart, open":    {nil, "2026年3月\n指标,责任单位,乡镇,完成数\nscreened,west,east,5\n", nil, "unit:B=", "screened", ""},
		"units apart, the second": {nil, "2026年3月\n指标,责任单位,乡镇,完成数\nscreened,west,east,5\n", []string{"unit", "C"}, "unit:B=C",
			"screened", "5"},
	} {
		t.Run(name, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				if c.before != nil {
					c.before(b)
				}
				r, err := b.imports(b.staff, c.table, answers(c.give...))
				b.must(err)
				if got := strings.Join(asked(r), " "); got != c.ask || len(r.Rejected) > 0 {
					t.Errorf("asked %s, want %s; refused %v", got, c.ask, reasons(r))
				}
				b.wantAchieved(c.indicator, "east", c.east)
				b.wantVerified()
			})
		})
	}
}

// What rows that were added up say is kept with their sum; a village that is not known among some that
// are is refused.
func TestWhatIsAddedUpSaysWhatItIsMadeOf(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		r, err := b.imports(b.staff, "指标,乡镇,完成数,备注\nscreened,east,5,第一批\nscreened,east,7,第二批\n", answers("several", "add"))
		b.must(err)
		if r.Entries != 1 || r.Plan[1].Note != "第一批；第二批" || !r.Plan[0].Same {
			t.Errorf("%d entries, note %q, first %v", r.Entries, r.Plan[1].Note, r.Plan[0].Same)
		}
		r, err = b.imports(b.staff, "2026年3月\n乡镇,村,指标,完成数,备注\nwest,甲村,screened,5,\nwest,乙村,screened,7,入户\n",
			answers("part", "count"))
		b.must(err)
		if r.Entries != 1 || r.Plan[1].Note != "甲村 5；乙村 7：入户" || len(r.Asks) == 0 ||
			r.Asks[0].Text.Key != "import_rows_joined" {
			t.Errorf("%d entries, note %q, said %v", r.Entries, r.Plan[1].Note, r.Asks)
		}
		r, err = b.imports(b.staff, "2026年3月\n地区,乡镇,指标,完成数\ncounty,东镇,screened,5\ncounty,west,screened,7\n",
			func(n *app.NewImport) { n.DryRun = true })
		b.must(err)
		if got := reasons(r); len(got) != 1 || got[0] != "B3 import_unit_unknown" {
			t.Errorf("refused %v", got)
		}
	})
}
