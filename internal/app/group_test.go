package app_test

import (
	"fmt"
	"strconv"
	"sync"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/pgtest"
	"dabiao/internal/store/storetest"
)

// crowded logs each writer's entries for one indicator, all writers at the same time, through the given applications in
// turn, and returns what they add up to.
func (b *bureau) crowded(apps []*app.App, writers, each int, run string) (sum int64) {
	b.Helper()
	units := []string{"county", "east", "west"}
	var all sync.WaitGroup
	for writer := range writers {
		for i := range each {
			sum += int64(writer + i)
		}
		all.Go(func() {
			for i := range each {
				n := entry("screened", units[(writer+i)%3], kpi.Date(fmt.Sprintf("2026-%02d-10", 1+i%5)), int64(writer+i))
				n.Key = fmt.Sprintf("%s-%d-%d", run, writer, i)
				if _, err := apps[writer%len(apps)].LogUpdate(ctx, b.staff, n); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
	return sum
}

// Sixty-four people log for one indicator at once: nobody is refused, the sums and the chain are right, and in
// PostgreSQL each group of them waits for two answers, whatever it holds; for one more where it ran on what the one
// before was thought to leave, and has to run again.
func TestManyWritersOfOneIndicatorShareTheirTrips(t *testing.T) {
	t.Parallel()
	line := pgtest.Disturbable(t, storetest.Migrated(t))
	db, err := store.Open(t.Context(), store.Config{URL: line.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	b := newBureau(t, db)
	stats := func() store.Stats {
		s, err := db.Stats(ctx)
		b.must(err)
		return s
	}
	sum := b.crowded([]*app.App{b.app}, 64, 4, "first") // and prepare the statements
	before, trips := stats(), line.Trips()
	sum += b.crowded([]*app.App{b.app}, 64, 10, "then")
	trips = line.Trips() - trips
	after := stats()
	commits, changes := after.Commits-before.Commits, after.Changes-before.Changes
	if changes != 640 || commits > changes/4 || trips < commits || trips > 5*commits/2 {
		t.Errorf("%d changes took %d trips in %d groups", changes, trips, commits)
	}
	b.wantAchieved("screened", "county", strconv.FormatInt(sum, 10))
	b.wantVerified()
}

// Two servers write to one database at once: what one remembers of it is never what the other has changed.
func TestTwoServersWriteAtOnce(t *testing.T) {
	t.Parallel()
	url := storetest.Migrated(t)
	var apps []*app.App
	var b *bureau
	for range 2 {
		db, err := store.Open(t.Context(), store.Config{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if b == nil {
			b = newBureau(t, db)
		}
		files, err := blob.Open(t.TempDir(), nil)
		b.must(err)
		apps = append(apps, app.New(app.Config{DB: db, Files: files, Now: b.app.Now, Zone: b.app.Zone()}))
	}
	sum := b.crowded(apps, 16, 20, "both")
	first := b.log("users", "east", "2026-06-02", 5)
	for i := range 20 { // each answers what the other has just written
		n := entry("users", "east", "2026-06-02", int64(i))
		n.Key = strconv.Itoa(i)
		var err error
		first, err = apps[i%2].CorrectUpdate(ctx, b.staff, first.ID, n, "as the other says")
		b.must(err)
	}
	b.wantAchieved("screened", "county", strconv.FormatInt(sum, 10))
	b.wantAchieved("users", "east", "19")
	b.wantVerified()
}
