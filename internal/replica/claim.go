package replica

import (
	"cmp"
	"context"
	"crypto/rand"
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

// markEnding ends the name of the file beside a database that tells it from a restored one.
const markEnding = "-replica.id"

// Why a folder is not copied into, beside what the system says of it.
var (
	ErrInside = errors.New("the folder of the replica is within the data folder, and is lost with it: name one on another disk")
	ErrOther  = errors.New("the folder holds the replica of another database, or of this one before it was restored or moved: " +
		"restore from it what is wanted, then name another folder")
	ErrShared = errors.New("another process copies into the folder: each database needs a folder of its own")
)

// mustBeThere refuses a folder that is not there, because it is made by hand: otherwise its disk is away.
func (f Follower) mustBeThere() error {
	if _, err := os.ReadDir(f.Folder); err != nil {
		return err
	}
	folder, err := filepath.EvalSymlinks(f.Folder)
	if err != nil {
		return err
	}
	data, err := filepath.EvalSymlinks(filepath.Dir(f.Database))
	if err == nil && Within(folder, data) {
		err = ErrInside
	}
	return err
}

// Within reports whether a folder is another one or below it, by their paths.
func Within(folder, other string) bool {
	rel, err := filepath.Rel(other, folder)
	return err == nil && filepath.IsLocal(rel)
}

// claim sees to it that a folder follows one database only: what an office lost is not replaced by what it set up in
// its stead, nor by an older state that it restored. A database is told by the first entry of its audit log and by a
// mark beside it, which is in no backup.
func (f Follower) claim(ctx context.Context) error {
	first, err := f.awaitFirst(ctx)
	if err != nil {
		return fmt.Errorf("read whose replica it is: %w", err)
	}
	mark, err := f.mark()
	if err != nil {
		return err
	}
	mine, name := first+" "+mark, filepath.Join(f.Folder, ownerName)
	theirs, err := os.ReadFile(name)
	switch {
	case err == nil && strings.TrimSpace(string(theirs)) == mine:
		return nil
	case err == nil:
		return ErrOther
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if all, err := series(f.Folder); err != nil || len(all) > 0 { // whose they are nobody knows any more
		return cmp.Or(err, ErrOther)
	}
	return writeDurably(name, mine+"\n")
}

// mark returns what is written beside the database, and writes it the first time.
func (f Follower) mark() (string, error) {
	name := f.Database + markEnding
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		mark := rand.Text()
		return mark, writeDurably(name, mark+"\n")
	}
	return strings.TrimSpace(string(text)), err
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
