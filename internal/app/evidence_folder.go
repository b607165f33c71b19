package app

import (
	"context"

	"dabiao/internal/store"
)

// The folder of evidence may be on a disk of its own, or on a network drive. While that is not connected the folder is
// missing, or is the empty one below the place where the disk belongs.

// latestContents is how many of the latest files are looked for: any of them tells that the disk is there.
const latestContents = 20

// findFolder makes the folder of evidence while no record has any; else it is where the latest files are.
func (a *App) findFolder(ctx context.Context) error {
	if !a.files.Local() {
		return nil
	}
	latest, err := read(ctx, a, func(r *store.Reader) ([]string, error) { return r.LatestContents(ctx, latestContents) })
	if err != nil {
		return err
	}
	if a.evidenceState.sought(latest); len(latest) > 0 {
		return nil
	}
	return a.files.Make()
}

// folderAway reports whether the folder of evidence is missing, or is one without any of the latest files. It asks the
// system alone.
func (a *App) folderAway() bool {
	if !a.files.Local() {
		return false
	}
	latest := a.evidenceState.soughtFor()
	return a.files.Away() || len(latest) > 0 && !a.files.HasAny(context.Background(), latest)
}
