//go:build peers

package peers

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// peer is a program that keeps a county's log and shows its board: for each indicator the year's target and sum.
type peer interface {
	name() string
	// load makes an empty office and takes in the county's units, indicators, targets and log, the last by whatever
	// way the program has for many rows; it returns how long that last took.
	load(t *testing.T, c county) time.Duration
	// start starts the program over what was loaded and returns how long it took to its first board.
	start(t *testing.T) time.Duration
	// log keeps one more entry, durably.
	log(t *testing.T, e entry)
	// board returns the sum of each indicator.
	board(t *testing.T) map[string]int
	alone() bool // one person at a time
	process() *process
	program(t *testing.T) int64 // bytes to install
	records(t *testing.T) int64 // bytes of the log and all around it, the program stopped
	stop()
}

var (
	towns      = number("PEERS_TOWNS", 18)
	villages   = number("PEERS_VILLAGES", 17)
	indicators = number("PEERS_INDICATORS", 54)
)

func number(name string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return usual
}

// TestPeers prints a line per program and figure: name, value, unit, and how many times worse that is than this
// program's; so a ratio below 1 is a peer that is ahead.
func TestPeers(t *testing.T) {
	c := newCounty(towns, villages, indicators)
	sums := c.sums()
	fmt.Printf("county: %d units, %d indicators, %d entries\n", len(c.units), len(c.indicators), count(c))
	all := []peer{&dabiao{}, &pocketBase{}, &directus{}, &calc{}}
	measured := map[string]map[string]float64{}
	for _, p := range all {
		t.Run(p.name(), func(t *testing.T) { measured[p.name()] = measure(t, p, c, sums) })
	}
	for _, r := range rows {
		for _, p := range all {
			v, known := measured[p.name()][r.name]
			if !known {
				continue
			}
			ratio := v / measured["dabiao"][r.name]
			if r.more {
				ratio = 1 / ratio
			}
			fmt.Printf("%s_%s %s %s %s\n", r.name, p.name(), short(v), r.unit, short(ratio))
		}
	}
}

var rows = []struct {
	name, unit string
	more       bool // is better
}{
	{"program", "MB", false}, {"start", "ms", false}, {"load", "rows/s", true}, {"disk", "B/entry", false},
	{"entry", "ms", false}, {"entries_64", "/s", true}, {"board_after_entry", "ms", false}, {"board", "ms", false},
	{"boards_16", "/s", true}, {"memory", "MB", false},
}

// measure fills a program, uses it and returns its figures. Its boards must be right: before, and after all it was
// told.
func measure(t *testing.T, p peer, c county, sums map[string]int) map[string]float64 {
	const long = 3 * time.Second
	out := map[string]float64{}
	took := p.load(t, c)
	n := count(c)
	out["load"] = float64(n) / took.Seconds()
	out["start"] = ms(p.start(t))
	defer p.stop()
	out["program"] = float64(p.program(t)) / 1e6
	same(t, "as loaded", p.board(t), sums)

	var logged sync.Map
	var next atomic.Int64
	more := func() {
		e := c.another(int(next.Add(1)))
		p.log(t, e)
		v, _ := logged.LoadOrStore(e.indicator, new(atomic.Int64))
		v.(*atomic.Int64).Add(int64(e.amount))
	}
	out["entry"] = ms(median(long, func() time.Duration { return timed(more) }))
	out["board_after_entry"] = ms(median(long, func() time.Duration {
		more()
		return timed(func() { p.board(t) })
	}))
	out["board"] = ms(median(long, func() time.Duration { return timed(func() { p.board(t) }) }))
	if !p.alone() {
		out["entries_64"] = rate(64, long, more)
		out["boards_16"] = rate(16, long, func() { p.board(t) })
	}
	out["memory"] = p.process().memory(t)
	want := map[string]int{}
	for k, v := range sums {
		want[k] = v
		if more, ok := logged.Load(k); ok {
			want[k] += int(more.(*atomic.Int64).Load())
		}
	}
	same(t, "after all entries", p.board(t), want)
	p.stop()
	out["disk"] = float64(p.records(t)) / float64(n+int(next.Load()))
	return out
}

// another returns the nth entry beyond the county's log.
func (c county) another(n int) entry {
	v := c.villages()
	return entry{v[n%len(v)].code, c.indicators[n%len(c.indicators)].code,
		fmt.Sprintf("%d-12-%02d", year, 1+n%28), 1 + n%400}
}

func count(c county) (n int) {
	for range c.entries() {
		n++
	}
	return n
}

func same(t *testing.T, when string, got, want map[string]int) {
	t.Helper()
	for code, sum := range want {
		if got[code] != sum {
			t.Fatalf("%s: %s is %d, want %d", when, code, got[code], sum)
		}
	}
}

func timed(fn func()) time.Duration {
	start := time.Now()
	fn()
	return time.Since(start)
}

// median measures for so long, at least three times.
func median(long time.Duration, fn func() time.Duration) time.Duration {
	var times []time.Duration
	for end := time.Now().Add(long); len(times) < 3 || time.Now().Before(end); {
		times = append(times, fn())
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// rate returns how often a second fn completes with so many clients.
func rate(clients int, long time.Duration, fn func()) float64 {
	var all sync.WaitGroup
	var n atomic.Int64
	start := time.Now()
	for range clients {
		all.Go(func() {
			for time.Since(start) < long {
				fn()
				n.Add(1)
			}
		})
	}
	all.Wait()
	return float64(n.Load()) / time.Since(start).Seconds()
}

func ms(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

func short(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.4f", v)
}
