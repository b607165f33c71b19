package store

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"

	"dabiao/internal/blob"
)

// Manifest describes a backup, in its manifest.json.
type Manifest struct {
	Format  int            `json:"format"`  // of the archive: 1
	Version string         `json:"version"` // of the program that made it
	MadeAt  time.Time      `json:"made_at"`
	Files   []ManifestFile `json:"files"`
	// Audit is the end of the audit log in the copy.
	Audit *Head `json:"audit,omitempty"`
	// Damaged lists evidence files that were already missing or altered when the backup was made.
	Damaged []string `json:"damaged,omitempty"`
}

// ManifestFile is one file of a backup, named relative to the data folder.
type ManifestFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const (
	manifestName    = "manifest.json"
	archiveFormat   = 1
	evidenceFolder  = "evidence"
	partialEnding   = ".partial"
	archivedFileMod = 0o600
)

// Backup writes one archive with a consistent copy of the records, as a SQLite database, the evidence they refer to
// and a manifest, while the server keeps running. The file appears under its name complete and verified, or not at
// all.
func (db *DB) Backup(ctx context.Context, files blob.Files, name, version string, at time.Time) (Manifest, error) {
	m := Manifest{Format: archiveFormat, Version: version, MadeAt: at.UTC().Truncate(time.Second)}
	err := archive(ctx, db.origin(), files, name, name+partialEnding+".db", &m)
	return m, err
}

// copyDSN is how the database is opened to be copied.
func (db *DB) copyDSN() string {
	return sqliteDSN(db.source, durable, "mode=ro"+db.asItLies())
}

// archive copies the database to a file of its own, which is removed again, and writes the archive from that.
func archive(ctx context.Context, from origin, files blob.Files, name, database string, m *Manifest) error {
	if err := isNew(name); err != nil {
		return err
	}
	defer os.Remove(database) //nolint:errcheck // it may never have been made
	if err := copyDatabase(ctx, from, database, m); err != nil {
		return err
	}
	return archiveOf(ctx, files, name, database, m)
}

// isNew refuses the name of a file that is there.
func isNew(name string) error {
	if _, err := os.Stat(name); err == nil {
		return fmt.Errorf("%s exists already: name a new file", name)
	}
	return nil
}

// copyDatabase copies the database to a file of its own, and notes in the manifest where its audit log ends.
func copyDatabase(ctx context.Context, from origin, database string, m *Manifest) error {
	if err := from.copyTo(ctx, database); err != nil {
		return fmt.Errorf("back up: copy the database: %w", err)
	}
	return withCopy(database, func(copied *sql.DB) error {
		head, err := readHead(copied.QueryRowContext(ctx, headQuery))
		m.Audit = &head
		return err
	})
}

// archiveOf writes the archive of a copy of the database: complete and verified, or not at all.
func archiveOf(ctx context.Context, files blob.Files, name, database string, m *Manifest) error {
	if err := isNew(name); err != nil {
		return err
	}
	if !files.Local() {
		err := withScratch(database, func(copied *sql.DB) error {
			_, err := copied.ExecContext(ctx, forgetPlace)
			return err
		})
		if err != nil {
			return fmt.Errorf("back up: %w", err)
		}
	}
	partial := name + partialEnding
	if err := writeArchive(ctx, m, files, partial, database); err != nil {
		os.Remove(partial) //nolint:errcheck // the first error is the one to tell
		return fmt.Errorf("back up: %w", err)
	}
	if _, err := checkBackup(ctx, partial); err != nil {
		os.Remove(partial) //nolint:errcheck // the first error is the one to tell
		return fmt.Errorf("back up: read the new archive again: %w", err)
	}
	if err := os.Rename(partial, name); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return syncDir(filepath.Dir(name))
}

// withCopy calls fn with a read-only database that nobody else has open.
func withCopy(name string, fn func(*sql.DB) error) (err error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	copied, err := sql.Open("sqlite", sqliteDSN(abs, durable, "mode=ro&immutable=1&_query_only=on"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, copied.Close()) }()
	return fn(copied)
}

// evidenceIn lists the hashes of all evidence a copy refers to.
func evidenceIn(ctx context.Context, name string) (sums []string, err error) {
	err = withCopy(name, func(copied *sql.DB) error {
		rows, err := copied.QueryContext(ctx,
			evidenceHeld(ctx, copied, &sqliteDialect, `SELECT DISTINCT sha256 FROM evidence`))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var sum string
			if err := rows.Scan(&sum); err != nil {
				return err
			}
			sums = append(sums, sum)
		}
		return rows.Err()
	})
	return sums, err
}

// evidenceHeld completes a question for what was not erased; before an upgrade the records may not know of that yet.
func evidenceHeld(ctx context.Context, db *sql.DB, d *dialect, question string) string {
	var known int
	err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM (`+d.tables+`) AS all_columns
		WHERE tab = 'evidence' AND col = 'erased_at'`).Scan(&known)
	if err == nil && known == 0 {
		return question
	}
	return question + ` WHERE erased_at = 0`
}

// writeArchive writes the zip durably. The database comes first: all evidence it refers to was on disk
// before.
func writeArchive(ctx context.Context, m *Manifest, files blob.Files, partial, database string) (err error) {
	sums, err := evidenceIn(ctx, database)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(partial, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, archivedFileMod)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	z := zip.NewWriter(out)
	if err := m.addFile(ctx, z, FileName, database); err != nil {
		return err
	}
	for _, sum := range sums {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := path.Join(evidenceFolder, sum[:2], sum)
		err := m.addEvidence(ctx, z, name, files, sum)
		switch {
		case errors.Is(err, os.ErrNotExist):
			m.Damaged = append(m.Damaged, name)
		case err != nil:
			return err
		case m.Files[len(m.Files)-1].SHA256 != sum:
			m.Damaged = append(m.Damaged, name)
		}
	}
	w, err := z.Create(manifestName)
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return errors.Join(e.Encode(m), z.Close(), out.Sync())
}

// addFile adds a file of this machine.
func (m *Manifest) addFile(ctx context.Context, z *zip.Writer, name, from string) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	return m.add(ctx, z, name, zip.Deflate, file)
}

// addEvidence adds a content as it lies in its store, altered or not.
func (m *Manifest) addEvidence(ctx context.Context, z *zip.Writer, name string, files blob.Files, sum string) error {
	content, err := files.Read(ctx, sum)
	if err != nil {
		return err
	}
	defer content.Close()
	return m.add(ctx, z, name, zip.Store, content)
}

// add copies what is read into the archive and records its hash.
func (m *Manifest) add(ctx context.Context, z *zip.Writer, name string, method uint16, from io.Reader) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: m.MadeAt})
	if err != nil {
		return err
	}
	sum := sha256.New()
	size, err := io.Copy(until{ctx, io.MultiWriter(w, sum)}, from)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	m.Files = append(m.Files, ManifestFile{name, size, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// until is a writer that takes nothing any more once ctx has ended.
type until struct {
	ctx context.Context
	io.Writer
}

func (u until) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Writer.Write(p)
}
