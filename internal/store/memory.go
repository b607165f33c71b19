package store

import (
	"context"
	"fmt"
	"sync"
)

// memory holds what transactions have read of the structure (units, indicators, years and all else that
// hardly ever changes) under the stamp it was read at. The truth of it is asked for in each
// transaction, so that a change made by another process is seen before anything is let through.
type memory struct {
	mu   sync.RWMutex
	at   int64 // the structure's stamp
	kept map[any]any
}

// maxMemory bounds how many things are remembered; at more, all is forgotten and read again.
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

// Remember gives what read found under key in an earlier transaction, if the structure is as it was
// then, and reads it otherwise. read must depend on nothing but key and the structure; what it gives
// back must not be changed. A transaction that itself changes the structure reads everything.
// Errors are not remembered.
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

// Recall gives what a transaction remembered under key, if it was so at the given stamp.
func Recall[T any](db *DB, at Stamp, key any) (v T, ok bool) {
	kept, ok := db.memory.find(at.Structure, key)
	if ok {
		v = kept.(T)
	}
	return v, ok
}
