package app_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper/papertest"
	"dabiao/internal/report/evidence"
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
		_, err = b.app.MarkEvidence(ctx, b.east, first.ID)
		b.must(err)
		b.wantEvidence(app.EvidenceQuery{}, "1-1-1 b.pdf east withdrawn sensitive", "1-1-2 c.pdf west sensitive",
			"1-2-1 a.pdf west")
		b.wantVerified()
	})
}

// Marking is for whoever logs; opening a file to everybody again is a reviewer's, with a reason.
func TestWhoMarksEvidenceAndThatItIsNoted(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		west := b.attach(b.log("screened", "west", "2026-01-10", 1), "a.pdf", "1", false)
		reviewer, auditor := b.account("reviews", kpi.Reviewer, ""), b.account("looks", kpi.Auditor, "")
		_, err := b.app.MarkEvidence(ctx, b.east, west.ID)
		wantRefusal(b.T, err, kpi.Forbidden, "unit_not_yours")
		_, err = b.app.MarkEvidence(ctx, b.account("boss", kpi.Leader, ""), west.ID)
		wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_log")
		_, err = b.app.MarkEvidence(ctx, b.staff, 99)
		wantRefusal(b.T, err, kpi.NotFound, "evidence_not_found")
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
		for range 2 { // the second changes nothing
			_, err = b.app.MarkEvidence(ctx, b.staff, west.ID)
			b.must(err)
		}
		for _, actor := range []kpi.Actor{b.staff, b.east, auditor} {
			_, err = b.app.UnmarkEvidence(ctx, actor, west.ID, "a mistake")
			wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_review")
		}
		_, err = b.app.UnmarkEvidence(ctx, reviewer, west.ID, " ")
		wantRefusal(b.T, err, kpi.Invalid, "reason_missing")
		_, err = b.app.UnmarkEvidence(ctx, reviewer, west.ID, "no names in it")
		b.must(err)
		log, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 5)
		b.must(err)
		if log[0].Action != "evidence.unmark" || log[1].Action != "evidence.mark" || log[2].Action == "evidence.mark" ||
			!strings.Contains(log[0].Detail, "a.pdf") || !strings.Contains(log[0].Detail, "no names in it") {
			b.Errorf("noted: %+v", log[:3])
		}
		b.wantVerified()
	})
}

// One rule for every way out: whoever works with the unit's evidence opens a sensitive file, alone or in a pack, and
// sees its name; everybody else is told that there is one. What is opened is in the log.
func TestSensitiveFilesAreOpenedByThoseWhoWorkWithThem(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		u := b.log("screened", "east", "2026-01-10", 1)
		file := b.attach(u, "a.pdf", "1", true)
		for _, c := range []struct {
			actor kpi.Actor
			may   bool
		}{{b.staff, true}, {b.account("audit", kpi.Auditor, ""), true}, {b.east, true},
			{b.account("reviews", kpi.Reviewer, ""), true}, {b.account("boss", kpi.Leader, ""), false}} {
			const key = "role_may_not_open_sensitive"
			f, err := b.app.OpenEvidence(ctx, c.actor, file.ID, false)
			pack, packErr := b.app.EvidencePack(ctx, c.actor, app.EvidenceQuery{Year: 2026}, evidence.With{Sensitive: true})
			if c.may {
				b.must(err)
				f.Close()
				b.must(packErr)
			} else {
				wantRefusal(b.T, err, kpi.Forbidden, key)
				wantRefusal(b.T, packErr, kpi.Forbidden, key)
				_, err = b.app.OpenEvidence(ctx, c.actor, file.ID, true)
				wantRefusal(b.T, err, kpi.Forbidden, key)
				_, _, err = b.app.EvidencePreview(ctx, c.actor, file.ID)
				wantRefusal(b.T, err, kpi.Forbidden, key)
				pack, err = b.app.EvidencePack(ctx, c.actor, app.EvidenceQuery{Year: 2026}, evidence.With{})
				b.must(err)
			}
			if len(pack.Files) != 1 || pack.With.Sensitive != c.may || (pack.Files[0].Name != "") != c.may {
				b.Errorf("%s: %+v", c.actor.Name, pack)
			}
			entry, err := b.app.Entry(ctx, c.actor, u.ID)
			b.must(err)
			list, err := b.app.YearEvidence(ctx, c.actor, app.EvidenceQuery{Year: 2026})
			b.must(err)
			if (entry.Evidence[0].Name != "") != c.may || (list.Files[0].Name != "") != c.may {
				b.Errorf("%s is told the name: %q %q", c.actor.Name, entry.Evidence[0].Name, list.Files[0].Name)
			}
		}
		log, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "evidence.read"}, 0, 10)
		b.must(err)
		packs, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "evidence.pack"}, 0, 10)
		b.must(err)
		if len(log) != 4 || len(packs) != 5 || log[1].Actor != b.east.Name || !strings.Contains(log[0].Detail, "a.pdf") {
			b.Errorf("%d read, %d packed: %+v", len(log), len(packs), log)
		}
	})
}

// photo is a JPEG that says where it was taken, and the same without that.
const (
	photo     = "\xff\xd8\xff\xe0\x00\x07JFIF\x00\xff\xfe\x00\x12GPS 27.1N 110.6E\xff\xda\x00\x02picture\xff\xd9"
	photoBare = "\xff\xd8\xff\xe0\x00\x07JFIF\x00\xff\xda\x00\x02picture\xff\xd9"
)

// What a camera wrote beside a picture is not given out, unless somebody who may asks for the original.
func TestPicturesAreGivenOutWithoutWhereTheyWereTaken(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		boss := b.account("boss", kpi.Leader, "")
		attach := func(name, content string) kpi.Evidence {
			e, err := b.app.AttachEvidence(ctx, b.staff, b.log("screened", "east", "2026-01-10", 1).ID,
				app.NewEvidence{Name: name, Content: strings.NewReader(content)})
			b.must(err)
			return e
		}
		read := func(actor kpi.Actor, e kpi.Evidence, original bool) string {
			b.Helper()
			f, err := b.app.OpenEvidence(ctx, actor, e.ID, original)
			b.must(err)
			defer f.Close()
			content, err := io.ReadAll(f.Reader())
			b.must(err)
			return string(content)
		}
		e, broken := attach("a.jpg", photo), attach("b.jpg", "\xff\xd8\xff\xe1\x99\x99 cut off")
		for _, actor := range []kpi.Actor{b.staff, boss} {
			if have := read(actor, e, false); have != photoBare {
				b.Errorf("%s gets %q", actor.Name, have)
			}
		}
		if have := read(b.staff, e, true); have != photo {
			b.Errorf("the original is %q", have)
		}
		_, err := b.app.OpenEvidence(ctx, boss, e.ID, true)
		wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_open_sensitive")
		_, err = b.app.OpenEvidence(ctx, boss, broken.ID, false)
		wantRefusal(b.T, err, kpi.Conflict, "picture_damaged")
		if have := read(b.staff, broken, false); !strings.HasSuffix(have, "cut off") {
			b.Errorf("staff get %q", have)
		}
		log, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "evidence.original"}, 0, 10)
		b.must(err)
		if len(log) != 2 {
			b.Errorf("originals in the log: %+v", log)
		}
		for original, want := range map[bool][]string{false: {photoBare,
			"图片已损坏，未随附", "已去除拍摄信息"}, true: {photo, "cut off"}} {
			pack, err := b.app.EvidencePack(ctx, b.staff, app.EvidenceQuery{Year: 2026}, evidence.With{Originals: original})
			b.must(err)
			pack.Language = lang.For(lang.Chinese)
			var zip bytes.Buffer
			b.must(evidence.Write(&zip, pack))
			all := ""
			for _, content := range papertest.Unzip(b.T, zip.Bytes()) {
				all += content
			}
			for _, w := range want {
				if !strings.Contains(all, w) {
					b.Errorf("originals %v: the pack lacks %q", original, w)
				}
			}
			if strings.Contains(all, "GPS") != original {
				b.Errorf("originals %v: the pack says where the picture was taken: %v", original, !original)
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
