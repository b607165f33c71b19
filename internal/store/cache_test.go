package store_test

import (
	"context"
	"errors"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// The cache is bypassed after, and only after, any part of the structure was written, also in the same
// transaction and beside a change that is rolled back.
func TestACachedValueIsReadAgainAfterAChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		reads := 0
		name := func(r *store.Reader) string {
			u, err := store.Cached(ctx, r, "a", func() (kpi.Unit, error) { reads++; return r.Unit(ctx, "a") })
			if err != nil {
				t.Error(err)
			}
			return u.Name
		}
		want := func(r *store.Reader, text string, read int) {
			t.Helper()
			if got := name(r); got != text || reads != read {
				t.Errorf("%q after %d reads, want %q after %d", got, reads, text, read)
			}
		}
		write := func(fn func(w *store.Writer) error) {
			t.Helper()
			if err := db.Write(ctx, fn); err != nil {
				t.Fatal(err)
			}
		}
		var id kpi.UnitID
		write(func(w *store.Writer) (err error) {
			id, err = w.InsertUnit(ctx, kpi.Unit{Code: "a", Name: "one"})
			return err
		})
		write(func(w *store.Writer) error { want(&w.Reader, "one", 1); want(&w.Reader, "one", 1); return nil })
		write(func(w *store.Writer) error { return w.InsertAudit(ctx, kpi.AuditEntry{}) })
		write(func(w *store.Writer) error { want(&w.Reader, "one", 1); return nil })
		if err := db.Read(ctx, func(r *store.Reader) error { want(r, "one", 1); return nil }); err != nil {
			t.Fatal(err)
		}
		errBack := errors.New("taken back")
		told := crowd(t, db, []func(*store.Writer) error{
			func(w *store.Writer) error {
				if err := w.SetUnitNames(ctx, id, "two", ""); err != nil {
					return err
				}
				if got := name(&w.Reader); got != "two" {
					t.Errorf("its own change: %q", got)
				}
				return errBack
			},
			func(w *store.Writer) error {
				if got := name(&w.Reader); got != "one" {
					t.Errorf("beside a change: %q", got)
				}
				return w.InsertAudit(ctx, kpi.AuditEntry{})
			},
		})
		if !errors.Is(told[0], errBack) || told[1] != nil {
			t.Fatal(told)
		}
		write(func(w *store.Writer) error { return w.SetUnitNames(ctx, id, "three", "") })
		if got := reads; got < 2 {
			t.Errorf("%d reads", got)
		}
		reads = 0
		write(func(w *store.Writer) error { want(&w.Reader, "three", 1); return nil })
		stamp, err := db.Stamp(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if u, ok := store.Lookup[kpi.Unit](db, stamp, "a"); !ok || u.Name != "three" {
			t.Errorf("recalled %+v, %v", u, ok)
		}
		stamp.Structure++
		if _, ok := store.Lookup[kpi.Unit](db, stamp, "a"); ok {
			t.Error("recalled under another stamp")
		}
	})
}
