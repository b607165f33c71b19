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

// credential identifies what was presented to get in: a session's or a token's secret.
type credential struct {
	of   credentialKind
	hash string // hashSecret of the secret
}

type credentialKind string

const (
	session credentialKind = "session"
	token   credentialKind = "token"
)

// authCache holds whose secret was accepted, as long as no account, session or token anywhere has
// changed, so that whoever is disabled is out at the next request, on every server. Refusals are not
// cached.
type authCache struct {
	mu     sync.Mutex
	access int64 // the stamp under which they are
	valid  map[credential]store.Session
}

// maxCachedSessions bounds the cache of sessions and tokens; beyond it the cache is emptied.
const maxCachedSessions = 10_000

func (c *authCache) find(at Stamp, key credential) (store.Session, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.valid[key]
	return s, ok && c.access == at.Access
}

func (c *authCache) put(at Stamp, key credential, s store.Session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.valid == nil || c.access != at.Access || len(c.valid) >= maxCachedSessions {
		c.access, c.valid = at.Access, map[credential]store.Session{}
	}
	c.valid[key] = s
}
