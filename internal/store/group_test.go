package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// crowd keeps the database busy with one change while others queue up, then lets all proceed and
// returns their results.
func crowd(t *testing.T, db *store.DB, changes []func(*store.Writer) error) []error {
	t.Helper()
	ctx := t.Context()
	begun, free := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		if err := db.Write(ctx, func(*store.Writer) error { close(begun); <-free; return nil }); err != nil {
			t.Error(err)
		}
	})
	<-begun
	told := make([]error, len(changes))
	for i, change := range changes {
		all.Go(func() { told[i] = db.Write(ctx, change) })
	}
	for db.Waiting() < len(changes) {
		time.Sleep(time.Millisecond)
	}
	close(free)
	all.Wait()
	return told
}

func set(name string) func(*store.Writer) error {
	return func(w *store.Writer) error { return w.SetSetting(context.Background(), name, "kept") }
}

func isSet(t *testing.T, db *store.DB, name string) (ok bool) {
	t.Helper()
	err := db.Read(t.Context(), func(r *store.Reader) error {
		_, err := r.Setting(t.Context(), name)
		var missing *kpi.Error
		if errors.As(err, &missing) {
			return nil
		}
		ok = err == nil
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func TestEachOfACrowdIsAcceptedOrRefusedOnItsOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		boom := errors.New("no")
		var changes []func(*store.Writer) error
		for i := range 40 {
			name := fmt.Sprintf("s%d", i)
			changes = append(changes, func(w *store.Writer) error {
				if err := set(name)(w); err != nil {
					return err
				}
				switch i % 4 {
				case 1:
					return boom
				case 2: // a statement the database refuses
					return w.SetYearState(t.Context(), 1, "nonsense", 0)
				case 3:
					panic("a fault of the program")
				}
				return nil
			})
		}
		told := crowd(t, db, changes)
		for i, err := range told {
			name := fmt.Sprintf("s%d", i)
			switch i % 4 {
			case 0:
				if err != nil || !isSet(t, db, name) {
					t.Errorf("%s: %v", name, err)
				}
			case 1:
				if !errors.Is(err, boom) || isSet(t, db, name) {
					t.Errorf("%s: %v", name, err)
				}
			case 3:
				if err == nil || !strings.Contains(err.Error(), "a fault of the program") || isSet(t, db, name) {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	})
}

func TestAChangeThatBreaksTheTransactionBreaksItselfOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		changes := []func(*store.Writer) error{set("a"), set("b"), store.BreakTransaction, set("c"), set("d")}
		told := crowd(t, db, changes)
		for i, name := range []string{"a", "b", "", "c", "d"} {
			if name == "" {
				if told[i] == nil {
					t.Error("who broke it was told that all is well")
				}
				continue
			}
			if told[i] != nil || !isSet(t, db, name) {
				t.Errorf("%s: %v, kept: %v", name, told[i], isSet(t, db, name))
			}
		}
	})
}

func TestWhoGivesUpWaitingIsNeverBegun(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		begun, free := make(chan struct{}), make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() {
			if err := db.Write(t.Context(), func(*store.Writer) error { close(begun); <-free; return nil }); err != nil {
				t.Error(err)
			}
		})
		<-begun
		ctx, cancel := context.WithCancel(t.Context())
		told := make(chan error)
		go func() { told <- db.Write(ctx, set("given up")) }()
		for db.Waiting() == 0 {
			time.Sleep(time.Millisecond)
		}
		cancel()
		if err := <-told; !errors.Is(err, context.Canceled) {
			t.Errorf("told %v", err)
		}
		close(free)
		all.Wait()
		if isSet(t, db, "given up") {
			t.Error("it was kept all the same")
		}
	})
}

// A request that ends in the middle of its change must not interrupt a statement: in SQLite that would
// undo the whole group's work.
func TestAnEndedRequestDoesNotBreakOffItsChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Write(ctx, func(w *store.Writer) error {
			cancel()
			return w.SetSetting(ctx, "done", "1")
		})
		if err != nil || !isSet(t, db, "done") {
			t.Errorf("%v", err)
		}
	})
}

func TestWritesChangeTheirStampsOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		stamp := func() store.Stamp {
			s, err := db.Stamp(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		write := func(fn func(w *store.Writer) error) {
			t.Helper()
			if err := db.Write(ctx, fn); err != nil {
				t.Fatal(err)
			}
		}
		before := stamp()
		if again := stamp(); again != before {
			t.Error("it changes by itself")
		}
		write(func(w *store.Writer) error { return w.DeleteSession(ctx, "none") })
		after := stamp()
		if after.Figures != before.Figures || after.Access == before.Access {
			t.Errorf("a session's end: %v, then %v", before, after)
		}
		before = after
		write(func(w *store.Writer) error {
			return w.InsertAudit(ctx, kpi.AuditEntry{Actor: "a", Action: "b", Subject: "c", Detail: "{}"})
		})
		if after = stamp(); after != before { // that a file was given out is on no page that is cached
			t.Errorf("an entry of the audit log alone: %v, then %v", before, after)
		}
		write(func(w *store.Writer) error { return w.DropRekeyed(ctx, 2026, "none", "none") })
		after = stamp()
		if after.Figures == before.Figures || after.Access != before.Access {
			t.Errorf("a mark on a form: %v, then %v", before, after)
		}
		before = after
		write(set("anything"))
		if after = stamp(); after.Figures == before.Figures || after.Access == before.Access {
			t.Errorf("a table nobody has classified: %v, then %v", before, after)
		}
		before = after
		refused := errors.New("no")
		err := db.Write(ctx, func(w *store.Writer) error { return errors.Join(set("x")(w), refused) })
		if after = stamp(); !errors.Is(err, refused) || after != before {
			t.Errorf("refused: %v, then %v", before, after)
		}
	})
}

// The second of two changes in a transaction uses statements that the first has used, and the first is
// rolled back: the stamp must change all the same.
func TestAStampChangesForTheSecondOfAGroup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before, err := db.Stamp(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		refused := errors.New("no")
		var changes []func(*store.Writer) error
		for i := range 10 {
			changes = append(changes, func(w *store.Writer) error {
				if err := set(fmt.Sprint(i))(w); err != nil || i == 9 {
					return err
				}
				return refused
			})
		}
		crowd(t, db, changes)
		if after, err := db.Stamp(t.Context()); err != nil || after == before {
			t.Errorf("%v, then %v: %v", before, after, err)
		}
	})
}
