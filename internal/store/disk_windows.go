package store

import (
	"path/filepath"
	"strings"
)

// sameDisk reports whether two files or folders have one drive or share.
func sameDisk(a, b string) bool {
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && strings.EqualFold(filepath.VolumeName(a), filepath.VolumeName(b))
}
