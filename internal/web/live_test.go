package web

import (
	"bufio"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// listening serves the office on a real port until the test ends.
func (o *office) listening(t *testing.T) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ended := make(chan error, 1)
	go func() { ended <- o.HTTP().Listener(l) }()
	t.Cleanup(func() {
		must(t, o.Close(5*time.Second))
		must(t, <-ended)
	})
	return "http://" + l.Addr().String()
}

// events opens a stream and gives out what it says.
func events(t *testing.T, url, token string) (<-chan liveState, *http.Response) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultTransport.RoundTrip(r)
	must(t, err)
	t.Cleanup(func() { resp.Body.Close() })
	said := make(chan liveState, 100)
	go func() {
		defer close(said)
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			var s liveState
			if raw, ok := strings.CutPrefix(lines.Text(), "data: "); ok && json.Unmarshal([]byte(raw), &s) == nil {
				said <- s
			}
		}
	}()
	return said, resp
}

func within(t *testing.T, said <-chan liveState, limit time.Duration) liveState {
	t.Helper()
	select {
	case s, ok := <-said:
		if !ok {
			t.Fatal("the stream ended")
		}
		return s
	case <-time.After(limit):
		t.Fatalf("nothing was said within %s", limit)
		return liveState{}
	}
}

func TestAnOpenPageHearsOfAChangeAndOfNothingElse(t *testing.T) {
	o := smallOffice(t)
	said, resp := events(t, o.listening(t)+"/years/2026/events", o.tokens["leader"])
	if resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		t.Fatalf("%s, %s", resp.Status, resp.Header.Get("Content-Type"))
	}
	first := within(t, said, 2*time.Second)
	if first.Time != "09:00" || first.State == "" {
		t.Errorf("the first event says %+v", first)
	}
	select {
	case s := <-said:
		t.Errorf("%+v was said though nothing changed", s)
	case <-time.After(2 * liveEvery):
	}
	o.log(t, "west")
	if next := within(t, said, 2*time.Second); next.State == first.State {
		t.Errorf("a change left the state %s", next.State)
	}
}

// A day that begins changes what pages say, without any write.
func TestAnotherDayIsAnotherState(t *testing.T) {
	o := smallOffice(t)
	today := string(o.event(7))
	o.clock = o.clock.Add(24 * time.Hour)
	if tomorrow := string(o.event(7)); tomorrow == today {
		t.Errorf("%q on both days", today)
	}
}

func TestStreamsEndAtShutdown(t *testing.T) {
	o := smallOffice(t)
	base := o.listening(t)
	said, _ := events(t, base+"/years/2026/events", o.tokens["leader"])
	within(t, said, 2*time.Second)
	start := time.Now()
	must(t, o.Close(10*time.Second))
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("the server took %s to stop", took)
	}
	if _, more := <-said; more {
		t.Error("the stream went on")
	}
}

// One sender cannot take all places, and a place that is let go is free again.
func TestStreamsAreBounded(t *testing.T) {
	p := newPulse(func(context.Context) (int64, error) { return 1, nil })
	var mine []*liveReader
	for range maxLiveOne {
		l, err := p.join("one", 1)
		must(t, err)
		mine = append(mine, l)
	}
	if _, err := p.join("one", 1); err != errLiveFull {
		t.Errorf("one more of the same: %v", err)
	}
	if _, err := p.join("another", 1); err != nil {
		t.Errorf("another: %v", err)
	}
	must(t, mine[0].Close())
	if _, err := p.join("one", 1); err != nil {
		t.Errorf("after one left: %v", err)
	}
	for i := p.listeners; i < maxLive; i++ {
		_, err := p.join(string(rune('a'+i)), 1)
		must(t, err)
	}
	if _, err := p.join("the last", 1); err != errLiveFull {
		t.Errorf("beyond all places: %v", err)
	}
	p.close()
}

// A connection that is gone gives its place back at the next beats, without being asked.
func TestAPlaceIsFreeOnceItsConnectionIsGone(t *testing.T) {
	o := smallOffice(t)
	said, resp := events(t, o.listening(t)+"/years/2026/events", o.tokens["leader"])
	within(t, said, 2*time.Second)
	resp.Body.Close()
	for deadline := time.Now().Add(2*liveBeat + 4*time.Second); ; time.Sleep(100 * time.Millisecond) {
		o.log(t, "west") // makes the server speak sooner than its next beat
		o.pulse.mu.Lock()
		left := o.pulse.listeners
		o.pulse.mu.Unlock()
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d places are still taken", left)
		}
	}
}

func TestWhoAsksForNoStreamIsToldOnce(t *testing.T) {
	o := smallOffice(t)
	g := o.get(t, "leader", "/years/2026/events").want(t, http.StatusOK)
	if !strings.HasPrefix(g.body, "retry: ") || !strings.HasSuffix(g.body, "\n\n") {
		t.Errorf("%q", g.body)
	}
}
