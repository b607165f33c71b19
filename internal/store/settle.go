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
		return &lostError{cause}
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
		return &lostError{cause}
	}
	return &kpi.Unsettled{Cause: cause}
}

// find looks for a trace. It takes the lock of writers first, which the transaction holds until it has ended, one way
// or the other. sure is false if what was not found may have been overwritten by others since.
func (db *DB) find(left trace) (stored, sure bool, err error) {
	tx, err := db.dialect.beginWriting(context.Background(), db.write)
	if err != nil {
		return false, false, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	if left.audit != "" {
		err = tx.QueryRowContext(ctx, `SELECT COUNT(*) > 0 FROM audit WHERE hash = $1
			AND id > (SELECT MAX(id) - 100000 FROM audit)`, keptHash(left.audit)).Scan(&stored)
		return stored, err == nil, err
	}
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) > 0 FROM stamps WHERE figures = $1 OR access = $1 OR structure = $1`,
		left.stamp).Scan(&stored)
	return stored, false, err
}
