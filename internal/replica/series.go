package replica

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
)

const (
	privateFolder = 0o700
	privateFile   = 0o600
)

// seriesName begins the name of the folder of a series; a number follows.
const seriesName = "series-"

// series lists the folders of the series in a folder, oldest first.
func series(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for _, e := range entries {
		digits, is := strings.CutPrefix(e.Name(), seriesName)
		if n, err := strconv.Atoi(digits); is && err == nil && e.IsDir() {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = seriesPath(folder, n)
	}
	return out, nil
}

func seriesPath(folder string, n int) string {
	return filepath.Join(folder, fmt.Sprintf(seriesName+"%06d", n))
}

// begin makes the folder of the next series. Of those before only the last whole one is worth its room; which that is
// [leaveOnly] knows, so at most one that was broken off is kept beside it.
func begin(folder string) (string, error) {
	all, err := series(folder)
	if err != nil {
		return "", err
	}
	next := 1
	if len(all) > 0 {
		last := filepath.Base(all[len(all)-1])
		n, err := strconv.Atoi(strings.TrimPrefix(last, seriesName))
		if err != nil {
			return "", err
		}
		next = n + 1
	}
	for i := 1; i < len(all); i++ { // the first is the last whole one, or there is none
		if err := os.RemoveAll(all[i]); err != nil {
			return "", err
		}
	}
	path := seriesPath(folder, next)
	return path, os.Mkdir(path, privateFolder)
}

// leaveOnly removes all series but one, which is whole.
func leaveOnly(folder, whole string) error {
	all, err := series(folder)
	for _, path := range all {
		if path != whole && err == nil {
			err = os.RemoveAll(path)
		}
	}
	return err
}

// alone waits until no other process copies the same database: one whose server was killed may still be copying what
// was new.
func (f Follower) alone(ctx context.Context) (free func(), err error) {
	lock := flock.New(filepath.Join(f.Folder, "lock"))
	held, err := lock.TryLockContext(ctx, Every)
	if err != nil || !held {
		return nil, errors.Join(fmt.Errorf("lock the folder of the replica: %w", err), ctx.Err())
	}
	return func() { lock.Unlock() }, nil //nolint:errcheck // the lock ends with the process anyway
}
