package app_test

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
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

// What was done to many things at once is found by each unit that one of them is of, or that is above it, and by no
// other: a table read in, a grid, a review of several, units moved in one act, files given out of a unit.
func TestActsOverManyUnitsAreFoundByEach(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "north", Name: "north", Parent: "county"})
		b.must(err)
		_, err = b.app.SetReview(ctx, kpi.Operator, kpi.SubmittedCount)
		b.must(err)
		auditor := kpi.Actor{Name: "a", Role: kpi.Auditor}
		of := func(unit, action string) (n int) {
			entries, err := b.app.Audit(ctx, auditor, kpi.AuditFilter{Unit: unit, Action: action}, 0, 100)
			b.must(err)
			return len(entries)
		}
		want := func(action string, east, west, north, county int) {
			b.Helper()
			for unit, want := range map[string]int{"east": east, "west": west, "north": north, "county": county} {
				if got := of(unit, action); got != want {
					b.Errorf("%s: %d of %s, want %d", action, got, unit, want)
				}
			}
		}
		entries := []kpi.NewUpdate{entry("screened", "east", "2026-03-01", 1), entry("screened", "west", "2026-03-01", 2),
			entry("users", "west", "2026-03-01", 3)}
		_, err = b.app.LogUpdates(ctx, b.staff, "many", entries)
		b.must(err)
		want("update.load", 1, 1, 0, 1)
		_, err = b.app.LogUpdates(ctx, b.staff, "two of one", []kpi.NewUpdate{entry("screened", "east", "2026-04-01", 1),
			entry("users", "east", "2026-04-01", 2)})
		b.must(err)
		want("update.load", 2, 1, 0, 2)
		head := b.account("head", kpi.Reviewer, "")
		_, err = b.app.Review(ctx, head, app.NewReview{Updates: []kpi.UpdateID{1, 2, 3}, Act: kpi.ReviewApprove})
		b.must(err)
		want("review.approve", 1, 1, 0, 1)
		for _, unit := range []string{"west", "", "county"} {
			b.must(b.app.Given(ctx, b.staff, "log.download", "year 2026", map[string]any{"unit": unit}))
		}
		want("log.download", 0, 1, 0, 2)
		b.wantVerified()
	})
}

// Whoever hides an act from the log's unit filter in the database, or has it found by a unit that it was not about, is
// told by verify: the entry says itself by which units it is found.
func TestVerifyNamesWhatTheUnitFilterIsNotGiven(t *testing.T) {
	storetest.EachBehind(t, func(t *testing.T, db *store.DB, behind func(string, ...any)) {
		b := newBureau(t, db)
		_, err := b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: "north", Name: "north", Parent: "county"})
		b.must(err)
		_, err = b.app.LogUpdates(ctx, b.staff, "book.xlsx", []kpi.NewUpdate{entry("disputes", "east", "2026-03-01", 1),
			entry("disputes", "west", "2026-03-02", 2)})
		b.must(err)
		b.log("screened", "east", "2026-03-01", 7)
		b.wantVerified()
		const loaded = `(SELECT MAX(id) FROM audit WHERE action = 'update.load')`
		of := func(code string) string { return `(SELECT id FROM units WHERE code = '` + code + `')` }
		move := func(from, to string) string {
			return `UPDATE audit_units SET unit_id = ` + of(to) + ` WHERE unit_id = ` + of(from) + ` AND audit_id = ` + loaded
		}
		for _, c := range []struct {
			what, change, undo string
			want               []string
		}{
			{"an act that is hidden", `DELETE FROM audit_units WHERE unit_id = ` + of("west") + ` AND audit_id = ` + loaded,
				`INSERT INTO audit_units (unit_id, audit_id) SELECT ` + of("west") + `, ` + loaded,
				[]string{"asked by unit", "it is not found by unit west west"}},
			{"one that is hidden from all", `DELETE FROM audit_units WHERE audit_id = ` + loaded,
				`INSERT INTO audit_units (unit_id, audit_id) SELECT id, ` + loaded + ` FROM units WHERE code IN ('east', 'west')`,
				[]string{"it is not found by unit", "and 1 more"}},
			{"an act that is given to another", `INSERT INTO audit_units (unit_id, audit_id) SELECT ` + of("north") + `, ` + loaded,
				`DELETE FROM audit_units WHERE unit_id = ` + of("north") + ` AND audit_id = ` + loaded,
				[]string{"it is found by unit north north"}},
			{"one that is moved", move("east", "north"), move("north", "east"),
				[]string{"it is not found by unit east east, and found by unit north north"}},
			{"an act about one thing that is given to another", `INSERT INTO audit_units (unit_id, audit_id) SELECT ` +
				of("north") + `, MAX(id) FROM audit`, `DELETE FROM audit_units WHERE audit_id = (SELECT MAX(id) FROM audit)`,
				[]string{"it is found by unit north north"}},
			{"an entry that there is not", `INSERT INTO audit_units (unit_id, audit_id) VALUES (1, 4611686018427387904)`,
				`DELETE FROM audit_units WHERE audit_id = 4611686018427387904`, []string{"audit entry 4611686018427387904: asked by unit"}},
		} {
			behind(c.change)
			differences, err := b.app.Verify(ctx)
			b.must(err)
			if len(differences) != 1 || !inOneLine(differences, c.want) {
				t.Errorf("%s: verify says\n%s\nwant a line with %q", c.what, strings.Join(differences, "\n"), c.want)
			}
			behind(c.undo)
			b.wantVerified()
		}
	})
}
