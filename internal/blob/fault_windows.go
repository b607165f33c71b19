package blob

import (
	"errors"

	"golang.org/x/sys/windows"
)

// fullHere reports whether err says in a way of this system's own that a disk is full.
func fullHere(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
