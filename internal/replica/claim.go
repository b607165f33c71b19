package replica

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver by which the database is read
)

// ownerName is the name of the file that says whose a folder is.
const ownerName = "database"

// claim sees to it that a folder follows one database only: what an office lost is not replaced by what it set up in
// its stead. A database is told by the first entry of its audit log, which stays when it is restored.
func (f Follower) claim(ctx context.Context) error {
	if info, err := os.Stat(f.Folder); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s: make it, or see whether its disk is away", f.Folder)
	}
	mine, err := f.awaitFirst(ctx)
	if err != nil {
		return fmt.Errorf("read whose replica it is: %w", err)
	}
	name := filepath.Join(f.Folder, ownerName)
	theirs, err := os.ReadFile(name)
	switch {
	case err == nil && strings.TrimSpace(string(theirs)) == mine:
		return nil
	case err == nil:
		return fmt.Errorf("%s holds the replica of another database: restore it from there, or name another folder", f.Folder)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return writeDurably(name, mine+"\n")
}

// awaitFirst returns the hash of the first audit entry, once there is one.
func (f Follower) awaitFirst(ctx context.Context) (hash string, err error) {
	place := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(f.Database)}).EscapedPath(),
		RawQuery: "mode=ro&_busy_timeout=10000"}
	db, err := sql.Open("sqlite", place.String())
	if err != nil {
		return "", err
	}
	defer db.Close()
	for {
		err := db.QueryRowContext(ctx, "SELECT hash FROM audit ORDER BY id LIMIT 1").Scan(&hash)
		if !errors.Is(err, sql.ErrNoRows) {
			return hash, err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(Every):
		}
	}
}

func writeDurably(name, text string) error {
	partial := name + ".partial"
	out, err := os.OpenFile(partial, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, privateFile)
	if err != nil {
		return err
	}
	_, err = out.WriteString(text)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	return os.Rename(partial, name)
}
