package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// What a form calls usual does not stretch to a number that was asked about, nor rest on two entries.
func TestWhatIsUsualLeavesOutWhatIsDoubted(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		habit := func() (kpi.Amount, bool) {
			v, err := b.app.Entering(ctx, b.east, app.EntryQuery{Year: 2026, Indicator: "screened"})
			b.must(err)
			return v.Habit.High, v.HasHabit
		}
		b.log("screened", "east", "2026-01-31", 10)
		b.log("screened", "east", "2026-02-28", 12)
		if high, ok := habit(); ok {
			b.Errorf("two entries make up to %s usual", high)
		}
		b.log("screened", "east", "2026-03-31", 14)
		b.log("screened", "east", "2026-04-30", 900)
		if high, ok := habit(); !ok || high != kpi.Whole(28) {
			b.Errorf("up to %s is usual (%v), want 28", high, ok)
		}
	})
}
