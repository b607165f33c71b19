package app_test

import (
	"slices"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// What was logged before entries were packed is packed by the tidying, once, and the page of the log and the file of it
// say what they said.
func TestTheLogOfBeforeIsPackedByTheTidying(t *testing.T) {
	storetest.EachBehind(t, func(t *testing.T, db *store.DB, behind func(string, ...any)) {
		b := newBureau(t, db)
		const old = `INSERT INTO audit (at, actor, action, subject, detail, hash, records) VALUES
			(1, 'clerk', 'year.open', 'year 2020', '{"Year":2020}', 'x', '[["years",2020]]'),
			(2, 'clerk', 'unit.create', 'unit east', '{"Name":"东镇"}', 'y', '')`
		behind(old)
		auditor := kpi.Actor{Name: "a", Role: kpi.Auditor}
		told := func() (page, file []kpi.AuditEntry) {
			page, err := b.app.Audit(ctx, auditor, kpi.AuditFilter{}, 0, 1000)
			b.must(err)
			of, err := b.app.Audit(ctx, auditor, kpi.AuditFilter{Unit: "east"}, 0, 1000)
			b.must(err)
			book, err := b.app.AuditBook(ctx, auditor, kpi.AuditFilter{Action: "year.open"})
			b.must(err)
			b.must(book.Each(func(e kpi.AuditEntry) error { file = append(file, e); return nil }))
			return append(page, of...), file
		}
		page, file := told()
		if len(file) < 2 || file[0].Detail != `{"Year":2020}` {
			t.Fatalf("the file says %+v", file)
		}
		for _, want := range []app.Tidied{{Packed: 2}, {}} {
			if got, err := b.app.Tidy(ctx); err != nil || got != want {
				t.Errorf("tidied %+v, %v; want %+v", got, err, want)
			}
			if again, book := told(); !slices.Equal(again, page) || !slices.Equal(book, file) {
				t.Errorf("the log says otherwise:\n%+v\n%+v", again, page)
			}
		}
	})
}
