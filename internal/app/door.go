package app

import (
	"context"
	"sync"

	"dabiao/internal/store"
)

// Stamp names a state of the records; see [store.Stamp].
type Stamp = store.Stamp

// Stamp is the state of the records now. Ask at every request, before anything that was kept from
// earlier ones is shown.
func (a *App) Stamp(ctx context.Context) (Stamp, error) { return a.db.Stamp(ctx) }

// door is what a secret opens.
type door struct {
	of   doorKind
	hash string // hashSecret of the secret
}

type doorKind string

const (
	session doorKind = "session"
	token   doorKind = "token"
)

// doors remembers whom a secret let in, while no account, session or token anywhere has changed:
// whoever is shut out is out at the next request, on every server. Refusals are not remembered.
type doors struct {
	mu     sync.Mutex
	access int64 // the stamp under which open holds
	open   map[door]store.Session
}

// maxDoors bounds what is remembered; at more, all is forgotten and read again.
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
