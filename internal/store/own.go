package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ownTable is what a PostgreSQL's records say of themselves, which is none of them and goes nowhere with them: whose
// they are, and a row for each thing that one server does at a time, whose lock is that server's turn. A lock of a row
// belongs to a schema, ends with its transaction, and is known to poolers and to engines that spread tables over
// machines.
const ownTable = "dabiao_own"

const (
	upgradeTurn = "upgrade"
	ownOffice   = "office"
)

const makeOwn = `CREATE TABLE ` + ownTable + ` (what TEXT PRIMARY KEY, said TEXT NOT NULL)`

// makeOwnTable makes the table unless it is there.
func (db *DB) makeOwnTable(ctx context.Context) error {
	is, err := db.hasOwnTable(ctx)
	if err != nil || is {
		return err
	}
	_, err = db.write.ExecContext(ctx, makeOwn)
	if err != nil {
		if is, asked := db.hasOwnTable(ctx); asked == nil && is { // another server was faster
			return nil
		}
	}
	return err
}

func (db *DB) hasOwnTable(ctx context.Context) (is bool, err error) {
	err = db.read.QueryRowContext(ctx, `SELECT to_regclass(quote_ident(current_schema()) || '.`+ownTable+`') IS NOT NULL`).Scan(&is)
	return is, err
}

// rowTurn takes the lock of a row, for as long as done is not called. ok is false while another server has it.
func (db *DB) rowTurn(ctx context.Context, what string) (done func(), ok bool, err error) {
	if _, err := db.write.ExecContext(ctx, `INSERT INTO `+ownTable+` (what, said) VALUES ($1, '')
		ON CONFLICT (what) DO NOTHING`, what); err != nil {
		return nil, false, err
	}
	leave, err := db.long(ctx)
	if err != nil {
		return nil, false, err
	}
	tx, err := db.dialect.begin(ctx, db.write, nil)
	if err != nil {
		leave()
		return nil, false, err
	}
	done = sync.OnceFunc(func() {
		tx.Rollback() //nolint:errcheck // nothing was written
		leave()
	})
	if err := tx.unhurried(ctx, &db.dialect); err != nil {
		done()
		return nil, false, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT 1 FROM `+ownTable+` WHERE what = $1 FOR UPDATE SKIP LOCKED`, what)
	if err == nil {
		ok = rows.Next()
		err = errors.Join(rows.Err(), rows.Close())
	}
	if err != nil || !ok {
		done()
	}
	return done, ok, err
}

// waitForTurn is rowTurn for whoever waits as long as it takes.
func (db *DB) waitForTurn(ctx context.Context, what string) (done func(), err error) {
	for {
		done, ok, err := db.rowTurn(ctx, what)
		if ok || err != nil {
			return done, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(retryFirst):
		}
	}
}

// mustBeOf refuses records that are another office's, and with claim makes those of nobody this office's. Two offices
// that write into one database would each show the other's people and figures, however its address is spelled.
func (db *DB) mustBeOf(ctx context.Context, office string, claim bool) error {
	is, err := db.hasOwnTable(ctx)
	if err != nil || !is { // it is from before, and nobody served it since
		return err
	}
	if claim {
		if _, err := db.write.ExecContext(ctx, `INSERT INTO `+ownTable+` (what, said) VALUES ($1, $2)
			ON CONFLICT (what) DO NOTHING`, ownOffice, office); err != nil {
			return err
		}
	}
	var of string
	err = db.read.QueryRowContext(ctx, `SELECT COALESCE((SELECT said FROM `+ownTable+` WHERE what = $1), $2)`,
		ownOffice, office).Scan(&of)
	if err != nil || of == office {
		return err
	}
	return fmt.Errorf("%w: the records there are those of %s, not of %s; name that one's data folder, or another database or schema. "+
		"If they are to be this office's from now on, say `DELETE FROM %s WHERE what = '%s'` to their database",
		ErrOthers, officeNamed(of), officeNamed(office), ownTable, ownOffice)
}

// ErrOthers reports records that belong to another office.
var ErrOthers = errors.New("each office has a database or schema of its own")

func officeNamed(office string) string {
	if office == "" {
		return "the program's own office"
	}
	return "the office " + office
}

// alone is leave to hold a connection where nobody else needs any.
func alone(context.Context) (func(), error) { return func() {}, nil }
