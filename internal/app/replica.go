package app

import (
	"sync"
	"time"

	"dabiao/internal/kpi"
)

// Replica is what is known of the copy that follows the database.
type Replica struct {
	Folder   string        // "": there is none
	SameDisk bool          // it is lost with the records if their disk is
	Copied   kpi.UnixMilli // everything from before it is in the folder; 0: nothing was copied since the program began
	Whole    kpi.UnixMilli // when the whole database was last copied; 0: not since the program began
	Ended    int           // times the copying ended and was begun again
	Failed   *kpi.Text     // why nothing is copied now; nil if nobody said so
	Late     bool          // it lags so far behind that somebody should look
	Asked    kpi.UnixMilli // when this was so
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
	a.replica.known.Copied, a.replica.known.Failed = a.stamp()-ms(ago), nil
}

// ReplicaWhole says that the whole database was copied just now, on the records' own disk or another one.
func (a *App) ReplicaWhole() {
	same := a.db.OnItsDisk(a.Replica().Folder)
	a.replica.mu.Lock()
	defer a.replica.mu.Unlock()
	a.replica.known.Whole, a.replica.known.SameDisk = a.stamp(), same
}

// ReplicaFailed says why nothing is copied.
func (a *App) ReplicaFailed(why kpi.Text) {
	a.replica.mu.Lock()
	defer a.replica.mu.Unlock()
	a.replica.known.Failed = &why
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
	r := a.replica.known
	r.Asked = a.stamp()
	r.Late = r.Folder != "" && !within(max(r.Copied, a.replica.since), r.Asked, replicaLate)
	return r
}

// replicaWarns is what administrators are told of it.
func (a *App) replicaWarns() []kpi.Text {
	r := a.Replica()
	if !r.Late {
		return nil
	}
	return []kpi.Text{kpi.T("state.replica_late", r.Folder)}
}
