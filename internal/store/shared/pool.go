// Package shared lets many offices share few connections to one PostgreSQL, each office with a schema of its own. A
// connection is some office's for one transaction: which schema names mean is said together with BEGIN, ends with the
// transaction, and cannot be left out (see Conn). It knows no table and no statement of the records.
package shared

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	restsFor  = time.Second     // an unused connection is asked whether it lives, as database/sql's driver does
	keptFor   = 5 * time.Minute // an unused one is closed
	mostTexts = 4096            // of statements whose description is kept
)

// Pool is the connections to a PostgreSQL.
type Pool struct {
	connector driver.Connector
	within    []string // said with each BEGIN beside the schema
	slots     chan struct{}
	long      chan struct{}

	mu   sync.Mutex
	idle []resting // the latest last
	shut bool

	texts     sync.RWMutex
	described map[string]*pgconn.StatementDescription
}

type resting struct {
	conn  *stdlib.Conn
	since time.Time
}

// New returns a pool of up to so many connections. within is what each transaction begins with.
func New(config *pgx.ConnConfig, connections int, within ...string) *Pool {
	of := *config
	// A statement that was prepared means what its names meant then. PostgreSQL reads it anew under another
	// search_path, others need not: so none is kept, and each is read in the transaction that runs it.
	of.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	connections = max(connections, 4)
	return &Pool{connector: stdlib.GetConnector(of), within: within, slots: make(chan struct{}, connections),
		long: make(chan struct{}, connections/4), described: map[string]*pgconn.StatementDescription{}}
}

// Of returns the database of a schema. One office has at most half of the connections.
func (p *Pool) Of(schema string) *sql.DB {
	set := "SET LOCAL search_path = " + Quoted(schema) + ", pg_temp" // a name is nobody's temporary table
	db := sql.OpenDB(office{p, append([]string{set}, p.within...)})
	db.SetMaxOpenConns(max(2, cap(p.slots)/2))
	db.SetMaxIdleConns(-1)
	return db
}

// Quoted returns a name as it is written in a statement.
func Quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// Long waits for leave to hold a connection while others are needed: few may, so that those that hold one never wait
// for each other. done ends it.
func (p *Pool) Long(ctx context.Context) (done func(), err error) {
	select {
	case p.long <- struct{}{}:
		return func() { <-p.long }, nil
	case <-ctx.Done():
		return nil, noneFree{}
	}
}

// Close closes the connections that nobody uses, and each other one when it is given back.
func (p *Pool) Close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.shut = nil, true
	p.mu.Unlock()
	for _, r := range idle {
		r.conn.Close() //nolint:errcheck // it is not needed any more
	}
}

// noneFree says that others had all connections for as long as somebody could wait. It passes.
type noneFree struct{}

func (noneFree) Error() string   { return "no connection to PostgreSQL became free in time" }
func (noneFree) Timeout() bool   { return true }
func (noneFree) Temporary() bool { return true }

// take returns a connection in no transaction.
func (p *Pool) take(ctx context.Context) (*stdlib.Conn, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, noneFree{}
	}
	for {
		r, ok := p.rested()
		if !ok {
			break
		}
		if time.Since(r.since) < restsFor || r.conn.Ping(ctx) == nil {
			return r.conn, nil
		}
		r.conn.Close() //nolint:errcheck // it is broken
	}
	made, err := p.connector.Connect(ctx)
	if err != nil {
		<-p.slots
		return nil, err
	}
	return made.(*stdlib.Conn), nil // the connector is stdlib's
}

// rested takes the connection that was used last, and closes those that nobody used for long.
func (p *Pool) rested() (r resting, ok bool) {
	p.mu.Lock()
	var old []resting
	for len(p.idle) > 1 && time.Since(p.idle[0].since) > keptFor {
		old, p.idle = append(old, p.idle[0]), p.idle[1:]
	}
	if n := len(p.idle); n > 0 {
		r, ok, p.idle = p.idle[n-1], true, p.idle[:n-1]
	}
	p.mu.Unlock()
	for _, o := range old {
		o.conn.Close() //nolint:errcheck // it is not needed any more
	}
	return r, ok
}

// give takes a connection back, unless it is broken or in a transaction that nobody ended.
func (p *Pool) give(c *stdlib.Conn) error {
	defer func() { <-p.slots }()
	of := c.Conn().PgConn()
	whole := !of.IsClosed() && !of.IsBusy() && of.TxStatus() == 'I'
	p.mu.Lock()
	if whole = whole && !p.shut; whole {
		p.idle = append(p.idle, resting{c, time.Now()})
	}
	p.mu.Unlock()
	if whole {
		return nil
	}
	return c.Close()
}

// describedAs returns what is known of a statement, nil if nothing is.
func (p *Pool) describedAs(text string) *pgconn.StatementDescription {
	p.texts.RLock()
	defer p.texts.RUnlock()
	return p.described[text]
}

func (p *Pool) describe(text string, as *pgconn.StatementDescription) {
	p.texts.Lock()
	defer p.texts.Unlock()
	if len(p.described) >= mostTexts {
		clear(p.described)
	}
	p.described[text] = as
}

func (p *Pool) forget(text string) {
	p.texts.Lock()
	defer p.texts.Unlock()
	delete(p.described, text)
}

// office is how an office gets a connection.
type office struct {
	pool *Pool
	set  []string // what each of its transactions begins with
}

// Connect returns a connection of the pool, to be given back by Close.
func (o office) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := o.pool.take(ctx)
	if err != nil {
		return nil, err
	}
	return &Conn{of: o, conn: c}, nil
}

// Driver returns the driver below.
func (o office) Driver() driver.Driver { return o.pool.connector.Driver() }
