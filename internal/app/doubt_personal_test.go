package app_test

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// Whoever writes a number by which somebody could be found into a note is asked, together with what else there is to
// ask; confirmed, it is saved with a mark that does not repeat the number. Programs are told and not refused.
func TestANoteThatSaysWhoSomebodyIsIsAskedAbout(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.mustTarget("screened", "county", 100)
		const day, phone = "2026-06-10", "13812345678"
		n := form("screened", "county", day, 20, "")
		n.Note = "请联系 " + phone
		_, err := b.app.LogUpdate(ctx, b.staff, n)
		if q := doubted(b.T, err); q != "entry_ask_personal" {
			b.Errorf("a phone number is asked about as %q", q)
		}
		b.wantAchieved("screened", "county", "")
		n.Sure = "20"
		u, err := b.app.LogUpdate(ctx, b.staff, n)
		b.must(err)
		marked, err := b.app.Entry(ctx, b.staff, u.ID)
		b.must(err)
		if marked.Doubt == nil || marked.Doubt.Key != "entry_ask_personal" {
			b.Fatalf("it is kept with %+v", marked.Doubt)
		}
		for _, arg := range marked.Doubt.Args {
			if text, ok := arg.(string); ok && strings.Contains(text, phone) {
				b.Errorf("the mark repeats the number: %v", marked.Doubt)
			}
		}

		both := form("screened", "county", "2026-06-11", 9_000, "")
		both.Note = "李某，11010519491231002X"
		_, err = b.app.LogUpdate(ctx, b.staff, both)
		if q := doubted(b.T, err); q != "entry_ask_both" {
			b.Errorf("9,000 of 100 and an identity number are asked about as %q", q)
		}
		both.Sure = "9000"
		u, err = b.app.LogUpdate(ctx, b.staff, both)
		b.must(err)
		again := both
		again.Quantity, again.Sure = kpi.Exactly(kpi.Whole(8_000)), ""
		if _, err = b.app.CorrectUpdate(ctx, b.staff, u.ID, again, "a slip"); doubted(b.T, err) != "" {
			b.Error("a correction is asked what was answered")
		}

		program := entry("users", "east", day, 3)
		program.Origin, program.Note = kpi.FromAPI, "姓名：王小红"
		e, err := b.app.EnterUpdate(ctx, b.staff, program)
		b.must(err)
		if e.Doubt == nil || e.Doubt.Key != "entry_ask_personal" {
			b.Errorf("a program is told %+v", e.Doubt)
		}
		plain := form("users", "east", "2026-06-12", 4, "")
		plain.Note = "姓名：王某某"
		_, err = b.app.LogUpdate(ctx, b.staff, plain)
		b.must(err)
	})
}
