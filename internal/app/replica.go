package app

import (
	"sync"
	"time"

	"dabiao/internal/kpi"
)

// Replica is what is known of the copy that follows the database.
type Replica struct {
	Folder string        // "": there is none
	Copied kpi.UnixMilli // everything from before it is in the folder; 0: nothing was copied since the program began
	Ended  int           // times the copying ended and was begun again
}

// replica is what this process is told of it.
type replica struct {
	mu    sync.Mutex
	known Replica
	since kpi.UnixMilli // when it was begun first
}

// replicaLate is how far a replica may lag behind before somebody is told.
const replicaLate = 2 * time.Minute

// FollowedBy says that a copy in a folder follows the database.
func (a *App) FollowedBy(folder string) {
	a.replica.mu.Lock()
	defer a.replica.mu.Unlock()
	a.replica.known, a.replica.since = Replica{Folder: folder}, a.stamp()
}

// ReplicaCopied says that everything is in it that was there some time ago.
func (a *App) ReplicaCopied(ago time.Duration) {
	a.replica.mu.Lock()
	defer a.replica.mu.Unlock()
	a.replica.known.Copied = a.stamp() - ms(ago)
}

// ReplicaEnded says that the copying ended by itself.
func (a *App) ReplicaEnded() {
	a.replica.mu.Lock()
	defer a.replica.mu.Unlock()
	a.replica.known.Ended++
}

// Replica returns what is known of the copy.
func (a *App) Replica() Replica {
	a.replica.mu.Lock()
	defer a.replica.mu.Unlock()
	return a.replica.known
}

// replicaWarns is what administrators are told of it.
func (a *App) replicaWarns() []kpi.Text {
	f := a.Replica()
	if f.Folder == "" || within(max(f.Copied, a.replica.since), a.stamp(), replicaLate) {
		return nil
	}
	return []kpi.Text{kpi.T("state.replica_late", f.Folder)}
}
