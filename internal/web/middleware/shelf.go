package middleware

import (
	"container/list"
	"context"
	"sync"
)

// shelf keeps shared answers by what was asked, each under the stamp it was made at, the least
// recently used leaving first.
type shelf struct {
	mu    sync.Mutex
	room  int // bytes left
	byKey map[string]*list.Element
	used  *list.List // of *shelved, most recent first
	going map[flight]*making
}

type shelved struct {
	key    string
	stamp  int64
	answer *sharedAnswer
}

// flight is an answer being made; all who ask for it meanwhile wait for the one who makes it.
type flight struct {
	key   string
	stamp int64
}

type making struct {
	done   chan struct{}
	answer *sharedAnswer // nil when it came to nothing
}

func newShelf(bytes int) *shelf {
	return &shelf{room: bytes, byKey: map[string]*list.Element{}, used: list.New(), going: map[flight]*making{}}
}

// find is the answer under a key made at a stamp. When it must be made, mine is true: the caller
// makes it and calls put, with nil when that failed. Both nil and false: another's failed.
func (s *shelf) find(ctx context.Context, f flight) (a *sharedAnswer, mine bool) {
	s.mu.Lock()
	if e, ok := s.byKey[f.key]; ok && e.Value.(*shelved).stamp == f.stamp {
		s.used.MoveToFront(e)
		s.mu.Unlock()
		return e.Value.(*shelved).answer, false
	}
	m, ok := s.going[f]
	if !ok {
		s.going[f] = &making{done: make(chan struct{})}
		s.mu.Unlock()
		return nil, true
	}
	s.mu.Unlock()
	select {
	case <-m.done:
		return m.answer, false
	case <-ctx.Done():
		return nil, false
	}
}

// put ends the making of an answer.
func (s *shelf) put(f flight, a *sharedAnswer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.going[f]
	delete(s.going, f)
	m.answer = a
	close(m.done)
	if a == nil {
		return
	}
	if e, ok := s.byKey[f.key]; ok {
		s.remove(e)
	}
	s.byKey[f.key] = s.used.PushFront(&shelved{f.key, f.stamp, a})
	for s.room -= a.size() + len(f.key); s.room < 0; {
		s.remove(s.used.Back())
	}
}

func (s *shelf) remove(e *list.Element) {
	old := s.used.Remove(e).(*shelved)
	delete(s.byKey, old.key)
	s.room += old.answer.size() + len(old.key)
}
