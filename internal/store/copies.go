package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"dabiao/internal/kpi"
)

// Copies are the backups of one office's records that the program makes by itself in a folder. Other files there,
// also backups of other records, are never touched.
type Copies struct {
	Dir    string
	Office string // stands for the records, in the names of the files; "" while they have no entry
	Create bool   // the folder is made where it is missing; otherwise the disk it is on must be away
}

// Copy is one of them. It has its name only when it was read again and is whole.
type Copy struct {
	Name    string // in the folder
	At      time.Time
	Upgrade bool // made before an upgrade of the schema
	Size    int64
}

const (
	copyTime   = "20060102-150405"
	copyBefore = "-before-upgrade"
)

var copyName = regexp.MustCompile(`^dabiao-([0-9a-f]{12})-([0-9]{8}-[0-9]{6})(` + copyBefore + `)?\.zip(` +
	regexp.QuoteMeta(partialEnding) + `)?$`)

// Path is where the copy of a moment is.
func (c Copies) Path(at time.Time, upgrade bool) string {
	name := "dabiao-" + c.Office + "-" + at.UTC().Format(copyTime)
	if upgrade {
		name += copyBefore
	}
	return filepath.Join(c.Dir, name+".zip")
}

// List returns the copies, newest first. Refusal: backup_folder_away.
func (c Copies) List() ([]Copy, error) {
	var out []Copy
	err := c.each(func(x Copy, partial bool) error {
		if !partial {
			out = append(out, x)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Copy) int { return b.At.Compare(a.At) })
	return out, err
}

// Sweep removes what copies that were broken off have left. None may be under way.
func (c Copies) Sweep() error {
	return c.each(func(x Copy, partial bool) error {
		if !partial {
			return nil
		}
		return os.Remove(filepath.Join(c.Dir, x.Name))
	})
}

// Thin removes the copies that are not kept any more, and returns their names.
func (c Copies) Thin(now time.Time) (removed []string, err error) {
	all, err := c.List()
	if err != nil {
		return nil, err
	}
	kept := copiesToKeep(all, now)
	for _, x := range all {
		if kept[x.Name] {
			continue
		}
		if err := os.Remove(filepath.Join(c.Dir, x.Name)); err != nil {
			return removed, err
		}
		removed = append(removed, x.Name)
	}
	return removed, nil
}

// each calls fn with every file in the folder that is of these records.
func (c Copies) each(fn func(x Copy, partial bool) error) error {
	if c.Create {
		if err := os.MkdirAll(c.Dir, privateFolder); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(c.Dir)
	if errors.Is(err, os.ErrNotExist) {
		return kpi.Refuse(kpi.Conflict, "backup_folder_away", c.Dir)
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		part := copyName.FindStringSubmatch(e.Name())
		if part == nil || part[1] != c.Office || !e.Type().IsRegular() {
			continue
		}
		at, err := time.Parse(copyTime, part[2])
		if err != nil {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := fn(Copy{e.Name(), at, part[3] != "", info.Size()}, part[4] != ""); err != nil {
			return err
		}
	}
	return nil
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

// CopyInto makes a backup as [DB.Backup] does, among the copies of a folder. What a copy that was broken off left
// there is removed. Refusals: backup_folder_away, backup_no_space.
func (db *DB) CopyInto(ctx context.Context, c Copies, files Files, version string, at time.Time) (Manifest, error) {
	return copyInto(ctx, db.origin(), c, files, version, at, false)
}

func copyInto(ctx context.Context, from origin, c Copies, files Files, version string, at time.Time,
	upgrade bool) (Manifest, error) {
	m := Manifest{Format: archiveFormat, Version: version, MadeAt: at.UTC().Truncate(time.Second)}
	if err := c.Sweep(); err != nil {
		return m, err
	}
	if err := from.roomFor(ctx, c.Dir); err != nil {
		return m, err
	}
	// The copy of the database is made on a disk of its own machine: SQLite writes no file on a network share safely.
	database, err := os.CreateTemp(from.work, "backup-*"+partialEnding)
	if err != nil {
		return m, err
	}
	if err := database.Close(); err != nil {
		return m, err
	}
	err = archive(ctx, from, files, c.Path(at, upgrade), database.Name(), &m)
	return m, err
}

// roomFor refuses a copy that would leave less than Reserve where it is written, or where the database is copied to.
func (o origin) roomFor(ctx context.Context, dir string) error {
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
	for _, need := range []struct {
		dir   string
		bytes int64
	}{{o.work, database}, {dir, database + evidence}} {
		if sameDisk(dir, o.work) {
			need.bytes = 2*database + evidence
		}
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

// SweepCopies removes what backups that were broken off have left beside the database. None may be under way.
func (db *DB) SweepCopies() error {
	left, err := filepath.Glob(filepath.Join(db.WorkDir(), "backup-*"+partialEnding))
	for _, name := range left {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// Unopened are records whose schema is of an earlier version.
type Unopened struct{ origin }

// CopyInto makes a backup before an upgrade. Refusals: those of [DB.CopyInto].
func (u *Unopened) CopyInto(ctx context.Context, c Copies, files Files, version string, at time.Time) (err error) {
	if c.Office, err = officeCode(ctx, u.db); err != nil || c.Office == "" {
		return err
	}
	if _, err := copyInto(ctx, u.origin, c, files, version, at, true); err != nil {
		return fmt.Errorf("%s: %w", c.Dir, err)
	}
	return nil
}
