package pgtest

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// What is sent together is one trip, however long the way is.
func TestALineCountsItsTripsAndTakesItsTime(t *testing.T) {
	line := Disturbable(t, URL(t))
	conn, err := pgx.Connect(t.Context(), line.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context()) //nolint:errcheck // the test is over
	send := func() (trips int64, took time.Duration) {
		before, start := line.Trips(), time.Now()
		b := &pgx.Batch{}
		for range 1000 {
			b.Queue("SELECT repeat('a', 1000)")
		}
		if err := conn.SendBatch(t.Context(), b).Close(); err != nil {
			t.Fatal(err)
		}
		return line.Trips() - before, time.Since(start)
	}
	send() // and prepare it
	if trips, _ := send(); trips != 1 {
		t.Errorf("a batch took %d trips", trips)
	}
	line.Far(100 * time.Millisecond)
	if _, took := send(); took < 100*time.Millisecond || took > 900*time.Millisecond {
		t.Errorf("it took %s", took)
	}
}
