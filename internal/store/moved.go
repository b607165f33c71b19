package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Records that moved, or are being moved, are marked where they were: what would be written there is in no record of
// theirs. Beside a SQLite file lies a file; in PostgreSQL a row says so, which each transaction of changes asks for in
// its first trip. Where a server of an earlier version may be, every table also has a trigger that refuses changes.

// The marks: files beside the database, or rows of the records' own table.
const (
	movedMark  = FileName + ".moved"
	movingMark = FileName + ".moving"
	saidMoved  = "moved"
	saidMoving = "moving"
)

// movedState is the error that the trigger raises, an SQLSTATE of a class that PostgreSQL leaves to others.
const movedState = "DBM01"

// guardMoved makes the function with the place in its comment, and the triggers, unless they are there. That waits for
// nobody who reads.
const guardMoved = `DO $do$
DECLARE t regclass;
BEGIN
	IF to_regprocedure(quote_ident(current_schema()) || '.dabiao_moved()') IS NOT NULL THEN RETURN; END IF;
	CREATE FUNCTION dabiao_moved() RETURNS trigger LANGUAGE plpgsql AS
		$f$ BEGIN RAISE EXCEPTION USING ERRCODE = '` + movedState + `', MESSAGE = 'the records were moved'; END $f$;
	EXECUTE format('COMMENT ON FUNCTION dabiao_moved() IS %L', current_setting('dabiao.moved_to'));
	FOR t IN SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> 'dabiao_own' LOOP
		EXECUTE format('CREATE TRIGGER dabiao_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
			FOR EACH STATEMENT EXECUTE PROCEDURE dabiao_moved()', t);
	END LOOP;
END $do$`

// MarkMoved keeps everybody from changing these records, in this and in other processes, also after the release,
// because they are elsewhere from now on; to is for people to read.
func (s *Still) MarkMoved(ctx context.Context, to string) error {
	if !s.db.dialect.network {
		err := writeNew(filepath.Join(s.db.Dir(), movedMark), []byte(to+"\n"))
		return errors.Join(err, ignoreMissing(os.Remove(filepath.Join(s.db.Dir(), movingMark))))
	}
	err := s.say(ctx, saidMoved, to)
	if err == nil && !s.db.dialect.shared { // a server of an earlier version may be there, which asks for no mark
		_, err = s.tx.ExecContext(ctx, `SELECT set_config('dabiao.moved_to', $1, true)`, to)
		if err == nil {
			_, err = s.tx.ExecContext(ctx, guardMoved)
		}
	}
	if err == nil {
		err = s.tx.Commit()
	}
	if err != nil {
		return fmt.Errorf("mark the records as moved: %w", err)
	}
	return nil
}

// say writes a mark that each transaction of changes looks for.
func (s *Still) say(ctx context.Context, what, to string) error {
	_, err := s.tx.ExecContext(ctx, `INSERT INTO `+ownTable+` (what, said) VALUES ($1, $2)
		ON CONFLICT (what) DO UPDATE SET said = excluded.said`, what, to)
	return err
}

// MarkMoving keeps everybody from changing these records, likewise, while they are carried elsewhere. Whoever had begun
// a change has ended it.
func (db *DB) MarkMoving(ctx context.Context, to string) error {
	still, err := db.Still(ctx)
	if err != nil {
		return err
	}
	defer still.Release()
	if was, err := db.movedTo(ctx); err != nil || was != "" {
		return errors.Join(err, db.movedAlready(was))
	}
	if !db.dialect.network {
		return writeNew(filepath.Join(db.Dir(), movingMark), []byte(to+"\n"))
	}
	if err = still.say(ctx, saidMoving, to); err == nil {
		err = still.tx.Commit()
	}
	if err != nil {
		return fmt.Errorf("mark the records as being moved: %w", err)
	}
	return nil
}

// UnmarkMoved takes the marks away again.
func (db *DB) UnmarkMoved(ctx context.Context) error {
	if !db.dialect.network {
		return errors.Join(ignoreMissing(os.Remove(filepath.Join(db.Dir(), movedMark))),
			ignoreMissing(os.Remove(filepath.Join(db.Dir(), movingMark))))
	}
	_, err := db.write.ExecContext(ctx, `DELETE FROM `+ownTable+` WHERE what IN ('`+saidMoved+`', '`+saidMoving+`')`)
	if err == nil && !db.dialect.shared {
		_, err = db.write.ExecContext(ctx, "DROP FUNCTION IF EXISTS dabiao_moved() CASCADE")
	}
	return err
}

// movedTo returns where these records are now, "" if they are here.
func (db *DB) movedTo(ctx context.Context) (where string, err error) {
	if !db.dialect.network {
		return readMark(filepath.Join(db.Dir(), movedMark))
	}
	if where, err = db.said(ctx, saidMoved); where != "" || err != nil || db.dialect.shared {
		return where, err
	}
	err = db.read.QueryRowContext(ctx, `SELECT COALESCE(obj_description(
		to_regprocedure(quote_ident(current_schema()) || '.dabiao_moved()'), 'pg_proc'), '')`).Scan(&where)
	return where, err
}

// MovingTo returns where these records are being carried, "" if they are not.
func (db *DB) MovingTo(ctx context.Context) (where string, err error) {
	if !db.dialect.network {
		return readMark(filepath.Join(db.Dir(), movingMark))
	}
	return db.said(ctx, saidMoving)
}

func readMark(name string) (string, error) {
	mark, err := os.ReadFile(name)
	return strings.TrimSpace(string(mark)), ignoreMissing(err)
}

// said returns what the records' own table says of something; "" if nothing.
func (db *DB) said(ctx context.Context, what string) (said string, err error) {
	if is, err := db.hasOwnTable(ctx); err != nil || !is {
		return "", err
	}
	err = db.read.QueryRowContext(ctx, `SELECT COALESCE((SELECT said FROM `+ownTable+` WHERE what = $1), '')`, what).
		Scan(&said)
	return said, err
}

// Why changes are refused where a mark says that the records are, or are carried, elsewhere.
var (
	errMoved  = errors.New("the records were moved")
	errMoving = errors.New("the records are being moved")
)

// askMarks asks for marks, when nobody else can make any.
func (c *conn) askMarks() query {
	return query{text: `SELECT what FROM ` + ownTable + ` WHERE what IN ('` + saidMoved + `', '` + saidMoving + `')
		ORDER BY what DESC`, row: func(s scanner) error {
		var what string
		if err := s.Scan(&what); err != nil {
			return err
		}
		if c.elsewhere = errMoving; what == saidMoved {
			c.elsewhere = errMoved
		}
		return nil
	}}
}

// elsewhereBy returns the refusal of changes that err means: records_moved, records_moving, or "".
func elsewhereBy(err error) string {
	said := (*pgconn.PgError)(nil)
	switch {
	case errors.Is(err, errMoved), errors.As(err, &said) && said.Code == movedState:
		return "records_moved"
	case errors.Is(err, errMoving):
		return "records_moving"
	}
	return ""
}
