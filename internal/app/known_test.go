package app_test

import (
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// What one server caches about units, indicators and years never outlives a change made by another
// process: the next entry is checked against the present state.
func TestWhatAnEntryIsCheckedAgainstIsSeenToChangeElsewhere(t *testing.T) {
	for name, config := range map[string]func(t *testing.T) store.Config{
		"sqlite":   func(t *testing.T) store.Config { return storetest.In(t, t.TempDir()) },
		"postgres": func(t *testing.T) store.Config { return store.Config{URL: storetest.Migrated(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			where := config(t)
			open := func() *store.DB {
				db, err := store.Open(ctx, where)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { db.Close() })
				return db
			}
			b := newBureau(t, open())
			elsewhere := app.New(app.Config{DB: open(), Now: func() time.Time { return b.clock }, Zone: time.UTC})
			b.village("v", "east")
			v := b.account("v", kpi.Reporter, "east")
			try := func() error {
				_, err := b.app.LogUpdate(ctx, v, entry("screened", "v", "2026-05-05", 1))
				return err
			}
			b.must(try())
			b.must(try())
			b.wantAchieved("screened", "east", "2")

			_, err := elsewhere.MoveUnit(ctx, kpi.Operator, app.UnitMove{Unit: "v", Parent: "west", History: kpi.HistoryMove})
			b.must(err)
			wantRefusal(t, try(), kpi.Forbidden)
			b.log("screened", "v", "2026-05-06", 5)
			b.wantAchieved("screened", "west", "7")
			b.wantAchieved("screened", "east", "")

			yes := true
			_, err = elsewhere.EditIndicator(ctx, b.staff, "screened", app.IndicatorEdit{Archived: &yes})
			b.must(err)
			_, err = b.app.LogUpdate(ctx, b.staff, entry("screened", "v", "2026-05-05", 1))
			wantRefusal(t, err, kpi.Conflict)

			b.log("users", "v", "2026-05-06", 5)
			b.must(elsewhere.CloseYear(ctx, kpi.Operator, 2026, "over"))
			_, err = b.app.LogUpdate(ctx, b.staff, entry("users", "v", "2026-05-07", 6))
			wantRefusal(t, err, kpi.Conflict)
			b.wantVerified()
		})
	}
}
