package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/kpi"
)

// Copies are the backups of one office's records that the program makes by itself in a depot. Other files there,
// also backups of other records, are never touched.
type Copies struct {
	Depot  depot.Depot
	Lock   *depot.Recipient // for whom they are encrypted; nil: they are not
	Office string           // stands for the records, in the names of the files; "" while they have no entry
	log    *sql.DB          // of the records
}

// Copies are those of these records in a depot.
func (db *DB) Copies(ctx context.Context, to depot.Depot, lock *depot.Recipient) (Copies, error) {
	office, err := db.OfficeCode(ctx)
	return Copies{to, lock, office, db.read}, err
}

// Copy is one of them. It has its name only when it was read again and is whole.
type Copy struct {
	Name    string    // in the depot
	At      time.Time // when it was made; it has all of the records until then
	Upgrade bool      // made before an upgrade of the schema
	Locked  bool      // encrypted
	Size    int64
	Entry   int64  // the number of the last entry of the audit log in it
	tail    string // of that entry; "": the name does not say
}

const (
	copyTime   = "20060102-150405"
	copyBefore = "-before-upgrade"
)

var copyName = regexp.MustCompile(`^dabiao-([0-9a-f]{12})-([0-9]{8}-[0-9]{6})(?:-([0-9]{1,18})-([0-9a-f]{10}))?(` + copyBefore + `)?\.zip(` +
	regexp.QuoteMeta(depot.Encryption) + `)?$`)

// name is what the copy of a moment is called, whose log ends with head.
func (c Copies) name(at time.Time, head Head, upgrade bool) string {
	name := c.prefix() + at.UTC().Format(copyTime) + head.named()
	if upgrade {
		name += copyBefore
	}
	name += ".zip"
	if c.Lock != nil {
		name += depot.Encryption
	}
	return name
}

func (c Copies) prefix() string { return "dabiao-" + c.Office + "-" }

// read tells of a file what its name says; false if it is no copy of this office's records.
func (c Copies) read(f depot.File) (Copy, bool) {
	part := copyName.FindStringSubmatch(f.Name)
	if part == nil || part[1] != c.Office {
		return Copy{}, false
	}
	at, err := time.Parse(copyTime, part[2])
	entry, _ := strconv.ParseInt(part[3], 10, 64) //nolint:errcheck // 18 digits, or none where there is no mark
	return Copy{f.Name, at, part[5] != "", part[6] != "", f.Size, entry, part[4]}, err == nil
}

// List returns the copies of these records, newest first. Refusals: those of the depot.
func (c Copies) List(ctx context.Context) ([]Copy, error) {
	found, err := c.Look(ctx)
	return found.Ours, err
}

// Look returns what copies of this office's records there are. Refusals: those of the depot.
func (c Copies) Look(ctx context.Context) (Found, error) {
	files, err := c.Depot.List(ctx, c.prefix())
	if err != nil {
		return Found{}, err
	}
	var all []Copy
	for _, f := range files {
		if x, is := c.read(f); is {
			all = append(all, x)
		}
	}
	slices.SortFunc(all, newerFirst)
	return c.apart(ctx, all)
}

// Sweep removes what copies of these records that were broken off have left. None may be under way.
func (c Copies) Sweep(ctx context.Context) (err error) {
	return errors.Join(c.Depot.Sweep(ctx, c.prefix(), func(name string) bool {
		x, is := c.read(depot.File{Name: name})
		if !is || err != nil {
			return false
		}
		var found Found
		found, err = c.apart(ctx, []Copy{x})
		return len(found.Ours) > 0
	}), err)
}

// Thin removes the copies of these records that are not kept any more, and returns their names. What may be of others
// too stays.
func (c Copies) Thin(ctx context.Context, now time.Time) (removed []string, err error) {
	found, err := c.Look(ctx)
	if err != nil {
		return nil, err
	}
	kept, parted := copiesToKeep(found.Ours, now), found.parted()
	for _, x := range found.Ours {
		if kept[x.Name] || x.Entry < parted {
			continue
		}
		if err := c.Depot.Remove(ctx, x.Name); err != nil {
			return removed, err
		}
		removed = append(removed, x.Name)
	}
	return removed, nil
}

// OfficeCode stands for these records and those restored from their backups, and for no others; "" while their audit
// log has no entry.
func (db *DB) OfficeCode(ctx context.Context) (string, error) { return officeCode(ctx, db.read) }

func officeCode(ctx context.Context, db *sql.DB) (string, error) {
	var first string
	err := db.QueryRowContext(ctx, `SELECT hash FROM audit ORDER BY id LIMIT 1`).Scan(&first)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	sum := sha256.Sum256([]byte("dabiao office\n" + fullHash(first)))
	return hex.EncodeToString(sum[:6]), err
}

// CopyInto makes a backup as [DB.Backup] does, among the copies of a depot. What a copy that was broken off left
// there is removed. tried is shown the archive before it is encrypted or sent elsewhere; nil sees none.
// Refusals: those of the depot, backup_no_space.
func (db *DB) CopyInto(ctx context.Context, c Copies, files blob.Files, version string, at time.Time,
	tried func(name string)) (Copied, error) {
	return copyInto(ctx, db.origin(), c, files, version, at, false, tried)
}

// Copied is a copy that was made.
type Copied struct {
	Manifest
	Name   string // in the depot
	SHA256 string // of the file as it lies there; "" if it was written there directly, and read again as an archive
}

func copyInto(ctx context.Context, from origin, c Copies, files blob.Files, version string, at time.Time, upgrade bool,
	tried func(string)) (Copied, error) {
	m := Copied{Manifest: Manifest{Format: archiveFormat, Version: version, MadeAt: at.UTC().Truncate(time.Second)}}
	c.log = from.db
	if err := c.Sweep(ctx); err != nil {
		return m, err
	}
	if folder, is := c.Depot.(depot.Folder); is {
		if err := folder.TakesWrites(c.name(at, Head{}, upgrade)); err != nil {
			return m, err
		}
	}
	if err := from.roomFor(ctx, c); err != nil {
		return m, err
	}
	// The copy of the database is made on a disk of its own machine: SQLite writes no file on a network share safely.
	database, err := newScratch(from.work)
	if err != nil {
		return m, err
	}
	defer os.Remove(database) //nolint:errcheck // SweepCopies removes what stays
	if err := copyDatabase(ctx, from, database, &m.Manifest); err != nil {
		return m, err
	}
	m.Name = c.name(at, *m.Audit, upgrade)
	if folder, direct := c.writes(); direct {
		err = archiveOf(ctx, files, folder.Path(m.Name), database, &m.Manifest)
		return m, err
	}
	whole, err := newScratch(from.work)
	if err != nil {
		return m, err
	}
	defer os.Remove(whole) //nolint:errcheck // SweepCopies removes what stays
	if err := archiveOf(ctx, files, whole, database, &m.Manifest); err != nil {
		return m, err
	}
	if err := os.Remove(database); err != nil { // room for what is sent
		return m, err
	}
	if tried != nil {
		tried(whole)
	}
	m.SHA256, err = c.put(ctx, m.Name, whole)
	return m, err
}

// BackupTo makes a backup as [DB.Backup] does, beside the database, and brings it under a name into a depot, encrypted
// if lock is somebody.
func (db *DB) BackupTo(ctx context.Context, to depot.Depot, lock *depot.Recipient, files blob.Files,
	name, version string, at time.Time) (Manifest, error) {
	whole, err := newScratch(db.WorkDir())
	if err != nil {
		return Manifest{}, err
	}
	defer os.Remove(whole) //nolint:errcheck // SweepCopies removes what stays
	m, err := db.Backup(ctx, files, whole, version, at)
	if err != nil {
		return m, err
	}
	_, err = Copies{Depot: to, Lock: lock}.put(ctx, name, whole)
	return m, err
}

// writes returns the folder in which an archive is written where it stays; false if it is made on the data's disk
// first.
func (c Copies) writes() (depot.Folder, bool) {
	f, is := c.Depot.(depot.Folder)
	return f, is && c.Lock == nil
}

// newScratch returns a name in a folder for a file that is there for a while; it is not there yet.
func newScratch(dir string) (string, error) {
	f, err := os.CreateTemp(dir, "backup-*"+partialEnding)
	if err != nil {
		return "", err
	}
	return f.Name(), errors.Join(f.Close(), os.Remove(f.Name()))
}

// put brings an archive into the depot, encrypted if it has to be.
func (c Copies) put(ctx context.Context, name, from string) (sha256 string, err error) {
	kept, err := c.Depot.Put(ctx, name, func(w io.Writer) (err error) {
		file, err := os.Open(from)
		if err != nil {
			return err
		}
		defer file.Close()
		if c.Lock == nil {
			_, err = io.Copy(w, file)
			return err
		}
		locked, err := c.Lock.Encrypt(w)
		if err != nil {
			return err
		}
		_, err = io.Copy(locked, file)
		return errors.Join(err, locked.Close())
	})
	return kept.SHA256, err
}

// roomFor refuses a copy that would leave less than Reserve where it is written, or where the database is copied to.
func (o origin) roomFor(ctx context.Context, c Copies) error {
	var database, evidence int64
	for _, name := range []string{o.path, o.path + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			database += info.Size()
		}
	}
	if o.path == "" {
		if err := o.db.QueryRowContext(ctx, o.d.size).Scan(&database); err != nil {
			return err
		}
	}
	if err := o.db.QueryRowContext(ctx, `SELECT COALESCE(SUM(size), 0) FROM (`+
		evidenceHeld(ctx, o.db, o.d, `SELECT DISTINCT sha256, size FROM evidence`)+`) AS files`).Scan(&evidence); err != nil {
		return err
	}
	type need struct {
		dir   string
		bytes int64
	}
	archive := database + evidence
	needs := []need{{o.work, database}}
	if _, direct := c.writes(); !direct {
		needs[0].bytes += archive
	}
	if folder, is := c.Depot.(depot.Folder); is {
		needs = append(needs, need{folder.Dir, archive})
		if sameDisk(folder.Dir, o.work) {
			needs[0].bytes += archive
			needs[1].bytes = needs[0].bytes
		}
	}
	for _, need := range needs {
		if has, err := o.free(need.dir); err != nil {
			return err
		} else if has < need.bytes+Reserve {
			return kpi.Refuse(kpi.Conflict, "backup_no_space", need.dir, has>>20, (need.bytes+Reserve)>>20)
		}
	}
	return nil
}

// OnItsDisk reports whether a folder is on the disk of the data: what happens to one happens to both.
func (db *DB) OnItsDisk(dir string) bool { return sameDisk(dir, db.WorkDir()) }

// SweepCopies removes what backups that were broken off have left beside the database: copies of it and their journals.
// None may be under way.
func (db *DB) SweepCopies() error {
	left, err := filepath.Glob(filepath.Join(db.WorkDir(), "backup-*"+partialEnding+"*"))
	for _, name := range left {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// Unopened are records whose schema is of an earlier version.
type Unopened struct{ origin }

// CopyInto makes a backup before an upgrade. Refusals: those of [DB.CopyInto].
func (u *Unopened) CopyInto(ctx context.Context, c Copies, files blob.Files, version string, at time.Time) (err error) {
	if c.Office, err = officeCode(ctx, u.db); err != nil || c.Office == "" {
		return err
	}
	if _, err := copyInto(ctx, u.origin, c, files, version, at, true, nil); err != nil {
		return fmt.Errorf("%s: %w", c.Depot, err)
	}
	return nil
}
