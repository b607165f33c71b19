package blob

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"dabiao/internal/kpi"
)

// An upload that cannot be put on disk is told why.
func TestAFileThatCannotBeStoredIsToldWhy(t *testing.T) {
	for err, want := range map[error]string{
		os.ErrPermission: "records_unwritable",
		&os.PathError{Op: "write", Path: "a", Err: syscall.ENOSPC}: "disk_full",
		&os.PathError{Op: "open", Path: "a", Err: syscall.EROFS}:   "records_unwritable",
		&os.PathError{Op: "open", Path: "a", Err: os.ErrClosed}:    "",
	} {
		refusal := (*kpi.Error)(nil)
		if got := errors.As(fileTold(err), &refusal); got != (want != "") || got && refusal.Text.Key != want {
			t.Errorf("%v is told %v", err, fileTold(err))
		}
	}
}
