package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// LateBackup is that the newest backup is late, as one channel is told.
type LateBackup = store.LateBackup

// RecordLateBackup queues, once for each channel that wants it, that the newest backup is older than two days, or that
// there is none of records as old. It returns for how many. This server must make backups itself.
func (a *App) RecordLateBackup(ctx context.Context) (int, error) {
	folders := a.BackupFolders()
	if len(folders) == 0 || slices.ContainsFunc(folders, func(f BackupFolder) bool { return !f.Looked }) ||
		a.backupInTime(a.BackedUp()) {
		return 0, nil
	}
	due, _, err := a.lateFor(ctx)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	return write(ctx, a, func(w *store.Writer) (int, error) {
		due, newest, err := a.lateOf(ctx, &w.Reader) // another server may have queued it since
		for _, c := range due {
			if err == nil {
				err = w.InsertLateBackup(ctx, c, newest, a.stamp())
			}
		}
		return len(due), err
	})
}

// backupInTime reports whether a copy is young enough.
func (a *App) backupInTime(newest kpi.UnixMilli) bool {
	return newest != 0 && within(newest, a.stamp(), backupLate)
}

func (a *App) lateFor(ctx context.Context) (due []kpi.ChannelID, newest kpi.UnixMilli, err error) {
	err = a.db.Read(ctx, func(r *store.Reader) error {
		due, newest, err = a.lateOf(ctx, r)
		return err
	})
	return due, newest, err
}

// lateOf returns the channels that are still to be told of a late backup, and which was the last that came.
func (a *App) lateOf(ctx context.Context, r *store.Reader) (due []kpi.ChannelID, newest kpi.UnixMilli, err error) {
	made, err := settingOr(ctx, r, backupMade, backupNote{})
	if err != nil || a.backupInTime(made.At) { // of several servers, one whose disk is away says nothing
		return nil, 0, err
	}
	if newest = a.BackedUp(); made.At <= a.stamp() {
		newest = max(newest, made.At)
	}
	if newest == 0 {
		if since, err := r.Since(ctx); err != nil || a.backupInTime(since) || since == 0 {
			return nil, 0, err
		}
	}
	channels, err := r.Channels(ctx)
	if err != nil {
		return nil, 0, err
	}
	told, err := r.ChannelsToldLate(ctx, newest)
	for _, c := range channels {
		if c.Wants(kpi.NoticeLateBackup) && !slices.Contains(told, c.ID) {
			due = append(due, c.ID)
		}
	}
	return due, newest, err
}
