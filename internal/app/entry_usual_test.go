package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (b *bureau) logAs(by kpi.Actor, code string, day kpi.Date) {
	b.Helper()
	n := entry(code, "", day, 1)
	n.Origin = kpi.FromImport
	_, err := b.app.LogUpdate(ctx, by, n)
	b.must(err)
}

// A form begins with what its unit reports itself: never with what comes from the units below, where the
// first number would always be asked about.
func TestAFormBeginsWithWhatTheUnitReports(t *testing.T) {
	own := func(b *bureau, codes ...string) { b.must(b.app.SetOwned(ctx, b.staff, 2026, codes)) }
	form := func(b *bureau, by kpi.Actor, code, unit string, n int64) kpi.Update {
		u := entry(code, unit, "2026-06-10", n)
		u.Origin = kpi.FromForm
		made, err := b.app.LogUpdate(ctx, by, u)
		b.must(err)
		return made
	}
	for name, c := range map[string]struct {
		before     func(*bureau)
		unit, want string
	}{
		"nothing":           {func(*bureau) {}, "county", ""},
		"one's own, unused": {func(b *bureau) { own(b, "disputes") }, "county", "disputes"},
		"last used": {func(b *bureau) {
			own(b, "disputes")
			form(b, b.staff, "settled", "county", 3)
		}, "county", "settled"},
		"last used at a township": {func(b *bureau) { form(b, b.staff, "screened", "east", 3) },
			"east", "screened"},
		"last used, and the townships report it, too": {func(b *bureau) {
			own(b, "disputes", "screened")
			form(b, b.staff, "screened", "county", 3)
			form(b, b.east, "screened", "east", 20)
		}, "county", "screened"},
		"what townships report": {func(b *bureau) {
			own(b, "screened", "disputes")
			form(b, b.east, "screened", "east", 20)
		}, "county", "disputes"},
		"nothing but what townships report": {func(b *bureau) {
			own(b, "screened")
			form(b, b.east, "screened", "east", 20)
		}, "county", ""},
		"withdrawn since": {func(b *bureau) {
			own(b, "disputes")
			u := form(b, b.staff, "screened", "county", 3)
			form(b, b.east, "screened", "east", 20)
			_, err := b.app.WithdrawUpdate(ctx, b.staff, u.ID, "theirs", "", kpi.FromForm)
			b.must(err)
		}, "county", "disputes"},
		"what is late comes first": {func(b *bureau) {
			b.inJanuary(func() { own(b, "screened", "disputes") })
			for m := 1; m < 6; m++ {
				b.logAs(b.east, "screened", kpi.Period{Year: 2026, Month: m}.End())
				b.logAs(b.staff, "screened", kpi.Period{Year: 2026, Month: m}.End())
			}
		}, "county", "disputes"},
		"a rate is logged by its parts": {func(b *bureau) { own(b, "settled") }, "county", "settled"},
	} {
		t.Run(name, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				c.before(b)
				v, err := b.app.Entering(ctx, b.staff, app.EntryQuery{Year: 2026})
				b.must(err)
				if v.Indicator.Code != c.want || v.Unit.Code != c.unit {
					b.Errorf("%q at %q, want %q at %q", v.Indicator.Code, v.Unit.Code, c.want, c.unit)
				}
			})
		})
	}
	t.Run("a reporter's unit", func(t *testing.T) {
		eachBureau(t, func(b *bureau) {
			b.mustTarget("disputes", "east", 10)
			v, err := b.app.Entering(ctx, b.east, app.EntryQuery{Year: 2026})
			b.must(err)
			if v.Indicator.Code != "disputes" || v.Unit.Code != "east" {
				b.Errorf("%q at %q", v.Indicator.Code, v.Unit.Code)
			}
		})
	})
}
