package store

import (
	"context"
	"database/sql"
	"regexp"
	"strings"
	"sync"

	"dabiao/internal/kpi"
)

// session is what statements are run by: a transaction, or a connection that is in one.
type session interface {
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, text string) (*sql.Stmt, error)
}

// conn is a transaction's connection. It prepares frequent statements once and records which stamps its
// writes change.
type conn struct {
	tx              session
	dialect         *dialect
	known           *statements
	bound           map[string]statement // statements as prepared for this transaction
	uninterruptible bool                 // a cancelled request must not interrupt a statement (see DB.Write)
	changed         stampOf              // what was written since it was last reset

	cache         *structureCache
	structure     int64 // the structure's stamp when the transaction began; valid once structureRead is set
	figures       int64 // likewise of the figures
	structureRead bool
	restructured  bool // the structure was changed in this transaction
	strayed       bool // what has no transaction yet asked something (see runAhead)

	pending []heldRow // rows written and in no audit entry yet (see witness.go)
	packed  [][]byte  // lines of many of them, likewise

	about map[kpi.UnitID]bool // the units of what was written, likewise (see audit_unit.go)

	audit      *kpi.AuditEntry // the change's last entry, not written yet: it holds what is written after it too
	lastAudit  *string         // hash of the newest audit entry, once read or written in this transaction
	key        auditKey        // what it is chained with, once an entry was written
	firstAfter int64           // the number of that entry as it was read
	keys       *keyring        // nil while a database is opened
	slow       *slowQueries    // likewise
	left       trace           // what was left behind so far

	work      *workingSet // what is known and not sent yet; nil: everything is asked and sent at once
	elsewhere error       // set: a mark says that these records are not to be changed

	pipe *pipe // how statements are sent together; nil: one by one
}

func (c *conn) ExecContext(ctx context.Context, text string, args ...any) (result sql.Result, err error) {
	if err := c.ready(ctx, text); err != nil {
		return nil, err
	}
	took := c.timing(ctx, text)
	ctx, cancel, s := c.prepare(ctx, text)
	defer cancel()
	if s == nil {
		result, err = c.tx.ExecContext(ctx, text, args...)
	} else {
		result, err = s.ExecContext(ctx, args...)
	}
	took.end(0)
	return result, failed(text, err)
}

func (c *conn) QueryContext(ctx context.Context, text string, args ...any) (*result, error) {
	if err := c.ready(ctx, text); err != nil {
		return nil, err
	}
	took := c.timing(ctx, text)
	ctx, cancel, s := c.prepare(ctx, text)
	var rows *sql.Rows
	var err error
	if s == nil {
		rows, err = c.tx.QueryContext(ctx, text, args...) //nolint:rowserrcheck // whoever walks the result asks
	} else {
		rows, err = s.QueryContext(ctx, args...) //nolint:rowserrcheck // as above
	}
	if err != nil {
		cancel()
		took.end(0)
		return nil, failed(text, err)
	}
	return &result{Rows: rows, text: text, cancel: cancel, took: took}, nil
}

func (c *conn) QueryRowContext(ctx context.Context, text string, args ...any) *single {
	if err := c.ready(ctx, text); err != nil {
		return &single{err: err}
	}
	took := c.timing(ctx, text)
	ctx, cancel, s := c.prepare(ctx, text)
	if s == nil {
		return &single{c.tx.QueryRowContext(ctx, text, args...), text, cancel, took, nil}
	}
	return &single{s.QueryRowContext(ctx, args...), text, cancel, took, nil}
}

// ready sends what must be sent before a statement.
func (c *conn) ready(ctx context.Context, text string) error {
	if c.work == nil {
		return nil
	}
	if c.work.rehearsing != nil {
		return errRehearsing
	}
	if c.tx == nil {
		c.strayed = true
		return errUnforeseen
	}
	return c.ahead(ctx, c.known.of(text).tables)
}

// send runs statements, together where that saves time.
func (c *conn) send(ctx context.Context, all []query) error {
	if c.pipe != nil {
		took := c.timing(ctx, all[0].text)
		err := c.pipe.send(ctx, statementTime, all)
		if c.slow != nil && c.slow.after > 0 && now().Sub(took.begun) >= c.slow.after {
			took.text = describeAll(all)
		}
		took.end(0)
		return err
	}
	return c.before(func() error { // this is what was waiting
		for _, q := range all {
			if err := c.one(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *conn) one(ctx context.Context, q query) error {
	if q.row == nil {
		_, err := c.ExecContext(ctx, q.text, q.args...)
		return err
	}
	rows, err := c.QueryContext(ctx, q.text, q.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := q.row(rows); err != nil {
			return failed(q.text, err)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if q.end != nil {
		q.end()
	}
	return nil
}

// prepare returns the statement of a text within the transaction, nil if it must be run as text, and the context to
// run it under, to be cancelled once it has run.
func (c *conn) prepare(ctx context.Context, text string) (context.Context, context.CancelFunc, *sql.Stmt) {
	if c.uninterruptible {
		ctx = context.WithoutCancel(ctx)
	}
	ctx, cancel := c.dialect.within(ctx, statementTime)
	k, again := c.bound[text]
	if !again {
		k = c.known.of(text)
		if tx, ok := c.tx.(*sql.Tx); ok && k.stmt != nil {
			k.stmt = tx.StmtContext(ctx, k.stmt)
		}
		c.bound[text] = k
	} else if k.stmt == nil && c.dialect.prepare && !k.unpreparable {
		// For this transaction only.
		var err error
		k.stmt, err = c.tx.PrepareContext(ctx, text)
		k.unpreparable = err != nil
		c.bound[text] = k
	}
	c.changed |= k.writes
	c.restructured = c.restructured || k.writes&structure != 0
	return ctx, cancel, k.stmt
}

// statements holds the texts a pool has run, each prepared once per connection: parsing is most of the
// cost of a short statement in SQLite. pgx does this by itself.
type statements struct {
	pool    *sql.DB
	prepare bool
	mu      sync.RWMutex
	byText  map[string]statement
	pending []string // texts run once, to be prepared before the next transaction
}

type statement struct {
	stmt         *sql.Stmt // nil: run as text
	unpreparable bool      // cannot be prepared
	writes       stampOf
	tables       []string // that it writes
}

// maxStatements bounds the cache: a text containing a list is a different text for every length.
const maxStatements = 400

func newStatements(pool *sql.DB, prepare bool) *statements {
	return &statements{pool: pool, prepare: prepare, byText: map[string]statement{}}
}

// of returns what is known about a text.
func (s *statements) of(text string) statement {
	s.mu.RLock()
	k, ok := s.byText[text]
	s.mu.RUnlock()
	if ok {
		return k
	}
	k.writes, k.tables = writesOf(text), writtenBy(text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.byText) < maxStatements {
		s.byText[text] = k
		s.pending = append(s.pending, text)
	}
	return k
}

// preparePending prepares the texts that have been run. Doing this inside a transaction would wait for a
// second connection, which a pool of one never provides. A text that cannot be prepared stays text.
func (s *statements) preparePending() {
	s.mu.RLock()
	none := len(s.pending) == 0 || !s.prepare
	s.mu.RUnlock()
	if none {
		return
	}
	s.mu.Lock()
	texts := s.pending
	s.pending = nil
	s.mu.Unlock()
	for _, text := range texts {
		stmt, err := s.pool.PrepareContext(context.Background(), text)
		if err != nil {
			continue
		}
		s.mu.Lock()
		k := s.byText[text]
		k.stmt = stmt
		s.byText[text] = k
		s.mu.Unlock()
	}
}

// written matches the tables a statement writes.
var written = regexp.MustCompile(`(?i)\b(INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)`)

// writtenBy returns the tables that a statement writes.
func writtenBy(text string) (out []string) {
	for _, m := range written.FindAllStringSubmatch(text, -1) {
		out = append(out, strings.ToLower(m[2]))
	}
	return out
}

// writesOf returns the stamps a statement changes. A table not classified here changes all of them.
func writesOf(text string) (w stampOf) {
	for _, m := range written.FindAllStringSubmatch(text, -1) {
		switch table := strings.ToLower(m[2]); table {
		case "set": // DO UPDATE SET
		case "stamps", "notice_states", "outbox", "audit", "audit_heads", "late_backups", "audit_units",
			"idempotency", "kept_forms", "evidence_chunks": // on no page that is cached
		case "report_notes": // shown beside texts, on pages that are not cached
		case "report_drafts": // a draft is shown to its writer only, on a page that is not cached
		case "updates", "reviews", "rollups", "evidence", "notices", "questions", "outlooks",
			"expectations", "rekeyed", "doubts":
			w |= figures
		case "sessions", "tokens", "attempts", "displays", "second_factors", "recovery_codes", "old_passwords",
			"identities":
			w |= access
		default:
			w |= figures | access | structure
		}
	}
	return w
}
