package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"dabiao/internal/kpi"
)

// Config says where the records are stored.
type Config struct {
	Dir string // data folder; holds the SQLite database unless URL is set, and what is written for a while
	URL string // postgres://…; empty: SQLite

	// KeyFile is where the key of the audit log is kept, which is made with the first entry; empty: the log has
	// none, as in tests.
	KeyFile string

	// AsIs refuses records of another version's schema rather than upgrade them: a server of that version may be
	// using them. Empty records get their schema all the same.
	AsIs bool

	// BeforeUpgrade, if set, is told before a schema is upgraded. Whatever comes of it, a copy of a SQLite database is
	// kept beside it.
	BeforeUpgrade func(*Unopened)

	// Office is whose records these are: its name among those that one program serves; "": the program's own. PostgreSQL
	// keeps it, so that no other office opens them, whatever address it has.
	Office string

	// New says that the schema that the address names may be made, whatever AsIs says.
	New bool

	// SlowAfter is how long a statement may take before Slow is told of it; 0: nobody is.
	SlowAfter time.Duration
	Slow      func(SlowQuery)

	// Free returns how many bytes may be written below a folder; nil: the system is asked.
	Free func(dir string) (int64, error)

	// Commits says whether SQLite commits must be on disk before they are acknowledged. They must,
	// unless a test says otherwise; PostgreSQL follows its server's settings.
	Commits commits
}

func (c Config) freeSpace() func(dir string) (int64, error) {
	if c.Free == nil {
		return freeSpace
	}
	return c.Free
}

type commits int

const (
	durable commits = iota
	// NoSync commits do not wait for the disk. They are for tests, whose records nobody will miss;
	// internal/forbidden_test.go keeps the program from using them.
	NoSync
)

// synchronous returns the value of SQLite's pragma. NORMAL could lose acknowledged commits in a power
// failure.
func (c commits) synchronous() string {
	if c == NoSync {
		return "OFF"
	}
	return "FULL"
}

// DB is an open database with this program's schema.
type DB struct {
	write, read   *sql.DB
	dialect       dialect
	failed        atomic.Bool  // the disk did
	damaged       atomic.Bool  // the file is
	moved         atomic.Value // of string: PostgreSQL refused the last change because of a mark, and this is why; ""
	free          func(dir string) (int64, error)
	writes, reads *statements
	stamps        *sql.Stmt // nil: it is asked as text
	cache         structureCache
	memory        *memory      // of whoever has the turn
	overtaken     atomic.Int32 // how many groups are not to run ahead, since others wrote before the last that did
	keys          keyring
	waiting       queue
	waits         waits
	patience      patience
	newest        newest
	slow          slowQueries
	turn          chan struct{} // held by the goroutine whose group runs
	storing       chan struct{} // held by the goroutine whose group is stored: see sitting

	long    func(context.Context) (done func(), err error) // leave to hold a connection while others are needed
	release func()                                         // of connections that others share

	checked   chan struct{} // closed once the file has been checked
	damage    error         // the result of the check; valid once checked is closed
	stopCheck func()

	work   string      // see WorkDir
	path   string      // of the database file
	source string      // the file that is read: path, or a copy of it
	lies   bool        // it takes no writes, and is read as it lies
	file   os.FileInfo // as it was opened; nil: there is none
	logged atomic.Bool // its log was seen beside it
}

// ready completes a DB whose pools are open and whose schema is up to date.
func (db *DB) ready(ctx context.Context) (err error) {
	db.writes = newStatements(db.write, db.dialect.prepare)
	db.reads = newStatements(db.read, db.dialect.prepare)
	db.turn, db.storing = make(chan struct{}, 1), make(chan struct{}, 1)
	db.patience = patience{retry: 10 * time.Second, settle: 10 * time.Second}
	db.checked = make(chan struct{})
	if db.dialect.prepare {
		if db.stamps, err = db.read.PrepareContext(ctx, stampsQuery); err != nil {
			return err
		}
	}
	if db.dialect.network {
		to, err := db.movedTo(ctx)
		if err != nil {
			return err
		}
		if db.moved.Store(""); to != "" {
			db.moved.Store("records_moved")
		}
	}
	db.note(db.newest.load(ctx, db.read)) //nolint:errcheck // a damaged file opens, to be read where it is whole
	return nil
}

// Open opens the database, creates or upgrades its schema, and starts checking it for damage (see
// [DB.Damage]).
func Open(ctx context.Context, c Config) (*DB, error) {
	open := openSQLite
	if c.URL != "" {
		open = openPostgres
	}
	db, err := open(ctx, c)
	if err != nil {
		return nil, err
	}
	db.keys.file, db.free, db.work = c.KeyFile, c.freeSpace(), c.Dir
	db.slow.after, db.slow.tell = c.SlowAfter, c.Slow
	if err := db.checkShared(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Damage waits until the database file has been checked and returns what is wrong with it. Writes wait
// for the check too, and are refused if it found damage.
func (db *DB) Damage(ctx context.Context) error {
	select {
	case <-db.checked:
		return db.damage
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close closes all connections. Transactions must have ended.
func (db *DB) Close() error {
	var err error
	whole := db.Trouble() == nil
	db.logged.Store(false) // it goes now, and nobody took it
	if db.stopCheck != nil {
		db.stopCheck()
	}
	if db.read != nil && db.read != db.write {
		err = db.read.Close()
	}
	err = errors.Join(err, db.write.Close(), db.removeCopy()) // the writer last: it empties SQLite's write-ahead log
	if err == nil && whole {
		db.markClosed()
	}
	if db.release != nil {
		db.release()
	}
	return err
}

// Read calls fn with a Reader on one consistent snapshot.
func (db *DB) Read(ctx context.Context, fn func(*Reader) error) error {
	db.reads.preparePending()
	var tx transaction
	err := db.patiently(ctx, func() (err error) {
		tx, err = db.dialect.begin(ctx, db.read, db.dialect.readTx)
		return err
	})
	if err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return db.note(fn(&Reader{&conn{tx: tx.Tx, dialect: &db.dialect, known: db.reads,
		bound: map[string]statement{}, cache: &db.cache, keys: &db.keys, slow: &db.slow}}))
}

// Writable tests whether the database accepts and stores a write, by committing one: a write that is
// rolled back would not reach a full or failing disk.
func (db *DB) Writable(ctx context.Context) error {
	return db.Write(ctx, func(w *Writer) error { return w.SetSetting(ctx, "probe", "1") })
}

// Reader reads within one snapshot.
type Reader struct{ tx *conn }

// Writer reads and writes within one transaction.
type Writer struct{ Reader }

func (w *Writer) exec(ctx context.Context, text string, args ...any) error {
	if of := witnessingOf(text); of != nil {
		_, err := w.witness(ctx, of, args)
		return err
	}
	return w.touch(ctx, text, args...)
}

// touch is exec for a change that the audit log does not hold: of columns that it leaves out.
func (w *Writer) touch(ctx context.Context, text string, args ...any) error {
	_, err := w.tx.ExecContext(ctx, text, args...)
	return err
}

// insert runs an INSERT and returns the new row's ID.
func insert[ID ~int64](ctx context.Context, w *Writer, text string, args ...any) (id ID, err error) {
	if of := witnessingOf(text); of != nil {
		n, err := w.witness(ctx, of, args)
		return ID(n), err
	}
	if !w.tx.dialect.tellsID {
		err = w.tx.QueryRowContext(ctx, text+` RETURNING id`, args...).Scan(&id)
		return id, err
	}
	result, err := w.tx.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	last, err := result.LastInsertId()
	return ID(last), err
}

// scanner is implemented by single rows and by result sets.
type scanner interface{ Scan(...any) error }

// all returns every row of a query.
func all[T any](ctx context.Context, r *Reader, scan func(scanner) (T, error), text string, args ...any) ([]T, error) {
	rows, err := r.tx.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, failed(text, err)
		}
		if out == nil {
			out = make([]T, 0, 8) // rows are wide: growing copies them
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one returns the single row of a query, or the refusal missing if there is none.
func one[T any](ctx context.Context, r *Reader, missing *kpi.Error, scan func(scanner) (T, error), text string,
	args ...any) (T, error) {
	v, err := scan(r.tx.QueryRowContext(ctx, text, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, missing
	}
	return v, failed(text, err)
}

// fill looks up the keys of m and stores what it finds in m. %s in the text stands for the list of
// keys.
func fill[K comparable, V, Row any](ctx context.Context, r *Reader, m map[K]V, scan func(scanner) (Row, error),
	split func(Row) (K, V), text string) error {
	if len(m) == 0 {
		return nil
	}
	marks, args := list(slices.Collect(maps.Keys(m)))
	rows, err := all(ctx, r, scan, fmt.Sprintf(text, marks), args...)
	for _, row := range rows {
		k, v := split(row)
		m[k] = v
	}
	return err
}

// ref converts an optional reference: 0 becomes NULL.
func ref[ID ~int64](id ID) sql.NullInt64 { return sql.NullInt64{Int64: int64(id), Valid: id != 0} }
