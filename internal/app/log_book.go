package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/report/logbook"
	"dabiao/internal/store"
)

// bookPage is the number of entries in memory while a log is written out.
const bookPage = 5000

// LogBook returns a year's log to be written out: everything Log would list page by page. It ends with
// the newest entry at this moment; what is logged while it is written neither appears nor answers
// anything in it. Each page is read in a transaction of its own, so that a slow connection keeps no
// snapshot open. Callers set the book's Language. Refusals: those of Log.
func (a *App) LogBook(ctx context.Context, actor kpi.Actor, q LogQuery) (book logbook.Book, err error) {
	q.Limit = 1
	newest, _, err := a.Log(ctx, actor, q)
	if err != nil {
		return book, err
	}
	b := logBook{app: a, end: 1, names: map[string]string{}}
	if len(newest) > 0 {
		book.Newest, b.end = newest[0].ID, newest[0].ID+1
	}
	err = a.db.Read(ctx, func(r *store.Reader) error {
		s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
		if err != nil {
			return err
		}
		book.Year, book.Unit, b.filter = s.year, s.unit, s.logFilter(b.end, bookPage)
		if b.filter.State = q.State; q.Mine {
			b.filter.Author = actor.Name
		}
		if book.Oldest, err = r.OldestEntry(ctx, q.Year); err != nil {
			return err
		}
		return b.read(ctx, r, q.Indicator)
	})
	if err != nil {
		return book, err
	}
	book.Zone, book.Each = a.zone, b.each
	return book, nil
}

// logBook holds what the entries of a book are joined with.
type logBook struct {
	app        *App
	filter     store.LogFilter
	end        kpi.UpdateID // entries from here on are left out
	units      map[kpi.UnitID]kpi.Unit
	indicators map[kpi.IndicatorID]kpi.Indicator
	names      map[string]string
}

func (b *logBook) read(ctx context.Context, r *store.Reader, indicator string) error {
	units, err := r.Units(ctx)
	if err != nil {
		return err
	}
	indicators, err := r.Indicators(ctx)
	if err != nil {
		return err
	}
	b.units, b.indicators = index(units, indicators)
	for _, ind := range indicators {
		if ind.Code == indicator {
			b.filter.Indicator = ind.ID
		}
	}
	accounts, err := r.Accounts(ctx)
	for _, a := range accounts {
		b.names[a.Name] = a.FullName
	}
	return err
}

// each reads page by page. It outlives the request that asked for the book, so it does not use that
// request's context; a broken connection ends it at the next entry.
func (b *logBook) each(fn func(logbook.Entry) error) error {
	ctx, f := context.Background(), b.filter
	for {
		var entries []logbook.Entry
		err := b.app.db.Read(ctx, func(r *store.Reader) error {
			updates, err := r.Log(ctx, f)
			if err != nil || len(updates) == 0 {
				return err
			}
			entries, err = b.named(ctx, r, updates)
			return err
		})
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := fn(e); err != nil {
				return err
			}
		}
		if len(entries) < f.Limit {
			return nil
		}
		f.Before = entries[len(entries)-1].ID
	}
}

// named joins entries with their names.
func (b *logBook) named(ctx context.Context, r *store.Reader, updates []kpi.Update) ([]logbook.Entry, error) {
	for i := range updates {
		if u := &updates[i]; u.AnsweredBy >= b.end {
			u.AnsweredBy, u.AnsweredState = 0, ""
		}
	}
	stands, err := standingOf(ctx, r, updates)
	if err != nil {
		return nil, err
	}
	files, err := r.EvidenceCounts(ctx, updates[len(updates)-1].ID, updates[0].ID)
	if err != nil {
		return nil, err
	}
	out := make([]logbook.Entry, len(updates))
	for i, u := range updates {
		out[i] = logbook.Entry{Update: u, Of: b.indicators[u.Indicator], At: b.units[u.Unit], By: b.names[u.Author],
			Counts: stands[u.ID].counts, Files: files[u.ID]}
		if out[i].By == "" {
			out[i].By = u.Author
		}
	}
	return out, nil
}
