//go:build unix

package app_test

import (
	"strconv"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/store"
	"dabiao/internal/store/pgtest"
	"dabiao/internal/store/storetest"
)

// An office behind a pooler of transactions is set up, written by many at once, read and verified as any other.
func TestAnOfficeBehindAPooler(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), store.Config{URL: pgtest.Pooled(t, storetest.Migrated(t), "")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	b := newBureau(t, db)
	sum := b.crowded([]*app.App{b.app}, 32, 10, "pooled")
	u := b.log("users", "east", "2026-06-02", 5)
	_, err = b.app.CorrectUpdate(ctx, b.staff, u.ID, entry("users", "east", "2026-06-02", 6), "it was six")
	b.must(err)
	_, err = b.app.Board(ctx, b.staff, app.Query{Year: 2026})
	b.must(err)
	b.wantAchieved("screened", "county", strconv.FormatInt(sum, 10))
	b.wantAchieved("users", "east", "6")
	b.wantVerified()
}
