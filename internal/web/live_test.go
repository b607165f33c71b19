package web

import (
	"bufio"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"dabiao/internal/web/middleware"
)

// listening serves the office on a real port until the test ends.
func (o *office) listening(t *testing.T) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ended := make(chan error, 1)
	go func() { ended <- o.Serve(middleware.Paced(l)) }()
	t.Cleanup(func() {
		must(t, o.Close(5*time.Second))
		must(t, <-ended)
	})
	return "http://" + l.Addr().String()
}

// events opens a stream and gives out what it says.
func events(t *testing.T, url, token string) (<-chan middleware.LiveState, *http.Response) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultTransport.RoundTrip(r)
	must(t, err)
	t.Cleanup(func() { resp.Body.Close() })
	said := make(chan middleware.LiveState, 100)
	go func() {
		defer close(said)
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			var s middleware.LiveState
			if raw, ok := strings.CutPrefix(lines.Text(), "data: "); ok && json.Unmarshal([]byte(raw), &s) == nil {
				said <- s
			}
		}
	}()
	return said, resp
}

func within(t *testing.T, said <-chan middleware.LiveState, limit time.Duration) middleware.LiveState {
	t.Helper()
	select {
	case s, ok := <-said:
		if !ok {
			t.Fatal("the stream ended")
		}
		return s
	case <-time.After(limit):
		t.Fatalf("nothing was said within %s", limit)
		return middleware.LiveState{}
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
	case <-time.After(2 * middleware.LiveEvery):
	}
	o.log(t, "west")
	if next := within(t, said, 2*time.Second); next.State == first.State {
		t.Errorf("a change left the state %s", next.State)
	}
}

// A day that begins changes what pages say, without any write.
func TestAnotherDayIsAnotherState(t *testing.T) {
	o := smallOffice(t)
	today := string(o.Event(7))
	o.clock = o.clock.Add(24 * time.Hour)
	if tomorrow := string(o.Event(7)); tomorrow == today {
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

// A connection that is gone gives its place back at the next beats, without being asked.
func TestAPlaceIsFreeOnceItsConnectionIsGone(t *testing.T) {
	o := smallOffice(t)
	said, resp := events(t, o.listening(t)+"/years/2026/events", o.tokens["leader"])
	within(t, said, 2*time.Second)
	resp.Body.Close()
	for deadline := time.Now().Add(2*middleware.LiveBeat + 4*time.Second); ; time.Sleep(100 * time.Millisecond) {
		o.log(t, "west") // makes the server speak sooner than its next beat
		left := o.Listeners()
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d places are still taken", left)
		}
	}
}

func TestWithoutEventStreamTheStateIsSentOnce(t *testing.T) {
	o := smallOffice(t)
	g := o.get(t, "leader", "/years/2026/events").want(t, http.StatusOK)
	if !strings.HasPrefix(g.body, "retry: ") || !strings.HasSuffix(g.body, "\n\n") {
		t.Errorf("%q", g.body)
	}
}
