package store_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// ending is a context that ends when it is asked for the nth time whether it has.
type ending struct {
	context.Context
	end  context.CancelFunc
	left atomic.Int64
}

func (e *ending) Err() error {
	if e.left.Add(-1) < 0 {
		e.end()
	}
	return e.Context.Err()
}

// A server that ends while it makes a copy leaves a whole one or none, and nothing half, wherever it was.
func TestACopyThatIsBrokenOffIsNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		files, err := blob.Open(t.TempDir(), nil)
		if err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), func(w *store.Writer) error {
			return w.InsertAudit(t.Context(), kpi.AuditEntry{At: 1, Actor: "a", Action: "year.open", Subject: "x", Detail: "{}"})
		})
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		c, err := db.Copies(t.Context(), depot.Folder{Dir: dir}, nil)
		if err != nil {
			t.Fatal(err)
		}
		made, none := 0, 0
		for n := int64(0); made == 0 && n < 10_000; n = n + n/8 + 1 {
			inner, end := context.WithCancel(t.Context())
			ctx := &ending{Context: inner, end: end}
			ctx.left.Store(n)
			at := madeAt.Add(time.Duration(n) * time.Second)
			m, err := db.CopyInto(ctx, c, files, "test", at, nil)
			end()
			left := inFolder(t, dir)
			if err == nil {
				if _, err := store.CheckBackup(filepath.Join(dir, m.Name)); err != nil || len(left) != 1 {
					t.Errorf("ended after %d: %v, %v", n, left, err)
				}
				made++
				continue
			}
			none++
			if len(left) > 0 {
				t.Errorf("ended after %d: %v is left", n, left)
			}
			if db.Dir() == "" {
				continue // it is everybody's folder
			}
			if left, err := filepath.Glob(filepath.Join(db.Dir(), "backup-*")); err != nil || len(left) > 0 {
				t.Errorf("ended after %d: %v is left beside the records", n, left)
			}
		}
		if made == 0 || none < 5 {
			t.Errorf("it ended %d times, and was made %d times", none, made)
		}
	})
}
