package app_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store/storetest"

	"dabiao/internal/store"
)

// A code that was printed agrees with the log for as long as nothing before it is changed or cut off.
func TestAPrintedCodeIsHeldAgainstTheLog(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db)
		auditor := kpi.Actor{Name: "a", Role: kpi.Auditor}
		b.log("screened", "east", "2026-03-01", 7)
		var head store.Head
		b.must(db.Read(ctx, func(r *store.Reader) (err error) { head, err = r.AuditHead(ctx); return err }))
		check := func(code string) (agrees bool, later int64) {
			x, err := b.app.CheckCode(ctx, auditor, code)
			b.must(err)
			return x.Agrees, x.Now - x.Entries
		}
		b.log("screened", "west", "2026-03-01", 8)
		if agrees, later := check(head.String()); !agrees || later != 1 {
			t.Errorf("after another entry: %v, %d later", agrees, later)
		}
		if agrees, _ := check("ABCD-EFGH-IJKL-MNOP-QRST-3"); agrees {
			t.Error("another code agrees")
		}
		if agrees, _ := check(head.Code + "-99999"); agrees {
			t.Error("a code of more entries than there are agrees")
		}
		_, err := b.app.CheckCode(ctx, auditor, "nonsense")
		wantRefusal(t, err, kpi.Invalid)
		_, err = b.app.CheckCode(ctx, b.staff, head.String())
		wantRefusal(t, err, kpi.Forbidden)
	})
}
