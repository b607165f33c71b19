package programtest

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"dabiao/internal/torture"
)

const (
	writers   = 16
	indicator = "new-media-posts"
)

// journal records what the writers know about their entries, by the key, which is also the entry's
// note.
type journal struct {
	sync.Mutex
	kept   map[string]bool // acknowledged
	unsure map[string]bool // sent, and the answer never came
}

// Whatever the program has acknowledged exists after it was killed while 16 clients were writing; what
// it has not acknowledged may be sent again and then exists once. (Killing a process loses nothing that
// the system already has, so this says nothing about a power failure.)
func TestKilledWhileWritingNothingAcknowledgedIsLost(t *testing.T) {
	p, err := Demo()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	})
	unit := rootUnit(t, p)
	before, _ := logged(t, p, unit)
	j := &journal{kept: map[string]bool{}, unsure: map[string]bool{}}
	for cycle := range torture.Times(t, 4, 80) {
		done := j.write(p, unit)
		time.Sleep(time.Duration(100+cycle*37%400) * time.Millisecond)
		if err := p.Kill(); err != nil {
			t.Fatal(err)
		}
		done()
		if err := p.Serve(); err != nil {
			t.Fatalf("cycle %d: start again: %v", cycle, err)
		}
		for key := range j.unsure {
			if err := p.PostOnce("staff", "/api/v1/updates", key, entry(p, unit, key), nil); err != nil {
				t.Fatalf("cycle %d: send again: %v", cycle, err)
			}
			delete(j.unsure, key)
			j.kept[key] = true
		}
		total, notes := logged(t, p, unit)
		for key := range j.kept {
			if notes[key] != 1 {
				t.Fatalf("cycle %d: the acknowledged entry %s is in the log %d times", cycle, key, notes[key])
			}
		}
		if want := before + len(j.kept); total != want {
			t.Fatalf("cycle %d: the figure is %d, want %d", cycle, total, want)
		}
	}
	if said, err := Run("verify", "--data", p.Data()); err != nil {
		t.Errorf("verify: %v\n%s", err, said)
	}
	t.Logf("%d entries acknowledged, none lost", len(j.kept))
	if len(j.kept) == 0 {
		t.Error("nothing was ever acknowledged: the test proves nothing")
	}
}

func entry(p *Program, unit, key string) map[string]any {
	return map[string]any{"indicator": indicator, "unit": unit, "value": "1", "note": key,
		"date": p.Today()}
}

// write starts the writers; the returned function waits until the last one has met the dead server.
func (j *journal) write(p *Program, unit string) (wait func()) {
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for {
				key := rand.Text()
				err := p.PostOnce("staff", "/api/v1/updates", key, entry(p, unit, key), nil)
				j.Lock()
				if err != nil {
					j.unsure[key] = true
				} else {
					j.kept[key] = true
				}
				j.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	return all.Wait
}

func rootUnit(t *testing.T, p *Program) string {
	t.Helper()
	var units struct {
		Items []struct{ Code, Parent string } `json:"items"`
	}
	if err := p.JSON("staff", "/api/v1/units", &units); err != nil {
		t.Fatal(err)
	}
	for _, u := range units.Items {
		if u.Parent == "" {
			return u.Code
		}
	}
	t.Fatal("no unit at the top")
	return ""
}

// logged returns the indicator's figure, and how often each note is in its log.
func logged(t *testing.T, p *Program, unit string) (total int, notes map[string]int) {
	t.Helper()
	var figure struct{ Achievement string }
	path := fmt.Sprintf("/api/v1/years/%d/indicators/%s?unit=%s", p.Year, indicator, unit)
	if err := p.JSON("staff", path, &figure); err != nil {
		t.Fatal(err)
	}
	total, err := strconv.Atoi(cmp.Or(figure.Achievement, "0"))
	if err != nil {
		t.Fatalf("the figure is %q", figure.Achievement)
	}
	notes = map[string]int{}
	for cursor := ""; ; {
		var page struct {
			Items      []struct{ Note string } `json:"items"`
			NextCursor string                  `json:"next_cursor"`
		}
		if err := p.JSON("staff", fmt.Sprintf("/api/v1/updates?year=%d&indicator=%s&cursor=%s", p.Year, indicator, cursor),
			&page); err != nil {
			t.Fatal(err)
		}
		for _, u := range page.Items {
			notes[u.Note]++
		}
		if cursor = page.NextCursor; cursor == "" {
			return total, notes
		}
	}
}
