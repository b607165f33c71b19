package replica

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/benbjohnson/litestream/file"
	"github.com/gofrs/flock"
	"github.com/superfly/ltx"
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

// wholeName is the name of a file in the folder of a series that was whole once: from then on it is, whatever comes.
const wholeName = "whole"

func isWhole(series string) bool {
	_, err := os.Stat(filepath.Join(series, wholeName))
	return err == nil
}

// begin makes the folder of the next series. Of those before only the newest whole one is worth its room.
func begin(folder string) (string, error) {
	all, err := series(folder)
	if err != nil {
		return "", err
	}
	next := 1
	for _, path := range all {
		if next, err = strconv.Atoi(strings.TrimPrefix(filepath.Base(path), seriesName)); err != nil {
			return "", err
		}
		next++
	}
	kept := ""
	for _, path := range slices.Backward(all) {
		if isWhole(path) {
			kept = path
			break
		}
	}
	path := seriesPath(folder, next)
	return path, errors.Join(leaveOnly(folder, kept), os.Mkdir(path, privateFolder))
}

// nowWhole says that a series is whole, and removes all others.
func nowWhole(folder, series string) error {
	if err := writeDurably(filepath.Join(series, wholeName), "\n"); err != nil {
		return err
	}
	return leaveOnly(folder, series)
}

// leaveOnly removes all series but one.
func leaveOnly(folder, kept string) error {
	all, err := series(folder)
	for _, path := range all {
		if path != kept && err == nil {
			err = os.RemoveAll(path)
		}
	}
	return err
}

// stays returns what reports that a folder is no longer the one that it is now: its disk was pulled out, or it was
// removed.
func stays(folder string) (func() error, error) {
	was, err := os.Stat(folder)
	if err != nil {
		return nil, err
	}
	return func() error {
		now, err := os.Stat(folder)
		if err == nil && !os.SameFile(was, now) {
			err = &os.PathError{Op: "find again", Path: folder, Err: os.ErrNotExist}
		}
		return err
	}, nil
}

// careful writes into the folder of a series only while it is there: the library would make it anew, where its disk
// was.
type careful struct {
	*file.ReplicaClient
	there func() error
}

// WriteLTXFile implements litestream.ReplicaClient.
func (c careful) WriteLTXFile(ctx context.Context, level int, first, last ltx.TXID,
	r io.Reader,
) (*ltx.FileInfo, error) {
	return c.ReplicaClient.WriteLTXFile(ctx, level, first, last, whileThere{r, c.there})
}

// whileThere is read, the head of a file before its folder is made, only while the folder of the series is there.
type whileThere struct {
	io.Reader
	there func() error
}

// Read implements io.Reader.
func (r whileThere) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	if gone := r.there(); gone != nil {
		return 0, gone // with bytes it would be overlooked
	}
	return n, err
}

// alone waits until no other process copies into the folder: one whose server was killed may still be copying what was
// new. Who goes on is another server.
func (f Follower) alone(ctx context.Context) (free func(), err error) {
	lock := flock.New(filepath.Join(f.Folder, "lock"))
	waiting, end := context.WithTimeout(ctx, cmp.Or(f.patience, sharedAfter))
	defer end()
	held, err := lock.TryLockContext(waiting, Every)
	switch {
	case held:
		return func() { lock.Unlock() }, nil //nolint:errcheck // the lock ends with the process anyway
	case ctx.Err() == nil && waiting.Err() != nil:
		return nil, ErrShared
	}
	return nil, fmt.Errorf("lock the folder of the replica: %w", err)
}
