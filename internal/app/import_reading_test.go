package app_test

import (
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// A reading at a unit is held against the last readings of the units below it, from whatever month.
func TestAReadingAboveOthersIsNeverCountedTwice(t *testing.T) {
	march := func(b *bureau) {
		b.log("users", "east", "2026-03-10", 100)
		b.log("users", "west", "2026-03-10", 50)
	}
	april := func(b *bureau) { b.log("users", "east", "2026-04-10", 90) }
	const head = "指标,乡镇,累计完成数\n"
	for name, c := range map[string]struct {
		before  func(*bureau)
		table   string
		ask     string
		give    []string
		county  string
		refused string
	}{
		"what they come to": {march, "截至2026年4月8日\n" + head + "users,county,150\n", "", nil, "150", ""},
		"more, open":        {march, "2026年4月\n" + head + "users,county,160\n", "units:C3=", nil, "150", ""},
		"more, contains": {march, "2026年4月\n" + head + "users,county,160\n", "units:C3=replace",
			[]string{"units", "replace"}, "160", ""},
		"more, own": {march, "2026年4月\n" + head + "users,county,160\n", "units:C3=add",
			[]string{"units", "add"}, "310", ""},
		"more, left": {march, "2026年4月\n" + head + "users,county,160\n", "units:C3=leave",
			[]string{"units:C3", "leave"}, "150", ""},
		"less, contains": {march, "2026年4月\n" + head + "users,county,140\n", "units:C3=replace",
			[]string{"units", "replace"}, "150", "C3 import_below_units"},
		"less, own": {march, "2026年4月\n" + head + "users,county,10\n", "units:C3=add",
			[]string{"units", "add"}, "160", ""},
		"of the month they reported": {april, "截至2026年4月29日\n" + head + "users,county,90\n", "", nil, "90", ""},
		"another, of that month": {april, "截至2026年4月29日\n" + head + "users,county,95\n", "units:C3=replace",
			[]string{"units", "replace"}, "95", ""},
		"by a day": {april, "指标,乡镇,日期,累计完成数\nusers,county,2026-04-20,95\n", "units:D2=replace",
			[]string{"units", "replace"}, "95", ""},
		"before they reported": {april, "2026年3月\n" + head + "users,county,95\n", "", nil, "185", ""},
		"in one table": {nil, "乡镇,指标,3月,4月\neast,users,100,\nwest,users,50,\ncounty,users,,150\n", "", nil,
			"150", ""},
		"more, in one table": {nil, "乡镇,指标,3月,4月\neast,users,100,\nwest,users,50,\ncounty,users,,160\n", "", nil,
			"160", ""},
		"less, in one table": {nil, "乡镇,指标,3月,4月\neast,users,100,\nwest,users,50,\ncounty,users,,140\n", "", nil, "",
			"D4 import_below_units"},
		"first, in one table": {nil, "2026年3月\n" + head + "users,county,160\nusers,east,100\nusers,west,50\n", "",
			nil, "160", ""},
		"they were read before": {march, "2026年4月\n" + head + "users,county,180\nusers,east,120\nusers,west,60\n", "",
			nil, "180", ""},
		"one of them is new": {march, "2026年4月\n" + head + "users,county,180\nusers,east,120\n", "units:C3=replace",
			[]string{"units", "replace"}, "180", ""},
		"twice in one table": {nil, "乡镇,指标,3月,4月\neast,users,100,120\nwest,users,50,50\ncounty,users,150,175\n", "",
			nil, "175", ""},
		"beside its own of before": {func(b *bureau) { march(b); b.log("users", "county", "2026-03-31", 10) },
			"2026年4月\n" + head + "users,county,160\n", "", nil, "160", ""},
		"its own is less now": {func(b *bureau) { march(b); b.log("users", "county", "2026-03-31", 10) },
			"2026年4月\n" + head + "users,county,155\n", "units:C3=replace", []string{"units", "replace"}, "155", ""},
		"its own is gone": {func(b *bureau) { march(b); b.log("users", "county", "2026-03-31", 10) },
			"2026年4月\n" + head + "users,county,150\n", "units:C3=replace", []string{"units", "replace"}, "150", ""},
		"its own of that day": {func(b *bureau) { march(b); b.log("users", "county", "2026-03-31", 10) },
			"2026年3月\n" + head + "users,county,170\n", "units:C3=replace", []string{"units", "replace"}, "170", ""},
		"its own of that day, again": {func(b *bureau) { march(b); b.log("users", "county", "2026-03-31", 10) },
			"2026年3月\n" + head + "users,county,160\n", "", nil, "160", ""},
		"its own of that day, as own": {func(b *bureau) { march(b); b.log("users", "county", "2026-03-31", 10) },
			"2026年3月\n" + head + "users,county,12\n", "units:C3=add", []string{"units", "add"}, "162", ""},
		"the same table again": {func(b *bureau) { b.took("2026年3月\n"+head+"users,county,160\nusers,east,100\nusers,west,50\n", nil) },
			"2026年3月\n" + head + "users,county,160\nusers,east,100\nusers,west,50\n", "", nil, "160", ""},
		"corrected in a later table": {func(b *bureau) { b.took("2026年3月\n"+head+"users,county,160\nusers,east,100\nusers,west,50\n", nil) },
			"2026年3月\n" + head + "users,county,170\nusers,east,105\nusers,west,50\n", "units:C3=replace had:C4=replace",
			[]string{"units", "replace", "had", "replace"}, "170", ""},
		"approximate": {march, "2026年4月\n" + head + "users,county,200余\n", "units:C3=replace", []string{"units", "replace"},
			"200", ""},
	} {
		t.Run(name, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				if c.before != nil {
					c.before(b)
				}
				r, err := b.imports(b.staff, c.table, func(n *app.NewImport) { answers(c.give...)(n); n.Again = true })
				b.must(err)
				if got := strings.Join(asked(r), " "); got != c.ask {
					t.Errorf("asked %s, want %s", got, c.ask)
				}
				if got := strings.Join(reasons(r), " "); got != c.refused {
					t.Errorf("refused %s, want %s", got, c.refused)
				}
				b.wantAchieved("users", "county", c.county)
				b.wantVerified()
			})
		})
	}
}

// Rates and other readings that are not added over units have nothing below them.
func TestAReadingThatIsNotAddedIsNotHeldAgainstUnits(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.rateOf("mean", kpi.MeanOf)
		b.log("mean", "east", "2026-04-10", 80)
		for _, value := range []string{"5", "90", "80"} {
			_, err := b.imports(b.staff, "截至2026年4月29日\n指标,单位,已完成数\nmean,county,"+value+"\nmean,,"+value+"\n",
				func(n *app.NewImport) { n.DryRun = true })
			b.must(err)
		}
	})
}

// Rows of a locked month are no mistakes where nothing of them would be logged.
func TestRowsOfALockedMonthThatAreThereAreNoMistakes(t *testing.T) {
	before := func(b *bureau) {
		b.log("screened", "east", "2026-02-10", 7)
		b.log("screened", "east", "2026-03-10", 3)
		b.log("users", "east", "2026-02-28", 40)
		b.log("users", "west", "2026-02-28", 50)
		b.lock(2)
	}
	for name, c := range map[string]struct {
		table, refused, county string
	}{
		"the same month":         {"2026年2月\n指标,乡镇,本月完成\nscreened,east,7\n", "", "10"},
		"another number":         {"2026年2月\n指标,乡镇,本月完成\nscreened,east,8\n", "C3 month_locked", "10"},
		"what is not there":      {"2026年2月\n指标,乡镇,本月完成\nscreened,west,8\n", "C3 month_locked", "10"},
		"nothing, and not there": {"2026年2月\n指标,乡镇,本月完成\nscreened,west,0\n", "C3 month_locked", "10"},
		"the county's":           {"2026年2月\n指标,乡镇,本月完成\nscreened,county,7\n", "", "10"},
		"months side by side":    {"指标,乡镇,2月,4月\nscreened,east,7,5\n", "", "15"},
		"and one differs":        {"指标,乡镇,2月,4月\nscreened,east,9,5\n", "C2 month_locked", "10"},
		"a sum so far":           {"2026年1-2月\n指标,乡镇,累计完成\nscreened,east,7\n", "", "10"},
		"another sum so far":     {"2026年1-2月\n指标,乡镇,累计完成\nscreened,east,9\n", "C3 month_locked", "10"},
		"a reading":              {"2026年2月\n指标,乡镇,累计完成\nusers,east,40\n", "", "10"},
		"the readings of all":    {"2026年2月\n指标,乡镇,累计完成\nusers,county,90\n", "", "10"},
		"another reading":        {"2026年2月\n指标,乡镇,累计完成\nusers,east,41\n", "C3 month_locked", "10"},
	} {
		t.Run(name, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				before(b)
				r, err := b.imports(b.staff, c.table, nil)
				b.must(err)
				if got := strings.Join(reasons(r), " "); got != c.refused || len(r.Questions) != 0 {
					t.Errorf("refused %q, want %q; asked %v", got, c.refused, asked(r))
				}
				b.wantAchieved("screened", "county", c.county)
				b.wantVerified()
			})
		})
	}
}

// Money is taken to the 分, in whatever measure it is written and however few decimals are shown; what does not fit
// says what it came to and what to do.
func TestMoneyIsTakenToTheFen(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "funds", Kind: kpi.Money, Measure: "万元", Decimals: 2}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "grants", Kind: kpi.Money, Measure: "元"}})
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "acres", Kind: kpi.Flow, Measure: "亩"}})
		for table, want := range map[string]string{
			"2026年3月\n指标,乡镇,本月完成\nfunds,east,12345.67元\n":       "",
			"2026年3月\n指标,乡镇,本月完成\nfunds,east,71.19千元\n":         "",
			"2026年3月 单位：元\n指标,乡镇,本月完成\nfunds,east,12345.67\n":   "",
			"2026年3月\n指标,乡镇,本月完成\nfunds,east,1.234\n":           "",
			"2026年3月\n指标,乡镇,本月完成\nfunds,east,12345.678元\n":      "import_below_fen[12345.678元]",
			"2026年3月\n指标,乡镇,本月完成\nfunds,east,1.2345678\n":       "import_below_fen[1.2345678]",
			"2026年3月 单位：元\n指标,乡镇,本月完成\nfunds,east,0.005\n":      "import_below_fen[0.005]",
			"2026年3月\n指标,乡镇,本月完成\ngrants,east,12.34\n":          "",
			"2026年3月\n指标,乡镇,本月完成\ngrants,east,12.345\n":         "number_decimals[2 元]",
			"2026年3月\n指标,乡镇,本月完成\ngrants,east,1.234567万元\n":     "",
			"2026年3月\n指标,乡镇,本月完成\nacres,east,1公顷\n":             "",
			"2026年3月\n指标,乡镇,本月完成\nacres,east,1000平方米\n":         "import_converted_decimals[1000平方米 1.5 亩 0]",
			"2026年3月\n指标,乡镇,本月完成\nfunds,east,12300元\n":          "",
			"2026年3月 单位：元\n指标,乡镇,本月完成\nfunds,east,1000000.00\n": "",
		} {
			r, err := b.imports(b.staff, table, func(n *app.NewImport) { n.DryRun = true })
			b.must(err)
			got := ""
			for _, m := range r.Rejected {
				got += m.Text.String()
			}
			if got != want {
				t.Errorf("%q: %s, want %s", table, got, want)
			}
		}
		b.took("2026年3月\n指标,乡镇,本月完成\nfunds,east,12345.67元\nfunds,west,1.2元\n", nil)
		b.wantAchieved("funds", "county", "1.234687")
		r, err := b.imports(b.staff, "2026年3月 单位：元\n指标,乡镇,累计完成\nfunds,east,12345.67\nfunds,west,1.20\n", nil)
		if b.must(err); !r.Stored || r.Entries != 0 {
			t.Errorf("the same in another measure adds nothing: %+v", r.Plan)
		}
		b.wantVerified()
	})
}
