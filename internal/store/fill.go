package store

import (
	"context"
	"errors"
	"fmt"
)

// Fill puts every record of another database, as it is at one moment, into this one, which must be empty: all of them
// or none. certain is asked last whether they count.
func (db *DB) Fill(ctx context.Context, from *DB, told Told, certain func() error) error {
	moment, err := from.dialect.snapshot(ctx, from.read)
	if err != nil {
		return fmt.Errorf("read the records: %w", err)
	}
	defer moment.Rollback() //nolint:errcheck // nothing was written
	tx, err := db.dialect.beginWriting(ctx, db.write)
	if err != nil {
		return fmt.Errorf("write the records: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	if err := tx.unhurried(ctx, &db.dialect); err != nil {
		return err
	}
	if err := transfer(ctx, side{moment.Tx, &from.dialect}, side{tx.Tx, &db.dialect}, told); err != nil {
		return err
	}
	if err := certain(); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil && db.dialect.undone(err) {
		return err
	} else if err != nil {
		return fmt.Errorf("%w (%w): it is either empty or has all of them; `dabiao verify` tells", ErrUnsure, err)
	}
	return nil
}

// ErrUnsure reports that nobody knows whether records were stored.
var ErrUnsure = errors.New("the database did not say whether it stored the records")

// WriteFile writes the records as they are at one moment to a new file of SQLite.
func (db *DB) WriteFile(ctx context.Context, name string, told Told) error {
	from := db.origin()
	from.told = told
	return from.copyTo(ctx, name)
}

// Still is records that nobody can change.
type Still struct {
	tx    transaction
	db    *DB
	leave func()
}

// Still keeps everybody from changing the records, in this and in other processes, until it is released. Reading goes
// on; whoever writes waits, and is refused after a while.
func (db *DB) Still(ctx context.Context) (*Still, error) {
	leave, err := db.long(ctx)
	if err != nil {
		return nil, fmt.Errorf("keep the records still: %w", err)
	}
	tx, err := db.dialect.beginWriting(ctx, db.write)
	if err != nil {
		leave()
		return nil, fmt.Errorf("keep the records still: %w", err)
	}
	return &Still{tx, db, leave}, tx.unhurried(ctx, &db.dialect)
}

// Holds returns an error if somebody may have changed the records since.
func (s *Still) Holds(ctx context.Context) error {
	if _, err := s.tx.ExecContext(ctx, "SELECT 1"); err != nil {
		return fmt.Errorf("the records may have changed meanwhile, so nothing was moved; try again: %w", err)
	}
	return nil
}

// Release lets everybody change the records again, unless they are marked as moved.
func (s *Still) Release() {
	s.tx.Rollback() //nolint:errcheck // nothing was written
	s.leave()
}

// Turn lets one of the servers of a database do something at a time; done ends it. ok is false while another does it.
func (db *DB) Turn(ctx context.Context, what string) (done func(), ok bool, err error) {
	if !db.dialect.network {
		return func() {}, true, nil
	}
	return db.rowTurn(ctx, "turn "+what)
}
