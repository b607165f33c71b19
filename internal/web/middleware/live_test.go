package middleware

import (
	"context"
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func counting(state *atomic.Int64) *changeSignal {
	return newChangeSignal(func(context.Context) (int64, error) { return state.Load(), nil },
		func(at int64) []byte { return []byte(strconv.FormatInt(at, 10) + "\n") })
}

// One sender cannot take all places, and a place that is let go is free again.
func TestStreamsAreBounded(t *testing.T) {
	p := counting(new(atomic.Int64))
	defer p.close()
	for range maxLiveOne {
		if err := p.reserve("one"); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.reserve("one"); err != errLiveFull {
		t.Errorf("one more of the same: %v", err)
	}
	if err := p.reserve("another"); err != nil {
		t.Errorf("another: %v", err)
	}
	gone, client := net.Pipe()
	client.Close()
	p.join("one", gone, nil, 1)
	if err := p.reserve("one"); err != nil {
		t.Errorf("after one left: %v", err)
	}
	for i := p.all; i < maxLive; i++ {
		if err := p.reserve(string(rune('a' + i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.reserve("the last"); err != errLiveFull {
		t.Errorf("beyond all places: %v", err)
	}
}

// buffered is a connection whose system takes so many bytes that nobody has read.
type buffered struct {
	net.Conn
	room int

	mu     sync.Mutex
	said   []byte
	closed bool
}

func (b *buffered) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed || len(b.said)+len(p) > b.room {
		return 0, io.ErrShortWrite
	}
	b.said = append(b.said, p...)
	return len(p), nil
}

func (b *buffered) SetWriteDeadline(time.Time) error { return nil }

func (b *buffered) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return nil
}

// String is what was said.
func (b *buffered) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return string(b.said)
}

func (b *buffered) over() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed
}

// listening returns how many places are taken, of how many clients, and whether somebody tells them.
func (s *changeSignal) listening() (all, clients int, running bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all, len(s.of), s.running
}

// All hear of a change at once, and of none at the beat; who does not read is let go, and so is whose time is over.
// When nobody is left nothing goes on, and a later listener is told as the first was.
func TestOneGoroutineTellsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		state := new(atomic.Int64)
		state.Store(7)
		p := counting(state)
		var all []*buffered
		come := func(room int) *buffered {
			b := &buffered{room: room}
			if err := p.reserve("w" + strconv.Itoa(len(all))); err != nil {
				t.Fatal(err)
			}
			all = append(all, b)
			p.join("w"+strconv.Itoa(len(all)-1), b, []byte("head\n"), state.Load())
			return b
		}
		for range 20 {
			come(1000)
		}
		lazy := come(9)
		time.Sleep(100 * time.Millisecond)
		state.Store(8)
		time.Sleep(LiveEvery)
		synctest.Wait()
		for _, b := range all[:20] {
			if got := b.String(); got != "head\n7\n8\n" {
				t.Fatalf("%q was said", got)
			}
		}
		time.Sleep(LiveBeat + LiveEvery)
		synctest.Wait()
		if got := all[0].String(); got != "head\n7\n8\n8\n" {
			t.Errorf("after a beat %q was said", got)
		}
		if n, _, _ := p.listening(); !lazy.over() || n != 20 {
			t.Errorf("who does not read stays: %d listen", n)
		}
		time.Sleep(liveLong)
		synctest.Wait()
		if n, clients, running := p.listening(); n != 0 || clients != 0 || running {
			t.Errorf("%d listen after their time, and it goes on: %v", n, running)
		}
		last := come(1000)
		time.Sleep(LiveEvery)
		state.Store(9)
		time.Sleep(2 * LiveEvery)
		synctest.Wait()
		if got := last.String(); got != "head\n8\n9\n" {
			t.Errorf("the later listener hears %q", got)
		}
		p.close()
		synctest.Wait()
		if n, _, _ := p.listening(); !last.over() || n != 0 {
			t.Error("the stream went on after the end")
		}
	})
}
