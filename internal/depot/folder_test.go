package depot

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"dabiao/internal/kpi"
)

func TestAFolderSaysWhatKeepsIt(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dir  string
		err  error
		want string
	}{
		{dir, nil, ""},
		{dir, syscall.EROFS, "unwritable"},
		{dir, os.ErrPermission, "unwritable"},
		{dir, syscall.ENOSPC, "full"},
		{dir, syscall.EDQUOT, "full"},
		{dir, os.ErrNotExist, "away"},
		{dir, io.ErrUnexpectedEOF, ""},
		{file, os.ErrExist, "none"},
		{filepath.Join(file, "below"), syscall.ENOTDIR, "none"},
	} {
		want := ""
		if c.want != "" {
			want = "backup_folder_" + c.want
		}
		if got := refusedFor(Folder{Dir: c.dir}.told(c.err, "backup_folder_unwritable")); got != want {
			t.Errorf("%s, %v: %q, want %q", c.dir, c.err, got, want)
		}
	}
}

func refusedFor(err error) string {
	if joined, is := err.(interface{ Unwrap() []error }); is {
		err = joined.Unwrap()[0]
	}
	refusal, is := err.(*kpi.Error)
	if !is {
		return ""
	}
	return refusal.Text.Key
}

// A folder is tried without a trace before a copy is made for it.
func TestAFolderIsTriedWithoutATrace(t *testing.T) {
	dir := t.TempDir()
	if err := (Folder{Dir: dir}).TakesWrites("x.zip"); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v stays, %v", left, err)
	}
	gone := Folder{Dir: filepath.Join(dir, "gone")}
	if got := refusedFor(gone.TakesWrites("x.zip")); got != "backup_folder_away" {
		t.Errorf("without a folder: %q", got)
	}
}
