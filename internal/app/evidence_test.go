package app_test

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (b *bureau) attach(u kpi.Update, name, content string, sensitive bool) kpi.Evidence {
	b.Helper()
	e, err := b.app.AttachEvidence(ctx, b.staff, u.ID, app.NewEvidence{Name: name, Sensitive: sensitive,
		Content: strings.NewReader("%PDF-" + content)})
	b.must(err)
	return e
}

// evidence returns a year's files as "number name", with their marks.
func (b *bureau) evidence(q app.EvidenceQuery) (out []string) {
	b.Helper()
	q.Year = 2026
	list, err := b.app.YearEvidence(ctx, b.staff, q)
	b.must(err)
	for _, f := range list.Files {
		line := f.Number.String() + " " + f.Name + " " + f.Unit.Code
		if f.Withdrawn {
			line += " withdrawn"
		}
		if f.Sensitive {
			line += " sensitive"
		}
		out = append(out, line)
	}
	return out
}

func (b *bureau) wantEvidence(q app.EvidenceQuery, want ...string) {
	b.Helper()
	if have := b.evidence(q); strings.Join(have, "; ") != strings.Join(want, "; ") {
		b.Errorf("%+v: %q, want %q", q, have, want)
	}
}

func TestAYearsEvidenceIsNumberedAndItsNumbersStay(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		east, west := b.log("screened", "east", "2026-01-10", 1), b.log("users", "west", "2026-02-10", 2)
		b.attach(west, "a.pdf", "1", false)
		first := b.attach(east, "b.pdf", "2", false)
		again := b.log("screened", "west", "2026-03-10", 3)
		b.attach(again, "c.pdf", "3", true)
		b.wantEvidence(app.EvidenceQuery{}, "1-1-1 b.pdf east", "1-1-2 c.pdf west sensitive", "1-2-1 a.pdf west")
		b.wantEvidence(app.EvidenceQuery{Unit: "west"}, "1-1-2 c.pdf west sensitive", "1-2-1 a.pdf west")
		b.wantEvidence(app.EvidenceQuery{Indicator: "users"}, "1-2-1 a.pdf west")

		fixed, err := b.app.CorrectUpdate(ctx, b.staff, east.ID, entry("screened", "east", "2026-01-10", 5), "counted again")
		b.must(err)
		b.wantEvidence(app.EvidenceQuery{Unit: "east"}, "1-1-1 b.pdf east") // a corrected entry's file still counts
		_, err = b.app.WithdrawUpdate(ctx, b.staff, fixed.ID, "was another county's", "", kpi.FromForm)
		b.must(err)
		_, err = b.app.MarkEvidence(ctx, b.east, first.ID, true)
		b.must(err)
		b.wantEvidence(app.EvidenceQuery{}, "1-1-1 b.pdf east withdrawn sensitive", "1-1-2 c.pdf west sensitive",
			"1-2-1 a.pdf west")
		b.wantVerified()
	})
}

func TestWhoMarksEvidenceAndThatItIsNoted(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		west := b.attach(b.log("screened", "west", "2026-01-10", 1), "a.pdf", "1", false)
		_, err := b.app.MarkEvidence(ctx, b.east, west.ID, true)
		wantRefusal(b.T, err, kpi.Forbidden, "unit_not_yours")
		_, err = b.app.MarkEvidence(ctx, b.account("boss", kpi.Leader, ""), west.ID, true)
		wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_log")
		_, err = b.app.MarkEvidence(ctx, b.staff, 99, true)
		wantRefusal(b.T, err, kpi.NotFound, "evidence_not_found")
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
		for range 2 { // the second changes nothing
			_, err = b.app.MarkEvidence(ctx, b.staff, west.ID, true)
			b.must(err)
		}
		_, err = b.app.MarkEvidence(ctx, b.staff, west.ID, false)
		b.must(err)
		log, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 5)
		b.must(err)
		if log[0].Action != "evidence.unmark" || log[1].Action != "evidence.mark" || log[2].Action == "evidence.mark" ||
			!strings.Contains(log[0].Detail, "a.pdf") {
			b.Errorf("noted: %+v", log[:3])
		}
	})
}

func TestPacksWithSensitiveFilesNeedTheRight(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.attach(b.log("screened", "east", "2026-01-10", 1), "a.pdf", "1", true)
		for _, c := range []struct {
			actor kpi.Actor
			key   string
		}{{b.staff, ""}, {b.account("audit", kpi.Auditor, ""), ""}, {b.east, "role_may_not_pack_sensitive"},
			{b.account("boss", kpi.Leader, ""), "role_may_not_pack_sensitive"}} {
			pack, err := b.app.EvidencePack(ctx, c.actor, app.EvidenceQuery{Year: 2026}, true)
			if c.key != "" {
				wantRefusal(b.T, err, kpi.Forbidden, c.key)
				pack, err = b.app.EvidencePack(ctx, c.actor, app.EvidenceQuery{Year: 2026}, false)
			}
			b.must(err)
			if len(pack.Files) != 1 || pack.Sensitive != (c.key == "") {
				b.Errorf("%s: %+v", c.actor.Name, pack)
			}
		}
	})
}

// Identical bytes attached to another fact are pointed out to those who may read that fact.
func TestAFileThatIsElsewhereTooIsSaid(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		one, two, west := b.log("screened", "east", "2026-03-01", 1), b.log("users", "east", "2026-03-02",
			2), b.log("screened", "west", "2026-03-03", 3)
		attach := func(u kpi.Update, name, content string) kpi.Evidence { return b.attach(u, name, content, false) }
		first := attach(one, "a.pdf", "x")
		elsewhere := func(actor kpi.Actor, e kpi.Evidence) []kpi.UpdateID {
			t.Helper()
			m, err := b.app.EvidenceElsewhere(ctx, actor, []kpi.Evidence{e})
			b.must(err)
			return m[e.ID]
		}
		if got := elsewhere(b.staff, first); got != nil {
			t.Errorf("one file alone is elsewhere: %v", got)
		}
		if got := elsewhere(b.staff, attach(one, "b.pdf", "x")); got != nil {
			t.Errorf("twice at one entry is elsewhere: %v", got)
		}
		if got := elsewhere(b.staff, attach(two, "c.pdf", "other")); got != nil {
			t.Errorf("other bytes are elsewhere: %v", got)
		}
		second := attach(two, "c.pdf", "x")
		if got := elsewhere(b.staff, second); len(got) != 2 || got[0] != one.ID {
			t.Errorf("the same bytes: %v", got)
		}
		attach(west, "d.pdf", "x")
		if got := elsewhere(b.staff, first); !slices.Contains(got, west.ID) || !slices.Contains(got, two.ID) {
			t.Errorf("of two others: %v", got)
		}
		if got := elsewhere(b.east, first); slices.Contains(got, west.ID) || !slices.Contains(got, two.ID) {
			t.Errorf("a township is told of another's: %v", got)
		}
		fixed, err := b.app.CorrectUpdate(ctx, b.staff, west.ID,
			kpi.NewUpdate{Dated: "2026-03-03", Quantity: kpi.Exactly(kpi.Whole(4)), Origin: kpi.FromForm}, "错了")
		b.must(err)
		if got := elsewhere(b.staff, attach(fixed, "d.pdf", "x")); slices.Contains(got, west.ID) {
			t.Errorf("a correction's own fact is another: %v", got)
		}
		if m, err := b.app.EvidenceElsewhere(ctx, b.staff, nil); err != nil || len(m) != 0 {
			t.Errorf("of no files: %v %v", m, err)
		}
	})
}
