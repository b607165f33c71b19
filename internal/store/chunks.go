package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
)

// InDatabase is how the store is written where contents of evidence lie in the database.
const InDatabase = "database"

const (
	chunksTable = "evidence_chunks"
	chunkSize   = 256 << 10
)

// chunks keeps contents of evidence in the database, for offices on PostgreSQL that have neither a bucket nor a folder
// that all their servers see. They are no records: no backup has them among these, nor does the audit log.
type chunks struct{ db *DB }

// Chunks returns the store of contents in the database. There is none beside SQLite, which is a file in a folder.
func (db *DB) Chunks() (blob.Store, error) {
	if db.path != "" {
		return nil, errors.New("evidence lies in the database only with PostgreSQL; beside SQLite it lies in the data folder")
	}
	return chunks{db}, nil
}

// Chunks is [DB.Chunks] of records that are not upgraded yet.
func (o origin) Chunks() (blob.Store, error) {
	return (&DB{read: o.db, write: o.db, dialect: *o.d, path: o.path}).Chunks()
}

// String returns InDatabase.
func (chunks) String() string { return InDatabase }

// Put stores a content in one transaction, one piece in memory at a time. Writers of records do not wait for it.
func (c chunks) Put(ctx context.Context, s blob.Staged) (err error) {
	file, err := os.Open(s.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	tx, err := c.db.dialect.begin(ctx, c.db.write, nil)
	if err != nil {
		return c.told(ctx, err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	piece, n := make([]byte, chunkSize), 0
	for end := false; !end; n++ {
		size, err := io.ReadFull(file, piece)
		if end = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF); err != nil && !end {
			return err
		}
		if size == 0 && n > 0 {
			break
		}
		if err := c.exec(ctx, tx, `INSERT INTO evidence_chunks (sha256, n, content) VALUES ($1, $2, $3)
			ON CONFLICT (sha256, n) DO UPDATE SET content = excluded.content`, s.SHA256, n, piece[:size]); err != nil {
			return c.told(ctx, err)
		}
	}
	if err := c.exec(ctx, tx, `DELETE FROM evidence_chunks WHERE sha256 = $1 AND n >= $2`, s.SHA256, n); err != nil {
		return c.told(ctx, err)
	}
	return c.told(ctx, tx.Commit()) // where nobody knows whether it did, no record refers to it yet
}

func (c chunks) exec(ctx context.Context, tx transaction, text string, args ...any) error {
	ctx, cancel := c.db.dialect.within(ctx, statementTime)
	defer cancel()
	_, err := tx.ExecContext(ctx, text, args...)
	return failed(text, err)
}

// told makes a database that does not answer one that is away.
func (c chunks) told(ctx context.Context, err error) error {
	if c.db.dialect.passing(err) && !errors.Is(ctx.Err(), context.Canceled) {
		return &kpi.Away{Cause: err}
	}
	return c.db.told(err)
}

// Get begins to read a content, of which one piece is in memory at a time.
func (c chunks) Get(ctx context.Context, sum string) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancel(ctx)
	var rows *sql.Rows
	err := c.db.patiently(ctx, func() (err error) {
		//nolint:rowserrcheck,sqlclosecheck // pieces does both
		rows, err = c.db.read.QueryContext(ctx, `SELECT content FROM evidence_chunks WHERE sha256 = $1 ORDER BY n`, sum)
		return err
	})
	if err != nil {
		cancel()
		return nil, err
	}
	p := &pieces{of: c, ctx: ctx, rows: rows, cancel: cancel}
	if err := p.next(); errors.Is(err, io.EOF) {
		return nil, errors.Join(fs.ErrNotExist, p.Close())
	} else if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// Size adds the sizes of the pieces.
func (c chunks) Size(ctx context.Context, sum string) (size int64, err error) {
	var n int
	err = c.db.patiently(ctx, func() error {
		return c.db.read.QueryRowContext(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(LENGTH(content)), 0) AS BIGINT)
			FROM evidence_chunks WHERE sha256 = $1`, sum).Scan(&n, &size)
	})
	if err == nil && n == 0 {
		err = fs.ErrNotExist
	}
	return size, err
}

// Remove removes the pieces of a content.
func (c chunks) Remove(ctx context.Context, sum string) error {
	ctx, cancel := c.db.dialect.within(ctx, statementTime)
	defer cancel()
	_, err := c.db.write.ExecContext(ctx, `DELETE FROM evidence_chunks WHERE sha256 = $1`, sum)
	return c.told(ctx, err)
}

// Claim returns nil: the table is among the records.
func (chunks) Claim(context.Context, string) error { return nil }

// Ping returns nil: the database has a state of its own.
func (chunks) Ping(context.Context) error { return nil }

// pieces is a content that is read from its rows.
type pieces struct {
	of     chunks
	ctx    context.Context //nolint:containedctx // of the query
	rows   *sql.Rows
	cancel context.CancelFunc
	left   []byte // of the piece that is being read
}

// next reads a piece; one that is missing between others makes the content end, and have another hash.
func (p *pieces) next() error {
	if !p.rows.Next() {
		if err := p.rows.Err(); err != nil {
			return p.of.told(p.ctx, err)
		}
		return io.EOF
	}
	return p.rows.Scan(&p.left)
}

// Read reads within a piece.
func (p *pieces) Read(b []byte) (int, error) {
	for len(p.left) == 0 {
		if err := p.next(); err != nil {
			return 0, err
		}
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

// Close ends the query.
func (p *pieces) Close() error {
	p.cancel()
	return p.rows.Close()
}
