package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dabiao/internal/office"
	"dabiao/internal/replica"
)

// What a replica cannot be is refused at the start in one sentence.
func TestWhatAReplicaCannotBeIsRefused(t *testing.T) {
	for _, c := range []struct {
		what   string
		server server
		want   string // "": it is begun
	}{
		{"none", server{}, ""},
		{"a folder elsewhere, there or not", server{replica: "/mnt/other"}, ""},
		{"one beside the data folder", server{replica: "/srv/data-replica"}, ""},
		{"above it", server{replica: "/srv"}, ""},
		{"the data folder", server{replica: "/srv/data"}, "within the data folder"},
		{"within it", server{replica: "/srv/data/backups/replica"}, "within the data folder"},
		{"within it by a detour", server{replica: "/mnt/../srv/data/x"}, "within the data folder"},
		{"in a bucket", server{replica: "s3://office/replica"}, "write a folder"},
		{"with PostgreSQL", server{replica: "/mnt/other", records: records{database: "postgres://x"}},
			"streaming replication"},
		{"beside encrypted backups", server{replica: "/mnt/other", places: places{recipient: "age1x"}},
			"is not encrypted"},
		{"encrypted backups alone", server{places: places{recipient: "age1x"}}, ""},
	} {
		c.server.data = "/srv/data"
		switch err := c.server.mayFollow(); {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.what, err)
		case c.want != "" && (!errors.Is(err, errUse) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

// People are told why nothing is copied as far as it is known, and that a folder is to blame only where it is.
func TestWhyNothingIsCopied(t *testing.T) {
	place, elsewhere := t.TempDir(), t.TempDir()
	file := filepath.Join(elsewhere, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	at := func(path string, why error) error {
		return fmt.Errorf("sync: %w", &fs.PathError{Op: "write", Path: path, Err: why})
	}
	below := filepath.Join(place, "series-000001", "ltx", "0", "x.ltx")
	for _, c := range []struct {
		what, folder string
		err          error
		want         string
	}{
		{"the folder is gone", place, at(place, syscall.ENOENT), "backup_folder_away"},
		{"its disk is pulled amid the work", place, at(below, syscall.ENOENT), "backup_folder_away"},
		{"it is a file", file, at(file, syscall.ENOTDIR), "backup_folder_none"},
		{"its disk is full", place, at(below, syscall.ENOSPC), "backup_folder_full"},
		{"its quota is used up", place, at(below, syscall.EDQUOT), "backup_folder_full"},
		{"it is read-only", place, at(below, syscall.EROFS), "backup_folder_unwritable"},
		{"it is somebody else's", place, at(below, syscall.EACCES), "backup_folder_unwritable"},
		{"its disk fails", place, at(below, syscall.EIO), replicaFault},
		{"the disk of the records is full", place, at(filepath.Join(elsewhere, "dabiao.db-replica"), syscall.ENOSPC),
			replicaFault},
		{"it holds another's", place, fmt.Errorf("begin: %w", replica.ErrOther), "replica_other"},
		{"another copies into it", place, replica.ErrShared, "replica_shared"},
		{"it is within the data folder", place, replica.ErrInside, "replica_inside"},
		{"nobody knows", place, errors.New("x"), replicaFault},
	} {
		if got := whyNotCopied(c.folder, c.err); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

// Each office has a replica of its own below the program's; one whose records are in PostgreSQL has none.
func TestEachOfficeHasAReplicaOfItsOwn(t *testing.T) {
	s := server{replica: "/nowhere/replica"}
	if got := s.replicaOf(office.Office{Name: "lock"}); got != filepath.Join(s.replica, "offices", "lock") {
		t.Error(got)
	}
	if got := s.replicaOf(office.Office{Name: "x", Database: "postgres://x"}); got != "" {
		t.Error(got)
	}
	if got := (&server{}).replicaOf(office.Office{Name: "x"}); got != "" {
		t.Error(got)
	}
}
