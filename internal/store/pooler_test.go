//go:build unix

package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// Behind a pooler each transaction may go over another connection: nothing that one was told before holds. Everything
// works all the same, from the first migration on, also where the first of several addresses does not answer.
func TestAPoolerOfTransactionsChangesNothing(t *testing.T) {
	for what, said := range map[string]string{
		"that refuses what it does not know": "",
		"that passes over it": "ignore_startup_parameters=statement_timeout,lock_timeout," +
			"idle_in_transaction_session_timeout",
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			url := pgtest.Pooled(t, pgtest.URL(t), said)
			url = strings.Replace(url, "host=", "target_session_attrs=read-write&host="+t.TempDir()+",", 1)
			var all sync.WaitGroup
			for server := range 2 {
				db, err := Open(t.Context(), Config{URL: url})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { db.Close() })
				for writer := range 8 {
					all.Go(func() {
						for n := range 15 {
							pooledRound(t, db, fmt.Sprintf("%d-%d-%d", server, writer, n))
						}
					})
				}
			}
			all.Wait()
			db, err := Open(t.Context(), Config{URL: url})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if there := times(t, db); len(there) != 2*8*15 {
				t.Errorf("%d of %d are there", len(there), 2*8*15)
			}
		})
	}
}

// pooledRound writes and reads as the program does.
func pooledRound(t *testing.T, db *DB, name string) {
	ctx := context.Background()
	change := noted(name)
	if len(name)%2 == 0 {
		change = asked(name)
	}
	if err := db.Write(ctx, change); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if _, err := db.Stamp(ctx); err != nil {
		t.Errorf("%s: the stamp: %v", name, err)
	}
	err := db.Read(ctx, func(r *Reader) error {
		if _, err := r.Units(ctx); err != nil {
			return err
		}
		_, err := r.LatestLogs(ctx, []FigureYear{{FigureKey{1, kpi.IndicatorID(len(name))}, 2026}})
		return err
	})
	if err != nil {
		t.Errorf("%s: read: %v", name, err)
	}
}
