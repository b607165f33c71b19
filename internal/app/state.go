package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"dabiao/internal/kpi"
)

// State is what is the matter with the place where the records are kept, for those who can do something about it. The
// zero value means nothing.
type State struct {
	Stops *kpi.Error // why nothing can be saved
	Warns []kpi.Text // what will keep it so before long, or makes what is saved doubtful

	Backed kpi.UnixMilli // when the newest copy was made; 0 if none is known
}

// lowSpace is how many bytes are few.
const lowSpace = 1 << 30

// State looks now. It asks the system, not the database.
func (a *App) State() (s State) {
	s.Stops = a.db.Trouble()
	for _, folder := range a.Folders() {
		if folder.Err == nil && folder.Free < lowSpace && (s.Stops == nil || s.Stops.Text.Key != "disk_full") {
			s.Warns = append(s.Warns, a.lowOn(folder))
			break // both may be on one disk
		}
	}
	if newest := a.db.Newest(); newest > a.stamp()+ms(clockSlip) {
		s.Warns = append(s.Warns, kpi.T("state.clock_back", a.DayOf(newest)))
	}
	if from, by := a.db.Leap(a.stamp()); by > ms(clockLeap) {
		s.Warns = append(s.Warns, kpi.T("state.clock_ahead", a.DayOf(from), int64(by/ms(24*time.Hour))))
	}
	if a.folderAway() {
		s.Warns = append(s.Warns, kpi.T("state.evidence_folder", a.files.Dir()))
	}
	s.Warns = append(s.Warns, a.evidenceState.warns()...)
	s.Warns, s.Backed = append(append(s.Warns, a.backupWarns()...), a.replicaWarns()...), a.BackedUp()
	return s
}

// lowOn says that there is little space in a folder; that of the evidence alone keeps nobody from entering figures.
func (a *App) lowOn(f Folder) kpi.Text {
	if f.Name == evidenceFolder {
		return kpi.T("state.evidence_low", f.Free>>20, a.files.Dir())
	}
	return kpi.T("state.disk_low", f.Free>>20)
}

// Damaged reports whether the records are known to be damaged: what earlier checks found is nothing to go by then.
func (a *App) Damaged() bool {
	stops := a.db.Trouble()
	return stops != nil && stops.Text.Key == "records_damaged"
}

// Key is different for every State that reads differently.
func (s State) Key() (key string) {
	if s.Stops != nil {
		key = s.Stops.Text.String()
	}
	for _, w := range s.Warns {
		key += "\n" + w.String()
	}
	if s.Backed != 0 {
		key += fmt.Sprint("\n", s.Backed)
	}
	return key
}

// Folder is a folder that the program writes to, and how many bytes it may still write there.
type Folder struct {
	Name string // data, or evidenceFolder
	Free int64
	Err  error // what keeps Free from being known
}

const evidenceFolder = "evidence"

// Folders lists the folders that the program writes to.
func (a *App) Folders() (out []Folder) {
	for _, f := range []struct{ name, dir string }{{"data", a.db.Dir()}, {evidenceFolder, a.files.Dir()}} {
		if f.dir == "" {
			continue
		}
		free, err := a.db.Free(f.dir)
		out = append(out, Folder{f.name, free, err})
	}
	return out
}

// stateEvery is how often the state is looked at for the log.
const stateEvery = 30 * time.Second

// WatchState logs each change of the state, until ctx ends.
func (a *App) WatchState(ctx context.Context, log *slog.Logger) {
	var last string
	for {
		s := a.State()
		s.Backed = 0 // that a copy was made has a line of its own
		if key := s.Key(); key != last {
			last = key
			switch {
			case s.Stops != nil:
				log.Error("nothing can be saved", "why", s.Stops.Text.String())
			case len(s.Warns) > 0:
				log.Warn("needs attention", "what", s.Warns[0].String())
			default:
				log.Info("nothing needs attention any more")
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(stateEvery):
		}
	}
}
