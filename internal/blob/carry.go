package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"dabiao/internal/depot"
)

// CarryTo puts contents in another store: the same file under a second name where both are folders on one disk, else a
// copy. It returns the hashes of those that are not here or not as they were.
func (f Files) CarryTo(ctx context.Context, to Files, sums []string) (lacks []string, err error) {
	for _, sum := range sums {
		if err := ctx.Err(); err != nil {
			return lacks, err
		}
		switch err := f.carry(ctx, to, sum); {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, ErrAltered):
			lacks = append(lacks, sum)
		case err != nil:
			return lacks, fmt.Errorf("carry evidence over: %w", err)
		}
	}
	return lacks, nil
}

// carry carries one content. What is there already with its size was carried by a try before.
func (f Files) carry(ctx context.Context, to Files, sum string) error {
	if linked, err := f.link(to, sum); linked || err != nil {
		return err
	}
	content, err := f.Open(ctx, sum)
	if err != nil {
		return err
	}
	defer content.Close()
	info, err := content.Stat()
	if err != nil {
		return err
	}
	if to.Check(ctx, sum, info.Size()) == nil {
		return nil
	}
	staged, err := to.Stage(content)
	if err != nil {
		return err
	}
	defer staged.Discard()
	if staged.SHA256 != sum {
		return ErrAltered
	}
	return staged.Commit(ctx)
}

// link gives a file a second name in another folder, if both are folders and that can be.
func (f Files) link(to Files, sum string) (linked bool, err error) {
	from, fromIs := f.store.(*folder)
	into, intoIs := to.store.(*folder)
	if !fromIs || !intoIs {
		return false, nil
	}
	place := under(into.dir, sum)
	if _, err := os.Stat(place); err == nil {
		return true, nil
	}
	if err := into.make(filepath.Dir(place)); err != nil {
		return false, err
	}
	if os.Link(under(from.dir, sum), place) != nil {
		return false, nil
	}
	return true, depot.SyncFolder(filepath.Dir(place))
}
