package app_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/paper/papertest"
	"dabiao/internal/report"
	"dabiao/internal/report/seal"
)

// sealed returns a version's package as bytes and the entries in it.
func (b *bureau) sealed(number int) (archive []byte, entries []seal.Entry) {
	b.Helper()
	p, err := b.app.Seal(ctx, b.staff, app.SealQuery{Year: 2026, Number: number, Language: "zh-CN"})
	b.must(err)
	var file bytes.Buffer
	b.must(seal.Write(&file, p))
	parts := papertest.Unzip(b.T, file.Bytes())
	b.must(json.Unmarshal([]byte(parts["entries.json"]), &entries))
	if got := report.Sum(parts["signed.json"]); got != p.Signing.SHA256 {
		b.Errorf("signed.json hashes to %s, signed was %s", got, p.Signing.SHA256)
	}
	return file.Bytes(), entries
}

// A package holds the entries as they stood when the year was signed, few or many, and stays the same whatever is
// logged, corrected or withdrawn later.
func TestASealedPackageIsOfItsDay(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		leader := b.account("leader", kpi.Leader, "")
		var first kpi.UpdateID
		for n := range report.TrailLimit + 5 {
			id := b.log("screened", []string{"east", "west"}[n%2], "2026-03-01", 1).ID
			if n == 0 {
				first = id
			}
		}
		b.checkReport(b.staff, "")
		_, err := b.app.SignReport(ctx, leader, 2026, app.NewSigning{Reason: "试"})
		b.must(err)
		before, entries := b.sealed(1)
		if len(entries) != report.TrailLimit+5 || entries[0].ID != first || entries[0].Amount != "1" {
			t.Errorf("%d entries, the first %+v", len(entries), entries[0])
		}
		b.clock = b.clock.Add(time.Hour)
		b.log("screened", "west", "2026-03-05", 7)
		_, err = b.app.WithdrawUpdate(ctx, b.staff, first, "记错了", "", kpi.FromForm)
		b.must(err)
		if after, _ := b.sealed(1); !bytes.Equal(before, after) {
			t.Error("the package is another after later entries")
		}
		_, err = b.app.Seal(ctx, b.east, app.SealQuery{Year: 2026, Number: 1})
		wantRefusal(t, err, kpi.Forbidden)
		_, err = b.app.Seal(ctx, leader, app.SealQuery{Year: 2026, Number: 1, Sensitive: true})
		wantRefusal(t, err, kpi.Forbidden)
		_, err = b.app.Seal(ctx, b.staff, app.SealQuery{Year: 2026, Number: 2})
		wantRefusal(t, err, kpi.NotFound, "signing_not_found")
	})
}

// What was frozen names its evidence; it stays out of a package that must not tell the name of a sensitive file.
func TestASealedPackageDoesNotNameSensitiveEvidence(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		leader := b.account("leader", kpi.Leader, "")
		_, err := b.app.AttachEvidence(ctx, b.staff, b.log("screened", "east", "2026-03-01", 1).ID, app.NewEvidence{
			Name: "王某某.pdf", Sensitive: true, Content: strings.NewReader("%PDF-1.4 x")})
		b.must(err)
		b.checkReport(b.staff, "")
		_, err = b.app.SignReport(ctx, leader, 2026, app.NewSigning{Reason: "试"})
		b.must(err)
		for _, sensitive := range []bool{false, true} {
			p, err := b.app.Seal(ctx, b.staff, app.SealQuery{Year: 2026, Sensitive: sensitive, Language: "zh-CN"})
			b.must(err)
			var file bytes.Buffer
			b.must(seal.Write(&file, p))
			named := false
			for path, content := range papertest.Unzip(b.T, file.Bytes()) {
				named = named || strings.Contains(path+content, "王某某")
			}
			if named != sensitive {
				t.Errorf("asked for sensitive files: %v, they are named: %v", sensitive, named)
			}
		}
	})
}
