package store

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// archivedNames matches all file names a backup may contain besides its manifest; nothing else is
// unpacked.
var archivedNames = regexp.MustCompile(`^(` + regexp.QuoteMeta(FileName) + `|evidence/[0-9a-f]{2}/[0-9a-f]{64})$`)

const maxManifest = 256 << 20 // bytes; a million files

// CheckBackup reads a backup to its end and compares every file with the manifest's hash.
func CheckBackup(name string) (Manifest, error) { return checkBackup(context.Background(), name) }

func checkBackup(ctx context.Context, name string) (Manifest, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return Manifest{}, unusable(name, err)
	}
	defer z.Close()
	m, entries, err := readManifest(&z.Reader)
	if err != nil {
		return m, unusable(name, err)
	}
	for _, f := range m.Files {
		if err := f.unpack(entries[f.Name], until{ctx, io.Discard}); err != nil {
			return m, unusable(name, err)
		}
	}
	return m, nil
}

func unusable(name string, err error) error {
	return fmt.Errorf("%s is no whole backup (%w): use another one", name, err)
}

// Restore unpacks a backup into a folder that is empty or does not exist yet. Everything is checked
// first; the folder then contains all of it or nothing.
func Restore(name, dir string) (Manifest, error) {
	m, err := CheckBackup(name)
	if err != nil {
		return m, err
	}
	if err := MustBeVacant(dir); err != nil {
		return m, err
	}
	dir = filepath.Clean(dir)
	partial := dir + partialEnding
	if err := os.RemoveAll(partial); err != nil {
		return m, fmt.Errorf("remove what an interrupted restore left: %w", err)
	}
	if err := unpackAll(name, partial); err != nil {
		return m, errors.Join(fmt.Errorf("restore: %w", err), os.RemoveAll(partial))
	}
	if err := takePlace(partial, dir); err != nil {
		return m, fmt.Errorf("restore: %w", err)
	}
	return m, nil
}

func unpackAll(name, dir string) error {
	z, err := zip.OpenReader(name)
	if err != nil {
		return err
	}
	defer z.Close()
	m, entries, err := readManifest(&z.Reader)
	if err != nil {
		return err
	}
	for _, f := range m.Files {
		if err := f.unpackTo(entries[f.Name], filepath.Join(dir, filepath.FromSlash(f.Name))); err != nil {
			return err
		}
	}
	return nil
}

// readManifest reads the manifest and finds the entry of every file it lists. The archive must contain
// these, each once, and no others.
func readManifest(z *zip.Reader) (m Manifest, entries map[string]*zip.File, err error) {
	entries = map[string]*zip.File{}
	for _, e := range z.File {
		if entries[e.Name] != nil {
			return m, nil, fmt.Errorf("it holds %q twice", e.Name)
		}
		entries[e.Name] = e
	}
	e := entries[manifestName]
	if e == nil {
		return m, nil, errors.New("it has no " + manifestName)
	}
	r, err := e.Open()
	if err != nil {
		return m, nil, err
	}
	defer r.Close()
	if err := json.NewDecoder(io.LimitReader(r, maxManifest)).Decode(&m); err != nil {
		return m, nil, fmt.Errorf("read %s: %w", manifestName, err)
	}
	if m.Format != archiveFormat {
		return m, nil, fmt.Errorf("it has format %d, this program knows %d", m.Format, archiveFormat)
	}
	return m, entries, m.fits(entries)
}

func (m Manifest) fits(entries map[string]*zip.File) error {
	hasDatabase := false
	for _, f := range m.Files {
		if !archivedNames.MatchString(f.Name) {
			return fmt.Errorf("it names %q, which belongs to no backup", f.Name)
		}
		if entries[f.Name] == nil {
			return fmt.Errorf("it lacks %s", f.Name)
		}
		hasDatabase = hasDatabase || f.Name == FileName
	}
	if !hasDatabase {
		return errors.New("it holds no database")
	}
	if extra := len(entries) - 1 - len(m.Files); extra != 0 {
		return fmt.Errorf("it holds %d files too many for its manifest", extra)
	}
	return nil
}

// unpackTo writes a file durably.
func (f ManifestFile) unpackTo(e *zip.File, place string) error {
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(place, os.O_CREATE|os.O_EXCL|os.O_WRONLY, archivedFileMod)
	if err != nil {
		return err
	}
	return errors.Join(f.unpack(e, out), out.Sync(), out.Close(), syncDir(filepath.Dir(place)))
}

// unpack copies a file and returns an error unless it has the size and hash of the manifest.
func (f ManifestFile) unpack(e *zip.File, to io.Writer) error {
	r, err := e.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	defer r.Close()
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(to, sum), io.LimitReader(r, f.Size+1))
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	if size != f.Size || hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("%s is not what the manifest says", f.Name)
	}
	return nil
}
