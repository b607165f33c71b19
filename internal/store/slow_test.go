package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/spent"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// Every statement that takes long is told with its text, in which no value stands, and its rows; the request is told
// what its statements, its change and its waiting took.
func TestSlowStatementsAreTold(t *testing.T) {
	c := storetest.In(t, t.TempDir())
	var mu sync.Mutex
	var told []store.SlowQuery
	c.SlowAfter, c.Slow = time.Nanosecond, func(q store.SlowQuery) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, q)
	}
	db, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ctx, times := spent.In(t.Context())
	err = db.Write(ctx, func(w *store.Writer) error { return w.SetSetting(ctx, "probe", "a secret") })
	if err != nil {
		t.Fatal(err)
	}
	if times.Of(spent.Database) == 0 {
		t.Error("a change took no time")
	}
	err = db.Read(ctx, func(r *store.Reader) error {
		_, err := r.Units(ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var wrote, read bool
	for _, q := range told {
		wrote = wrote || strings.Contains(q.Text, "settings")
		read = read || strings.Contains(q.Text, "FROM units")
		if strings.Contains(q.Text, "secret") || q.Took <= 0 {
			t.Errorf("%+v", q)
		}
	}
	before := int64(len(told))
	stats, err := db.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !wrote || !read || stats.Slow < before {
		t.Errorf("%d told, of %d: %+v", len(told), stats.Slow, told)
	}
}
