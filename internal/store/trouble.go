package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"dabiao/internal/kpi"
)

// Trouble is what keeps changes from being stored until somebody sees to it. Reading goes on. Each is a refusal of its
// own, which whoever writes is told and the maintenance state shows:
//
//	records_damaged     the file is damaged: a backup is to be restored
//	read_only           the disk failed; what it acknowledged before may not be there
//	records_gone        the folder, the file or SQLite's log was moved or removed
//	records_moved       the records are in another database now
//	records_moving      they are being carried there
//	records_held        another program keeps everybody from writing
//	records_unwritable  the folder or its file takes no writes
//	disk_full           less than Reserve is free

// Reserve is how many bytes must be free for changes to be taken: a database that fills the disk to its last byte
// cannot be checkpointed, nor backed up.
const Reserve = 64 << 20

// damageMark is the file, beside the database, that says that it was found damaged. The check at the start finds less
// than reading does.
const damageMark = FileName + ".damaged"

// Stopped reports whether err says that nothing could be stored because of the database, whatever it was.
func Stopped(err error) bool {
	if errors.As(err, new(*kpi.Away)) {
		return true
	}
	refusal := (*kpi.Error)(nil)
	return errors.As(err, &refusal) && refusal.StopsAll()
}

// Trouble returns what keeps changes from being stored, nil if nothing does that is known.
func (db *DB) Trouble() *kpi.Error {
	switch {
	case db.damaged.Load():
		return kpi.Refuse(kpi.Conflict, "records_damaged")
	case db.failed.Load():
		return kpi.Refuse(kpi.Conflict, "read_only")
	}
	if why, is := db.moved.Load().(string); is && why != "" {
		return kpi.Refuse(kpi.Conflict, why)
	}
	if db.file == nil {
		return nil
	}
	if elsewhere := db.elsewhere(); elsewhere != nil {
		return elsewhere
	}
	if free, err := db.free(filepath.Dir(db.path)); err == nil && free < Reserve {
		return kpi.Refuse(kpi.Conflict, "disk_full")
	}
	if db.lies {
		return kpi.Refuse(kpi.Conflict, "records_unwritable")
	}
	return nil
}

// elsewhere returns why what is written here would be in nobody's records, nil if it would be in theirs.
func (db *DB) elsewhere() *kpi.Error {
	switch {
	case db.dialect.network:
		return nil // it says so itself
	case db.Gone():
		return kpi.Refuse(kpi.Conflict, "records_gone")
	}
	if to, err := db.movedTo(context.Background()); err == nil && to != "" {
		return kpi.Refuse(kpi.Conflict, "records_moved")
	}
	if to, err := db.MovingTo(context.Background()); err == nil && to != "" {
		return kpi.Refuse(kpi.Conflict, "records_moving")
	}
	return nil
}

// Free returns how many bytes may still be written below a folder.
func (db *DB) Free(dir string) (int64, error) { return db.free(dir) }

// Dir is the folder that the database is in; "" if it is not in one.
func (db *DB) Dir() string {
	if db.path == "" {
		return ""
	}
	return filepath.Dir(db.path)
}

// note takes err in: nothing is written any more after the disk failed or the file was found damaged. Continuing after
// a failed fsync could acknowledge changes that never reach the disk.
func (db *DB) note(err error) error {
	switch {
	case err == nil:
	case fileDamaged(err):
		db.findDamage(err)
	case diskFailed(err):
		db.failed.Store(true)
	case elsewhereBy(err) != "":
		db.moved.Store(elsewhereBy(err))
	}
	return err
}

// findDamage keeps writes off the file from now on, also after the next start.
func (db *DB) findDamage(found error) {
	if !db.damaged.Swap(true) && db.path != "" {
		//nolint:errcheck // a folder that takes no mark takes no writes either
		os.WriteFile(filepath.Join(db.Dir(), damageMark), []byte(found.Error()+"\n"), privateFile)
	}
}

// foundBefore reports whether the database in a folder was found damaged by an earlier run.
func foundBefore(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, damageMark))
	return err == nil
}

// Cleared forgets that the file was found damaged, after everything in it was verified: the next start takes writes
// again.
func (db *DB) Cleared() error {
	if db.path == "" {
		return nil
	}
	if err := os.Remove(filepath.Join(db.Dir(), damageMark)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// told returns the refusal that err means for whoever writes, or err itself.
func (db *DB) told(err error) error {
	if err == nil || errors.As(err, new(*kpi.Unsettled)) {
		return err
	}
	if key := db.dialect.trouble(err); key != "" {
		return kpi.Refuse(kpi.Conflict, key)
	}
	return err
}
