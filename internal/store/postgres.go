package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

func openPostgres(ctx context.Context, c Config) (*DB, error) {
	config, err := pgx.ParseConfig(c.URL)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	config.ConnectTimeout = 5 * time.Second
	if !strings.HasPrefix(config.Host, "/") { // no socket of this machine
		config.DialFunc = dialer.DialContext
	}
	for name, value := range map[string]string{
		"statement_timeout":                   "60000",
		"lock_timeout":                        "15000",
		"idle_in_transaction_session_timeout": "10000", // another server that stopped halfway holds the lock no longer
		"timezone":                            "UTC",
	} {
		if _, set := config.RuntimeParams[name]; !set {
			config.RuntimeParams[name] = value
		}
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db := &DB{write: pool, read: pool, dialect: postgresDialect, work: c.Dir}
	err = db.preparePostgres(ctx, c)
	if err == nil {
		err = db.ready(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open PostgreSQL: %w", err), pool.Close())
	}
	close(db.checked) // PostgreSQL checks its files itself
	return db, nil
}

// preparePostgres migrates under a lock of its own, so that servers started together do not both upgrade: each waits
// for as long as the first needs, with the copies that it makes before.
func (db *DB) preparePostgres(ctx context.Context, c Config) error {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	const lock, unlock = "SELECT pg_try_advisory_lock(4702)", "SELECT pg_advisory_unlock(4702)"
	for held := false; !held; {
		if err := conn.QueryRowContext(ctx, lock).Scan(&held); err != nil {
			return err
		}
		if !held {
			time.Sleep(retryFirst)
		}
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), unlock) //nolint:errcheck // closing frees it too
	return migrate(ctx, db.write, db.dialect, c.AsIs, func() error {
		if c.BeforeUpgrade != nil {
			c.BeforeUpgrade(&Unopened{origin{db.write, &db.dialect, "", "", db.WorkDir(), c.freeSpace(), tellNobody}})
		}
		return nil
	})
}
