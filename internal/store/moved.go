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

// Records that moved are marked where they were: what would be written there is in no record of theirs. Beside a SQLite
// file lies a file; in PostgreSQL every table has a trigger that refuses changes, by whatever server.

// movedMark is the file, beside the database.
const movedMark = FileName + ".moved"

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
		return writeNew(filepath.Join(s.db.Dir(), movedMark), []byte(to+"\n"))
	}
	_, err := s.tx.ExecContext(ctx, `SELECT set_config('dabiao.moved_to', $1, true)`, to)
	if err == nil {
		_, err = s.tx.ExecContext(ctx, guardMoved)
	}
	if err == nil {
		err = s.tx.Commit()
	}
	if err != nil {
		return fmt.Errorf("mark the records as moved: %w", err)
	}
	return nil
}

// UnmarkMoved takes the mark away again.
func (db *DB) UnmarkMoved(ctx context.Context) error {
	if db.dialect.network {
		_, err := db.write.ExecContext(ctx, "DROP FUNCTION IF EXISTS dabiao_moved() CASCADE")
		return err
	}
	return ignoreMissing(os.Remove(filepath.Join(db.Dir(), movedMark)))
}

// movedTo returns where these records are now, "" if they are here.
func (db *DB) movedTo(ctx context.Context) (where string, err error) {
	if db.dialect.network {
		err = db.read.QueryRowContext(ctx, `SELECT COALESCE(obj_description(
			to_regprocedure(quote_ident(current_schema()) || '.dabiao_moved()'), 'pg_proc'), '')`).Scan(&where)
		return where, err
	}
	mark, err := os.ReadFile(filepath.Join(db.Dir(), movedMark))
	if err != nil {
		return "", ignoreMissing(err)
	}
	return strings.TrimSpace(string(mark)), nil
}

// movedAway reports whether the trigger refused a change.
func movedAway(err error) bool {
	said := (*pgconn.PgError)(nil)
	return errors.As(err, &said) && said.Code == movedState
}
