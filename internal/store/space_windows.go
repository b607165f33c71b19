package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// freeSpace returns how many bytes this user may still write below a folder.
func freeSpace(dir string) (int64, error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
	return int64(free), err //nolint:gosec // no disk is that large
}

// mayWrite reports whether a file may be written, if it is there.
func mayWrite(path string) bool {
	info, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist) || err == nil && info.Mode().Perm()&0o200 != 0
}
