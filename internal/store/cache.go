package store

import (
	"context"
	"fmt"
	"sync"
)

// structureCache holds what transactions have read of the structure (units, indicators, years and
// everything else that hardly ever changes), with the stamp it was read at. Each transaction reads the
// stamp anew, so a change made by another process is seen before anything cached is used.
type structureCache struct {
	mu     sync.RWMutex
	at     int64 // the structure's stamp
	values map[any]any
}

// maxCached bounds the number of cached values; beyond it the cache is emptied.
const maxCached = 50_000

func (c *structureCache) find(at int64, key any) (any, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.at != at {
		return nil, false
	}
	v, ok := c.values[key]
	return v, ok
}

// recall returns what was cached last under key, whatever has changed since.
func (c *structureCache) recall(key any) (any, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.values[key]
	return v, ok
}

func (c *structureCache) put(at int64, key, v any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil || c.at != at || len(c.values) >= maxCached {
		c.at, c.values = at, map[any]any{}
	}
	c.values[key] = v
}

// Cached returns the cached result of read under key if the structure has not changed since, and
// calls read otherwise. read must depend on nothing but key and the structure, and its result must not
// be modified. A transaction that itself changes the structure always calls read. Errors are not
// cached.
func Cached[T any](ctx context.Context, r *Reader, key any, read func() (T, error)) (T, error) {
	c := r.tx
	var none T
	if c.restructured {
		return read()
	}
	if r.Rehearses() {
		if v, ok := c.cache.recall(key); ok {
			return v.(T), nil
		}
		return read()
	}
	if err := c.readStructure(ctx); err != nil {
		return none, fmt.Errorf("read the stamp: %w", err)
	}
	if v, ok := c.cache.find(c.structure, key); ok {
		return v.(T), nil
	}
	var v T
	err := c.before(func() (err error) { v, err = read(); return err }) // none of it waits to be sent
	if err == nil && !c.restructured {
		c.cache.put(c.structure, key, v)
	}
	return v, err
}

// readStructure reads the structure's stamp, once.
func (c *conn) readStructure(ctx context.Context) error {
	if c.structureRead {
		return nil
	}
	err := c.QueryRowContext(ctx, `SELECT structure FROM stamps`).Scan(&c.structure)
	c.structureRead = err == nil
	return err
}

// Lookup returns what a transaction cached under key, if it was cached at the given stamp.
func Lookup[T any](db *DB, at Stamp, key any) (v T, ok bool) {
	value, ok := db.cache.find(at.Structure, key)
	if ok {
		v = value.(T)
	}
	return v, ok
}
