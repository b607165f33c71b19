package store

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"dabiao/internal/store/shared"
)

// An address with ?schema=NAME names the records of one schema. Those of all addresses that differ in nothing else
// share connections (docs/adr/0108).

// What an address may say beside what PostgreSQL's own tools know.
const (
	schemaParameter      = "schema"
	connectionsParameter = "pool_max_conns" // as other programs of pgx call it
	usualConnections     = 16
)

var (
	schemaForm = regexp.MustCompile(`^[a-z_][a-z0-9_-]{0,62}$`)
	schemaPart = regexp.MustCompile(`[?&\s]schema=[^&\s]*`)
)

// CheckSchema refuses a name that no schema of records has.
func CheckSchema(name string) error {
	if !schemaForm.MatchString(name) || strings.HasPrefix(name, "pg_") || name == "information_schema" {
		return fmt.Errorf("schema=%q: a schema is named by up to 63 of a–z, 0–9, _ and -, begins with a letter, and not with pg_", name)
	}
	return nil
}

// namedSchema takes the schema and the number of connections out of an address that was read; "" if it names none.
func namedSchema(config *pgx.ConnConfig) (schema string, connections int, err error) {
	schema, named := config.RuntimeParams[schemaParameter]
	number, numbered := config.RuntimeParams[connectionsParameter]
	delete(config.RuntimeParams, schemaParameter)
	delete(config.RuntimeParams, connectionsParameter)
	connections = usualConnections
	if numbered {
		if connections, err = strconv.Atoi(number); err != nil || connections < 4 {
			return "", 0, fmt.Errorf("%s=%s: write a number from 4", connectionsParameter, number)
		}
	}
	if named {
		err = CheckSchema(schema)
	}
	return schema, connections, err
}

// pools are the connections that schemas share, by addresses without a schema.
var pools = struct {
	mu sync.Mutex
	by map[string]*pooled
}{by: map[string]*pooled{}}

// pooled is connections and who shares them.
type pooled struct {
	*shared.Pool
	of    dialect
	users int
	made  sync.Once
	err   error
}

// poolOf returns the connections of an address. release gives them up.
func poolOf(ctx context.Context, address string, config *pgx.ConnConfig, connections int) (p *pooled,
	release func(), err error) {
	key := schemaPart.ReplaceAllString(address, "?")
	pools.mu.Lock()
	p = pools.by[key]
	if p == nil {
		p = &pooled{}
		pools.by[key] = p
	}
	p.users++
	pools.mu.Unlock()
	release = func() {
		pools.mu.Lock()
		defer pools.mu.Unlock()
		if p.users--; p.users > 0 {
			return
		}
		if pools.by[key] == p {
			delete(pools.by, key)
		}
		if p.Pool != nil {
			p.Pool.Close()
		}
	}
	p.made.Do(func() {
		var own map[string]string
		p.of = schemaDialect
		if own, p.err = sayLimits(ctx, config); p.err != nil {
			return
		}
		var within []string
		for _, name := range slices.Sorted(maps.Keys(own)) {
			within = append(within, "SET LOCAL "+name+" = "+own[name])
		}
		p.Pool = shared.New(config, connections, within...)
	})
	if p.err != nil { // the next one tries again
		pools.mu.Lock()
		if pools.by[key] == p {
			delete(pools.by, key)
		}
		pools.mu.Unlock()
		release()
		return nil, nil, p.err
	}
	return p, release, nil
}

// schemaDialect is that of records that share their database with others. No server of a version that knows another
// lock than that of the row can have opened them.
var schemaDialect = func() dialect {
	d := postgresDialect
	d.opening, d.shared = nil, true
	d.size = `SELECT CAST(COALESCE(SUM(pg_total_relation_size(oid)), 0) AS BIGINT) FROM pg_class
		WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`
	return d
}()

// mustHaveSchema makes the schema, or refuses one that is not there: most likely its name is misspelled.
func (db *DB) mustHaveSchema(ctx context.Context, schema string, c Config) error {
	if schema == "" {
		return nil
	}
	there := func() (is bool, err error) {
		err = db.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1)`, schema).
			Scan(&is)
		return is, err
	}
	is, err := there()
	if is || err != nil {
		return err
	}
	if c.AsIs && !c.New {
		return fmt.Errorf("there is no schema %s in the database: name that of the records with ?schema=NAME", schema)
	}
	_, err = db.write.ExecContext(ctx, `CREATE SCHEMA `+shared.Quoted(schema))
	if err == nil {
		return nil
	}
	if is, asked := there(); asked == nil && is { // another server was faster
		return nil
	}
	return fmt.Errorf("make the schema %s: %w", schema, err)
}
