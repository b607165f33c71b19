package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"dabiao/internal/kpi"
)

// Patience with a database that is another process, on this machine or elsewhere: it may be stopped, cut off or
// silent, and a call that waits for it has an end on this side too.
const (
	statementTime = 65 * time.Second // for one statement; the server's own limit is a little shorter
	lockTime      = 20 * time.Second // for the lock of writers, likewise
	commitTime    = 10 * time.Second // for the beginning of a transaction to be answered, and for its end
)

// retryReading is how long reading is tried again while it cannot begin.
const retryReading = 2 * time.Second

// transaction is one whose beginning and end are answered in time, or its connection is given up.
type transaction struct {
	*sql.Tx
	network bool
	giveUp  context.CancelFunc
}

// begin starts a transaction that is rolled back when ctx ends.
func (d *dialect) begin(ctx context.Context, db *sql.DB, options *sql.TxOptions) (transaction, error) {
	t := transaction{network: d.network, giveUp: func() {}}
	if d.network {
		ctx, t.giveUp = context.WithCancel(ctx) // Rollback calls it
	}
	defer t.limit()()
	var err error
	if t.Tx, err = db.BeginTx(ctx, options); err != nil {
		t.giveUp()
	}
	return t, err
}

// patiently asks the database something, and again for a moment while its connections break: all that were idle do when
// it is started anew. One that says nothing until ctx ends is away too; whoever hangs up is told of ctx.
func (db *DB) patiently(ctx context.Context, ask func() error) (err error) {
	tryUntil(now().Add(retryReading), func() (done bool) {
		err = ask()
		return !db.dialect.passing(err) || ctx.Err() != nil
	})
	if db.dialect.passing(err) && !errors.Is(ctx.Err(), context.Canceled) {
		return &kpi.Away{Cause: err}
	}
	return err
}

// beginWriting starts a transaction as the only writer.
func (d *dialect) beginWriting(ctx context.Context, db *sql.DB) (transaction, error) {
	t, err := d.begin(ctx, db, nil)
	if err != nil || !d.network {
		return t, err
	}
	ctx, cancel := d.within(ctx, lockTime)
	defer cancel()
	for _, text := range d.opening {
		if _, err := t.ExecContext(ctx, text); err != nil {
			t.Rollback() //nolint:errcheck // the first error is the one to tell
			return t, err
		}
	}
	var stamp int64
	if err = t.QueryRowContext(ctx, d.lock).Scan(&stamp, &stamp); errors.Is(err, sql.ErrNoRows) {
		err = errLockMoved
	}
	if err != nil {
		t.Rollback() //nolint:errcheck // the first error is the one to tell
		return t, err
	}
	return t, nil
}

// limit gives the connection up unless the returned function is called in time.
func (t transaction) limit() (answered func() bool) {
	if !t.network {
		return func() bool { return true }
	}
	return time.AfterFunc(commitTime, t.giveUp).Stop
}

// Commit commits. An error may mean that the commit was sent and never answered.
func (t transaction) Commit() error {
	defer t.limit()()
	return t.Tx.Commit()
}

// Rollback undoes what was not committed. After Commit it only frees what the transaction held.
func (t transaction) Rollback() error {
	defer t.giveUp()
	defer t.limit()()
	return t.Tx.Rollback()
}

// within returns a context that ends after so long if the database is another process.
func (d *dialect) within(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if !d.network {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, limit)
}
