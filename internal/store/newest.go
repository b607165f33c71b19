package store

import (
	"context"
	"database/sql"
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
	since int // entries since, all of them earlier
}

// see takes the moment of another entry in.
func (n *newest) see(at kpi.UnixMilli) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.since++; at >= n.at || n.since >= newestOf {
		n.at, n.since = at, 0
	}
}

// load reads what earlier runs wrote.
func (n *newest) load(ctx context.Context, db *sql.DB) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return db.QueryRowContext(ctx, `SELECT COALESCE(MAX(at), 0)
		FROM (SELECT at FROM audit ORDER BY id DESC LIMIT $1) AS last`, newestOf).Scan(&n.at)
}

// Newest returns the latest moment of the last entries of the audit log that this program knows of; 0 if there is none.
func (db *DB) Newest() kpi.UnixMilli {
	db.newest.mu.Lock()
	defer db.newest.mu.Unlock()
	return db.newest.at
}
