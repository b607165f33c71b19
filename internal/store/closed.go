package store

import (
	"fmt"
	"os"
	"path/filepath"
)

// closedMark is the file, beside the database, that says how the database was when it was last closed. A file that is
// still like that takes writes at once, and is checked while it does; any other is checked first.
const closedMark = FileName + ".closed"

// takeClosed reports whether the database in a folder was closed well and is as it was then. It counts once: whoever
// is killed leaves no mark.
func takeClosed(dir string) bool {
	said, err := os.ReadFile(filepath.Join(dir, closedMark))
	if err != nil || os.Remove(filepath.Join(dir, closedMark)) != nil || syncDir(dir) != nil {
		return false
	}
	now, ok := stateOfFile(dir)
	return ok && string(said) == now
}

// markClosed notes how the database is, after it was closed without an error or a trouble. Where another process has it
// open, its changes are not in the file yet, and nothing is noted.
func (db *DB) markClosed() {
	if now, ok := stateOfFile(db.Dir()); ok && !db.damaged.Load() {
		//nolint:errcheck // without the mark the file is checked first
		os.WriteFile(filepath.Join(db.Dir(), closedMark), []byte(now), privateFile)
	}
}

// stateOfFile tells one state of a database file that nobody has open from others; false if somebody has.
func stateOfFile(dir string) (string, bool) {
	path := filepath.Join(dir, FileName)
	info, err := os.Stat(path)
	if err != nil {
		return "", false
	}
	if _, err := os.Stat(path + "-wal"); !os.IsNotExist(err) {
		return "", false
	}
	return fmt.Sprintf("%d bytes, written at %d\n", info.Size(), info.ModTime().UnixNano()), true
}
