package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Move puts all records into another database, or nothing: into to, which is empty, or if that is nil into a new file
// of SQLite in the folder dir, which is empty or does not exist. Nobody changes the records meanwhile nor afterwards:
// where says where they are then. along is called when all records arrived, with the folder that becomes dir, for what
// goes with them.
func (db *DB) Move(ctx context.Context, to *DB, dir, where string, told Told,
	along func(dir string) error) error {
	still, err := db.Still(ctx)
	if err != nil {
		return err
	}
	defer still.Release()
	if was, err := db.movedTo(ctx); err != nil || was != "" && was != where {
		return errors.Join(err, db.movedAlready(was))
	}
	marked := false
	certain := func(dir string) error {
		if err := errors.Join(along(dir), still.Holds(ctx)); err != nil {
			return err
		}
		marked = true
		return still.MarkMoved(ctx, where) // before it is so: a change that is taken here afterwards would be lost
	}
	if to == nil {
		err = db.moveToFile(ctx, dir, told, certain)
	} else {
		err = to.Fill(ctx, db, told, func() error { return certain(dir) })
	}
	if err != nil && marked && !errors.Is(err, ErrUnsure) {
		err = errors.Join(err, db.UnmarkMoved(context.WithoutCancel(ctx)))
	}
	return err
}

// movedAlready says what to do about a mark of another move.
func (db *DB) movedAlready(to string) error {
	undo := "remove " + movedMark + " beside them"
	if db.dialect.network {
		undo = "say `DELETE FROM " + ownTable + " WHERE what = '" + saidMoved + "'` to their database"
		if !db.dialect.shared {
			undo += ", and `DROP FUNCTION dabiao_moved() CASCADE`"
		}
	}
	return fmt.Errorf("these records were moved to %s already; if they are not there, %s", to, undo)
}

func (db *DB) moveToFile(ctx context.Context, dir string, told Told, certain func(dir string) error) error {
	dir = filepath.Clean(dir)
	if err := MustBeVacant(dir); err != nil {
		return err
	}
	filling := dir + fillingEnding
	if err := errors.Join(os.RemoveAll(filling), os.Mkdir(filling, privateFolder)); err != nil {
		return fmt.Errorf("begin a new folder: %w", err)
	}
	err := db.WriteFile(ctx, filepath.Join(filling, FileName), told)
	if err == nil {
		err = certain(filling)
	}
	if err == nil {
		err = takePlace(filling, dir)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(filling))
	}
	return nil
}
