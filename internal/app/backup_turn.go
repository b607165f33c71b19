package app

import (
	"context"
	"path/filepath"

	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Servers of one database may share a folder of copies: they take turns in it, and who comes later finds the copy of
// the day. But each copies the evidence that it has itself, so that a copy which lacks some keeps no other server from
// making one of its own.

// backupMade is the setting that says what servers made last. Nothing is claimed by it: what is there is read from the
// folders.
const backupMade = "backup_made"

// backupNote is what it holds.
type backupNote struct {
	At      kpi.UnixMilli     // when the newest copy was made, by any server
	Lacking map[string]string // by folders, the name of its newest copy, where that lacks evidence
}

// placeOf names a folder of copies alike for all servers that reach it by one path.
func placeOf(c store.Copies) string {
	folder, is := c.Depot.(depot.Folder)
	if !is {
		return c.Depot.String()
	}
	if abs, err := filepath.Abs(folder.Dir); err == nil {
		return abs
	}
	return folder.Dir
}

// lastBackup is when the last copy was made, by any server and wherever it is now, as far as this process heard; 0: it
// heard of none.
func (a *App) lastBackup() kpi.UnixMilli {
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	return a.backups.last
}

// due reports whether a copy is to be made into a folder that was just looked into.
func (a *App) due(ctx context.Context, c store.Copies, i int, f BackupFolder) (bool, error) {
	if backupDue(f.Newest, a.Now()) {
		return true, nil
	}
	a.backups.mu.Lock()
	own := a.backups.made[i]
	a.backups.mu.Unlock()
	if own != 0 && within(own, a.stamp(), backupEvery) {
		return false, nil
	}
	note, err := read(ctx, a, func(r *store.Reader) (backupNote, error) {
		return settingOr(ctx, r, backupMade, backupNote{})
	})
	return f.newest != "" && note.Lacking[placeOf(c)] == f.newest, err
}

// noteBackup keeps what this server made.
func (a *App) noteBackup(ctx context.Context, w *store.Writer, c store.Copies, name string, lacks int) error {
	note, err := settingOr(ctx, &w.Reader, backupMade, backupNote{})
	if err != nil {
		return err
	}
	note.At = a.stamp()
	delete(note.Lacking, placeOf(c))
	if lacks > 0 {
		if note.Lacking == nil {
			note.Lacking = map[string]string{}
		}
		note.Lacking[placeOf(c)] = name
	}
	return setSetting(ctx, w, backupMade, note)
}
