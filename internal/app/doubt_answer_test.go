package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// An entry of 9,000 was asked about and confirmed. Whoever corrects it is asked again only where there is
// something new to ask; reviewers see the mark on each.
func TestACorrectionIsNotAskedAboutWhatWasAnswered(t *testing.T) {
	const day = "2026-06-10"
	for name, c := range map[string]struct {
		before func(*bureau, kpi.Update) kpi.UpdateID // what happens, and the entry corrected then
		want   map[int64]string                       // what each correction is asked; "": nothing
	}{
		"at once":   {nil, map[int64]string{9_000: "", 8_000: "", 9_500: "entry_ask_target"}},
		"plausible": {nil, map[int64]string{90: ""}},
		"corrected before": {func(b *bureau, u kpi.Update) kpi.UpdateID {
			return b.lowers(u.ID, 8_000).ID
		}, map[int64]string{9_000: "", 7_000: "", 9_001: "entry_ask_target"}},
		"a correction that was returned": {func(b *bureau, u kpi.Update) kpi.UpdateID {
			b.setReview(kpi.ApprovedCount)
			made := b.lowers(u.ID, 8_000)
			b.review(b.account("boss", kpi.Reviewer, ""), kpi.ReviewReturn, "look again", made.ID)
			return made.ID
		}, map[int64]string{9_000: "", 9_001: "entry_ask_target"}},
		"withdrawn before it was approved": {func(b *bureau, u kpi.Update) kpi.UpdateID {
			b.setReview(kpi.ApprovedCount)
			made := b.lowers(u.ID, 8_000)
			_, err := b.app.WithdrawUpdate(ctx, b.staff, made.ID, "a slip", "", kpi.FromForm)
			b.must(err)
			return u.ID
		}, map[int64]string{8_500: ""}},
		"the target is revised upward": {func(b *bureau, u kpi.Update) kpi.UpdateID {
			b.mustTarget("screened", "county", 1_000)
			return u.ID
		}, map[int64]string{20_000: "", 9_000: ""}},
		"the units below report": {func(b *bureau, u kpi.Update) kpi.UpdateID {
			b.log("screened", "east", day, 400)
			return u.ID
		}, map[int64]string{9_000: "entry_ask_below"}},
		"by another person": {func(b *bureau, u kpi.Update) kpi.UpdateID {
			b.staff = b.account("colleague", kpi.Staff, "")
			return u.ID
		}, map[int64]string{9_000: "", 9_500: "entry_ask_target"}},
		"raised by a program": {func(b *bureau, u kpi.Update) kpi.UpdateID {
			n := entry("screened", "county", day, 9_900)
			n.Origin = kpi.FromAPI
			made, err := b.app.CorrectUpdate(ctx, b.staff, u.ID, n, "a slip")
			b.must(err)
			return made.ID
		}, map[int64]string{9_900: "entry_ask_target", 9_000: ""}},
	} {
		for n, want := range c.want {
			t.Run(name, func(t *testing.T) {
				eachBureau(t, func(b *bureau) {
					b.mustTarget("screened", "county", 100)
					u, err := b.app.LogUpdate(ctx, b.staff, form("screened", "county", day, 9_000, "9000"))
					b.must(err)
					at := u.ID
					if c.before != nil {
						at = c.before(b, u)
					}
					made, err := b.app.CorrectUpdate(ctx, b.staff, at, form("screened", "county", day, n, ""), "a slip")
					if got := doubted(b.T, err); got != want {
						b.Fatalf("%d is asked about as %q, want %q", n, got, want)
					}
					if want == "" {
						b.wantMark(made.ID, n > 150)
					}
					b.wantVerified()
				})
			})
		}
	}
}

func (b *bureau) wantMark(id kpi.UpdateID, want bool) {
	b.Helper()
	e, err := b.app.Entry(ctx, b.staff, id)
	b.must(err)
	if (e.Doubt != nil) != want {
		b.Errorf("entry %d is marked %v", id, e.Doubt)
	}
}

func (b *bureau) lowers(id kpi.UpdateID, n int64) kpi.Update {
	b.Helper()
	made, err := b.app.CorrectUpdate(ctx, b.staff, id, form("screened", "county", "2026-06-10", n, ""), "a slip")
	b.must(err)
	return made
}

// An entry that was withdrawn, or is split in two, is a new one: nobody has confirmed it.
func TestANewEntryIsAskedAboutAnew(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.mustTarget("screened", "county", 100)
		log := func(n int64, sure string) (kpi.Update, string) {
			u, err := b.app.LogUpdate(ctx, b.staff, form("screened", "county", "2026-06-10", n, sure))
			return u, doubted(b.T, err)
		}
		u, _ := log(9_000, "9000")
		b.lowers(u.ID, 5_000)
		if _, q := log(4_000, ""); q != "entry_ask_target" {
			b.Errorf("a part of what was split: %q", q)
		}
		w, _ := log(7_000, "7000")
		_, err := b.app.WithdrawUpdate(ctx, b.staff, w.ID, "twice", "", kpi.FromForm)
		b.must(err)
		if _, q := log(7_000, ""); q != "entry_ask_target" {
			b.Errorf("after a withdrawal: %q", q)
		}
	})
}

// A table imported once more with fewer people asks nothing; with more it does.
func TestASecondImportAsksAboutWhatIsWorse(t *testing.T) {
	for n, want := range map[string]int{"9000": 0, "8000": 0, "9500": 1} {
		t.Run(n, func(t *testing.T) {
			eachBureau(t, func(b *bureau) {
				b.mustTarget("screened", "county", 100)
				const table = "2026年5月月报\n指标,单位,本月完成\nscreened,east,"
				in, err := b.imports(b.staff, table+"9000\n", nil)
				b.must(err)
				if len(in.Asks) != 1 {
					b.Fatalf("the first import asks %v", in.Asks)
				}
				in, err = b.imports(b.staff, table+n+"\n", func(n *app.NewImport) {
					answers("had", "replace")(n)
					n.DryRun, n.Again = true, true
				})
				b.must(err)
				if len(in.Asks) != want {
					b.Errorf("%s in its place: %v", n, in.Asks)
				}
			})
		})
	}
}
