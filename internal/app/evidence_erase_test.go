package app_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper/papertest"
	"dabiao/internal/report/evidence"
)

// What was erased is gone from the disk, and its record still says that it was there; what others hold of the same
// content stays.
func TestErasedEvidenceLeavesItsRecord(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		admin := b.account("head", kpi.Admin, "")
		one, two := b.log("screened", "east", "2026-01-10", 1), b.log("users", "west", "2026-02-10", 2)
		file := b.attach(one, "a.pdf", "1", true)
		same := b.attach(two, "b.pdf", "1", false)
		for _, actor := range []kpi.Actor{b.staff, b.east, b.account("looks", kpi.Auditor, "")} {
			_, err := b.app.EraseEvidence(ctx, actor, file.ID, "not ours")
			wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_administer")
		}
		_, err := b.app.EraseEvidence(ctx, admin, file.ID, "")
		wantRefusal(b.T, err, kpi.Invalid, "reason_missing")
		_, err = b.app.EraseEvidence(ctx, admin, 99, "not ours")
		wantRefusal(b.T, err, kpi.NotFound, "evidence_not_found")

		gone, err := b.app.EraseEvidence(ctx, admin, file.ID, "a person's name")
		b.must(err)
		if !gone.Erased() || gone.SHA256 != file.SHA256 ||
			gone.ErasedBy != admin.Name || gone.ErasedWhy != "a person's name" {
			b.Errorf("what is left: %+v", gone)
		}
		_, err = b.app.OpenEvidence(ctx, b.staff, file.ID, true)
		wantRefusal(b.T, err, kpi.NotFound, "evidence_erased")
		f, err := b.app.OpenEvidence(ctx, b.staff, same.ID, false)
		b.must(err) // another entry's file of the same content
		f.Close()
		b.wantVerified()
		_, err = b.app.EraseEvidence(ctx, admin, same.ID, "not ours")
		b.must(err)
		_, err = b.app.EraseEvidence(ctx, admin, same.ID, "again") // changes nothing
		b.must(err)
		b.wantVerified()

		pack, err := b.app.EvidencePack(ctx, b.staff, app.EvidenceQuery{Year: 2026}, evidence.With{Sensitive: true})
		b.must(err)
		pack.Language = lang.For(lang.Chinese)
		var zip bytes.Buffer
		b.must(evidence.Write(&zip, pack))
		if page := papertest.Unzip(b.T, zip.Bytes())["index.html"]; strings.Count(page, "内容已销毁") != 2 {
			b.Errorf("the pack does not say it: %s", page)
		}
		log, err := b.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "evidence.erase"}, 0, 10)
		b.must(err)
		if len(log) != 2 || !strings.Contains(log[1].Detail, "a person's name") ||
			!strings.Contains(log[1].Detail, file.SHA256) {
			b.Errorf("noted: %+v", log)
		}
		again := b.attach(two, "b.pdf", "1", false) // handed in anew, it is there
		f, err = b.app.OpenEvidence(ctx, b.staff, again.ID, false)
		b.must(err)
		if content, err := io.ReadAll(f.Reader()); err != nil || string(content) != "%PDF-1" {
			b.Errorf("%q %v", content, err)
		}
		f.Close()
		b.wantVerified()
	})
}

// A closed year's files are erased when the office no longer keeps them: the sensitive ones, or all.
func TestAClosedYearsEvidenceIsErased(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		admin := b.account("head", kpi.Admin, "")
		u := b.log("screened", "east", "2026-01-10", 1)
		b.attach(u, "a.pdf", "1", true)
		b.attach(u, "b.pdf", "2", false)
		_, err := b.app.EraseYear(ctx, admin, 2026, true, "ten years")
		wantRefusal(b.T, err, kpi.Conflict, "erase_year_open")
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
		_, err = b.app.EraseYear(ctx, b.staff, 2026, true, "ten years")
		wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_administer")
		for i, c := range []struct {
			sensitive bool
			want      int
		}{{true, 1}, {true, 0}, {false, 1}} {
			if n, err := b.app.EraseYear(ctx, admin, 2026, c.sensitive, "ten years"); err != nil || n != c.want {
				b.Errorf("try %d erased %d: %v, want %d", i, n, err, c.want)
			}
		}
		b.wantAchieved("screened", "east", "1")
		b.wantVerified()
	})
}
