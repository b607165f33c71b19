package shared

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// Conn is a connection while it is an office's. Whatever is run over it runs in a transaction that began with the
// office's schema: one that is not begun yet begins so, and a statement by itself becomes one.
type Conn struct {
	of   office
	conn *stdlib.Conn
}

// endsWithin is how long the end of a transaction that holds one statement may take.
const endsWithin = 10 * time.Second

// Conn returns the connection itself.
func (c *Conn) Conn() *pgx.Conn { return c.conn.Conn() }

func (c *Conn) idle() bool { return c.Conn().PgConn().TxStatus() == 'I' }

// BeginTx begins a transaction in the office's schema, in one trip.
func (c *Conn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	text := "BEGIN"
	switch sql.IsolationLevel(options.Isolation) {
	case sql.LevelDefault:
	case sql.LevelRepeatableRead:
		text += " ISOLATION LEVEL REPEATABLE READ"
	default:
		return nil, fmt.Errorf("isolation level %d is none of the program's", options.Isolation)
	}
	if options.ReadOnly {
		text += " READ ONLY"
	}
	tx, err := c.Conn().BeginTx(ctx, pgx.TxOptions{BeginQuery: text + "; " + strings.Join(c.of.set, "; ")})
	if err != nil && pgconn.SafeToRetry(err) {
		return nil, driver.ErrBadConn // database/sql tries another one
	}
	if err != nil {
		return nil, err
	}
	return ends{ctx, tx}, nil
}

// Begin is BeginTx for those that know no other.
func (c *Conn) Begin() (driver.Tx, error) { return c.BeginTx(context.Background(), driver.TxOptions{}) }

type ends struct {
	ctx context.Context //nolint:containedctx // driver.Tx is asked without
	tx  pgx.Tx
}

func (e ends) Commit() error   { return e.tx.Commit(e.ctx) }
func (e ends) Rollback() error { return e.tx.Rollback(e.ctx) }

// ExecContext runs a statement, which alone is a transaction.
func (c *Conn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if !c.idle() {
		return c.conn.ExecContext(ctx, text, args)
	}
	s := Statement{Text: text}
	for _, a := range args {
		s.Args = append(s.Args, a.Value)
	}
	var changed driver.RowsAffected
	s.Changed = func(n int64) { changed = driver.RowsAffected(n) }
	err := c.Send(ctx, []Statement{s})
	if err != nil && pgconn.SafeToRetry(err) {
		err = driver.ErrBadConn
	}
	return changed, err
}

// QueryContext asks for rows. Outside a transaction they are read in one of their own, which ends when they are closed.
func (c *Conn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if !c.idle() {
		return c.conn.QueryContext(ctx, text, args)
	}
	tx, err := c.BeginTx(ctx, driver.TxOptions{})
	if err != nil {
		return nil, err
	}
	rows, err := c.conn.QueryContext(ctx, text, args)
	if err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return alone{rows, c}, nil
}

// alone is rows that a transaction was begun for.
type alone struct {
	driver.Rows
	of *Conn
}

func (a alone) Close() error {
	err := a.Rows.Close()
	ctx, cancel := context.WithTimeout(context.Background(), endsWithin)
	defer cancel()
	_, ended := a.of.Conn().Exec(ctx, "COMMIT")
	return errors.Join(err, ended)
}

// Prepare refuses: a statement that is kept would mean the tables of whoever prepared it.
func (c *Conn) Prepare(string) (driver.Stmt, error) {
	return nil, errors.New("no statement is prepared on a connection that offices share")
}

// Close gives the connection back.
func (c *Conn) Close() error { return c.of.pool.give(c.conn) }

// CheckNamedValue lets every value through: pgx knows them.
func (c *Conn) CheckNamedValue(*driver.NamedValue) error { return nil }

// ResetSession refuses to go on with a transaction that nobody ended.
func (c *Conn) ResetSession(context.Context) error {
	if !c.IsValid() {
		return driver.ErrBadConn
	}
	return nil
}

// IsValid reports whether the connection can be used again.
func (c *Conn) IsValid() bool { return !c.Conn().IsClosed() && c.idle() }
