package app_test

import (
	"testing"

	"dabiao/internal/kpi"
)

// An entry that repeats an existing one is queried once; anything else passes.
func TestTheSameEntryAgainIsAskedAbout(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		first := entry("screened", "east", "2026-03-10", 7)
		first.Note = "广场"
		u, err := b.app.LogUpdate(ctx, b.staff, first)
		b.must(err)
		for name, c := range map[string]struct {
			change func(*kpi.NewUpdate)
			same   bool
		}{
			"the same":          {func(*kpi.NewUpdate) {}, true},
			"another day":       {func(n *kpi.NewUpdate) { n.Dated = "2026-03-11" }, false},
			"another note":      {func(n *kpi.NewUpdate) { n.Note = "学校" }, false},
			"no note":           {func(n *kpi.NewUpdate) { n.Note = "" }, false},
			"another number":    {func(n *kpi.NewUpdate) { n.Quantity = kpi.Exactly(kpi.Whole(8)) }, false},
			"another precision": {func(n *kpi.NewUpdate) { n.Quantity.Precision = kpi.AtLeast }, false},
			"written otherwise": {func(n *kpi.NewUpdate) { n.Quantity.Wording = "7人" }, true},
			"through the API":   {func(n *kpi.NewUpdate) { n.Origin = kpi.FromAPI }, true},
		} {
			n := first
			c.change(&n)
			question, ask, err := b.app.DoubtOf(ctx, b.staff, n, 0)
			b.must(err)
			if is := ask && question.Key == "entry_ask_same"; is != c.same {
				t.Errorf("%s: asked %v %v", name, question, ask)
			}
		}
		other, err := b.app.LogUpdate(ctx, b.staff, first)
		b.must(err)
		if same, ok, err := b.app.SameEntry(ctx, other); err != nil || !ok || same.ID != u.ID {
			t.Errorf("logged again: %v %v %v", same.ID, ok, err)
		}
		_, err = b.app.WithdrawUpdate(ctx, b.staff, u.ID, "重复", "", kpi.FromForm)
		b.must(err)
		if _, ok, err := b.app.SameEntry(ctx, other); err != nil || ok {
			t.Errorf("what was withdrawn is still the same: %v", err)
		}
		if _, ok, err := b.app.SameEntry(ctx, b.log("screened", "west", "2026-03-10", 7)); err != nil || ok {
			t.Errorf("another unit's is the same: %v", err)
		}
	})
}
