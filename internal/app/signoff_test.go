package app_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

func (b *bureau) signing() app.SigningView {
	b.Helper()
	v, err := b.app.Signing(ctx, b.staff, 2026, "zh-CN")
	b.must(err)
	return v
}

func (b *bureau) checkReport(actor kpi.Actor, note string) {
	b.Helper()
	_, err := b.app.CheckReport(ctx, actor, 2026, note)
	b.must(err)
}

// paper returns a signed version as a Word file.
func (b *bureau) paper(number int) []byte {
	b.Helper()
	v, err := b.app.Signed(ctx, b.staff, 2026, number, 0, "zh-CN")
	b.must(err)
	w, err := report.WriterOf("docx", report.WholeReport)
	b.must(err)
	v.Input.Language = lang.For(lang.Chinese)
	var file bytes.Buffer
	b.must(w.To(&file, v.Input, report.WholeReport))
	return file.Bytes()
}

func TestAReportIsCheckedSignedAndStays(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		leader := b.account("leader", kpi.Leader, "")
		b.log("screened", "east", "2026-03-01", 7)
		b.must(b.app.SetReportText(ctx, b.staff, 2026, report.Problems, "zh-CN", "筛查⟦screened⟧。"))
		if v := b.signing(); v.State != app.ReportDraft || v.Check != nil || v.MaySign || !v.MayCheck {
			t.Errorf("at first: %+v", v.State)
		}
		_, err := b.app.SignReport(ctx, b.staff, 2026, app.NewSigning{})
		wantRefusal(t, err, kpi.Forbidden, "role_may_not_sign")
		_, err = b.app.SignReport(ctx, leader, 2026, app.NewSigning{})
		wantRefusal(t, err, kpi.Conflict, "report_not_checked")

		b.checkReport(b.staff, "看过")
		if v := b.signing(); v.State != app.ReportChecked || !v.Fresh || v.Check.Note != "看过" {
			t.Errorf("checked: %+v %+v", v.State, v.Check)
		}
		b.log("screened", "west", "2026-03-02", 1) // a change after the check
		if v := b.signing(); v.State != app.ReportDraft || v.Fresh {
			t.Errorf("changed after the check: %+v", v.State)
		}
		_, err = b.app.SignReport(ctx, leader, 2026, app.NewSigning{})
		wantRefusal(t, err, kpi.Conflict, "report_not_checked")
		b.checkReport(b.staff, "")
		first, err := b.app.SignReport(ctx, leader, 2026, app.NewSigning{})
		b.must(err)
		if first.Number != 1 || len(first.SHA256) != 64 || first.AsOf != (kpi.Period{Year: 2026, Month: 6}) {
			t.Errorf("signed: %+v", first)
		}
		if v := b.signing(); v.State != app.ReportSigned || len(v.Changes) != 0 {
			t.Errorf("signed: %s, %+v", v.State, v.Changes)
		}
		frozen := b.paper(1)
		if signed, err := b.app.Signed(ctx, b.staff, 2026, 1, 0, "zh-CN"); err != nil || signed.Input.AuditCode == "" {
			t.Errorf("the code of the audit log on paper is %q, %v", signed.Input.AuditCode, err)
		} else if head, err := store.ParseHead(signed.Input.AuditCode); err != nil {
			t.Error(err)
		} else if v, err := b.app.VerifyAll(ctx, head); err != nil || len(v.Differences) > 0 {
			t.Errorf("by the code on paper: %v, %v", v.Differences, err)
		}

		b.clock = b.clock.Add(time.Hour)
		b.log("screened", "west", "2026-04-02", 2)
		v := b.signing()
		if v.State != app.ReportChanged || len(v.Changes) != 2 || v.Changes[0].Indicator != "screened" ||
			v.Changes[0].Frozen != "8人" || v.Changes[0].Now != "10人" || v.Changes[1].Now != "22人" { // what it will come to
			t.Errorf("changed after signing: %s, %+v", v.State, v.Changes)
		}
		if !bytes.Equal(b.paper(1), frozen) {
			t.Error("the signed paper changed")
		}

		b.checkReport(leader, "")
		second, err := b.app.SignReport(ctx, leader, 2026, app.NewSigning{})
		b.must(err)
		if second.Number != 2 || second.SHA256 == first.SHA256 {
			t.Errorf("second: %+v", second)
		}
		between, err := b.app.Signed(ctx, b.staff, 2026, 1, 2, "zh-CN")
		b.must(err)
		if len(between.Changes) != 2 || between.Changes[0].Now != "10人" || len(between.Signings) != 2 {
			t.Errorf("between the versions: %+v", between.Changes)
		}
		if !bytes.Equal(b.paper(1), frozen) {
			t.Error("the first paper changed with the second")
		}
		_, err = b.app.Signed(ctx, b.staff, 2026, 3, 0, "zh-CN")
		wantRefusal(t, err, kpi.NotFound, "signing_not_found")
		_, err = b.app.Signed(ctx, b.east, 2026, 1, 0, "zh-CN")
		wantRefusal(t, err, kpi.Forbidden)
		b.wantVerified()
	})
}

func TestSigningWithErrorsNeedsAReason(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		leader := b.account("leader", kpi.Leader, "")
		b.must(b.app.SetReportText(ctx, b.staff, 2026, report.Problems, "zh-CN", "纠纷50起，其中家暴60起。"))
		b.checkReport(leader, "")
		_, err := b.app.SignReport(ctx, leader, 2026, app.NewSigning{})
		wantRefusal(t, err, kpi.Invalid, "sign_reason_missing")
		x, err := b.app.SignReport(ctx, leader, 2026, app.NewSigning{Reason: "以县里公布的为准"})
		b.must(err)
		if x.Errors != 1 || x.Reason != "以县里公布的为准" {
			t.Errorf("%+v", x)
		}
	})
}

// Whoever can write to the database can change what was signed, but not unnoticed: the version's own
// hash reveals it, or the audit log if the hash was changed too.
func TestVerifyFindsATamperedSignedReport(t *testing.T) {
	storetest.EachBehind(t, func(t *testing.T, db *store.DB, behind func(string, ...any)) {
		b := newBureau(t, db)
		leader := b.account("leader", kpi.Leader, "")
		b.log("screened", "east", "2026-03-01", 7)
		for range 3 {
			b.log("screened", "west", "2026-03-02", 1)
			b.checkReport(leader, "")
			_, err := b.app.SignReport(ctx, leader, 2026, app.NewSigning{})
			b.must(err)
		}
		b.wantVerified()
		behind(`UPDATE report_signings SET body = REPLACE(body, '"Amount":8000000', '"Amount":9000000') WHERE number = 1`)
		_, err := b.app.Signed(ctx, b.staff, 2026, 1, 0, "zh-CN")
		wantRefusal(t, err, kpi.Conflict, "signing_damaged")
		_, err = b.app.Signed(ctx, b.staff, 2026, 2, 1, "zh-CN")
		wantRefusal(t, err, kpi.Conflict, "signing_damaged")
		b.paper(2) // the others are as they were

		second, err := b.app.Signed(ctx, b.staff, 2026, 2, 0, "zh-CN")
		b.must(err)
		forged := strings.ReplaceAll(second.Signing.Body, "9000000", "8000000")
		behind(`UPDATE report_signings SET body = $1, sha256 = $2 WHERE number = 2`, forged, report.Sum(forged))
		behind(`DELETE FROM report_signings WHERE number = 3`)
		differences, err := b.app.Verify(ctx)
		b.must(err)
		if got := strings.Join(differences, "\n"); !strings.Contains(got, "2026: signed version 1 is not what was signed") ||
			!strings.Contains(got, "2026: signed version 2 is not the one that the audit log says") ||
			!strings.Contains(got, "2026: signed version 3 is in the audit log and nowhere else") || len(differences) != 6 { // and each record
			t.Errorf("verify says:\n%s", got)
		}
		behind(`UPDATE report_signings SET body = body || ' ' WHERE number = 2`)
		v := b.signing() // the page still opens, and reports it
		if v.Damaged == nil || v.Damaged.Text.Key != "signing_damaged" {
			t.Errorf("the page says %+v", v.Damaged)
		}
	})
}

// Sending a signature twice signs once; a refusal to sign names its reasons.
func TestASignatureCountsOnce(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		leader := b.account("leader", kpi.Leader, "")
		b.must(b.app.SetReportText(ctx, b.staff, 2026, report.Problems, "zh-CN", "纠纷50起，其中家暴60起。"))
		_, err := b.app.SignReport(ctx, leader, 2026, app.NewSigning{})
		wantRefusal(t, err, kpi.Conflict, "report_not_checked", "check.typed_part_larger")
		first, err := b.app.CheckReport(ctx, b.staff, 2026, "看过")
		b.must(err)
		again, err := b.app.CheckReport(ctx, b.staff, 2026, "看过")
		b.must(err)
		if first.At != again.At || first.Errors != 1 {
			t.Errorf("checked twice: %+v, %+v", first, again)
		}
		_, err = b.app.SignReport(ctx, leader, 2026, app.NewSigning{})
		wantRefusal(t, err, kpi.Invalid, "sign_reason_missing", "check.typed_part_larger")
		for range 2 {
			x, err := b.app.SignReport(ctx, leader, 2026, app.NewSigning{Reason: "以县里公布的为准", Key: "one"})
			b.must(err)
			if x.Number != 1 || x.Body != "" || x.Errors != 1 {
				t.Errorf("signed: %+v", x)
			}
		}
		_, err = b.app.SignReport(ctx, leader, 2026, app.NewSigning{Reason: "别的理由", Key: "one"})
		wantRefusal(t, err, kpi.Conflict, "key_reused")
		if v := b.signing(); len(v.Signings) != 1 {
			t.Errorf("%d versions", len(v.Signings))
		}
	})
}
