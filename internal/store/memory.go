package store

import (
	"context"
	"fmt"
	"sync"
)

// memory caches what transactions have read of the structure (units, indicators, years and everything
// else that hardly ever changes), together with the stamp it was read at. Each transaction reads the
// stamp anew, so a change made by another process is seen before anything cached is used.
type memory struct {
	mu   sync.RWMutex
	at   int64 // the structure's stamp
	kept map[any]any
}

// maxMemory bounds the number of cached values; beyond it the cache is emptied.
const maxMemory = 50_000

func (m *memory) find(at int64, key any) (any, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.at != at {
		return nil, false
	}
	v, ok := m.kept[key]
	return v, ok
}

func (m *memory) keep(at int64, key, v any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil || m.at != at || len(m.kept) >= maxMemory {
		m.at, m.kept = at, map[any]any{}
	}
	m.kept[key] = v
}

// Remember returns the cached result of read under key if the structure has not changed since, and
// calls read otherwise. read must depend on nothing but key and the structure, and its result must not
// be modified. A transaction that itself changes the structure always calls read. Errors are not
// cached.
func Remember[T any](ctx context.Context, r *Reader, key any, read func() (T, error)) (T, error) {
	c := r.tx
	if c.restructured {
		return read()
	}
	if !c.structureRead {
		if err := c.QueryRowContext(ctx, `SELECT structure FROM stamps`).Scan(&c.structure); err != nil {
			var none T
			return none, fmt.Errorf("read the stamp: %w", err)
		}
		c.structureRead = true
	}
	if v, ok := c.memory.find(c.structure, key); ok {
		return v.(T), nil
	}
	v, err := read()
	if err == nil && !c.restructured {
		c.memory.keep(c.structure, key, v)
	}
	return v, err
}

// Recall returns what a transaction cached under key, if it was cached at the given stamp.
func Recall[T any](db *DB, at Stamp, key any) (v T, ok bool) {
	kept, ok := db.memory.find(at.Structure, key)
	if ok {
		v = kept.(T)
	}
	return v, ok
}
