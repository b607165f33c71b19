package app_test

import (
	"strings"
	"testing"
)

// A unit's first reading is held against one that a unit above it reported before: whether it was in there is asked.
func TestAReadingBelowOthersIsNeverCountedTwice(t *testing.T) {
	county := func(b *bureau) { b.log("users", "county", "2026-03-10", 160) }
	const head = "指标,乡镇,累计完成数\n"
	const both = head + "users,east,100\nusers,west,50\n"
	for name, c := range map[string]struct {
		before  func(*bureau)
		table   string
		ask     string
		give    []string
		march   string // of the county, by the end of that month
		county  string
		refused string
	}{
		"open": {county, "2026年4月\n" + both, "above:C3= above:C4=", nil, "160", "160", ""},
		"in there": {county, "2026年4月\n" + both, "above:C3=replace above:C4=replace",
			[]string{"above", "replace"}, "160", "160", ""},
		"one in there, one not": {county, "2026年4月\n" + both, "above:C3=replace above:C4=add",
			[]string{"above:C3", "replace", "above:C4", "add"}, "160", "210", ""},
		"its own": {county, "2026年4月\n" + both, "above:C3=add above:C4=add", []string{"above", "add"}, "160",
			"310", ""},
		"left": {county, "2026年4月\n" + both, "above:C3=leave above:C4=leave", []string{"above", "leave"},
			"160", "160", ""},
		"of the same day": {county, "指标,乡镇,日期,数值\nusers,east,2026-03-10,100\n", "above:D2=replace",
			[]string{"above", "replace"}, "160", "160", ""},
		"of a day before": {county, "指标,乡镇,日期,数值\nusers,east,2026-02-10,100\n", "above:D2=replace",
			[]string{"above", "replace"}, "160", "160", ""},
		"of two days": {county, "指标,乡镇,日期,数值\nusers,east,2026-04-08,100\nusers,west,2026-04-09,50\n",
			"above:D2=replace above:D3=replace", []string{"above", "replace"}, "160", "160", ""},
		"read above twice": {func(b *bureau) { county(b); b.log("users", "county", "2026-04-02", 170) },
			"指标,乡镇,日期,数值\nusers,east,2026-03-31,100\n", "above:D2=replace", []string{"above", "replace"}, "160", "170", ""},
		"more than there was": {county, "2026年4月\n" + head + "users,east,100\nusers,west,80\n",
			"above:C3=replace above:C4=replace", []string{"above", "replace"}, "160", "160", "C4 import_above_less"},
		"all of it": {county, "2026年4月\n" + head + "users,east,100\nusers,west,60\n",
			"above:C3=replace above:C4=replace", []string{"above", "replace"}, "160", "160", ""},
		"nothing above": {nil, "2026年4月\n" + both, "", nil, "", "150", ""},
		"another indicator above": {func(b *bureau) { b.log("screened", "county", "2026-03-10", 160) }, "2026年4月\n" + both,
			"", nil, "", "150", ""},
		"not its first": {func(b *bureau) { b.log("users", "east", "2026-02-10", 90); county(b) },
			"2026年4月\n" + head + "users,east,100\n", "", nil, "250", "260", ""},
		"the county in the table": {county, "2026年4月\n" + head + "users,county,170\nusers,east,100\nusers,west,50\n", "", nil,
			"160", "170", ""},
		"what adds up": {func(b *bureau) { b.log("screened", "county", "2026-03-10", 160) },
			"2026年4月\n指标,乡镇,本月完成\nscreened,east,5\n", "", nil, "", "", ""},
		"once settled": {func(b *bureau) { county(b); b.took("2026年3月\n"+both, answers("above", "replace")) },
			"2026年4月\n" + head + "users,east,105\nusers,west,55\n", "", nil, "160", "170", ""},
	} {
		t.Run(name, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				if c.before != nil {
					c.before(b)
				}
				r, err := b.imports(b.staff, c.table, answers(c.give...))
				b.must(err)
				if got := strings.Join(asked(r), " "); got != c.ask {
					t.Errorf("asked %s, want %s", got, c.ask)
				}
				if got := strings.Join(reasons(r), " "); got != c.refused {
					t.Errorf("refused %s, want %s", got, c.refused)
				}
				b.wantAchieved("users", "county", c.county)
				b.wantAchievedBy("2026-03", "users", "county", c.march)
				b.wantVerified()
			})
		})
	}
}

// A township cannot change the county's reading: what it may say is that the two are apart, or leave its own out.
func TestATownshipIsNotOfferedTheCountysReading(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("users", "county", "2026-03-10", 160)
		r, err := b.imports(b.east, "2026年4月\n指标,累计完成数\nusers,100\n", nil)
		b.must(err)
		if len(r.Questions) != 1 || len(r.Questions[0].Options) != 2 || r.Questions[0].Options[0].Value != "add" {
			t.Errorf("%+v", r.Questions)
		}
	})
}
