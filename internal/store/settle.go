package store

import (
	"context"

	"dabiao/internal/kpi"
)

// trace is what a transaction leaves behind that no other does: by it the fate of its commit is found out.
type trace struct {
	audit string        // hash of the last audit entry it wrote; "" if none
	stamp int64         // the stamp it set; 0 if none
	at    kpi.UnixMilli // of that entry
}

// settle finds out what became of a commit that failed with cause: nil if it is stored, a lostError if it is not, and a
// [kpi.Unsettled] if that cannot be told.
func (db *DB) settle(left trace, cause error) error {
	if db.dialect.undone(cause) {
		return &lostError{err: cause}
	}
	if !db.dialect.network || left == (trace{}) {
		return &kpi.Unsettled{Cause: cause}
	}
	var stored, sure bool
	tryUntil(now().Add(db.patience.settle), func() (done bool) {
		var err error
		stored, sure, err = db.find(left)
		return err == nil
	})
	switch {
	case stored:
		return nil
	case sure:
		return &lostError{err: cause}
	}
	return &kpi.Unsettled{Cause: cause}
}

// find looks for a trace. It takes the lock of writers first, which the transaction holds until it has ended, one way
// or the other. sure is false if what was not found may have been overwritten by others since. What was found is stored
// once a commit after it is: a server whose wait for its replica ended has committed what may be gone tomorrow.
func (db *DB) find(left trace) (stored, sure bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	held, err := db.write.Conn(ctx)
	if err != nil {
		return false, false, err
	}
	g := groupWriter{pipe: &pipe{held}}
	defer g.Rollback()
	locked := false
	hold := query{text: db.dialect.lock, row: func(scanner) error { locked = true; return nil }}
	asked := append(db.dialect.begins(), hold)
	found := func(s scanner) error { return s.Scan(&stored) }
	if left.audit != "" {
		asked = append(asked, query{text: `SELECT COUNT(*) > 0 FROM audit WHERE hash = $1
			AND id > (SELECT MAX(id) - 100000 FROM audit)`, args: []any{keptHash(left.audit)}, row: found})
	} else {
		asked = append(asked, query{text: `SELECT COUNT(*) > 0 FROM stamps WHERE figures = $1 OR access = $1 OR structure = $1`,
			args: []any{left.stamp}, row: found})
	}
	if err := g.pipe.send(context.Background(), lockTime, asked); err != nil {
		return false, false, err
	}
	if !locked {
		return false, false, errLockMoved
	}
	if !stored {
		return false, left.audit != "", nil
	}
	err = g.Commit(context.Background(), nil)
	return err == nil, false, err
}
