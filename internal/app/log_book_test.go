package app_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report/logbook"
	"dabiao/internal/torture"
)

func TestALogIsWrittenOutAsItStoodWhenItWasAskedFor(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		first := b.log("screened", "east", "2026-03-10", 100)
		second := b.log("screened", "west", "2026-03-11", 5)
		_, err := b.app.AttachEvidence(ctx, b.staff, second.ID,
			app.NewEvidence{Name: "a.txt", Content: strings.NewReader("x")})
		if err != nil { // only pictures and documents are accepted
			_, err = b.app.AttachEvidence(ctx, b.staff, second.ID,
				app.NewEvidence{Name: "a.pdf", Content: strings.NewReader("%PDF-1.4\n")})
		}
		b.must(err)
		book, err := b.app.LogBook(ctx, b.staff, app.LogQuery{Year: 2026})
		b.must(err)
		b.log("users", "east", "2026-03-12", 7) // while it is written
		_, err = b.app.WithdrawUpdate(ctx, b.staff, first.ID, "was another county's", "", kpi.FromForm)
		b.must(err)
		entries := written(b, book)
		if len(entries) != 2 || entries[0].ID != second.ID || entries[1].ID != first.ID || !entries[1].Counts ||
			entries[1].AnsweredBy != 0 {
			b.Fatalf("%+v", entries)
		}
		if e := entries[0]; e.At.Code != "west" || e.Of.Code != "screened" || e.By != "clerk" || e.Files != 1 || !e.Counts {
			b.Errorf("%+v", e)
		}
		book, err = b.app.LogBook(ctx, b.staff, app.LogQuery{Year: 2026, Indicator: "screened", Unit: "east"})
		b.must(err)
		entries = written(b, book)
		if len(entries) != 2 || entries[0].Act != kpi.ActWithdraw || entries[0].Counts || entries[1].Counts {
			b.Errorf("after the withdrawal: %+v", entries)
		}
		_, err = b.app.LogBook(ctx, b.east, app.LogQuery{Year: 2026, Unit: "west"})
		wantRefusal(t, err, kpi.Forbidden, "unit_not_yours")
		_, err = b.app.LogBook(ctx, b.staff, app.LogQuery{Year: 2026, Indicator: "none"})
		wantRefusal(t, err, kpi.NotFound, "indicator_not_found")
	})
}

// What is written out equals the pages of the log, over more entries than are in memory at once.
func TestALongLogIsWrittenOutWhole(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		batch := make([]kpi.NewUpdate, 5001)
		for i := range batch {
			batch[i] = entry("screened", []string{"east", "west"}[i%2], "2026-03-10", int64(i))
		}
		_, err := b.app.LogUpdates(ctx, b.staff, "test", batch)
		b.must(err)
		for unit, n := range map[string]int{"": 5001, "east": 2501, "west": 2500} {
			book, err := b.app.LogBook(ctx, b.staff, app.LogQuery{Year: 2026, Unit: unit})
			b.must(err)
			entries := written(b, book)
			falling := slices.IsSortedFunc(entries, func(a, b logbook.Entry) int { return int(b.ID - a.ID) })
			if len(entries) != n || !falling {
				b.Errorf("%q: %d entries, in order: %v", unit, len(entries), falling)
			}
		}
	})
}

// However many entries there are, a few thousand of them are in memory.
func TestWritingALogOutHoldsAFewThousandEntries(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		const batch = 5000
		batches := torture.Times(t, 3, 3)
		for range batches {
			list := make([]kpi.NewUpdate, batch)
			for i := range list {
				list[i] = entry("screened", []string{"east", "west"}[i%2], "2026-03-10", int64(i))
				list[i].Note = strings.Repeat("说明", 100)
			}
			_, err := b.app.LogUpdates(ctx, b.staff, "test", list)
			b.must(err)
		}
		book, err := b.app.LogBook(ctx, b.staff, app.LogQuery{Year: 2026})
		b.must(err)
		var held []uint64
		n := 0
		b.must(book.Each(func(logbook.Entry) error {
			if n++; n%batch == batch/2 {
				runtime.GC() // pools and what has a finalizer go at the second
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				held = append(held, m.HeapAlloc)
			}
			return nil
		}))
		if n != batches*batch || len(held) != batches {
			b.Fatalf("%d entries, %d looks", n, len(held))
		}
		if first, last := held[0], held[len(held)-1]; last > first+8<<20 {
			b.Errorf("after %d entries %d bytes are held, at first %d", n, last, first)
		}
		b.Logf("%d entries: %d MB held at first, %d at last", n, held[0]>>20, held[len(held)-1]>>20)
	})
}

func written(b *bureau, book logbook.Book) (entries []logbook.Entry) {
	b.Helper()
	b.must(book.Each(func(e logbook.Entry) error { entries = append(entries, e); return nil }))
	return entries
}
