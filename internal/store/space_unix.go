//go:build unix

package store

import "golang.org/x/sys/unix"

// freeSpace returns how many bytes this user may still write below a folder.
func freeSpace(dir string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil //nolint:gosec,unconvert // types differ between systems
}

// mayWrite reports whether this user may write a file, if it is there.
func mayWrite(path string) bool {
	err := unix.Access(path, unix.W_OK)
	return err == nil || err == unix.ENOENT
}
