//go:build unix

package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// PostgreSQL commits on one server what its replica does not answer for when the wait is given up, by this program or
// by anybody else. Nobody is told that it is stored before the replica has it: not whoever sent it, nor whoever sends
// it again; it may be gone a moment later.
func TestWhatTheReplicaDoesNotHaveIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	for what, end := range map[string]func(*pgtest.Pair){
		"the program waits no longer":  func(*pgtest.Pair) {},
		"somebody ends the wait of it": func(p *pgtest.Pair) { p.CancelWaits(t) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			pair := pgtest.Replicated(t)
			db, err := Open(t.Context(), Config{URL: pair.URL})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			db.patience.settle = time.Second
			pair.Stall(t)
			told := make(chan error, 1)
			go func() { told <- db.Write(context.Background(), onceLogged) }()
			end(pair)
			if err := <-told; !errors.As(err, new(*kpi.Unsettled)) {
				t.Errorf("told %v", err)
			}
			if n := areas(t, db); n != 1 {
				t.Errorf("the first server has it %d times: nothing is tested", n)
			}
			if err := db.Write(t.Context(), onceLogged); !errors.As(err, new(*kpi.Unsettled)) {
				t.Errorf("sent again, told %v", err)
			}
			pair.FailOver(t)
			if err := db.Write(t.Context(), onceLogged); err != nil {
				t.Errorf("sent again to the replica, told %v", err)
			}
			if n := areas(t, db); n != 1 {
				t.Errorf("the replica has it %d times", n)
			}
		})
	}
}

// onceLogged is logged under an idempotency key.
func onceLogged(w *Writer) error {
	ctx := context.Background()
	if _, _, again, err := w.Answered(ctx, "somebody", "key"); again || err != nil {
		return err
	}
	if err := logged(w); err != nil {
		return err
	}
	return w.InsertAnswer(ctx, "somebody", "key", "of it", 1, 1)
}
