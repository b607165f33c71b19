package app_test

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// What is about a unit is found with what is about those below it: entries, their corrections and evidence, targets,
// questions, accounts, the unit itself; nothing of the unit beside it.
func TestTheAuditLogIsNarrowedToAUnit(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		east, west := b.log("screened", "east", "2026-03-01", 7), b.log("screened", "west", "2026-03-01", 8)
		for unit, u := range map[string]kpi.Update{"east": east, "west": west} {
			_, err := b.app.AttachEvidence(ctx, b.staff, u.ID, app.NewEvidence{Name: "a.pdf",
				Content: strings.NewReader("%PDF-1.4 " + unit)})
			b.must(err)
			_, err = b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Unit: unit,
				Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(10)}})
			b.must(err)
		}
		b.account("of-west", kpi.Reporter, "west")
		auditor := kpi.Actor{Name: "a", Role: kpi.Auditor}
		of := func(unit string) (acts []string) {
			entries, err := b.app.Audit(ctx, auditor, kpi.AuditFilter{Unit: unit}, 0, 100)
			b.must(err)
			for _, e := range entries {
				acts = append(acts, e.Action)
			}
			slices.Sort(acts)
			return acts
		}
		if got := of("west"); !slices.Equal(slices.Compact(got), []string{"account.add", "evidence.add", "target.set",
			"unit.create", "update.log"}) {
			t.Errorf("of the west: %v", got)
		}
		if all, east, west := of("county"), of("east"), of("west"); len(all) < len(east)+len(west) {
			t.Errorf("of the county %d entries, of the townships %d and %d", len(all), len(east), len(west))
		}
		_, err := b.app.Audit(ctx, auditor, kpi.AuditFilter{Unit: "nowhere"}, 0, 1)
		wantRefusal(t, err, kpi.Invalid)
		book, err := b.app.AuditBook(ctx, auditor, kpi.AuditFilter{Unit: "west"})
		b.must(err)
		n := 0
		b.must(book.Each(func(kpi.AuditEntry) error { n++; return nil }))
		if n != len(of("west")) {
			t.Errorf("%d entries in the file, %d on the page", n, len(of("west")))
		}
	})
}
