package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	schema, connections, err := namedSchema(config)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	config.ConnectTimeout, config.OnNotice = 5*time.Second, heed
	if !strings.HasPrefix(config.Host, "/") { // no socket of this machine
		config.DialFunc = dialer.DialContext
	}
	db := &DB{work: c.Dir, long: alone, release: func() {}}
	if schema == "" {
		err = db.connect(ctx, config)
	} else {
		err = db.share(ctx, c.URL, config, schema, connections)
	}
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	err = db.preparePostgres(ctx, schema, c)
	if err == nil {
		err = db.ready(ctx)
	}
	if err != nil {
		err = errors.Join(fmt.Errorf("open PostgreSQL: %w", err), db.write.Close())
		db.release()
		return nil, err
	}
	close(db.checked) // PostgreSQL checks its files itself
	return db, nil
}

// connect opens connections that are these records' alone.
func (db *DB) connect(ctx context.Context, config *pgx.ConnConfig) error {
	db.dialect = postgresDialect
	pooled, err := sayLimits(ctx, config)
	if err != nil {
		return err
	}
	if pooled != nil {
		db.dialect.opening = slices.Clone(db.dialect.opening)
		for _, name := range slices.Sorted(maps.Keys(pooled)) {
			db.dialect.opening = append(db.dialect.opening, "SET LOCAL "+name+" = "+pooled[name])
		}
		config.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db.write, db.read = pool, pool
	return nil
}

// share takes part in the connections of all schemas of an address.
func (db *DB) share(ctx context.Context, address string, config *pgx.ConnConfig, schema string, connections int) error {
	pool, release, err := poolOf(ctx, address, config, connections)
	if err != nil {
		return err
	}
	db.dialect, db.long, db.release = pool.of, pool.Long, release
	db.write = pool.Of(schema)
	db.read = db.write
	return nil
}

// sayLimits sets what connections are to say when they begin. Behind a pooler, what of it each transaction must say
// instead is returned; nil: there is none.
func sayLimits(ctx context.Context, config *pgx.ConnConfig) (pooled map[string]string, err error) {
	own := setUnlessSet(config, "timezone", "UTC")
	for name, value := range limits {
		own = append(own, setUnlessSet(config, name, value)...)
	}
	is, err := throughPooler(ctx, config)
	if err != nil || !is {
		return nil, err
	}
	pooled = map[string]string{}
	for _, name := range own {
		if value, limit := limits[name]; limit {
			delete(config.RuntimeParams, name)
			pooled[name] = value
		}
	}
	return pooled, nil
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

// preparePostgres makes sure that the records are there, of this version, and this office's.
func (db *DB) preparePostgres(ctx context.Context, schema string, c Config) error {
	if err := db.mustHaveSchema(ctx, schema, c); err != nil {
		return err
	}
	if !db.upToDate(ctx) {
		if err := db.upgradeAlone(ctx, c); err != nil {
			return err
		}
	}
	return db.mustBeOf(ctx, c.Office, !c.AsIs || c.New && c.Office != "")
}

// upToDate reports whether records are as this version leaves them, without waiting for anybody.
func (db *DB) upToDate(ctx context.Context) bool {
	var schema int64
	var witnessed string
	err := db.read.QueryRowContext(ctx, `SELECT (SELECT MAX(version_id) FROM goose_db_version),
		(SELECT value FROM settings WHERE name = 'records_witnessed'), (SELECT COUNT(*) FROM `+ownTable+`)`).
		Scan(&schema, &witnessed, new(int64))
	return err == nil && schema == latestSchema() && witnessed == "yes"
}

// upgradeAlone migrates while no other server does, so that those started together do not all upgrade: each waits for
// as long as the first needs, with the copies that it makes before.
func (db *DB) upgradeAlone(ctx context.Context, c Config) error {
	if err := db.makeOwnTable(ctx); err != nil {
		return err
	}
	done, err := db.waitForTurn(ctx, upgradeTurn)
	if err != nil {
		return err
	}
	defer done()
	return migrate(ctx, db.write, db.dialect, c.AsIs, func() error {
		if c.BeforeUpgrade != nil {
			c.BeforeUpgrade(&Unopened{origin{db.write, &db.dialect, "", "", db.WorkDir(), c.freeSpace(), tellNobody}})
		}
		return nil
	})
}
