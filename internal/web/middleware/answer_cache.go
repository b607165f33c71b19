package middleware

import (
	"container/list"
	"context"
	"sync"
)

// answerCache holds shared answers by request key, each valid for the stamp it was made at. The least
// recently used are evicted first.
type answerCache struct {
	mu    sync.Mutex
	room  int // bytes left
	byKey map[string]*list.Element
	used  *list.List // of *cachedAnswer, most recent first
	going map[flight]*making
}

type cachedAnswer struct {
	key    string
	stamp  int64
	answer *sharedAnswer
}

// flight identifies an answer in the making. Requests that arrive meanwhile wait for it instead of
// making it again.
type flight struct {
	key   string
	stamp int64
}

type making struct {
	done   chan struct{}
	answer *sharedAnswer // nil when making it failed
}

func newAnswerCache(bytes int) *answerCache {
	return &answerCache{room: bytes, byKey: map[string]*list.Element{}, used: list.New(), going: map[flight]*making{}}
}

// find returns the answer cached for f, waiting if it is being made. If mine is true, the caller must
// make it and call put, with nil on failure. A nil answer with mine false means that the other request
// failed or ctx ended.
func (s *answerCache) find(ctx context.Context, f flight) (a *sharedAnswer, mine bool) {
	s.mu.Lock()
	if e, ok := s.byKey[f.key]; ok && e.Value.(*cachedAnswer).stamp == f.stamp {
		s.used.MoveToFront(e)
		s.mu.Unlock()
		return e.Value.(*cachedAnswer).answer, false
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

// put stores the answer that the caller of find has made and wakes those who wait for it.
func (s *answerCache) put(f flight, a *sharedAnswer) {
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
	s.byKey[f.key] = s.used.PushFront(&cachedAnswer{f.key, f.stamp, a})
	for s.room -= a.size() + len(f.key); s.room < 0; {
		s.remove(s.used.Back())
	}
}

func (s *answerCache) remove(e *list.Element) {
	old := s.used.Remove(e).(*cachedAnswer)
	delete(s.byKey, old.key)
	s.room += old.answer.size() + len(old.key)
}
