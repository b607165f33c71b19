package store

import (
	"context"
	"database/sql"
	"slices"
	"sync"

	"dabiao/internal/kpi"
)

// newestOf is how many of the last entries of the audit log tell what the time was: enough that one entry made
// under a clock that ran ahead is forgotten soon after the clock is right again.
const newestOf = 50

// newest is the latest moment of the last entries of the audit log, to tell a clock that stands before it.
type newest struct {
	mu    sync.Mutex
	at    kpi.UnixMilli
	since int             // entries since, all of them earlier
	last  []kpi.UnixMilli // the moments of the last entries, in their order
}

// see takes the moment of another entry in.
func (n *newest) see(at kpi.UnixMilli) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.since++; at >= n.at || n.since >= newestOf {
		n.at, n.since = at, 0
	}
	if n.last = append(n.last, at); len(n.last) > newestOf {
		n.last = n.last[1:]
	}
}

// leap returns the longest step ahead that the last entries made, or now makes, beyond all before: the moment before it
// and how long it is. A clock that stood back and was set right makes none, nor does what is later than now: it was
// left by a clock that has been set since.
func (n *newest) leap(now kpi.UnixMilli) (from, by kpi.UnixMilli) {
	n.mu.Lock()
	defer n.mu.Unlock()
	var highest kpi.UnixMilli
	for _, at := range append(slices.Clone(n.last), now) {
		if highest > 0 && at <= now && at-highest > by {
			from, by = highest, at-highest
		}
		if at <= now {
			highest = max(highest, at)
		}
	}
	return from, by
}

// load reads what earlier runs wrote.
func (n *newest) load(ctx context.Context, db *sql.DB) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	rows, err := db.QueryContext(ctx, `SELECT at FROM audit ORDER BY id DESC LIMIT $1`, newestOf)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at kpi.UnixMilli
		if err := rows.Scan(&at); err != nil {
			return err
		}
		n.at, n.last = max(n.at, at), append(n.last, at)
	}
	slices.Reverse(n.last)
	return rows.Err()
}

// Newest returns the latest moment of the last entries of the audit log that this program knows of; 0 if there is none.
func (db *DB) Newest() kpi.UnixMilli {
	db.newest.mu.Lock()
	defer db.newest.mu.Unlock()
	return db.newest.at
}

// Leap returns the longest step ahead that the clock made between the last entries of the audit log and now: the moment
// before it and how long it is. Either nobody used the records for so long, or the clock is wrong.
func (db *DB) Leap(now kpi.UnixMilli) (from, by kpi.UnixMilli) { return db.newest.leap(now) }
