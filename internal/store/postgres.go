package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

func openPostgres(ctx context.Context, c Config) (*DB, error) {
	config, err := pgx.ParseConfig(c.URL)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	config.ConnectTimeout, config.OnNotice = 5*time.Second, heed
	if !strings.HasPrefix(config.Host, "/") { // no socket of this machine
		config.DialFunc = dialer.DialContext
	}
	own := setUnlessSet(config, "timezone", "UTC")
	for name, value := range limits {
		own = append(own, setUnlessSet(config, name, value)...)
	}
	pooled, err := throughPooler(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	of := postgresDialect
	if pooled {
		of.opening = slices.Clone(of.opening)
		for _, name := range own {
			if value, limit := limits[name]; limit {
				delete(config.RuntimeParams, name)
				of.opening = append(of.opening, "SET LOCAL "+name+" = "+value)
			}
		}
		config.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db := &DB{write: pool, read: pool, dialect: of, work: c.Dir}
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

// limits keep a server that stopped halfway from keeping others waiting: in milliseconds.
var limits = map[string]string{
	"statement_timeout":                   "60000",
	"lock_timeout":                        "15000",
	"idle_in_transaction_session_timeout": "10000", // so that the lock is held no longer
}

// setUnlessSet sets a parameter of each session that the address does not set, and returns its name if it did.
func setUnlessSet(config *pgx.ConnConfig, name, value string) []string {
	if _, set := config.RuntimeParams[name]; set {
		return nil
	}
	config.RuntimeParams[name] = value
	return []string{name}
}

// throughPooler reports whether a pooler stands before the server, such as PgBouncer: then what is said to a connection
// holds for one transaction at most, and statements cannot be prepared. It refuses parameters that it does not know, or
// names another process than the one that answers.
func throughPooler(ctx context.Context, config *pgx.ConnConfig) (bool, error) {
	conn, err := pgx.ConnectConfig(ctx, config)
	if said := (*pgconn.PgError)(nil); errors.As(err, &said) && said.Code == "08P01" {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer conn.Close(ctx) //nolint:errcheck // it was only to be asked
	var process uint32
	err = conn.QueryRow(ctx, "SELECT pg_backend_pid()", pgx.QueryExecModeExec).Scan(&process)
	return process != conn.PgConn().PID(), err
}

// preparePostgres migrates under a lock of its own, so that servers started together do not both upgrade: each waits
// for as long as the first needs, with the copies that it makes before.
func (db *DB) preparePostgres(ctx context.Context, c Config) error {
	tx, err := db.dialect.begin(ctx, db.write, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	if err := tx.unhurried(ctx, &db.dialect); err != nil {
		return err
	}
	for held := false; !held; {
		if err := tx.QueryRowContext(ctx, "SELECT pg_try_advisory_xact_lock(4702)").Scan(&held); err != nil {
			return err
		}
		if !held {
			time.Sleep(retryFirst)
		}
	}
	return migrate(ctx, db.write, db.dialect, c.AsIs, func() error {
		if c.BeforeUpgrade != nil {
			c.BeforeUpgrade(&Unopened{origin{db.write, &db.dialect, "", "", db.WorkDir(), c.freeSpace(), tellNobody}})
		}
		return nil
	})
}
