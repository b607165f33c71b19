//go:build unix

package store

import (
	"os"
	"syscall"
)

// sameDisk reports whether two files or folders are on one file system; false where that is not known.
func sameDisk(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	if err != nil {
		return false
	}
	x, known := one.Sys().(*syscall.Stat_t)
	y, also := other.Sys().(*syscall.Stat_t)
	return known && also && x.Dev == y.Dev
}
