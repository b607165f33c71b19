package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"dabiao/internal/store/shared"
)

// pipe is a connection to PostgreSQL over which statements are sent together and answered together, so that many take
// no longer to be answered than one (PostgreSQL documentation, Pipelining). The first that fails ends the rest.
type pipe struct{ *sql.Conn }

// send runs statements within so long.
func (p *pipe) send(ctx context.Context, limit time.Duration, all []query) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	return p.Raw(func(driven any) error {
		if c, is := driven.(*shared.Conn); is {
			return sendShared(ctx, c, all)
		}
		b := &pgx.Batch{}
		for _, q := range all {
			b.Queue(q.text, q.args...)
		}
		results := driven.(*stdlib.Conn).Conn().SendBatch(ctx, b) // pools of this package are of that driver
		err := receive(results, all)
		return errors.Join(err, results.Close())
	})
}

// sendShared is send over a connection that offices share.
func sendShared(ctx context.Context, c *shared.Conn, all []query) error {
	statements := make([]shared.Statement, len(all))
	for i, q := range all {
		statements[i] = shared.Statement{Text: q.text, Args: q.args}
		if q.row != nil {
			statements[i].Row = func(row interface{ Scan(...any) error }) error { return q.row(row) }
		}
	}
	err := c.Send(ctx, statements)
	if of := (*shared.Error)(nil); errors.As(err, &of) {
		return failed(of.Statement, err)
	}
	for _, q := range all {
		if q.end != nil && err == nil {
			q.end()
		}
	}
	return err
}

// inOneTrip runs a statement by itself where offices share connections: in the transaction that says whose it is.
func (db *DB) inOneTrip(ctx context.Context, q query) error {
	held, err := db.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer held.Close()
	return (&pipe{held}).send(ctx, commitTime, []query{q})
}

// errAlone says that a commit was answered by a server that no longer waits for its replica.
var errAlone = errors.New("the server waited no longer for its replica")

// aloneMark is where a connection is marked when its server warns that it waited no longer.
const aloneMark = "dabiao: committed alone"

// heed marks a connection that a warning came over: PostgreSQL gives this one no code of its own, and at the end of a
// transaction there is no other.
func heed(c *pgconn.PgConn, said *pgconn.Notice) {
	if said.SeverityUnlocalized == "WARNING" && said.Code == "01000" {
		c.CustomData()[aloneMark] = true
	}
}

// warned returns errAlone if the server said so since it was asked last.
func (p *pipe) warned() error {
	return p.Raw(func(driven any) error {
		marks := driven.(interface{ Conn() *pgx.Conn }).Conn().PgConn().CustomData()
		if _, alone := marks[aloneMark]; alone {
			delete(marks, aloneMark)
			return errAlone
		}
		return nil
	})
}

func receive(results pgx.BatchResults, all []query) error {
	for _, q := range all {
		rows, err := results.Query()
		if err != nil {
			return failed(q.text, err)
		}
		for rows.Next() {
			if q.row == nil {
				continue
			}
			if err := q.row(rows); err != nil {
				rows.Close()
				return failed(q.text, err)
			}
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return failed(q.text, err)
		}
		if q.end != nil {
			q.end()
		}
	}
	return nil
}

// groupWriter is the transaction of a group of changes.
type groupWriter struct {
	*Writer
	local transaction // where the database is no other process
	pipe  *pipe       // where it is
}

// beginGroup starts a transaction as the only writer, and asks what the changes want to know.
func (db *DB) beginGroup(ctx context.Context, changes []*change, known *memory) (g groupWriter, err error) {
	c := db.groupConn()
	g.Writer = &Writer{Reader{c}}
	if !db.dialect.network {
		if g.local, err = db.dialect.beginWriting(ctx, db.write); err != nil {
			return g, err
		}
		c.tx = g.local.Tx
		if err := c.before(func() error { return c.one(ctx, c.askStamps()) }); err != nil {
			g.Rollback()
			return g, err
		}
		if known.at == c.figures {
			c.work.join(&known.readSet)
		}
		return g, nil
	}
	within, cancel := db.dialect.within(ctx, commitTime)
	defer cancel()
	held, err := db.write.Conn(within)
	if err != nil {
		return g, err
	}
	g.pipe = &pipe{held}
	c.tx, c.pipe = held, g.pipe
	if err := c.open(ctx, changes, known); err != nil {
		g.Rollback()
		return g, err
	}
	return g, nil
}

// groupConn returns what a group's statements are run by, without a transaction yet.
func (db *DB) groupConn() *conn {
	return &conn{dialect: &db.dialect, known: db.writes, bound: map[string]statement{}, uninterruptible: true,
		cache: &db.cache, keys: &db.keys, slow: &db.slow, work: newWorkingSet()}
}

// open begins the transaction. What others have written meanwhile is asked once more.
func (c *conn) open(ctx context.Context, changes []*change, known *memory) error {
	if err := c.pipe.send(ctx, lockTime, c.opening(changes, known)); err != nil {
		return err
	}
	if !c.structureRead {
		return errLockMoved
	}
	if c.elsewhere != nil {
		return c.elsewhere
	}
	if known.at == c.figures {
		c.work.join(&known.readSet)
		return nil
	}
	if again := c.work.questions(changes, &c.work.readSet); len(again) > 0 {
		return c.pipe.send(ctx, statementTime, again)
	}
	return nil
}

// errLockMoved says that the row of the lock was replaced by whoever held it. It passes.
var errLockMoved = fmt.Errorf("the records were replaced meanwhile: %w", driver.ErrBadConn)

// opening is what a transaction begins with. Each statement sees what was stored when the one before had ended: those
// behind the lock see what its last holder left.
//
// A statement is planned for what its tables were when a connection ran it first, and a table that is small then, such
// as that of the keys, is planned to be read as a whole: ten thousand entries later, too. So what looks up entries is
// told to use indexes, which costs nothing where a table is small. Nor is it to be planned anew for each number of
// entries: to plan took longer than to look up a dozen.
func (c *conn) opening(changes []*change, known *memory) []query {
	begin := c.dialect.begins()
	questions := c.work.questions(changes, &known.readSet)
	if len(questions) > 0 {
		begin = append(begin, query{text: c.dialect.byIndex})
	}
	newest := query{text: newestAuditQuery, row: func(s scanner) error {
		var hash string
		var id int64
		if err := s.Scan(&hash, &id); err != nil {
			return err
		}
		c.chainFrom(fullHash(hash), id)
		return nil
	}}
	c.lastAudit = new(string) // none, unless there is one
	return append(append(begin, c.askStamps(), c.askMarks(), newest, c.askNumbers()), questions...)
}

// begins is what every transaction of changes begins with.
func (d *dialect) begins() []query {
	begin := []query{{text: shared.Begin}}
	for _, text := range d.opening {
		begin = append(begin, query{text: text})
	}
	return begin
}

// askStamps asks for the stamps that say what is still true, when nobody else can change them.
func (c *conn) askStamps() query {
	return query{text: c.dialect.lock, row: func(s scanner) error {
		c.structureRead = true
		return s.Scan(&c.structure, &c.figures)
	}}
}

// Commit sends the rest and commits. An error may mean that the commit was sent and never answered, or that nobody but
// the server that answered has it. The lock alone is something to commit: a server waits for its replica with it.
func (g groupWriter) Commit(ctx context.Context, rest []query) error {
	if g.pipe == nil {
		return g.local.Commit()
	}
	err := g.pipe.send(ctx, commitTime, append(rest, query{text: "COMMIT"}))
	if err == nil {
		err = g.pipe.warned()
	}
	if err == nil {
		g.pipe.Close() //nolint:errcheck // it goes back to the pool
	}
	return err
}

// Rollback undoes what was not committed.
func (g groupWriter) Rollback() {
	if g.pipe == nil {
		if g.local.Tx != nil {
			g.local.Rollback() //nolint:errcheck // after Commit it does nothing
		}
		return
	}
	err := g.pipe.send(context.Background(), commitTime, []query{{text: "ROLLBACK"}})
	if errors.Is(err, sql.ErrConnDone) { // it was committed
		return
	}
	if err != nil { // whatever it holds is to end now, not when the connection is needed next
		g.pipe.Raw(func(any) error { return driver.ErrBadConn }) //nolint:errcheck // it is this error
	}
	g.pipe.Close() //nolint:errcheck // it goes back to the pool, or is closed
}
