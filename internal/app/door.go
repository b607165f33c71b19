package app

import (
	"context"
	"sync"

	"dabiao/internal/store"
)

// Stamp identifies a state of the records; see [store.Stamp].
type Stamp = store.Stamp

// Stamp returns the present state of the records. Call it for every request, before showing anything
// cached from earlier ones.
func (a *App) Stamp(ctx context.Context) (Stamp, error) { return a.db.Stamp(ctx) }

// door identifies what was presented to get in: a session's or a token's secret.
type door struct {
	of   doorKind
	hash string // hashSecret of the secret
}

type doorKind string

const (
	session doorKind = "session"
	token   doorKind = "token"
)

// doors caches whose secret was accepted, as long as no account, session or token anywhere has changed,
// so that whoever is disabled is out at the next request, on every server. Refusals are not cached.
type doors struct {
	mu     sync.Mutex
	access int64 // the stamp for which open is valid
	open   map[door]store.Session
}

// maxDoors bounds the cache; beyond it the cache is emptied.
const maxDoors = 10_000

func (d *doors) find(at Stamp, key door) (store.Session, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.open[key]
	return s, ok && d.access == at.Access
}

func (d *doors) keep(at Stamp, key door, s store.Session) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open == nil || d.access != at.Access || len(d.open) >= maxDoors {
		d.access, d.open = at.Access, map[door]store.Session{}
	}
	d.open[key] = s
}
