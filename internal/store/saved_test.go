package store

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A saved release is a folder: the records as SQL for both databases, and each database as that
// release's program wrote it.
const (
	savedRecords  = "records.sql"
	nextRecords   = "testdata/next.sql" // what tables since the last release hold
	savedSQLite   = "sqlite.db.gz"
	savedPostgres = "postgres.sql.gz"
)

// load fills an empty database with a saved one.
func (e engine) load(t *testing.T, release string) {
	t.Helper()
	if e.config.Dir == "" {
		e.exec(t, string(unzipped(t, filepath.Join(release, savedPostgres))))
		return
	}
	content := unzipped(t, filepath.Join(release, savedSQLite))
	if err := os.WriteFile(filepath.Join(e.config.Dir, FileName), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// saveRelease writes the databases of the version about to be released.
func saveRelease(t *testing.T, release string) {
	t.Helper()
	records := recordsOfToday(t)
	if err := os.MkdirAll(release, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(release, savedRecords), records, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, e := range engines(t) {
		db, err := Open(t.Context(), e.config)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		text := string(records)
		if e.translate != nil {
			text = e.translate.Replace(text)
		}
		e.exec(t, text)
		if name == "sqlite" {
			e.exec(t, `VACUUM`)
			content, err := os.ReadFile(filepath.Join(e.config.Dir, FileName))
			if err != nil {
				t.Fatal(err)
			}
			pack(t, filepath.Join(release, savedSQLite), content)
			continue
		}
		dump, err := exec.Command("pg_dump", "--no-owner", "--no-privileges", "--inserts", e.source).Output()
		if err != nil {
			t.Fatalf("pg_dump: %v", err)
		}
		pack(t, filepath.Join(release, savedPostgres), notOfTheRecords.ReplaceAll(dump, nil))
	}
}

// notOfTheRecords matches what pg_dump writes only for psql or for one version of the server.
var notOfTheRecords = regexp.MustCompile(`(?m)^(--.*|\\.*|SET .*|SELECT pg_catalog\.set_config.*|)\n`)

// recordsOfToday returns the records of the last release and what is new since.
func recordsOfToday(t *testing.T) []byte {
	t.Helper()
	releases, err := filepath.Glob("testdata/*.*.*/" + savedRecords)
	if err != nil || len(releases) == 0 {
		t.Fatal("no saved records", err)
	}
	latest := slices.MaxFunc(releases, func(a, b string) int {
		return slices.Compare(numbersIn(a), numbersIn(b))
	})
	var all []byte
	for _, name := range []string{latest, nextRecords} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, content...)
	}
	return all
}

// numbersIn returns the numbers of a release's folder: 0, 10, 0.
func numbersIn(path string) (out []int) {
	for part := range strings.SplitSeq(filepath.Base(filepath.Dir(path)), ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			n = -1 // no release
		}
		out = append(out, n)
	}
	return out
}

func pack(t *testing.T, name string, content []byte) {
	t.Helper()
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func unzipped(t *testing.T, name string) []byte {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
