package blob

import (
	"errors"
	"os"
	"syscall"

	"dabiao/internal/kpi"
)

// fileTrouble returns the trouble that an error about a file means, "" if none: as everywhere.
func fileTrouble(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), fullHere(err):
		return "disk_full"
	case errors.Is(err, syscall.EROFS), errors.Is(err, os.ErrPermission):
		return "records_unwritable"
	}
	return ""
}

// fileTold returns the refusal that err means for whoever stores a file, or err itself.
func fileTold(err error) error {
	if key := fileTrouble(err); key != "" {
		return kpi.Refuse(kpi.Conflict, key)
	}
	return err
}
